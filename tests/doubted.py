"""The invented harbour story with items that could not be confirmed, and what happened."""

from paged import POST, at, whole

from schemas.briefing import Briefing, Development, Party, Quantity, When, Withheld
from schemas.draft import CasualtyDraft, DevelopmentDraft

CHAD = Party(id="a2", name="Chad")
UNSURE = {"verdict": "unconfirmed", "reasons": ("the sentence is a fragment",)}


def doubted(**more: object) -> Briefing:
    """Make the briefing: the first position and the first toll are unconfirmed.

    Args:
        more: Fields that replace its own.
    """
    base = whole()
    unsure = {"verdict": "unconfirmed", "found_by": "model"}
    first, second = base.positions
    tolls = base.casualties
    fields: dict[str, object] = {
        "bottom_line": "Shells fell on the harbour of Tarsis; Chad refused to free the crew.",
        "rests_on": ("d1", "p2"),
        "developments": developments(),
        "positions": (
            first.model_copy(
                update={
                    **unsure,
                    "reasons": ("the sentence names two people who may be the speaker",),
                }
            ),
            second.model_copy(update={"found_by": "both"}),
        ),
        "casualties": (
            tolls[0].model_copy(
                update={**unsure, "reasons": ("who counted is not shown.", "nor when")}
            ),
            *tolls[1:],
        ),
        "withheld": (
            Withheld(
                section="casualties", item=CasualtyDraft(kind="killed", count="99", who="sheep"),
                source="s1", reason="no people", check="not_people", found_by="model",
            ),
            Withheld(
                section="developments",
                item=DevelopmentDraft(
                    what="Shells fell on the harbour of Tarsis", who=("Chad", "Kenya"),
                ),
                source="s1", reason="nobody says that Chad fired them", check="who",
                found_by="both",
            ),
        ),
    }  # fmt: skip
    return whole(POST, **{**fields, **more})


def developments() -> tuple[Development, ...]:
    """Make two: one that the text shows, and one that is unconfirmed and listed first."""
    return (
        Development(
            id="d2", evidence=(at("Between 10 and 12 boats sank."),),
            what="Between 10 and 12 boats sank", verdict="unconfirmed",
            reasons=("it is not shown that they sank in this attack",), found_by="model",
            figures=(
                Quantity(text="Between 10 and 12 boats", value=10, comparator=">=", unit="boats"),
            ),
        ),
        Development(
            id="d1", evidence=(at("Shells fell on the harbour of Tarsis."),),
            what="Shells fell on the harbour of Tarsis", who=(CHAD,), place="Tarsis",
            when_text="on Friday", when=When(value="2025-03-07", basis="relative"),
            figures=(Quantity(text="30 shells", value=30, comparator="="),),
            found_by="form",
        ),
    )  # fmt: skip


def earlier() -> Briefing:
    """Make an earlier one: other verdicts, another figure, another event."""
    first, second = doubted().developments
    bend, refusal = doubted().positions
    toll, *others = doubted().casualties
    sure = {"verdict": "supported", "reasons": ()}
    return doubted(
        sources=tuple(
            source.model_copy(update={"text_sha256": "1" * 64})
            for source in doubted().sources
        ),
        developments=(
            first.model_copy(
                update={"figures": (Quantity(text="8 boats", value=8, unit="boats"),)}
            ),
            second.model_copy(update={"what": "A ship of Selm ran aground", "who": ()}),
        ),
        positions=(
            bend.model_copy(update=sure),
            refusal.model_copy(update={**UNSURE, "gist": "did not free the crew"}),
        ),
        casualties=(
            toll.model_copy(
                update={"value": 31, "low": 31, "count_text": "At least 31"}
            ),
            *others,
        ),
    )
