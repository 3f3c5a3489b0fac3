"""The draft: the little that the model fills.

It copies words and chooses from short lists. It never writes an offset, a number, a
date or the form of a quotation: code derives those from the words it copied. The
field docstrings are sent to the model; keys are short because each costs tokens.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from schemas.evidence import Frozen, Span
from schemas.terms import (
    Act,
    ActorKind,
    ByStatus,
    CasualtyKind,
    Force,
    FoundBy,
    Modality,
    Section,
)


class CasualtyDraft(Frozen):
    """People who were harmed or held, as one sentence says it."""

    kind: CasualtyKind
    count: str
    """The number word by word with its qualifier ("at least 12"), or empty."""

    who: str
    """The people, in the words of the sentence, or empty."""


class RequestDraft(Frozen):
    """One party asks another for something."""

    by: str
    """Who asks, in the words of the text."""

    to: str
    """Who is asked, or empty."""

    what: str
    """What is asked for, in the words of the text."""


class PositionDraft(Frozen):
    """What one party says or holds."""

    holder: str
    """Whose view it is: a name from the text, never a pronoun."""

    act: Act
    quote: str
    """The words that state it, copied from the text."""


class SpeakerDraft(Frozen):
    """Who says or holds what one word of a sentence tells; code has the sentence."""

    name: str
    """Who says, thinks or does it: a name of the text."""

    word: str
    """The word: said, believes, a quotation mark."""


class RoleDraft(Frozen):
    """Who a party of the article is."""

    name: str
    kind: ActorKind
    role: str
    """Post or description, copied from the text, or empty."""


class QuestionDraft(Frozen):
    """Something that the article leaves undecided or unsaid."""

    kind: Literal["pending", "unspecified"]
    question: str
    """A short question that the article does not answer."""


class QuotedCasualty(CasualtyDraft):
    """The same, with the words of the article that say so, and what they tell of it."""

    quote: str
    """The sentence or clause that says so, copied exactly."""

    source: str = ""
    """Who counted or reports it, in the words of the text, or empty."""

    by: str = ""
    """Who did it, as far as the text says, or empty."""

    by_status: ByStatus | Literal[""] = ""
    """stated by the article, alleged by others, claimed by themselves, or denied."""

    place: str = ""
    """Where, in the words of the text, or empty."""

    event: str = ""
    """What harmed them ("the attack"), in the words of the text, or empty."""

    when: str = ""
    """When, in the words of the text, or empty."""


class QuotedRequest(RequestDraft):
    """The same, with the words of the article that say so, and what they tell of it."""

    quote: str
    """The sentence or clause that says so, copied exactly."""

    force: Force | Literal[""] = ""
    """request (asks, appeals), call (urges, calls for, should), demand (demands, must)."""

    modality: Modality | Literal[""] = ""
    """planned when it is yet to be made, otherwise actual."""

    for_whom: str = ""
    """For whom it is asked, when not for the requester, or empty."""

    reported_by: str = ""
    """Who says that it was asked, when that is not the requester, or empty."""

    when: str = ""
    """When it was asked, in the words of the text, or empty."""


class QuotedPosition(PositionDraft):
    """The same, with what the words tell of it."""

    gist: str = ""
    """The statement itself in whole clauses of the quote, copied, at most 30 words."""

    target: str = ""
    """The party that it is aimed at, in the words of the text, or empty."""

    voiced_by: str = ""
    """Who speaks for the holder, when somebody else does, or empty."""

    medium: str = ""
    """To whom or where it was said ("told Reuters"), in the words of the text."""

    when: str = ""
    """When it was said, in the words of the text, or empty."""


class DevelopmentDraft(Frozen):
    """An event, a decision or a figure that is the news itself."""

    what: str
    """The clause that tells it, copied exactly, verb and object whole, at most 30 words."""

    who: tuple[str, ...] = ()
    """The parties that act in it, in the words of the text."""

    when: str = ""
    """When, in the words of the text, or empty."""

    place: str = ""
    """Where, in the words of the text, or empty."""

    figures: tuple[str, ...] = ()
    """Numbers in it with their units, copied ("90 jobs", "6 %")."""


class QuotedQuestion(QuestionDraft):
    """The same, with the words of the article that raise it."""

    quote: str
    """The words of the article that raise it, copied exactly."""


class UnreadDraft(Frozen):
    """What an answer held in the place of an item, when it fits no type of draft."""

    MOST_CHARS: ClassVar[int] = 2_000

    raw: Annotated[str, Field(max_length=MOST_CHARS)]
    """As it was written, cut to 2,000 characters."""


AnyDraft = (
    CasualtyDraft
    | RequestDraft
    | PositionDraft
    | QuotedCasualty
    | QuotedRequest
    | QuotedPosition
    | QuotedQuestion
    | DevelopmentDraft
    | SpeakerDraft
    | RoleDraft
    | QuestionDraft
    | UnreadDraft
)


class CasualtyAnswer(Frozen):
    """Answer to one question about casualties."""

    items: tuple[CasualtyDraft, ...]


class RequestAnswer(Frozen):
    """Answer to one question about requests."""

    items: tuple[RequestDraft, ...]


class PositionAnswer(Frozen):
    """Answer to one question about positions."""

    items: tuple[PositionDraft, ...]


class SpeakerAnswer(Frozen):
    """Answer to one question about one word of saying."""

    who: str
    """The name of who says, thinks or does it, or empty."""


class RoleAnswer(Frozen):
    """Answer to the one question about roles."""

    items: tuple[RoleDraft, ...]


class WholeAnswer(Frozen):
    """Everything in one answer, for models that can."""

    requests: tuple[QuotedRequest, ...]
    positions: tuple[QuotedPosition, ...]
    casualties: tuple[QuotedCasualty, ...]
    developments: tuple[DevelopmentDraft, ...] = ()
    """At most five, the most important first; nothing that is already an item above."""

    roles: tuple[RoleDraft, ...]
    """Every party of the items above: who it is."""

    open_questions: tuple[QuotedQuestion, ...]
    """At most three things that the article leaves undecided or unsaid."""

    bottom_line: str
    """At most 45 words: what matters most, attributed, with the article's words."""


class Blind(Frozen):
    """An answer to a question that does not tell what was answered before."""

    number: int
    """Number of the question."""

    who: str = ""
    """Whoever says, holds or wants it, or empty."""

    whom: str = ""
    """Whoever is asked, or empty."""

    count: str = ""
    """The number with its qualifier, or empty."""


class BlindAnswer(Frozen):
    """Answers to numbered questions about one article."""

    items: tuple[Blind, ...]


class Drafted(Frozen):
    """A draft item on its way to the checks, with where it was looked for."""

    section: Section
    item: AnyDraft
    source: str
    asked: Span | None = None
    """The sentence that the model was asked about; null when it had the whole text."""

    found_by: FoundBy = "model"
