from datetime import date
from pathlib import Path

from summarizer import Day, Doer, Number, Party, Section, Verbatim, summarize


class Sanction(Section):
    """Sanctions that someone imposes on someone."""

    by: Doer
    target: Party
    measure: Verbatim
    amount: Number | None = None
    since: Day | None = None


article = Path("sanctions.txt")
briefing = summarize(
    article, sections=[Sanction], only=["none"], published=date(2025, 3, 4)
)
for one in Sanction.of(briefing):
    words = [evidence.exact for evidence in one.item.evidence]
    print(one.by, one.target, one.measure, one.amount, one.since, words)
