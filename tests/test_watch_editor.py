"""What is told of the stories: rules, what waits, nothing twice."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, rule, words

from summarizer.errors import InputError
from summarizer.watch.telling.explaining import Explainer
from summarizer.watch.telling.outbox import Post

FIRST = (
    "A ferry sank off Selm. At least 12 people were killed, the coast guard said on "
    "Monday. Mayor Ana Ruiz asked the navy to send divers."
)
SECOND = (
    "At least 19 people were killed when a ferry sank off Selm, the coast guard said on "
    "Tuesday. Mayor Ana Ruiz asked the navy to send divers."
)
PLAIN = "A ferry sank off Selm on Monday. Mayor Ana Ruiz asked the navy to send divers."

Opened = Callable[[str], Desk]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Open a desk with a rule, and close it."""
    desks: list[Desk] = []

    def opens(text: str) -> Desk:
        desks.append(Desk(tmp_path, rule(text)))
        return desks[-1]

    yield opens
    for desk in desks:
        desk.state.close()


def test_a_new_story_is_told_once(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)

    (post,) = desk.told()

    assert "New story" in words(post)
    assert "At least 12 people were killed" in words(post)
    assert desk.told() == []


def test_a_toll_that_is_revised_is_told_with_both_figures(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)
    desk.told()
    desk.passes(hours=1)
    desk.edition("st1", FIRST, SECOND)

    (post,) = desk.told()

    assert "toll revised" in words(post)
    assert "At least 12" in words(post)
    assert "At least 19" in words(post)


def test_an_edition_that_changes_nothing_is_not_told(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)
    desk.told()
    desk.edition("st1", FIRST)

    assert desk.told() == []


def test_a_rule_passes_over_what_is_not_its_section(opened: Opened) -> None:
    desk = opened('sections = ["casualties"]')
    desk.edition("st1", FIRST)

    (post,) = desk.told()

    assert "divers" not in words(post).split("Tolls")[-1]


def test_a_rule_of_a_country_tells_nothing_of_others(opened: Opened) -> None:
    desk = opened('countries = ["FRA"]')
    desk.edition("st1", FIRST)

    assert desk.told() == []


def test_a_rule_of_a_country_tells_what_its_parties_do(opened: Opened) -> None:
    desk = opened('countries = ["FRA"]')
    desk.edition("st1", "A ferry sank off Selm. France asked the navy to send divers.")

    assert len(desk.told()) == 1


def test_a_rule_of_a_party_knows_it_by_its_name(opened: Opened) -> None:
    desk = opened('parties = ["ana ruiz"]')
    desk.edition("st1", PLAIN)

    (post,) = desk.told()

    assert "send divers" in words(post)


def test_an_item_waits_for_its_second_source_and_is_told_then(opened: Opened) -> None:
    desk = opened('sources = 2\nsections = ["requests"]')
    desk.edition("st1", PLAIN)
    assert desk.told() == []

    other = "The mayor of Selm, Ana Ruiz, asked the navy to send divers. It was dark."
    desk.edition("st1", PLAIN, other)

    (post,) = desk.told()
    assert "send divers" in words(post)
    assert desk.told() == []


def test_a_toll_that_waits_is_compared_with_the_one_that_was_told(
    opened: Opened,
) -> None:
    desk = opened('sources = 2\nsections = ["casualties"]')
    twice = (FIRST, "The coast guard said at least 12 people were killed off Selm.")
    desk.edition("st1", *twice)
    assert len(desk.told()) == 1
    desk.edition("st1", *twice, SECOND)
    waiting = desk.told()
    desk.edition(
        "st1", *twice, SECOND,
        "Off Selm at least 19 people were killed, the coast guard said on Tuesday.",
    )  # fmt: skip

    told = desk.told()

    assert waiting == []
    assert "At least 12" in words(told[0])
    assert "t least 19" in words(told[0])


def test_a_digest_tells_all_stories_at_its_time(opened: Opened) -> None:
    desk = opened('at = ["17:00"]')
    desk.edition("st1", FIRST)
    desk.edition("st2", "A bank failed in Varos. Minister Ivo Lenk asked it to pay.")
    assert desk.told() == []
    desk.passes(hours=8)

    (post,) = desk.told()

    assert post.stories == ("st1.1", "st2.1")
    assert "2 stories" in words(post)


def test_a_digest_tells_what_came_of_it_not_each_step(opened: Opened) -> None:
    desk = opened('at = ["17:00"]')
    desk.edition("st1", FIRST)
    desk.passes(hours=1)
    desk.edition("st1", FIRST, SECOND)
    desk.passes(hours=7)

    (post,) = desk.told()

    assert "toll revised" not in words(post)
    assert "At least 19" in words(post)


@pytest.mark.parametrize("text", ["at_most = 1", 'quiet = "09:30-10:20"'])
def test_what_had_to_wait_is_told_later_and_together(opened: Opened, text: str) -> None:
    desk = opened(text)
    desk.edition("st1", FIRST)
    first = desk.told()
    desk.passes(minutes=40)
    desk.edition("st2", "A bank failed in Varos. Minister Ivo Lenk asked it to pay.")
    desk.edition("st3", "A mill burned in Orla. Mayor Ines Pol asked the state to pay.")
    held = desk.told()
    desk.passes(minutes=50)
    later = desk.told()

    assert (len(first), len(held), len(later)) == (1, 0, 1)
    assert later[0].stories == ("st2.1", "st3.1")


def test_a_rule_that_is_new_does_not_tell_what_was_before_it(
    opened: Opened, tmp_path: Path
) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)
    desk.told()
    desk.state.close()
    desk.passes(hours=1)
    later = Desk(tmp_path, rule(name="another"))
    later.now = desk.now
    later.editor.tell(later.now)

    assert later.told() == []
    later.state.close()


def test_a_story_that_was_sorted_by_hand_is_not_told_again(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)
    desk.editor.silence("st1")

    assert desk.told() == []


def test_what_an_edited_article_does_not_say_any_more_is_told(opened: Opened) -> None:
    desk = opened('kinds = ["no_longer_mentioned"]')
    desk.edition("st1", FIRST)
    desk.told()
    desk.edition("st1", "A ferry sank off Selm. Mayor Ana Ruiz was seen at the port.")

    (post,) = desk.told()

    assert "no longer mentioned" in words(post)


def test_what_an_article_says_that_is_not_read_any_more_is_no_change(
    opened: Opened,
) -> None:
    desk = opened('kinds = ["no_longer_mentioned"]')
    desk.edition("st1", PLAIN, FIRST)
    desk.told()
    desk.edition("st1", PLAIN)

    assert desk.told() == []


def explained(desk: Desk, story: str, version: int, name: str) -> list[str]:
    return Explainer(desk.rows, desk.chronicle, desk.editor.file).lines(
        story, version, name
    )


def test_why_an_item_was_told_is_said(opened: Opened) -> None:
    desk = opened('sections = ["requests"]')
    desk.edition("st1", FIRST)
    desk.told()

    told = explained(desk, "st1", 1, "r1")
    passed = explained(desk, "st1", 1, "c1")

    assert "rule all: told in post 1, waiting" in told[0]
    assert "rule all: passed over" in passed[0]
    assert "the section is casualties" in passed[0]


def test_an_item_that_is_numbered_anew_keeps_its_history(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)
    desk.told()
    desk.passes(hours=1)
    desk.edition(
        "st1", FIRST, "Pilots asked the court to free Bo Lenz. Police held nine men."
    )
    desk.told()
    last = desk.chronicle.briefing("st1", 2)
    assert last is not None
    divers = next(r for r in last.requests if r.what == "send divers")
    other = next(r for r in last.requests if r.what != "send divers")

    assert "new in edition 1" in explained(desk, "st1", 2, divers.id)[0]
    assert [
        line for line in explained(desk, "st1", 2, other.id) if "edition 1" in line
    ] == []


def test_an_item_that_is_not_there_is_one_sentence(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)
    desk.told()

    with pytest.raises(InputError, match="edition 1 of st1 has no item 'p9'"):
        explained(desk, "st1", 1, "p9")


FLOOD = (
    "Two villages near Orla are cut off. Mayor Ana Ruiz asked the navy to send boats."
)


def test_a_post_opens_with_what_changed_and_not_with_what_is_known(
    opened: Opened,
) -> None:
    first = f"{FLOOD} The clinic said 24 people were killed."
    desk = opened("")
    desk.edition("st1", first)
    desk.told()
    desk.edition("st1", first.replace("24", "27"))

    (post,) = desk.told()

    assert "Killed: 24 → 27 (the clinic)." in _opening(post)
    assert "cut off" not in _opening(post)


def test_a_post_says_what_an_edited_article_says_no_more(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", f"{FLOOD} The regulator said the bank was under investigation.")
    desk.told()
    desk.edition("st1", FLOOD)

    (post,) = desk.told()

    assert _opening(post).startswith("No longer in the article: “The regulator said")


def test_a_figure_that_an_edited_statement_gives_anew_is_told(opened: Opened) -> None:
    first = f"{FLOOD} The ministry said it had released 40 prisoners of the Front."
    desk = opened("")
    desk.edition("st1", first)
    desk.told()
    desk.edition("st1", first.replace("40", "38"))

    (post,) = desk.told()

    assert "figure revised" in words(post)
    assert "released 38 prisoners" in _opening(post)


def test_an_open_request_is_told_once_and_not_as_a_question_too(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FLOOD)

    (post,) = desk.told()

    assert "send boats" in words(post)
    assert "How will the navy answer" not in words(post)


def test_a_rule_of_questions_alone_is_told_them(opened: Opened) -> None:
    desk = opened('sections = ["open_questions"]')
    desk.edition("st1", FLOOD)

    (post,) = desk.told()

    assert "How will the navy answer" in words(post)


def _opening(post: Post) -> str:
    """Take the first line of a post, below its title."""
    blocks = json.loads(post.bodies[0])["blocks"]
    runs = blocks[1]["elements"][0]["elements"]
    return str(runs[0]["text"])


def test_a_post_names_its_rule_and_leaves_out_how_it_was_read(opened: Opened) -> None:
    desk = opened("")
    desk.edition("st1", FIRST)
    (post,) = desk.told()

    assert "Rule all" in words(post)
    assert "sentences read" not in words(post)
