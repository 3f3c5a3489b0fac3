"""This project, instructor and LangExtract: the same server, articles and limits.

Run it with `make bench`. It goes on with the journals of a run that was killed.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import asked, journals, scoring, table
from benchmarks.contestants import (
    CONTEXT_TOKENS,
    MAX_TOKENS,
    Contestant,
    contestants,
    sha256,
)
from benchmarks.journals import Line
from benchmarks.meter import Meter, metering
from benchmarks.workers import Worker, working
from summarizer.client.connect import weights_of
from summarizer.client.serving import embedded
from summarizer.errors import EndpointError, SummarizerError
from summarizer.evaluation import gold
from summarizer.evaluation.gold import Document

LIMIT_S = 300.0
"""Seconds for one document; then the contestant is ended and the document failed."""

WARM_UP = (
    "The mayor of Lunden, Ida Falk, asked the province on Monday for two boats. "
    "“We have none left,” she said. Three people were injured in the flood."
)
"""An invented article that is not counted: it loads what is loaded once."""


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
    left = [d for d in documents if (d.id, sha256(d.text)) not in done]
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
        text_sha256=sha256(document.text),
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


def report(
    chosen: Sequence[Contestant], documents: Sequence[Document], folder: Path
) -> table.Report:
    """Score the journals, on the documents that all of them hold."""
    found = {c: journals.read(folder / f"{c.key}.jsonl") for c in chosen}
    shared = [
        d
        for d in documents
        if all((d.id, sha256(d.text)) in lines for _, lines in found.values())
    ]
    held = {
        c: [(d, lines[d.id, sha256(d.text)]) for d in shared]
        for c, (_, lines) in found.items()
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
        heading=tuple(_heading(found, len(shared))),
        contestants=tuple(c.name for c in chosen),
        rows=tuple(rows),
        failures=tuple(
            table.Failure(c.name, line.id, line.error)
            for c, of in held.items()
            for _, line in of
            if line.error is not None
        ),
        doubts=tuple(
            table.Doubt(c.name, d.id, refused.words, refused.reason)
            for c, of in held.items()
            for d, line in of
            if line.error is None
            for refused in scoring.READERS[c.key](d, line.output).refused
        ),
    )


def _heading(
    found: Mapping[Contestant, tuple[Mapping[str, object], journals.Lines]],
    documents: int,
) -> Iterator[str]:
    models = dict.fromkeys(str(made.get("model")) for made, _ in found.values())
    yield f"{documents} documents, {os.cpu_count()} cores, model {', '.join(models)}"
    yield (
        f"one server for all: window {CONTEXT_TOKENS:,} tokens, temperature 0, at most "
        f"{MAX_TOKENS:,} output tokens an answer"
    )
    yield ", ".join(f"{c.name} {made.get('version')}" for c, (made, _) in found.items())
    for c, (made, _) in found.items():
        if made != c.made:
            yield f"{c.name}: measured with another version, prompt or code than today's"
    yield "in brackets: 95 % interval, bootstrap over documents"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("gold", nargs="+", help="gold sets, as `summarizer eval` takes")
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
    # Ended from outside, it still ends the contestant and the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    try:
        main()
    except SummarizerError as exc:
        sys.exit(f"error: {exc}")
    except KeyboardInterrupt:
        sys.exit("stopped; the same command goes on where it was")
