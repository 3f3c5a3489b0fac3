"""Judge all drafts of a run: each becomes a proven value, or is refused with the reason.

Every draft ends in one of the lists; none is lost, and none is changed into another.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.draft import (
    AnyDraft,
    Blind,
    CasualtyDraft,
    DevelopmentDraft,
    Drafted,
    PositionDraft,
    QuestionDraft,
    RequestDraft,
    RoleDraft,
    SpeakerDraft,
)
from schemas.evidence import Span
from summarizer.proof import developments, second, tolls, words
from summarizer.proof.developments import Happened
from summarizer.proof.requests import judging as requests
from summarizer.proof.statements import positions
from summarizer.reading.reading import Reading
from summarizer.reading.values import Asked, Harm, Held, Refusal
from summarizer.text.locate import locate
from summarizer.text.typography import flat


@dataclass(slots=True)
class Proved:
    """What became of the drafts, section by section, in the order of asking."""

    requests: list[tuple[Reading, Asked]] = field(default_factory=list)
    positions: list[tuple[Reading, Held]] = field(default_factory=list)
    tolls: list[tuple[Reading, int, Harm]] = field(default_factory=list)
    developments: list[tuple[Reading, Happened]] = field(default_factory=list)
    roles: list[tuple[Reading, Drafted, RoleDraft]] = field(default_factory=list)
    questions: list[tuple[Drafted, QuestionDraft]] = field(default_factory=list)
    refused: list[tuple[Drafted, Refusal]] = field(default_factory=list)
    origins: dict[int, Drafted] = field(default_factory=dict)
    """By the `id` of a proven value, the draft that it was."""

    unconfirmed: list[Drafted] = field(default_factory=list)
    """Drafts, as they were given, that nothing speaks against and code cannot show."""


Made = Held | Asked | Harm | Happened
Verdict = tuple[Span, Made] | Refusal
"""Where the words of a draft stand and what it is proven to say, or why it is refused."""


@dataclass(slots=True)
class Verdicts:
    """What the drafts of one run were judged to be: each step asks for it again.

    By identity, since two drafts that are alike are two items. Each stands beside its
    verdict, so that no other draft gets its identity meanwhile.
    """

    _known: dict[int, tuple[Drafted, Verdict]] = field(default_factory=dict)

    def of(self, reading: Reading, given: Drafted, d: Drafted) -> Verdict:
        """Judge a draft once, by the article alone.

        Args:
            reading: The article.
            given: The draft, as it was given.
            d: The draft, without blank fields.
        """
        if id(given) not in self._known:
            self._known[id(given)] = given, _verdict(reading, d)
        return self._known[id(given)][1]


def prove(
    readings: Sequence[Reading],
    drafted: Iterable[Drafted],
    answers: Mapping[Drafted, Blind] | None = None,
    verdicts: Verdicts | None = None,
) -> Proved:
    """Judge drafts against what the articles show.

    Args:
        readings: The articles.
        drafted: The drafts.
        answers: Blind second answers about those that were unconfirmed.
        verdicts: What drafts of these articles were judged to be before.
    """
    verdicts = verdicts or Verdicts()
    found = Proved()
    by_id = {r.article.id: r for r in readings}
    for given in drafted:
        d = _unblanked(given)
        reading = by_id[d.source]
        if isinstance(d.item, RoleDraft):
            found.roles.append((reading, d, d.item))
            continue
        if isinstance(d.item, QuestionDraft):
            found.questions.append((d, d.item))
            continue
        if isinstance(d.item, SpeakerDraft):
            refusal = _speaker(found, reading, d, d.item)
        else:
            verdict = verdicts.of(reading, given, d)
            refusal = _judged(found, reading, d, given, verdict, answers or {})
        if refusal is not None:
            found.refused.append((d, _elsewhere(readings, d, refusal)))
    return found


def one(reading: Reading, item: AnyDraft, place: Span) -> Made | Refusal:
    """Judge one draft whose words stand at *place*."""
    if isinstance(item, PositionDraft):
        return positions.judge(reading, item, place)
    if isinstance(item, SpeakerDraft):
        return positions.judge_speaker(reading, item, place)
    if isinstance(item, RequestDraft):
        return requests.judge(reading, item, place)
    if isinstance(item, CasualtyDraft):
        return tolls.judge(reading, item, place)
    if isinstance(item, DevelopmentDraft):
        inside = words.place_of(reading.article, item.what) or place
        return developments.judge(reading, item, inside)
    return Refusal("section", "nothing is judged in this section")


def _verdict(reading: Reading, d: Drafted) -> Verdict:
    """Judge one draft by the article alone."""
    place = _place(reading, d)
    if place is None:
        return _nowhere(d)
    # Small models find requests where nobody asks for anything: one look refutes them.
    small = d.asked is not None and isinstance(d.item, RequestDraft)
    if small and reading.reader.asks(place) is False:
        reason = "no word of the sentence asks anybody for anything"
        return Refusal("no_request", reason)
    made = one(reading, d.item, place)
    return made if isinstance(made, Refusal) else (place, made)


def _judged(
    found: Proved,
    reading: Reading,
    d: Drafted,
    given: Drafted,
    verdict: Verdict,
    answers: Mapping[Drafted, Blind],
) -> Refusal | None:
    """Put one draft where it belongs, after a second answer about it if there is one.

    Returns:
        Why it is refused, or None.
    """
    if isinstance(verdict, Refusal):
        return verdict
    place, proven = verdict
    made: Made | Refusal = proven
    if proven.standing.verdict == "unconfirmed":
        found.unconfirmed.append(given)
        made = _weighed(reading, d.item, proven, place, answers.get(given))
    if isinstance(made, Refusal):
        return made
    _keep(found, reading, place, made, d)
    return None


def _nowhere(d: Drafted) -> Refusal:
    """Refuse a draft whose words stand nowhere in its text."""
    quote = _quote(d)
    if not flat(quote):
        return Refusal("not_found", "no words are quoted")
    where = "sentence" if d.asked is not None else "source"
    return Refusal("not_found", f"the {where} does not say {quote[:80]!r}")


def _weighed(
    reading: Reading, item: AnyDraft, made: Made, place: Span, told: Blind | None
) -> Made | Refusal:
    """Return what a blind second answer makes of an unconfirmed value, if there is one."""
    if told is None or isinstance(made, Happened):
        return made
    return second.weigh(reading, item, made, place, told)


def _speaker(
    found: Proved, reading: Reading, d: Drafted, item: SpeakerDraft
) -> Refusal | None:
    """Judge a party that a small model names for one word of a sentence."""
    if d.asked is None:
        return Refusal("not_found", "no words are quoted")
    held = positions.judge_speaker(reading, item, d.asked)
    if isinstance(held, Refusal):
        return held
    found.positions.append((reading, held))
    found.origins[id(held)] = d
    return None


def _keep(found: Proved, reading: Reading, place: Span, made: Made, d: Drafted) -> None:
    """Put what was proven into its section."""
    found.origins[id(made)] = d
    if isinstance(made, Held):
        found.positions.append((reading, made))
    elif isinstance(made, Asked):
        found.requests.append((reading, made))
    elif isinstance(made, Happened):
        found.developments.append((reading, made))
    else:
        anchor = made.anchor
        index = reading.article.index_at(anchor.start)
        index = reading.article.touched(place)[0] if index is None else index
        found.tolls.append((reading, index, made))


def _quote(d: Drafted) -> str:
    return str(getattr(d.item, "quote", "") or getattr(d.item, "what", ""))


def _place(reading: Reading, d: Drafted) -> Span | None:
    """Find the words that a draft rests on: its quotation, or the sentence asked about."""
    quoted = getattr(d.item, "quote", None)
    if d.asked is not None and not isinstance(quoted, str):
        return d.asked
    return words.place_of(reading.article, _quote(d), d.asked)


def _elsewhere(readings: Sequence[Reading], d: Drafted, refusal: Refusal) -> Refusal:
    """Say that another source of the run has the words of a draft, if one does."""
    quote = _quote(d)
    if refusal.check != "not_found" or len(readings) == 1 or " " not in quote.strip():
        return refusal
    # Most texts do not hold the longest word of a quote: this is quick.
    longest = max(re.findall(r"\w+", quote), key=len, default="")
    for reading in readings:
        article = reading.article
        if article.id == d.source or longest not in article.text:
            continue
        if locate(quote, article.text) is not None:
            reason = f"the source does not say this: the words stand in {article.id}"
            return Refusal("elsewhere", reason)
    return refusal


def _unblanked(d: Drafted) -> Drafted:
    """Empty the fields of a draft that hold nothing visible."""
    blank = {k: "" for k, v in d.item if isinstance(v, str) and v and not flat(v)}
    if not blank:
        return d
    return d.model_copy(update={"item": d.item.model_copy(update=blank)})
