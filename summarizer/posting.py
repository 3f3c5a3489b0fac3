"""Post a briefing to Slack: render it, and deliver each message once."""

import asyncio
import hashlib
import json
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from schemas.briefing import Briefing
from summarizer import changes, selection
from summarizer.delivery.delivering import Receipt, Wire, deliver
from summarizer.delivery.ledger import Sleep
from summarizer.delivery.webhook import Webhook
from summarizer.errors import DeliveryError
from summarizer.render import slack
from summarizer.render.changes import slack as diff_slack
from summarizer.render.slack.packing import Message


def post(
    briefing: Briefing,
    *,
    webhook_url: str | Webhook,
    since: Briefing | None = None,
    force: bool = False,
    first: int | None = None,
    supported_only: bool = False,
    state_dir: Path | None = None,
    sleep: Sleep = time.sleep,
) -> Receipt:
    """Post *briefing* to the channel of an incoming webhook.

    What was posted there before is not posted again: the same sources with the same
    items are the same briefing, whoever made it and however long that took. A run that
    ended early is gone on with.

    Args:
        briefing: What to post.
        webhook_url: Secret; never shown, logged or stored.
        since: An earlier briefing: only what changed since it is posted, and nothing
            at all when nothing did.
        force: Whether to post it all again.
        first: Number of the message to go on with, from 1, after a look into the
            channel: the ones before are taken as posted.
        supported_only: Whether unconfirmed items are left out; the last message says
            how many they are.
        state_dir: Where it is remembered what was posted; None for the user's state
            directory.
        sleep: Waits so many seconds between messages and tries.

    Raises:
        SettingsError: The URL is not that of an incoming webhook.
        DeliveryError: A message was not posted, or nobody knows.
    """
    webhook = _taken(webhook_url)
    del webhook_url  # or a report with the values of all variables would show it
    bodies = payloads(briefing, since, supported_only=supported_only)
    if not bodies:
        return Receipt(messages=0, posted=0)
    return deliver(
        bodies,
        webhook,
        content=content_hash(briefing, since, supported_only=supported_only),
        force=force,
        first=first,
        folder=state_dir,
        wire=Wire(sleep=sleep),
    )


async def apost(
    briefing: Briefing,
    *,
    webhook_url: str | Webhook,
    since: Briefing | None = None,
    force: bool = False,
    first: int | None = None,
    supported_only: bool = False,
    state_dir: Path | None = None,
) -> Receipt:
    """Post *briefing* without blocking; the same as `post` in all else.

    It is `post` in a thread, since a message must not be abandoned between being sent
    and being recorded. A cancelled task lets the message under way end, and sends no
    other.
    """
    webhook = _taken(webhook_url)
    del webhook_url
    stopped = threading.Event()

    def sleep(seconds: float) -> None:
        if stopped.wait(seconds):
            msg = "posting was cancelled; the same call goes on with what is left"
            raise DeliveryError(msg)

    try:
        return await asyncio.to_thread(
            post,
            briefing,
            webhook_url=webhook,
            since=since,
            force=force,
            first=first,
            supported_only=supported_only,
            state_dir=state_dir,
            sleep=sleep,
        )
    finally:
        stopped.set()


def payloads(
    briefing: Briefing, since: Briefing | None = None, *, supported_only: bool = False
) -> tuple[bytes, ...]:
    """Write the messages of *briefing* as they are sent; see `messages`."""
    return encoded(messages(briefing, since, supported_only=supported_only))


def messages(
    briefing: Briefing, since: Briefing | None = None, *, supported_only: bool = False
) -> tuple[Message, ...]:
    """Write the messages of *briefing*.

    Args:
        briefing: What to post.
        since: An earlier briefing, to post only what changed; there is no message
            when nothing did.
        supported_only: Whether unconfirmed items are left out.
    """
    if since is None:
        choose = selection.confirmed if supported_only else selection.selected
        return slack.messages(choose(briefing))
    changed = changes.compare(since, briefing)
    if supported_only:
        changed = changes.supported_only(changed)
    return diff_slack.messages(changed, since, briefing)


def encoded(messages: Sequence[Message]) -> tuple[bytes, ...]:
    """Write *messages* as they are sent: JSON in UTF-8."""
    return tuple(
        json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        for message in messages
    )


def content_hash(
    briefing: Briefing, since: Briefing | None = None, *, supported_only: bool = False
) -> str:
    """Hash what *briefing* says: all of it but how it was made.

    Args:
        briefing: What to post.
        since: The earlier briefing that it is compared with; the same changes since
            another one are something else.
        supported_only: Whether unconfirmed items are left out: another content.

    Returns:
        SHA-256, in hexadecimal digits. The model, its calls and their seconds, tokens
        and cost do not count, nor who found an item.
    """
    content: object = briefing.model_dump(mode="json", exclude=_HOW_MADE)
    if since is not None:
        content = [content, content_hash(since)]
    if supported_only:
        content = [content, "supported only"]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


_HOW_MADE: Final[Mapping[str, Any]] = {
    "provenance": True,
    **{
        name: {"__all__": {"found_by"}}
        for name in (
            "actors",
            "requests",
            "positions",
            "casualties",
            "developments",
            "open_questions",
            "withheld",
        )
    },
}
"""What of a briefing tells how it was made, in pydantic's form."""


def _taken(webhook_url: str | Webhook) -> Webhook:
    if isinstance(webhook_url, Webhook):
        return webhook_url
    return Webhook(webhook_url.strip())
