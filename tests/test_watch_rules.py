"""What is a rule's: parties and countries, as an item's parties, place and words show them."""

import pytest

from schemas.briefing import Briefing
from summarizer import brief, make_article
from summarizer.changes import compare
from summarizer.sources import Metadata
from summarizer.watch.configuring import Rule
from summarizer.watch.telling.baselines import blank
from summarizer.watch.telling.rules import Decision, decide


def judged(text: str, title: str = "A day in Kasra", **rule: object) -> list[Decision]:
    """Judge all that an article of a new story tells."""
    article = make_article(text, metadata=Metadata(title=title))
    new: Briefing = brief([article], None)
    made = Rule.model_validate({"name": "all", "channel": "desk", **rule})
    return list(decide(compare(blank(new), new), new, made))


def told(text: str, title: str = "A day in Kasra", **rule: object) -> int:
    return sum(one.outcome == "told" for one in judged(text, title, **rule))


UNION = ("Dockworkers' Union",)


@pytest.mark.parametrize(
    "text",
    [
        "The Dockworkers’ Union rejected the offer on Monday.",
        "The Kasra Port Authority accepted the demand of the Dockworkers’ Union for a pay rise.",
        "Minister Eva Lind urged the Dockworkers' Union to accept a mediator.",
        "Two people were killed when a lorry drove through a picket line of the Dockworkers' Union, police said.",
    ],
)
def test_an_item_that_names_a_party_of_the_rule_is_told(text: str) -> None:
    assert told(text, parties=UNION)


@pytest.mark.parametrize(
    "text",
    [
        "The Teachers' Union rejected the offer on Monday.",
        "Minister Eva Lind urged the Kasra Port Authority to accept a mediator.",
        "Two people were killed when a crane fell on the port of Kasra, police said.",
    ],
)
def test_an_item_of_others_is_not(text: str) -> None:
    assert not told(text, parties=UNION)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("At least 12 people were killed in floods in Mozambique, the Red Cross said.", "Floods"),
        ("At least 12 people were killed in floods, the Red Cross said.", "Mozambique counts its dead"),
        ("BEIRA, Mozambique - At least 12 people were killed in floods, the Red Cross said.", "Floods"),
        ("Mozambique asked the Red Cross for boats.", "Floods"),
    ],
)  # fmt: skip
def test_what_happened_in_a_country_of_the_rule_is_told(text: str, title: str) -> None:
    assert told(text, title, countries=("MOZ",))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("At least 12 people were killed in floods in Malawi, the Red Cross said.", "Mozambique and Malawi under water"),
        ("At least 12 people were killed in floods, the Red Cross said.", "Malawi counts its dead"),
        ("Malawi asked the Red Cross for boats.", "Floods"),
    ],
)  # fmt: skip
def test_what_happened_in_another_country_is_not(text: str, title: str) -> None:
    assert not told(text, title, countries=("MOZ",))
