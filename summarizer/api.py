"""The Python front door: articles of any kind in, a briefing out.

`summarize` opens a model for one call; a `Summarizer` keeps it open for many.
"""

import contextlib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from schemas.briefing import Briefing
from summarizer import pipeline
from summarizer.pipeline import Finished
from summarizer.plan import Plan, chosen
from summarizer.ports import Progress, Progressed, silent
from summarizer.sections import definitions
from summarizer.settings import Settings
from summarizer.sources import Metadata, given
from summarizer.sources.given import Given

if TYPE_CHECKING:
    from summarizer.client.asking.async_completer import AsyncOpenAICompleter
    from summarizer.client.asking.completer import OpenAICompleter
    from summarizer.client.replies import Replies


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
        read = given.read(articles, metadata, max_chars=self._settings.max_chars)
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
            given.read, articles, metadata, max_chars=self._settings.max_chars
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
    checked = given.check(articles)
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
    checked = given.check(articles)
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


def _renamed(uri: str | None, url: str | None) -> str | None:
    """Take the old name of an argument."""
    if url is None:
        return uri
    warnings.warn("url is now named uri", DeprecationWarning, stacklevel=4)
    return uri or url
