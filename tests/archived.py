"""Archives to read: invented articles as rows, tables and crawls, and a run over them."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet
from typer.testing import CliRunner, Result

from summarizer.cli import app

TEXT = "Kenya urged Chad on Friday to free the crew of boat {}."


def rows(count: int) -> list[dict[str, Any]]:
    """Make rows of invented articles."""
    return [
        {"body": TEXT.format(n), "headline": f"Boat {n}", "date": "2025-03-05"}
        for n in range(count)
    ]


def lines(count: int, name: str = "in.jsonl") -> None:
    """Write them as JSON lines."""
    told = "".join(json.dumps(row) + "\n" for row in rows(count))
    Path(name).write_text(told, "utf-8")


def table(count: int, name: str = "in.parquet", **how: Any) -> bytes:
    """Write them as a Parquet file; give its bytes."""
    parquet.write_table(pa.Table.from_pylist(rows(count)), name, **how)
    return Path(name).read_bytes()


def page(words: str, title: str = "Boats") -> bytes:
    """Make a web page."""
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><article>"
        f"<h1>{title}</h1><p>{words}</p><p>It rained in Varos, and the harbour of Tarsk "
        "was closed all day.</p></article></body></html>"
    ).encode()


def record(
    body: bytes,
    uri: str = "https://example.org/a",
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    more: str = "",
) -> bytes:
    """Make a response record of a WARC file."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    return (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: {uri}\r\nWARC-Date: 2025-03-05T10:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def run(*words: str, **environ: str) -> Result:
    """Run `summarizer batch` without a model."""
    return CliRunner().invoke(app, ["batch", *words, "--no-model", "-q"], env=environ)


def briefed(out: str = "out") -> list[dict[str, Any]]:
    """Read the rows that a run made."""
    files = sorted(Path(out).glob("briefings-*.jsonl"))
    return [json.loads(row) for f in files for row in f.read_text("utf-8").splitlines()]
