"""Telemetry: what a run takes reaches a collector, and nothing of what it reads."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from endpoint import Endpoint, completion, error, serving
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from typer.testing import CliRunner, Result

from summarizer.cli import app

TEXT = "Kenya urged Chad on Friday to free the crew of boat {}."
KEY = "sk-invented-24680"
WHOLE = json.dumps(
    {
        "requests": [], "positions": [], "casualties": [], "developments": [],
        "roles": [], "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip


@dataclass
class Collector:
    """A collector: what it was sent, as it came and decoded."""

    url: str
    raw: list[bytes] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    metrics: set[str] = field(default_factory=set)

    def took(self, path: str, body: bytes) -> None:
        self.raw.append(body)
        if path == "/v1/traces":
            traces = ExportTraceServiceRequest.FromString(body)
            for resource in traces.resource_spans:
                for scope in resource.scope_spans:
                    self.spans += scope.spans
            return
        metrics = ExportMetricsServiceRequest.FromString(body)
        for of_resource in metrics.resource_metrics:
            for of_scope in of_resource.scope_metrics:
                self.metrics |= {one.name for one in of_scope.metrics}


@contextmanager
def collecting() -> Iterator[Collector]:
    """Run a collector that speaks OTLP over HTTP."""
    found = Collector("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            found.took(self.path, body)
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = (
        json.dumps({"text": TEXT.format(n), "title": "Secret title"}) for n in range(2)
    )
    Path("in.jsonl").write_text("\n".join(rows), "utf-8")


def _run(endpoint: Endpoint, *words: str, **environ: str) -> Result:
    return CliRunner().invoke(
        app,
        ["batch", "in.jsonl", "-o", "out", "-q", *words],
        env={
            "OPENAI_BASE_URL": endpoint.url, "OPENAI_API_KEY": KEY,
            "SUMMARIZER_MODEL": "m", "SUMMARIZER_STRATEGY": "whole",
            "SUMMARIZER_STRUCTURE": "json_schema", **environ,
        },
    )  # fmt: skip


def _attributes(span: Span) -> dict[str, str | int]:
    return {
        one.key: one.value.string_value or one.value.int_value
        for one in span.attributes
    }


def test_each_article_and_each_request_is_a_span_and_a_request_stands_in_its_article() -> (
    None
):
    with serving(completion(WHOLE)) as endpoint, collecting() as collector:
        _run(endpoint, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)

    articles = {s.span_id: s for s in collector.spans if s.name == "article"}
    calls = [s for s in collector.spans if s.name == "chat m"]
    assert (len(articles), len(calls)) == (2, 2)
    assert {call.parent_span_id for call in calls} == set(articles)
    assert _attributes(calls[0]) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "generic",
        "gen_ai.request.model": "m",
        "server.address": "127.0.0.1",
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
    }
    assert [s.kind for s in calls] == [Span.SPAN_KIND_CLIENT] * 2
    assert {_attributes(s)["summarizer.article.status"] for s in articles.values()} == {"done"}  # fmt: skip
    assert {
        "gen_ai.client.token.usage", "gen_ai.client.operation.duration",
        "summarizer.article.duration",
    } <= collector.metrics  # fmt: skip


def test_a_request_that_fails_says_how_and_not_what() -> None:
    answers = (error(429, retry_after_ms="1"), completion(WHOLE))
    with serving(*answers) as endpoint, collecting() as collector:
        _run(endpoint, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)

    failed = [s for s in collector.spans if "error.type" in _attributes(s)]
    assert [_attributes(s)["error.type"] for s in failed] == ["429"]
    assert "gen_ai.usage.input_tokens" not in _attributes(failed[0])


def test_no_word_of_an_article_no_place_and_no_key_is_sent() -> None:
    with serving(completion(WHOLE)) as endpoint, collecting() as collector:
        _run(endpoint, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)

    sent = b"".join(collector.raw)
    assert b"chat m" in sent
    for secret in (
        b"Kenya",
        b"Secret title",
        b"in.jsonl",
        KEY.encode(),
        b"bottom_line",
    ):
        assert secret not in sent


@pytest.mark.parametrize("words", [("--telemetry",), ()])
def test_a_collector_that_is_not_there_harms_no_run(words: tuple[str, ...]) -> None:
    with serving(completion(WHOLE)) as endpoint:
        result = _run(
            endpoint, *words,
            OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9", OTEL_EXPORTER_OTLP_TIMEOUT="1",
        )  # fmt: skip

    assert (result.exit_code, result.stderr) == (0, "")
    assert "| done | 2 |" in result.stdout


def test_without_telemetry_nothing_of_it_is_imported() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom summarizer.cli import app\n"
        "CliRunner().invoke(app, ['batch', 'in.jsonl', '-o', 'out', '--no-model', '-q'])\n"
        "print([n for n in sys.modules if n.startswith('opentelemetry')])"
    )

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout == "[]\n"
    assert Path("out/report.md").exists()
