"""How far a run over an archive is: on a terminal, and as lines of JSON."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.batch.ledger import Cost, Entry

    Told = Callable[[Entry, Cost], None]


@contextmanager
def counted(*, quiet: bool) -> Iterator["Told"]:
    """Show how far the run is, on a terminal."""
    from summarizer.cli import streams  # noqa: PLC0415

    if quiet or not streams.is_terminal():
        yield lambda _entry, _cost: None
        return
    import time  # noqa: PLC0415  slow; not for --help
    from collections import Counter  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.live import Live  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    begun = time.monotonic()
    counts: Counter[str] = Counter()
    with Live(
        console=Console(stderr=True), refresh_per_second=4, transient=True
    ) as live:

        def shown(entry: "Entry", _cost: "Cost") -> None:
            counts[entry.status] += 1
            minutes = max(1e-6, (time.monotonic() - begun) / 60)
            told = " · ".join(f"{n:,} {name}" for name, n in counts.items())
            live.update(Text(f"{told} · {counts.total() / minutes:,.0f} a minute"))

        yield shown


@contextmanager
def lines(events: str | None) -> Iterator["Told"]:
    """Write a line of JSON for each article, or nothing.

    Raises:
        InputError: The file cannot be written.
    """
    if events is None:
        yield lambda _entry, _cost: None
        return
    from dataclasses import asdict  # noqa: PLC0415

    from summarizer.errors import InputError  # noqa: PLC0415

    try:
        file = open(events, "a", encoding="utf-8")  # noqa: PTH123, SIM115  closed below
    except OSError as exc:
        msg = f"cannot write {events!r}: {exc.strerror}"
        raise InputError(msg) from exc
    with file:

        def tell(entry: "Entry", cost: "Cost") -> None:
            line = json.dumps({**asdict(entry), **asdict(cost)}, ensure_ascii=False)
            file.write(line + "\n")
            file.flush()

        yield tell
