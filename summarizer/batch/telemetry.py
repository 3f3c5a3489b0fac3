"""What a run takes, told to an OpenTelemetry collector: never what it reads or writes.

Spans for articles and requests to a model, and metrics, named as the semantic conventions
for generative AI have them. No article, address, question, answer or key is among them. A
collector that is not there costs the run nothing but the last seconds of waiting.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self

from summarizer.errors import SettingsError
from summarizer.ports import Call

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.trace import TracerProvider

OPERATION: Final = "gen_ai.operation.name"
PROVIDER: Final = "gen_ai.provider.name"
MODEL: Final = "gen_ai.request.model"
READ_TOKENS: Final = "gen_ai.usage.input_tokens"
CACHED_TOKENS: Final = "gen_ai.usage.cache_read.input_tokens"
WRITTEN_TOKENS: Final = "gen_ai.usage.output_tokens"
TOKEN_TYPE: Final = "gen_ai.token.type"
HOST: Final = "server.address"
ERROR: Final = "error.type"
TOKENS: Final = "gen_ai.client.token.usage"
SECONDS: Final = "gen_ai.client.operation.duration"
STATUS: Final = "summarizer.article.status"
KEPT_REPLIES: Final = "summarizer.article.kept_replies"
ARTICLE_SECONDS: Final = "summarizer.article.duration"

_PROVIDERS: Final[Mapping[str, str]] = {
    "azure": "azure.ai.openai", "gemini": "gcp.gemini", "mistral": "mistral_ai",
}  # fmt: skip
"""Kinds of endpoints that the conventions name in another way than we do."""

_TOKEN_BOUNDS: Final = [4.0**n for n in range(14)]
_SECOND_BOUNDS: Final = [0.01 * 2**n for n in range(14)]
"""Borders of the histograms, as the conventions advise."""

_LAST_S: Final = 5.0
"""Seconds for what is not sent yet, when a run has ended."""


class Telemetry:
    """Tells a collector, as the variables `OTEL_…` say; an `Observer`."""

    def __init__(self) -> None:
        """Open what sends; nothing is sent yet, and nobody has to answer.

        Raises:
            SettingsError: The extra is not installed.
        """
        self._traces, self._metrics = _providers()
        from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415  an extra

        self._client, self._failed = SpanKind.CLIENT, StatusCode.ERROR
        self._tracer = self._traces.get_tracer("summarizer")
        meter = self._metrics.get_meter("summarizer")
        self._tokens = meter.create_histogram(
            TOKENS, "{token}", "Tokens of a request, read or written",
            explicit_bucket_boundaries_advisory=_TOKEN_BOUNDS,
        )  # fmt: skip
        self._seconds, self._article_seconds = (
            meter.create_histogram(
                name, "s", words, explicit_bucket_boundaries_advisory=_SECOND_BOUNDS
            )
            for name, words in (
                (SECONDS, "Time of a request"),
                (ARTICLE_SECONDS, "Time of an article"),
            )
        )

    def called(self, call: Call) -> None:
        """Take note of a request, within the article that is open."""
        shared = {
            OPERATION: "chat",
            PROVIDER: _PROVIDERS.get(call.profile, call.profile),
            MODEL: call.model,
            HOST: call.host,
        }
        if call.error:
            shared[ERROR] = call.error
        used = call.usage
        tokens = {
            READ_TOKENS: used.prompt_tokens,
            WRITTEN_TOKENS: used.completion_tokens,
        }
        counted: dict[str, int] = {} if call.error else tokens
        if used.cached_tokens:
            counted = {**counted, CACHED_TOKENS: used.cached_tokens}
        span = self._tracer.start_span(
            f"chat {call.model}",
            kind=self._client,
            attributes={**shared, **counted},
            start_time=round(call.started * 1e9),
        )
        if call.error:
            span.set_status(self._failed)
        span.end(round(call.ended * 1e9))
        self._seconds.record(call.ended - call.started, shared)
        if not call.error:
            self._tokens.record(used.prompt_tokens, {**shared, TOKEN_TYPE: "input"})
            self._tokens.record(
                used.completion_tokens, {**shared, TOKEN_TYPE: "output"}
            )

    @contextmanager
    def article(self) -> Iterator[Callable[[str, int], None]]:
        """Open an article; requests until it is closed are its own."""
        begun = time.monotonic()
        with self._tracer.start_as_current_span(
            "article", record_exception=False, set_status_on_exception=False
        ) as span:

            def ended(status: str, kept_replies: int) -> None:
                span.set_attributes({STATUS: status, KEPT_REPLIES: kept_replies})
                if status == "failed":
                    span.set_status(self._failed)
                self._article_seconds.record(time.monotonic() - begun, {STATUS: status})

            yield ended

    def close(self) -> None:
        """Send what is left, for some seconds at most; what is then left is lost."""

        def send() -> None:
            self._traces.shutdown()
            self._metrics.shutdown()

        last = threading.Thread(target=send, daemon=True)
        last.start()
        last.join(_LAST_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _providers() -> "tuple[TracerProvider, MeterProvider]":
    """Open what keeps spans and metrics, and sends them in threads of its own."""
    try:
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import (  # noqa: PLC0415  slow, and an extra
            OTLPMetricExporter,
        )
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415
        from opentelemetry.sdk.metrics.export import (  # noqa: PLC0415
            PeriodicExportingMetricReader,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as exc:
        msg = (
            "telemetry needs more packages: pip install 'grounded-briefing[telemetry]'"
        )
        raise SettingsError(msg) from exc
    # It would write each failure to the terminal, address and all.
    log = logging.getLogger("opentelemetry")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    about = Resource.create({"service.name": "grounded-briefing"})
    traces = TracerProvider(resource=about, shutdown_on_exit=False)
    traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    reader = PeriodicExportingMetricReader(OTLPMetricExporter())
    return traces, MeterProvider([reader], resource=about, shutdown_on_exit=False)
