"""Do shards in this process, one after the other: the port at its smallest."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Self

from summarizer.batch.executors.port import Ended
from summarizer.batch.sharding.order import Order, Outcome
from summarizer.batch.sharding.shard import run_shard


class Here:
    """One shard at a time, within limits of its own."""

    width = 1

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._threads = ThreadPoolExecutor(1)
        self._stopping = threading.Event()
        self._under_way: dict[Future[Outcome], int] = {}

    def submit(self, order: Order) -> None:
        """Hand in a shard."""
        future = self._threads.submit(
            run_shard, order, None, worker="here", stopping=self._stopping.is_set
        )
        self._under_way[future] = order.shard

    def ended(self, timeout_s: float) -> Ended | None:
        """Wait for a shard that ends; None when none does in time."""
        done, _ = wait(self._under_way, timeout_s, "FIRST_COMPLETED")
        for future in done:
            return Ended(self._under_way.pop(future), future.result().trouble)
        return None

    def stop(self) -> None:
        """Let the articles that are under way finish, and begin no others."""
        self._stopping.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._threads.shutdown(cancel_futures=True)
