"""A run over an archive on the command line: where its output goes, how far it is."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from summarizer.batch.ledger import Cost, Entry
    from summarizer.batch.storage import Bucket

    Told = Callable[[Entry, Cost], None]


class Rows(StrEnum):
    """How the rows of an archive are written; JSON lines are always, for they are safe."""

    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Made:
    """What is made of an archive, and where it goes."""

    form: Annotated[
        Rows,
        typer.Option("--format", "-f", help="parquet: rows and tables as Parquet too."),
    ] = Rows.JSONL
    pages: Annotated[
        bool,
        typer.Option(
            "--pages", help="A page of its own for each article, which is large."
        ),
    ] = False
    work: Annotated[
        str | None,
        typer.Option(
            "--work",
            help="Folder of the run when OUT is in a storage; else one in your cache.",
            metavar="DIR",
        ),
    ] = None

    def also(self) -> frozenset[str]:
        """Name what is made besides.

        Raises:
            InputError: pyarrow is wanted and not installed.
        """
        from summarizer.batch import outputs  # noqa: PLC0415  slow; not for --help

        chosen = {"parquet": self.form == Rows.PARQUET, "pages": self.pages}
        also = frozenset(name for name, is_wanted in chosen.items() if is_wanted)
        outputs.check(also)
        return also

    def places(self, output: str) -> "tuple[Path, Bucket | None]":
        """Tell the folder of the run, and where what it makes goes besides.

        Raises:
            typer.BadParameter: A work folder is named, and the output is one itself.
            InputError: The address of a storage is none, or a library is missing.
        """
        from pathlib import Path  # noqa: PLC0415  slow; not for --help

        from summarizer.batch import storage  # noqa: PLC0415

        if not storage.is_storage(output):
            if self.work is not None:
                msg = "--work is for an output in a storage: -o names the folder itself"
                raise typer.BadParameter(msg)
            return Path(output), None
        bucket = storage.Bucket.at(output)
        if self.work is not None:
            return Path(self.work), bucket
        import hashlib  # noqa: PLC0415

        import platformdirs  # noqa: PLC0415

        name = hashlib.sha256(output.rstrip("/").encode()).hexdigest()[:16]
        cache = platformdirs.user_cache_path("grounded-briefing")
        return cache / "archives" / name, bucket


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
