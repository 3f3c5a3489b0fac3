"""Parse a document in a child process that cannot hurt: little memory, little time."""

import os
import subprocess
import sys
import tempfile
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError

from summarizer.sources.formats.parsed import Parsed, UnreadableError

Format = Literal["html", "pdf", "word", "mail", "markdown"]
WALL_S: Final = 90.0
"""Seconds until the child is ended: thrice its processor time, for a busy machine."""

_ANSWER: Final = TypeAdapter(Parsed)


def parse(
    raw: bytes, form: Format, *, max_chars: int, wall_s: float = WALL_S
) -> Parsed:
    """Parse *raw*.

    Args:
        raw: The document; UTF-8 for formats that are text.
        form: What it is.
        max_chars: Longest text to take, in code points.
        wall_s: Seconds to wait.

    Raises:
        UnreadableError: It cannot be read, or not within the limits.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(raw)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603  our own module, fixed words
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "summarizer.sources.formats.child",
                    form,
                    str(max_chars),
                ],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                # Nothing of our environment: a key has no business in there.
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                start_new_session=True,  # Ctrl-C in the terminal is the parent's
                timeout=wall_s,
                check=False,
            )
        except subprocess.TimeoutExpired as exc:
            raise UnreadableError(
                f"takes more than {wall_s:g} seconds to read"
            ) from exc
        answer.seek(0)
        told = answer.read()
    return _understood(told, done.returncode)


def _understood(told: bytes, code: int) -> Parsed:
    """Believe nothing that does not fit."""
    try:
        return _ANSWER.validate_json(told, strict=False)
    except ValidationError:
        pass
    try:
        error = TypeAdapter(dict[Literal["error"], str]).validate_json(told)
    except ValidationError as exc:
        why = "too much time or memory" if code < 0 else "a fault in its reader"
        raise UnreadableError(f"cannot be read: {why} (code {code})") from exc
    raise UnreadableError(error["error"])
