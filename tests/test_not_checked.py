"""What cannot be checked in a language is said."""

import pytest
from tongues import CHINESE, CHINESE_ANSWER, ITALIAN, SPANISH, briefed

from summarizer.render import findings, markdown, terminal
from summarizer.render.slack.briefing import footer
from summarizer.verification import Quote, verify, verify_quotes


def test_english_leaves_nothing_unchecked() -> None:
    made = briefed("The minister said that it was not the time to talk about this.")

    assert made.not_checked == ()
    assert verify(made).not_checked == ()
    assert "Not checked" not in terminal.render(made, width=100)


def test_what_spanish_has_no_grammar_for_is_said() -> None:
    (missing,) = briefed(SPANISH).not_checked

    assert (missing.source, missing.language) == ("s1", "es")
    assert missing.checks == (
        "circumstances",
        "revisions",
        "left_open",
        "furniture",
        "orders",
        "agreement",
    )


def test_what_italian_has_no_lists_for_is_said_in_every_form() -> None:
    made = briefed(ITALIAN)
    line = "Not checked for it: who speaks, who asks whom, words of harm, number words, dates, negation"

    assert {"numbers", "dates", "negation", "speakers"} <= set(
        made.not_checked[0].checks
    )
    assert "names" not in made.not_checked[0].checks
    assert line in " ".join(terminal.render(made, width=100).split())
    assert "not checked for it" in terminal.render(made, width=100, quotes=False)
    assert line in markdown.render(made)
    assert any(line in note for note in footer(made))


def test_a_script_without_capitals_leaves_names_unchecked() -> None:
    (missing,) = briefed(CHINESE).not_checked

    assert "names" in missing.checks


def test_verify_counts_what_it_could_not_check_and_fails_nothing_for_it() -> None:
    report = verify(briefed(CHINESE, CHINESE_ANSWER))

    assert report.findings == ()
    assert {u.item[0] for u in report.not_checked} == {"r", "p", "c", "q"}
    assert "Not checked in full: " in findings.as_text(report)
    assert '"not_checked"' in findings.as_json(report)


def test_verify_still_fails_what_is_wrong_in_a_language_without_lists() -> None:
    made = briefed(CHINESE, CHINESE_ANSWER)
    wrong = made.positions[0].model_copy(update={"gist": "我们接受这一要求"})
    report = verify(made.model_copy(update={"positions": (wrong,)}))

    assert report.failed == ("p1",)


@pytest.mark.parametrize(
    "change",
    [
        {"by": "to", "to": "by"},
        {"what": "envíe sus tropas al valle"},
        {"force": "demand"},
    ],
)
def test_verify_sees_a_falsified_spanish_request(change: dict[str, str]) -> None:
    made = briefed(SPANISH)
    (request,) = made.requests
    update = {
        name: getattr(request, value) if name in {"by", "to"} else value
        for name, value in change.items()
    }
    false = request.model_copy(update=update)
    report = verify(made.model_copy(update={"requests": (false,)}))

    assert "r1" in report.failed


@pytest.mark.parametrize(
    "change",
    [{"value": 13}, {"count_text": "al menos trece"}, {"kind": "injured"}],
)
def test_verify_sees_a_falsified_spanish_toll(change: dict[str, object]) -> None:
    made = briefed(SPANISH)
    false = made.casualties[0].model_copy(update=change)
    report = verify(made.model_copy(update={"casualties": (false,)}))

    assert "c1" in report.failed


def test_a_speaker_in_a_list_of_quotes_is_not_checked_without_verbs_of_saying() -> None:
    quote = Quote(quote="Non ritireremo le nostre truppe", speaker="X", count=12)
    report = verify_quotes([quote], ITALIAN)

    assert report.findings == ()
    assert report.not_checked[0].checks == ("speakers", "numbers")


def test_a_speaker_and_a_count_in_spanish_quotes_are_checked() -> None:
    wrong = Quote(quote="No hemos recibido ni un euro", speaker="Tarsk")
    right = Quote(quote="No hemos recibido ni un euro", speaker="Ruiz")
    count = Quote(quote="al menos doce personas murieron", count=12)
    more = Quote(quote="al menos doce personas murieron", count=13)
    report = verify_quotes([wrong, right, count, more], SPANISH)

    assert [(f.item, f.check) for f in report.findings] == [
        ("1", "speaker"),
        ("4", "count"),
    ]
    assert report.not_checked == ()
