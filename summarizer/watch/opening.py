"""Put a watch together: its state, its sources, its model, its channels."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from summarizer import __version__
from summarizer.client import prices
from summarizer.client.replies import DROPPED_AFTER_S, NAME, Replies, Use
from summarizer.delivery import transport, webhook
from summarizer.delivery.ledger import Sleep
from summarizer.errors import SettingsError
from summarizer.plan import Plan
from summarizer.ports import Completer
from summarizer.settings import Settings
from summarizer.watch.chronicle import Chronicle
from summarizer.watch.configuring import Watchfile
from summarizer.watch.lines import Tell
from summarizer.watch.newsroom import Newsroom
from summarizer.watch.orders import Orders
from summarizer.watch.polling.poller import Poller
from summarizer.watch.polling.seen import Seen
from summarizer.watch.polling.values import Source
from summarizer.watch.polling.web import Manners
from summarizer.watch.shelf import Shelf
from summarizer.watch.spending import Spending
from summarizer.watch.state import State
from summarizer.watch.telling.editor import Editor
from summarizer.watch.telling.outbox import Outbox
from summarizer.watch.telling.sending import Sender
from summarizer.watch.troubles import Troubles
from summarizer.watch.watching import Watch

SLACK: Final = "slack"
"""Folder within the state in which it is remembered which messages were sent."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a watch is made of, besides its file.

    Attributes:
        place: Where the file stands: paths in it start there.
        folder: Where the state is kept.
        settings: Which model, and how it is asked.
        plan: Which sections, by which readers.
        is_asked: Whether a model is asked.
        environ: Where addresses of webhooks are read.
        allow_private: Take from private networks and from this machine too.
        tell: Takes the lines of the log.
        now: Tells the time.
        sleep: Waits so many seconds between two messages.
        pause_s: Seconds between two requests to one host.
        feed_s: Seconds for one request of a feed.
        backfill: How many of the newest articles the first look at a source takes,
            whatever the file says; None leaves it to the file.
    """

    place: Path
    folder: Path
    settings: Settings
    plan: Plan
    is_asked: bool
    environ: Mapping[str, str]
    allow_private: bool
    tell: Tell
    now: Callable[[], datetime] = _now
    sleep: Sleep
    pause_s: float = 1.0
    feed_s: float = 20.0
    backfill: int | None = None


@contextmanager
def opened(file: Watchfile, given: Given) -> Iterator[Watch]:
    """Open a watch, and close all that was opened for it.

    Raises:
        InputError: The state cannot be used.
        SettingsError: A webhook is missing, or a source cannot be followed.
    """
    check_channels(file, given.environ)
    price = cache(lambda: prices.of(given.settings) if given.is_asked else prices.FREE)
    check_budget(file, price)
    with ExitStack() as stack:
        state = State(given.folder)
        stack.callback(state.close)
        chronicle, outbox = Chronicle(state.rows), Outbox(state.rows)
        seen = Seen(state.rows)
        shelf = Shelf(state.rows, seen, file.stories.closes_after)
        newsroom = Newsroom(
            rows=state.rows,
            chronicle=chronicle,
            spending=Spending(state.rows, price),
            articles=shelf.articles,
            opened=lambda: _model(given),
            plan=given.plan,
            file=file,
        )
        stack.callback(newsroom.close)
        poller = Poller(
            sources(file, given.place, given.backfill),
            seen,
            manners=Manners(
                contact=file.contact,
                version=__version__,
                allow_private=given.allow_private,
                pause_s=given.pause_s,
                feed_s=given.feed_s,
            ),
            now=given.now,
            max_chars=given.settings.max_chars,
        )
        stack.callback(poller.close)
        yield Watch(
            file=file,
            rows=state.rows,
            poller=poller,
            shelf=shelf,
            orders=Orders(state.rows),
            troubles=Troubles(state.rows, given.tell, given.now),
            newsroom=newsroom,
            editor=Editor(state.rows, chronicle, outbox, file),
            sender=Sender(
                outbox=outbox,
                channels={one.name: one for one in file.channel},
                environ=given.environ,
                folder=given.folder / SLACK,
                send=transport.send,
                sleep=given.sleep,
            ),
            now=given.now,
            tell=given.tell,
        )


def sources(
    file: Watchfile, place: Path, backfill: int | None = None
) -> tuple[Source, ...]:
    """Name what is followed.

    Args:
        file: The configuration.
        place: The folder where paths in it start.
        backfill: How many articles the first look takes; None leaves it to the file.

    Raises:
        SettingsError: One cannot be followed.
    """
    return tuple(
        Source(
            name=one.name,
            kind=one.kind,
            place=one.place if one.kind == "feed" else os.fspath(place / one.place),
            every_s=(one.every or file.every).total_seconds(),
            backfill=one.backfill if backfill is None else backfill,
        )
        for one in file.source
    )


def check_channels(file: Watchfile, environ: Mapping[str, str]) -> None:
    """Find out whether each channel that a rule posts to has its webhook.

    Raises:
        SettingsError: One has none, or none that can be one; the sentence says which
            variable to set, and shows no address.
    """
    used = {rule.channel for rule in file.rule}
    for channel in file.channel:
        if channel.name not in used:
            continue
        if channel.webhook_env and not environ.get(channel.webhook_env, "").strip():
            msg = f"channel {channel.name!r} has no webhook: set {channel.webhook_env}"
            raise SettingsError(msg)
        if channel.webhook_file and not Path(channel.webhook_file).is_file():
            msg = f"channel {channel.name!r}: there is no file {channel.webhook_file!r}"
            raise SettingsError(msg)
        try:
            if channel.webhook_file:
                webhook.find({}, channel.webhook_file)
            else:
                webhook.Webhook(environ[channel.webhook_env or ""].strip())
        except SettingsError as exc:
            msg = f"channel {channel.name!r}: {exc}"
            raise SettingsError(msg) from exc


def check_budget(file: Watchfile, price: Callable[[], prices.Price | None]) -> None:
    """Find out whether dollars can be counted, if the file limits them.

    Args:
        file: The configuration.
        price: Tells what the model costs.

    Raises:
        SettingsError: Nobody knows what the model costs.
    """
    if file.budget.usd is not None and price() is None:
        msg = (
            "[budget] usd: no price is known of the model: pass --price-in and "
            "--price-out, US dollars for a million tokens"
        )
        raise SettingsError(msg)


@contextmanager
def _asked(given: Given) -> Iterator[Completer | None]:
    from summarizer.client.connect import completer  # noqa: PLC0415  40 MB: only who asks

    use = Use(dropped_after_s=DROPPED_AFTER_S)
    with (
        Replies(given.folder / NAME, use) as replies,
        completer(given.settings, replies=replies) as client,
    ):
        yield client


def _model(given: Given) -> AbstractContextManager[Completer | None]:
    return _asked(given) if given.is_asked else nullcontext()
