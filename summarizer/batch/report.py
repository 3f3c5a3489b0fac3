"""What became of an archive, in a page of Markdown."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from summarizer.batch.ledger import Ledger
from summarizer.batch.tally import Tally
from summarizer.client.purse import dollars

_MOST_CAUSES = 20
_MOST_NAMES = 10
_CENTS = 0.00005
"""US dollars below which a difference is one of rounding."""


def write(
    ledger: Ledger,
    about: Mapping[str, str],
    counts: Mapping[str, int],
    tally: Tally,
    paid_usd: float | None = None,
) -> str:
    """Write the report.

    Args:
        ledger: What became of each article.
        about: What the run is about: model, endpoint, sections.
        counts: Items of each table.
        tally: What was counted over all rows.
        paid_usd: US dollars that were paid in all, for what is under way too; None
            when no price is known.
    """
    totals = ledger.totals()
    found: dict[str, int] = totals["by_status"]
    lines = [
        "# Batch",
        "",
        *(f"- {name}: {value}" for name, value in about.items()),
        "",
        "| articles | |",
        "|---|---|",
        *(
            f"| {name} | {found.get(name, 0):,} |"
            for name in ("done", "incomplete", "failed")
        ),
        "",
        *_spent(totals, paid_usd),
        "",
        "| items | |",
        "|---|---|",
        *(f"| {name} | {count:,} |" for name, count in counts.items()),
        "",
        *_proved(tally),
        *_frequent("party", tally.parties, "articles that name it"),
        *_frequent("casualties", tally.kinds, "counts"),
        *_causes(totals["causes"]),
        *_next(found),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _proved(tally: Tally) -> list[str]:
    """Say how sure the items are."""
    if not tally.items and not tally.withheld:
        return []
    words = (
        f"Of {tally.items:,} items, open questions among them, {tally.unconfirmed:,} are unconfirmed; "
        f"{tally.withheld:,} drafts were withheld."
    )
    return [words, ""]


def _frequent(title: str, counts: Counter[str], what: str) -> list[str]:
    """List the most frequent names."""
    if not counts:
        return []
    found = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    lines = [f"| {title} | {what} |", "|---|---|"]
    lines += [f"| {_cell(name)} | {n:,} |" for name, n in found[:_MOST_NAMES]]
    if len(found) > _MOST_NAMES:
        lines.append(f"| {len(found) - _MOST_NAMES:,} others | |")
    return [*lines, ""]


def _next(found: Mapping[str, int]) -> list[str]:
    """Say how to go on."""
    lines = ["", "The same command does what is new in the input."]
    if again := found.get("failed", 0) + found.get("incomplete", 0):
        lines.append(f"With `--retry-failed` it does the {again:,} failed and incomplete ones again.")  # fmt: skip
    lines.append("`index.html` lists the articles; `summarizer render FILE.jsonl:N` shows one.")  # fmt: skip
    return lines


def _spent(totals: Mapping[str, Any], paid_usd: float | None) -> list[str]:
    calls, read, written, kept, seconds, usd = totals["sums"]
    paid = f"{calls:,.0f} requests were paid, {kept:,.0f} answered from kept replies"
    used = f"{read:,.0f} tokens read, {written:,.0f} written, {seconds:,.0f} s of work"
    lines = [f"{paid}: {used}."]
    if paid_usd is not None:
        lines += ["", _money(usd, paid_usd, sum(totals["by_status"].values()))]
    return lines


def _money(usd: float, paid_usd: float, articles: int) -> str:
    """Say what was paid, and what of it for articles that are not done yet."""
    each = f", {dollars(usd / articles)} an article" if articles and usd else ""
    beside = paid_usd - usd
    more = (
        f"; of it {dollars(beside)} for articles under way" if beside >= _CENTS else ""
    )
    return f"{dollars(paid_usd)} were paid{each}{more}."


def _causes(causes: list[tuple[str, int, str]]) -> list[str]:
    if not causes:
        return []
    lines = ["| cause of what is missing | articles | for example |", "|---|---|---|"]
    lines += [
        f"| {_cell(cause)} | {count:,} | {_cell(place)} |"
        for cause, count, place in causes[:_MOST_CAUSES]
    ]
    if len(causes) > _MOST_CAUSES:
        lines.append(f"| {len(causes) - _MOST_CAUSES:,} other causes | | |")
    return lines


def _cell(words: str) -> str:
    """Put words into a cell: no line end and no mark that would end it."""
    plain = "".join(c if c.isprintable() else " " for c in words)
    return plain.replace("\\", "\\\\").replace("|", "\\|")[:300]
