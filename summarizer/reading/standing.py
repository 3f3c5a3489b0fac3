"""How an item came to be: who found it, and what the proof says of it."""

from dataclasses import dataclass, replace

from schemas.terms import FoundBy, Verdict

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
