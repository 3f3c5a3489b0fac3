"""Who asks and who is asked, by the words beside a name."""

import re

from schemas.evidence import Span
from summarizer.proof.statements.cue_words import (
    asking_pattern,
    cues,
    stances,
    verbs_in,
)
from summarizer.proof.statements.subjects import disagree, is_subject_of
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Mention


def asks(text: str, sentence: Span, who: Mention) -> bool:
    """Tell whether a phrase is whoever asks, by a verb or a noun of asking."""
    return _asks_at(text, sentence, who) or _asks_by_noun(text, sentence, who)


def _asks_at(text: str, sentence: Span, who: Mention) -> bool:
    """Tell whether a phrase is the subject of a verb of asking, or says that one must."""
    return any(
        is_subject_of(text, who.span, c) and not disagree(text, who, c)
        for c in verbs_in(text, sentence, asking_pattern())
    )


def asker(directory: Directory, index: int, what: Span) -> Mention | None:
    """Find whose verb of asking the words of a request follow: its nearest subject."""
    text = directory.article.text
    sentence = directory.article.sentences[index].span
    here = [m for m in directory.within(sentence) if not m.nested]
    cues_before = [
        c for c in verbs_in(text, sentence, asking_pattern()) if c.end <= what.start
    ]
    said = [*cues(text, sentence), *stances(text, sentence)]
    for cue in reversed(cues_before):
        if any(cue.end <= other.start < what.start for other in said):
            return None  # "after X asked, aides suggested that …"
        subjects = [
            m
            for m in here
            if is_subject_of(text, m.span, cue) and not disagree(text, m, cue)
        ]
        if subjects:
            return subjects[-1]
    return None


_ASKING_NOUN = (
    r"(?:calls?|appeals?|demands?|requests?|pleas?|petitions?|orders?|bid|ultimatum)"
)


_ASKING_BY = re.compile(
    rf"(?i)\b{_ASKING_NOUN}\s+(?:by|from|of)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,4}}$"
)


_ASKING_OWN = re.compile(rf"(?i)[’']s?\s+(?:[\w-]+\s+){{0,2}}{_ASKING_NOUN}\b")


def _asks_by_noun(text: str, sentence: Span, who: Mention) -> bool:
    """Tell whether a noun of asking is a phrase's own: "calls by X", "X’s appeal"."""
    before = text[sentence.start : who.span.start]
    after = text[who.span.end : sentence.end]
    return _ASKING_BY.search(before) is not None or _ASKING_OWN.match(after) is not None


_ADDRESSED = re.compile(
    r"(?i)\b(?:told|tells|tell|emailed|contacted|pitched|wants?|wanted|invit(?:e|es|ed)|(?:proposed|wrote|appealed|sent .{0,20}) to|"
    r"(?:time|call|calls|called|appeal|plea) for)\s+(?:the\s+|an?\s+|its\s+|his\s+|her\s+)?(?:[\w’'-]+\s+){0,2}$"
)
"""Before a phrase: words by which something is put to it."""


_ADVISED = re.compile(
    r"(?i)\b(?:warn|advis|remind|caution|direct|expect|instruct|implor|beg|persuad|pressur)(?:e|es|ed|s|ing)?\s+(?:the\s+|an?\s+|its\s+|his\s+|her\s+|their\s+|all\s+)?(?:[\w’'-]+\s+){0,2}$"
)
"""Before a phrase that "to" or "not to" follows: words that move somebody to do it."""


_TO_OBJECT = re.compile(
    r"(?i)\s+(?:(?:on|upon|to|from|at|with)\s+)?(?:the\s+|an?\s+|its\s+|his\s+|her\s+|their\s+)?(?:[\w’'-]+\s+){0,2}"
)


def is_asked(text: str, sentence: Span, who: Mention) -> bool:
    """Tell whether a phrase is the object of a verb of asking, or must do something."""
    before = text[sentence.start : who.span.start]
    after = text[who.span.end : sentence.end]
    for cue in verbs_in(text, sentence, asking_pattern()):
        gap = text[cue.end : who.span.start] if cue.end <= who.span.start else None
        if gap is not None and _TO_OBJECT.fullmatch(gap):
            return True
    if _ADDRESSED.search(before):
        return True
    if _ADVISED.search(before) and re.match(r"\s+(?:(?:not\s+)?to|against)\b", after):
        return True
    passive = re.match(
        r"\s+(?:has |have |had )?(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?(?P<verb>\w+)\b(?!\s+for\b)",
        after,
    )
    if passive and asking_pattern().fullmatch(passive["verb"]):
        return True
    modal = re.match(
        r"\s+(?:(?:will|would|may)\s+)?(?:must|should|needs? to|needed to|ought to|has to|have to)\b",
        after,
    )
    return modal is not None and bool(before.strip())
