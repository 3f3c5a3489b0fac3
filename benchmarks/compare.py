"""This project, instructor and LangExtract: the same server, articles and limits.

Run it with `make bench`. It goes on with the journals of a run that was killed.
"""

import argparse
import hashlib
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import asked, journals
from benchmarks.journals import Line
from benchmarks.meter import Meter, metering
from benchmarks.workers import ROOT, Worker, working
from summarizer.client import embedded
from summarizer.client.connect import weights_of
from summarizer.errors import SummarizerError
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
    sent = asked.INSTRUCTIONS + repr(asked.examples())
    prompt = {"prompt_sha256": hashlib.sha256(sent.encode()).hexdigest()}
    here = (sys.executable, "-m")
    return (
        Contestant(
            "this project",
            "ours",
            (*here, "benchmarks.ours"),
            same | {"version": version("grounded-briefing")},
        ),
        Contestant(
            "instructor",
            "instructor",
            (*here, "benchmarks.nested"),
            same | prompt | {"version": version("instructor")},
        ),
        Contestant(
            "LangExtract",
            "langextract",
            (langextract_python, "-m", "benchmarks.langextracted"),
            same | prompt,
        ),
    )


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
    folder: Path,
    limit_s: float,
) -> None:
    """Run all contestants on one server, one after another."""
    file, model = weights_of(None)
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
            run(one, documents, meter, config, path=folder / f"{one.key}.jsonl", limit_s=limit_s)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("gold", nargs="*", default=[str(ROOT / "seeds/gold/invented.jsonl")])
    parser.add_argument("--limit", type=int, help="documents of each set at most")
    parser.add_argument("--journals", default=".bench", help="folder of the journals")
    parser.add_argument("--only", help="one contestant: ours, instructor, langextract")
    parser.add_argument("--seconds", type=float, default=LIMIT_S, help="for a document")
    parser.add_argument("--langextract", default=".bench-venv/bin/python")
    return parser.parse_args()


def main() -> None:
    """Measure what is missing, and print the table."""
    given = _arguments()
    documents = gold.read(given.gold, limit=given.limit)
    folder = Path(given.journals)
    folder.mkdir(parents=True, exist_ok=True)
    _, model = weights_of(None)
    chosen = [c for c in contestants(given.langextract, model) if given.only in {None, c.key}]
    measure(chosen, documents, folder=folder, limit_s=given.seconds)


if __name__ == "__main__":
    try:
        main()
    except (SummarizerError, journals.OtherRunError) as exc:
        sys.exit(f"error: {exc}")
