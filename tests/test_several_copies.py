"""The same agency text in two outlets counts once, and is said to be a copy.

All articles, people, places and outlets are invented.
"""

from datetime import UTC, datetime, timedelta, timezone

from briefed import name
from several import HERALD, LIBRARY, MONDAY, POST, TUESDAY, article, together

from summarizer.assembly.several import copies
from summarizer.verification import verify

WIRE = (
    "At least 43 people were killed when the ferry Halcyon sank off Port Selm on Sunday, "
    "the Varos Coast Guard said. Mayor Ana Ruiz urged Kenya to send divers to the pier. "
    "The owners of the ferry, which was built forty years ago in a yard that is closed "
    "now, said they would wait for the report. Boats from three villages went out at "
    "dawn and came back with clothes, with lamps and with the bell of the ship."
)
OWN = (
    "Our reporter was at the pier when the first boats came in. A baker gave bread to "
    "those who waited there."
)


def test_a_reprint_counts_with_its_original() -> None:
    made = together(WIRE, f"{WIRE}\n\n{OWN}")

    (request,) = made.requests
    assert len(request.evidence) == 2
    assert request.corroboration == 1


def test_the_one_published_first_is_the_original() -> None:
    made = together(
        article("s1", WIRE, "Varos Post", TUESDAY),
        article("s2", WIRE, "Selm Herald", MONDAY),
    )

    assert [s.copy_of for s in made.sources] == ["s2", None]


def test_of_one_day_the_one_published_at_an_earlier_moment_is_the_original() -> None:
    agency = article("s1", WIRE, "Agency", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    east = timezone(timedelta(hours=3))
    paper = article(
        "s2", f"{WIRE} {OWN}", "Post", datetime(2026, 3, 2, 13, tzinfo=east)
    )

    assert copies.find([paper, agency]) == {"s2": "s1"}


def test_of_one_moment_the_longest_is_the_original() -> None:
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    short, long = (
        article("s1", WIRE, "A", moment),
        article("s2", f"{WIRE} {OWN}", "B", moment),
    )

    assert copies.find([short, long]) == {"s1": "s2"}


def test_of_one_day_the_longest_is_the_original() -> None:
    made = together(
        article("s1", WIRE, "Varos Post", MONDAY),
        article("s2", f"{WIRE} {OWN}", "Selm Herald", MONDAY),
    )

    assert [s.copy_of for s in made.sources] == ["s2", None]


def test_a_text_cut_to_its_first_half_is_a_copy() -> None:
    first = ". ".join(WIRE.split(". ")[:2]) + "."

    assert copies.find([article("s1", WIRE), article("s2", first)]) == {"s2": "s1"}


def test_a_text_in_other_words_is_no_copy() -> None:
    assert copies.find([article("s1", POST), article("s2", HERALD)]) == {}


def test_an_article_that_quotes_a_sentence_of_another_is_no_copy() -> None:
    quoting = f"{WIRE.split('. ', maxsplit=1)[0]}. {OWN} {LIBRARY}"

    assert copies.find([article("s1", WIRE), article("s2", quoting)]) == {}


def test_typography_does_not_hide_a_copy() -> None:
    fancy = WIRE.replace("'", "’").replace(" ", "\u00a0").upper()

    assert copies.find([article("s1", WIRE), article("s2", fancy)]) == {"s2": "s1"}


def test_all_copies_of_one_text_have_one_original() -> None:
    many = [article(f"s{n}", f"{WIRE} Printed for town {n}.") for n in range(1, 80)]

    found = copies.find(many)

    assert len(found) == 78
    assert len(set(found.values())) == 1


def test_a_copy_and_an_article_of_its_own_are_two_sources() -> None:
    made = together(WIRE, WIRE, HERALD)

    (request,) = [r for r in made.requests if name(r.by) == "Ana Ruiz"]
    assert [e.source for e in request.evidence] == ["s1", "s2", "s3"]
    assert request.corroboration == 2


def test_a_copy_that_is_not_owned_up_to_is_found() -> None:
    made = together(WIRE, WIRE)
    hidden = tuple(s.model_copy(update={"copy_of": None}) for s in made.sources)

    report = verify(made.model_copy(update={"sources": hidden}))

    assert {f.check for f in report.findings} == {"copy", "corroboration"}


def test_a_text_that_everybody_prints_is_one_story() -> None:
    made = together(*(f"{WIRE} Printed for town {n}." for n in range(60)))

    (request,) = made.requests
    assert (len(request.evidence), request.corroboration) == (60, 1)


def test_a_short_note_is_never_taken_for_a_copy() -> None:
    note = "The Halcyon sank off Port Selm."

    assert copies.find([article("s1", note), article("s2", note)]) == {}
