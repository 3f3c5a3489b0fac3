"""Tell the article from what a page puts around it.

Judged paragraph by paragraph from its own words; nothing is removed, each excluded
paragraph keeps its offsets and its reason. A wrong exclusion loses facts, so every
rule asks for a short paragraph or an unmistakable opening.
"""

import re

from schemas.terms import ExclusionReason

_RULES: tuple[tuple[ExclusionReason, re.Pattern[str]], ...] = (
    (
        "cookie_notice",
        re.compile(
            r"(?i)\b(?:we|this (?:web)?site) uses? cookies\b|^accept all cookies"
        ),
    ),
    (
        "newsletter",
        re.compile(r"(?i)^.{0,80}\bnewsletters?\b.{0,80}$"),
    ),
    (
        "sign_up",
        re.compile(
            r"(?i)^(?:please )?(?:sign up|subscribe|register|log in|join (?:our|us)|"
            r"get (?:the|our) (?:latest|best)|download (?:the|our) app|follow us|"
            r"support (?:our|independent) journalism)\b"
        ),
    ),
    (
        "read_more",
        re.compile(
            r"(?i)^(?:>+ ?|[►▶•] ?)?(?:read (?:more|also|next|the full)|see also|"
            r"also read|related(?: (?:stories|articles|content|topics))?\s*(?::|$)|"
            r"more on this( story)?|recommended(?: for you)?\s*(?::|$)|"
            r"watch\s*:|listen\s*:|in pictures\s*:)"
        ),
    ),
    (
        "credit",
        re.compile(
            r"(?i)^\(?(?:(?:additional )?reporting (?:by|for)|(?:writing|edited|editing|"
            r"compiled|translated) by|by [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3}$|"
            r"our standards:)"
        ),
    ),
    (
        "caption",
        re.compile(
            r"(?i)^(?:photo|picture|image|file photo|file -|caption|video|graphic|map)"
            r"\s*(?:credit|courtesy|by)?\s*[:\-–—|]"
            r"|[\[(](?:[^\])]{0,60}/)?(?:reuters|afp|ap|epa|getty(?: images)?|"
            r"ap photo|file|handout|file photo)\b[^\])]{0,40}[\])]\.?$"
        ),
    ),
    (
        "advertisement",
        re.compile(r"(?i)^(?:advertisement|sponsored(?: content)?|promoted)\s*$"),
    ),
    (
        "share_links",
        re.compile(
            r"(?i)^(?:share(?: this)?(?: (?:article|story))?|print|e-?mail|comments?|"
            r"facebook|twitter|whatsapp|copy link|\s|[|,/·•])+$"
        ),
    ),
)
_MOST_CHARS: dict[ExclusionReason, int] = {"newsletter": 170, "sign_up": 300}
"""Longest paragraph that a rule may exclude; 400 where not given. An article about a
newsletter has longer paragraphs than a box that advertises one."""

_BOX: frozenset[ExclusionReason | None] = frozenset({"newsletter", "sign_up"})
_STOPS = (
    ".", "!", "?", "…", '."', ".”", "?”", "!”", ".’", ".)", "。", ":", ";", ",",
    "！", "？", "。」", "！」", "？」", "。』", "。”", "。）", "．", "：", "；", "，", "、",
    "؟", "۔", "،", "؛", "।", "॥", ".»", "!»", "?»", "».", "”.", "؟»", "។", "།", "።",
)  # fmt: skip
_HEADING_WORDS = 16

_INNER_STOP = re.compile(r"(?![A-Z])[^\W_][.!?؟۔।][”\"’')\]»]?\s|[。！？]")


_LIST_ITEM = re.compile(r"(?:[-–•*·‣◦▪]|\(?\d{1,2}[.)])\s+(?:\S+\s+){4}")
"""One of a list: "- Pensions will be cut by 20 per cent" ends without a stop."""


def reasons(paragraphs: list[str]) -> list[ExclusionReason | None]:
    """Say for each paragraph why it is not part of the article.

    Returns:
        One reason, or None for article text, for each paragraph in order. When
        nothing else would remain, headings count as text: a text without a single
        full stop is still read.
    """
    found: list[ExclusionReason | None] = []
    for index, words in enumerate(paragraphs):
        before = found[-1] if found else None
        is_last = index == len(paragraphs) - 1
        found.append(_reason(words, before, is_last=is_last))
    prose = any(
        reason is None and " ".join(words.split()).endswith(_STOPS)
        for words, reason in zip(paragraphs, found, strict=True)
    )
    return found if prose else [None if r == "heading" else r for r in found]


def _reason(
    words: str, before: ExclusionReason | None, *, is_last: bool
) -> ExclusionReason | None:
    flat = " ".join(words.split())
    for reason, pattern in _RULES:
        if len(flat) <= _MOST_CHARS.get(reason, 400) and pattern.search(flat):
            if reason == "newsletter" and _is_prose(flat):
                continue
            return reason
    if flat.endswith(_STOPS):
        return None
    if _LIST_ITEM.match(flat):
        return None
    if before in _BOX:
        return before  # the box goes on until a line reads like a sentence
    inner_stop = _INNER_STOP.search(flat)
    if not is_last and not inner_stop and len(flat.split()) <= _HEADING_WORDS:
        return "heading"
    return None


def _is_prose(flat: str) -> bool:
    """Tell a sentence that mentions a newsletter from a line that offers one."""
    offers = re.search(r"(?i)\b(?:our|new|sign up|subscribe|your inbox|other)\b", flat)
    return flat.endswith(_STOPS) and offers is None
