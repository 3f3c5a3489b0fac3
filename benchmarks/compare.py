"""This project, instructor and LangExtract: the same server, articles and limits.

Run it with `make bench`. It goes on with the journals of a run that was killed.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import asked, journals, scoring, table
from benchmarks.journals import Line
from benchmarks.meter import Meter, metering
from benchmarks.workers import ROOT, Worker, working
from summarizer.client import embedded
from summarizer.client.connect import weights_of
from summarizer.errors import EndpointError, SettingsError, SummarizerError
from summarizer.evaluation import gold
from summarizer.evaluation.gold import Document

CONTEXT_TOKENS = 8_192
"""Window of the server: twice what this project needs, so that a rival's prompt with
its schema and examples, the longest article and its answer fit."""

MAX_TOKENS = 2_048
"""Output tokens of one answer: about ten times the longest honest one of ours, three
times that of a rival. What is longer runs away."""

LIMIT_S = 300.0
"""Seconds for one document; then the contestant is ended and the document failed."""

WARM_UP = (
    "The mayor of Lunden, Ida Falk, asked the province on Monday for two boats. "
    "“We have none left,” she said. Three people were injured in the flood."
)
"""An invented article that is not counted: it loads what is loaded once."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to a briefing.

    Attributes:
        name: As the table shows it.
        key: Name of its journal.
        command: What runs it, from the root of the project.
        made: What its outputs depend on, beside the article.
    """

    name: str
    key: str
    command: tuple[str, ...]
    made: Mapping[str, object]


def contestants(langextract_python: str, model: str) -> tuple[Contestant, ...]:
    """Name the three, in the order of the table."""
    same: dict[str, object] = {
        "model": model,
        "context_tokens": CONTEXT_TOKENS,
        "max_tokens": MAX_TOKENS,
        "temperature": 0,
    }
    nested = same | {"prompt_sha256": _sha256(asked.INSTRUCTIONS)}
    shown = same | {
        "prompt_sha256": _sha256(asked.INSTRUCTIONS + repr(asked.examples()))
    }
    here = (sys.executable, "-m")
    there = (langextract_python, "-m")
    return (
        Contestant(
            "this project",
            "ours",
            (*here, "benchmarks.ours"),
            same | {"version": version("grounded-briefing"), "code_sha256": _code()},
        ),
        Contestant(
            "instructor",
            "instructor",
            (*here, "benchmarks.nested"),
            nested | {"version": version("instructor")},
        ),
        Contestant(
            "LangExtract",
            "langextract",
            (*there, "benchmarks.langextracted"),
            shown | {"version": _version_in(langextract_python, "langextract")},
        ),
    )


def _code() -> str:
    """Take the hash of this project's code: its briefings change with it."""
    files = sorted(
        f for d in ("schemas", "summarizer") for f in (ROOT / d).rglob("*.py")
    )
    return _sha256("".join(f.read_text(encoding="utf-8") for f in files))


def _version_in(python: str, package: str) -> str:
    """Ask another virtual environment for the version of a package."""
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    try:
        told = subprocess.run(  # noqa: S603  the environment that the caller names
            [python, "-c", ask], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as exc:
        msg = f"no {package} in the environment of {python!r}: run `make bench`, which makes it"
        raise SettingsError(msg) from exc
    return told.stdout.strip()


def run(
    one: Contestant,
    documents: Sequence[Document],
    meter: Meter,
    config: Mapping[str, object],
    *,
    path: Path,
    limit_s: float,
) -> None:
    """Have a contestant brief the documents that its journal does not hold."""
    done = journals.kept(path, one.made)
    left = [d for d in documents if (d.id, _sha256(d.text)) not in done]
    with working(Worker(one.command, config)) as worker:
        for number, document in enumerate(left, start=1):
            if not worker.is_running:
                worker.brief(WARM_UP, None, limit_s=limit_s)
            line = _line(worker, document, meter, limit_s)
            journals.add(path, one.made, line)
            told = line.error or f"{line.seconds:.1f} s, {line.spent.calls} calls"
            print(
                f"{one.name} {number}/{len(left)} {document.id}: {told}",
                file=sys.stderr,
                flush=True,
            )


def _line(worker: Worker, document: Document, meter: Meter, limit_s: float) -> Line:
    day = document.day()
    meter.reset()
    started = time.monotonic()
    answer = worker.brief(
        document.text, day.isoformat() if day else None, limit_s=limit_s
    )
    seconds = time.monotonic() - started
    meter.cut()
    if answer.error is not None and not meter.is_alive():
        msg = "the embedded server is gone; the same command goes on where it was"
        raise EndpointError(msg)  # not the contestant's failure
    return Line(
        id=document.id,
        text_sha256=_sha256(document.text),
        seconds=round(seconds, 2),
        spent=meter.reset(),
        output=answer.output,
        error=answer.error,
    )


def measure(
    chosen: Sequence[Contestant],
    documents: Sequence[Document],
    *,
    file: Path,
    folder: Path,
    limit_s: float,
) -> None:
    """Run all contestants on one server, one after another."""
    model = str(chosen[0].made["model"])
    with (
        embedded.running(file, model=model, context_tokens=CONTEXT_TOKENS) as address,
        metering(address.url, MAX_TOKENS) as meter,
    ):
        config = {
            "base_url": meter.url,
            "api_key": address.api_key,
            "model": model,
            "instructions": asked.INSTRUCTIONS,
            "examples": asked.examples(),
        }
        for one in chosen:
            run(
                one,
                documents,
                meter,
                config,
                path=folder / f"{one.key}.jsonl",
                limit_s=limit_s,
            )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report(
    chosen: Sequence[Contestant], documents: Sequence[Document], folder: Path
) -> table.Report:
    """Score the journals, on the documents that all of them hold."""
    lines = {c: journals.kept(folder / f"{c.key}.jsonl", c.made) for c in chosen}
    shared = [
        d
        for d in documents
        if all((d.id, _sha256(d.text)) in of for of in lines.values())
    ]
    held = {
        c: [(d, of[d.id, _sha256(d.text)]) for d in shared] for c, of in lines.items()
    }
    rows: list[tuple[str, ...]] = []
    for name in dict.fromkeys(d.set for d in shared):
        tallies = {
            c.name: [
                scoring.tally(d, line, scoring.READERS[c.key])
                for d, line in of
                if d.set == name
            ]
            for c, of in held.items()
        }
        rows += table.rows(name, tallies)
    return table.Report(
        heading=tuple(_heading(chosen, len(shared))),
        contestants=tuple(c.name for c in chosen),
        rows=tuple(rows),
        failures=tuple(
            table.Failure(c.name, line.id, line.error)
            for c, of in held.items()
            for _, line in of
            if line.error is not None
        ),
    )


def _heading(chosen: Sequence[Contestant], documents: int) -> Iterator[str]:
    made = chosen[0].made
    yield f"{documents} documents, {os.cpu_count()} cores, model {made['model']}"
    yield (
        f"one server for all: window {CONTEXT_TOKENS:,} tokens, temperature 0, at most "
        f"{MAX_TOKENS:,} output tokens an answer"
    )
    yield ", ".join(f"{c.name} {c.made['version']}" for c in chosen)
    yield "in brackets: 95 % interval, bootstrap over documents"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "gold", nargs="*", default=[str(ROOT / "seeds/gold/invented.jsonl")]
    )
    parser.add_argument("--limit", type=int, help="documents of each set at most")
    parser.add_argument(
        "--journals", type=Path, default=Path(".bench"), metavar="FOLDER"
    )
    parser.add_argument("--only", choices=tuple(scoring.READERS), help="one contestant")
    parser.add_argument(
        "--seconds", type=float, default=LIMIT_S, help="for one document"
    )
    parser.add_argument(
        "--langextract", default=".bench-venv/bin/python", metavar="PYTHON"
    )
    parser.add_argument(
        "--table", action="store_true", help="no model: the table of the journals"
    )
    return parser.parse_args()


def main() -> None:
    """Measure what the journals do not hold, and print the table."""
    given = _arguments()
    documents = gold.read(given.gold, limit=given.limit)
    given.journals.mkdir(parents=True, exist_ok=True)
    file, model = weights_of(None)
    chosen = [
        c for c in contestants(given.langextract, model) if given.only in {None, c.key}
    ]
    if not given.table:
        measure(
            chosen, documents, file=file, folder=given.journals, limit_s=given.seconds
        )
    made = report(chosen, documents, given.journals)
    (given.journals / "table.md").write_text(table.as_markdown(made), encoding="utf-8")
    print(table.terminal(made))


if __name__ == "__main__":
    try:
        main()
    except SummarizerError as exc:
        sys.exit(f"error: {exc}")
    except KeyboardInterrupt:
        sys.exit("stopped; the same command goes on where it was")
