"""What a briefing is asked for: which sections, by which readers, for how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast, get_args

from schemas.sections import SectionDefinition
from schemas.terms import Section
from summarizer.errors import SettingsError

BUILT_IN: Final[tuple[Section, ...]] = get_args(Section)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a briefing is asked for.

    Attributes:
        forms: Whether what the form of sentences shows becomes items beside what a
            small model finds. A strong model's drafts stand by themselves in any case.
        only: The built-in sections that are wanted; None for all of them. Parties are
            always named.
        sections: Sections of the user's own.
        budget_tokens: Tokens, read and written together, after which nothing more is
            asked: the rest is named as not read. None is no limit.
        budget_calls: The same for requests to the model.
    """

    forms: bool = True
    only: frozenset[Section] | None = None
    sections: tuple[SectionDefinition, ...] = ()
    budget_tokens: int | None = None
    budget_calls: int | None = None

    def __post_init__(self) -> None:
        if self.only is not None:
            chosen(self.only)
        for name in ("budget_tokens", "budget_calls"):
            value = getattr(self, name)
            is_number = isinstance(value, int) and not isinstance(value, bool)
            if value is not None and not (is_number and value >= 1):
                msg = f"{name} must be a whole number above 0, not {value!r}"
                raise SettingsError(msg)

    def wants(self, section: Section) -> bool:
        """Tell whether a built-in section is wanted."""
        return self.only is None or section in self.only


EVERYTHING: Final = Plan()


def chosen(names: Iterable[str] | None) -> frozenset[Section] | None:
    """Read the names of built-in sections; "none" leaves only the user's own.

    Raises:
        SettingsError: There is no such section.
    """
    if names is None:
        return None
    found = [name.strip().lower().replace("-", "_") for name in names]
    for name in found:
        if name not in (*BUILT_IN, "none"):
            known = ", ".join((*BUILT_IN, "none"))
            msg = f"unknown section {name!r}: take some of {known}"
            raise SettingsError(msg)
    return frozenset(cast("Section", name) for name in found if name != "none")
