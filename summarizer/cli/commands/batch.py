"""`summarizer batch`: an archive, briefed article by article, nothing lost."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli import forms, options
from summarizer.cli.report import reported, say, warn, write

if TYPE_CHECKING:
    from pathlib import Path

    from summarizer.batch.inputs import Given, Inputs
    from summarizer.batch.ledger import Cost, Entry, Ledger
    from summarizer.configuration import Configured
    from summarizer.plan import Plan


@options.grouped
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, patterns, addresses; JSON lines (.jsonl), lists of "
            "addresses (.urls).",
            metavar="INPUT...",
        ),
    ],
    *,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", help="Folder for all that is made.", metavar="OUT"
        ),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="Which field of a row holds what: text=body. Also title, published, "
            "uri, publisher, id.",
            metavar="NAME=FIELD",
        ),
    ] = None,
    endpoint: options.Endpoint,
    wanted: options.Wanted,
    budget: options.Budget,
    limit: Annotated[
        int | None, typer.Option("--limit", help="Articles of this run at most.", min=1)
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", help="As many articles, chosen by chance.", min=1),
    ] = None,
    retry_failed: Annotated[
        bool,
        typer.Option("--retry-failed", help="Do failed and incomplete ones again."),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only say what it would take; ask nothing."),
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private",
            help="Fetch addresses in private networks and on this machine too.",
        ),
    ] = False,
    events: Annotated[
        str | None,
        typer.Option(
            "--events", help="Write a line of JSON for each article.", metavar="FILE"
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Show no progress.")
    ] = False,
) -> None:
    """Brief each article of INPUT into OUT; the same command goes on where it ended.

    OUT holds briefings-NNNNN.jsonl (a row an article), tables of items (requests.csv,
    positions.csv, casualties.csv, developments.csv), failed.jsonl and report.md. What
    became of each article stands in a ledger, and each reply of the endpoint is kept
    before it is used: after a kill at any moment nothing is lost, and only what was under
    way is paid again. Ctrl-C finishes what is under way.

    \b
    Examples:
      summarizer batch archive/ -o out --dry-run
      summarizer batch archive/ -o out --limit 100
      summarizer batch news.jsonl --map text=body -o out --no-model
      summarizer batch news.jsonl -o out --retry-failed
    """
    forms.check_readers(no_model=wanted.no_model, no_forms=wanted.no_forms)
    with reported():
        from pathlib import Path  # noqa: PLC0415  slow; not for --help

        from summarizer.batch.inputs import Inputs, mapping_of  # noqa: PLC0415

        found = endpoint.configured(budget)
        plan = wanted.plan(found)
        given = Inputs(tuple(inputs), mapping_of(mapping or ()), Path(output).resolve())
        given.check()
        chosen = _chosen(given, sample)
        if dry_run:
            write(_told(chosen(), given, found, is_asked=not wanted.no_model), None)
            return
        run = _Run(found, plan, Path(output), no_model=wanted.no_model)
        run.go(
            given,
            chosen,
            limit=limit,
            retry_failed=retry_failed,
            allow_private=allow_private,
            events=events,
            quiet=quiet,
        )


def _chosen(given: "Inputs", sample: int | None) -> "Callable[[], Iterator[Given]]":
    """Take all articles, or so many by chance: those of the smallest hashes.

    The hashes are as good as chance, and the same archive gives the same sample.
    """

    def every() -> "Iterator[Given]":
        return iter(given)

    def some() -> "Iterator[Given]":
        import heapq  # noqa: PLC0415

        return iter(heapq.nsmallest(sample or 1, given, key=lambda one: one.key))

    return every if sample is None else some


_TOKENS_AN_ARTICLE = {"focused": (9_000, 1_200), "whole": (7_000, 2_500)}
"""Tokens read and written for an article of 1,000 words, from briefings that were made."""


def _told(
    articles: "Iterator[Given]", given: "Inputs", found: "Configured", *, is_asked: bool
) -> str:
    """Say what a run would take."""
    from summarizer.client import profiles  # noqa: PLC0415  slow

    count = chars = bad = 0
    for one in articles:
        count += 1
        bad += one.error is not None
        chars += len(one.text or "")
    lines = [f"{count:,} articles", f"{bad:,} of them cannot be read"]
    if given.doubled:
        lines.append(f"{given.doubled:,} given more than once, counted once")
    for place, names in given.guessed.items():
        told = ", ".join(f"{wanted} = {name!r}" for wanted, name in names.items())
        lines.append(f"{place}: {told}")
    if is_asked:
        strategy = profiles.choose(found.settings).strategy
        read, wrote = _TOKENS_AN_ARTICLE[strategy]
        words = chars / 6 / max(1, count) or 600
        share = max(0.3, words / 1_000)
        lines.append(
            f"about {count * read * share:,.0f} tokens read and "
            f"{count * wrote * share:,.0f} written, of articles of {words:,.0f} words"
        )
    else:
        lines.append("no model: nothing is paid")
    return "\n".join(lines) + "\n"


class _Run:
    """One call of the command."""

    def __init__(
        self, found: "Configured", plan: "Plan", folder: "Path", *, no_model: bool
    ) -> None:
        self.found, self.plan, self.folder = found, plan, folder
        self.no_model = no_model
        self.is_stopping = False
        self.counts = {"done": 0, "incomplete": 0, "failed": 0}

    def go(
        self,
        given: "Inputs",
        chosen: "Callable[[], Iterator[Given]]",
        *,
        limit: int | None,
        retry_failed: bool,
        allow_private: bool,
        events: str | None,
        quiet: bool,
    ) -> None:
        """Do the articles that are not done, then write tables and report."""
        import asyncio  # noqa: PLC0415  slow
        from itertools import islice  # noqa: PLC0415

        from summarizer.batch.ledger import Ledger  # noqa: PLC0415
        from summarizer.batch.running import to_do  # noqa: PLC0415
        from summarizer.errors import SummarizerError  # noqa: PLC0415

        trouble: SummarizerError | None = None
        with Ledger(self.folder) as ledger, _lines(events) as tell, self._counted(quiet=quiet) as shown:  # fmt: skip
            ledger.check(self._about())
            left = islice(to_do(chosen(), ledger, retry_failed=retry_failed), limit)

            def told(entry: "Entry", cost: "Cost") -> None:
                self.counts[entry.status] += 1
                shown(self.counts)
                tell(entry, cost)

            with self._interruptible():
                try:
                    asyncio.run(
                        self._asked(ledger, left, told, allow_private=allow_private)
                    )
                except SummarizerError as exc:
                    trouble = exc
            self._close(ledger)
        if given.doubled:
            warn(f"{given.doubled:,} articles were given more than once")
        if trouble is not None:
            raise trouble
        if self.counts["failed"]:
            say(
                f"error: {self.counts['failed']:,} articles failed: failed.jsonl says why"
            )
            raise typer.Exit(3)
        if self.is_stopping:
            say("interrupted: what was under way is finished; the same command goes on")
            raise typer.Exit(130)

    async def _asked(
        self,
        ledger: "Ledger",
        left: "Iterator[Given]",
        told: "Callable[[Entry, Cost], None]",
        *,
        allow_private: bool,
    ) -> None:
        from contextlib import AsyncExitStack  # noqa: PLC0415

        from summarizer.batch.running import Batch  # noqa: PLC0415

        async with AsyncExitStack() as opened:
            client, at_once = None, 2
            if not self.no_model:
                from summarizer.client.connect import async_completer  # noqa: PLC0415
                from summarizer.client.replies import NAME, Replies  # noqa: PLC0415

                replies = opened.enter_context(Replies(self.folder / NAME))
                client = await opened.enter_async_context(
                    async_completer(self.found.settings, replies=replies)
                )
                at_once = max(1, client.parallel)
            run = Batch(
                ledger=ledger,
                plan=self.plan,
                client=client,
                at_once=at_once,
                max_chars=self.found.settings.max_chars,
                allow_private=allow_private,
                told=told,
                stopping=lambda: self.is_stopping,
            )
            await run.run(left)

    def _about(self) -> dict[str, str]:
        """Say what makes one run another than a second one."""
        import hashlib  # noqa: PLC0415

        from schemas.briefing import SCHEMA_VERSION  # noqa: PLC0415
        from summarizer import prompting  # noqa: PLC0415
        from summarizer.client import profiles  # noqa: PLC0415

        profile = profiles.choose(self.found.settings)
        prompt = prompting.fingerprint(profile.strategy, self.plan.sections)
        asked = [sorted(self.plan.only or ("all",)), self.plan.forms]
        asked += [one.model_dump(mode="json") for one in self.plan.sections]
        settings = self.found.settings
        return {
            "model": "none" if self.no_model else settings.model or "embedded",
            "endpoint": "none" if self.no_model or settings.embedded else settings.url,
            "prompt": prompt[:16],
            "sections": hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16],
            "schema": SCHEMA_VERSION,
        }

    def _close(self, ledger: "Ledger") -> None:
        """Write what is made of the rows: tables, failures, report."""
        from summarizer.batch import report, tables  # noqa: PLC0415

        ledger.compact()
        if not sum(ledger.totals()["by_status"].values()):
            warn("no article was found in what was named")
        counts = tables.write(ledger.rows(), self.folder)
        lines = "".join(
            json.dumps(one, ensure_ascii=False) + "\n" for one in ledger.failures()
        )
        write(lines, str(self.folder / "failed.jsonl"))
        text = report.write(ledger, self._about(), counts)
        write(text, str(self.folder / "report.md"))
        write(text, None)

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        """Let the first Ctrl-C, or SIGTERM, finish what is under way."""

        def stop(_signal: int, _frame: object) -> None:
            if self.is_stopping:
                raise KeyboardInterrupt
            self.is_stopping = True
            say("finishing what is under way; once more ends at once")

        old = {s: signal.signal(s, stop) for s in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in old.items():
                signal.signal(number, handler)

    @contextmanager
    def _counted(self, *, quiet: bool) -> Iterator["Callable[[dict[str, int]], None]"]:
        """Show how far the run is, on a terminal."""
        from summarizer.cli import streams  # noqa: PLC0415

        if quiet or not streams.is_terminal():
            yield lambda _counts: None
            return
        import time  # noqa: PLC0415

        from rich.console import Console  # noqa: PLC0415
        from rich.live import Live  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        begun = time.monotonic()
        with Live(
            console=Console(stderr=True), refresh_per_second=4, transient=True
        ) as live:

            def shown(counts: dict[str, int]) -> None:
                minutes = max(1e-6, (time.monotonic() - begun) / 60)
                rate = sum(counts.values()) / minutes
                told = " · ".join(f"{n:,} {name}" for name, n in counts.items() if n)
                live.update(Text(f"{told} · {rate:,.0f} a minute"))

            yield shown


@contextmanager
def _lines(events: str | None) -> Iterator["Callable[[Entry, Cost], None]"]:
    """Write a line of JSON for each article, or nothing."""
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
            file.write(
                json.dumps({**asdict(entry), **asdict(cost)}, ensure_ascii=False) + "\n"
            )
            file.flush()

        yield tell
