"""Parse one hostile document: run as a child process, `python -m` this module.

Takes the format and the most characters as arguments and the document on standard
input; answers with one line of JSON on standard output. Before anything is parsed it
gives up memory, processor time, files, network and processes, so that a document which
breaks a parser breaks this process and nothing else.

With `feeds` and the seconds that each may take it reads many feeds in turn: for each a line of JSON with
its size and its stated encoding, then its bytes; the answer's size stands on a line of
its own before it.
"""

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from summarizer.sources.formats.parsed import Parsed, ParsedFeed, UnreadableError

MEMORY: Final = 1_000_000_000
"""Bytes of address space. Measured: 57 million for a page of 50,000 words, 51 million
for a PDF of 378 pages and 300,000 words; the rest is for files full of pictures."""
CPU_S: Final = 30
"""Seconds of processor time. The same PDF takes 1.7, the page 0.2."""
FEED_MEMORY: Final = 400_000_000
"""Bytes of address space of the process that reads feeds, which are far smaller."""
FEED_CPU_S: Final = 10
"""Seconds of processor time for one feed."""
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
    if sys.argv[1] == "feeds":
        _feeds(int(sys.argv[2]))
        return
    kind, most = sys.argv[1], int(sys.argv[2])
    _limit()
    raw = sys.stdin.buffer.read()
    sys.stdout.write(_answered(lambda: _parse(kind, raw, most)))


def _feeds(cpu_s: int) -> None:
    """Parse feeds until there are no more; each has its own share of time."""
    _limit(FEED_MEMORY, None)
    from summarizer.sources.formats import feed  # noqa: PLC0415  only what is needed

    _forbid()
    while line := sys.stdin.buffer.readline():
        told = json.loads(line)
        raw = sys.stdin.buffer.read(told["bytes"])
        _allow(cpu_s)
        charset = told["charset"]
        answer = _answered(lambda: feed.parse(raw, charset)).encode()  # noqa: B023  called at once
        sys.stdout.buffer.write(b"%d\n%b" % (len(answer), answer))
        sys.stdout.buffer.flush()


def _answered(parse: Callable[[], Parsed | ParsedFeed]) -> str:
    """Put what was parsed, or why it was not, in one line of JSON."""
    try:
        return json.dumps(asdict(parse()))
    except UnreadableError as exc:
        words = str(exc)
    except MemoryError:
        words = "takes too much memory to read"
    except RecursionError:
        words = "is nested too deeply to read"
    except Exception as exc:  # noqa: BLE001  whatever a parser raises, the document is at fault
        words = f"is damaged: its reader failed ({type(exc).__name__})"
    return json.dumps({"error": words})


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


def _limit(memory: int = MEMORY, cpu_s: int | None = CPU_S) -> None:
    """Let the system end this process when it takes too much."""
    for name, most in (
        ("RLIMIT_AS", memory),
        ("RLIMIT_CPU", cpu_s),
        ("RLIMIT_FSIZE", ANSWER),
        ("RLIMIT_CORE", 0),
    ):
        if most is not None:
            _set(name, most, most)


def _allow(cpu_s: int) -> None:
    """Give the next document its time, however much the ones before it took."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415  not on every system

        used = resource.getrusage(resource.RUSAGE_SELF)
        _set("RLIMIT_CPU", int(used.ru_utime + used.ru_stime) + 1 + cpu_s, None)


def _set(name: str, soft: int, hard: int | None) -> None:
    try:
        import resource  # noqa: PLC0415  not on every system
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        which = getattr(resource, name)
        resource.setrlimit(
            which, (soft, resource.getrlimit(which)[1] if hard is None else hard)
        )


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
