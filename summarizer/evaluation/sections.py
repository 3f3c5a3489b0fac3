"""Score the sections of one briefing against the gold of its document.

The rules are those of the corpora: ISAF totals, MUC-4 victims, PolNeAR attributions,
re3d actors, PLOVER requests. Each function returns counts that add up over documents.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Item,
    OpenQuestion,
    Party,
    Position,
    Request,
)
from summarizer.evaluation import names, pairing
from summarizer.evaluation.gold import (
    Document,
    GoldActor,
    GoldAttribution,
    GoldCasualty,
    GoldQuestion,
    GoldRequest,
    Place,
)
from summarizer.evaluation.tally import Mistake, Tally, Wrong
from summarizer.render.words import wording
from summarizer.verification import verify


def score(document: Document, briefing: Briefing) -> Tally:
    """Score every section that the document's gold annotates, and the proof of all."""
    scorer = _Scorer(document, briefing)
    return scorer.score()


class _Scorer:
    """Scores one document; used once."""

    def __init__(self, document: Document, briefing: Briefing) -> None:
        self.document = document
        self.briefing = briefing
        self.counts: Counter[str] = Counter()
        self.mistakes: list[Mistake] = []
        self.known = {a.id: (a.name, *a.aliases) for a in briefing.actors}

    def score(self) -> Tally:
        gold = self.document.gold
        if gold.totals is not None:
            self._totals(gold.totals.killed_min, gold.totals.detained_min)
        if gold.casualties is not None:
            self._casualties(gold.casualties)
        if gold.requests is not None:
            self._requests(gold.requests)
        if gold.attributions is not None:
            self._positions(gold.attributions)
        if gold.actors is not None:
            self._actors(gold.actors)
        if gold.open_questions is not None:
            self._questions(gold.open_questions)
        self._proof()
        self.counts["documents"] += 1
        return Tally(self.counts, tuple(self.mistakes))

    # -- casualties -----------------------------------------------------------

    def _totals(self, killed: int, detained: int) -> None:
        rows = [
            c
            for c in self.briefing.casualties
            if c.scope == "event" and c.part_of is None
        ]
        got = {
            kind: sum(c.low or 0 for c in rows if c.kind == kind)
            for kind in ("killed", "detained")
        }
        exact = {
            "killed": got["killed"] == killed,
            "detained": got["detained"] == detained,
        }
        self.counts["totals"] += 1
        self.counts["totals_killed"] += exact["killed"]
        self.counts["totals_detained"] += exact["detained"]
        self.counts["totals_both"] += all(exact.values())
        if not all(exact.values()):
            shown = f"killed {got['killed']}, detained {got['detained']}"
            rows_of = "; ".join(f"{c.kind} {wording.toll(c)} [{c.low}]" for c in rows)
            self._wrong(
                "casualties",
                "total",
                f"{shown} ({rows_of})" if rows_of else shown,
                f"killed {killed}, detained {detained}",
                self.document.text,
            )

    def _casualties(self, gold: Sequence[GoldCasualty]) -> None:
        # MUC-4 asks for single incidents; a complete gold holds running totals too.
        scopes = {"event"} | (
            {"cumulative"} if "casualties" in self.document.complete else set()
        )
        rows = [
            c
            for c in self.briefing.casualties
            if c.scope in scopes and not c.none_reported and c.value != 0
        ]
        pairs = pairing.rows(rows, gold)
        matched = {id(row) for row, _ in pairs}
        same = {id(r) for r in rows for g in gold if pairing.is_same_victim(r, g)}
        for row in rows:
            self._shown("casualties", row, right=id(row) in matched | same)
        found = {id(g) for _, g in pairs}
        for one in gold:
            if not one.optional:
                words = (
                    f"{'/'.join(one.kinds)} {one.number or ''} {', '.join(one.strings)}"
                )
                self._found("casualties", words, found=id(one) in found)
        self._numbers(pairs)
        self._nothing("casualties", len(rows), len(gold))

    def _numbers(self, pairs: Sequence[tuple[Casualties, GoldCasualty]]) -> None:
        for row, one in pairs:
            right = pairing.is_same_number(row, one.number)
            if right is None:
                continue
            self.counts["numbers"] += 1
            self.counts["numbers_right"] += right
            if not right:
                self._wrong(
                    "casualties",
                    "number",
                    wording.toll(row),
                    str(one.number),
                    pairing.words(row),
                )

    # -- requests -------------------------------------------------------------

    def _requests(self, gold: Sequence[GoldRequest]) -> None:
        rest = list(self.briefing.requests)
        for one in gold:
            right = next((r for r in rest if self._asks(r, one.by, one.to)), None)
            swapped = next((r for r in rest if self._asks(r, one.to, one.by)), None)
            hit = right or swapped
            if hit is not None:
                rest.remove(hit)
            if one.optional:
                continue
            words = f"{'/'.join(one.by)} asks {'/'.join(one.to)}"
            self._found("requests", words, found=hit is not None)
            self.counts["requests_direction"] += right is not None
            if right is None and swapped is not None:
                self.counts["requests_swapped"] += 1
                self._wrong(
                    "requests", "direction", wording.request_parties(swapped), words,
                    pairing.words(swapped),
                )  # fmt: skip
        for request in self.briefing.requests:
            self._shown("requests", request, right=request not in rest)
        self._nothing("requests", len(self.briefing.requests), len(gold))

    def _asks(self, request: Request, by: Sequence[str], to: Sequence[str]) -> bool:
        if not names.agree(self._names(request.by), by):
            return False
        if not to:
            return request.to is None or not by
        return names.agree(self._names(request.to), to)

    # -- positions ------------------------------------------------------------

    def _positions(self, gold: Sequence[GoldAttribution]) -> None:
        covered: set[int] = set()
        for position in self.briefing.positions:
            met = [g for g in gold if pairing.meets(position, g.content)]
            covered |= {id(g) for g in met}
            self._shown("positions", position, right=bool(met))
            if met:
                self._speaker(position, met)
        for one in gold:
            if not one.optional:
                self._found(
                    "positions", self._said_by(one), found=id(one) in covered,
                    sentence=_slices(self.document.text, one.content),
                )  # fmt: skip
        self._nothing("positions", len(self.briefing.positions), len(gold))

    def _speaker(self, position: Position, met: Sequence[GoldAttribution]) -> None:
        wanted = [
            name
            for one in met
            for name in (*one.holders, *self._sources(one))
            if not names.is_pronoun(name)
        ]
        if not wanted:
            return  # a pronoun, or nobody: there is nothing to compare with
        shown = [*self._names(position.holder), *self._names(position.voiced_by)]
        right = names.agree(shown, wanted)
        self.counts["speakers"] += 1
        self.counts["speakers_right"] += right
        if not right:
            self._wrong(
                "positions", "speaker", wording.holder(position), " / ".join(wanted),
                pairing.words(position),
            )  # fmt: skip

    def _sources(self, one: GoldAttribution) -> tuple[str, ...]:
        words = _slices(self.document.text, one.source)
        return (words,) if words else ()

    def _said_by(self, one: GoldAttribution) -> str:
        return " / ".join((*one.holders, *self._sources(one))) or "somebody"

    # -- actors and questions -------------------------------------------------

    def _actors(self, gold: Sequence[GoldActor]) -> None:
        for actor in self.briefing.actors:
            real = any(names.agree((actor.name, *actor.aliases), g.names) for g in gold)
            self._shown("actors", actor, right=real)
        for one in gold:
            # Somebody whom the document only calls "he" has no name to be found by.
            if (
                one.mentions < 2
                or one.optional
                or all(map(names.is_pronoun, one.names))
            ):
                continue
            same = [
                a
                for a in self.briefing.actors
                if names.agree((a.name, *a.aliases), one.names)
            ]
            self._found("actors", " / ".join(one.names), found=bool(same))
            self.counts["actors_split"] += len(same) > 1

    def _questions(self, gold: Sequence[GoldQuestion]) -> None:
        pairs = pairing.questions(
            self.document.text, self.briefing.open_questions, gold
        )
        right = {id(question) for question, _ in pairs}
        found = {id(one) for _, one in pairs}
        for question in self.briefing.open_questions:
            self._shown("open_questions", question, right=id(question) in right)
        for one in gold:
            if not one.optional:
                self._found(
                    "open_questions", one.kind.replace("_", " "), found=id(one) in found,
                    sentence=_slices(self.document.text, one.content),
                )  # fmt: skip

    # -- what all share -------------------------------------------------------

    def _proof(self) -> None:
        """Count what is shown, and what of it `verify` refuses."""
        report = verify(self.briefing)
        self.counts["checked"] += report.checked
        self.counts["unproven"] += len(report.failed)
        for finding in report.findings:
            self._wrong("all", "unproven", finding.item, finding.reason, "")

    def _names(self, party: Party | None) -> tuple[str, ...]:
        if party is None:
            return ()
        return tuple(dict.fromkeys((party.name, *self.known.get(party.id, ()))))

    def _is_complete(self, section: str) -> bool:
        known = {"positions": "attributions"}.get(section, section)
        return bool({section, known} & self.document.complete)

    def _shown(self, section: str, item: Item, *, right: bool) -> None:
        """Count an item that is shown, and whether the gold has it."""
        self.counts[f"{section}_shown"] += 1
        self.counts[f"{section}_right"] += right
        if self._is_complete(section):
            self.counts["all_shown"] += 1
            self.counts["all_wrong"] += not right
        if not right and (self._is_complete(section) or section != "requests"):
            self._wrong(section, "invented", _described(item), "", pairing.words(item))

    def _found(
        self, section: str, words: str, *, found: bool, sentence: str = ""
    ) -> None:
        """Count an item of the gold, and whether it is shown."""
        self.counts[f"{section}_gold"] += 1
        self.counts[f"{section}_found"] += found
        if self._is_complete(section):
            self.counts["all_gold"] += 1
            self.counts["all_found"] += found
        if not found:
            self._wrong(section, "missed", "", words, sentence)

    def _nothing(self, section: str, shown: int, gold: int) -> None:
        """Count documents with nothing of a kind, and those where some is invented."""
        if gold == 0 and self._is_complete(section):
            self.counts["nothing"] += 1
            self.counts["nothing_invented"] += shown > 0
            self.counts[f"nothing_{section}"] += 1
            self.counts[f"nothing_{section}_invented"] += shown > 0

    def _wrong(
        self, section: str, wrong: Wrong, shown: str, gold: str, sentence: str
    ) -> None:
        self.mistakes.append(
            Mistake(self.document.id, section, wrong, shown, gold, sentence)
        )


def _slices(text: str, places: Iterable[Place]) -> str:
    return " … ".join(text[start:end] for start, end in places)


def _described(item: Item) -> str:
    if isinstance(item, Request):
        return f"{wording.request_parties(item)}: {item.what}"
    if isinstance(item, Position):
        return f"{wording.holder(item)} ({item.act}): {item.gist}"
    if isinstance(item, Casualties):
        return f"{item.kind} {wording.toll(item)}"
    if isinstance(item, OpenQuestion):
        return item.question
    return item.name if isinstance(item, Actor) else item.id
