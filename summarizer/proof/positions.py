"""Judge a drafted position: is it said, by this party, in these words.

Refuted: words that the article does not have, a party that it does not name, and words
that it gives to another. The draft's act and its other fields stand as they are, as far
as their words are the article's.
"""

from schemas.draft import PositionDraft, QuotedPosition
from schemas.evidence import Span
from schemas.terms import Form
from summarizer.proof import holders, parties, words
from summarizer.reading import holding
from summarizer.reading.holding import Held
from summarizer.reading.mentions import Mention
from summarizer.reading.reading import Reading
from summarizer.reading.refusal import Refusal
from summarizer.reading.standing import Standing
from summarizer.sources import Article
from summarizer.text import quotes
from summarizer.text.locate import locate

LONGEST_GIST = 40
"""Words of a statement that are shown whole; a longer one ends with one of its clauses."""


def judge(reading: Reading, draft: PositionDraft, place: Span) -> Held | Refusal:
    """Judge a draft whose quotation stands at *place*."""
    if not draft.holder.strip() or words.is_pronoun(draft.holder):
        return Refusal("no_speaker", f"{draft.holder!r} names nobody")
    holder = parties.find(reading.directory, draft.holder, place)
    if holder is None:
        return Refusal("not_found", f"the text names no {draft.holder!r}")
    text = reading.article.text
    place = holding.with_negation(text, place, _sentence(reading.article, place))
    finding = holders.judge(reading, holder, place)
    if finding.verdict == "refuted":
        return Refusal("speaker", finding.reason)
    reasons = [finding.reason] if finding.reason else []
    told = draft if isinstance(draft, QuotedPosition) else None
    gist = _gist(reading.article, told.gist if told else "", place, finding)
    others = {
        name: words.party(reading, getattr(told, name), place)
        for name in ("target", "voiced_by")
        if told is not None
    }
    said = finding.said
    form = _form(text, gist, narrated=said is None and finding.cue is None)
    return Held(
        sentence=reading.article.touched(place)[0],
        holder=holder,
        act=draft.act,
        content=place if said is None else said.content,
        gist=gist,
        evidence=_evidence(reading.article, place, finding),
        form=form,
        quote=_quoted(text, gist) if form in {"direct", "mixed"} else None,
        target=others.get("target"),
        voiced_by=others.get("voiced_by"),
        speaker=others.get("voiced_by") or (None if form == "narrated" else holder),
        conditional=holding.is_conditional(gist.of(text)),
        medium=words.phrase(reading.article, told.medium, place) if told else None,
        cue=finding.cue or place,
        said_by=finding.speaker.span if finding.speaker and finding.cue else None,
        when=words.phrase(reading.article, told.when, place, around=0)
        if told
        else None,
        standing=Standing(
            "unconfirmed" if reasons else "supported", tuple(reasons), "model"
        ),
    )


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
    article: Article, drafted: str, place: Span, finding: holders.Finding
) -> Span:
    """Take the statement in the draft's words, or all that is said in the quotation."""
    text = article.text
    sentences = [article.sentences[i].span for i in article.touched(place)]
    hull = Span(start=sentences[0].start, end=sentences[-1].end)
    own = locate(drafted, text, hull) if drafted.strip("“”\"' .") else None
    if own is not None and len(own.of(text).split()) >= _FEWEST:
        return _bare(text, holding.with_negation(text, own, hull))
    said = finding.said
    inside = (
        said is not None and said.content.overlaps(place) and said.cue.overlaps(place)
    )
    content = said.content if said is not None and inside else place
    return _bare(text, _cut(text, content))


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
    if not kept:
        return span
    return Span(start=span.start + lead, end=span.start + lead + len(kept))


def _form(text: str, gist: Span, *, narrated: bool) -> Form:
    """Tell a quotation from reported speech and from what the article narrates."""
    around = Span(start=max(0, gist.start - 2), end=min(len(text), gist.end + 2))
    inside = quotes.find(text, around)
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


def _quoted(text: str, gist: Span) -> Span | None:
    """Take the quoted words of a statement, without their marks."""
    around = Span(start=max(0, gist.start - 1), end=min(len(text), gist.end + 1))
    for inside in quotes.find(text, around):
        kept = inside.of(text).rstrip(" ,，、")
        if kept:
            return Span(start=inside.start, end=inside.start + len(kept))
    return None


def names(reading: Reading, mention: Mention) -> str:
    """Say a party's name as the article's fullest form has it."""
    return parties.known(reading.directory, mention).name
