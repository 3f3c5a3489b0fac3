"""Parse many feeds in one child process that cannot hurt, one after another.

To start a process for each feed would take longer than to read it. The process is ended
when it takes too long, and begun anew after that and after some hundred feeds; what it
answers is believed as little as what a feed says.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import IO, Final, Self

from pydantic import TypeAdapter, ValidationError

from summarizer.sources.formats.child import ANSWER, FEED_CPU_S
from summarizer.sources.formats.parsed import ParsedFeed, UnreadableError

WALL_S: Final = 30.0
"""Seconds until the child is ended: thrice its processor time, for a busy machine."""
MOST_FEEDS: Final = 300
"""Feeds that one child reads, so that nothing gathers in it."""

_FEED: Final = TypeAdapter(ParsedFeed)
_ERROR: Final = TypeAdapter(dict[str, str])


class FeedReader:
    """Reads feeds; may be used by several threads, and is closed at the end."""

    def __init__(
        self,
        *,
        wall_s: float = WALL_S,
        cpu_s: int = FEED_CPU_S,
        most_feeds: int = MOST_FEEDS,
    ) -> None:
        self._wall_s, self._cpu_s, self._most = wall_s, cpu_s, most_feeds
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._read = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def parse(self, raw: bytes, charset: str | None = None) -> ParsedFeed:
        """Parse one feed, when those before it are done.

        Args:
            raw: The feed as it came.
            charset: The encoding that its server stated.

        Raises:
            UnreadableError: It cannot be read, or not within the limits.
        """
        with self._turn:
            if self._read >= self._most:
                self._end()
            was_fresh = self._read == 0
            answer = self._answer(raw, charset)
            if (
                answer is None and not was_fresh
            ):  # perhaps the ones before it were at fault
                answer = self._answer(raw, charset)
        if answer is None:
            raise UnreadableError("cannot be read: it takes too much time or memory")
        return _understood(answer)

    def close(self) -> None:
        """End the child, if there is one."""
        with self._turn:
            self._end()

    def _answer(self, raw: bytes, charset: str | None) -> bytes | None:
        """Ask the child; None when it broke, and then it is gone."""
        child = self._child = self._child or _started(self._cpu_s)
        self._read += 1
        timer = threading.Timer(self._wall_s, child.kill)
        timer.daemon = True
        timer.start()
        try:
            answer = _exchange(child, raw, charset)
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self._end()
        return answer

    def _end(self) -> None:
        child, self._child, self._read = self._child, None, 0
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


def _started(cpu_s: int) -> subprocess.Popen[bytes]:
    module = "summarizer.sources.formats.child"
    return subprocess.Popen(  # noqa: S603  our own module, fixed words
        [sys.executable, "-P", "-m", module, "feeds", str(cpu_s)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Nothing of our environment: a key has no business in there.
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # Ctrl-C in the terminal is the parent's
    )


def _exchange(
    child: subprocess.Popen[bytes], raw: bytes, charset: str | None
) -> bytes | None:
    """Hand one feed over and take the answer; None when there is none."""
    to_child, from_child = _pipes(child)
    told = json.dumps({"bytes": len(raw), "charset": charset})
    to_child.write(told.encode() + b"\n")
    to_child.write(raw)
    to_child.flush()
    size = int(from_child.readline(20) or b"-1")
    if not 0 <= size <= ANSWER:
        return None
    answer = from_child.read(size)
    return answer if len(answer) == size else None


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:
        raise OSError("the child has no pipes")
    return child.stdin, child.stdout


def _understood(answer: bytes) -> ParsedFeed:
    """Believe nothing that does not fit."""
    try:
        return _FEED.validate_json(answer)
    except ValidationError:
        pass
    try:
        error = _ERROR.validate_json(answer)["error"]
    except (ValidationError, KeyError) as exc:
        raise UnreadableError("cannot be read: a fault in its reader") from exc
    raise UnreadableError(error)
