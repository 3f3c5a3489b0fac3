"""What each reader adds: a run's answers scored with and without forms, and no model.

A figure alone does not tell who earned it. The same kept answers go through the
pipeline again without the forms, and the articles once more without the answers.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.evaluation import run, sections
from summarizer.evaluation.gold import Document
from summarizer.evaluation.journal import Journal
from summarizer.evaluation.report import Part

SECTIONS = ("requests", "positions", "casualties", "actors", "open_questions")


def of(documents: Sequence[Document], kept: Journal) -> tuple[Part, ...]:
    """Score a run by who reads.

    Args:
        documents: Gold documents.
        kept: The run, with the answers of its model.

    Returns:
        A part for each set, section and choice of readers that has something to count.
    """
    without_forms, _ = run.replay(documents, kept, forms=False)
    runs = {
        "both": kept,
        "no model": run.without_model(documents, kept.made.version),
        "no forms": without_forms,
    }
    found: list[Part] = []
    for name in dict.fromkeys(d.set for d in documents):
        own = [d for d in documents if d.set == name]
        counts = {readers: _counts(own, journal) for readers, journal in runs.items()}
        found += _parts(name, counts)
    return tuple(found)


def _counts(documents: Sequence[Document], journal: Journal) -> Counter[str]:
    entries = {e.id: e for e in journal.entries}
    together: Counter[str] = Counter()
    for document in documents:
        entry = entries.get(document.id)
        if entry is not None and entry.briefing is not None:
            together.update(sections.score(document, entry.briefing).counts)
    return together


def _parts(name: str, counts: dict[str, Counter[str]]) -> Iterator[Part]:
    for section in SECTIONS:
        for readers, c in counts.items():
            if c[f"{section}_gold"] or c[f"{section}_shown"]:
                yield Part(
                    set=name,
                    section=section,
                    readers=readers,
                    gold=c[f"{section}_gold"],
                    found=c[f"{section}_found"],
                    shown=c[f"{section}_shown"],
                    wrong=c[f"{section}_shown"] - c[f"{section}_right"],
                )
