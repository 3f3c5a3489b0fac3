"""Build the positions: statements that forms read, and drafts that were proven.

Where both read the same words of the same holder, the position is found by both. Where
they name different holders, the form's is unconfirmed and the draft's is withheld.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from schemas.briefing import Party, Position, Request, Speech, When
from schemas.draft import Drafted, PositionDraft
from schemas.evidence import Evidence, Span, cite
from summarizer.assembly import relations
from summarizer.assembly.context import Context, flat, told_time
from summarizer.assembly.counted.rows import Row
from summarizer.proof import parties
from summarizer.proof.statements import positions as proof
from summarizer.reading import timing
from summarizer.reading.reading import Reading
from summarizer.reading.values import Asked, Attribution, Held, Standing
from summarizer.sources import Article

ThingT = TypeVar("ThingT")
Found = tuple[Reading, Held]


def read(
    context: Context,
    asked: list[tuple[Reading, Asked]],
    rows: tuple[tuple[Reading, Row], ...],
    drafted: Iterable[Drafted],
) -> list[Found]:
    """Collect the statements that the form of a sentence ascribes to somebody.

    Args:
        context: The sources.
        asked: Requests: a statement that only reports one is an item already.
        rows: Counts of people harmed; the same.
        drafted: Drafts, of which one may choose among the acts that the words show.
    """
    found: list[Found] = []
    # What only a model takes for a request is still said by whoever says it.
    shown = [(r, one) for r, one in asked if one.standing.found_by != "model"]
    taken = _by_sentence((r, one.sentence, one) for r, one in shown)
    counted = _by_sentence(
        (r, r.article.index_at(row.harm.cue.start), row.harm.cue) for r, row in rows
    )
    drafts = _by_sentence(
        (context.by_id[d.source][1], _asked_about(context, d), d.item)
        for d in drafted
        if isinstance(d.item, PositionDraft)
    )
    for reading, said in ((r, said) for r in context.readings for said in r.said):
        here = (reading.article.id, said.sentence)
        if _only_reports(said, taken.get(here, []), counted.get(here, [])):
            continue
        inside = drafts.get(here, [])
        held = reading.reader.statement(said, inside[0] if len(inside) == 1 else None)
        if isinstance(held, Held):
            found.append((reading, proof.judge_form(reading, held)))
    return found


def _asked_about(context: Context, d: Drafted) -> int | None:
    article = context.by_id[d.source][1].article
    return None if d.asked is None else article.index_at(d.asked.start)


def together(
    context: Context, forms: list[Found], drafts: list[Found]
) -> tuple[list[Found], list[Held]]:
    """Join what forms and drafts found, in the order of the text.

    Returns:
        What was found, and the drafts that give words of a form's to another holder:
        where they differ the form is right more often, and neither is sure.
    """
    found = list(forms)
    fought: list[Held] = []
    for reading, draft in drafts:
        same = next(
            (n for n, one in enumerate(found) if _is_form_of(one, reading, draft)), None
        )
        if same is None:
            found = _with_draft(found, reading, draft)
            continue
        form = found[same][1]
        if not _agree(reading, form, draft):
            fought.append(draft)
        standing = _standing_beside(reading, form, draft)
        found[same] = (reading, replace(form, standing=standing))
    ordered = sorted(found, key=lambda f: (context.place(f[0]), f[1].evidence.start))
    return ordered, fought


def _with_draft(found: list[Found], reading: Reading, draft: Held) -> list[Found]:
    """Add a draft that no form reads, or join it with the one that it tells again."""
    again = next(
        (n for n, one in enumerate(found) if _tells_again(one, reading, draft)), None
    )
    if again is None:
        return [*found, (reading, draft)]
    before = found[again][1]
    standing = before.standing.and_by(draft.standing)
    joined = replace(_longer(before, draft), standing=standing)
    return [*found[:again], (reading, joined), *found[again + 1 :]]


def _standing_beside(reading: Reading, form: Held, draft: Held) -> Standing:
    """Return how a form's reading stands beside a draft of the same words."""
    if _agree(reading, form, draft):
        return form.standing.and_by(Standing("supported", (), "model"))
    name = draft.holder.span.of(reading.article.text)
    reason = f"another reading of this sentence gives the words to {name}"
    return Standing("unconfirmed", (reason,), form.standing.found_by)


def _is_form_of(one: Found, reading: Reading, draft: Held) -> bool:
    """Tell whether a form reads the words of a draft."""
    own = one[0] is reading and one[1].standing.found_by != "model"
    return own and _meet(one[1], draft)


def _tells_again(one: Found, reading: Reading, draft: Held) -> bool:
    """Tell whether a draft of one sentence is part of what its holder said there."""
    if one[0] is not reading or one[1].sentence != draft.sentence:
        return False
    small = one[1].evidence == draft.evidence and one[1].standing.found_by == "model"
    return small and _agree(reading, one[1], draft) and _meet(one[1], draft)


def _longer(one: Held, two: Held) -> Held:
    lengths = [h.gist.end - h.gist.start for h in (one, two)]
    return one if lengths[0] >= lengths[1] else two


def _agree(reading: Reading, form: Held, draft: Held) -> bool:
    named = [form.holder, *([form.voiced_by] if form.voiced_by else [])]
    return any(parties.is_one(reading.directory, m, draft.holder) for m in named)


def _meet(form: Held, draft: Held) -> bool:
    """Tell whether a draft states what a form reads: mostly the same words."""
    shared = min(form.content.end, draft.gist.end) - max(
        form.content.start, draft.gist.start
    )
    shorter = min(
        form.content.end - form.content.start, draft.gist.end - draft.gist.start
    )
    return shared > _MOSTLY * shorter


_MOSTLY = 0.5
"""Share of the shorter statement that two readings of one have in common."""


def build(
    context: Context, held: list[Found], requests: tuple[Request, ...]
) -> tuple[Position, ...]:
    """Make items of proven positions; what a party says twice in one text is one item."""
    items: list[Position] = []
    told_before: dict[tuple[str, str, str], int] = {}
    of_story = _by_story(context, requests)
    for reading, one in held:
        item = _item(context, (reading, one), f"p{len(items) + 1}", of_story)
        said_before = (reading.article.id, item.holder.id, item.gist.lower())
        if said_before in told_before:
            continue
        told_before[said_before] = len(items)
        items.append(item)
    return tuple(items)


@dataclass(frozen=True, slots=True)
class _Parties:
    """The parties of a position, entered in the cast."""

    holder: Party
    target: Party | None
    voiced_by: Party | None
    speaker: Party | None


def _parties(context: Context, reading: Reading, one: Held) -> _Parties:
    """Return the parties of a position, entering them in the order of its fields."""
    holder = context.cast.party(reading.directory, one.holder)
    target = context.party(reading, one.target)
    voiced = context.party(reading, one.voiced_by)
    voiced = voiced if voiced != holder else None
    speaker = voiced or (holder if one.speaker is not None else None)
    return _Parties(holder, target, voiced, speaker)


def _item(
    context: Context, found: Found, ident: str, of_story: dict[int, relations.Index]
) -> Position:
    """Make the item of one proven position."""
    reading, one = found
    article, text = reading.article, reading.article.text
    who = _parties(context, reading, one)
    when_text, when = _time(reading, one) or (None, None)
    return Position(
        id=ident,
        verdict=one.standing.verdict,
        reasons=one.standing.reasons,
        found_by=one.standing.found_by,
        evidence=(_cited(article, one),),
        holder=who.holder,
        act=one.act,
        gist=flat(one.gist.of(text)),
        target=who.target if who.target != who.holder else None,
        voiced_by=who.voiced_by,
        answers=_answers(context, found, who, of_story),
        form=one.form,
        quote=flat(one.quote.of(text)) if one.quote else None,
        conditional=one.conditional,
        medium=flat(one.medium.of(text)) if one.medium else None,
        speech=_speech(article, one),
        when_text=when_text,
        when=when,
        attribution=context.tier(reading, who.speaker, _sentence(article, one)),
        hedge=reading.reader.hedge(one.evidence.of(text)),
    )


def _sentence(article: Article, one: Held) -> Span:
    """Return the sentence of a position."""
    return article.sentences[one.sentence].span


def _cited(article: Article, one: Held) -> Evidence:
    """Cite a position: speaker, cue and content, to the end where little is left."""
    evidence = _to_the_end(article.text, one.evidence, _sentence(article, one))
    return cite(article.id, article.text, evidence)


def _answers(
    context: Context,
    found: Found,
    who: _Parties,
    of_story: dict[int, relations.Index],
) -> tuple[str, ...]:
    """List the requests of the same story that a position answers."""
    reading, one = found
    requests = of_story[context.sources.about.story[reading.article.id]]
    said = one.content.of(reading.article.text)
    return relations.answers(who.holder, who.target, one.act, said, requests)


def _time(reading: Reading, one: Held) -> tuple[str, When] | None:
    if one.standing.found_by == "model":
        return told_time(reading, one.when)
    if one.form == "narrated":
        return timing.within(reading.article, one.sentence, one.gist)
    return timing.of_saying(reading.article, one.sentence, one.cue, one.content)


def _by_story(
    context: Context, requests: tuple[Request, ...]
) -> dict[int, relations.Index]:
    """Index the requests of each story: those of another one are not answered."""
    found: dict[int, list[Request]] = {
        number: [] for number in context.sources.about.story.values()
    }
    for request in requests:
        found[context.sources.story(request)].append(request)
    return {number: relations.Index(own) for number, own in found.items()}


def _by_sentence(
    found: Iterable[tuple[Reading, int | None, ThingT]],
) -> dict[tuple[str, int | None], list[ThingT]]:
    """Group what was found by source and sentence."""
    groups: dict[tuple[str, int | None], list[ThingT]] = {}
    for reading, index, one in found:
        groups.setdefault((reading.article.id, index), []).append(one)
    return groups


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
    end = (
        sentence.end
        if span.end <= sentence.end and len(rest) <= _SHORT_REST
        else span.end
    )
    start = sentence.start if 0 <= span.start - sentence.start <= 4 else span.start
    return Span(start=start, end=end)


_SHORT_REST = 40
"""Code points of a sentence after its statement that are shown with it: a date."""


def _speech(article: Article, held: Held) -> Speech | None:
    """Cite speaker, cue and content each by itself."""
    if held.said_by is None:
        return None
    content = held.gist if held.standing.found_by == "model" else held.content
    return Speech(
        speaker=cite(article.id, article.text, held.said_by),
        cue=cite(article.id, article.text, held.cue),
        content=cite(article.id, article.text, content),
    )
