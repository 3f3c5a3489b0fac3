"""The three standard streams, which may be closed, full, or of a narrow encoding."""

import contextlib
import os
import sys
from typing import TextIO

STANDARD_OUTPUT = "standard output"


def stand_in() -> None:
    """Put nothing in the place of closed streams.

    Otherwise the next file or connection gets the number of the closed stream, and what
    is printed goes into it. `sys.stdout` stays None: its result would be lost unsaid.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def is_terminal() -> bool:
    """Tell whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def put(text: str) -> None:
    """Write *text* to standard output, to its end.

    Raises:
        BrokenPipeError: Its reader has gone.
        OSError: It is closed, or what it leads to takes no more.
    """
    if sys.stdout is None:
        raise OSError(None, "it is closed")
    try:
        sys.stdout.write(_writable(text, sys.stdout))
        sys.stdout.flush()
    except OSError:
        abandon(sys.stdout)
        raise


def tell(line: str) -> None:
    """Write a line to standard error; where that cannot be, nobody is there to read."""
    try:
        sys.stderr.write(_writable(f"{line}\n", sys.stderr))
        sys.stderr.flush()
    except (OSError, ValueError):
        abandon(sys.stderr)


def abandon(stream: TextIO) -> None:
    """Lead a stream that takes no more to nowhere: it is flushed again at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _writable(text: str, stream: TextIO) -> str:
    """Spell out the characters that the encoding of a stream does not have."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
