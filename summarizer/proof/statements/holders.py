"""Who says or holds given words: a draft's party against what the article shows.

Refuted only where the article gives the words to another *named* party and names the
draft's party nowhere near them. A pronoun, "the firm", an unknown verb or a missing
comma refutes nobody.
"""

import re
from dataclasses import dataclass

from schemas.evidence import Span
from summarizer.proof import parties
from summarizer.proof.statements import cue_words, speakers, subjects
from summarizer.proof.statements.anaphora import Finding, from_before, is_sole, names
from summarizer.reading.english import verbs
from summarizer.reading.reading import Reading
from summarizer.reading.values import Attribution, Mention


@dataclass(frozen=True, slots=True)
class _Scene:
    """Given words, the party that is said to say them, and who else is about."""

    reading: Reading
    holder: Mention
    place: Span
    touched: tuple[int, ...]
    sentences: list[Span]
    here: list[Mention]
    """Where these sentences name the holder."""

    met: list[Attribution]
    """Statements that a form reads in the words."""

    rivals: list[speakers.Voice]

    @property
    def text(self) -> str:
        """The article’s text."""
        return self.reading.article.text

    @property
    def name(self) -> str:
        """The holder as the article has it."""
        return self.holder.span.of(self.text)


def judge(reading: Reading, holder: Mention, place: Span) -> Finding:
    """Judge whether *holder* says or holds the words at *place*."""
    scene = _scene(reading, holder, place)
    for said in scene.met:
        if _is_said_by(reading, said, holder, scene.sentences, scene.rivals):
            return Finding("supported", "", said, said.speaker, said.cue)
    others = _others(scene)
    if not reading.has_grammar:
        return _listed(reading, scene.name, others, scene.here)
    own = _own_cues(scene)
    return _shown(scene, own, others) or _not_shown(scene, others, speaks=bool(own))


def _scene(reading: Reading, holder: Mention, place: Span) -> _Scene:
    """Return what the sentences of given words show of their speakers."""
    touched = reading.article.touched(place)
    sentences = reading.article.spans(place)
    named = [
        m for s in sentences for m in parties.named_in(reading.directory, holder, s)
    ]
    if any(holder.span.within(s) for s in sentences):
        named.append(holder)
    met = [
        s
        for i in touched
        for s in reading.said_in(i)
        if s.content.overlaps(place) or s.cue.within(place)
    ]
    rivals = _rivals(reading, holder, touched)
    return _Scene(reading, holder, place, touched, sentences, named, met, rivals)


def _others(scene: _Scene) -> list[Mention]:
    """List the parties of their own to whom forms give the words."""
    return [
        s.speaker
        for s in scene.met
        if s.speaker
        and names(scene.text, s.speaker, scene.sentences)
        and subjects.stands_bare(scene.text, s.speaker.span, s.cue)
    ]


def _own_cues(scene: _Scene) -> list[tuple[Mention, Span]]:
    """List the words by which these sentences let the holder say something."""
    return [
        (m, cue)
        for m in scene.here
        for s in scene.sentences
        if m.span.within(s) and (cue := speakers.cue_of(scene.text, s, m)) is not None
    ]


def _shown(
    scene: _Scene, own: list[tuple[Mention, Span]], others: list[Mention]
) -> Finding | None:
    """Return the finding that the holder says the words; None where it is not shown."""
    reading, place, rivals = scene.reading, scene.place, scene.rivals
    if own and not _nearer([cue for _, cue in own], rivals, place):
        who, word = min(own, key=lambda one: _distance(one[1], place))
        return Finding("supported", speaker=who, cue=word)
    inside = Span(start=place.start + 1, end=place.end)  # behind the mark itself
    opens = _opens(scene.text, place, scene.here, rivals)
    if opens and not reading.is_quoted(inside):
        return Finding("supported")
    is_authors = _is_authors(reading, scene.holder, scene.touched, place)
    if is_authors and not others and not rivals:
        return Finding("supported")
    return None


def _not_shown(scene: _Scene, others: list[Mention], *, speaks: bool) -> Finding:
    """Tell what is known of words that the holder is not shown to say."""
    text, place, name = scene.text, scene.place, scene.name
    here, rivals = scene.here, scene.rivals
    if here and not _only_told_of(text, here, scene.met, rivals, place, speaks=speaks):
        reason = f"the sentence names {name}, but not plainly as the one who says this"
        return Finding("unconfirmed", reason)
    if named := _rival(text, others, rivals, place):
        reason = (
            f"the sentence gives these words to {named.span.of(text)}, not to {name}"
        )
        return Finding("refuted", reason)
    first = scene.touched[0] if scene.touched else 0
    return from_before(scene.reading, scene.holder, first)


def _is_authors(
    reading: Reading, holder: Mention, touched: tuple[int, ...], place: Span
) -> bool:
    """Tell the words of a statement by one party, where nobody else is made to speak."""
    author = reading.author
    return (
        author is not None
        and parties.is_one(reading.directory, holder, author)
        and not reading.is_quoted(Span(start=place.start + 1, end=place.end))
        and not any(speakers.voices(reading.directory, i) for i in touched)
    )


def _only_told_of(
    text: str,
    here: list[Mention],
    met: list[Attribution],
    rivals: list[speakers.Voice],
    place: Span,
    *,
    speaks: bool,
) -> bool:
    """Tell whether a party stands only inside what another is shown to say.

    Not so for "X said that H had …", where it may be H's view that is told.
    """
    if speaks:
        return False
    told = [s.content for s in met if any(v.cue == s.cue for v in rivals)]
    if told:
        return all(
            any(m.span.within(c) and m.span.start - c.start > _OPENING for c in told)
            for m in here
        )
    first = next((v for v in rivals if v.says and v.speaker.span.within(place)), None)
    if first is None or text[place.start : first.speaker.span.start].count(" ") > 2:
        return False
    return all(m.span.start > first.cue.end + _OPENING for m in here)


_OPENING = 12
"""Code points from the start of a statement in which its subject stands."""


def _is_said_by(
    reading: Reading,
    said: Attribution,
    holder: Mention,
    sentences: list[Span],
    rivals: list[speakers.Voice],
) -> bool:
    """Tell whether the form of a sentence ascribes a statement to a party."""
    mine = [m for m in (said.speaker, said.via) if m is not None]
    if not any(parties.is_one(reading.directory, holder, m) for m in mine):
        return False
    if any(m.span.within(s) for m in mine for s in sentences):
        return True
    # "he", or a quotation that goes on: only where nobody else may be meant.
    if said.form == "direct" and said.cue.end <= sentences[0].start:
        told_in = reading.article.index_at(said.cue.start)
        where = reading.article.sentences[told_in or 0].span
        return not rivals and any(m.span.within(where) for m in mine)
    text = reading.article.text
    pronoun = re.search(
        r"(?i)\b(?:he|she|they|it)\s+(?:\w+\s+)?$", text[: said.cue.start]
    )
    sole = is_sole(reading, holder, said.sentence)
    return not rivals and pronoun is not None and sole


def _rivals(
    reading: Reading, holder: Mention, touched: tuple[int, ...]
) -> list[speakers.Voice]:
    """List the other named parties that the sentences show to speak."""
    if not reading.has_grammar:
        return []
    text = reading.article.text
    spans = [reading.article.sentences[i].span for i in touched]
    return [
        v
        for i in touched
        for v in speakers.voices(reading.directory, i)
        if names(text, v.speaker, spans)
        and subjects.stands_bare(text, v.speaker.span, v.cue)
        and not parties.is_one(reading.directory, holder, v.speaker)
        and not parties.shares_words(text, holder, v.speaker)
    ]


def _listed(
    reading: Reading, name: str, others: list[Mention], here: list[Mention]
) -> Finding:
    if others and not here:
        other = others[0].span.of(reading.article.text)
        return Finding(
            "refuted", f"the sentence gives these words to {other}, not to {name}"
        )
    return Finding(
        "unconfirmed", f"the sentence does not plainly show that {name} says this"
    )


def _nearer(own: list[Span], rivals: list[speakers.Voice], place: Span) -> bool:
    """Tell whether another named party's verb stands as near to the words, or before."""
    nearest = min(_distance(cue, place) for cue in own)
    return any(_distance(v.cue, place) <= nearest for v in rivals)


def _distance(cue: Span, place: Span) -> int:
    if cue.overlaps(place):
        return 0 if cue.within(place) else 1
    return max(place.start - cue.end, cue.start - place.end, 1)


def _opens(
    text: str, place: Span, here: list[Mention], rivals: list[speakers.Voice]
) -> bool:
    """Tell whether the words begin with the holder: the article says it of them."""
    for mention in here:
        if not place.start <= mention.span.start < place.end:
            continue
        lead = text[place.start : mention.span.start]
        before = any(v.speaker.span.start < mention.span.start for v in rivals)
        if (
            len(lead.split()) <= _LEAD_WORDS
            and not re.search(r"\bthat\b", lead)  # "He said that Lind …"
            and not any(verbs.is_finite(w.lower()) for w in lead.split())
            and not set(lead) & set('“"”')
            and not before
        ):
            return True
    return False


_LEAD_WORDS = 3
"""Words before a subject: "But the", "On Monday the"."""


def _rival(
    text: str, others: list[Mention], rivals: list[speakers.Voice], place: Span
) -> Mention | None:
    """Find who else plainly says the words.

    Of whom the words themselves speak is no rival, unless they begin with them.
    """
    framing = [v.speaker for v in rivals if v.says and _frames(text, v, place)]
    if others:
        return others[0]
    return framing[0] if framing else None


def _frames(text: str, voice: speakers.Voice, place: Span) -> bool:
    """Tell whether a speaker stands around the words, or begins or ends them."""
    who, cue = voice.speaker.span, voice.cue
    start, end = min(who.start, cue.start), max(who.end, cue.end)
    if not who.within(place):
        return -_CLOSE < place.start - end < _CLOSE or 0 <= start - place.end < _CLOSE
    lead = text[place.start : who.start]
    if len(lead.split()) <= _LEAD_WORDS and " that" not in lead:
        return True
    plain = cue_words.is_plain(cue.of(text))
    return plain and not text[end : place.end].strip(' .,”"')


_CLOSE = 60
"""Code points between the words and "X said" beside them."""
