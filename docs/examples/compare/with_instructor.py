from datetime import date
from pathlib import Path

import instructor
from instructor import CitationMixin


class Sanction(CitationMixin):
    """Sanctions that someone imposes on someone."""

    by: str
    target: str
    measure: str
    amount: float | None = None
    since: date | None = None


article = Path("sanctions.txt").read_text()
client = instructor.from_provider("openai/gpt-4o", mode=instructor.Mode.JSON_SCHEMA)
question = "List the sanctions in this article, which appeared on 2025-03-04:\n\n"
found = client.create(
    response_model=list[Sanction],
    messages=[{"role": "user", "content": question + article}],
    context={"context": article},
)
for one in found:
    words = one.substring_quotes
    print(one.by, one.target, one.measure, one.amount, one.since, words)
