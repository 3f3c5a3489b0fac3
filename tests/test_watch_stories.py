"""Pieces become stories: joined, kept apart, closed, reopened, put right by hand.

All articles, people, places and outlets are invented.
"""

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from stories_days import START, day, days, found, piece, stream, told

from summarizer.errors import InputError, SettingsError
from summarizer.watch.stories import by_hand, measure, profile, traits
from summarizer.watch.stories.assigning import Stories
from summarizer.watch.stories.reprints import Reprints
from summarizer.watch.stories.sqlite import SqliteStore
from summarizer.watch.stories.values import Kept, Piece, Rules, Traits

FERRY = (
    "The ferry Halcyon ran aground off Port Selm on Sunday with 80 people on board. "
    "The coast guard of Varos took all of them off by noon, said its captain, Ilse Maro. "
    "The ferry belongs to the line Brightwater and was on its way to the island of Lund. "
    "Divers are to look at the hull tomorrow, and the harbour of Port Selm stays closed."
)
FERRY_LATER = (
    "Brightwater knew that the rudder of the Halcyon was worn, papers show that were "
    "found in Port Selm. A mechanic had asked for a new one in spring. Captain Ilse Maro "
    "of the coast guard of Varos has handed the papers to the prosecutor in Lund."
)
STRIKE = (
    "Bakers in Torrel stopped work on Sunday over the pay for night shifts. Their union, "
    "Loaf, wants nine crowns an hour more. The guild of master bakers, led by Enno Vask, "
    "called that the end of fresh rolls in Torrel, and offered two."
)


def story(stories: Stories, name: str) -> str:
    found = stories.story_of(name)
    assert found is not None
    return found


# -- what belongs together -----------------------------------------------------------


def test_a_follow_up_in_other_words_joins_the_affair() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", STRIKE, hours=1)])

    later = stories.add(
        piece("c", FERRY_LATER, hours=72), now=START + timedelta(days=3)
    )

    assert later.how == "joined"
    assert later.story == story(stories, "a")


@pytest.mark.parametrize(
    ("publisher", "joined"), [("Joint Relief Office", False), ("", True)]
)
def test_an_outlet_that_names_itself_does_not_join_its_own_affairs(
    publisher: str,
    joined: bool,  # noqa: FBT001  a case
) -> None:
    tents = (
        "The Joint Relief Office sent tents. The Joint Relief Office counts 300 people."
    )
    shots = "The Joint Relief Office vaccinated pupils. The Joint Relief Office asks for 300 doses."
    stories = stream()
    told(
        stories,
        [
            replace(piece("a", tents), publisher=publisher),
            replace(piece("b", shots, hours=1), publisher=publisher),
        ],
    )

    assert (story(stories, "a") == story(stories, "b")) is joined


def test_an_article_in_another_language_joins_by_its_names() -> None:
    spanish = (
        "El ferry Halcyon encalló el domingo frente a Port Selm. La guardia costera de "
        "Varos rescató a 80 personas, dijo la capitana Ilse Maro. El barco es de "
        "Brightwater e iba a la isla de Lund."
    )
    stories = stream()
    told(
        stories,
        [piece("a", FERRY), replace(piece("b", spanish, hours=2), language="es")],
    )

    assert story(stories, "a") == story(stories, "b")


def test_an_article_in_another_language_with_other_names_stays_apart() -> None:
    spanish = (
        "Los panaderos de Torrel dejaron de trabajar el domingo. Su sindicato, Loaf, pide "
        "nueve coronas más. El gremio que dirige Enno Vask ofreció dos."
    )
    stories = stream()
    told(
        stories,
        [piece("a", FERRY), replace(piece("b", spanish, hours=2), language="es")],
    )

    assert story(stories, "a") != story(stories, "b")


def test_two_floods_on_one_day_are_two_stories() -> None:
    stories = stream()
    told(stories, [day("d01"), day("d02"), day("d04"), day("d08")])

    assert story(stories, "d01") == story(stories, "d04")
    assert story(stories, "d02") == story(stories, "d08")
    assert story(stories, "d01") != story(stories, "d02")


def test_one_minister_in_two_affairs_is_two_stories() -> None:
    stories = stream()
    told(stories, [day("d03"), day("d10"), day("d09"), day("d26")])

    assert story(stories, "d03") == story(stories, "d09")
    assert story(stories, "d10") == story(stories, "d26")
    assert story(stories, "d03") != story(stories, "d10")


def test_two_quakes_in_one_country_are_two_stories() -> None:
    stories = stream()
    told(stories, [day("d11"), day("d12"), day("d20"), day("d30")])

    assert story(stories, "d12") == story(stories, "d20")
    assert story(stories, "d11") == story(stories, "d30")
    assert story(stories, "d11") != story(stories, "d12")


def test_the_invented_days_are_told_apart() -> None:
    stories = stream()
    told(stories, [piece for piece, _ in days()])
    gold = {piece.id: label for piece, label in days()}

    score = measure.pairwise(found(stories), gold)

    assert score.precision >= 0.95
    assert score.recall >= 0.95


def test_other_languages_join_by_their_names_and_words() -> None:
    stories = stream()
    one = (
        "In Torrel ist am Sonntag die Brücke über die Lenn eingestürzt. Bürgermeisterin "
        "Ute Brahm ließ die Altstadt sperren. Niemand wurde verletzt, sagte sie."
    )
    two = (
        "Nach dem Einsturz der Brücke über die Lenn ermittelt in Torrel der Staatsanwalt. "
        "Ute Brahm, die Bürgermeisterin, sprach von einem Riss. Die Altstadt bleibt zu."
    )
    other = "Der Zoo von Merrin zeigt seit Montag zwei junge Wölfe. Sie heißen Ask und Embla."
    told(
        stories,
        [
            replace(piece("a", one), language="de"),
            replace(piece("b", two, hours=9), language="de"),
            replace(piece("c", other, hours=9), language="de"),
        ],
    )

    assert story(stories, "a") == story(stories, "b")
    assert story(stories, "c") != story(stories, "a")


def test_a_bare_headline_finds_its_story() -> None:
    stories = stream()
    told(stories, [day("d03"), day("d09"), day("d11")])

    made = stories.add(
        piece("x", "", title="Gorrin dam: Falk defends Stavex award in parliament"),
        now=day("d09").published,
    )

    assert made.story == story(stories, "d03")


@pytest.mark.parametrize("text", ["", " \n ", "?!", "…", "\ud800", "A" * 50_000])
def test_a_text_that_says_nothing_is_a_story_of_its_own(text: str) -> None:
    stories = stream()
    told(stories, [piece("a", FERRY)])

    made = stories.add(piece("b", text), now=START)

    assert made.how == "opened"


def test_what_many_stories_share_joins_nothing() -> None:
    stories = stream()
    towns = [f"Town{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    for town in towns:
        told(stories, [piece(town, f"The fair of {town} begins. Visit {town} by bus.")])

    assert len({story(stories, town) for town in towns}) == len(towns)


# -- copies ----------------------------------------------------------------------------


def test_an_agency_copy_is_of_its_originals_story_and_said_to_be_one() -> None:
    stories = stream()
    told(stories, [day("d01")])

    made = stories.add(day("d06"), now=day("d06").published)

    assert made.copy_of == "d01"
    assert made.story == story(stories, "d01")


def test_a_text_of_its_own_is_no_copy() -> None:
    stories = stream()
    made = told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=5)])

    assert [one.copy_of for one in made] == [None, None]


def test_a_copy_of_a_copy_names_the_original() -> None:
    stories = stream()
    made = told(stories, [piece("a", FERRY), piece("b", FERRY), piece("c", FERRY)])

    assert [one.copy_of for one in made] == [None, "a", "a"]


def test_a_standing_phrase_of_many_texts_makes_no_copy() -> None:
    reprints = Reprints()
    for number in range(51):
        own = frozenset(range(1_000 * number + 100, 1_000 * number + 104))
        read = Traits({}, {}, frozenset(), own | frozenset(range(8)))
        reprints.put(Kept(f"p{number}", 1, START, read))

    assert reprints.original("new", frozenset(range(8))) is None
    assert reprints.original("new", frozenset(range(100, 104))) == "p0"


# -- closing and reopening ---------------------------------------------------------------


def test_a_story_closes_when_nothing_came_for_five_days() -> None:
    stories = stream()
    (made,) = told(stories, [piece("a", FERRY)])

    assert stories.close_quiet(START + timedelta(days=5)) == ()
    assert stories.close_quiet(START + timedelta(days=5, seconds=1)) == (made.story,)


def test_an_article_keeps_its_story_open() -> None:
    stories = stream()
    (made, _) = told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=96)])

    assert stories.close_quiet(START + timedelta(days=8)) == ()
    assert stories.close_quiet(START + timedelta(days=10)) == (made.story,)


def test_the_quiet_can_be_set() -> None:
    stories = stream(Rules(quiet=timedelta(hours=1)))
    (made,) = told(stories, [piece("a", FERRY)])

    assert stories.close_quiet(START + timedelta(hours=2)) == (made.story,)


def test_a_late_article_that_is_very_near_reopens_its_story() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])
    later = FERRY.replace("on Sunday", "last week").replace("tomorrow", "at last")

    made = stories.add(piece("c", later), now=START + timedelta(days=9))

    assert made.how == "reopened"
    assert made.story == story(stories, "a")
    assert made.copy_of == "a"


def test_a_late_article_that_would_have_joined_opens_a_story_once_it_is_closed() -> (
    None
):
    near = (
        "The ferry line Brightwater is for sale. Its owner, a fund in Merrin, wants 30 "
        "million crowns. The line has lost guests since the Halcyon ran aground."
    )
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", STRIKE, hours=1)])

    made = stories.add(piece("c", near), now=START + timedelta(days=9))

    assert made.how == "opened"


def test_a_story_is_forgotten_after_a_month() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY)])

    made = stories.add(piece("b", FERRY), now=START + timedelta(days=60))

    assert made.how == "opened"


def test_closed_stories_leave_the_memory() -> None:
    stories = stream()
    told(stories, [piece for piece, _ in days()])

    stories.close_quiet(START + timedelta(days=30))

    assert not stories.living.stories
    assert not stories.living.story_of
    assert not len(stories.living.index)
    assert not any(stories.living.index._holders.values())
    assert not any(stories.living.index._seen.values())
    assert not stories.living.reprints._holders


def test_a_long_story_is_known_by_its_first_piece_and_its_latest() -> None:
    stories = stream()
    for number in range(40):
        text = f"{FERRY} Visitor {number} left {number * 37} flowers at pier {number}."
        told(stories, [piece(f"p{number:02}", text, hours=number)])

    (one,) = stories.living.stories.values()

    assert len(one.pieces) == 40
    assert len(one.members) == profile.MEMBERS
    assert one.members[0].id == "p00"
    assert one.members[-1].id == "p39"


# -- versions ----------------------------------------------------------------------------


def test_a_new_version_stays_where_its_article_is() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])

    made = stories.add(piece("b", STRIKE, version=2, hours=3), now=START)

    assert made.how == "stayed"
    assert made.story == story(stories, "a")


def test_an_older_version_changes_nothing() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY, version=3)])

    made = stories.add(piece("a", STRIKE, version=2), now=START)
    joined = stories.add(piece("b", FERRY_LATER, hours=1), now=START)

    assert made.how == "stayed"
    assert joined.story == made.story


def test_a_note_that_grew_finds_its_story_and_its_own_ends() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", "More on this soon.", hours=1)])
    before = story(stories, "b")

    made = stories.add(piece("b", FERRY_LATER, version=2, hours=2), now=START)

    assert (made.story, made.absorbed) == (story(stories, "a"), before)
    assert stories.current(before) == made.story


def test_a_note_that_became_an_agency_text_is_a_copy_of_it() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", "More on this soon.", hours=1)])

    made = stories.add(piece("b", FERRY, version=2, hours=2), now=START)

    assert (made.story, made.copy_of) == (story(stories, "a"), "a")


def test_a_new_version_of_a_copy_is_still_one() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY, hours=1)])

    made = stories.add(piece("b", f"{FERRY} More.", version=2, hours=2), now=START)

    assert (made.how, made.copy_of) == ("stayed", "a")


def test_a_story_that_never_was_is_said_so() -> None:
    with pytest.raises(InputError, match="there is no story 'st9'"):
        stream().current("st9")


def test_a_new_version_opens_its_closed_story_again() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])

    made = stories.add(
        piece("a", f"{FERRY} Corrected.", version=2), now=START + timedelta(days=20)
    )

    assert made.story in stories.living.stories


# -- by hand -------------------------------------------------------------------------------


def test_what_was_split_off_has_a_story_of_its_own() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])
    old = story(stories, "a")

    new = by_hand.split(stories, old, ["b"], now=START)

    assert new != old
    assert (story(stories, "a"), story(stories, "b")) == (old, new)


def test_a_split_holds_for_later_versions() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])
    new = by_hand.split(stories, story(stories, "a"), ["b"], now=START)

    made = stories.add(piece("b", f"{FERRY_LATER} More.", version=2), now=START)

    assert made.story == new


def test_without_a_split_that_version_would_join() -> None:
    stories = stream()
    told(
        stories,
        [piece("a", FERRY), piece("b", "More on this soon."), piece("c", FERRY)],
    )

    made = stories.add(piece("b", f"{FERRY_LATER} More.", version=2), now=START)

    assert made.story == story(stories, "a")


def test_a_copy_that_was_split_off_is_a_text_of_its_own_for_good() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY), piece("c", FERRY_LATER)])
    new = by_hand.split(stories, story(stories, "a"), ["b"], now=START)

    made = stories.add(piece("b", f"{FERRY} More.", version=2), now=START)

    assert (made.story, made.copy_of) == (new, None)


def test_joined_stories_are_one_under_the_older_id() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", STRIKE)])
    one, two = story(stories, "a"), story(stories, "b")

    left = by_hand.join(stories, two, one)

    assert left == one
    assert story(stories, "b") == one
    assert stories.current(two) == one


def test_a_join_holds_for_later_versions() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", STRIKE)])
    left = by_hand.join(stories, story(stories, "a"), story(stories, "b"))

    made = told(stories, [piece("b", f"{STRIKE} More.", version=2, hours=3)])
    next_one = told(stories, [piece("c", STRIKE.replace("Sunday", "Monday"), hours=4)])

    assert [one.story for one in (*made, *next_one)] == [left, left]


def test_the_latest_decision_counts() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])
    old = story(stories, "a")
    new = by_hand.split(stories, old, ["b"], now=START)

    by_hand.join(stories, old, new)

    assert stories.store.apart("b") == []
    assert story(stories, "b") == old


def test_a_closed_story_can_be_split_and_stays_closed() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])
    stories.close_quiet(START + timedelta(days=9))

    new = by_hand.split(stories, story(stories, "a"), ["b"], now=START)

    assert not stories.living.stories
    entry = stories.store.story(new)
    assert entry is not None
    assert entry.state == "closed"


def test_an_open_story_joined_with_a_closed_one_is_open() -> None:
    stories = stream()
    told(stories, [piece("a", FERRY)])
    stories.close_quiet(START + timedelta(days=9))
    told(stories, [piece("b", STRIKE, hours=24 * 9)])

    left = by_hand.join(stories, story(stories, "a"), story(stories, "b"))

    assert list(stories.living.stories) == [left]


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        ([], "0 of 2 pieces of 'st1' cannot be split off: name some, not all"),
        (["a", "b"], "2 of 2 pieces of 'st1' cannot be split off: name some, not all"),
        (["z"], "'z' is not of the story 'st1'"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(
    pieces: list[str], message: str
) -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", FERRY_LATER, hours=2)])

    with pytest.raises(InputError) as caught:
        by_hand.split(stories, "st1", pieces, now=START)

    assert str(caught.value) == message
    assert list(found_in(stories, "a", "b")) == ["st1", "st1"]


def found_in(stories: Stories, *names: str) -> list[str]:
    return [story(stories, name) for name in names]


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [
        ("st1", "st9", "there is no story 'st9'"),
        ("st1", "st1", "'st1' cannot be joined with itself"),
        (
            "st1",
            "st1; DROP TABLE stories",
            "there is no story 'st1; DROP TABLE stories'",
        ),
        ("st3", "st1", "'st3' is part of 'st2' now"),
    ],
)
def test_a_join_that_makes_no_sense_is_refused(
    one: str, two: str, message: str
) -> None:
    stories = stream()
    told(stories, [piece("a", FERRY), piece("b", STRIKE), day("d11")])
    by_hand.join(stories, "st2", "st3")

    with pytest.raises(InputError) as caught:
        by_hand.join(stories, one, two)

    assert str(caught.value) == message


# -- the same every time -----------------------------------------------------------------


def test_a_restart_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    whole = stream()
    expected = told(whole, [piece for piece, _ in days()])
    rows = sqlite3.connect(tmp_path / "watch.sqlite")
    made = []

    for piece_, _ in days():
        made += told(Stories(SqliteStore(rows)), [piece_])
        rows.commit()
        rows.close()
        rows = sqlite3.connect(tmp_path / "watch.sqlite")

    rows.close()
    assert made == expected


def test_the_order_of_sets_in_memory_changes_nothing() -> None:
    script = (
        "from stories_days import days, stream, told\n"
        "print(told(stream(), [piece for piece, _ in days()]))"
    )
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here), str(here.parent)])
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"

    said = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout

    assert said.strip() == str(told(stream(), [piece for piece, _ in days()]))


def test_the_tables_stand_beside_those_of_others_and_the_caller_commits(
    tmp_path: Path,
) -> None:
    rows = sqlite3.connect(tmp_path / "watch.sqlite")
    rows.execute("CREATE TABLE feeds (name TEXT)")
    rows.commit()
    stories = Stories(SqliteStore(rows))
    rows.commit()
    told(stories, [piece("a", FERRY)])

    rows.rollback()

    assert SqliteStore(rows).piece("a") is None
    rows.close()


def test_tables_of_a_later_version_are_refused() -> None:
    rows = sqlite3.connect(":memory:")
    SqliteStore(rows)
    rows.execute("UPDATE stories_form SET form = 2")

    with pytest.raises(InputError, match="written in form 2, and this version reads 1"):
        SqliteStore(rows)
    rows.close()


# -- values ------------------------------------------------------------------------------


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(InputError, match="has no time zone"):
        Piece("a", 1, "", FERRY, datetime(2031, 3, 3))  # noqa: DTZ001  what is refused


@pytest.mark.parametrize(
    "rules",
    [
        {"quiet": timedelta(0)},
        {"remembered": timedelta(days=-1)},
        {"joins": 0.0},
        {"joins": 0.8, "reopens": 0.7},
    ],
)
def test_rules_that_make_no_sense_are_refused(rules: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        Rules(**rules)  # type: ignore[arg-type]  # what is refused


def test_a_headline_in_capitals_names_only_what_the_text_names() -> None:
    read = traits.read(
        piece("a", "Guards found the Halcyon near Selm.", title="Ferry Halcyon Found")
    )

    assert set(read.names) == {"halcyon", "selm"}


def test_the_name_of_a_region_weighs_less_than_that_of_a_town() -> None:
    read = traits.read(
        piece("a", "A quake shook northern Torvia. Its centre lay near Ilmar.")
    )

    assert read.names["torvia"] < read.names["ilmar"]


def test_a_very_long_text_is_read_from_its_beginning_only() -> None:
    read = traits.read(
        piece("a", f"{FERRY} " + "Then the Zanzara sailed on. " * 50_000)
    )

    assert "halcyon" in read.names
    assert len(read.runs) < 2_000
