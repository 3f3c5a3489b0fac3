"""What a verification reports: findings, one for each thing that does not hold."""

from typing import Literal

from schemas.evidence import Frozen
from schemas.terms import Check

VerdictName = Literal[
    "exact", "typographic", "altered", "stitched", "elsewhere", "not_found"
]
Difference = Literal["number", "negation", "modal", "name", "date", "other"]


class Finding(Frozen):
    """One thing about an item that its source does not bear out."""

    item: str
    """Id of the item, or its number in a plain list of quotes."""

    check: str
    reason: str
    verdict: VerdictName | None = None
    differences: tuple[Difference, ...] = ()
    diff: str = ""
    """The source's words against the quote's: [-source-]{+quote+}."""


class Unchecked(Frozen):
    """An item of which not everything could be checked."""

    item: str
    checks: tuple[Check, ...]
    """What its language has no list for."""


class Report(Frozen):
    """What a verification found."""

    checked: int
    """Items that were checked."""

    findings: tuple[Finding, ...]
    unconfirmed: tuple[str, ...] = ()
    """Ids of the items that nothing speaks against, and that code cannot show."""

    not_checked: tuple[Unchecked, ...] = ()
    """Items of which not everything could be checked; they count as checked too."""

    @property
    def failed(self) -> tuple[str, ...]:
        """Ids of the items that failed, each once, in order."""
        return tuple(dict.fromkeys(f.item for f in self.findings))
