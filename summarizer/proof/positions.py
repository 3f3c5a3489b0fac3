"""Judge a drafted position: is it said, by this party, in these words.

Refuted: words that the article does not have, a party that it does not name, and words
that it gives to another. The draft's act and its other fields stand as they are, as far
as their words are the article's.
"""

import re
from dataclasses import replace

from schemas.draft import PositionDraft, QuotedPosition, SpeakerDraft
from schemas.evidence import Span
from schemas.terms import Form, Verdict
from summarizer.proof import framing, holders, parties, speakers, words
from summarizer.reading.english import holding, verbs
from summarizer.reading.reading import FIRST_PERSON, Reading
from summarizer.reading.values import Attribution, Held, Mention, Refusal, Standing
from summarizer.sources import Article
from summarizer.text import quotes
from summarizer.text.locate import locate

LONGEST_GIST = 40
"""Words of a statement that are shown whole; a longer one ends with one of its clauses."""


def judge(reading: Reading, draft: PositionDraft, place: Span) -> Held | Refusal:
    """Judge a draft whose quotation stands at *place*."""
    if not draft.holder.strip() or words.is_pronoun(draft.holder):
        holder = words.writers(reading, draft.holder, place)
        if holder is None:
            return Refusal("no_speaker", f"{draft.holder!r} names nobody")
    else:
        holder = parties.find(reading.directory, draft.holder, place)
    if holder is None:
        return Refusal("not_found", f"the text names no {draft.holder!r}")
    text = reading.article.text
    place = holding.with_negation(text, place, _sentence(reading.article, place))
    finding = holders.judge(reading, holder, place)
    if finding.verdict == "refuted":
        return Refusal("speaker", finding.reason)
    reasons = [finding.reason] if finding.reason else []
    if words.is_writers(holder.core.of(text)):
        reasons = [words.unnamed_writers(holder.core.of(text))]
    told = draft if isinstance(draft, QuotedPosition) else None
    framed = framing.find(reading, holder, place)
    gist = _gist(reading, holder, told.gist if told else "", place, finding, framed)
    others = {
        name: words.party(reading, getattr(told, name), place)
        for name in ("target", "voiced_by")
        if told is not None
    }
    said = finding.said
    narrated = framed is None and _is_narrated(reading, finding, place, gist)
    form = form_of(reading, gist, narrated=narrated)
    quote = quoted(reading, gist) if form in {"direct", "mixed"} else None
    if form == "narrated" and _is_own_speech(reading, holder, gist):
        form, quote = "direct", gist
    elif form == "narrated" and told is not None and told.medium.strip():
        form = "indirect"  # "on CBS", "told Reuters": it was said there
    return Held(
        sentence=reading.article.touched(place)[0],
        holder=holder,
        act=draft.act,
        content=said.content if said else framed.content if framed else place,
        gist=gist,
        evidence=_evidence(reading.article, place, finding),
        form=form,
        quote=quote,
        target=others.get("target"),
        voiced_by=others.get("voiced_by"),
        speaker=others.get("voiced_by") or (None if form == "narrated" else holder),
        conditional=holding.is_conditional(gist.of(text)),
        medium=words.phrase(reading.article, told.medium, place) if told else None,
        cue=finding.cue or (framed.cue if framed else place),
        said_by=finding.speaker.span if finding.speaker and finding.cue else None,
        when=words.phrase(reading.article, told.when, place, around=0)
        if told
        else None,
        standing=Standing(
            "unconfirmed" if reasons else "supported", tuple(reasons), "model"
        ),
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
    if cue is not None and _UNSAID.search(text[sentence.start : cue.start]):
        return Refusal(
            "denied", f"the sentence says that it is not what {draft.word!r} tells"
        )
    if cue is not None and speakers.is_noun(text, cue):
        return Refusal("no_stance", f"{draft.word!r} is no verb there")
    told = _form_at(reading, sentence, cue)
    content = told.content if told is not None else _said_at(text, sentence, cue)
    if content is None or not _states(reading, content, told):
        return Refusal("no_stance", f"nothing is said beside {draft.word!r}")
    finding = holders.judge(reading, holder, content if told is None else sentence)
    if finding.verdict == "refuted":
        return Refusal("speaker", finding.reason)
    if told is not None:
        return _as_form(reading, told, holder, finding)
    says = cue is None or cue in speakers.cues(text, sentence)
    if not says and finding.verdict != "supported":
        return Refusal("no_stance", f"{draft.word!r} is not told of {draft.name!r}")
    # "has supported the opposition": what is held is the whole, not what it is about
    is_said = cue is None or (says and framing.states(text, cue))
    gist = _bare(text, _cut(text, content if is_said else sentence))
    reasons = (finding.reason,) if finding.reason else ()
    form = form_of(reading, gist, narrated=cue is None)
    return Held(
        sentence=reading.article.touched(sentence)[0],
        holder=holder,
        act=holding.shown_act(content.of(text)),
        content=content,
        gist=gist,
        evidence=sentence,
        form=form,
        quote=quoted(reading, gist) if form in {"direct", "mixed"} else None,
        target=None,
        voiced_by=None,
        speaker=None if form == "narrated" else holder,
        conditional=holding.is_conditional(gist.of(text)),
        medium=None,
        cue=cue or sentence,
        said_by=finding.speaker.span if finding.speaker and finding.cue else None,
        standing=Standing("unconfirmed" if reasons else "supported", reasons, "model"),
    )


_UNSAID = re.compile(
    r"(?i)(?:\b(?:not|never|no longer|refused to|declined to|cannot)|n[’']t)\s+(?:\w+ly\s+)?$"
)
"""Before a verb: "did not say when" says nothing."""


def _states(reading: Reading, content: Span, told: Attribution | None) -> bool:
    """Tell a statement from a phrase: it has a verb of its own, or is quoted."""
    if told is not None or reading.lexicon is not None:
        return True
    text = reading.article.text
    said = content.of(text)
    if verbs.has_clause(said) or _INFINITIVE.match(said):
        return True
    return bool(_quotations(reading, content))


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
    reading: Reading, told: Attribution, holder: Mention, finding: holders.Finding
) -> Held | Refusal:
    """Take what a form reads at the word, by the party that the model names."""
    mine = replace(told, speaker=told.speaker or holder)
    held = reading.reader.statement(mine)
    if isinstance(held, Refusal):
        return held
    reasons = (finding.reason,) if finding.reason else ()
    verdict: Verdict = "unconfirmed" if reasons else "supported"
    own = [m for m in (held.holder, held.voiced_by) if m is not None]
    if any(parties.is_one(reading.directory, m, holder) for m in own):
        return replace(held, standing=Standing(verdict, reasons, "model"))
    return replace(
        held,
        holder=holder,
        voiced_by=None,
        standing=Standing(verdict, reasons, "model"),
    )


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
    if said_by is None or said_by.within(sentence) or reading.lexicon is not None:
        return held
    speaker = held.speaker or held.holder
    if holders.is_sole(reading, speaker, held.sentence, persons=None):
        return held
    name = said_by.of(reading.article.text)
    reason = f"that {name} says this is told by the sentences before"
    return replace(held, standing=Standing("unconfirmed", (reason,), "form"))


def _after_cue(text: str, sentence: Span, finding: holders.Finding) -> Span | None:
    """Take what a sentence says beside its speaker and verb: behind them, or before."""
    inside = quotes.find(text, sentence)
    if finding.cue is None or finding.speaker is None:
        return inside[0] if inside else None
    who, cue = finding.speaker.span, finding.cue
    start, end = min(who.start, cue.start), max(who.end, cue.end)
    before, after = text[sentence.start : start], text[end : sentence.end]
    if cue.start >= who.end and len(after.split()) >= _FEWEST_SAID:
        lead = _THAT.match(after)
        return Span(start=end + (lead.end() if lead else 0), end=sentence.end)
    if len(before.split()) >= _FEWEST_SAID:
        return Span(start=sentence.start, end=start)
    return None


_FEWEST_SAID = 3
"""Words beside a speaker and a verb from which they say something."""

_THAT = re.compile(r"\s*(?:,\s*)?(?:that\b\s*)?")


def _sentence(article: Article, place: Span) -> Span:
    return article.sentences[article.touched(place)[0]].span


def _evidence(article: Article, place: Span, finding: holders.Finding) -> Span:
    """Cite the words with the speaker and the verb, where those stand beside them."""
    sentences = [article.sentences[i].span for i in article.touched(place)]
    hull = Span(start=sentences[0].start, end=sentences[-1].end)
    around: list[Span | None] = [
        finding.cue,
        finding.speaker.span if finding.speaker is not None else None,
    ]
    spans = [place, *(s for s in around if s is not None and s.within(hull))]
    return Span(start=min(s.start for s in spans), end=max(s.end for s in spans))


def _gist(
    reading: Reading,
    holder: Mention,
    drafted: str,
    place: Span,
    finding: holders.Finding,
    framed: framing.Framed | None,
) -> Span:
    """Take the statement in the draft's words, or all that is said in the quotation."""
    article, text = reading.article, reading.article.text
    sentences = [article.sentences[i].span for i in article.touched(place)]
    hull = Span(start=sentences[0].start, end=sentences[-1].end)
    own = locate(drafted, text, hull) if drafted.strip("“”\"' .") else None
    if own is not None and len(own.of(text).split()) >= _FEWEST:
        own = _unsaid(text, own if framed is None else _unframed(own, framed))
        own = _with_subject(reading, holder, own, place)
        whole = _whole_clause(text, holding.with_negation(text, own, hull), place)
        return _bare(text, whole)
    said = finding.said
    if framed is not None:
        return _bare(text, _cut(text, framed.content))
    if said is not None and said.content.overlaps(place) and said.cue.overlaps(place):
        content = holding.with_verb(text, said, said.act)
        if content.start == said.cue.start or framing.stands_alone(text, content):
            return _bare(text, _cut(text, content))
    return _bare(text, _cut(text, _unsaid(text, place)))


def _unsaid(text: str, place: Span) -> Span:
    """Leave out the "saying that" with which a quotation begins."""
    lead = _SAYING.match(text, place.start, place.end)
    return Span(start=lead.end(), end=place.end) if lead else place


_SAYING = re.compile(
    r"(?:saying|adding|noting|warning|arguing|claiming|insisting|stressing|telling \w+)\s+(?:that\s+)?(?=\w+\s+\w)"
)


def _unframed(own: Span, framed: framing.Framed) -> Span:
    """Leave out "X said that" where a draft's statement holds it."""
    content = framed.content
    if not own.overlaps(content):
        return own
    start = (
        max(own.start, content.start) if own.start <= framed.cue.start else own.start
    )
    end = min(own.end, content.end) if framed.cue.start >= content.end else own.end
    return Span(start=start, end=end)


def _with_subject(reading: Reading, holder: Mention, own: Span, place: Span) -> Span:
    """Widen "helped the girl" by who did, beyond an aside, when that is not the holder."""
    text = reading.article.text
    first = own.of(text).split(maxsplit=1)[0].lower()
    if not own.within(place) or not verbs.is_finite(first):
        return own
    subject = _SUBJECT_ASIDE.search(text[place.start : own.start])
    if subject is None:
        return own
    start = place.start + subject.start("subject")
    lead = Span(start=start, end=own.start)
    mine = parties.named_in(reading.directory, holder, lead)
    return own if mine or holder.span.overlaps(lead) else Span(start=start, end=own.end)


def _whole_clause(text: str, own: Span, place: Span) -> Span:
    """Widen a statement to the borders of its clause within the quotation.

    Never without its subject ("is designed to …"), nor its second half ("not to …, but
    rather to …").
    """
    if not own.within(place):
        return own
    start, end = own.start, own.end
    before = text[place.start : start]
    first = text[start:end].split(maxsplit=1)[0].lower()
    cut = not _BORDER_BEFORE.search(before) and not framing.stands_alone(text, own)
    if first in _VERBS or cut:
        borders = list(_BORDER.finditer(before))
        start = place.start + (borders[-1].end() if borders else 0)
    rest = text[end : place.end]
    if _GOES_ON.match(rest) or (
        rest.strip() and not re.match(r"\s*[.,;:!?”\"’)–—]", rest)
    ):
        following = _BORDER_AFTER.search(rest, 2)
        end = end + following.start() if following else place.end
    return Span(start=start, end=end)


_SUBJECT_ASIDE = re.compile(
    r"(?:^|[,;:.]\s+)(?P<subject>[A-Z][^,;:.–—]{0,60}?)(?:\s+(?:--|[–—])[^–—]{1,90}?(?:--|[–—])|,[^,;:]{1,90},)\s+$"
)
"""A subject and an aside before the verb at which a statement was cut."""

_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could",
     "may", "might", "must", "should", "does", "do", "did", "to", "not", "be", "been"}
)  # fmt: skip
"""Words at which no statement begins: its subject stands before them."""

_BORDER = re.compile(r"[,;:“\"]\s*|\bthat\s+|[.!?]\s+|\s[–—-]\s")
_BORDER_BEFORE = re.compile(
    r"(?:^|[,;:“”\".!?–—-]\s*|\bthat\s+|\b(?:said|says|and|but|to|as|of|whether|if)\s+)$"
)
_BORDER_AFTER = re.compile(
    r"(?<!\b[A-Z])\.(?=[\s”\"]|$)|[;!?”\"]|,(?!\s+(?:but|and|which|who)\b)"
)
_GOES_ON = re.compile(r"\s*,?\s*but\b")

_FEWEST = 2
"""Words that a statement needs at least."""


def _cut(text: str, content: Span) -> Span:
    """End a long statement with its last whole sentence or clause that is not too long."""
    kept = content
    while _length(words_of := kept.of(text)) > LONGEST_GIST:
        border = max(words_of.rfind(mark, 0, -2) for mark in _BORDERS)
        if border < len(words_of) // 3:
            return kept
        kept = Span(start=kept.start, end=kept.start + border + 1)
    return kept


_BORDERS = (". ", "; ", ".” ", '." ', "? ", "。", "，", "；")


def _length(words_of: str) -> int:
    """Count words; in scripts without spaces two characters are reckoned for one."""
    spaced = len(words_of.split())
    return spaced if " " in words_of else max(spaced, len(words_of) // 2)


def _bare(text: str, span: Span) -> Span:
    """Leave out marks and spaces around a statement."""
    words_of = span.of(text)
    lead = len(words_of) - len(words_of.lstrip("“”\"‘’' \n,;:—–「『，、"))
    kept = words_of[lead:].rstrip("‘’' ,;:—–\n，、；：」』")
    if kept.count("“") < kept.count("”") or kept.count('"') % 2:
        kept = kept.rstrip('”"., ')
    kept = kept.rstrip(".")
    opening = words_of[:lead].rstrip()[-1:]
    if opening in {"“", '"'} and (
        kept.count("“") < kept.count("”") or kept.count('"') % 2
    ):
        kept = words_of[words_of.rfind(opening, 0, lead) : lead] + kept
        lead = words_of.rfind(opening, 0, lead)  # "“He will be tried” when he returns"
    if not kept:
        return span
    end = span.start + lead + len(kept)
    if kept.count("“") > kept.count("”") or kept.count('"') % 2:
        closing = re.match(r"[.,]?[”\"]", text[end:])  # "was made to “please all.”"
        end += closing.end() if closing else 0
    return Span(start=span.start + lead, end=end)


def _is_narrated(
    reading: Reading, finding: holders.Finding, place: Span, gist: Span
) -> bool:
    """Tell a stance that the article ascribes from what somebody is told to have said.

    "He said" and "the fund warned" tell it too, whoever they are.
    """
    if finding.said is not None or reading.lexicon is not None:
        return finding.said is None and finding.cue is None
    article = reading.article
    spans = [article.sentences[i].span for i in article.touched(place)]
    told = [c for s in spans for c in speakers.cues(article.text, s)]
    if finding.cue is not None:
        if _BELIEVES.match(finding.cue.of(article.text)):
            return False
        return finding.cue not in told and not _names_saying(article.text, finding.cue)
    return not any(not c.within(gist) for c in told)


_BELIEVES = re.compile(
    r"(?i)(?:expect|fear|hope|believ|think|thought|reckon|doubt|worr)"
)
"""Verbs of a view that somebody must have told: "analysts expect"."""


def _is_own_speech(reading: Reading, holder: Mention, gist: Span) -> bool:
    """Tell the words of a speech, a letter or a transcript: they say "I" or "we".

    In such a text a sentence that does not name its holder is theirs, too.
    """
    if FIRST_PERSON.search(gist.of(reading.article.text)) is not None:
        return True
    author = reading.author
    if author is not None and parties.is_one(reading.directory, holder, author):
        return True
    return reading.is_own_words and not (
        parties.named_in(reading.directory, holder, gist) or holder.span.within(gist)
    )


def _names_saying(text: str, cue: Span) -> bool:
    return (
        re.search(r"(?i)according to|statement|report|said|letter", cue.of(text))
        is not None
    )


def form_of(reading: Reading, gist: Span, *, narrated: bool) -> Form:
    """Tell a quotation from reported speech and from what the article narrates."""
    inside = _quotations(reading, gist)
    shared = sum(
        min(q.end, gist.end) - max(q.start, gist.start)
        for q in inside
        if q.overlaps(gist)
    )
    if shared > _DIRECT * (gist.end - gist.start):
        return "direct"
    if shared:
        return "mixed"
    return "narrated" if narrated else "indirect"


_DIRECT = 0.85
"""Share of a statement within quotation marks from which it is a quotation."""


def _quotations(reading: Reading, gist: Span) -> list[Span]:
    """List the quotations that a statement shares words with."""
    return [q for q in reading.quotations if q.overlaps(gist)]


def quoted(reading: Reading, gist: Span) -> Span | None:
    """Take the quoted words of a statement, without their marks."""
    text = reading.article.text
    for inside in _quotations(reading, gist):
        start, end = max(inside.start, gist.start), min(inside.end, gist.end)
        kept = text[start:end].rstrip(" ,，、")
        if kept:
            return Span(start=start, end=start + len(kept))
    return None


def names(reading: Reading, mention: Mention) -> str:
    """Say a party's name as the article's fullest form has it."""
    return parties.known(reading.directory, mention).name
