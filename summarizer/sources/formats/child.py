"""Parse one hostile document: run as a child process, `python -m` this module.

Takes the format and the most characters as arguments and the document on standard
input; answers with one line of JSON on standard output. Before anything is parsed it
gives up memory, processor time, files, network and processes, so that a document which
breaks a parser breaks this process and nothing else.
"""

import contextlib
import json
import sys
from dataclasses import asdict
from typing import Final

from summarizer.sources.formats.parsed import Parsed, UnreadableError

MEMORY: Final = 1_000_000_000
"""Bytes of address space. Measured: 57 million for a page of 50,000 words, 51 million
for a PDF of 378 pages and 300,000 words; the rest is for files full of pictures."""
CPU_S: Final = 30
"""Seconds of processor time. The same PDF takes 1.7, the page 0.2."""
ANSWER: Final = 100_000_000
"""Bytes that may be written: the longest text that is taken has 24 million, escaped."""

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "shutil.",
    "ctypes.dlopen",
    "webbrowser.",
)


def main() -> None:
    """Parse what standard input holds."""
    kind, most = sys.argv[1], int(sys.argv[2])
    _limit()
    raw = sys.stdin.buffer.read()
    try:
        answer: dict[str, object] = asdict(_parse(kind, raw, most))
    except UnreadableError as exc:
        answer = {"error": str(exc)}
    except MemoryError:
        answer = {"error": "takes too much memory to read"}
    except RecursionError:
        answer = {"error": "is nested too deeply to read"}
    except Exception as exc:  # noqa: BLE001  whatever a parser raises, the document is at fault
        answer = {"error": f"is damaged: its reader failed ({type(exc).__name__})"}
    sys.stdout.write(json.dumps(answer))


def _parse(kind: str, raw: bytes, most: int) -> Parsed:
    if kind == "html":
        from summarizer.sources.formats import webpage  # noqa: PLC0415  only what is needed

        _forbid()
        return webpage.parse(raw.decode("utf-8"))
    if kind == "pdf":
        from summarizer.sources.formats import pdf  # noqa: PLC0415

        _forbid()
        return pdf.parse(raw, most)
    if kind == "word":
        from summarizer.sources.formats import word  # noqa: PLC0415

        _forbid()
        return word.parse(raw)
    if kind == "mail":
        from summarizer.sources.formats import mail  # noqa: PLC0415

        _forbid()
        return mail.parse(raw, most)
    from summarizer.sources.formats import markdown  # noqa: PLC0415

    _forbid()
    return markdown.parse(raw.decode("utf-8"))


def _limit() -> None:
    """Let the system end this process when it takes too much."""
    try:
        import resource  # noqa: PLC0415  not on every system
    except ImportError:
        return
    for name, most in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_CPU", CPU_S),
        ("RLIMIT_FSIZE", ANSWER),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _forbid() -> None:
    """Refuse network, processes and changes to files from here on, for good."""

    def judge(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and _writes(arguments)
        if writes or event.startswith(_FORBIDDEN):
            raise UnreadableError(f"made its reader try {event!r}, which is refused")

    sys.addaudithook(judge)


def _writes(arguments: tuple[object, ...]) -> bool:
    mode = arguments[1] if len(arguments) > 1 else None
    return isinstance(mode, str) and any(letter in mode for letter in "wax+")


if __name__ == "__main__":
    main()
