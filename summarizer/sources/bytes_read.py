"""The bytes of a file or of standard input, no more than a document may have."""

import sys
from pathlib import Path
from typing import Final

from summarizer.errors import InputError

MAX_BYTES: Final = 50_000_000
"""Largest document; far above any text, room for reports full of pictures."""


def of(path: str) -> tuple[bytes, str]:
    """Read all bytes, and say what to call them in an error.

    Args:
        path: A file, or "-" for standard input.

    Raises:
        InputError: They cannot be read, or are too many.
    """
    if path == "-":
        raw, name = _piped_bytes(), "standard input"
    else:
        raw, name = _file_bytes(Path(path)), path
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name!r} has more than {MAX_BYTES:,} bytes")
    return raw, name


def _piped_bytes() -> bytes:
    if sys.stdin is None:
        raise InputError("standard input is closed")
    try:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as exc:
        msg = f"cannot read standard input: {exc.strerror}"
        raise InputError(msg) from exc


def _file_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            msg = f"{str(path)!r} is a directory; name a file"
            raise InputError(msg)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as exc:
        msg = f"no such file: {str(path)!r}"
        raise InputError(msg) from exc
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else exc
        msg = f"cannot read {str(path)!r}: {reason}"
        raise InputError(msg) from exc
