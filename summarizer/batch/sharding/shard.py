"""Do one shard: the same here, on a worker of Dask, or on any other.

All that a shard is made of lies on the shelf, and all that becomes of it goes there: a shard
that was begun is gone on with, by whoever takes it up.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from summarizer.batch.entries import Cost, Entry
from summarizer.batch.inputs import Given
from summarizer.batch.running import Batch
from summarizer.batch.sharding.journal import Journal
from summarizer.batch.sharding.leases import LeasedLimits
from summarizer.batch.sharding.order import Order, Outcome
from summarizer.batch.sharding.shelf import Part, Shelf
from summarizer.client.asking.shared_completer import SharedCompleter
from summarizer.errors import SummarizerError

MOST_DEATHS: Final = 3
"""Workers that a shard may take with it in one run; then its articles are given up."""

_WITHOUT_MODEL: Final = 1
"""Articles under way at once, when nothing is asked: a worker has one processor."""


def run_shard(
    order: Order,
    limits: LeasedLimits | None,
    *,
    worker: str,
    stopping: Callable[[], bool],
) -> Outcome:
    """Brief the articles of a shard that have no row yet, and put their rows on the shelf.

    Args:
        order: Which shard, and how.
        limits: Lets requests through for all workers; None for limits of its own.
        worker: Name of this worker, for a sentence.
        stopping: Becomes true to let what is under way finish, and end.

    Returns:
        What became of it. A trouble ends the run; the rows before it are put.
    """
    shelf = Shelf(Path(order.folder))
    try:
        shelf.check(order.run, worker)
        if not shelf.given(order.shard):
            return Outcome(order.shard, 0)  # another worker did it
        with shelf.held(order.shard):
            return _held(order, shelf, limits, stopping)
    except SummarizerError as exc:
        return Outcome(order.shard, 0, exc)


def _held(
    order: Order,
    shelf: Shelf,
    limits: LeasedLimits | None,
    stopping: Callable[[], bool],
) -> Outcome:
    left, journal = shelf.left(order.shard), shelf.journal(order.shard)
    if not left:
        return Outcome(order.shard, 0)
    part = shelf.part(order.shard)
    if journal.deaths(order.run) >= MOST_DEATHS:
        _give_up(left, part)
        return Outcome(order.shard, part.put())
    trouble: SummarizerError | None = None
    with journal.run(order.run):
        try:
            asyncio.run(_briefed(order, left, shelf, part, limits, stopping))
        except SummarizerError as exc:
            trouble = exc
        return Outcome(order.shard, part.put(), trouble)


def _give_up(left: Iterable[Given], part: Part) -> None:
    """Enter articles as failed on which workers died again and again."""
    cause = f"{MOST_DEATHS} workers were lost on the shard that holds it (killed, or out of memory?)"
    for one in left:
        part.write(Entry(one.key, one.place, "failed", cause), None, Cost())


async def _briefed(
    order: Order,
    left: Iterable[Given],
    shelf: Shelf,
    part: Part,
    limits: LeasedLimits | None,
    stopping: Callable[[], bool],
) -> None:
    """Brief articles; what is under way is dropped when the limiter is lost."""
    async with AsyncExitStack() as opened:
        client, at_once = None, _WITHOUT_MODEL
        if order.is_asked:
            client = await _opened(order, shelf, limits, opened)
            at_once = max(1, client.parallel)
        batch = Batch(
            ledger=part,
            plan=order.plan,
            client=client,
            at_once=at_once,
            max_chars=order.settings.max_chars,
            allow_private=order.allow_private,
            told=lambda _entry, _cost: None,
            stopping=stopping,
        )
        await _in_touch(asyncio.create_task(batch.run(left)), limits)


async def _opened(
    order: Order, shelf: Shelf, limits: LeasedLimits | None, opened: AsyncExitStack
) -> SharedCompleter:
    journal: Journal = shelf.journal(order.shard)
    replies = opened.enter_context(shelf.replies(order.shard))
    client = SharedCompleter(
        order.keyed(), replies=replies, limits=limits, noted=journal.call
    )
    opened.push_async_callback(client.close)
    return client


async def _in_touch(work: asyncio.Task[None], limits: LeasedLimits | None) -> None:
    """Work for as long as the limiter is there; without it nobody may send a thing."""
    if limits is None:
        await work
        return
    beat = asyncio.create_task(limits.beat())
    await asyncio.wait({work, beat}, return_when=asyncio.FIRST_COMPLETED)
    if work.done():
        beat.cancel()
        await work
        return
    under_way = asyncio.all_tasks() - {asyncio.current_task(), beat}
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
