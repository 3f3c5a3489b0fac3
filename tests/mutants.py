"""Falsify items of real briefings, and vary them harmlessly; count what is caught.

`python tests/mutants.py` (or `make mutants`) prints the table; `test_mutants.py` holds
it to its floors. The briefings come from the recorded answers; the quotes of the seed's
gold are falsified too.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from recorded import cassettes

from schemas.briefing import Briefing, Casualties, Item, Party, Position, Request
from schemas.evidence import Evidence
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.client.serving import weights
from summarizer.pipeline import brief
from summarizer.settings import Settings
from summarizer.sources import make_article, read_article
from summarizer.verification import Quote, verify, verify_quotes

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_ca614cad78d9ae83.txt"
ARTICLES = sorted((ROOT / "tests" / "articles").glob("*.txt"))
GOLD = ROOT / "seeds" / "gold" / "seed.json"
OTHER = (
    "Invented for testing. The dam at Port Selim held on Monday. “We will rebuild,” said "
    "Ines Mota, the mayor. Nine people were injured."
)
SECTIONS = ("requests", "positions", "casualties", "actors", "open_questions")


@dataclass(frozen=True)
class Mutant:
    """One changed briefing, and the item that was changed."""

    kind: str
    item: str
    briefing: Briefing


def briefings() -> list[Briefing]:
    """Brief the seed and the invented articles on their recorded answers."""
    settings = Settings(
        base_url=f"{cassettes.HOST}/v1",
        api_key="replayed",
        model=weights.DEFAULT.name,
        profile="embedded",
    )
    found: list[Briefing] = []
    for path in (SEED, *ARTICLES):
        client = OpenAICompleter(settings)
        with cassettes.recorder(recording=False).use_cassette(f"{path.stem}.json"):
            made = brief([read_article(str(path))], client, clock=lambda: 0.0)
        client.close()
        found.append(made)
    return found


def _replaced(briefing: Briefing, section: str, old: Item, new: Item) -> Briefing:
    items = tuple(new if i is old else i for i in getattr(briefing, section))
    return briefing.model_copy(update={section: items})


def _items(briefing: Briefing) -> Iterator[tuple[str, Item]]:
    for section in SECTIONS:
        for item in getattr(briefing, section):
            yield section, item


# -- changes of words -----------------------------------------------------------

Change = Callable[[str], Iterator[str]]


def _numbers(words: str) -> Iterator[str]:
    for m in re.finditer(r"\d[\d,]*", words):
        digits = m.group()
        for new in (
            digits[::-1] if len(set(digits)) > 1 else f"{digits}1",
            f"{digits}0",
        ):
            if new != digits:
                yield words[: m.start()] + new + words[m.end() :]
    for old, new in (
        ("nine", "five"),
        ("several", "nine"),
        ("Two", "Six"),
        ("Three", "Ten"),
    ):
        if re.search(rf"\b{old}\b", words):
            yield re.sub(rf"\b{old}\b", new, words, count=1)


def _negation_dropped(words: str) -> Iterator[str]:
    for m in re.finditer(r"\b(?:not|no|denied that|never) ", words):
        yield words[: m.start()] + words[m.end() :]


def _negation_added(words: str) -> Iterator[str]:
    pattern = r"\b(?:is|was|were|has|have|will|would|could|had|should|are)\b(?! not)"
    for m in re.finditer(pattern, words):
        yield words[: m.end()] + " not" + words[m.end() :]


def _modal(words: str) -> Iterator[str]:
    swaps = {
        "will": "may",
        "would": "will",
        "could": "will",
        "may": "will",
        "has": "may have",
    }
    for m in re.finditer(r"\b(?:will|would|could|may|has)\b", words):
        yield words[: m.start()] + swaps[m.group()] + words[m.end() :]


def _date(words: str) -> Iterator[str]:
    swaps = {
        "Wednesday": "Tuesday", "Monday": "Sunday", "Friday": "Thursday", "June": "May",
        "July": "June", "December": "November", "April": "March", "March": "April",
        "last week": "last month", "next month": "next week",
    }  # fmt: skip
    for old, new in swaps.items():
        if re.search(rf"\b{old}\b", words):
            yield re.sub(rf"\b{old}\b", new, words, count=1)


def _name(words: str) -> Iterator[str]:
    swaps = {
        "Syria": "Iraq", "Turkey": "Greece", "Israel": "Iran", "Erdogan": "Putin",
        "Barrack": "Barnes", "Celik": "Demir", "Turkish": "Greek", "Kasra": "Tarsis",
        "Rafe": "Orr", "Kenya": "Uganda", "Rao": "Sen", "Somalia": "Sudan",
        "Colombia": "Bolivia", "Belmora": "Selmora", "United Nations": "Arab League",
        "Reuters": "Bloomberg",
    }  # fmt: skip
    for old, new in swaps.items():
        if re.search(rf"\b{old}\b", words):
            yield re.sub(rf"\b{old}\b", new, words, count=1)


WORD_CHANGES: dict[str, Change] = {
    "number changed": _numbers,
    "negation dropped": _negation_dropped,
    "negation added": _negation_added,
    "modal changed": _modal,
    "date moved": _date,
    "name replaced": _name,
}
_FIELDS = (
    "what",
    "gist",
    "quote",
    "count_text",
    "who_text",
    "when_text",
    "role",
    "name",
)


def _word_mutants(briefing: Briefing) -> Iterator[Mutant]:
    for section, item in _items(briefing):
        for kind, change in WORD_CHANGES.items():
            for exact in change(item.evidence[0].exact):
                changed = _with_exact(item, exact)
                yield Mutant(kind, item.id, _replaced(briefing, section, item, changed))
            for name in _FIELDS:
                words = getattr(item, name, None)
                if not isinstance(words, str):
                    continue
                for new in change(words):
                    changed = item.model_copy(update={name: new})
                    yield Mutant(
                        kind, item.id, _replaced(briefing, section, item, changed)
                    )


def _with_exact(item: Item, exact: str) -> Item:
    first = item.evidence[0].model_copy(update={"exact": exact})
    return item.model_copy(update={"evidence": (first, *item.evidence[1:])})


# -- changes of facts -----------------------------------------------------------


def _fact_mutants(briefing: Briefing) -> Iterator[Mutant]:
    parties = [Party(id=a.id, name=a.name) for a in briefing.actors]
    for section, item in _items(briefing):
        if isinstance(item, Position):
            for party in parties:
                if party.id not in {
                    item.holder.id,
                    item.voiced_by and item.voiced_by.id,
                }:
                    changed: Item = item.model_copy(update={"holder": party})
                    yield Mutant(
                        "speaker swapped",
                        item.id,
                        _replaced(briefing, section, item, changed),
                    )
        if isinstance(item, Casualties) and item.source is not None:
            for party in parties:
                if party.id != item.source.id:
                    changed = item.model_copy(update={"source": party})
                    yield Mutant(
                        "speaker swapped",
                        item.id,
                        _replaced(briefing, section, item, changed),
                    )
        if isinstance(item, Request) and item.to is not None:
            changed = item.model_copy(update={"by": item.to, "to": item.by})
            yield Mutant(
                "requester and addressee swapped",
                item.id,
                _replaced(briefing, section, item, changed),
            )
        if isinstance(item, Casualties) and item.value:
            for new in (item.value + 1, item.value * 10):
                changed = item.model_copy(update={"value": new, "low": new})
                yield Mutant(
                    "number changed",
                    item.id,
                    _replaced(briefing, section, item, changed),
                )
        if item.when is not None and item.when.value is not None:
            moved = item.when.model_copy(update={"value": "2031-01-01"})
            changed = item.model_copy(update={"when": moved})
            yield Mutant(
                "date moved", item.id, _replaced(briefing, section, item, changed)
            )


def _stitched(briefing: Briefing) -> Iterator[Mutant]:
    pool = [
        i for s in ("requests", "positions", "casualties") for i in getattr(briefing, s)
    ]
    for section, item in _items(briefing):
        for other in pool:
            one, two = item.evidence[0].exact, other.evidence[0].exact
            if one == two or section not in {"requests", "positions", "casualties"}:
                continue
            head, tail = one.split(), two.split()
            exact = " ".join([*head[: len(head) // 2], *tail[len(tail) // 2 :]])
            if exact in briefing.sources[0].text:
                continue
            yield Mutant(
                "two sentences stitched",
                item.id,
                _replaced(briefing, section, item, _with_exact(item, exact)),
            )


def _moved(briefing: Briefing) -> Iterator[Mutant]:
    other = make_article(OTHER, source_id="s2").as_source()
    both = briefing.model_copy(update={"sources": (*briefing.sources, other)})
    for section, item in _items(both):
        first: Evidence = item.evidence[0].model_copy(update={"source": "s2"})
        changed = item.model_copy(update={"evidence": (first, *item.evidence[1:])})
        yield Mutant(
            "quote moved to another source",
            item.id,
            _replaced(both, section, item, changed),
        )


def falsified(made: list[Briefing]) -> Iterator[Mutant]:
    """Make briefings in which one item is false."""
    for briefing in made:
        yield from _word_mutants(briefing)
        yield from _fact_mutants(briefing)
        yield from _stitched(briefing)
        yield from _moved(briefing)


# -- harmless variants ------------------------------------------------------------


def _typography(words: str) -> Iterator[tuple[str, str]]:
    straight = words.translate(str.maketrans("“”‘’", "\"\"''"))
    if straight != words:
        yield "straight quotation marks", straight
    if "-" in words:
        yield "other dashes", words.replace("-", "‑")
    yield "line breaks", words.replace(" ", "\n  ", 1) if " " in words else f"{words} "
    yield "no-break spaces", words.replace(" ", "\u00a0")
    middle = re.search(r"\w{4}(?=\w{3})", words)
    if middle is not None:
        yield "soft hyphens", words[: middle.end()] + "\u00ad" + words[middle.end() :]
        yield (
            "zero-width marks",
            words[: middle.end()] + "\u200b" + words[middle.end() :],
        )
    yield "final stop", words[:-1] if words.endswith(".") else f"{words}."
    yield "initial capital", words[:1].swapcase() + words[1:]


def harmless(made: list[Briefing]) -> Iterator[Mutant]:
    """Make briefings in which one item's words vary in typography only."""
    for briefing in made:
        for section, item in _items(briefing):
            for kind, exact in _typography(item.evidence[0].exact):
                changed = _with_exact(item, exact)
                yield Mutant(kind, item.id, _replaced(briefing, section, item, changed))
            for name in ("what", "gist", "quote"):
                words = getattr(item, name, None)
                if isinstance(words, str):
                    for kind, new in _typography(words):
                        changed = item.model_copy(update={name: new})
                        yield Mutant(
                            kind, item.id, _replaced(briefing, section, item, changed)
                        )


def gold_quotes() -> list[Quote]:
    """Read the quotes of the seed's gold."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    sections = ("actors", "requests", "positions", "casualties", "open_questions")
    return [
        Quote(quote=e["exact"])
        for s in sections
        for item in gold[s]
        for e in item["ev"]
    ]


# -- counting ---------------------------------------------------------------------


@dataclass
class Table:
    """How many of each kind were made, and how many were judged rightly."""

    made: Counter[str]
    right: Counter[str]
    wrong: list[str]

    def share(self) -> float:
        """The share judged rightly, 0 to 1."""
        return sum(self.right.values()) / sum(self.made.values())

    def lines(self) -> list[str]:
        """Write one line a kind, and one for all."""
        rows = [
            f"  {k:<34}{self.right[k]:>5} of {n:>5}"
            for k, n in sorted(self.made.items())
        ]
        total = f"  {'all':<34}{sum(self.right.values()):>5} of {sum(self.made.values()):>5}"
        return [*rows, f"{total}  ({self.share():.1%})"]


def judged(mutants: Iterator[Mutant], *, false: bool) -> Table:
    """Verify each mutant; a false one must be refused, a harmless one accepted."""
    table = Table(Counter(), Counter(), [])
    for mutant in mutants:
        report = verify(mutant.briefing)
        refused = mutant.item in report.failed
        table.made[mutant.kind] += 1
        if refused is false and (false or not report.findings):
            table.right[mutant.kind] += 1
        else:
            item = next(i for _, i in _items(mutant.briefing) if i.id == mutant.item)
            table.wrong.append(f"{mutant.kind}: {item!r} {report.findings}")
    return table


def judged_quotes(*, false: bool) -> Table:
    """The same for the quotes of the seed's gold."""
    text = SEED.read_text(encoding="utf-8")
    table = Table(Counter(), Counter(), [])
    for quote in gold_quotes():
        variants = (
            [
                (k, new)
                for k, change in WORD_CHANGES.items()
                for new in change(quote.quote)
            ]
            if false
            else list(_typography(quote.quote))
        )
        for kind, words in variants:
            if false and words in text:
                continue
            refused = bool(verify_quotes([Quote(quote=words)], text).findings)
            table.made[f"gold: {kind}"] += 1
            table.right[f"gold: {kind}"] += refused is false
            if refused is not false:
                table.wrong.append(f"{kind}: {words}")
    return table


def main() -> None:
    """Print the tables, and what was judged wrongly."""
    made = briefings()
    for title, tables in (
        (
            "Falsified items refused",
            [judged(falsified(made), false=True), judged_quotes(false=True)],
        ),
        (
            "Harmless variants accepted",
            [judged(harmless(made), false=False), judged_quotes(false=False)],
        ),
    ):
        print(title)
        for table in tables:
            print("\n".join(table.lines()))
            for wrong in table.wrong[:20]:
                print(f"    ! {wrong[:600]}")


if __name__ == "__main__":
    main()
