"""Check a saved briefing against its sources again: no model, no network.

Everything that code derives is derived once more from the cited sentences and compared
field by field; everything that was copied is looked up. Other tools' quotes are judged
the same way, as far as they say where a quote comes from.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Development,
    Exclusion,
    Figure,
    Flag,
    Item,
    OpenQuestion,
    Party,
    Position,
    Request,
    Source,
    When,
)
from schemas.draft import (
    AnyDraft,
    CasualtyDraft,
    DevelopmentDraft,
    PositionDraft,
    QuotedCasualty,
    QuotedPosition,
    QuotedRequest,
    RequestDraft,
    SpeakerDraft,
)
from schemas.evidence import Evidence, Frozen, Span
from schemas.terms import Check, Scope
from summarizer.assembly import bottom_line, corroboration, stated
from summarizer.assembly.cast import is_tied
from summarizer.assembly.several import copies
from summarizer.prompting import cues
from summarizer.proof import again, claims, judging, verdicts
from summarizer.proof.wording import foreign
from summarizer.reading import timing
from summarizer.reading.english.names.party_names import bare, same
from summarizer.reading.listed import unchecked
from summarizer.reading.reading import Reading, counter, read
from summarizer.reading.values import ASKED_AGAIN, Frame, Harm, Held, Mention, Refusal
from summarizer.reports import Finding, Report, Unchecked
from summarizer.sources import Metadata, make_article
from summarizer.text import counts, quantities
from summarizer.text.locate import locate, occurrences
from summarizer.text.typography import flat


class Quote(Frozen):
    """A quote of some other tool, with what that tool says of it."""

    quote: str
    speaker: str | None = None
    count: int | str | None = None
    start: int | None = None
    """Offset that the tool gives; None when it gives none."""


def verify(briefing: Briefing, sources: Mapping[str, str] | None = None) -> Report:
    """Check every item of *briefing* against its sources.

    Args:
        briefing: What to check.
        sources: Texts by source id that replace those stored in the briefing; each
            must be the text that the briefing was made from.

    Returns:
        One finding for each thing that fails; none when all holds.
    """
    check = _Check(briefing, dict(sources or {}))
    items: tuple[Item, ...] = (
        *briefing.actors,
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.developments,
        *briefing.open_questions,
    )
    findings = [*check.sources(), *check.copies(), *check.ids(items)]
    for item in items:
        findings += check.item(item)
    findings += check.line()
    failed = {f.item for f in findings}
    return Report(
        checked=len(items) + 1,
        findings=tuple(findings),
        not_checked=tuple(check.unchecked(items)),
        unconfirmed=tuple(
            i.id
            for i in items
            if i.id not in failed
            and (i.verdict == "unconfirmed" or ASKED_AGAIN in i.reasons)
        ),
    )


def verify_quotes(quotes: Sequence[Quote], text: str) -> Report:
    """Check quotes of another tool against one source.

    A speaker must be the one to whom the source ascribes the words; a count must be
    a number that the quote states.
    """
    reading = read(make_article(text))
    findings: list[Finding] = []
    not_checked: list[Unchecked] = []
    missing = _missing(reading)
    for number, one in enumerate(quotes, start=1):
        findings += _quote_findings(str(number), one, text, reading)
        wanted: dict[Check, bool] = {
            "speakers": bool(one.speaker),
            "numbers": one.count is not None,
        }
        checks = tuple(c for c, asked in wanted.items() if asked and c in missing)
        if checks:
            not_checked.append(Unchecked(item=str(number), checks=checks))
    return Report(
        checked=len(quotes), findings=tuple(findings), not_checked=tuple(not_checked)
    )


def _missing(reading: Reading) -> frozenset[Check]:
    """List what is not checked in a source."""
    found = unchecked.of(reading.article, reading.lexicon)
    return frozenset(found.checks) if found is not None else frozenset()


def _quote_findings(
    name: str, one: Quote, text: str, reading: Reading
) -> Iterator[Finding]:
    near = None
    if one.start is not None and 0 <= one.start < len(text):
        near = Span(start=one.start, end=one.start + 1)
    verdict = verdicts.judge(one.quote, text, near=near, lexicon=reading.lexicon)
    if verdict.span is None:
        yield _refused(name, "quote", verdict)
        return
    missing = _missing(reading)
    told = "speakers" in missing or not one.speaker
    if not told and one.speaker and not _says(reading, verdict.span, one.speaker):
        reason = f"the source does not ascribe these words to {one.speaker!r}"
        yield Finding(item=name, check="speaker", reason=reason)
    read = "numbers" in missing or one.count is None
    if (
        not read
        and one.count is not None
        and not _states(reading, one.quote, one.count)
    ):
        reason = f"the quote does not state the number {one.count!r}"
        yield Finding(item=name, check="count", reason=reason)


def _says(reading: Reading, place: Span, speaker: str) -> bool:
    """Tell whether the form of a sentence ascribes words to a speaker."""
    text = reading.article.text
    for index in reading.article.touched(place):
        for said in reading.said_in(index):
            if said.speaker is None or not said.content.overlaps(place):
                continue
            known = reading.directory.known(said.speaker.core.of(text), said.speaker)
            if any(same(n, speaker) for n in (known.name, *known.aliases)):
                return True
    return False


def _states(reading: Reading, quote: str, count: float | str) -> bool:
    wanted = reading.reader.count(str(count))
    if wanted is None:
        return False
    spans = reading.reader.count_spans(quote)
    stated = [reading.reader.count(s.of(quote)) for s in spans]
    bounds = {(c.value, c.low) for c in stated if c is not None}
    values = {c.value for c in stated if c is not None}
    return (wanted.value, wanted.low) in bounds or (
        str(count).isdigit() and wanted.value in values
    )


def _refused(item: str, check: str, verdict: verdicts.Verdict) -> Finding:
    what = f" ({', '.join(verdict.differences)})" if verdict.differences else ""
    return Finding(
        item=item,
        check=check,
        reason=f"{verdict.name.replace('_', ' ')}{what}",
        verdict=verdict.name,
        differences=verdict.differences,
        diff=verdict.diff,
    )


@dataclass
class _Check:
    """The checks of one briefing, and what they share."""

    briefing: Briefing
    replaced: dict[str, str]
    _readings: dict[str, Reading] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, str]:
        return {s.id: self.replaced.get(s.id, s.text) for s in self.briefing.sources}

    @cached_property
    def by_id(self) -> dict[str, Source]:
        return {s.id: s for s in self.briefing.sources}

    @cached_property
    def copy_of(self) -> dict[str, str]:
        return {s.id: s.copy_of for s in self.briefing.sources if s.copy_of}

    @cached_property
    def left_out(self) -> dict[str, list[tuple[Span, str]]]:
        """List by source what is no part of its article, with the reason."""
        found: dict[str, list[tuple[Span, str]]] = {}
        boxes: tuple[Exclusion | Flag, ...] = (
            *self.briefing.excluded,
            *self.briefing.flagged,
        )
        for box in boxes:
            span = Span(start=box.start, end=box.end)
            found.setdefault(box.source, []).append((span, box.reason))
        return found

    @cached_property
    def actors(self) -> dict[str, Actor]:
        return {a.id: a for a in self.briefing.actors}

    def reading(self, source: str) -> Reading:
        """Read a source, once."""
        if source not in self._readings:
            meta = self.by_id[source]
            article = make_article(
                self.texts[source],
                metadata=Metadata(published=meta.published, language=meta.language),
                source_id=source,
            )
            self._readings[source] = read(article)
        return self._readings[source]

    def sources(self) -> Iterator[Finding]:
        for source in self.briefing.sources:
            if _sha256(self.texts[source.id]) != source.text_sha256:
                reason = "the text is not the one that the briefing was made from"
                yield Finding(item=source.id, check="source", reason=reason)

    def copies(self) -> Iterator[Finding]:
        """Look again which sources repeat another."""
        sources = self.briefing.sources
        if len(sources) == 1 and not self.copy_of:
            return
        found = copies.find([self.reading(s.id).article for s in sources])
        for source in sources:
            if source.copy_of != found.get(source.id):
                said = source.copy_of or "no other source"
                reason = f"its text does not show that it repeats {said}"
                yield Finding(item=source.id, check="copy", reason=reason)

    def ids(self, items: Iterable[Item]) -> Iterator[Finding]:
        seen: set[str] = set()
        for item in items:
            if item.id in seen:
                yield Finding(item=item.id, check="id", reason="two items have this id")
            seen.add(item.id)

    def item(self, item: Item) -> list[Finding]:
        """Check one item: its evidence first, then what it says."""
        findings = [f for e in _cited(item) for f in self._evidence(item.id, e)]
        if findings:
            return findings
        findings += self._when(item)
        findings += self._corroborated(item)
        if isinstance(item, Actor):
            findings += self._actor(item)
        elif isinstance(item, Request):
            findings += self._request(item)
        elif isinstance(item, Position):
            findings += self._position(item)
        elif isinstance(item, Casualties):
            findings += self._casualties(item)
        elif isinstance(item, Development):
            findings += self._development(item)
        elif isinstance(item, OpenQuestion):
            findings += self._question(item)
        return findings

    def unchecked(self, items: Iterable[Item]) -> Iterator[Unchecked]:
        """List what of each item could not be checked, for want of a list."""
        for item in items:
            missing = frozenset(
                check
                for evidence in item.evidence
                if evidence.source in self.texts
                for check in _missing(self.reading(evidence.source))
            )
            if checks := unchecked.of_item(item, missing):
                yield Unchecked(item=item.id, checks=checks)

    def line(self) -> Iterator[Finding]:
        """Check the bottom line: composed of the items, or resting on them."""
        briefing = self.briefing
        items: claims.Items = (
            *briefing.requests,
            *briefing.positions,
            *briefing.casualties,
            *briefing.developments,
        )
        known = {i.id for i in (*items, *briefing.open_questions)}
        if missing := set(briefing.rests_on) - known:
            reason = f"there is no item {min(missing)!r} for it to rest on"
            yield Finding(item="bottom_line", check="rests_on", reason=reason)
        composed = bottom_line.compose(items, briefing.open_questions)
        told = flat(briefing.bottom_line).casefold()  # a capital may vary in the items
        if told in {
            flat(t).casefold() for t in (composed.text, bottom_line.NOTHING_OF_OLD)
        }:
            return
        line = briefing.bottom_line
        for part in bottom_line.silent(briefing.open_questions):
            line = line.replace(part, "")
        rests = claims.check(line, items, briefing.actors)
        if isinstance(rests, Refusal):
            yield _of("bottom_line", rests)

    # -- evidence -------------------------------------------------------------

    def _evidence(self, item: str, evidence: Evidence) -> Iterator[Finding]:
        text = self.texts.get(evidence.source)
        if text is None:
            reason = f"there is no source {evidence.source!r}"
            yield Finding(item=item, check="source", reason=reason)
            return
        place = evidence.span
        here = text[evidence.start : evidence.end]
        if here != evidence.exact and flat(here).rstrip(".") != flat(
            evidence.exact
        ).rstrip("."):
            others = {k: v for k, v in self.texts.items() if k != evidence.source}
            verdict = verdicts.judge(evidence.exact, text, others=others, near=place)
            if verdict.span is None:
                yield _refused(item, "quote", verdict)
                return
            if not _is_capital_only(here, evidence.exact):
                reason = (
                    f"the words stand at {verdict.span.start}, not {evidence.start}"
                )
                yield Finding(item=item, check="offsets", reason=reason)
                return
        for span, why in self.left_out.get(evidence.source, ()):
            if place.overlaps(span):
                reason = f"the words stand in excluded text ({why})"
                yield Finding(item=item, check="excluded", reason=reason)

    def _sentences(self, item: Item) -> Iterator[tuple[Reading, int]]:
        """List the sentences that an item cites."""
        for evidence in item.evidence:
            if evidence.source not in self.by_id:
                continue  # named as a finding of the item that cites it
            reading = self.reading(evidence.source)
            place = reading.article.seen.visible(evidence.span)
            for index in reading.article.touched(place):
                yield reading, index

    def _passage(self, item: Item) -> str:
        """Join the cited sentences, each with the one before it."""
        found: dict[tuple[str, int], str] = {}
        for reading, index in self._sentences(item):
            for i in (index - 1, index):
                if i >= 0:
                    found[reading.article.id, i] = reading.article.words(i)
        return " ".join(found[key] for key in sorted(found))

    # -- several sources ------------------------------------------------------

    def _corroborated(self, item: Item) -> Iterator[Finding]:
        """Check that each source that an item cites states it, and count them."""
        if isinstance(item, OpenQuestion):
            return
        sources = list(dict.fromkeys(e.source for e in item.evidence))
        if copies.independent(sources, self.copy_of) != item.corroboration:
            reason = f"{item.corroboration} is not the number of independent sources"
            yield Finding(item=item.id, check="corroboration", reason=reason)
        others: dict[str, list[tuple[Reading, int]]] = {s: [] for s in sources[1:]}
        if not others:
            return
        for reading, index in self._sentences(item):
            if reading.article.id in others:
                others[reading.article.id].append((reading, index))
        for source, places in others.items():
            if not any(self._states(item, r, i) for r, i in places):
                reason = f"the cited words of {source} do not state it"
                yield Finding(item=item.id, check="corroboration", reason=reason)

    def _states(self, item: Item, reading: Reading, index: int) -> bool:
        """Tell whether a sentence of a further source states an item."""
        text = reading.article.text
        if isinstance(item, Casualties):
            return stated.toll(item, reading, index)
        if isinstance(item, Request):
            if reading.lexicon is not None:
                return any(
                    one.modality == item.modality
                    and self._is(reading, one.by, item.by)
                    and corroboration.same_words(item.what, one.what.of(text)) > 0
                    for one in reading.reader.asked(index)
                )
            return any(
                frame.modality == item.modality
                and self._is(reading, frame.by, item.by)
                and stated.request(item.what, frame, text)
                for frame in reading.frames[index]
            )
        if isinstance(item, Position):
            names = self._names(item.holder)
            for held in _positions_of(reading, index, item, names):
                if (
                    self._is(reading, held.holder, item.holder)
                    and corroboration.same_act(held.act, item.act)
                    and stated.said(item, held.gist.of(text))
                ):
                    return True
            return self._is_named_in(reading, index, item.holder) and stated.narrated(
                item, reading.article.words(index)
            )
        return True  # the name of an actor is checked with its evidence

    def _is_named_in(self, reading: Reading, index: int, party: Party) -> bool:
        """Tell whether a phrase of a sentence names a party."""
        span = reading.article.sentences[index].span
        return any(
            m.form == "pronoun" or self._is(reading, m, party)
            for m in reading.directory.within(span)
        )

    # -- fields ---------------------------------------------------------------

    def _when(self, item: Item) -> Iterator[Finding]:
        if item.when_text is None:
            if item.when is not None:
                yield Finding(item=item.id, check="date", reason="a date without words")
            return
        for reading, index in self._sentences(item):
            words = reading.article.words(index)
            if locate(item.when_text, words) is None:
                continue
            found = timing.expressions(reading.article, words)
            if any(
                flat(d.span.of(words)).lower() == flat(item.when_text).lower()
                and _same_when(d.when, item.when)
                for d in found
            ):
                return
            reason = f"{item.when_text!r} does not mean {item.when and item.when.value}"
            yield Finding(item=item.id, check="date", reason=reason)
            return
        reason = f"no cited sentence says {item.when_text!r}"
        yield Finding(item=item.id, check="date", reason=reason)

    def _party(self, item: str, party: Party | None) -> Iterator[Finding]:
        if party is None:
            return
        actor = self.actors.get(party.id)
        if actor is None or actor.name != party.name:
            reason = f"{party.name!r} is not the actor {party.id}"
            yield Finding(item=item, check="party", reason=reason)

    def _is(
        self, reading: Reading, mention: Mention | None, party: Party | None
    ) -> bool:
        """Tell whether a phrase of the source names a party of the briefing."""
        if mention is None or party is None:
            return mention is None and party is None
        actor = self.actors.get(party.id)
        names = {bare(party.name)} | {bare(a) for a in (actor.aliases if actor else ())}
        known = reading.directory.known(mention.core.of(reading.article.text), mention)
        return (
            bare(known.name) in names
            or bare(mention.core.of(reading.article.text)) in names
        )

    def _actor(self, actor: Actor) -> Iterator[Finding]:
        cited_in = dict.fromkeys(e.source for e in actor.evidence)
        text = " ".join(self.texts[source] for source in cited_in)
        cited = " ".join(e.exact for e in actor.evidence)
        if locate(bare(actor.name), cited.casefold()) is None:
            yield _refused(actor.id, "name", verdicts.judge(actor.name, text))
        for label, words in (("role", actor.role), ("of", actor.of)):
            if words is not None and locate(words, text) is None:
                yield _refused(actor.id, label, verdicts.judge(words, text))
        yield from self._role(actor)
        for alias in actor.aliases:
            if locate(alias, text) is None:
                yield _refused(actor.id, "alias", verdicts.judge(alias, text))

    def _role(self, actor: Actor) -> Iterator[Finding]:
        """Check that a role stands in a sentence that names the actor too."""
        if actor.role is None:
            return
        for source in dict.fromkeys(e.source for e in actor.evidence):
            article = self.reading(source).article
            for place in occurrences(actor.role, article.text):
                if is_tied(article, place, (actor.name, *actor.aliases)):
                    return
        reason = f"no sentence about {actor.name!r} says {actor.role!r}"
        yield Finding(item=actor.id, check="role", reason=reason)

    def _request(self, item: Request) -> Iterator[Finding]:
        for party in (item.by, item.to, item.reported_by):
            yield from self._party(item.id, party)
        if item.by is not None and item.to is not None and item.by.id == item.to.id:
            reason = f"{item.by.name!r} both asks and is asked"
            yield Finding(item=item.id, check="direction", reason=reason)
            return
        if item.found_by == "model":
            yield from self._drafted(item, self._request_drafts(item))
            return
        reasons: list[Refusal] = []
        for reading, index in self._sentences(item):
            if reading.lexicon is not None:
                refusal = self._listed(item, reading, index)
                if refusal is None:
                    return
                reasons.append(refusal)
                continue
            for frame in reading.frames[index]:
                refusal = self._frame(item, reading, frame)
                if refusal is None:
                    return
                reasons.append(refusal)
        order = ("modality", "direction", "reporter", "words")
        best = min(
            reasons,
            key=lambda r: order.index(r.check) if r.check in order else len(order),
            default=Refusal("no_request", "no cited sentence asks for anything"),
        )
        if best.check == "words":
            passage = self._passage(item)
            yield _refused(item.id, "what", verdicts.judge(item.what, passage))
        else:
            yield _of(item.id, best)

    def _listed(self, item: Request, reading: Reading, index: int) -> Refusal | None:
        """Compare a request with what the lists of its language show."""
        reasons: list[Refusal] = []
        for one in (
            *reading.reader.asked(index),
            *(reading.reader.request(index, draft) for draft in self._drafts(item)),
        ):
            if isinstance(one, Refusal):
                reasons.append(one)
            elif not _equal(one.what.of(reading.article.text), item.what):
                reasons.append(Refusal("words", "the sentence asks for something else"))
            elif not self._is(reading, one.by, item.by) or not self._is(
                reading, one.to, item.to
            ):
                reasons.append(Refusal("direction", "others ask, or are asked"))
            elif (one.modality, one.force) != (item.modality, item.force):
                reasons.append(
                    Refusal("modality", f"the request is {one.modality}, a {one.force}")
                )
            else:
                return None
        return reasons[0]

    def _drafts(self, item: Request) -> Iterator[RequestDraft]:
        """Draft a request again, with every name that its parties go by."""
        for by in self._names(item.by) if item.by else ("",):
            for to in self._names(item.to) if item.to else ("",):
                yield RequestDraft(by=by, to=to, what=item.what)

    def _names(self, party: Party) -> tuple[str, ...]:
        actor = self.actors.get(party.id)
        return (party.name, *(actor.aliases if actor else ()))

    def _frame(self, item: Request, reading: Reading, frame: Frame) -> Refusal | None:
        """Compare a request with one that the form of its sentence shows."""
        text = reading.article.text
        if frame.bar is not None or frame.by is None or frame.what is None:
            return Refusal("no_request", "the cited sentence asks for nothing")
        if not _equal(frame.what.of(text), item.what):
            return Refusal("words", "the sentence asks for something else")
        if not self._is(reading, frame.by, item.by):
            return Refusal(
                "direction", "the sentence does not say that this party asks"
            )
        asked = frame.to if frame.to is None or frame.to.form != "pronoun" else None
        if asked is not None and not self._is(reading, asked, item.to):
            return Refusal("direction", "the sentence asks somebody else")
        if asked is None and item.to is not None:
            after = Span(
                start=frame.cue.end,
                end=reading.article.sentences[frame.sentence].span.end,
            )
            if locate(item.to.name, text, after) is None:
                return Refusal(
                    "direction", f"the sentence does not ask {item.to.name!r}"
                )
        if frame.modality != item.modality or frame.force != item.force:
            return Refusal(
                "modality", f"the request is {frame.modality}, a {frame.force}"
            )
        if not self._is(reading, frame.reported_by, item.reported_by):
            return Refusal("reporter", "somebody else reports it")
        return None

    def _position(self, item: Position) -> Iterator[Finding]:
        for party in (item.holder, item.target, item.voiced_by):
            yield from self._party(item.id, party)
        if item.found_by == "model":
            yield from self._drafted(item, self._position_drafts(item))
            return
        reasons: list[Refusal] = []
        for reading, index in self._sentences(item):
            names = self._names(item.holder)
            for held in _positions_of(reading, index, item, names):
                refusal = self._held(item, reading, held)
                if refusal is None:
                    return
                reasons.append(refusal)
        order = ("spans", "speaker", "act", "quote", "condition", "words")
        best = min(
            reasons,
            key=lambda r: order.index(r.check) if r.check in order else len(order),
            default=Refusal("words", "no cited sentence states this"),
        )
        if best.check == "words":
            passage = self._passage(item)
            verdict = verdicts.judge(item.gist, passage)
            if not verdict.accepted:
                yield _refused(item.id, "gist", verdict)
                return
        yield _of(item.id, best)

    def _held(self, item: Position, reading: Reading, held: Held) -> Refusal | None:
        """Compare a position with one that its sentence shows."""
        text = reading.article.text
        if not _equal(held.gist.of(text), item.gist):
            return Refusal("words", "the sentence states something else")
        if not self._is(reading, held.holder, item.holder):
            return Refusal(
                "speaker", f"the sentence does not ascribe this to {item.holder.name!r}"
            )
        if not self._is(reading, held.voiced_by, item.voiced_by):
            return Refusal("speaker", "somebody else voices it")
        if held.act != item.act and held.form != "narrated":
            return Refusal("act", f"the sentence shows {held.act!r}, not {item.act!r}")
        shown = held.quote.of(text) if held.quote is not None else None
        if (shown is None) != (item.quote is None) or (
            shown is not None and not _equal(shown, item.quote or "")
        ):
            return Refusal("quote", "the quoted words are others")
        if held.conditional != item.conditional or held.form != item.form:
            return Refusal("condition", "its form or condition differs")
        return _spans(item, reading, held)

    def _casualties(self, item: Casualties) -> Iterator[Finding]:
        for party in (item.source, item.by):
            yield from self._party(item.id, party)
        if item.found_by == "model" and self._told_by_draft(item):
            yield from self._drafted(item, self._toll_drafts(item))
            return
        reading, index = next(self._sentences(item), (None, 0))
        if reading is None:
            return
        draft = CasualtyDraft(
            kind=item.kind, count=item.count_text or "", who=item.who_text or ""
        )
        found = reading.reader.harmed(index, draft)
        if isinstance(found, Refusal):
            yield _of(item.id, found)
            return
        yield from self._row(item, reading, index, found)

    def _row(
        self, item: Casualties, reading: Reading, index: int, found: Harm
    ) -> Iterator[Finding]:
        """Compare a row with what its sentence says of these people."""
        text, sentence = reading.article.text, reading.article.sentences[index].span
        for label, words in (
            ("count", item.count_text),
            ("who", item.who_text),
            ("place", item.place),
            ("event", item.event),
        ):
            if words is not None and locate(words, text, sentence) is None:
                yield _refused(item.id, label, verdicts.judge(words, sentence.of(text)))
                return
        count = None if item.none_reported else found.count
        meant = (
            (count.value, count.comparator, count.low, count.high, count.vague)
            if count is not None
            else (None, None, None, None, False)
        )
        if meant != (item.value, item.comparator, item.low, item.high, item.vague):
            reason = f"the words do not mean {item.value or item.low}"
            yield Finding(item=item.id, check="count", reason=reason)
        if found.kind != item.kind:
            reason = f"the sentence says {found.kind}, not {item.kind}"
            yield Finding(item=item.id, check="kind", reason=reason)
        scopes = {found.scope, self._scope_of_whole(item)}
        if item.scope not in scopes or found.none_reported != item.none_reported:
            yield Finding(item=item.id, check="scope", reason="the scope is another")
        if not self._is(reading, counter(reading, index, found), item.source):
            yield Finding(item=item.id, check="speaker", reason="somebody else counted")
        yield from self._figures(item)
        by, status = reading.reader.doer(index, found, counter(reading, index, found))
        if not self._is(reading, by, item.by) or status != item.by_status:
            yield Finding(item=item.id, check="by", reason="somebody else did it")

    # -- items of a model's drafts ---------------------------------------------

    def _drafted(self, item: Item, drafts: Iterable[AnyDraft]) -> Iterator[Finding]:
        """Judge an item again as the draft that it was, and compare what comes of it.

        A name that the draft used may be any of its party's: one that is borne out
        suffices.
        """
        reading = self.reading(item.evidence[0].source)
        place = reading.article.seen.visible(item.evidence[0].span)
        refused: Refusal | None = None
        weaker: Refusal | None = None
        for draft in drafts:
            made = judging.one(reading, draft, place)
            if isinstance(made, Refusal):
                refused = refused or made
                continue
            refusal = again.differs(item, reading, made)
            if refusal is None:
                return
            if refusal.check == "verdict":
                weaker = weaker or refusal
            else:
                refused = refusal
        if (found := weaker or refused) is not None:
            yield _of(item.id, found)

    def _request_drafts(self, item: Request) -> Iterator[AnyDraft]:
        for draft in self._drafts(item):
            yield QuotedRequest(
                by=draft.by,
                to=draft.to,
                what=draft.what,
                quote=item.evidence[0].exact,
                force=item.force,
                modality=item.modality,
                for_whom=item.for_whom or "",
                reported_by=item.reported_by.name if item.reported_by else "",
                when=item.when_text or "",
            )

    def _position_drafts(self, item: Position) -> Iterator[AnyDraft]:
        if self.briefing.provenance.strategy == "focused":
            sentence = item.evidence[0].exact
            said = [item.speech.cue.exact] if item.speech else []
            for word in dict.fromkeys([*said, *cues.spoken(sentence), "“"]):
                for name in self._names(item.holder):
                    yield SpeakerDraft(name=name, word=word)
        for holder in self._names(item.holder):
            yield QuotedPosition(
                holder=holder,
                act=item.act,
                quote=item.evidence[0].exact,
                gist=item.gist,
                target=item.target.name if item.target else "",
                voiced_by=item.voiced_by.name if item.voiced_by else "",
                medium=item.medium or "",
                when=item.when_text or "",
            )

    def _told_by_draft(self, item: Casualties) -> bool:
        """Tell a strong draft's row, which no ledger changed, from a small model's."""
        return self.briefing.provenance.strategy == "whole" and not item.supersedes

    def _toll_drafts(self, item: Casualties) -> Iterator[AnyDraft]:
        told = QuotedCasualty(
            kind=item.kind,
            count=item.count_text or "",
            who=item.who_text or "",
            quote=item.evidence[0].exact,
            source=item.source.name if item.source else "",
            by=item.by.name if item.by else "",
            by_status=item.by_status or "",
            place=item.place or "",
            event=item.event or "",
            when=item.when_text or "",
        )
        yield told
        if item.value == 0:  # "did not hurt any" was drafted as a count
            yield told.model_copy(update={"count": "no"})

    def _development(self, item: Development) -> Iterator[Finding]:
        for party in item.who:
            yield from self._party(item.id, party)
        cited = " ".join(flat(e.exact) for e in item.evidence)
        if locate(item.what, cited) is None:
            yield _refused(item.id, "what", verdicts.judge(item.what, cited))
            return
        if item.found_by == "model":
            draft = DevelopmentDraft(
                what=item.what,
                who=tuple(self._named_here(item, party) for party in item.who),
                when=item.when_text or "",
                place=item.place or "",
                figures=tuple(f.text for f in item.figures),
            )
            yield from self._drafted(item, [draft])
        for figure in item.figures:
            meant = quantities.read(figure.text)
            if meant != (figure.value, figure.unit, figure.comparator) or (
                locate(figure.text, self._around(item)) is None
            ):
                reason = f"{figure.text!r} does not mean {figure.value}"
                yield Finding(item=item.id, check="number", reason=reason)

    def _named_here(self, item: Item, party: Party) -> str:
        """Choose a name of a party that the cited words have, if they have one."""
        cited = " ".join(e.exact for e in item.evidence)
        names = self._names(party)
        return next((n for n in names if locate(n, cited)), party.name)

    def _around(self, item: Item) -> str:
        """Join the cited sentences with those around them."""
        found: list[str] = []
        for reading, index in self._sentences(item):
            last = len(reading.article.sentences)
            found += [
                reading.article.words(i)
                for i in range(max(0, index - 2), min(last, index + 3))
            ]
        return " ".join(found)

    def _scope_of_whole(self, item: Casualties) -> Scope | None:
        """Return the scope of the row that a part belongs to: the ledger hands it down."""
        rows = self.briefing.casualties
        return next((row.scope for row in rows if row.id == item.part_of), None)

    def _figures(self, item: Casualties) -> Iterator[Finding]:
        """Check the figures that a row replaces: told, read right, and replaced."""
        for figure in item.supersedes:
            yield from self._party(item.id, figure.source)
            told = " ".join(e.exact for e in figure.evidence)
            count = counts.read(figure.count_text)
            meant = count and (
                count.value, count.comparator, count.low, count.high, count.vague
            )  # fmt: skip
            said = (
                figure.value, figure.comparator, figure.low, figure.high, figure.vague
            )  # fmt: skip
            if locate(figure.count_text, told) is None or meant != said:
                reason = f"no cited sentence gives {figure.count_text!r} as earlier"
                yield Finding(item=item.id, check="superseded", reason=reason)
        if all(self._is_older(figure, item) for figure in item.supersedes):
            return
        told_again = any(
            r.reader.revised(i) is not None for r, i in self._sentences(item)
        )
        if item.supersedes and not told_again:
            reason = "no cited sentence replaces a figure"
            yield Finding(item=item.id, check="superseded", reason=reason)

    def _is_older(self, figure: Figure, item: Casualties) -> bool:
        """Tell whether only articles of earlier days than the item's gave a figure."""
        before = [self.by_id[e.source].published for e in figure.evidence]
        after = [self.by_id[e.source].published for e in item.evidence]
        days, later = list(filter(None, before)), list(filter(None, after))
        known = len(days) == len(before) and len(later) == len(after)
        return known and max(days) < min(later)

    def _question(self, item: OpenQuestion) -> Iterator[Finding]:
        yield from self._party(item.id, item.who)
        about = [
            i
            for i in (
                *self.briefing.requests,
                *self.briefing.positions,
                *self.briefing.casualties,
                *self.briefing.developments,
            )
            if i.id == item.about
        ]
        if item.about is not None and not about:
            reason = f"there is no item {item.about!r}"
            yield Finding(item=item.id, check="about", reason=reason)
        passage = " ".join([self._passage(item), *(self._passage(i) for i in about)])
        names = [p.name for i in about for p in _parties(i)]
        names += [item.who.name] if item.who else []
        if strange := foreign(item.question, f"{passage} {' '.join(names)}"):
            reason = f"{strange[0]!r} is not in the sentences that raise it"
            yield Finding(item=item.id, check="wording", reason=reason)


def _positions_of(
    reading: Reading, index: int, item: Position, names: tuple[str, ...]
) -> Iterator[Held]:
    """Read the positions that a sentence may show."""
    for said in reading.said_in(index):
        held = reading.reader.statement(said)
        if isinstance(held, Held):
            # A draft may choose among the acts that the words show.
            shown = reading.reader.shown_acts(said.content.of(reading.article.text))
            if said.act == "assert" and item.act in shown:
                draft = PositionDraft(holder="", act=item.act, quote="")
                held = reading.reader.statement(said, draft)
            if isinstance(held, Held):
                yield held
    if reading.lexicon is not None and item.speech is None:
        for name in names:
            words = item.quote or item.gist
            draft = PositionDraft(holder=name, act=item.act, quote=words)
            held = reading.reader.stance(index, draft)
            if isinstance(held, Held):
                yield held
    elif item.form == "narrated":
        draft = PositionDraft(
            holder=item.holder.name, act=item.act, quote=item.evidence[0].exact
        )
        held = reading.reader.stance(
            index, draft.model_copy(update={"quote": item.gist})
        )
        if isinstance(held, Held):
            yield held


def _spans(item: Position, reading: Reading, held: Held) -> Refusal | None:
    """Compare the three spans of a statement with those of its sentence."""
    shown = [held.said_by, held.cue, held.content] if held.said_by else []
    seen = reading.article.seen
    given = [seen.visible(e.span) for _, e in item.speech] if item.speech else []
    if given == shown:
        return None
    return Refusal("spans", "speaker, cue or content stand elsewhere")


def _cited(item: Item) -> Iterator[Evidence]:
    """List all evidence of an item, that of its parts included."""
    yield from item.evidence
    if isinstance(item, Position) and item.speech is not None:
        yield from (evidence for _, evidence in item.speech)
    if isinstance(item, Casualties):
        for figure in item.supersedes:
            yield from figure.evidence


def _parties(item: Item) -> Iterator[Party]:
    for name in ("by", "to", "holder", "target", "source", "voiced_by", "reported_by"):
        party = getattr(item, name, None)
        if isinstance(party, Party):
            yield party


def _of(item: str, refusal: Refusal) -> Finding:
    return Finding(item=item, check=refusal.check, reason=refusal.reason)


def _equal(one: str, two: str) -> bool:
    """Compare words, typography aside."""
    first, second = flat(one).rstrip("."), flat(two).rstrip(".")
    return first == second or _is_capital_only(first, second)


def _is_capital_only(one: str, two: str) -> bool:
    """Tell whether two texts differ in typography and an initial capital only."""
    first, second = flat(one).rstrip("."), flat(two).rstrip(".")
    return first[1:] == second[1:] and first[:1].lower() == second[:1].lower()


def _same_when(one: When, two: When | None) -> bool:
    return two is not None and one == two


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def source_of(briefing: Briefing, text: str) -> Source | None:
    """Find the source of *briefing* that *text* is, by its hash; None if it is none."""
    digest = _sha256(text)
    return next((s for s in briefing.sources if s.text_sha256 == digest), None)
