"""Who is compared, how each is run, and what its outputs depend on."""

import hashlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks import asked
from benchmarks.workers import ROOT
from summarizer.errors import SettingsError

CONTEXT_TOKENS = 8_192
"""Window of the server: twice what this project needs, so that a rival's prompt with
its schema and examples, the longest article and its answer fit."""

MAX_TOKENS = 2_048
"""Output tokens of one answer: about ten times the longest honest one of ours, three
times that of a rival. What is longer runs away."""


@dataclass(frozen=True, slots=True, eq=False)
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
    nested = same | {"prompt_sha256": sha256(asked.INSTRUCTIONS)}
    shown = same | {
        "prompt_sha256": sha256(asked.INSTRUCTIONS + repr(asked.examples()))
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
    """Take the hash of this project's code that a briefing depends on."""
    parts = [ROOT / "schemas", *(ROOT / "summarizer" / part for part in _MAKES)]
    files = sorted(f for part in parts for f in part.rglob("*.*") if f.suffix != ".pyc")
    pipeline = ROOT / "summarizer" / "pipeline.py"
    return hashlib.sha256(
        b"".join(f.read_bytes() for f in [*files, pipeline])
    ).hexdigest()


_MAKES = (
    "assembly", "client", "prompting", "proof", "reading", "sources", "steps", "text",
)  # fmt: skip
"""Packages whose code and word lists change what a briefing says."""


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


def sha256(text: str) -> str:
    """Take the hash of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
