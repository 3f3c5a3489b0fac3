"""Judge a drafted position: is it said, by this party, in these words.

Refuted: words that the article does not have, a party that it does not name, and words
that it gives to another. The draft's act and its other fields stand as they are, as far
as their words are the article's.
"""

import re
from dataclasses import dataclass, replace

from schemas.draft import PositionDraft, QuotedPosition, SpeakerDraft
from schemas.evidence import Span
from schemas.terms import Act, Form
from summarizer.proof import parties, words
from summarizer.proof.statements import anaphora, cue_words, framing, holders
from summarizer.proof.statements.gists import cut_to_clause, gist_of, without_marks
from summarizer.proof.statements.statement_form import (
    form_of,
    is_narrated,
    is_own_speech,
    quotations_in,
    quoted,
)
from summarizer.reading.english.positions import acts, gists
from summarizer.reading.reading import Reading
from summarizer.reading.values import Attribution, Held, Mention, Refusal, Standing
from summarizer.sources import Article
from summarizer.text import quotes
from summarizer.text.locate import locate


def judge(reading: Reading, draft: PositionDraft, place: Span) -> Held | Refusal:
    """Judge a draft whose quotation stands at *place*."""
    holder = _holder(reading, draft.holder, place)
    if isinstance(holder, Refusal):
        return holder
    text = reading.article.text
    place = gists.with_negation(text, place, reading.article.spans(place)[0])
    finding = holders.judge(reading, holder, place)
    if finding.verdict == "refuted":
        return Refusal("speaker", finding.reason)
    name = holder.core.of(text)
    if words.is_writers(name):
        finding = replace(finding, reason=words.unnamed_writers(name))
    return _as_quoted(reading, draft, holder, place, finding)


def _holder(reading: Reading, name: str, place: Span) -> Mention | Refusal:
    """Find the party that a draft names as the holder, or say that there is none."""
    if not name.strip() or words.is_pronoun(name):
        writers = words.writers(reading, name, place)
        return writers or Refusal("no_speaker", f"{name!r} names nobody")
    named = parties.find(reading.directory, name, place)
    return named or Refusal("not_found", f"the text names no {name!r}")


def _as_quoted(
    reading: Reading,
    draft: PositionDraft,
    holder: Mention,
    place: Span,
    finding: anaphora.Finding,
) -> Held:
    """Return what a draft's quotation states, by a holder whom nothing speaks against."""
    told = draft if isinstance(draft, QuotedPosition) else None
    framed = framing.find(reading, holder, place)
    wished = told.gist if told else ""
    gist = gist_of(reading, holder, wished, place, finding, framed)
    narrated = framed is None and is_narrated(reading, finding, place, gist)
    form, quote = _form_and_quote(reading, holder, gist, told, narrated=narrated)
    shown = finding.said or framed
    at = _Words(
        place=place,
        content=shown.content if shown else place,
        gist=gist,
        cue=finding.cue or (framed.cue if framed else place),
        evidence=_evidence(reading.article, place, finding),
    )
    held = _held(reading, holder, draft.act, at, form, quote, finding)
    return held if told is None else _with_told(reading, held, told, place)


def _form_and_quote(
    reading: Reading,
    holder: Mention,
    gist: Span,
    told: QuotedPosition | None,
    *,
    narrated: bool,
) -> tuple[Form, Span | None]:
    """Tell the form of a drafted statement, and which of its words are quoted."""
    form = form_of(reading, gist, narrated=narrated)
    if form != "narrated":
        return form, _quotation(reading, gist, form)
    if is_own_speech(reading, holder, gist):
        return "direct", gist
    if told is not None and told.medium.strip():
        return "indirect", None  # "on CBS", "told Reuters": it was said there
    return form, None


def _quotation(reading: Reading, gist: Span, form: Form) -> Span | None:
    """Return the quoted words of a statement that is a quotation or holds one."""
    return quoted(reading, gist) if form in {"direct", "mixed"} else None


@dataclass(frozen=True, slots=True)
class _Words:
    """Where a position and its parts stand, with the names that `Held` has for them."""

    place: Span
    """The quotation, or the sentence, that it was found in."""

    content: Span
    gist: Span
    cue: Span
    evidence: Span


def _held(
    reading: Reading,
    holder: Mention,
    act: Act,
    at: _Words,
    form: Form,
    quote: Span | None,
    finding: anaphora.Finding,
) -> Held:
    """Return a position as far as its own words tell it."""
    return Held(
        sentence=reading.article.touched(at.place)[0],
        holder=holder,
        act=act,
        content=at.content,
        gist=at.gist,
        evidence=at.evidence,
        form=form,
        quote=quote,
        speaker=None if form == "narrated" else holder,
        conditional=gists.is_conditional(at.gist.of(reading.article.text)),
        cue=at.cue,
        said_by=finding.speaker.span if finding.speaker and finding.cue else None,
        standing=_standing(finding),
    )


def _standing(finding: anaphora.Finding) -> Standing:
    """Return how a model's position stands: supported where no reason is against it."""
    reasons = (finding.reason,) if finding.reason else ()
    return Standing("unconfirmed" if reasons else "supported", reasons, "model")


def _with_told(reading: Reading, held: Held, told: QuotedPosition, place: Span) -> Held:
    """Add what a strong model's draft tells besides, as far as its words stand near."""
    article = reading.article
    voiced_by = words.party(reading, told.voiced_by, place)
    return replace(
        held,
        target=words.party(reading, told.target, place),
        voiced_by=voiced_by,
        speaker=voiced_by or held.speaker,
        medium=words.phrase(article, told.medium, place),
        when=words.phrase(article, told.when, place, around=0),
    )


def judge_speaker(
    reading: Reading, draft: SpeakerDraft, sentence: Span
) -> Held | Refusal:
    """Judge whether a party says or holds what a word of a sentence tells.

    The words that are said need no model: they stand behind that word, or before it.
    """
    if not draft.name.strip() or words.is_pronoun(draft.name):
        return Refusal("no_speaker", f"{draft.name!r} names nobody")
    holder = parties.find(reading.directory, draft.name, sentence)
    if holder is None:
        return Refusal("not_found", f"the text names no {draft.name!r}")
    text = reading.article.text
    cue = locate(draft.word, text, sentence) if draft.word.isalpha() else None
    if cue is not None and (bar := _tells_nothing(reading, draft.word, sentence, cue)):
        return bar
    told = _form_at(reading, sentence, cue)
    if told is not None:
        return _as_form(reading, told, holder, sentence)
    index = reading.article.touched(sentence)[0]
    told_by = reading.reader.told_by(index, holder, cue) if cue is not None else None
    if told_by is not None and cue is not None:
        return _as_told_by(reading, holder, cue, told_by)
    return _as_said_beside(reading, draft, holder, sentence, cue)


def _tells_nothing(
    reading: Reading, word: str, sentence: Span, cue: Span
) -> Refusal | None:
    """Say why a word tells what nobody says or holds; None where it may tell it."""
    text = reading.article.text
    if _UNSAID.search(text[sentence.start : cue.start]):
        return Refusal(
            "denied", f"the sentence says that it is not what {word!r} tells"
        )
    if reading.has_grammar and cue_words.is_noun(text, cue):
        return Refusal("no_stance", f"{word!r} is no verb there")
    return None


def _as_said_beside(
    reading: Reading,
    draft: SpeakerDraft,
    holder: Mention,
    sentence: Span,
    cue: Span | None,
) -> Held | Refusal:
    """Judge the words beside a word of saying, where no form reads a statement there."""
    text = reading.article.text
    content = _said_at(text, sentence, cue)
    if content is None or not _states(reading, content):
        return Refusal("no_stance", f"nothing is said beside {draft.word!r}")
    finding = holders.judge(reading, holder, content)
    if finding.verdict == "refuted":
        return Refusal("speaker", finding.reason)
    says = cue is None or cue in cue_words.cues(text, sentence)
    if not says and finding.verdict != "supported":
        return Refusal("no_stance", f"{draft.word!r} is not told of {draft.name!r}")
    # "has supported the opposition": what is held is the whole, not what it is about
    is_said = cue is None or (says and framing.states(text, cue))
    gist = without_marks(text, cut_to_clause(text, content if is_said else sentence))
    form = form_of(reading, gist, narrated=cue is None)
    quote = _quotation(reading, gist, form)
    at = _Words(sentence, content, gist, cue or sentence, sentence)
    act = acts.shown_act(content.of(text))
    return _held(reading, holder, act, at, form, quote, finding)


def _as_told_by(
    reading: Reading,
    holder: Mention,
    cue: Span,
    told_by: tuple[Held | Refusal, Mention | None],
) -> Held | Refusal:
    """Judge a stance that a word tells of its subject."""
    held, subject = told_by
    if isinstance(held, Refusal):
        return held
    text = reading.article.text
    word, name = cue.of(text), holder.span.of(text)
    if subject is None:
        reason = f"“{word}” is not plainly told of {name}"
        return replace(held, standing=Standing("unconfirmed", (reason,), "model"))
    if not parties.is_one(reading.directory, subject, holder):
        other = subject.span.of(text)
        return Refusal("speaker", f"the sentence tells “{word}” of {other}")
    return replace(held, standing=Standing("supported", (), "model"))


_UNSAID = re.compile(
    r"(?i)(?:\b(?:not|never|no longer|refused to|declined to|cannot)|n[’']t)\s+(?:\w+ly\s+)?$"
)
"""Before a verb: "did not say when" says nothing."""


def _states(reading: Reading, content: Span) -> bool:
    """Tell a statement from a phrase: it has a verb of its own, or is quoted."""
    said = content.of(reading.article.text)
    if reading.reader.is_clause(said) is not False or _INFINITIVE.match(said):
        return True
    return bool(quotations_in(reading, content))


_INFINITIVE = re.compile(
    r"\s*to\s+(?!(?:the|an?|its|his|her|their|this|that|these|those|[A-Z]\w*)\b)\w+"
)


def _form_at(reading: Reading, sentence: Span, cue: Span | None) -> Attribution | None:
    """Find the statement that the form of a sentence reads at a word, if it reads one."""
    index = reading.article.touched(sentence)[0]
    said = reading.said_in(index)
    if cue is None:
        return said[0] if len(said) == 1 else None
    return next((s for s in said if s.cue.overlaps(cue)), None)


def _as_form(
    reading: Reading, told: Attribution, holder: Mention, sentence: Span
) -> Held | Refusal:
    """Take what a form reads at the word, by the party that the model names."""
    finding = holders.judge(reading, holder, sentence)
    if finding.verdict == "refuted":
        return Refusal("speaker", finding.reason)
    mine = replace(told, speaker=told.speaker or holder)
    held = reading.reader.statement(mine)
    if isinstance(held, Refusal):
        return held
    held = replace(held, standing=_standing(finding))
    own = [m for m in (held.holder, held.voiced_by) if m is not None]
    if any(parties.is_one(reading.directory, m, holder) for m in own):
        return held
    return replace(held, holder=holder, voiced_by=None)


def _said_at(text: str, sentence: Span, cue: Span | None) -> Span | None:
    """Take what is said behind a word of saying, or before it where little follows."""
    inside = quotes.find(text, sentence)
    if cue is None:
        return inside[0] if inside else None
    after = text[cue.end : sentence.end]
    lead = _TO_WHOM.match(after)
    start = cue.end + (lead.end() if lead else 0)
    if len(text[start : sentence.end].split()) >= _FEWEST_SAID:
        return Span(start=start, end=sentence.end)
    before = text[sentence.start : cue.start]
    border = max(before.rfind(mark) for mark in (",", "”", '"', "—"))
    if border > 0 and len(before[:border].split()) >= _FEWEST_SAID:
        return Span(start=sentence.start, end=sentence.start + border)
    return None


_FEWEST_SAID = 3
"""Words beside a word of saying from which something is said."""


_TO_WHOM = re.compile(
    r"(?:\s+(?:reporters|journalists|the [A-Z]\w+(?: [A-Z]\w+)*|[A-Z]\w+(?: [A-Z]\w+)*))?"
    r"(?:\s+(?:on|in|at)\s+[A-Z]?\w+)?\s*(?:[,:]\s*)?(?:that\b\s*)?"
)


def judge_form(reading: Reading, held: Held) -> Held:
    """Judge a statement that a form reads: "he" may be another than the one before.

    Speakers that a sentence names are right; of those that are taken from before, only
    the one who alone is named there.
    """
    said_by = held.said_by
    sentence = reading.article.sentences[held.sentence].span
    if said_by is None or said_by.within(sentence) or not reading.has_grammar:
        return held
    speaker = held.speaker or held.holder
    if anaphora.is_sole(reading, speaker, held.sentence):
        return held
    name = said_by.of(reading.article.text)
    reason = f"that {name} says this is told by the sentences before"
    return replace(held, standing=Standing("unconfirmed", (reason,), "form"))


def _evidence(article: Article, place: Span, finding: anaphora.Finding) -> Span:
    """Cite the words with the speaker and the verb, where those stand beside them."""
    around: list[Span | None] = [
        finding.cue,
        finding.speaker.span if finding.speaker is not None else None,
    ]
    spans = [
        place,
        *(s for s in around if s is not None and s.within(article.hull(place))),
    ]
    return Span(start=min(s.start for s in spans), end=max(s.end for s in spans))
