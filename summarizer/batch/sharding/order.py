"""What a worker is told and what it says afterwards: values, without article or secret."""

import pickle
from dataclasses import dataclass, replace
from typing import Final, cast

from schemas.briefing import SCHEMA_VERSION
from summarizer import __version__
from summarizer.errors import SettingsError, SummarizerError
from summarizer.plan import Plan
from summarizer.settings import Settings, keyed

VERSION: Final = f"{__version__} (schema {SCHEMA_VERSION})"
"""What driver and worker must have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One shard to do.

    Attributes:
        run: Name of the driver's run: each start of the command has its own.
        folder: The shared output folder, from the root of the file system.
        shard: Number of the shard.
        settings: Which model, and how it is asked; without the key.
        has_key: Whether the endpoint wants a key: a worker has it in its environment.
        plan: Which sections, by which readers, for how much each article.
        is_asked: Whether a model is asked.
        allow_private: Fetch from private networks too.
    """

    run: str
    folder: str
    shard: int
    settings: Settings
    has_key: bool
    plan: Plan
    is_asked: bool
    allow_private: bool

    def keyed(self) -> Settings:
        """Put the key of this process's environment into the settings.

        Raises:
            SettingsError: It has none, and one is wanted.
        """
        return keyed(self.settings) if self.has_key else self.settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a shard.

    Attributes:
        shard: Its number.
        rows: Articles that this run of it put on the shelf.
        trouble: Why the run cannot go on; None when it can.
    """

    shard: int
    rows: int
    trouble: SummarizerError | None = None


def bare(settings: Settings) -> Settings:
    """Take the key out; the address is said, since a key may have been what chose it."""
    url = settings.base_url if settings.embedded else settings.url
    return replace(settings, base_url=url, api_key=None)


def packed(order: Order) -> bytes:
    """Write an order as it travels.

    Raises:
        SettingsError: It holds a key.
    """
    if order.settings.api_key is not None:
        msg = "an order holds a key"
        raise SettingsError(msg)
    return pickle.dumps(order)


def unpacked(version: str, raw: bytes, worker: str) -> Order:
    """Read an order.

    Args:
        version: `VERSION` of who wrote it; another one may have other fields.
        raw: The order.
        worker: Name of this worker.

    Raises:
        SettingsError: It was written by another version.
    """
    if version != VERSION:
        msg = (
            f"the worker {worker} has grounded-briefing {VERSION}, this command {version}: "
            "install the same version on both"
        )
        raise SettingsError(msg)
    return cast("Order", pickle.loads(raw))  # noqa: S301  our driver's, by the scheduler that already runs its code
