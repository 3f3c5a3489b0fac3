"""Do shards on the workers of Dask Distributed: processes here, or a cluster.

A task is a few hundred bytes: the articles lie in the shared folder, the key in the
environment of the workers, and results on the shelf.
"""

import contextlib
import itertools
import logging
import queue
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final

from summarizer.batch.executors.port import Ended, Executor
from summarizer.batch.sharding.order import VERSION, Order, packed
from summarizer.errors import EndpointError, SettingsError, SummarizerError

try:
    from distributed import Client, LocalCluster, Security

    from summarizer.batch.executors.dask_rates import RatePlugin, work
except ImportError as exc:
    msg = "--cluster needs Dask: pip install 'grounded-briefing[cluster]'"
    raise SettingsError(msg) from exc

_CONNECT_S: Final = 10.0
_WORKERS_S: Final = 30.0
_PATIENCE_S: Final = 120.0
"""Seconds to wait for a scheduler, or workers, that were there: a restart takes less."""

_DEAF = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
"""Run by each local worker: Ctrl-C is for the driver, which lets them finish."""


@contextlib.contextmanager
def opened(address: str, order: Order) -> Iterator[Executor]:
    """Connect with a scheduler, or start one with N workers for "local:N".

    Raises:
        SettingsError: It is no address, or nobody answers there.
    """
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # errors are sentences here
    with contextlib.ExitStack() as started:
        target: Any = address
        if address.startswith("local:"):
            target = started.enter_context(_local(_count(address)))
        elif "://" not in address:
            msg = f"--cluster takes local:N, tcp://HOST:PORT or tls://HOST:PORT, not {address!r}"
            raise SettingsError(msg)
        elif address.startswith("tls://"):
            _check_certificates(address)
        dask = Dask(lambda: _connected(target, address), address, order)
        started.callback(dask.close)
        dask.check()
        yield dask


class Dask:
    """The workers of one scheduler."""

    def __init__(self, connect: Callable[[], Any], address: str, order: Order) -> None:
        """Connect.

        Args:
            connect: Connects with the scheduler.
            address: What the user calls it.
            order: How shards are done.

        Raises:
            SettingsError: Nobody answers.
        """
        self._connect, self._address, self._order = connect, address, order
        self._over: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._numbers = itertools.count()
        self._under_way: dict[str, Any] = {}
        self._is_stopped = False
        self._seen_at = time.monotonic()
        self._client: Any = self._introduced()  # Dask has hardly a type

    def check(self) -> None:
        """Hold that somebody works there.

        Raises:
            SettingsError: Nobody does, after half a minute.
        """
        try:
            self._client.wait_for_workers(1, timeout=_WORKERS_S)
        except TimeoutError as exc:
            msg = f"the scheduler {self._address!r} has no worker: start some with `dask worker`"
            raise SettingsError(msg) from exc

    @property
    def width(self) -> int:
        """One shard for each thread, and one that waits behind it for each worker."""
        threads = self._threads()
        return max(1, sum(threads.values()) + len(threads))

    def _threads(self) -> dict[str, int]:
        try:
            found: dict[str, int] = self._client.nthreads()
        except (OSError, RuntimeError):
            return {}  # it is found out when a shard ends
        if found:
            self._seen_at = time.monotonic()
        return found

    def submit(self, order: Order) -> None:
        """Hand in a shard."""
        key = f"shard-{order.run}-{order.shard}-{next(self._numbers)}"
        future = self._client.submit(work, VERSION, packed(order), key=key, pure=False)
        self._under_way[key] = self._client
        future.add_done_callback(lambda one: self._over.put((order.shard, one)))

    def ended(self, timeout_s: float) -> Ended | None:
        """Wait for a shard that ends; None when none does in time.

        Raises:
            SummarizerError: The scheduler is gone and does not come back.
        """
        try:
            shard, future = self._over.get(timeout=timeout_s)
        except queue.Empty:
            self._mind_workers()
            return None
        client = self._under_way.pop(future.key)
        if future.status == "error":
            return Ended(shard, _trouble(future.exception()))
        if future.status != "finished" and client is self._client:
            self._come_back()  # it is the first that is lost with its scheduler
        return Ended(shard)

    def _mind_workers(self) -> None:
        """Wait for workers that are gone, for a while.

        Raises:
            EndpointError: None has come back.
        """
        if not self._threads() and time.monotonic() - self._seen_at > _PATIENCE_S:
            msg = f"all workers of the scheduler {self._address!r} are gone: what is finished is kept, the same command goes on when there are some"
            raise EndpointError(msg)

    def stop(self) -> None:
        """Let the articles that are under way finish, and begin no others."""
        self._is_stopped = True
        with contextlib.suppress(OSError):
            self._called("summarizer_stop", run=self._order.run)

    def close(self) -> None:
        """Leave the scheduler; whatever is under way there stops by itself."""
        with contextlib.suppress(OSError, TimeoutError):
            self._client.close(timeout=2)

    def _come_back(self) -> None:
        """Wait for the scheduler to be there again.

        Raises:
            EndpointError: It is not, after two minutes.
        """
        self.close()
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                self._client = self._introduced()
            except SettingsError as exc:
                if time.monotonic() > deadline:
                    msg = f"the scheduler {self._address!r} is gone: what is finished is kept, the same command goes on when it is back"
                    raise EndpointError(msg) from exc
                time.sleep(1)
            else:
                return

    def _introduced(self) -> Any:
        """Connect, and make the run known to the limiter."""
        self._client = self._connect()
        settings = self._order.settings
        try:
            self._client.register_plugin(RatePlugin())
            self._called(
                "summarizer_open",
                run=self._order.run,
                client=self._client.id,
                endpoint=settings.url,
                rates=(settings.requests_per_minute, settings.tokens_per_minute),
            )
            if self._is_stopped:
                self.stop()
        except (ImportError, AttributeError, OSError) as exc:
            msg = f"the scheduler {self._address!r} cannot load grounded-briefing {VERSION}: install it there too ({exc})"
            raise SettingsError(msg) from exc
        return self._client

    def _called(self, name: str, **words: object) -> None:
        self._client.sync(getattr(self._client.scheduler, name), **words)


def _trouble(exc: BaseException) -> SummarizerError | None:
    """Tell why the run cannot go on; None for a shard that can be handed in again.

    Raises:
        BaseException: It is a bug, and crashes.
    """
    if isinstance(exc, SummarizerError):
        return exc
    if type(exc).__name__ == "KilledWorker":
        return None  # the journal of the shard counts who died of it
    if isinstance(exc, ImportError | AttributeError):
        msg = f"a worker cannot load grounded-briefing {VERSION}: install it there too ({exc})"
        return SettingsError(msg)
    raise exc


def _connected(target: Any, address: str) -> Any:
    """Connect with a scheduler; versions are compared by us."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Client(target, timeout=_CONNECT_S, set_as_default=False)  # type: ignore[no-untyped-call]  # Dask's
    except (OSError, RuntimeError, ValueError) as exc:
        why = (str(exc).splitlines() or [type(exc).__name__])[0]
        msg = f"no Dask scheduler answers at {address!r}: {why[:200]}"
        raise SettingsError(msg) from exc


def _check_certificates(address: str) -> None:
    """Hold that Dask's own settings name certificates; its client says it in ten lines.

    Raises:
        SettingsError: They do not, or files are not there.
    """
    try:
        context = Security().get_connection_args("client")["ssl_context"]  # type: ignore[no-untyped-call]  # Dask's
        why = "" if context else "distributed.comm.tls names none"
    except OSError as exc:
        why = exc.strerror or str(exc)
    if why:
        msg = f"no certificates for {address!r}: {why} (docs/cluster.md says where they are set)"
        raise SettingsError(msg)


def _count(address: str) -> int:
    words = address.removeprefix("local:")
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= 1_000):
        msg = (
            f"--cluster local:N takes a number of processes of 1 or more, not {words!r}"
        )
        raise SettingsError(msg)
    return int(words)


@contextlib.contextmanager
def _local(count: int) -> Iterator[LocalCluster]:
    """Start workers on this machine: reached from it alone, and without a dashboard."""
    with tempfile.TemporaryDirectory() as folder:
        cluster = LocalCluster(  # type: ignore[no-untyped-call]  # Dask's
            n_workers=count,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            local_directory=folder,
            silence_logs=logging.CRITICAL,
            preload=[_DEAF],
        )
        with cluster:
            yield cluster
