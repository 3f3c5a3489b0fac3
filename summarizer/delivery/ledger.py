"""What was posted where, on disk, so that nothing is posted twice.

One small file for each pair of content and channel. That a message is about to be
sent is written before it is sent: a run that dies in between leaves a trace, and the
next one knows that it does not know.
"""

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, cast, get_args

import platformdirs

from summarizer.errors import DeliveryError

VARIABLE: Final = "SUMMARIZER_STATE_DIR"
LOCK_S: Final = 120.0
"""Longer than a run that is not waiting for Slack takes for fifty messages."""

State = Literal["waiting", "sending", "posted"]
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Record:
    """The messages of one content for one channel.

    Attributes:
        digests: SHA-256 of each message.
        states: How far each is. "sending" at rest means that nobody knows.
    """

    digests: tuple[str, ...]
    states: tuple[State, ...]

    def marked(self, number: int, state: State) -> "Record":
        """Make the record in which message *number*, from 1, is in *state*."""
        states = (*self.states[: number - 1], state, *self.states[number:])
        return replace(self, states=states)

    def first(self, state: State) -> int | None:
        """Number of the first message in *state*, from 1; None when there is none."""
        return self.states.index(state) + 1 if state in self.states else None


def fresh(messages: Sequence[bytes], first: int = 1) -> Record:
    """Make a record in which all is waiting from message *first* on."""
    return Record(
        tuple(hashlib.sha256(message).hexdigest() for message in messages),
        tuple(
            "posted" if n < first else "waiting" for n in range(1, len(messages) + 1)
        ),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """The place of one record, while this process alone may change it."""

    path: Path

    def read(self) -> Record | None:
        """Read what is recorded; None when nothing is.

        Raises:
            DeliveryError: It cannot be read. To go on could post twice.
        """
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            rows = [
                (str(row["sha256"]), str(row["state"])) for row in found["messages"]
            ]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError) as exc:
            msg = (
                f"the delivery ledger {str(self.path)!r} cannot be read: look into the "
                "channel, then pass --force to post again"
            )
            raise DeliveryError(msg) from exc
        states = tuple(
            # A word that we do not know is a later version's: assume the worst.
            cast("State", state) if state in get_args(State) else "sending"
            for _, state in rows
        )
        return Record(tuple(digest for digest, _ in rows), states)

    def write(self, record: Record) -> None:
        """Write *record* so that a reader, or a crash, finds the old or the new one.

        Raises:
            DeliveryError: It cannot be written.
        """
        rows = [
            {"sha256": digest, "state": state}
            for digest, state in zip(record.digests, record.states, strict=True)
        ]
        temporary = self.path.with_suffix(f".{os.getpid()}.part")
        try:
            with temporary.open("w", encoding="utf-8") as file:
                json.dump({"version": 1, "messages": rows}, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except OSError as exc:
            raise DeliveryError(_trouble(self.path.parent, exc)) from exc


@contextlib.contextmanager
def opened(
    content: str, channel: str, folder: Path | None = None, sleep: Sleep = time.sleep
) -> Iterator[Page]:
    """Open the page of *content* for *channel*, for this process alone.

    Args:
        content: Hash of what is posted.
        channel: Name of the channel that tells nothing of its address.
        folder: Where ledgers are kept; None for the user's state directory.
        sleep: Waits so many seconds while another process posts the same.

    Raises:
        DeliveryError: The folder cannot be used, or another process is still posting.
    """
    home = (folder or platformdirs.user_state_path("grounded-briefing")) / "deliveries"
    name = hashlib.sha256(f"{content}\0{channel}".encode()).hexdigest()[:40]
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(home / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as exc:
        raise DeliveryError(_trouble(home, exc)) from exc
    try:
        _take(lock, sleep)
        yield Page(home / f"{name}.json")
    finally:
        os.close(lock)  # and with it the lock, which a dead process loses too


def _take(lock: int, sleep: Sleep) -> None:
    try:
        import fcntl  # noqa: PLC0415  not on Windows, where no lock is taken
    except ImportError:  # pragma: no cover
        return
    waited_s = 0.0
    while waited_s < LOCK_S:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(0.2)
            waited_s += 0.2
        else:
            return
    msg = "another process is posting the same briefing to this channel: let it end"
    raise DeliveryError(msg)


def _trouble(folder: Path, exc: OSError) -> str:
    return (
        f"no delivery ledger can be kept in {str(folder)!r}: {exc.strerror} "
        f"(set {VARIABLE} to another folder); without it a message could be posted twice"
    )
