"""Do shards in several processes of this machine: nothing to install, nothing to connect.

An interpreter reads one article at a time, however many threads it has; two of them read
two. Each process has a share of the rates that are set, since no limiter stands between.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.synchronize import Event
from typing import Final, Self

from summarizer.batch.executors.port import Ended
from summarizer.batch.sharding.order import Order, Outcome
from summarizer.batch.sharding.shard import run_shard
from summarizer.errors import SettingsError

PREFIX: Final = "processes:"
_MOST: Final = 64
"""Processes at most: Windows waits for no more than 61, and a machine of more cores is a
cluster."""

_SPAWNED: Final = multiprocessing.get_context("spawn")
"""Processes that begin anew: a copy of this one would hold its locks and open files."""


class Processes:
    """N shards at a time, each in a process of its own."""

    def __init__(self, count: int) -> None:
        """Start no process yet.

        Args:
            count: How many, 1 or more.
        """
        self._count = count
        self._stopping = _SPAWNED.Event()
        self._under_way: dict[Future[Outcome], int] = {}
        self._pool = self._begun()

    @property
    def width(self) -> int:
        """One shard for each process, and one that waits behind them."""
        return self._count + 1

    def submit(self, order: Order) -> None:
        """Hand in a shard."""
        one = shared(order, self._count)
        try:
            future = self._pool.submit(_work, one)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._begun()
            future = self._pool.submit(_work, one)
        self._under_way[future] = order.shard

    def ended(self, timeout_s: float) -> Ended | None:
        """Wait for a shard that ends; None when none does in time."""
        done, _ = wait(self._under_way, timeout_s, "FIRST_COMPLETED")
        for future in done:
            shard = self._under_way.pop(future)
            try:
                return Ended(shard, future.result().trouble)
            except BrokenProcessPool:
                return Ended(shard)  # the journal of the shard counts who died of it
        return None

    def stop(self) -> None:
        """Let the articles that are under way finish, and begin no others."""
        self._stopping.set()

    def _begun(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._count, _SPAWNED, initializer=_begin, initargs=(self._stopping,)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.stop()
        if kind is KeyboardInterrupt:
            # The second Ctrl-C: nobody waits for what is under way.
            for one in multiprocessing.active_children():
                one.terminate()
        self._pool.shutdown(cancel_futures=True)


def opened(address: str) -> Processes:
    """Read "processes:N".

    Raises:
        SettingsError: N is no number of processes.
    """
    words = address.removeprefix(PREFIX)
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= _MOST):
        msg = f"--cluster processes:N takes a number of processes from 1 to {_MOST}, not {words!r}"
        raise SettingsError(msg)
    return Processes(int(words))


def shared(order: Order, count: int) -> Order:
    """Give one process its share of the rates that are set."""
    of = order.settings
    requests, tokens = of.requests_per_minute, of.tokens_per_minute
    settings = replace(
        of,
        requests_per_minute=None if requests is None else requests / count,
        tokens_per_minute=None if tokens is None else tokens / count,
    )
    return replace(order, settings=settings)


# -- in a process ----------------------------------------------------------------

_stops: list[Event] = []
"""What tells this process to begin no other article."""

_BUSY: Final = threading.Lock()


def _begin(stopping: Event) -> None:
    """Make a process ready: deaf to Ctrl-C, which is the driver's, and never alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _stops.append(stopping)
    threading.Thread(target=_end_with_driver, args=(stopping,), daemon=True).start()


def _end_with_driver(stopping: Event) -> None:
    """End when the driver was killed: it would be waited for without an end."""
    driver = multiprocessing.parent_process()
    if driver is None:
        return
    driver.join()
    with contextlib.suppress(OSError):
        stopping.set()
    with _BUSY:
        os._exit(0)


def _work(order: Order) -> Outcome:
    """Do a shard in this process."""
    with _BUSY:
        name = f"process {os.getpid()}"
        return run_shard(order, None, worker=name, stopping=_stops[0].is_set)
