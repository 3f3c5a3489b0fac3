"""Two sides of the proof: drafts that are true are kept, lies made from them are not.

Each article's draft is replayed through the pipeline as a strong model's answer. Then
lies are made of its items, one at a time: another holder of the article, requester and
asked in each other's place, another figure, words of another article, a "not" taken
out. What is counted: items with the same party, supported or unconfirmed; items with
another party; drafts that are neither item nor withheld; lies shown.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from schemas.briefing import Briefing, Casualties, Item, Party, Position, Request
from schemas.draft import QuotedCasualty, QuotedPosition, QuotedRequest, WholeAnswer
from schemas.evidence import Frozen
from summarizer import pipeline
from summarizer.errors import InputError
from summarizer.ports import AnswerT, Ask, Reply, Usage
from summarizer.proof.parties import is_acronym
from summarizer.reading.english.names.party_names import same
from summarizer.sources import make_article
from summarizer.text import counts
from summarizer.text.locate import locate
from summarizer.text.typography import flat

AnyQuoted = QuotedRequest | QuotedPosition | QuotedCasualty
SECTIONS = ("requests", "positions", "casualties")


@dataclass(frozen=True, slots=True)
class Drafts:
    """An article and what a strong model drafted of it."""

    name: str
    text: str
    answer: WholeAnswer


@dataclass(slots=True)
class Tally:
    """What became of the drafts, or of the lies, of one section."""

    drafts: int = 0
    supported: int = 0
    unconfirmed: int = 0
    other_party: int = 0
    withheld: int = 0
    lost: int = 0

    @property
    def shown(self) -> int:
        """Drafts that became an item with the same party."""
        return self.supported + self.unconfirmed


@dataclass(slots=True)
class Balance:
    """Truths and lies, by section, and each failure in a line."""

    truths: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in SECTIONS}
    )
    lies: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in SECTIONS}
    )
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Replayed:
    """Answers with one draft, whatever it is asked: a completer of the pipeline."""

    answer: WholeAnswer
    model: str = "replayed"
    host: str = ""
    passage_tokens: int = 1_000_000
    output_tokens: int = 8_000
    is_embedded: bool = True
    parallel: int = 1

    @property
    def strategy(self) -> Literal["focused", "whole"]:
        """A strong model's."""
        return "whole"

    def count_tokens(self, text: str) -> int:
        """Guess: three letters make a token."""
        return len(text) // 3

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        """Answer the question about the whole; a second one finds nothing."""
        answer: Frozen = self.answer
        if not isinstance(answer, ask.answer):
            answer = ask.answer.model_validate(
                dict.fromkeys(ask.answer.model_fields, ())
            )
        return Reply(ask.answer.model_validate(answer.model_dump()), Usage(calls=1))


def load(folder: Path) -> list[Drafts]:
    """Read `answers/ID.json` and `texts/ID.txt` below a folder.

    Raises:
        InputError: A file is missing, or an answer is none.
    """
    found: list[Drafts] = []
    for path in sorted((folder / "answers").glob("*.json")):
        text = folder / "texts" / f"{path.stem}.txt"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            words = text.read_text(encoding="utf-8")
            found.append(Drafts(path.stem, words, WholeAnswer.model_validate(data)))
        except (OSError, ValueError) as exc:
            msg = f"{path}: no draft with its text: {exc}"
            raise InputError(msg) from exc
    if not found:
        msg = f"{str(folder)!r} holds no answers/ID.json with texts/ID.txt"
        raise InputError(msg)
    return found


def weigh(drafts: Sequence[Drafts]) -> Balance:
    """Replay drafts, then the lies made of them."""
    balance = Balance()
    texts = [d.text for d in drafts]
    for number, one in enumerate(drafts):
        briefing = _briefed(one.text, one.answer)
        for section in SECTIONS:
            for draft in getattr(one.answer, section):
                _count(
                    balance.truths[section], draft, briefing, one.name, balance.lines
                )
        for section, lie in lies(one.answer, texts[number - 1], one.text):
            answer = _only(section, lie)
            told = _briefed(one.text, answer)
            _count(balance.lies[section], lie, told, one.name, balance.lines, lie=True)
    return balance


def _briefed(text: str, answer: WholeAnswer) -> Briefing:
    return pipeline.brief([make_article(text)], Replayed(answer))


def _only(section: str, item: AnyQuoted) -> WholeAnswer:
    return WholeAnswer.model_validate(
        {
            "requests": (),
            "positions": (),
            "casualties": (),
            "roles": (),
            "open_questions": (),
            "bottom_line": "",
            section: (item.model_dump(),),
        }
    )


def lies(
    answer: WholeAnswer, elsewhere: str, text: str
) -> Iterator[tuple[str, AnyQuoted]]:
    """Falsify the items of a draft, one way each, told by the item's own words.

    Args:
        answer: What is taken for true.
        elsewhere: Another article, whose words are put into this one.
        text: The article.
    """
    holders = list(dict.fromkeys(p.holder for p in answer.positions))
    for p in answer.positions:
        also = [q.holder for q in answer.positions if flat(q.quote) == flat(p.quote)]
        others = [h for h in holders if not any(_one(h, own) for own in also)]
        if others:
            other = others[_number(p.quote) % len(others)]
            yield "positions", p.model_copy(update={"holder": other})
        if (bare := _without_not(p.quote)) is not None:
            yield "positions", p.model_copy(update={"quote": bare, "gist": ""})
    for r in answer.requests:
        if r.by.strip() and r.to.strip():
            yield "requests", r.model_copy(update={"by": r.to, "to": r.by})
    for c in answer.casualties:
        if (changed := _changed(c.count)) is not None:
            yield "casualties", c.model_copy(update={"count": changed})
    strange = next(
        (
            s
            for s in re.split(r"(?<=[.!?])\s+", elsewhere)
            if len(s.split()) > _LONG and s not in text
        ),
        None,
    )
    if strange is not None and answer.positions:
        first = answer.positions[0]
        yield "positions", first.model_copy(update={"quote": strange, "gist": ""})


def _one(first: str, second: str) -> bool:
    return same(first, second) or is_acronym(first, second)


_LONG = 8
"""Words of a sentence that is moved to another article."""


def _number(words: str) -> int:
    return int(hashlib.sha256(words.encode()).hexdigest(), 16)


def _without_not(quote: str) -> str | None:
    found = re.search(r"\b(?:not|never|no)\s", quote)
    return quote[: found.start()] + quote[found.end() :] if found else None


def _changed(count: str) -> str | None:
    digits = re.search(r"\d+", count)
    if digits is None:
        return None
    return f"{count[: digits.start()]}{int(digits.group()) + 7}{count[digits.end() :]}"


def _count(
    tally: Tally,
    draft: AnyQuoted,
    briefing: Briefing,
    name: str,
    lines: list[str],
    *,
    lie: bool = False,
) -> None:
    """Say what became of one draft."""
    tally.drafts += 1
    items = [i for i in _items(briefing, draft) if _same_words(i, draft)]
    mine = [i for i in items if _same_party(briefing, i, draft)]
    if mine:
        supported = any(i.verdict == "supported" for i in mine)
        tally.supported += supported
        tally.unconfirmed += not supported
        if lie:
            lines.append(f"{name}: a lie shown ({mine[0].verdict}): {_told(draft)}")
        return
    refused = next((w for w in briefing.withheld if w.item == draft), None)
    if refused is not None:
        tally.withheld += 1
        if not lie:
            lines.append(f"{name}: withheld ({refused.reason}): {_told(draft)}")
    elif items:
        tally.other_party += 1
        lines.append(f"{name}: shown with another party: {_told(draft)}")
    else:
        tally.lost += 1
        lines.append(f"{name}: lost: {_told(draft)}")


def _items(briefing: Briefing, draft: AnyQuoted) -> Sequence[Item]:
    if isinstance(draft, QuotedRequest):
        return briefing.requests
    return (
        briefing.positions if isinstance(draft, QuotedPosition) else briefing.casualties
    )


def _same_words(item: Item, draft: AnyQuoted) -> bool:
    quote = flat(draft.quote).strip("“”\"'. ")
    cited = " ".join(flat(e.exact) for e in item.evidence)
    found = quote in cited or locate(draft.quote, cited) is not None
    if not found and cited.strip("“”\"'. ") not in quote:
        return False
    if isinstance(draft, QuotedCasualty) and isinstance(item, Casualties):
        counted = (item.count_text or item.who_text or "", draft.count or draft.who)
        return item.kind == draft.kind and (
            flat(counted[0]).lower() in flat(counted[1]).lower()
            or flat(counted[1]).lower() in flat(counted[0]).lower()
            or _equal_counts(*counted)
        )
    if isinstance(draft, QuotedRequest) and isinstance(item, Request):
        return flat(draft.what).lower()[:30] in flat(item.what).lower() or (
            flat(item.what).lower()[:30] in flat(draft.what).lower()
        )
    return True


def _equal_counts(one: str, two: str) -> bool:
    first, second = counts.read(one), counts.read(two)
    return first is not None and second is not None and first.low == second.low


def _same_party(briefing: Briefing, item: Item, draft: AnyQuoted) -> bool:
    if isinstance(draft, QuotedRequest) and isinstance(item, Request):
        return _is(briefing, item.by, draft.by) and _is(briefing, item.to, draft.to)
    if isinstance(draft, QuotedPosition) and isinstance(item, Position):
        return _is(briefing, item.holder, draft.holder)
    return True


def _is(briefing: Briefing, party: Party | None, words: str) -> bool:
    if party is None or not words.strip():
        return party is None and not words.strip()
    actor = next((a for a in briefing.actors if a.id == party.id), None)
    names = (party.name, *(actor.aliases if actor else ()))
    return any(same(name, words) for name in names)


def _told(draft: AnyQuoted) -> str:
    if isinstance(draft, QuotedRequest):
        return f"{draft.by} → {draft.to}: {draft.what} | {draft.quote[:120]}"
    if isinstance(draft, QuotedPosition):
        return f"{draft.holder}: {draft.quote[:140]}"
    return f"{draft.kind} {draft.count} {draft.who}: {draft.quote[:120]}"


def report(balance: Balance, *, errors: bool = True) -> str:
    """Write the balance as a table, with each failure in a line below."""
    rows = [
        f"{'':12}{'drafts':>8}{'same party':>12}{'supported':>11}{'another':>9}{'withheld':>10}{'lost':>6}"
    ]
    for title, side in (("truths", balance.truths), ("lies", balance.lies)):
        rows.append(title)
        rows += [_row(name, tally) for name, tally in side.items()]
    return "\n".join([*rows, *(balance.lines if errors else ())])


def _row(name: str, t: Tally) -> str:
    def share(n: int) -> str:
        return f"{n / t.drafts:.2f}" if t.drafts else "–"

    return (
        f"  {name:10}{t.drafts:>8}{share(t.shown):>12}{share(t.supported):>11}"
        f"{t.other_party:>9}{t.withheld:>10}{t.lost:>6}"
    )


def main() -> None:
    """Weigh the drafts of the folder that is named, and print the balance."""
    sys.stdout.write(report(weigh(load(Path(sys.argv[1])))) + "\n")


if __name__ == "__main__":
    main()
