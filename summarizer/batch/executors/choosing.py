"""Choose who does the shards, by the address that somebody wrote."""

from contextlib import AbstractContextManager

from summarizer.batch.executors import processes
from summarizer.batch.executors.here import Here
from summarizer.batch.executors.port import Executor
from summarizer.batch.sharding.order import Order


def opened(address: str, order: Order) -> AbstractContextManager[Executor]:
    """Choose who does the shards.

    Args:
        address: "here", "processes:N" for N processes, "local:N" for N of Dask's, or the
            address of a Dask scheduler.
        order: How shards are done; its run and endpoint are made known to the limiter.

    Raises:
        SettingsError: It is no address, Dask is not installed, or nobody answers there.
    """
    if address == "here":
        return Here()
    if address.startswith(processes.PREFIX):
        return processes.opened(address)
    from summarizer.batch.executors import dask  # noqa: PLC0415  a second to import

    return dask.opened(address, order)
