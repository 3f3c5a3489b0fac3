"""What a run over an archive would take, before anything is asked."""

from collections.abc import Iterable
from typing import Final

from summarizer.batch.inputs import Given, Inputs, chosen
from summarizer.batch.job import Job
from summarizer.client import profiles

_TOKENS_AN_ARTICLE: Final = {"focused": (9_000, 1_200), "whole": (7_000, 2_500)}
"""Tokens read and written for an article of 1,000 words, from briefings that were made."""


def told(given: Inputs, sample: int | None, job: Job) -> str:
    """Say how many articles there are, and what a run would read and write.

    Args:
        given: What was named.
        sample: As many articles by chance; None for all.
        job: How they would be done.

    Returns:
        A line for each thing that is known.
    """
    count, chars, bad = _counted(chosen(given, sample))
    lines = [f"{count:,} articles", f"{bad:,} of them cannot be read"]
    if given.doubled:
        lines.append(f"{given.doubled:,} given more than once, counted once")
    for place, names in given.guessed.items():
        fields = ", ".join(f"{wanted} = {name!r}" for wanted, name in names.items())
        lines.append(f"{place}: {fields}")
    lines.append(_tokens(count, chars, job))
    return "\n".join(lines) + "\n"


def _counted(articles: Iterable[Given]) -> tuple[int, int, int]:
    count = chars = bad = 0
    for one in articles:
        count += 1
        bad += one.error is not None
        chars += len(one.text or "")
    return count, chars, bad


def _tokens(count: int, chars: int, job: Job) -> str:
    if not job.is_asked:
        return "no model: nothing is paid"
    read, wrote = _TOKENS_AN_ARTICLE[profiles.choose(job.settings).strategy]
    words = chars / 6 / max(1, count) or 600
    share = max(0.3, words / 1_000)
    return (
        f"about {count * read * share:,.0f} tokens read and "
        f"{count * wrote * share:,.0f} written, of articles of {words:,.0f} words"
    )
