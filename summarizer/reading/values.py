"""What readers find and the proof judges: the values that both share.

Offsets are code points of the article.
"""

from dataclasses import dataclass, replace
from typing import Literal

from schemas.evidence import Span
from schemas.terms import (
    Act,
    ActorKind,
    ByStatus,
    CasualtyKind,
    Force,
    Form,
    FoundBy,
    Modality,
    Scope,
    Sector,
    Verdict,
    Victims,
)
from summarizer.text.counts import Count


@dataclass(frozen=True, slots=True)
class Refusal:
    """One failed check.

    Attributes:
        check: Short name, the same for all items that fail the same way.
        reason: One sentence with the words at fault.
    """

    check: str
    reason: str


GIST_WORDS = 20
"""Words of a statement that its gist has at most."""

ASKED_AGAIN = "asked again without its first answer, the model names the same"
"""Why an item is supported that code alone cannot show; `verify` says so too."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an item besides its content.

    Attributes:
        verdict: supported or unconfirmed; what is refuted never becomes an item.
        reasons: What could not be shown, one line each; of what is supported, ASKED_AGAIN
            where not code but a second answer shows it.
        found_by: A model's answer, the form of a sentence, or each by itself.
    """

    verdict: Verdict = "supported"
    reasons: tuple[str, ...] = ()
    found_by: FoundBy = "form"

    def and_by(self, other: "Standing") -> "Standing":
        """Join two findings of one item: what either shows is shown."""
        found_by = self.found_by if self.found_by == other.found_by else "both"
        best = min(self, other, key=_weakness)
        return replace(best, found_by=found_by)


def _weakness(one: Standing) -> tuple[bool, bool]:
    return one.verdict != "supported", bool(one.reasons)


BY_FORM = Standing()
"""What the form of a sentence shows is supported by it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that names a party.

    Attributes:
        span: The whole phrase, in code points of the article.
        core: The name in it, without titles and adjectives; the phrase without its
            article for described parties.
        form: How it refers.
        kind: What its head says it is; None when nothing says so.
        role: Words before or in the phrase that say what a named person is.
        nested: True for a name inside a longer phrase ("Syria" in "Syria’s army").
    """

    span: Span
    core: Span
    form: Literal["name", "described", "pronoun"]
    kind: ActorKind | None = None
    role: Span | None = None
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the text shows about one party.

    Attributes:
        key: The same for all phrases that name it.
        name: Fullest form, as it stands in the text.
        first: Where that form stands.
        named: False for people known by their post or number only.
    """

    key: str
    name: str
    kind: ActorKind
    first: Span
    named: bool
    role: str | None = None
    role_span: Span | None = None
    of: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: tuple[Sector, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement that a sentence ascribes to somebody.

    Attributes:
        sentence: Index of the sentence in the article.
        speaker: The phrase that names the speaker; for a pronoun, the phrase that it
            stands for, when that is found, possibly in an earlier sentence.
        cue: The verb or phrase that ascribes it.
        content: What is said, marks included.
        form: direct when the content is a quotation, mixed when it holds one.
        act: What the cue expresses; "assert" for plain verbs of saying.
        told: The words "told X", when the sentence has them.
        via: Who reports that it was said: "a diplomat said the minister had told him".
    """

    sentence: int
    speaker: Mention | None
    cue: Span
    content: Span
    form: Literal["direct", "mixed", "indirect"]
    act: Act
    told: Span | None = None
    via: Mention | None = None


Voice = Literal["active", "passive", "nominal", "modal"]


Bar = Literal["condition", "denied", "reader"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One request as the form of its sentence has it.

    Attributes:
        sentence: Index of the sentence.
        by: Who asks; None when the form does not show it.
        to: Who is asked; None when nobody is named.
        cue: The word that asks.
        what: What is asked for.
        bar: Why it is no request after all; None when it is one.
    """

    sentence: int
    cue: Span
    voice: Voice
    force: Force
    by: Mention | None
    to: Mention | None
    what: Span | None
    modality: Modality
    reported_by: Mention | None = None
    bar: Bar | None = None
    at_large: bool = False
    """True for "called for …" and "demanded that …", which need no addressee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that its sentence bears out."""

    sentence: int
    by: Mention | None
    to: Mention | None
    what: Span
    cue: Span
    force: Force
    modality: Modality
    reported_by: Mention | None = None
    for_whom: Span | None = None
    when: Span | None = None
    """The draft's words for the time."""

    standing: Standing = BY_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A position that the sentence bears out.

    Attributes:
        holder: The phrase that names whose view it is.
        content: The words that state it.
        gist: The same, cut to `GIST_WORDS` words at a border of a clause.
        evidence: Speaker, cue and content together, within the sentence.
        voiced_by: Who says it for the holder; None when the holder speaks.
        speaker: Whose saying it is, for the tier; None when the article narrates.
    """

    sentence: int
    holder: Mention
    act: Act
    content: Span
    gist: Span
    evidence: Span
    form: Form
    quote: Span | None = None
    target: Mention | None = None
    voiced_by: Mention | None = None
    speaker: Mention | None = None
    conditional: bool
    medium: Span | None = None
    cue: Span
    said_by: Span | None = None
    """The words that name who speaks; None when the article narrates."""

    when: Span | None = None
    """The draft's words for the time."""

    standing: Standing = BY_FORM


@dataclass(frozen=True, slots=True)
class Told:
    """What a draft tells of people harmed besides who and how many.

    Attributes:
        source: Who counted.
        by: Who did it.
        by_status: As what the text says so.
    """

    source: Mention | None = None
    by: Mention | None = None
    by_status: ByStatus | None = None
    place: Span | None = None
    event: Span | None = None
    when: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """What one sentence says of people who were harmed, read by code.

    Attributes:
        kind: As the nearest word of harm says; it may differ from the draft's.
        cue: That word.
        count: Its reading; None when the words give no number at all.
        count_span: The words of the count, with their qualifier.
        who_span: The words for the people.
        subset: True when the sentence counts them within others ("including 12").
        none_reported: True for "no reports of casualties".
    """

    kind: CasualtyKind
    cue: Span
    count: Count | None
    count_span: Span | None
    who_span: Span | None
    who: Victims
    scope: Scope = "event"
    subset: bool = False
    none_reported: bool = False
    told: Told | None = None
    """What a strong draft tells besides; None when the form of the sentence tells it."""

    standing: Standing = BY_FORM

    taken_up: bool = False
    """Whether the people are named in an earlier sentence, and only "she" stands here."""

    @property
    def anchor(self) -> Span:
        """The words that place it in its sentence."""
        who = None if self.taken_up else self.who_span
        return self.count_span or who or self.cue


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that replaces others.

    Attributes:
        new: The words of the figure that stands.
        old: The words of those that it replaces, as far as the sentence has them.
        changed: The verb, when somebody changes the figure: "revised"; None when the
            toll itself rises.
    """

    new: Span
    old: tuple[Span, ...]
    changed: Span | None
