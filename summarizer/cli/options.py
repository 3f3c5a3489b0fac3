"""Options in groups: what several commands share, each group one value.

A command that is `grouped` takes groups as parameters; on the command line each field of
a group is an option.
"""

import functools
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

import typer

from summarizer.cli.forms import (
    AnyFormat,
    Choice,
    Format,
    Quotes,
    SupportedOnly,
    Top,
    chosen,
    rendered,
)

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from schemas.briefing import Briefing
    from summarizer.client.replies import Replies
    from summarizer.configuration import Configured
    from summarizer.plan import Plan
    from summarizer.sources import Metadata

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def grouped(command: CommandT) -> CommandT:
    """Give a command an option for each field of each parameter that is a group."""
    hints = get_type_hints(command, include_extras=True)
    parameters: list[inspect.Parameter] = []
    groups: dict[str, tuple[type, tuple[str, ...]]] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        kind = hints[name]
        if not (isinstance(kind, type) and is_dataclass(kind)):
            parameters.append(parameter.replace(annotation=kind))
            continue
        inner = get_type_hints(kind, include_extras=True)
        groups[name] = kind, tuple(inner)
        parameters += [
            inspect.Parameter(
                one.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=one.default,
                annotation=inner[one.name],
            )
            for one in fields(kind)
        ]

    @functools.wraps(command)
    def call(**given: object) -> object:
        for name, (kind, names) in groups.items():
            given[name] = kind(**{one: given.pop(one) for one in names})
        return command(**given)

    call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # typer reads it
        [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
    )
    call.__annotations__ = {p.name: p.annotation for p in parameters}
    return call  # type: ignore[return-value]  # the same for its callers


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Which model, and how it is asked."""

    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url", help="Root of an OpenAI-compatible API.", metavar="URL"
        ),
    ] = None
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            help="Model at that API, or a file of weights that ends in .gguf.",
            metavar="NAME",
        ),
    ] = None
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            help="What the endpoint is, when its address does not tell: openai, azure, "
            "anthropic, gemini, mistral, groq, deepseek, openrouter, vllm, ollama, "
            "lmstudio, llamacpp, litellm, generic.",
            metavar="NAME",
        ),
    ] = None
    strategy: Annotated[
        str | None,
        typer.Option(
            "--strategy",
            help="focused asks sentence by sentence, for small models; whole asks once.",
            metavar="NAME",
        ),
    ] = None
    reasoning_effort: Annotated[
        str | None,
        typer.Option(
            "--reasoning-effort",
            help="How long a reasoning model may think: none, minimal, low, medium, high.",
            metavar="NAME",
        ),
    ] = None
    context_tokens: Annotated[
        int | None,
        typer.Option("--context-tokens", help="Window of the model, in tokens.", min=1),
    ] = None
    requests_per_minute: Annotated[
        int | None,
        typer.Option(
            "--requests-per-minute", help="Requests that it may be sent.", min=1
        ),
    ] = None
    tokens_per_minute: Annotated[
        int | None,
        typer.Option(
            "--tokens-per-minute", help="Tokens that it may read and write.", min=1
        ),
    ] = None
    price_in: Annotated[
        float | None,
        typer.Option(
            "--price-in",
            help="US dollars for a million tokens that the model reads; without it what "
            "is listed of the model.",
            metavar="USD",
            min=0,
        ),
    ] = None
    price_out: Annotated[
        float | None,
        typer.Option(
            "--price-out",
            help="The same for tokens that it writes.",
            metavar="USD",
            min=0,
        ),
    ] = None
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", help="Seconds for one request.", metavar="SECONDS"),
    ] = None

    def configured(self, budget: "Budget | None" = None) -> "Configured":
        """Put the options before the environment and the configuration files.

        Raises:
            SettingsError: A value cannot be used.
        """
        from pathlib import Path  # noqa: PLC0415  slow; not for --help

        from summarizer.configuration import configured  # noqa: PLC0415

        limits = budget or Budget()
        options: dict[str, tuple[str, object]] = {
            "base_url": ("--base-url", self.base_url),
            "model": ("--model", self.model),
            "profile": ("--profile", self.profile),
            "strategy": ("--strategy", self.strategy),
            "reasoning_effort": ("--reasoning-effort", self.reasoning_effort),
            "context_tokens": ("--context-tokens", self.context_tokens),
            "requests_per_minute": ("--requests-per-minute", self.requests_per_minute),
            "tokens_per_minute": ("--tokens-per-minute", self.tokens_per_minute),
            "price_in": ("--price-in", self.price_in),
            "price_out": ("--price-out", self.price_out),
            "timeout_s": ("--timeout", self.timeout),
            "budget_tokens": ("--budget-tokens", limits.budget_tokens),
            "budget_calls": ("--budget-calls", limits.budget_calls),
            "budget_usd": ("--budget-usd", limits.budget_usd),
        }
        return configured(options, os.environ, Path.cwd())


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much one briefing may cost, and all of them in money."""

    budget_tokens: Annotated[
        int | None,
        typer.Option(
            "--budget-tokens",
            "--budget",
            help="Tokens to spend at most; the rest is not read.",
            min=1,
        ),
    ] = None
    budget_calls: Annotated[
        int | None,
        typer.Option(
            "--budget-calls", help="Requests to the model at most; likewise.", min=1
        ),
    ] = None
    budget_usd: Annotated[
        float | None,
        typer.Option(
            "--budget-usd",
            help="US dollars to pay at most, for all that goes to one place; the run ends "
            "before more is paid.",
            metavar="USD",
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How replies that were paid before are used."""

    cache: Annotated[
        bool,
        typer.Option(
            "--cache/--no-cache",
            help="Keep the model’s replies in the user’s cache folder, and use them again.",
        ),
    ] = True
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask anew, and keep the new replies.")
    ] = False
    max_age: Annotated[
        float | None,
        typer.Option(
            "--max-age",
            help="Hours after which a reply is asked for anew.",
            metavar="HOURS",
            min=0,
        ),
    ] = None

    def opened(self) -> "AbstractContextManager[Replies | None]":
        """Open the file of replies, or nothing, which is said."""
        from contextlib import nullcontext  # noqa: PLC0415

        from summarizer.cli.report import warn  # noqa: PLC0415
        from summarizer.client import replies  # noqa: PLC0415  slow; not for --help
        from summarizer.errors import SettingsError  # noqa: PLC0415

        age = None if self.max_age is None else self.max_age * 3600
        use = replies.Use(
            refresh=self.refresh,
            max_age_s=age,
            dropped_after_s=replies.DROPPED_AFTER_S,
        )
        if not self.cache:
            return nullcontext()
        try:
            return replies.Replies(replies.default_file(), use)
        except SettingsError as exc:
            warn(f"{exc}; nothing is kept")  # a cache is a convenience
            return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the caller knows of the article."""

    title: Annotated[str | None, typer.Option(help="Headline of the article.")] = None
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None
    url: Annotated[str | None, typer.Option(help="Where it stands on the web.")] = None
    published: Annotated[
        str | None,
        typer.Option(
            help="Day of publication; dates like “Friday” need it. Of several articles, those that state none take it.",
            metavar="YYYY-MM-DD",
        ),
    ] = None

    def own(self) -> dict[str, str | None]:
        """List the options that are about one article only."""
        return {
            "--title": self.title,
            "--publisher": self.publisher,
            "--url": self.url,
        }

    def metadata(self) -> "Metadata":
        """Gather what is known of the only article; the day apart."""
        from summarizer.sources import Metadata  # noqa: PLC0415  slow; not for --help

        return Metadata(uri=self.url, publisher=self.publisher, title=self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for, and by whom."""

    sections: Annotated[
        str | None,
        typer.Option(
            "--sections",
            help="Look for sections of your own too; the file says which (docs/sections.md).",
            metavar="FILE",
        ),
    ] = None
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            help="The built-in sections to look for, with commas: requests,casualties; "
            "none for your own alone.",
            metavar="NAMES",
        ),
    ] = None
    no_model: Annotated[
        bool,
        typer.Option(
            "--no-model",
            help="Ask no model: what the form of sentences shows, in a fraction of a second.",
        ),
    ] = False
    no_forms: Annotated[
        bool,
        typer.Option(
            "--no-forms",
            help="The model alone: what the form of sentences shows only judges.",
        ),
    ] = False

    def plan(self, found: "Configured") -> "Plan":
        """Read what a briefing is asked for.

        Raises:
            SettingsError: The file of sections, or a name, cannot be used.
        """
        from summarizer.plan import Plan, chosen  # noqa: PLC0415  slow; not for --help
        from summarizer.sections import from_file  # noqa: PLC0415

        return Plan(
            forms=not self.no_forms,
            only=chosen(self.only.split(",") if self.only else None),
            sections=from_file(self.sections) if self.sections else (),
            budget_tokens=found.budget_tokens,
            budget_calls=found.budget_calls,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """How a briefing is printed, and where."""

    form: AnyFormat = None
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            help="Write to this file; with --each, to files in this folder.",
            metavar="FILE",
        ),
    ] = None
    quotes: Quotes = True
    supported_only: SupportedOnly = False
    top: Top = None

    @property
    def format(self) -> Format:
        """The form that was asked for, or that the file's name tells."""
        return chosen(self.form, self.output)

    def rendered(self, briefing: "Briefing", target: str | None) -> str:
        """Write a briefing in the form that was asked for."""
        choice = Choice(supported_only=self.supported_only, top=self.top)
        return rendered(
            briefing, self.format, quotes=self.quotes, output=target, choice=choice
        )
