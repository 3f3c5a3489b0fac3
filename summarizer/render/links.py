"""Links that open a source at the words of an item.

A text fragment (`#:~:text=`, WICG "URL Fragment Text Directives") names the words, or
where a stretch starts and ends, and what stands around them when they occur twice.
A browser that does not know it opens the page all the same.
"""

import re
from typing import Final
from urllib.parse import quote, urlsplit

from schemas.briefing import Source
from schemas.evidence import Evidence

MAX_CHARS: Final = 1_000
"""A longer link is not made: the fragment is left out, then the link."""
WHOLE_WORDS: Final = 8
"""Quotes up to this many words are named whole; of longer ones the two ends are."""
END_WORDS: Final = 4

_URL_MARKS: Final = ":/?#[]@!$&'()*+,;=%-._~"


def page(uri: str | None) -> str | None:
    """Take *uri* as the address of a web page.

    Returns:
        The address in ASCII, or None: no http or https, a name or password in it,
        white space or control characters, or more than `MAX_CHARS`.
    """
    if not uri or any(char.isspace() or not char.isprintable() for char in uri):
        return None
    try:
        parts = urlsplit(uri)
        host, user = parts.hostname, parts.username
    except ValueError:
        return None
    # "https://bank.example@other.example" opens the other one.
    if parts.scheme not in {"http", "https"} or not host or user is not None:
        return None
    link = quote(uri, safe=_URL_MARKS)
    return link if len(link) <= MAX_CHARS else None


def to_evidence(source: Source, evidence: Evidence) -> str | None:
    """Link to the words of *evidence* on the page of its source.

    Returns:
        None when the source has no page on the web.
    """
    address = page(source.uri)
    if address is None:
        return None
    base, _, fragment = address.partition("#")
    element = fragment.partition(":~:")[0]
    directive = _directive(source.text, evidence)
    link = f"{base}#{element}:~:text={directive}" if directive else address
    return link if len(link) <= MAX_CHARS else address


def _directive(text: str, evidence: Evidence) -> str:
    """Write [prefix-,]start[,end][,-suffix]; empty when there are no words."""
    start, end = _ends(evidence.exact)
    if not start:
        return ""
    before, after = _surroundings(text, evidence, start, end)
    return (
        (f"{_encoded(before)}-," if before else "")
        + _encoded(start)
        + (f",{_encoded(end)}" if end else "")
        + (f",-{_encoded(after)}" if after else "")
    )


def _ends(exact: str) -> tuple[str, str]:
    """Split a quote into how it starts and how it ends; the end is empty if short.

    Words that stand in two blocks of a page are found by their ends only.
    """
    lines = [" ".join(line.split()) for line in exact.splitlines() if line.strip()]
    if not lines:
        return "", ""
    if len(lines) == 1 and len(lines[0].split(" ")) <= WHOLE_WORDS:
        return lines[0], ""
    first, last = lines[0].split(" "), lines[-1].split(" ")
    if len(lines) == 1:
        # Both ends come from the same words and may not overlap.
        half = len(first) // 2
        return " ".join(first[: min(END_WORDS, half)]), " ".join(
            last[-min(END_WORDS, half) :]
        )
    return " ".join(first[:END_WORDS]), " ".join(last[-END_WORDS:])


def _surroundings(
    text: str, evidence: Evidence, start: str, end: str
) -> tuple[str, str]:
    """Give the words before and after, if a browser would find another place first."""
    pattern = _spaced(start) + (rf"[\s\S]*?{_spaced(end)}" if end else "")
    found = re.search(pattern, text, re.IGNORECASE)  # as browsers do
    whole = evidence.start + len(evidence.exact.rstrip())
    if found is None or (found.start() >= evidence.start and found.end() >= whole):
        return "", ""
    # Both are cut after so many characters: the outermost word may be half of one.
    before = (evidence.prefix.splitlines() or [""])[-1].split()[1:]
    after = (evidence.suffix.splitlines() or [""])[0].split()[:-1]
    return " ".join(before[-3:]), " ".join(after[:3])


def _spaced(words: str) -> str:
    """Make a pattern of *words* in which any white space equals any other."""
    return r"\s+".join(map(re.escape, words.split()))


def _encoded(words: str) -> str:
    """Percent-encode all but letters, digits and "._~": "-", "," and "&" have a meaning."""
    return quote(words, safe="").replace("-", "%2D")
