"""Why a draft item is not shown: the check it failed, and a sentence for the reader."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One failed check.

    Attributes:
        check: Short name, the same for all items that fail the same way.
        reason: One sentence with the words at fault.
    """

    check: str
    reason: str
