"""The Python front door: articles of any kind in, a briefing out.

`summarize` opens a model for one call; a `Summarizer` keeps it open for many.
"""

import contextlib
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from schemas.briefing import Briefing
from summarizer import pipeline
from summarizer.errors import InputError
from summarizer.pipeline import Finished
from summarizer.plan import Plan, chosen
from summarizer.ports import Progress, Progressed, silent
from summarizer.sections import definitions
from summarizer.settings import Settings
from summarizer.sources import Article, Metadata, make_article, read_article
from summarizer.sources.files import is_address

if TYPE_CHECKING:
    from summarizer.client.asking.async_completer import AsyncOpenAICompleter
    from summarizer.client.asking.completer import OpenAICompleter
    from summarizer.client.replies import Replies

Given = str | PathLike[str] | Article
"""What can be briefed: a text, a web address, a path, or an article."""


class Summarizer:
    """Briefs many articles with one model: one start of the server, one connection.

        with Summarizer() as summarizer:
            for path in Path("inbox").glob("*.txt"):
                print(summarizer.summarize(path).to_markdown())

    Not for several threads at once: the embedded model answers one question at a time.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        replies: str | PathLike[str] | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            settings: Which model; None for `Settings.from_env()`.
            replies: A file in which the model's replies are kept, so that the same
                question is paid once; None keeps none.
        """
        self._settings = settings if settings is not None else Settings.from_env()
        self._replies = replies
        self._opened = contextlib.ExitStack()
        self._client: OpenAICompleter | None = None

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def summarize(
        self,
        *articles: Given,
        title: str | None = None,
        publisher: str | None = None,
        uri: str | None = None,
        published: date | None = None,
        sections: Sequence[object] = (),
        only: Iterable[str] | None = None,
        budget: int | None = None,
        progress: Progress = silent,
    ) -> Briefing:
        """Brief one article, or several together. As `summarize`, with this model."""
        events = self.stream(
            *articles,
            title=title,
            publisher=publisher,
            uri=uri,
            published=published,
            sections=sections,
            only=only,
            budget=budget,
        )
        for event in events:
            if isinstance(event, Finished):
                return event.briefing
            progress(event.done, event.total, event.what)
        raise AssertionError  # a run ends with its briefing, or with an error of ours

    def stream(
        self,
        *articles: Given,
        title: str | None = None,
        publisher: str | None = None,
        uri: str | None = None,
        published: date | None = None,
        sections: Sequence[object] = (),
        only: Iterable[str] | None = None,
        budget: int | None = None,
    ) -> Iterator[Progressed | Finished]:
        """Brief as `summarize` does, and tell of each step.

        Yields:
            `Progressed` before and after each question; at the end `Finished`, which
            holds the briefing.
        """
        metadata = Metadata(
            uri=uri, publisher=publisher, title=title, published=published
        )
        read = articles_of(articles, metadata, max_chars=self._settings.max_chars)
        plan = plan_of(sections, only, budget)
        yield from pipeline.events(read, self._open(), plan=plan)

    def close(self) -> None:
        """Close the connections, and stop the embedded server if it runs."""
        self._client = None
        self._opened.close()

    def _open(self) -> "OpenAICompleter":
        if self._client is None:
            from summarizer.client.connect import completer  # noqa: PLC0415  slow

            kept = self._opened.enter_context(_kept(self._replies))
            opened = completer(self._settings, replies=kept)
            self._client = self._opened.enter_context(opened)
        return self._client


class AsyncSummarizer:
    """The same for programs with an event loop: `async with AsyncSummarizer() as s`."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        replies: str | PathLike[str] | None = None,
    ) -> None:
        """Open nothing yet. Arguments as for `Summarizer`."""
        self._settings = settings if settings is not None else Settings.from_env()
        self._replies = replies
        self._opened = contextlib.AsyncExitStack()
        self._client: AsyncOpenAICompleter | None = None

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def summarize(
        self,
        *articles: Given,
        title: str | None = None,
        publisher: str | None = None,
        uri: str | None = None,
        published: date | None = None,
        sections: Sequence[object] = (),
        only: Iterable[str] | None = None,
        budget: int | None = None,
        progress: Progress = silent,
    ) -> Briefing:
        """Brief without blocking the event loop. As `summarize`, with this model."""
        import asyncio  # noqa: PLC0415  only who awaits needs it

        metadata = Metadata(
            uri=uri, publisher=publisher, title=title, published=published
        )
        read = await asyncio.to_thread(
            articles_of, articles, metadata, max_chars=self._settings.max_chars
        )
        client = await self._open()
        plan = plan_of(sections, only, budget)
        return await pipeline.abrief(read, client, plan=plan, progress=progress)

    async def close(self) -> None:
        """Close the connections, and stop the embedded server if it runs."""
        self._client = None
        await self._opened.aclose()

    async def _open(self) -> "AsyncOpenAICompleter":
        if self._client is None:
            from summarizer.client.connect import async_completer  # noqa: PLC0415  slow

            kept = self._opened.enter_context(_kept(self._replies))
            opened = async_completer(self._settings, replies=kept)
            self._client = await self._opened.enter_async_context(opened)
        return self._client


def summarize(  # noqa: PLR0913  as many as there are facts that a caller may know
    *articles: Given,
    settings: Settings | None = None,
    title: str | None = None,
    publisher: str | None = None,
    uri: str | None = None,
    published: date | None = None,
    sections: Sequence[object] = (),
    only: Iterable[str] | None = None,
    budget: int | None = None,
    progress: Progress = silent,
    replies: str | PathLike[str] | None = None,
    url: str | None = None,
) -> Briefing:
    """Brief one article, or several of them together.

    Args:
        articles: Each a text, a web address ("https://…"), a `Path`, or an `Article`.
            A string that only names a file is refused: `Path(name)` reads it.
        settings: Which model; `Settings.from_env()` when None.
        title: Headline of the only article, if it is known.
        publisher: Who published it.
        uri: Where it stands.
        published: Day of publication, against which "on Friday" is resolved; of
            several articles, those that state none take it.
        sections: Sections of your own: classes derived from `Section`.
        only: Built-in sections that are wanted, by name; all of them when None.
        budget: Tokens, read and written together, after which nothing more is asked;
            the rest is named as not read.
        progress: Is told how far the run is.
        replies: A file in which the model's replies are kept, so that the same question
            is paid once; None keeps none.
        url: Old name of *uri*.

    Returns:
        The briefing.

    Raises:
        InputError: There is no article, or one cannot be read, or is blank.
        SummarizerError: The model cannot be reached or started.
    """
    checked = checked_articles(articles)
    with Summarizer(settings, replies=replies) as opened:
        return opened.summarize(
            *checked,
            title=title,
            publisher=publisher,
            uri=_renamed(uri, url),
            published=published,
            sections=sections,
            only=only,
            budget=budget,
            progress=progress,
        )


async def asummarize(  # noqa: PLR0913  likewise
    *articles: Given,
    settings: Settings | None = None,
    title: str | None = None,
    publisher: str | None = None,
    uri: str | None = None,
    published: date | None = None,
    sections: Sequence[object] = (),
    only: Iterable[str] | None = None,
    budget: int | None = None,
    progress: Progress = silent,
    replies: str | PathLike[str] | None = None,
    url: str | None = None,
) -> Briefing:
    """Brief without blocking the event loop. As `summarize`."""
    checked = checked_articles(articles)
    async with AsyncSummarizer(settings, replies=replies) as opened:
        return await opened.summarize(
            *checked,
            title=title,
            publisher=publisher,
            uri=_renamed(uri, url),
            published=published,
            sections=sections,
            only=only,
            budget=budget,
            progress=progress,
        )


def _kept(
    file: str | PathLike[str] | None,
) -> "contextlib.AbstractContextManager[Replies | None]":
    """Open a file of replies, or nothing for None."""
    from summarizer.client.replies import kept  # noqa: PLC0415  slow

    return kept(None if file is None else Path(file))


def checked_articles(articles: Sequence[Given]) -> Sequence[Given]:
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


def plan_of(
    sections: Sequence[object], only: Iterable[str] | None, budget: int | None
) -> Plan:
    """Read what a briefing is asked for.

    Raises:
        SettingsError: A section cannot be read, or there is none of that name.
    """
    if isinstance(only, str):
        only = only.split(",")
    return Plan(sections=definitions(sections), only=chosen(only), budget_tokens=budget)


def articles_of(
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
    checked_articles(articles)
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
    if len({article.id for article in found}) < len(found):
        return [
            a if not isinstance(given, Article) else _numbered(a, number)
            for number, (given, a) in enumerate(zip(articles, found, strict=True), 1)
        ]
    return found


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


def _renamed(uri: str | None, url: str | None) -> str | None:
    """Take the old name of an argument."""
    if url is None:
        return uri
    warnings.warn("url is now named uri", DeprecationWarning, stacklevel=4)
    return uri or url
