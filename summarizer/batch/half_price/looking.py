"""Batches of a folder, looked at from anywhere: how they stand, their results, their end.

It takes the folder and the key of the account, not the articles.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from summarizer.batch.half_price import rounds
from summarizer.batch.half_price.running import posting
from summarizer.batch.half_price.store import NAME, SentBatch, Store
from summarizer.batch.ledger import Ledger
from summarizer.client import prices
from summarizer.client.batches.remote import State
from summarizer.client.prices import Price
from summarizer.client.purse import NAME as MONEY
from summarizer.client.purse import Purse
from summarizer.errors import InputError
from summarizer.settings import Settings


def about(folder: Path) -> dict[str, str]:
    """Tell where the batches of a folder are: endpoint, model, profile.

    Raises:
        InputError: There are none.
    """
    if not (folder / NAME).is_file():
        raise InputError(f"no batch was sent of {str(folder)!r}")
    with Store(folder) as store:
        return store.about()


def status(folder: Path, settings: Settings) -> str:
    """Say how the batches of a folder stand, a line each.

    Raises:
        EndpointError: The endpoint does not say.
        SettingsError: They are at another endpoint.
    """
    with posting(folder, settings) as post:
        lines = [_line(one, _state(post, one)) for one in post.store.batches()]
        waiting = post.store.count("waiting") + post.store.count("resting")
    if waiting:
        lines.append(f"{waiting:,} requests were not sent yet")
    return "\n".join(lines or ["no batch was sent"]) + "\n"


def _state(post: rounds.Post, batch: SentBatch) -> State | None:
    if batch.is_read or batch.remote_id is None:
        return None
    return post.remote.state(batch.remote_id)


def _line(batch: SentBatch, state: State | None) -> str:
    name = f"{batch.number}. {batch.remote_id or 'not sent yet'}"
    if batch.is_read:
        return f"{name}: {batch.requests:,} requests, {batch.status or 'ended'}, read"
    if state is None:
        return f"{name}: {batch.requests:,} requests; the command that runs the archive sends it"
    told = f"{state.done:,} answered, {state.failed:,} failed of {batch.requests:,}"
    return f"{name}: {state.status}, {told}" + (
        f": {state.reason}" if state.reason else ""
    )


def collect(folder: Path, settings: Settings) -> str:
    """Read the results of the batches that have ended, and say what came.

    Raises:
        EndpointError: The endpoint does not say.
        InputError: Another run holds the folder.
        SettingsError: They are at another endpoint.
    """
    with Ledger(folder), _paying(folder, settings) as post:
        rounds.resume(post)
        count = rounds.collect(post)
        answered, open_ = post.store.count("answered"), len(post.store.open_batches())
    return (
        f"{count:,} batches were read, {open_:,} are under way; {answered:,} requests are "
        "answered: the command that runs the archive goes on\n"
    )


def cancel(folder: Path, settings: Settings) -> str:
    """Cancel the batches that are under way; what they answered is read later.

    Raises:
        EndpointError: One cannot be cancelled.
        InputError: Another run holds the folder.
        SettingsError: They are at another endpoint.
    """
    with Ledger(folder), _paying(folder, settings) as post:
        lines = [_cancelled(post, one) for one in post.store.open_batches()]
    if not lines:
        return "no batch is under way\n"
    more = f"`summarizer batch collect {folder}` reads what they answered"
    return "\n".join([*lines, more]) + "\n"


def _cancelled(post: rounds.Post, batch: SentBatch) -> str:
    found = batch.remote_id
    if found is None:
        found = post.remote.find(batch.mark, batch.at, batch.file_id)
    if found is None:
        rounds.abandon(post, batch)
        return f"{batch.number}. was not sent"
    post.store.set_remote(batch.number, found)
    state = post.remote.state(found)
    if not state.is_final:
        state = post.remote.cancel(found)
    return _line(replace(batch, remote_id=found), state)


@contextmanager
def _paying(folder: Path, settings: Settings) -> Iterator[rounds.Post]:
    with posting(folder, settings) as post:
        stated = post.store.about().get("price")
        price = Price(**json.loads(stated)) if stated else prices.of(settings)
        if price is None:
            yield post
            return
        with Purse(price, None, folder / MONEY) as purse:
            yield replace(post, purse=purse)
