"""`verify`: a saved briefing, or another tool's output, against its sources."""

import json
from pathlib import Path

import pytest
from briefed import items_of
from typer.testing import CliRunner

from schemas.briefing import Briefing, Coverage, Party, Provenance
from summarizer.assembly import bottom_line
from summarizer.cli import app
from summarizer.proof.claims import Items
from summarizer.sources import make_article
from summarizer.verification import Quote, verify, verify_quotes

RUNNER = CliRunner()
TEXT = (
    "Kenya urged Chad on Friday to free the crew. At least 43 people were killed in "
    "Goma, the Red Cross said. “We will not bend,” Ana Ruiz, the mayor of Goma, told "
    "reporters. “It will rain,” said Lena Orr. The army declined to comment."
)


def _briefing(text: str = TEXT) -> Briefing:
    made = items_of(text)
    items: Items = (*made.requests, *made.positions, *made.casualties)
    return Briefing(
        sources=(make_article(text).as_source(),),
        bottom_line=bottom_line.compose(items, made.open_questions).text,
        actors=made.actors,
        requests=made.requests,
        positions=made.positions,
        casualties=made.casualties,
        open_questions=made.open_questions,
        coverage=Coverage(sentences=5, sentences_read=5, sentences_cited=5),
        complete=True,
        provenance=Provenance(
            model="m", endpoint="h", strategy="focused", prompt_sha256="0" * 64
        ),
    )


def _checks(briefing: Briefing) -> set[str]:
    return {f.check for f in verify(briefing).findings}


def test_an_honest_briefing_holds() -> None:
    report = verify(_briefing())

    assert report.findings == ()
    assert report.checked > 10


def test_a_swapped_direction_is_found() -> None:
    briefing = _briefing()
    (request,) = briefing.requests
    assert request.to is not None
    swapped = request.model_copy(update={"by": request.to, "to": request.by})

    assert "direction" in _checks(briefing.model_copy(update={"requests": (swapped,)}))


def test_a_wrong_speaker_is_found() -> None:
    briefing = _briefing()
    first, second, *rest = briefing.positions
    wrong = first.model_copy(update={"holder": second.holder})

    assert "speaker" in _checks(
        briefing.model_copy(update={"positions": (wrong, second, *rest)})
    )


def test_a_cue_of_another_statement_is_found() -> None:
    briefing = _briefing()
    first, second, *rest = briefing.positions
    assert first.speech is not None
    assert second.speech is not None
    speech = first.speech.model_copy(update={"cue": second.speech.cue})
    wrong = first.model_copy(update={"speech": speech})

    assert "spans" in _checks(
        briefing.model_copy(update={"positions": (wrong, second, *rest)})
    )


def test_an_earlier_figure_that_was_never_given_is_found() -> None:
    briefing = _briefing("Officials revised the number of dead to 14 from 19.")
    (row,) = briefing.casualties
    (old,) = row.supersedes
    assert _checks(briefing) == set()
    wrong = old.model_copy(update={"low": 90, "high": 90, "value": 90})
    changed = row.model_copy(update={"supersedes": (wrong,)})

    assert "superseded" in _checks(
        briefing.model_copy(update={"casualties": (changed,)})
    )


def test_a_figure_that_nothing_replaces_is_found() -> None:
    briefing = _briefing(f"{TEXT} Officials revised the number of dead to 14 from 19.")
    plain, revised = briefing.casualties
    changed = plain.model_copy(update={"supersedes": revised.supersedes})

    assert "superseded" in _checks(
        briefing.model_copy(update={"casualties": (changed, revised)})
    )


def test_a_figure_that_the_words_do_not_mean_is_found() -> None:
    briefing = _briefing()
    (row,) = briefing.casualties
    wrong = row.model_copy(update={"value": 34, "low": 34})

    assert "count" in _checks(briefing.model_copy(update={"casualties": (wrong,)}))


def test_another_source_than_the_one_that_was_read_is_found() -> None:
    report = verify(_briefing(), {"s1": TEXT.replace("43", "34")})

    assert "source" in {f.check for f in report.findings}
    assert "quote" in {f.check for f in report.findings}


def test_a_party_that_is_no_actor_is_found() -> None:
    briefing = _briefing()
    (request,) = briefing.requests
    wrong = request.model_copy(update={"by": Party(id="a1", name="Uganda")})

    assert "party" in _checks(briefing.model_copy(update={"requests": (wrong,)}))


def test_a_bottom_line_with_a_foreign_number_is_found() -> None:
    briefing = _briefing().model_copy(
        update={"bottom_line": "At least 99 were killed."}
    )

    assert verify(briefing).failed == ("bottom_line",)


def test_offsets_that_point_elsewhere_are_found() -> None:
    briefing = _briefing()
    (request,) = briefing.requests
    moved = request.evidence[0].model_copy(
        update={
            "start": request.evidence[0].start + 3,
            "end": request.evidence[0].end + 3,
        }
    )
    wrong = request.model_copy(update={"evidence": (moved,)})

    assert "offsets" in _checks(briefing.model_copy(update={"requests": (wrong,)}))


def test_quotes_of_other_tools_are_judged_with_speaker_and_count() -> None:
    quotes = [
        Quote(quote="We will not bend", speaker="Ana Ruiz"),
        Quote(quote="We will not bend", speaker="Lena Orr"),
        Quote(quote="At least 43 people were killed", count=43),
        Quote(quote="At least 43 people were killed", count=34),
        Quote(quote="We will bend"),
    ]

    report = verify_quotes(quotes, TEXT)

    assert [(f.item, f.check) for f in report.findings] == [
        ("2", "speaker"),
        ("4", "count"),
        ("5", "quote"),
    ]


def _file(folder: Path, name: str, content: str) -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_the_command_is_silent_about_what_holds(tmp_path: Path) -> None:
    saved = _file(tmp_path, "b.json", _briefing().model_dump_json())

    result = RUNNER.invoke(app, ["verify", saved])

    assert result.exit_code == 0
    assert result.stdout.endswith("checked items hold.\n")
    assert result.stdout.count("\n") == 1


def test_the_command_prints_the_verdict_and_the_diff(tmp_path: Path) -> None:
    briefing = _briefing()
    first = briefing.positions[0]
    exact = first.evidence[0].exact.replace("will not", "may")
    wrong = first.evidence[0].model_copy(update={"exact": exact})
    changed = first.model_copy(update={"evidence": (wrong,)})
    false = briefing.model_copy(
        update={"positions": (changed, *briefing.positions[1:])}
    )
    saved = _file(tmp_path, "b.json", false.model_dump_json())

    result = RUNNER.invoke(app, ["verify", saved])

    assert result.exit_code == 10
    assert "p1 quote: altered (negation)" in result.stdout
    assert "[-will not-]{+may+}" in result.stdout


def test_the_report_is_printed_as_json(tmp_path: Path) -> None:
    saved = _file(tmp_path, "b.json", _briefing().model_dump_json())

    result = RUNNER.invoke(app, ["verify", saved, "--format", "json"])

    assert json.loads(result.stdout)["findings"] == []


def test_a_source_that_was_edited_is_named(tmp_path: Path) -> None:
    saved = _file(tmp_path, "b.json", _briefing().model_dump_json())
    source = _file(tmp_path, "story.txt", TEXT.replace("43", "34"))

    result = RUNNER.invoke(app, ["verify", saved, source])

    assert result.exit_code == 10
    assert "the briefing was not made from this text" in result.stdout


def test_langextracts_output_is_read(tmp_path: Path) -> None:
    document = {
        "text": TEXT,
        "extractions": [
            {
                "extraction_class": "request",
                "extraction_text": "Kenya urged Chad",
                "char_interval": {"start_pos": 0, "end_pos": 16},
            },
            {"extraction_class": "toll", "extraction_text": "At least 34 people"},
        ],
    }
    saved = _file(tmp_path, "x.jsonl", json.dumps(document) + "\n\n")

    result = RUNNER.invoke(app, ["verify", saved])

    assert result.exit_code == 10
    assert "1.2 quote: altered (number)" in result.stdout
    assert "1 of 2 checked items hold." in result.stdout


def test_a_list_of_quotes_needs_and_takes_its_source(tmp_path: Path) -> None:
    saved = _file(tmp_path, "q.json", json.dumps([{"quote": "Kenya urged Chad"}]))
    source = _file(tmp_path, "story.txt", TEXT)

    assert RUNNER.invoke(app, ["verify", saved, source]).exit_code == 0
    missing = RUNNER.invoke(app, ["verify", saved])
    assert missing.exit_code == 3
    assert "holds no source" in missing.stderr


@pytest.mark.parametrize("content", ["{}", "[1]", "not json", '{"sources": []}'])
def test_what_is_no_briefing_is_refused_in_one_line(
    tmp_path: Path, content: str
) -> None:
    result = RUNNER.invoke(app, ["verify", _file(tmp_path, "x.json", content)])

    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
