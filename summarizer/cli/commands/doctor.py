"""`summarizer doctor`: what is set, what answers, and what to do about it."""

import platform
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import options
from summarizer.cli.report import reported, write

if TYPE_CHECKING:
    from schemas.draft import SpeakerAnswer
    from summarizer.client.asking.completer import OpenAICompleter
    from summarizer.configuration import Configured
    from summarizer.errors import SummarizerError
    from summarizer.ports import Ask
    from summarizer.settings import Settings

_ARTICLE_WORDS = 1_000
"""Words of the article whose cost is told."""

_TOKENS_A_WORD = 1.4
_ROOM = 1_024
"""Tokens for a model that thinks before it answers."""

_MODEL = "summarizer model pull"


@options.grouped
def doctor(
    *,
    endpoint: options.Endpoint,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask the endpoint nothing.")
    ] = False,
) -> None:
    """Say in ten lines what is set, what answers, and what to do.

    The endpoint is asked one tiny question, and three at most about the structure that it
    can be held to; that is remembered. The exit code is that of the first trouble.

    \b
    Examples:
      summarizer doctor
      summarizer doctor --base-url http://127.0.0.1:11434/v1 --model qwen3:8b
      summarizer doctor --offline
    """
    with reported():
        found = endpoint.configured()
        visit = _Visit(found, offline=offline)
        told = [f"{name:<12}{words}" for name, words in visit.lines()]
        shown = ("".join(c if c.isprintable() else "?" for c in one) for one in told)
        write("\n".join(shown) + "\n", None)
        if visit.trouble is not None:
            raise typer.Exit(visit.trouble.exit_code)


class _Visit:
    """One look at the settings and the endpoint."""

    def __init__(self, found: "Configured", *, offline: bool) -> None:
        self.found = found
        self.settings: Settings = found.settings
        self.offline = offline
        self.trouble: SummarizerError | None = None
        self.advice: list[str] = []

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield each line: its name and its words."""
        from summarizer import __version__  # noqa: PLC0415
        from summarizer.client import profiles  # noqa: PLC0415  slow

        profile = profiles.choose(self.settings)
        told = "set" if self.settings.profile != "auto" else "told by the address"
        yield "version", f"{__version__}, Python {platform.python_version()}"
        yield "model", self._model()
        yield "set by", self._origins()
        yield "key", "set" if self.settings.api_key else "none"
        yield (
            "profile",
            f"{profile.name} ({told}), {profile.strategy}, window {profile.context_tokens:,} tokens",
        )
        yield "weights", self._weights()
        answers, structure = self._asked()
        yield "answers", answers
        yield "structure", structure or f"{profile.structure} (not tried)"
        yield "a briefing", self._cost(profile)
        yield "to do", "; ".join(self.advice) or "nothing"

    def _model(self) -> str:
        if self.settings.embedded:
            return f"{self.settings.model or 'the embedded one'}, on this machine"
        from urllib.parse import urlsplit  # noqa: PLC0415

        return f"{self.settings.model} at {urlsplit(self.settings.url).hostname}"

    def _origins(self) -> str:
        told = [
            f"{name} by {origin}"
            for name, origin in self.found.origins.items()
            if origin != "default"
        ]
        return "; ".join(told) or "nothing: all as it comes"

    def _weights(self) -> str:
        from summarizer.client.serving import weights  # noqa: PLC0415  slow
        from summarizer.errors import WeightsError  # noqa: PLC0415

        if not self.settings.embedded:
            return "not needed"
        try:
            if self.settings.model and self.settings.model.endswith(".gguf"):
                return f"here: {weights.custom(self.settings.model)}"
            return f"here and whole: {weights.present()}"
        except WeightsError as exc:
            self.trouble = exc
            self.advice.append(f"run {_MODEL}")
            return str(exc)

    def _asked(self) -> tuple[str, str]:
        """Ask whether the endpoint answers, and what structure it can be held to."""
        if self.offline:
            return "not asked (--offline)", ""
        if self.trouble is not None:
            return "no: there is no model to ask", ""
        from summarizer.client.connect import completer  # noqa: PLC0415  slow
        from summarizer.errors import SummarizerError  # noqa: PLC0415

        now = replace(self.settings, max_tries=1)  # how it is, not how it will be
        try:
            with completer(now) as client:
                return self._greeted(client), self._structure(client)
        except SummarizerError as exc:
            self.trouble = exc
            self.advice.append(_advice(exc))
            return f"no: {exc}", ""

    def _greeted(self, client: "OpenAICompleter") -> str:
        """Ask something; an answer that does not fit is an answer all the same."""
        from summarizer.errors import ModelOutputError  # noqa: PLC0415

        begun = time.monotonic()
        but = ""
        try:
            client.complete(_greeting())
        except ModelOutputError as exc:
            self.trouble = exc
            self.advice.append("take another model: this one cannot answer in JSON")
            but = f", but {exc}"
        return f"yes, in {time.monotonic() - begun:.1f} s{but}"

    def _structure(self, client: "OpenAICompleter") -> str:
        """Tell how answers are asked for, and how that is known."""
        if client.profile.is_sure:
            is_set = self.settings.structure != "auto"
            return f"{client.structure} ({'as set' if is_set else 'by the profile'})"
        how = client.try_out()
        if how == "prompt" and not self.advice:
            self.advice.append(
                "take a model that can be held to a schema, if there is one"
            )
        return f"{how} (tried)" if how else ""

    def _cost(self, profile: object) -> str:
        from summarizer.client import tokens  # noqa: PLC0415  slow
        from summarizer.prompting import second, whole  # noqa: PLC0415

        article = int(_ARTICLE_WORDS * _TOKENS_A_WORD)
        if getattr(profile, "strategy", "whole") == "focused":
            return "about 40 short questions for 1,000 words; one to two minutes on two cores"
        fixed = tokens.estimate(whole.INSTRUCTIONS + whole.EXAMPLE + whole.ANSWER_TEXT)
        again = sum(tokens.estimate(m.content) for m in second.PREFIX)
        read = round(fixed + again + 2 * article, -2)
        return f"about {read:,} tokens read and 2,500 written for 1,000 words, in two calls"


def _advice(exc: "SummarizerError") -> str:
    from summarizer.errors import AccessError, WeightsError  # noqa: PLC0415

    if isinstance(exc, AccessError):
        return "check the key (OPENAI_API_KEY) and the name of the model (--model)"
    if isinstance(exc, WeightsError):
        return f"run {_MODEL}"
    if getattr(exc, "status", None):
        return "wait and try again: it answers, with a fault of its own"
    return "check the address (--base-url) and whether the server runs"


def _greeting() -> "Ask[SpeakerAnswer]":
    from schemas.draft import SpeakerAnswer  # noqa: PLC0415  slow
    from summarizer.ports import Ask, Message  # noqa: PLC0415

    words = 'Sentence: “It is late,” Ana said.\nWho speaks? Answer as JSON: {"who": …}'
    return Ask(
        messages=(Message("user", words),),
        answer=SpeakerAnswer,
        max_tokens=_ROOM,
        section=None,
        source="s1",
        spans=(),
    )
