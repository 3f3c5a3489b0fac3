"""Send what is in the outbox, one post at a time; what nobody knows is said, not repeated."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from summarizer.delivery import transport
from summarizer.delivery.delivering import Wire, deliver
from summarizer.delivery.ledger import Sleep
from summarizer.delivery.webhook import Webhook, find
from summarizer.errors import DeliveryError, SettingsError, SummarizerError
from summarizer.watch.configuring import Channel
from summarizer.watch.lines import counted
from summarizer.watch.telling.outbox import Outbox, Post

_OF_THE_MESSAGE: Final = {400, 413, 422}
"""Answers that refuse a message; others (403, 404, 410) are of the webhook, and the posts
of its channel wait until it is put right."""
_PATIENCE_S: Final = 5.0
"""Seconds that are waited within a post; whoever asks for more is asked later."""


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a post.

    Attributes:
        post: Its number.
        channel: Where to.
        words: A line for the log.
        cause: Why it was not posted; blank when it was.
    """

    post: int
    channel: str
    words: str
    cause: str = ""


@dataclass(slots=True)
class Sender:
    """Sends the posts of an outbox.

    Attributes:
        outbox: Where they stand.
        channels: By name, those of the configuration.
        environ: Where the addresses of webhooks are read; never shown.
        folder: Where it is remembered which messages of a post were sent.
        send: Sends one request.
        sleep: Waits so many seconds between two messages.
    """

    outbox: Outbox
    channels: Mapping[str, Channel]
    environ: Mapping[str, str]
    folder: Path
    send: transport.Send
    sleep: Sleep

    def send_due(self, now: datetime) -> Said | None:
        """Send the post that is due, if one is.

        Returns:
            What became of it; None when none was due.
        """
        post = self.outbox.due(now)
        return None if post is None else self._sent(post, None, now)

    def settle(self, number: int, first: int, now: datetime) -> str:
        """Go on with a post of which nobody knew what was sent.

        Args:
            number: The post.
            first: Message to go on with, from 1; one more than there are when all were
                found in the channel.
            now: The time.

        Raises:
            DeliveryError: There is no such post that waits for a person.
        """
        post = self.outbox.find(number)
        if post is None or post.state not in {"unclear", "refused"}:
            msg = f"post {number} does not wait for anybody"
            raise DeliveryError(msg)
        return self._sent(post, first, now).words

    def _sent(self, post: Post, first: int | None, now: datetime) -> Said:
        name = f"post {post.id} to {post.channel}"
        try:
            deliver(
                post.bodies,
                self._webhook(post.channel),
                content=_content(post),
                first=first,
                folder=self.folder,
                wire=Wire(send=self.send, sleep=self._briefly, clock=now.timestamp),
            )
        except DeliveryError as exc:
            words = f"{name} {self._failed(post, exc, now)}: {exc}"
            return Said(post.id, post.channel, words, str(exc))
        except SummarizerError as exc:
            later = self.outbox.again(post, str(exc), now)
            words = f"{name} waits until {_moment(later)}: {exc}"
            return Said(post.id, post.channel, words, str(exc))
        self.outbox.end(post, "posted", "", now)
        changes = counted(post.changes, "change")
        words = f"{name}: posted, {changes} of {', '.join(post.stories)}"
        return Said(post.id, post.channel, words)

    def _failed(self, post: Post, exc: DeliveryError, now: datetime) -> str:
        if exc.unclear:
            self.outbox.end(post, "unclear", str(exc), now)
            return "may be posted or not"
        if exc.status in _OF_THE_MESSAGE:
            self.outbox.end(post, "refused", str(exc), now)
            return "is refused"
        later = self.outbox.again(post, str(exc), now, exc.retry_after_s or 0.0)
        return f"waits until {_moment(later)}"

    def _webhook(self, channel: str) -> Webhook:
        told = self.channels.get(channel)
        if told is None:
            msg = f"no channel is named {channel!r} any more"
            raise SettingsError(msg)
        if told.webhook_file is not None:
            return find({}, told.webhook_file)
        url = self.environ.get(told.webhook_env or "", "").strip()
        if not url:
            msg = f"channel {channel!r} has no webhook: set {told.webhook_env}"
            raise SettingsError(msg)
        return Webhook(url)

    def _briefly(self, seconds: float) -> None:
        if seconds > _PATIENCE_S:
            msg = f"Slack asks to wait {seconds:.0f} s"
            raise DeliveryError(msg, status=429, retry_after_s=seconds)
        self.sleep(seconds)


def _moment(later: datetime) -> str:
    return f"{later:%Y-%m-%d %H:%M} UTC"


def _content(post: Post) -> str:
    """Name a post for good: its number, its time and its words."""
    digest = hashlib.sha256(f"watch {post.id} {post.made_at.timestamp()}".encode())
    for body in post.bodies:
        digest.update(body)
    return digest.hexdigest()
