"""The briefing: what we publish.

Field names and terms follow the standards of the field: W3C Web Annotation for
evidence, TIMEX3 for dates, PLOVER and CAMEO for requests and sectors, UCDP GED,
ACLED, MUC-4, EM-DAT and IDMC for casualties, PolNeAR for attribution.
"""

from bisect import bisect_right
from datetime import date
from html import escape
from importlib import import_module
from typing import Annotated, Any

from pydantic import AwareDatetime, Field

from schemas.draft import AnyDraft
from schemas.evidence import Evidence, Frozen
from schemas.sections import SectionDefinition
from schemas.terms import (
    Act,
    ActorKind,
    Attribution,
    Basis,
    ByStatus,
    CasualtyKind,
    Check,
    Comparator,
    ExclusionReason,
    FlagReason,
    Force,
    Form,
    FoundBy,
    Modality,
    Mode,
    Precision,
    QuestionKind,
    Scope,
    Section,
    Sector,
    Status,
    Verdict,
    Victims,
)

SCHEMA_VERSION = "1.2"
"""1.2 adds sections of a user's own and reasoning_tokens. 1.1 adds verdict, reasons and found_by, developments and rests_on; 1.0 is still read."""

Count = Annotated[int, Field(ge=0)]


class Source(Frozen):
    """One text that was read. Offsets refer to the text with this hash."""

    id: str
    uri: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    text_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    language: str | None = None
    """BCP 47 code, or null when it is not known."""

    text: str
    """The untouched text, so that evidence can always be shown and checked. Of a
    document with a form of its own, the text that was taken out of it."""

    byline: str | None = None
    published_at: AwareDatetime | None = None
    """Time of publication, as far as the source states it with its offset from UTC."""

    updated: date | None = None
    """Day of the last change that the source states."""

    updated_at: AwareDatetime | None = None
    canonical: str | None = None
    """The address that the source gives as its own: of a page, or mid: of an e-mail."""

    media_type: str | None = None
    """What was read: text/plain, text/html, application/pdf."""

    pages: tuple[Count, ...] = ()
    """Where each page starts in the text; empty when the source has no pages."""

    notes: tuple[str, ...] = ()
    """What was left out or guessed in reading: attachments, running lines."""

    copy_of: str | None = None
    """Id of the source that it repeats for the most part: the same agency text. A copy
    adds nothing to what its original states."""

    def page_of(self, offset: int) -> int | None:
        """Tell on which page, from 1, the code point at *offset* stands, if on any."""
        return bisect_right(self.pages, offset) or None


class Exclusion(Frozen):
    """A stretch of a source that is not part of its article."""

    source: str
    start: Count
    end: Count
    exact: str
    reason: ExclusionReason


class Flag(Frozen):
    """A sentence that talks to a program instead of telling news; it yields no item."""

    source: str
    start: Count
    end: Count
    exact: str
    reason: FlagReason


class Uncovered(Frozen):
    """A sentence that reads as if it held an item, and yielded none."""

    source: str
    start: Count
    end: Count
    exact: str
    section: Section
    """What its words seem to hold."""


class NotChecked(Frozen):
    """What is not checked in a source, because its language has no list for it."""

    source: str
    language: str | None
    """BCP 47 code, or null when it is not known."""

    checks: Annotated[tuple[Check, ...], Field(min_length=1)]


class When(Frozen):
    """A date as a TIMEX3 value, with the days that it spans."""

    value: str | None = None
    """TIMEX3 value: 2025-07-20, 2025-W29, 2025-07, 2024. Null when unresolved."""

    start: date | None = None
    end: date | None = None
    """Last day, included."""

    precision: Precision | None = None
    basis: Basis


class Party(Frozen):
    """An actor of this briefing, by id and name."""

    id: str
    name: str


class Item(Frozen):
    """What every item carries."""

    id: str
    verdict: Verdict = "supported"
    """supported: the text shows it. unconfirmed: nothing speaks against it, but code
    cannot show it."""

    reasons: tuple[str, ...] = ()
    """What could not be shown, one line each; of a supported item empty, or that not code
    but a second answer of the model shows it."""

    found_by: FoundBy | None = None
    """Null in briefings of schema 1.0, which do not say it."""

    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    corroboration: Annotated[int, Field(ge=1)] = 1
    """How many of the sources state it by themselves: a copy counts with its original."""

    when_text: str | None = None
    """The source's own words for the time."""

    when: When | None = None
    attribution: Attribution | None = None
    """How the source of the information is identified in the article."""

    hedge: str | None = None
    """A word of doubt in the cited words: reportedly, alleged, claimed."""


class Actor(Item):
    """A party that asks, is asked, holds a position, fights, dies or announces."""

    name: str
    """Fullest form in the text."""

    kind: ActorKind
    role: str | None = None
    of: str | None = None
    """Whose official or spokesperson, as stated."""

    aliases: tuple[str, ...] = ()
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 3166-1 alpha-3."""

    sector: tuple[Sector, ...] = ()
    """PLOVER sector codes."""

    named: bool
    """False for people known by their post or number only."""


class Request(Item):
    """One party asks another to do, give or stop something."""

    by: Party | None
    """Null when the text does not say who asks: "visitors have been asked to leave"."""

    to: Party | None = None
    what: str
    force: Force
    mode: Mode
    for_whom: str | None = None
    reported_by: Party | None = None
    modality: Modality
    status: Status


class Speech(Frozen):
    """The three spans of a statement: speaker, cue and content (PolNeAR, PARC 3.0)."""

    speaker: Evidence
    """The words that name the speaker; for "he added", those that he stands for."""

    cue: Evidence
    """The verb or phrase that ascribes it: "said", "according to"."""

    content: Evidence
    """What is said."""


class Position(Item):
    """What a party says or holds."""

    holder: Party
    act: Act
    gist: str
    target: Party | None = None
    voiced_by: Party | None = None
    answers: tuple[str, ...] = ()
    """Ids of the requests that this position answers."""

    form: Form
    quote: str | None = None
    """The quoted words, when the form is direct or mixed."""

    conditional: bool = False
    medium: str | None = None
    """To whom it was said: "told Reuters"."""

    speech: Speech | None = None
    """Who says it, by which word, and what; null when the article narrates."""


class Figure(Frozen):
    """An earlier figure of a row, which the text itself replaces."""

    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    count_text: str
    source: Party | None = None
    value: Count | None = None
    comparator: Comparator | None = None
    low: Count | None = None
    high: Count | None = None
    vague: bool = False


class Casualties(Item):
    """One count of people harmed, as one party gives it."""

    kind: CasualtyKind
    count_text: str | None = None
    who_text: str | None = None
    source: Party | None = None
    """Who counted."""

    by: Party | None = None
    """Who did it, as far as the source says."""

    by_status: ByStatus | None = None
    place: str | None = None
    event: str | None = None
    value: Count | None = None
    comparator: Comparator | None = None
    low: Count | None = None
    """Smallest number of people that the words support."""

    high: Count | None = None
    """Largest number of people that the words support."""

    vague: bool = False
    who: Victims = "unknown"
    scope: Scope = "event"
    part_of: str | None = None
    """Id of the row of which these people are a part."""

    none_reported: bool = False
    """True for "no reports of casualties": that is not a count of zero."""

    as_of_text: str | None = None
    """The source's own words for when it was counted or said: "as of Friday"."""

    as_of: When | None = None
    supersedes: tuple[Figure, ...] = ()
    """Figures that this one replaces, the oldest first."""


class Quantity(Frozen):
    """A number of a development: 30 aircraft, 6 %, £119m."""

    text: str
    """The source's own words."""

    value: float | None = None
    unit: str | None = None
    """The word or sign behind or before the number: aircraft, %, £."""

    comparator: Comparator | None = None


class Development(Item):
    """An event, a decision or a figure that is the news itself (UCDP, ACLED, GDELT)."""

    what: str
    """The article's own clause, verb and object whole."""

    who: tuple[Party, ...] = ()
    """The parties that act in it."""

    place: str | None = None
    figures: tuple[Quantity, ...] = ()


class OpenQuestion(Item):
    """What the article leaves open."""

    kind: QuestionKind
    question: Annotated[str, Field(pattern=r"\?$")]
    about: str | None = None
    """Id of the item that it is about."""

    who: Party | None = None
    """Who was asked."""


class Value(Frozen):
    """A field of an item of a user's own section."""

    name: str
    text: str
    """The source's own words; of a choice, its word of the list."""

    evidence: Evidence | None = None
    """Where the words stand; null for a choice that no word shows."""

    party: Party | None = None
    number: Quantity | None = None
    """Read by code from the words."""

    when: When | None = None
    """Read by code from the words."""


class OwnItem(Item):
    """An item of a user's own section."""

    fields: tuple[Value, ...]
    """Those that the source fills, in the order of the definition."""

    def value(self, name: str) -> Value | None:
        """Return the field of that name; None when the source does not fill it."""
        return next((v for v in self.fields if v.name == name), None)


class OwnWithheld(Frozen):
    """A draft of an item of a user's own section that failed a check."""

    source: str
    quote: str
    fields: dict[str, str]
    reason: str
    check: str
    found_by: FoundBy = "model"


class OwnSection(Frozen):
    """A section of a user's own: what was asked, what was found, what was refused."""

    definition: SectionDefinition
    items: tuple[OwnItem, ...] = ()
    withheld: tuple[OwnWithheld, ...] = ()


class Hole(Frozen):
    """Sentences about which a question to the model failed."""

    section: str | None
    """What was asked for, a section of the briefing or of the user's own; null when
    everything was."""

    source: str
    start: Count
    end: Count
    exact: str
    reason: str


class Coverage(Frozen):
    """How much of the sources was read, and what the items rest on."""

    sentences: Count
    """Sentences of the sources, excluded text left out."""

    sentences_read: Count
    """Sentences that were searched for items; those of a failed question are not."""

    sentences_cited: Count
    """Sentences that at least one item cites."""

    passages_failed: tuple[Hole, ...] = ()
    not_covered: tuple[Uncovered, ...] = ()
    """Sentences with a speech verb and a person, a word of harm and a number, or a
    verb of asking, that no item cites: the model may have missed something."""


class Withheld(Frozen):
    """A draft item that failed a check and is not shown as an item."""

    section: Section
    item: AnyDraft
    source: str
    reason: str
    check: str
    """Short name of the check that it failed."""

    found_by: FoundBy | None = None
    """Null in briefings of schema 1.0, which do not say it."""


class Provenance(Frozen):
    """Enough to reproduce the briefing; never a secret."""

    model: str
    endpoint: str
    """Host only."""

    strategy: str
    prompt_sha256: str
    schema_version: str = SCHEMA_VERSION
    calls: Count = 0
    prompt_tokens: Count = 0
    cached_tokens: Count = 0
    completion_tokens: Count = 0
    reasoning_tokens: Count = 0
    """Of the completion tokens, those that were thought and not shown."""

    cached_replies: Count = 0
    """Questions that were answered by a reply that was kept from before."""

    seconds: Annotated[float, Field(ge=0)] = 0.0
    cost: Annotated[float, Field(ge=0)] | None = None
    """In US dollars; null when no price is known, 0 on this machine."""


class Briefing(Frozen):
    """A news article, or several, as a briefing that can be checked."""

    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    excluded: tuple[Exclusion, ...] = ()
    flagged: tuple[Flag, ...] = ()
    """Sentences like instructions to a program. They change nothing."""

    bottom_line: str
    rests_on: tuple[str, ...] = ()
    """Ids of the items that the bottom line rests on, clause by clause."""

    actors: tuple[Actor, ...] = ()
    requests: tuple[Request, ...] = ()
    positions: tuple[Position, ...] = ()
    casualties: tuple[Casualties, ...] = ()
    developments: tuple[Development, ...] = ()
    """What happened: the news itself, the weightiest first."""

    open_questions: tuple[OpenQuestion, ...] = ()
    sections: tuple[OwnSection, ...] = ()
    """Sections of the user's own, in the order in which they were asked for."""

    coverage: Coverage
    complete: bool
    """False when a question to the model failed: a hole is named, never hidden."""

    not_checked: tuple[NotChecked, ...] = ()
    """What code could not check, source by source; empty when all are in English."""

    withheld: tuple[Withheld, ...] = ()
    provenance: Provenance

    def section(self, name: str) -> OwnSection | None:
        """Return the user's own section of that name; None when it was not asked for."""
        found = (s for s in self.sections if s.definition.name == name)
        return next(found, None)

    def to_markdown(self, *, quotes: bool = True) -> str:
        """Write it in Markdown, with or without the source's words under each item."""
        return str(_form("markdown").render(self, quotes=quotes))

    def to_html(self) -> str:
        """Write it as one page beside its sources; the page needs no network."""
        return str(_form("html").render(self))

    def to_slack(self) -> tuple[dict[str, object], ...]:
        """Write it as the messages that `post` sends, each a payload of a webhook."""
        return tuple(dict(message) for message in _form("slack").messages(self))

    def _repr_html_(self) -> str:
        """Show the page in a notebook, in a frame of its own that runs no script."""
        page = escape(self.to_html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts" style="width: 100%; height: 40em; '
            'border: 1px solid #ccc" title="Briefing"></iframe>'
        )


def _form(name: str) -> Any:
    """Load a form when it is asked for: the schemas know nothing of forms otherwise."""
    return import_module(f"summarizer.render.{name}")
