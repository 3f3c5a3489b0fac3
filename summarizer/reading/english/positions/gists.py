"""The words of a position: what it is cut to, widened over, and under what condition."""

import re

from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english.speech import deeds
from summarizer.reading.values import GIST_WORDS, Attribution

_DANGLING = re.compile(
    r"(?i)^(?:and|or|but|the|an?|of|to|in|for|on|by|with|from|that|which|at|its|his|her|their|is|was|as)$"
)


def cut(text: str, content: Span) -> Span:
    """Cut a statement to `GIST_WORDS` words, at the border of a clause if there is one.

    Returns:
        A span inside *content*, without quotation marks around it.
    """
    words_of = content.of(text)
    lead = len(words_of) - len(words_of.lstrip("“”\"‘’' \n"))
    found = list(re.finditer(r"\S+", words_of[lead:]))
    if len(found) > GIST_WORDS:
        found = found[:GIST_WORDS]
        borders = [
            i for i, m in enumerate(found) if m.group()[-1] in ",;:.—–" and i >= 5
        ]
        found = found[: borders[-1] + 1] if borders else found
        while len(found) > 1 and _DANGLING.match(found[-1].group()):
            found.pop()
    end = lead + found[-1].end() if found else len(words_of)
    kept = words_of[lead:end].rstrip("“”\"‘’' ,;:.—–\n")
    if kept.count("“") > kept.count("”") or kept.count('"') % 2:
        # "was “close to breaking,”": what was opened inside is closed again.
        closing = re.match(r"[,.]?[”\"]", words_of[lead + len(kept) :])
        kept += closing.group() if closing else ""
    return Span(
        start=content.start + lead, end=content.start + lead + max(1, len(kept))
    )


def with_verb(text: str, said: Attribution, act: Act) -> Span:
    """Keep the verb in the gist where the statement makes no sense without it."""
    between = text[said.cue.end : said.content.start]
    behind = said.cue.end <= said.content.start
    if behind and deeds.act(said.cue.of(text), said.content.of(text)):
        return Span(start=said.cue.start, end=said.content.end)
    if said.form == "direct" or said.act in {"assert", "announce", "claim"}:
        return said.content
    if said.content.start < said.cue.end or len(between.split()) > 2 or act == "assert":
        return said.content
    return Span(start=said.cue.start, end=said.content.end)


def with_negation(text: str, span: Span, sentence: Span) -> Span:
    """Widen a fragment to the left over a negation, which is content."""
    before = text[sentence.start : span.start]
    match = re.search(
        r"(?i)\b(?:not|never|no|no longer|cannot|\w+n[’']t)\s+(?:\w+\s+)?$", before
    )
    return Span(start=sentence.start + match.start(), end=span.end) if match else span


def is_conditional(content: str) -> bool:
    """Tell whether a statement holds under a condition only."""
    found = re.search(
        r"(?:^|[,“\"‘(]\s*|\band |\bbut |\bthat )(?:[Ii]f|[Uu]nless|[Aa]s long as|[Ss]o long as|[Pp]rovided|[Ss]hould (?=[A-Z]))\b",
        content,
    )
    return (
        found is not None
        or re.search(
            r"\b(?:as long as|so long as|on condition that|provided that|only if|unless)\b"
            r"|\b(?:would|will|could|can|may)\b[^.;]{1,120}\b(?<!see )(?<!know )(?<!ask )if\b",
            content,
        )
        is not None
    )
