"""What a caller hands in: texts, addresses, paths and articles, checked and read."""

import re
from collections.abc import Sequence
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path

from summarizer.errors import InputError
from summarizer.sources.article import Article, Metadata, make_article
from summarizer.sources.files import is_address, read_article

Given = str | PathLike[str] | Article
"""What can be briefed: a text, a web address, a path, or an article."""


def check(articles: Sequence[Given]) -> Sequence[Given]:
    """Refuse what is no article before a model starts.

    Raises:
        InputError: There is none, or a text is blank or only a file's name.
        TypeError: One is of another type.
    """
    if not articles:
        msg = "no article was given: pass a text, an address, a Path or an Article"
        raise InputError(msg)
    for number, one in enumerate(articles, start=1):
        which = "the text" if len(articles) == 1 else f"text {number}"
        if not isinstance(one, str | PathLike | Article):
            kind = type(one).__name__
            msg = f"article {number} must be str, Path or Article, not {kind}"
            raise TypeError(msg)
        if isinstance(one, str) and not one.strip():
            msg = f"{which} is blank"
            raise InputError(msg)
        if isinstance(one, str) and _names_a_file(one):
            msg = f"{one!r} is the name of a file: pass Path({one!r}) to read it"
            raise InputError(msg)
    return articles


def read(
    articles: Sequence[Given], metadata: Metadata, *, max_chars: int
) -> list[Article]:
    """Read what was given.

    Args:
        articles: Texts, addresses, paths and articles.
        metadata: What the caller knows of the only one; its day also of others.
        max_chars: Longest text to take, in code points.

    Returns:
        The articles, each with an id of its own.

    Raises:
        InputError: One cannot be read, or *metadata* is about one of several.
    """
    check(articles)
    if len(articles) > 1:
        _check_shared(metadata)
    found = []
    for number, one in enumerate(articles, start=1):
        known = metadata if len(articles) == 1 else Metadata()
        article = _article(one, known, f"s{number}", max_chars)
        if article.metadata.published is None and metadata.published is not None:
            dated = replace(article.metadata, published=metadata.published)
            article = replace(article, metadata=dated)
        found.append(article)
    is_apart = len({article.id for article in found}) == len(found)
    return found if is_apart else _apart(articles, found)


def _apart(given: Sequence[Given], found: list[Article]) -> list[Article]:
    """Give each article an id of its own, where two were handed in with one."""
    return [
        _numbered(article, number) if isinstance(one, Article) else article
        for number, (one, article) in enumerate(zip(given, found, strict=True), 1)
    ]


def _numbered(article: Article, number: int) -> Article:
    """Make an article of the same text with another id."""
    return make_article(
        article.untouched,
        metadata=article.metadata,
        source_id=f"s{number}",
        layout=article.layout,
    )


def _article(given: Given, known: Metadata, name: str, max_chars: int) -> Article:
    if isinstance(given, Article):
        return given
    if isinstance(given, PathLike) or _is_address(given):
        return read_article(
            fspath(given), metadata=known, source_id=name, max_chars=max_chars
        )
    if len(given) > max_chars:
        msg = f"the text has {len(given):,} characters; {max_chars:,} are read at most (Settings.max_chars)"
        raise InputError(msg)
    return make_article(given, metadata=known, source_id=name)


def _check_shared(metadata: Metadata) -> None:
    for name in ("title", "publisher", "uri"):
        if getattr(metadata, name) is not None:
            msg = f"{name} is about one article: pass Articles that carry their own"
            raise InputError(msg)


def _is_address(text: str) -> bool:
    """Tell a lone address from a text that begins with one."""
    return is_address(text) and len(text.split()) == 1


def _names_a_file(text: str) -> bool:
    """Tell the name of a file that is there; no text of one word is an article."""
    if len(text) > 1_000 or "\n" in text or _is_address(text):
        return False
    if _LOOKS_LIKE_ONE.fullmatch(text.strip()):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


_LOOKS_LIKE_ONE = re.compile(r"(?i)\S+\.(?:txt|html?|pdf|docx|eml|md)")
"""One word that ends as files do: a mistyped name is no article either."""
