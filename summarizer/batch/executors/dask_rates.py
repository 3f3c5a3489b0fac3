"""The limiter in Dask's scheduler, and how a worker reaches it.

The scheduler is the one process that all workers are connected with, so the limiter lives
there, as a plugin: one for each endpoint, whichever runs ask it. It also hears when a driver
is gone, and tells the workers to stop.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from distributed import Worker, get_worker
from distributed.diagnostics.plugin import SchedulerPlugin
from distributed.scheduler import Scheduler

from summarizer.batch.sharding.leases import Granted, LeasedLimits, News, Pool
from summarizer.batch.sharding.order import VERSION, unpacked
from summarizer.batch.sharding.shard import run_shard
from summarizer.client.limits import Limits

Rates = tuple[float | None, float | None]
"""Requests and tokens a minute; None for what headers name."""


class RatePlugin(SchedulerPlugin):
    """Keeps the limiters, and which runs go on."""

    name = f"grounded-briefing {VERSION}"
    idempotent = True  # a second driver finds the limiters of the first

    async def start(self, scheduler: Scheduler) -> None:
        """Answer workers and drivers from now on."""
        self._scheduler = scheduler
        self._pools: dict[str, tuple[Rates, Pool]] = {}
        self._endpoints: dict[str, str] = {}
        self._clients: dict[str, str] = {}
        self._stopped: set[str] = set()
        scheduler.handlers["summarizer_open"] = self.open
        scheduler.handlers["summarizer_stop"] = self.stop
        scheduler.handlers["summarizer_lease"] = self.lease

    async def open(
        self, run: str, client: str, endpoint: str, rates: tuple[float | None, ...]
    ) -> None:
        """Begin a run, or go on with it through another client."""
        given = (rates[0], rates[1])
        if endpoint not in self._pools or self._pools[endpoint][0] != given:
            limits = Limits(requests_per_minute=given[0], tokens_per_minute=given[1])
            self._pools[endpoint] = given, Pool(limits)
        self._endpoints[run], self._clients[run] = endpoint, client

    async def stop(self, run: str) -> None:
        """Let a run begin no further article."""
        self._stopped.add(run)

    def remove_client(self, scheduler: Scheduler, client: str) -> None:  # noqa: ARG002  Dask's signature
        """Stop the runs of a driver that is gone."""
        self._stopped |= {r for r, one in self._clients.items() if one == client}

    async def lease(
        self, run: str, worker: str, wanted: list[int], news: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Hear a worker, and grant what may be sent; None when nobody knows the run."""
        if run not in self._endpoints:
            return None
        _, pool = self._pools[self._endpoints[run]]
        pool.hear(News(**news))
        count = await pool.lease(wanted, lambda: worker in self._scheduler.workers)
        return asdict(Granted(count, run in self._stopped))


def work(version: str, raw: bytes) -> None:
    """Do a shard on a worker: the task of Dask.

    Raises:
        SummarizerError: The run cannot go on. An error reaches the driver by way of the
            scheduler; a result would have to be fetched from a worker, which may be busy.
    """
    worker = get_worker()
    order = unpacked(version, raw, worker.address)
    limits = LeasedLimits(_Line(worker, order.run))
    outcome = run_shard(
        order, limits, worker=worker.address, stopping=lambda: limits.is_stopping
    )
    if outcome.trouble is not None:
        raise outcome.trouble


class _Line:
    """The connection of a worker with the limiter."""

    def __init__(self, worker: Worker, run: str) -> None:
        self._worker, self._run = worker, run

    async def __call__(self, wanted: list[int], news: News) -> Granted:
        """Call the scheduler in the event loop of the worker.

        Raises:
            ConnectionError: It is gone, or was started anew and knows nothing of the run.
        """
        loop: Any = self._worker.loop  # a loop of tornado's, around one of asyncio's
        asked = asyncio.run_coroutine_threadsafe(
            self._call(wanted, asdict(news)), loop.asyncio_loop
        )
        heard = await asyncio.wrap_future(asked)
        if heard is None:
            raise ConnectionError("the scheduler does not know the run")
        return Granted(**heard)

    async def _call(
        self, wanted: list[int], news: Mapping[str, object]
    ) -> dict[str, Any] | None:
        found: dict[str, Any] | None = await self._worker.scheduler.summarizer_lease(
            run=self._run, worker=self._worker.address, wanted=wanted, news=news
        )
        return found
