"""Make a briefing's items of what was drafted, with everything that fails withheld.

The order is that of dependence: requests, then what is said of them, then counts,
then what stays open. Code proposes what the form of a sentence proves by itself; the
model's drafts add what the form does not show.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from schemas.briefing import (
    Actor,
    Casualties,
    Figure,
    Item,
    OpenQuestion,
    Party,
    Position,
    Request,
    Speech,
    Withheld,
)
from schemas.draft import (
    CasualtyDraft,
    Drafted,
    PositionDraft,
    QuestionDraft,
    RequestDraft,
    RoleDraft,
)
from schemas.evidence import Evidence, Span, cite
from schemas.terms import Attribution as Tier
from schemas.terms import Section
from summarizer.assembly import ledger, merging, open_questions, prominent, relations
from summarizer.assembly.cast import Cast, check_role
from summarizer.assembly.ledger import Earlier, Row
from summarizer.assembly.merging import Sources
from summarizer.reading import grammar, timing
from summarizer.reading.harm import Harm
from summarizer.reading.holding import Held
from summarizer.reading.mentions import Mention
from summarizer.reading.reading import Reading, counter
from summarizer.reading.refusal import Refusal
from summarizer.reading.requesting import Asked
from summarizer.reading.revision import Revision
from summarizer.reading.speech import Attribution
from summarizer.sources import Article
from summarizer.text.locate import locate
from summarizer.text.typography import flat

ItemT = TypeVar("ItemT", bound=Item)
ThingT = TypeVar("ThingT")


@dataclass(frozen=True, slots=True)
class Assembled:
    """The items of a briefing, and what is not among them."""

    actors: tuple[Actor, ...]
    requests: tuple[Request, ...]
    positions: tuple[Position, ...]
    casualties: tuple[Casualties, ...]
    open_questions: tuple[OpenQuestion, ...]
    withheld: tuple[Withheld, ...]
    undescribed: Mapping[str, tuple[str, ...]]
    """Names of actors whose role the text's form does not show."""

    refused: tuple[tuple[Drafted, Refusal], ...]
    """The drafts behind `withheld`."""

    copy_of: Mapping[str, str]
    """By the id of each source that is a copy, the id of its original."""

    def citing(self, cited: Callable[[Evidence], Evidence]) -> "Assembled":
        """Return the same items with each evidence put through *cited*."""

        def changed(items: tuple[ItemT, ...]) -> tuple[ItemT, ...]:
            return tuple(_cited(item, cited) for item in items)

        return replace(
            self,
            actors=changed(self.actors),
            requests=changed(self.requests),
            positions=changed(self.positions),
            casualties=changed(self.casualties),
            open_questions=changed(self.open_questions),
        )


def _cited(item: ItemT, cited: Callable[[Evidence], Evidence]) -> ItemT:
    """Put every evidence of an item through *cited*."""
    update: dict[str, object] = {"evidence": tuple(map(cited, item.evidence))}
    if isinstance(item, Position) and item.speech is not None:
        spans = {name: cited(evidence) for name, evidence in item.speech}
        update["speech"] = Speech.model_validate(spans)
    if isinstance(item, Casualties):
        update["supersedes"] = tuple(
            f.model_copy(update={"evidence": tuple(map(cited, f.evidence))})
            for f in item.supersedes
        )
    return item.model_copy(update=update)


def assemble(readings: Iterable[Reading], drafted: Iterable[Drafted]) -> Assembled:
    """Check all drafts and build the items.

    Args:
        readings: One for each source, in order.
        drafted: What the model drafted, in the order of asking.
    """
    return _Assembly(tuple(readings), tuple(drafted)).build()


def withheld(d: Drafted, refusal: Refusal) -> Withheld:
    """Describe a refused draft in the briefing."""
    return Withheld(
        section=d.section,
        item=d.item,
        source=d.source,
        reason=refusal.reason,
        check=refusal.check,
    )


@dataclass(slots=True)
class _Assembly:
    """The steps of `assemble` and what they share; used once."""

    readings: tuple[Reading, ...]
    drafted: tuple[Drafted, ...]
    withheld: list[Withheld] = field(default_factory=list)
    refused: list[tuple[Drafted, Refusal]] = field(default_factory=list)
    cast: Cast = field(init=False)
    sources: Sources = field(init=False)
    by_id: dict[str, tuple[int, Reading]] = field(init=False)

    def __post_init__(self) -> None:
        self.cast = Cast(tuple(r.directory for r in self.readings))
        articles = [r.article for r in self.readings]
        self.sources = merging.of(articles, self.cast.across)
        self.by_id = {r.article.id: (n, r) for n, r in enumerate(self.readings)}

    def build(self) -> Assembled:
        asked = self._asked()
        rows = self._rows()
        held = self._held(asked, rows)
        requests = merging.requests(self._requests(asked), self.sources)
        positions = merging.positions(self._positions(held, requests), self.sources)
        requests = relations.with_status(requests, positions)
        casualties = merging.casualties(self._casualties(rows), self.sources)
        self._fighters()
        roles = self._roles()
        questions, refused = open_questions.build(
            [(r.directory, r.said) for r in self.readings],
            self.cast,
            requests,
            positions,
            casualties,
            [(d, d.item) for d in self.drafted if isinstance(d.item, QuestionDraft)],
            self.sources.about,
        )
        for d, refusal in refused:
            self._withhold(d, refusal)
        return Assembled(
            actors=self.cast.actors(roles, self.sources.copy_of),
            requests=requests,
            positions=positions,
            casualties=casualties,
            open_questions=questions,
            withheld=tuple(self.withheld),
            undescribed=self.cast.undescribed(),
            refused=tuple(self.refused),
            copy_of=self.sources.copy_of,
        )

    # -- drafts ---------------------------------------------------------------

    def _of(self, section: Section) -> list[tuple[Reading, Drafted, int]]:
        """List the drafts of a section with the sentence that each is about."""
        found: list[tuple[Reading, Drafted, int]] = []
        for given in self.drafted:
            if given.section != section:
                continue
            d = _unblanked(given)
            _, reading = self.by_id[d.source]
            index = _sentence_of(reading.article, d)
            if index is None:
                words = getattr(d.item, "quote", "")
                self._withhold(
                    d, Refusal("not_found", f"the source does not say {words[:80]!r}")
                )
            else:
                found.append((reading, d, index))
        return found

    def _withhold(self, d: Drafted, refusal: Refusal) -> None:
        if refusal.check == "not_found" and (other := self._elsewhere(d)) is not None:
            reason = f"the source does not say this: the words stand in {other}"
            refusal = Refusal("elsewhere", reason)
        self.refused.append((d, refusal))
        entry = withheld(d, refusal)
        if entry not in self.withheld:
            self.withheld.append(entry)

    def _elsewhere(self, d: Drafted) -> str | None:
        """Find another source of the run that has the words of a draft's quote."""
        quote = getattr(d.item, "quote", "")
        if len(self.readings) == 1 or " " not in quote.strip():
            return None
        # Most texts do not hold the longest word of a quote: this is quick.
        longest = max(re.findall(r"\w+", quote), key=len, default="")
        for reading in self.readings:
            article = reading.article
            if article.id == d.source or longest not in article.text:
                continue
            if locate(quote, article.text) is not None:
                return article.id
        return None

    # -- requests -------------------------------------------------------------

    def _asked(self) -> list[tuple[Reading, Asked]]:
        found: list[tuple[Reading, Asked]] = []
        for reading in self.readings:
            for index in range(len(reading.article.sentences)):
                found += [(reading, one) for one in grammar.asked(reading, index)]
        for reading, d, index in self._of("requests"):
            if not isinstance(d.item, RequestDraft):
                continue
            one = grammar.request(reading, index, d.item)
            if isinstance(one, Refusal):
                self._withhold(d, one)
            elif not any(r is reading and one.cue == o.cue for r, o in found):
                found.append((reading, one))
        return sorted(found, key=lambda f: (self._place(f[0]), f[1].cue.start))

    def _place(self, reading: Reading) -> int:
        """Tell which of the sources it is: "s10" comes after "s9"."""
        return self.by_id[reading.article.id][0]

    def _requests(self, asked: list[tuple[Reading, Asked]]) -> tuple[Request, ...]:
        items: list[Request] = []
        told_before: dict[tuple[str, str, str | None], list[int]] = {}
        for reading, one in asked:
            text = reading.article.text
            by = self.cast.party(reading.directory, one.by)
            to = self._party(reading, one.to)
            reporter = self._party(reading, one.reported_by)
            sentence = reading.article.sentences[one.sentence].span
            told = timing.of_event(
                reading.article,
                one.sentence,
                one.cue,
                [s.cue for s in reading.said_in(one.sentence)],
                outside=one.what if one.modality == "actual" else None,
            )
            item = Request(
                id=f"r{len(items) + 1}",
                evidence=(cite(reading.article.id, text, sentence),),
                by=by,
                to=to,
                what=_flat(one.what.of(text)),
                force=one.force,
                mode=grammar.mode(reading, one.what.of(text)),
                for_whom=_flat(one.for_whom.of(text)) if one.for_whom else None,
                reported_by=reporter,
                modality=one.modality,
                status=relations.status_told(sentence.of(text), one.what.of(text)),
                when_text=told[0] if told else None,
                when=told[1] if told else None,
                attribution=self._tier(reading, reporter, sentence),
                hedge=grammar.hedge(reading, sentence.of(text)),
            )
            between = (reading.article.id, by.id, to.id if to else None)
            alike = told_before.setdefault(between, [])
            same = next(
                (i for i in alike if relations.same_request(items[i], item)), None
            )
            if same is None:
                alike.append(len(items))
                items.append(item)
            else:
                items[same] = relations.merged_evidence(items[same], item.evidence)
        return tuple(items)

    # -- positions ------------------------------------------------------------

    def _held(
        self, asked: list[tuple[Reading, Asked]], rows: tuple[tuple[Reading, Row], ...]
    ) -> list[tuple[Reading, Held]]:
        drafts = self._of("positions")
        found: list[tuple[Reading, Held]] = []
        taken = _by_sentence((r, one.sentence, one) for r, one in asked)
        counted = _by_sentence(
            (r, r.article.index_at(row.harm.cue.start), row.harm.cue) for r, row in rows
        )
        drafted = _by_sentence(
            (r, index, d.item)
            for r, d, index in drafts
            if isinstance(d.item, PositionDraft)
        )
        for reading in self.readings:
            for said in reading.said:
                here = (reading.article.id, said.sentence)
                if _only_reports(said, taken.get(here, []), counted.get(here, [])):
                    continue
                held = grammar.statement(
                    reading, said, _draft_for(drafted.get(here, []))
                )
                if isinstance(held, Held):
                    found.append((reading, held))
        for reading, d, index in drafts:
            if isinstance(d.item, PositionDraft):
                requested = (reading.article.id, index) in taken
                stance = self._narrated(reading, d, index, d.item, requested=requested)
                if stance is not None and not any(
                    r is reading and h.content.overlaps(stance.content)
                    for r, h in found
                ):
                    found.append((reading, stance))
        return sorted(found, key=lambda f: (self._place(f[0]), f[1].evidence.start))

    def _narrated(
        self,
        reading: Reading,
        d: Drafted,
        index: int,
        draft: PositionDraft,
        *,
        requested: bool,
    ) -> Held | None:
        """Check a draft against what the article itself ascribes to a party."""
        rest, met = _beside_statements(reading, index, draft)
        if met and rest is None:
            if all(s.speaker is None for s in met):
                reason = "the text does not show who says it"
                self._withhold(d, Refusal("no_speaker", reason))
            return None  # the form of the sentence says who speaks; it is there already
        if rest is not None and requested:
            return None  # a request, and among the requests
        item = draft if rest is None else draft.model_copy(update={"quote": rest})
        held = grammar.stance(reading, index, item)
        if isinstance(held, Refusal):
            self._withhold(d, held)
            return None
        return held

    def _by_story(self, requests: tuple[Request, ...]) -> dict[int, relations.Index]:
        """Index the requests of each story: those of another one are not answered."""
        found: dict[int, list[Request]] = {
            number: [] for number in self.sources.about.story.values()
        }
        for request in requests:
            found[self.sources.story(request)].append(request)
        return {number: relations.Index(own) for number, own in found.items()}

    def _positions(
        self, held: list[tuple[Reading, Held]], requests: tuple[Request, ...]
    ) -> tuple[Position, ...]:
        items: list[Position] = []
        told_before: set[tuple[str, str, str]] = set()
        of_story = self._by_story(requests)
        for reading, one in held:
            article, text = reading.article, reading.article.text
            sentence = article.sentences[one.sentence].span
            holder = self.cast.party(reading.directory, one.holder)
            target = self._party(reading, one.target)
            voiced = self._party(reading, one.voiced_by)
            speaker = voiced or (holder if one.speaker is not None else None)
            told = (
                timing.within(article, one.sentence, one.gist)
                if one.form == "narrated"
                else timing.of_saying(article, one.sentence, one.cue, one.content)
            )
            item = Position(
                id=f"p{len(items) + 1}",
                evidence=(
                    cite(article.id, text, _to_the_end(text, one.evidence, sentence)),
                ),
                holder=holder,
                act=one.act,
                gist=_flat(one.gist.of(text)),
                target=target if target != holder else None,
                voiced_by=voiced,
                answers=relations.answers(
                    holder,
                    target,
                    one.act,
                    one.content.of(text),
                    of_story[self.sources.about.story[article.id]],
                ),
                form=one.form,
                quote=_flat(one.quote.of(text)) if one.quote else None,
                conditional=one.conditional,
                medium=_flat(one.medium.of(text)) if one.medium else None,
                speech=_speech(article, one),
                when_text=told[0] if told else None,
                when=told[1] if told else None,
                attribution=self._tier(reading, speaker, sentence),
                hedge=grammar.hedge(reading, one.evidence.of(text)),
            )
            said_before = (article.id, holder.id, item.gist.lower())
            if said_before not in told_before:
                told_before.add(said_before)
                items.append(item)
        return tuple(items)

    # -- casualties -----------------------------------------------------------

    def _rows(self) -> tuple[tuple[Reading, Row], ...]:
        # Each source has a ledger of its own; `merging` joins what they tell.
        ledgers: dict[str, tuple[Row, ...]] = {}
        for reading, index, found in self._harm():
            new = Row(
                found,
                ((reading.article.id, index),),
                reading.article.text,
                reading.article.id,
                counter(reading, index, found),
                revision=_revision(reading, index, found),
                place=_place_of(reading, index, found),
                day=_day_of(reading, index, found),
                sentence=reading.article.words(index),
            )
            rows = ledgers.get(reading.article.id, ())
            ledgers[reading.article.id] = ledger.enter(rows, new)
        entered: list[tuple[Reading, Row]] = []
        for ident, rows in ledgers.items():
            first = len(entered)
            for row in rows:
                whole = None if row.part_of is None else row.part_of + first
                entered.append((self.by_id[ident][1], replace(row, part_of=whole)))
        return tuple(entered)

    def _harm(self) -> list[tuple[Reading, int, Harm]]:
        """Collect what drafts and the text's form say of harm, in the text's order."""
        checked: list[tuple[Reading, int, Harm]] = []
        for reading, d, index in self._of("casualties"):
            if not isinstance(d.item, CasualtyDraft):
                continue
            found = grammar.harmed(reading, index, d.item)
            if isinstance(found, Refusal):
                self._withhold(d, found)
            else:
                checked.append((reading, index, found))
        for reading in self.readings:
            for index, shown in grammar.all_harmed(reading).items():
                checked += [(reading, index, found) for found in shown]
        return sorted(
            checked,
            key=lambda c: (
                self._place(c[0]),
                c[1],
                (c[2].count_span or c[2].who_span or c[2].cue).start,
            ),
        )

    def _casualties(
        self, rows: tuple[tuple[Reading, Row], ...]
    ) -> tuple[Casualties, ...]:
        items: list[Casualties] = []
        for number, (reading, row) in enumerate(rows):
            article, text = reading.article, reading.article.text
            one, index = row.harm, row.places[0][1]
            sentence = article.sentences[index].span
            source = self._party(reading, row.source)
            by, status = grammar.doer(reading, index, one, row.source)
            anchor = one.count_span or one.who_span or one.cue
            said = reading.said_in(index)
            given = timing.as_of(
                article,
                index,
                anchor,
                [(s.cue, s.content) for s in said],
                revised=row.revision is not None,
            )
            told = timing.of_event(
                article,
                index,
                anchor,
                [s.cue for s in said],
                outside=given.span if given else None,
            )
            count = None if one.none_reported else one.count
            items.append(
                Casualties(
                    id=f"c{number + 1}",
                    evidence=tuple(
                        cite(s, text, article.sentences[i].span) for s, i in row.places
                    ),
                    kind=one.kind,
                    count_text=_flat(one.count_span.of(text))
                    if one.count_span
                    else None,
                    who_text=_flat(one.who_span.of(text)) if one.who_span else None,
                    source=source,
                    by=self.cast.party(reading.directory, by) if by else None,
                    by_status=status,
                    place=grammar.place(reading, index, anchor),
                    event=grammar.event(reading, index, one),
                    value=count.value if count else None,
                    comparator=count.comparator if count else None,
                    low=count.low if count else None,
                    high=count.high if count else None,
                    vague=count.vague if count else False,
                    who=one.who,
                    scope=one.scope,
                    part_of=f"c{row.part_of + 1}" if row.part_of is not None else None,
                    none_reported=one.none_reported,
                    as_of_text=_flat(given.span.of(text)) if given else None,
                    as_of=given.when if given else None,
                    supersedes=tuple(
                        self._figure(reading, earlier) for earlier in row.superseded
                    ),
                    when_text=told[0] if told else None,
                    when=told[1] if told else None,
                    attribution=self._tier(reading, source, sentence),
                    hedge=grammar.hedge(reading, sentence.of(text)),
                )
            )
        return tuple(items)

    def _figure(self, reading: Reading, earlier: Earlier) -> Figure:
        article, text = reading.article, reading.article.text
        count = earlier.count
        return Figure(
            evidence=tuple(
                cite(s, text, article.sentences[i].span) for s, i in earlier.places
            ),
            count_text=_flat(earlier.count_span.of(text)),
            source=self._party(reading, earlier.source),
            value=count.value,
            comparator=count.comparator,
            low=count.low,
            high=count.high,
            vague=count.vague,
        )

    # -- actors ---------------------------------------------------------------

    def _fighters(self) -> None:
        """Enter the armed groups that the article names, and who acts again and again."""
        for reading in self.readings:
            if reading.lexicon is not None:
                continue  # who acts is read in English only
            text = reading.article.text
            for mention in reading.directory.all:
                words = mention.core.of(text)
                named = re.match(r"[A-Z]", words) and not mention.nested
                if not named or _SINGLE_FIGHTER.search(words):
                    continue
                known = reading.directory.known(words, mention)
                if known.kind == "armed_group":
                    self.cast.party(reading.directory, mention)
            for mention in prominent.find(reading.directory):
                self.cast.party(reading.directory, mention)

    def _roles(self) -> dict[str, list[RoleDraft]]:
        kept: dict[str, list[RoleDraft]] = {}
        for d in self.drafted:
            if not isinstance(d.item, RoleDraft):
                continue
            _, reading = self.by_id[d.source]
            refusal = check_role(reading.directory, d.item)
            if refusal is None:
                kept.setdefault(d.source, []).append(d.item)
            else:
                self._withhold(d, refusal)
        return kept

    def _party(self, reading: Reading, mention: Mention | None) -> Party | None:
        return self.cast.party(reading.directory, mention) if mention else None

    def _tier(
        self, reading: Reading, source: Party | None, sentence: Span
    ) -> Tier | None:
        known = self.cast.known(source) if source is not None else None
        return grammar.tier(reading, known, sentence.of(reading.article.text))


def _unblanked(d: Drafted) -> Drafted:
    """Empty the fields of a draft that hold nothing visible."""
    blank = {k: "" for k, v in d.item if isinstance(v, str) and v and not flat(v)}
    if not blank:
        return d
    return d.model_copy(update={"item": d.item.model_copy(update=blank)})


def _sentence_of(article: Article, d: Drafted) -> int | None:
    """Find the sentence that a draft is about: asked about, or holding its quote."""
    if d.asked is not None:
        return article.index_at(d.asked.start)
    words = getattr(d.item, "quote", "")
    if not words.strip():
        return None
    place = locate(words, article.text)
    return article.index_at(place.start) if place is not None else None


def _beside_statements(
    reading: Reading, index: int, draft: PositionDraft
) -> tuple[str | None, list[Attribution]]:
    """Take from a draft's quote what the sentence ascribes to somebody by its form.

    Returns:
        The words before the first such statement, or the whole quote where it meets
        none, or None where too little is left; and the statements that it meets.
    """
    text, sentence = reading.article.text, reading.article.sentences[index].span
    place = locate(draft.quote, text, sentence) if draft.quote.strip() else None
    if place is None:
        return None, []
    met = [s for s in reading.said_in(index) if s.content.overlaps(place)]
    if not met:
        return place.of(text), []
    first = min(
        min(
            s.content.start,
            s.cue.start,
            s.speaker.span.start
            if s.speaker and s.speaker.span.within(sentence)
            else s.cue.start,
        )
        for s in met
    )
    before = text[place.start : max(place.start, first)].rstrip(" ,;")
    before = re.sub(
        r"(?i)[\s,]+(?:where|which|while|and|but|that|as|after|because)$", "", before
    )
    return (before if len(before.split()) >= _ENOUGH_WORDS else None), met


_ENOUGH_WORDS = 4
"""Words that a stance needs at least: "is a critic of"."""


def _by_sentence(
    found: Iterable[tuple[Reading, int | None, ThingT]],
) -> dict[tuple[str, int | None], list[ThingT]]:
    """Group what was found by source and sentence."""
    groups: dict[tuple[str, int | None], list[ThingT]] = {}
    for reading, index, one in found:
        groups.setdefault((reading.article.id, index), []).append(one)
    return groups


def _draft_for(inside: list[PositionDraft]) -> PositionDraft | None:
    return inside[0] if len(inside) == 1 else None


def _only_reports(said: Attribution, asked: list[Asked], counted: list[Span]) -> bool:
    """Tell whether a statement only reports a request or a count: an item already."""
    for one in asked:
        # The speaker who says that somebody must do something is the requester.
        if one.cue.within(said.content) or one.cue.overlaps(said.cue):
            return True
    return said.act in {"assert", "announce"} and any(
        c.within(said.content) for c in counted
    )


def _to_the_end(text: str, span: Span, sentence: Span) -> Span:
    """Widen evidence to the end of its sentence when little is left of it."""
    rest = text[span.end : sentence.end]
    end = sentence.end if len(rest) <= _SHORT_REST else span.end
    start = sentence.start if span.start - sentence.start <= 4 else span.start
    return Span(start=start, end=end)


_SHORT_REST = 40
"""Code points of a sentence after its statement that are shown with it: a date."""


def _place_of(reading: Reading, index: int, found: Harm) -> str | None:
    anchor = found.count_span or found.who_span or found.cue
    return grammar.place(reading, index, anchor)


def _day_of(reading: Reading, index: int, found: Harm) -> str | None:
    """Find the day of what happened, as far as the sentence dates it."""
    anchor = found.count_span or found.who_span or found.cue
    cues = [s.cue for s in reading.said_in(index)]
    told = timing.of_event(reading.article, index, anchor, cues)
    if told is None:
        return None
    return told[1].value or told[0].lower()


def _revision(reading: Reading, index: int, found: Harm) -> Revision | None:
    """Find the revision of which a count is the new figure."""
    told = grammar.revised(reading, index)
    return told if told is not None and told.new == found.count_span else None


def _speech(article: Article, held: Held) -> Speech | None:
    """Cite speaker, cue and content each by itself."""
    if held.said_by is None:
        return None
    return Speech(
        speaker=cite(article.id, article.text, held.said_by),
        cue=cite(article.id, article.text, held.cue),
        content=cite(article.id, article.text, held.content),
    )


_SINGLE_FIGHTER = re.compile(
    r"(?i)\b(?:militant|terrorist|fighter|insurgent|rebel|gunman|separatist)$"
)
"""One fighter, or an adjective: "Sunni militant" names no group."""


def _flat(words: str) -> str:
    """Make copied words one line; the untouched ones stand in the evidence."""
    return " ".join(words.split())
