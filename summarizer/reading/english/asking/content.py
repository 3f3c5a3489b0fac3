"""What is asked for: the words behind the asked, to the end of their clause."""

import re

from schemas.evidence import Span
from schemas.terms import Mode
from summarizer.reading.english import verbs
from summarizer.reading.english.sentence import Sentence
from summarizer.text import words

MOST_WORDS = 15
"""Words of `what`, as the contract has it."""

_TOLD_BY = re.compile(
    r",\s+(?:according to\b|(?:[^\s,.;]+\s+){1,8}?(?:said|says|told|added|reported|wrote|announced|confirmed|asked)\b)"
)
"""Who tells of a request, behind it: "…, the minister told Reuters"."""

_STOP = re.compile(
    r";|\s+and\s+(?:\w+ly\s+)?(?:promised|said|added|told|warned|accused|denied|offered|announced|pledged|vowed|welcomed|condemned|"
    r"criticised|criticized|rejected|refused|agreed|thanked|praised|asked|urged|demanded|called|insisted|declared)\b|(?<=[a-z0-9])\.(?=\s|$)|\s[–—]\s|:\s|,?\s+but\b|,\s+(?:and|as|saying|while|adding|which|who)\b|\s(?:after|when|because)\b"
)
_LEAD = re.compile(
    r"(?i)^(?:[’']s?\s)?[\s,]*(?:not\s+[^,]{1,40},\s*)?(?:(?:on\s+)?\w+day\b\s*)?(?:(?:for|to|that|it|he|she|they)\b\s*)*"
)
_NEXT_ACT = re.compile(
    r"\s+and\s+(?:(?:then|later|also|\w+ly|(?P<has>has|have|had))\s+)?(?P<verb>[a-z]+)\s+"
    r"(?=(?:the|an?|its|his|her|their|all|two|three|out|off|up|away|back|\d+)\b)"
)
"""A verb and its object, or the little word that belongs to it."""

_DANGLING = re.compile(
    r"(?i)(?:and|or|the|an?|of|to|in|for|on|by|with|from|that|which|at|its|his|her|their)"
)


def mode_of(what: str) -> Mode:
    """Classify what is asked for, by the first word that shows it (PLOVER modes)."""
    first: tuple[int, Mode] = (len(what) + 1, "change")
    for mode in ("meet", "yield", "assist"):
        found = words.pattern("modes", mode).search(what)
        if found is not None and found.start() < first[0]:
            first = (found.start(), mode)
    return first[1]


def after(
    here: Sentence, start: int, stop_too: re.Pattern[str] | None = None
) -> Span | None:
    """Take the words after *start*, to the end of their clause."""
    end = here.span.end
    # What is asked for within a quotation ends with it.
    end = min([end, *(q.end for q in here.quotes if q.start <= start < q.end)])
    for stop in (stop_too, _STOP, _TOLD_BY):
        if stop is not None and (found := stop.search(here.text, start, end)):
            end = found.start()
    end = _without_speaker(here, start, end)
    end = _before_next_act(here.text, start, end)
    lead = _LEAD.match(here.text[start:end])
    return _at_most(here.text, start + (lead.end() if lead else 0), end)


def _before_next_act(text: str, start: int, end: int) -> int:
    """End before what the one who asks did next: "… and recalled its ambassador".

    "Return the goods it seized and sold" goes on: a clause has begun within it.
    """
    for found in _NEXT_ACT.finditer(text, start, end):
        if found["has"] or verbs.is_past(found["verb"].lower()):
            within = verbs.has_clause(text[start : found.start()])
            return end if within else found.start()
    return end


def _without_speaker(here: Sentence, start: int, end: int) -> int:
    """End before a trailing "officials said", which is not asked for."""
    for said in here.said:
        if said.speaker is not None and start < said.cue.start < end:
            first = min(said.cue.start, said.speaker.span.start)
            if first > start and here.text[start:first].rstrip().endswith(","):
                end = len(here.text[:first].rstrip()) - 1
    return end


def _at_most(text: str, start: int, end: int) -> Span | None:
    """Cut a stretch to `MOST_WORDS` words, at a comma where there is one."""
    found = list(re.finditer(r"\S+", text[start:end]))
    if not found:
        return None
    if len(found) > MOST_WORDS:
        found = found[:MOST_WORDS]
        commas = [i for i, m in enumerate(found) if m.group().endswith(",") and i >= 3]
        found = found[: commas[-1] + 1] if commas else found
        while len(found) > 1 and _DANGLING.fullmatch(found[-1].group()):
            found.pop()
    last = start + found[-1].end()
    kept = text[start:last].rstrip(" ,;:.")
    if kept.count("“") < kept.count("”") or kept.count('"') % 2:
        kept = kept.rstrip('”"').rstrip(" ,;:.")
    return Span(start=start, end=start + len(kept)) if kept else None
