"""A web page to its article, by trafilatura: text, who, when, where.

What the page says of itself is taken as stated. Trafilatura's own dates are not taken:
it makes the first of the month of a date that it cannot read.
"""

import json
import re
from collections.abc import Iterator

import trafilatura
from lxml import etree, html

from summarizer.sources.formats import stamps
from summarizer.sources.formats.parsed import Parsed, UnreadableError

_BLOCKS = {"body", "p", "head", "list", "item", "quote", "table", "row", "div", "code"}
_PUBLISHED = (
    "article:published_time", "datepublished", "parsely-pub-date", "dc.date.issued",
    "dcterms.issued", "sailthru.date", "pubdate", "publishdate", "date", "dc.date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "last-modified",
)  # fmt: skip
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]|&#(?:x0*[01]?[0-9a-f](?![0-9a-f])|0*(?:[12]?\d|3[01])(?!\d));?",
    re.IGNORECASE,
)
"""Characters that show nothing and stop the parser, also as references. Those for tab
and line ends are spaces to a page anyway."""
_MENUS = {"template", "noscript", "nav"}
_UNSEEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?![.\d])|opacity:0(?![.\d])"
)
_LEAST = 20
"""Letters and digits below which there is no article: a menu's or a footer's rest."""
_MOST_DATA = 200_000
"""Characters of structured data that are read; an article's own has a few thousand."""


def parse(text: str) -> Parsed:
    """Take the article out of a page.

    Raises:
        UnreadableError: There is no article text in it, or it is too damaged.
    """
    found = _extracted(text, favor_recall=False) or _extracted(text, favor_recall=True)
    if found is None:
        raise UnreadableError(_NOTHING)
    words = "\n\n".join(_paragraphs(found.body))
    if sum(map(str.isalnum, words)) < _LEAST:
        raise UnreadableError(_NOTHING)
    stated_tree = _tree(text)
    stated = _stated(stated_tree)
    published, published_at = stamps.day_and_time(
        next((stated[name] for name in _PUBLISHED if name in stated), None)
    )
    updated, updated_at = stamps.day_and_time(
        next((stated[name] for name in _UPDATED if name in stated), None)
    )
    return Parsed(
        text=words,
        title=stamps.one_line(found.title),
        byline=stamps.one_line(found.author),
        publisher=stamps.one_line(found.sitename),
        language=stamps.language(stated.get("lang") or found.language),
        canonical=_address(stated.get("canonical") or stated.get("og:url")),
        published=published or _only_day(stated_tree),
        published_at=published_at,
        updated=updated,
        updated_at=updated_at,
    )


_NOTHING = (
    "has no article text (a page that is filled in by scripts, a list of links, or "
    "empty): save the article as text"
)


def _extracted(
    text: str, *, favor_recall: bool
) -> trafilatura.settings.Document | None:
    try:
        found = trafilatura.bare_extraction(
            _seen(_tree(text)),
            with_metadata=True,
            include_comments=False,
            favor_recall=favor_recall,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except ValueError as exc:
        raise UnreadableError("is markup too damaged to read") from exc
    if isinstance(found, dict) or found is None or found.body is None:
        return None
    return found


def _seen(tree: html.HtmlElement) -> html.HtmlElement:
    """Take out what no reader sees, and the site's own menus."""
    for element in list(tree.iter("*")):
        if element.tag in {"html", "body"} or element.getparent() is None:
            continue
        style = re.sub(r"\s", "", element.get("style") or "").lower()
        hidden = element.get("hidden") is not None or _UNSEEN.search(style)
        if hidden or element.tag in _MENUS:
            element.drop_tree()
    return tree


def _only_day(tree: html.HtmlElement) -> str | None:
    """Take the day of the page's <time> elements, if they all state the same."""
    stated = {stamps.day_and_time(t.get("datetime"))[0] for t in tree.iter("time")}
    days = stated - {None}
    return days.pop() if len(days) == 1 else None


def _tree(text: str) -> html.HtmlElement:
    """Parse markup, however broken.

    Raises:
        UnreadableError: It has no element at all.
    """
    text = _CONTROLS.sub(" ", text)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(
            text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except (etree.LxmlError, ValueError) as exc:
        raise UnreadableError(_NOTHING) from exc


def _paragraphs(body: etree._Element) -> Iterator[str]:
    """Walk trafilatura's tree: one paragraph a block, one line a table row."""
    words: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        name = element.tag
        if name in _BLOCKS:
            yield from _flushed(words)
        if event == "start":
            if name == "cell" and any(words):
                words.append(" | ")
            words.append(element.text or "")
        else:
            words.append("\n" if name == "lb" else "")
            if element is not body:
                words.append(element.tail or "")
    yield from _flushed(words)


def _flushed(words: list[str]) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in "".join(words).split("\n"))
    block = "\n".join(line for line in lines if line)
    words.clear()
    if block:
        yield block


def _stated(tree: html.HtmlElement) -> dict[str, str]:
    """Collect what the page's head states, by lower-case name; the first one wins."""
    found: dict[str, str] = {}
    for name, value in _statements(tree):
        if value and value.strip():
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _statements(tree: html.HtmlElement) -> Iterator[tuple[str, str | None]]:
    yield "lang", tree.get("lang")
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            yield str(meta.get(key) or ""), meta.get("content")
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield "canonical", link.get("href")
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            yield from _structured(script.text or "")
    for time in tree.iter("time"):
        yield str(time.get("itemprop") or ""), time.get("datetime")


def _structured(data: str) -> Iterator[tuple[str, str | None]]:
    """Find the dates of an article in its JSON-LD, whichever object holds them."""
    try:
        top = json.loads(data[:_MOST_DATA])
    except (ValueError, RecursionError):
        return
    waiting = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += [v for v in one.values() if isinstance(v, list | dict)]
            if not re.search("Article|Posting|Report", str(one.get("@type"))):
                continue
            for key in ("datePublished", "dateModified"):
                if isinstance(one.get(key), str):
                    yield key, one[key]


def _address(stated: str | None) -> str | None:
    """Take an absolute web address of a sensible length, and no other scheme."""
    words = (stated or "").strip()
    return words if re.fullmatch(r"(?i)https?://[^\s<>\"']{1,2000}", words) else None
