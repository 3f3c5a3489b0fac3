"""The draft: the little that the model fills.

It copies words and chooses from short lists. It never writes an offset, a number, a
date or the form of a quotation: code derives those from the words it copied. The
field docstrings are sent to the model; keys are short because each costs tokens.
"""

from typing import Literal

from schemas.evidence import Frozen, Span
from schemas.terms import Act, ActorKind, CasualtyKind, Section


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
    """The same, with the words of the article that say so."""

    quote: str
    """The sentence or clause that says so, copied exactly."""


class QuotedRequest(RequestDraft):
    """The same, with the words of the article that say so."""

    quote: str
    """The sentence or clause that says so, copied exactly."""


class QuotedQuestion(QuestionDraft):
    """The same, with the words of the article that raise it."""

    quote: str
    """The words of the article that raise it, copied exactly."""


AnyDraft = (
    QuotedCasualty
    | QuotedRequest
    | QuotedQuestion
    | CasualtyDraft
    | RequestDraft
    | PositionDraft
    | RoleDraft
    | QuestionDraft
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


class RoleAnswer(Frozen):
    """Answer to the one question about roles."""

    items: tuple[RoleDraft, ...]


class WholeAnswer(Frozen):
    """Everything in one answer, for models that can."""

    requests: tuple[QuotedRequest, ...]
    positions: tuple[PositionDraft, ...]
    casualties: tuple[QuotedCasualty, ...]
    roles: tuple[RoleDraft, ...]
    """Every party of the items above: who it is."""

    open_questions: tuple[QuotedQuestion, ...]
    """At most three things that the article leaves undecided or unsaid."""

    bottom_line: str
    """At most 45 words: what matters most, attributed, with the article's words."""


class Drafted(Frozen):
    """A draft item on its way to the checks, with where it was looked for."""

    section: Section
    item: AnyDraft
    source: str
    asked: Span | None = None
    """The sentence that the model was asked about; null when it had the whole text."""
