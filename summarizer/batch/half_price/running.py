"""Runs over an archive whose answers come later: with batches, or from a file.

The ordinary run goes over the articles again and again. Each time it gets as far as the
answers go that are kept, and what it asks beyond them is written down.
"""

import json
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from summarizer.batch.entries import Cost, Entry
from summarizer.batch.half_price import rounds
from summarizer.batch.half_price.store import NAME as STORE
from summarizer.batch.half_price.store import Store
from summarizer.batch.inputs import Given
from summarizer.batch.job import Job, live
from summarizer.client import profiles
from summarizer.client.batches import lines
from summarizer.client.batches.collecting import CollectingCompleter
from summarizer.client.batches.remote import Remote
from summarizer.client.purse import payer
from summarizer.client.replies import NAME, Replies
from summarizer.errors import InputError, SettingsError, WaitingError
from summarizer.ports import AsyncCompleter, Usage
from summarizer.settings import Settings

POLL_S: Final = 60.0
"""Seconds between two looks at a batch, as Azure asks for at least."""

_STEP_S: Final = 1.0
"""Seconds after which Ctrl-C is seen while nothing is done."""


class PatientReplies(Replies):
    """Replies of which one that is no answer is used until its article is finished.

    What is asked because of it comes with another batch, and then the way there must be
    the same.
    """

    def __init__(self, file: Path) -> None:
        """Open or make the file; errors are those of `Replies`."""
        super().__init__(file)
        self._doubted: dict[str, set[str]] = {}

    def disown(self, key: str) -> None:
        """Remember a body that is no answer."""
        self._doubted.setdefault(payer(), set()).add(key)

    def finished(self, article: str) -> None:
        """Never use again what was no answer about an article."""
        for key in self._doubted.pop(article, ()):
            super().disown(key)


@dataclass(slots=True)
class Passes:
    """Goes over an archive as far as its answers go.

    Attributes:
        job: How the archive is done; it is opened.
        store: What waits.
        replies: What was answered.
        articles: Names all articles, from the beginning.
        is_live: Ask what is not answered at once, at the full price.
    """

    job: Job
    store: Store
    replies: PatientReplies
    articles: Callable[[], Iterable[Given]]
    is_live: bool = False
    _again: bool = False

    def go(self, *, again: bool) -> None:
        """Go over the articles that are not done and wait for no batch.

        Args:
            again: Whether failed and incomplete ones are done again.

        Raises:
            SummarizerError: As `Job.run` does.
        """
        self.store.rest()
        self._again = again
        self.job.opening = self._opened
        if self._finished not in self.job.tell:
            self.job.tell.append(self._finished)
        self.job.ask(self._left(again=again))

    def _left(self, *, again: bool) -> Iterator[Given]:
        """Choose what is gone over; what is known is read now, the articles one by one."""
        waiting, sent = self.store.articles(), self.store.under_way()
        statuses = ("done",) if again else ("done", "incomplete", "failed")
        done = self.job.ledger.keys(statuses=statuses)
        limit = self.job.limit
        new = None if limit is None else max(0, limit - len(waiting))

        def is_new(one: Given) -> bool:
            return one.key not in waiting and bytes.fromhex(one.key) not in done

        def chosen() -> Iterator[Given]:
            begun = 0
            for one in self.articles():
                if one.key in waiting and one.key not in sent:
                    yield one
                elif is_new(one) and (new is None or begun < new):
                    begun += 1
                    yield one

        return chosen()

    @asynccontextmanager
    async def _opened(self, job: Job) -> AsyncIterator[AsyncCompleter]:
        if self.is_live:
            async with live(job) as client:
                yield client
            return

        def wanted(key: str, body: lines.Body, most: Usage) -> str | None:
            return self.store.want(payer(), key, body, most, again=self._again)

        collecting = CollectingCompleter(
            job.settings, replies=self.replies, wanted=wanted
        )
        try:
            yield collecting
        finally:
            await collecting.close()

    def _finished(self, entry: Entry, _cost: Cost) -> None:
        self.store.finished(entry.key)
        self.replies.finished(entry.key)


@dataclass(slots=True)
class HalfPrice:
    """A run with batches of the endpoint.

    Attributes:
        wait: Wait for the batches, rather than end.
        finish_live: Send no batch any more: ask what is missing at once.
        poll_s: Seconds between two looks at the batches.
        most_requests: Requests of one batch.
        sleep: Waits so many seconds.
    """

    wait: bool = False
    finish_live: bool = False
    poll_s: float = POLL_S
    most_requests: int = lines.MOST_REQUESTS
    sleep: Callable[[float], None] = field(default=time.sleep)

    def run(self, job: Job, articles: Callable[[], Iterable[Given]]) -> None:
        """Do the articles that are not done, as far as answers are there.

        Raises:
            WaitingError: Answers are to come: the same command goes on then.
            BudgetError: Nothing more may be paid.
            SummarizerError: As `Job.run` does.
        """
        with posting(job.folder, job.settings) as opened:
            post = replace(opened, purse=job.purse, most_requests=self.most_requests)
            assert isinstance(post.replies, PatientReplies)  # noqa: S101  as posting made it
            if post.purse is not None:
                post.store.set_about({"price": json.dumps(asdict(post.purse.price))})
            passes = Passes(job, post.store, post.replies, articles, self.finish_live)
            rounds.resume(post)
            is_first = True
            while not job.is_stopping:
                if rounds.collect(post) or is_first:
                    passes.go(again=job.retry_failed and is_first)
                is_first = False
                if job.is_stopping:
                    break
                if not self.finish_live:
                    rounds.send(post)
                if not post.store.open_batches():
                    break
                if not self.wait:
                    raise WaitingError(_told(post))
                self._sleep(job)

    def _sleep(self, job: Job) -> None:
        left = self.poll_s
        while left > 0 and not job.is_stopping:
            self.sleep(min(_STEP_S, left))
            left -= _STEP_S


def _told(post: rounds.Post) -> str:
    waiting = post.store.open_batches()
    asked, done = sum(b.requests for b in waiting), sum(b.done for b in waiting)
    return (
        f"{len(waiting):,} batches with {asked:,} requests wait at {post.remote.host} "
        f"({done:,} are answered so far): the same command goes on, mostly within 24 "
        f"hours; `summarizer batch status {post.folder}` says how they stand"
    )


@contextmanager
def posting(folder: Path, settings: Settings) -> Iterator[rounds.Post]:
    """Open what a round needs, and hold that the batches of a folder are of one endpoint.

    Raises:
        SettingsError: The endpoint has no batches, or is another one than before.
    """
    with ExitStack() as stack:
        remote = Remote(settings)
        stack.callback(remote.close)
        store = stack.enter_context(Store(folder))
        replies = stack.enter_context(PatientReplies(folder / NAME))
        known = store.about()
        if known.get("endpoint", settings.url) != settings.url:
            msg = (
                f"the batches of {str(folder)!r} are at {known['endpoint']}, not at "
                f"{settings.url}: set OPENAI_BASE_URL, or pass --base-url"
            )
            raise SettingsError(msg)
        name = profiles.choose(settings).name
        about = {
            "endpoint": settings.url,
            "model": settings.model or "",
            "profile": name,
        }
        store.set_about(about)
        yield rounds.Post(folder, settings, store, replies, remote, None)


@dataclass(frozen=True, slots=True)
class Offline:
    """A run whose requests and results are files, as `vllm run-batch` takes and makes.

    Attributes:
        write: File for the requests that are not answered; None writes none.
        read: File of results; None reads none.
    """

    write: Path | None = None
    read: Path | None = None

    def run(self, job: Job, articles: Callable[[], Iterable[Given]]) -> None:
        """Do the articles that are not done, as far as answers are there.

        Raises:
            WaitingError: Requests are to be answered.
            InputError: A file cannot be read or written.
            SummarizerError: As `Job.run` does.
        """
        if job.settings.embedded:
            msg = "requests for a file need --base-url and --model: the name of the model that will answer them"
            raise SettingsError(msg)
        with (
            Store(job.folder) as store,
            PatientReplies(job.folder / NAME) as replies,
        ):
            if self.read is not None:
                _take(rounds.Shelf(job.settings, store, replies), self.read)
            Passes(job, store, replies, articles).go(again=job.retry_failed)
            self._end(store, job)

    def _end(self, store: Store, job: Job) -> None:
        count = store.count("waiting")
        if not count or job.is_stopping:
            return
        if self.write is None:
            msg = f"{count:,} requests are not answered: --write-requests FILE writes them"
            raise WaitingError(msg)
        _write(store, self.write)
        msg = (
            f"{count:,} requests stand in {str(self.write)!r}: let them be answered "
            f"(vllm run-batch -i {self.write} -o RESULTS --model {job.settings.model}), and "
            "go on with --read-results RESULTS"
        )
        raise WaitingError(msg)


def _take(shelf: rounds.Shelf, place: Path) -> None:
    """Keep the replies that a file of results holds."""
    try:
        for result in rounds.results(place):
            if not rounds.kept(shelf, result, None) and not result.is_passing:
                shelf.store.give_up(result.key, result.reason)
    except OSError as exc:
        msg = f"cannot read {str(place)!r}: {exc.strerror}"
        raise InputError(msg) from exc


def _write(store: Store, place: Path) -> None:
    """Write what waits, as a whole: a reader sees the old file or the new one."""
    part = place.with_name(f"{place.name}.part")
    try:
        with part.open("wb") as file:
            for one in store.waiting():
                file.write(lines.written(one.key, one.body, lines.URL))
        part.replace(place)
    except OSError as exc:
        msg = f"cannot write {str(place)!r}: {exc.strerror}"
        raise InputError(msg) from exc
    finally:
        part.unlink(missing_ok=True)


def check_none_open(folder: Path) -> None:
    """Hold that no batch is under way: what it answers would be paid a second time.

    Raises:
        SettingsError: One is.
    """
    if not (folder / STORE).exists():
        return
    with Store(folder) as store:
        count = len(store.open_batches())
    if count:
        msg = (
            f"{count:,} batches of {str(folder)!r} are under way: go on with --half-price, "
            f"or end them with `summarizer batch cancel {folder}`"
        )
        raise SettingsError(msg)
