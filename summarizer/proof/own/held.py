"""What a drafted item of a user's own section comes to: its fields, and what is open."""

from dataclasses import dataclass, field

from schemas.evidence import Span
from schemas.terms import Verdict
from summarizer.reading.values import ASKED_AGAIN, Mention, Refusal


@dataclass(frozen=True, slots=True)
class Filled:
    """A field whose words the article has.

    Attributes:
        name: Of the field.
        text: Of a choice its word; else empty, and *span* has the words.
        span: Where the words stand; None for a choice that no word shows.
        party: The phrase that names the party, of a party.
    """

    name: str
    text: str = ""
    span: Span | None = None
    party: Mention | None = None


@dataclass(slots=True)
class Held:
    """A drafted item that the article does not refute.

    Attributes:
        place: The words that tell it.
        sentence: All of the sentences that they touch.
        fields: The fields that are filled, in the order of the definition.
        reasons: What could not be shown.
        dropped: Fields that may be empty and whose words do not hold, with the reason.
        doubted: Parties whose part could not be shown, with the reason.
    """

    place: Span
    sentence: Span
    fields: list[Filled] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    dropped: dict[str, Refusal] = field(default_factory=dict)
    doubted: dict[str, str] = field(default_factory=dict)

    @property
    def all_reasons(self) -> tuple[str, ...]:
        """What could not be shown, parts of parties last."""
        return (*self.reasons, *dict.fromkeys(self.doubted.values()))

    @property
    def verdict(self) -> Verdict:
        """Supported when nothing is left open."""
        is_shown = all(one == ASKED_AGAIN for one in self.all_reasons)
        return "supported" if is_shown else "unconfirmed"
