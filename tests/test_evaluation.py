"""`summarizer eval`: gold sets read, briefings scored, runs kept, reports compared."""

import json
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest
from briefed import items_of
from typer.testing import CliRunner

from schemas.briefing import Briefing, Coverage, Provenance
from summarizer.cli import app
from summarizer.errors import EndpointError, InputError
from summarizer.evaluation import figures, gold, journal, names, report, run, tables
from summarizer.evaluation.gold import Document
from summarizer.evaluation.journal import Journal
from summarizer.evaluation.sections import score
from summarizer.evaluation.tally import Tally
from summarizer.ports import AnswerT, Ask, Reply, Usage
from summarizer.sources import make_article

RUNNER = CliRunner()
TEXT = (
    "Kenya urged Chad on Friday to free the crew. At least 43 people were killed in "
    "Goma, the Red Cross said. “We will not bend,” Ana Ruiz, the mayor of Goma, told "
    "reporters."
)


class Model:
    """Answers every question with nothing, or with one item of its section."""

    model = "m"
    host = "h"
    strategy: Literal["focused", "whole"] = "focused"
    passage_tokens = 100
    output_tokens = 100
    is_embedded = True

    def count_tokens(self, text: str) -> int:
        return len(text) // 3

    def __init__(self, *, fails: bool = False) -> None:
        self.asked = 0
        self.fails = fails

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        self.asked += 1
        if self.fails:
            raise EndpointError("the server is gone")
        items = {
            "casualties": [{"kind": "killed", "count": "43", "who": "people"}],
        }.get(ask.section or "", [])
        return Reply(ask.answer.model_validate({"items": items}), Usage(calls=1))


def _briefing(text: str) -> Briefing:
    made = items_of(text)
    return Briefing(
        sources=(make_article(text).as_source(),),
        bottom_line="",
        actors=made.actors,
        requests=made.requests,
        positions=made.positions,
        casualties=made.casualties,
        open_questions=made.open_questions,
        coverage=Coverage(sentences=3, sentences_read=3, sentences_cited=3),
        complete=True,
        provenance=Provenance(
            model="m", endpoint="h", strategy="focused", prompt_sha256="0" * 64
        ),
    )


def _document(
    text: str = TEXT, complete: tuple[str, ...] = (), **gold: object
) -> Document:
    return Document.model_validate(
        {"id": "d1", "set": "s", "text": text, "gold": gold, "complete": complete}
    )


def _counts(document: Document) -> dict[str, int]:
    return dict(score(document, _briefing(document.text)).counts)


def _wrong(document: Document) -> list[tuple[str, str]]:
    tally = score(document, _briefing(document.text))
    return [(m.section, m.wrong) for m in tally.mistakes if m.wrong != "unproven"]


def _place(text: str, words: str) -> list[int]:
    return [text.index(words), text.index(words) + len(words)]


# -- scoring ------------------------------------------------------------------


def test_a_request_in_the_right_direction_is_found() -> None:
    document = _document(requests=[{"by": ["Kenya"], "to": ["Chad"]}])

    counts = _counts(document)

    assert (counts["requests_direction"], counts["requests_gold"]) == (1, 1)
    assert _wrong(document) == []


def test_a_request_in_the_wrong_direction_is_found_and_swapped() -> None:
    document = _document(requests=[{"by": ["Chad"], "to": ["Kenya"]}])

    counts = _counts(document)

    assert (counts["requests_found"], counts["requests_direction"]) == (1, 0)
    assert counts["requests_swapped"] == 1
    assert ("requests", "direction") in _wrong(document)


def test_totals_are_sums_over_separate_rows_of_the_event() -> None:
    text = "Troops killed nine men, including two leaders, and detained three suspects."
    right = _document(text, totals={"killed_min": 9, "detained_min": 3})
    wrong = _document(text, totals={"killed_min": 11, "detained_min": 3})

    assert _counts(right)["totals_both"] == 1
    assert _counts(wrong)["totals_both"] == 0
    assert _counts(wrong)["totals_detained"] == 1
    assert _wrong(wrong) == [("casualties", "total")]


def test_a_victim_agrees_in_kind_words_and_number() -> None:
    one = {"kinds": ["killed"], "number": "43-", "strings": ["PEOPLE"]}
    other = {"kinds": ["killed"], "number": "12", "strings": ["PEOPLE"]}

    assert _counts(_document(casualties=[one]))["numbers_right"] == 1
    assert _counts(_document(casualties=[other]))["numbers_right"] == 0
    assert _wrong(_document(casualties=[other])) == [("casualties", "number")]


def test_an_optional_victim_is_never_missed() -> None:
    optional = {"kinds": ["injured"], "strings": ["NUN"], "optional": True}
    document = _document(casualties=[optional])

    assert "casualties_gold" not in _counts(document)


def test_a_position_on_no_attribution_and_one_of_another_speaker_are_wrong() -> None:
    said = {
        "source": [_place(TEXT, "the Red Cross")],
        "content": [_place(TEXT, "We will")],
    }
    document = _document(attributions=[said])

    counts = _counts(document)

    assert (counts["speakers"], counts["speakers_right"]) == (1, 0)
    assert ("positions", "speaker") in _wrong(document)


def test_a_speaker_whom_the_gold_calls_he_is_not_judged() -> None:
    text = "Ana Ruiz left. “We will not bend,” she said."
    said = {"source": [_place(text, "she")], "content": [_place(text, "We will")]}

    counts = _counts(_document(text, attributions=[said]))

    assert (counts["positions_right"], "speakers" in counts) == (1, False)


def test_actors_count_when_they_are_mentioned_twice() -> None:
    actors = [
        {"names": ["Kenya"], "mentions": 2},
        {"names": ["Peru"], "mentions": 2},
        {"names": ["Oslo"], "mentions": 1},
    ]

    counts = _counts(_document(actors=actors))

    assert (counts["actors_found"], counts["actors_gold"]) == (1, 2)


def test_an_item_in_a_document_with_nothing_is_invented() -> None:
    document = _document("Three people died.", complete=("casualties",), casualties=[])

    counts = _counts(document)

    assert (counts["nothing"], counts["nothing_invented"]) == (1, 1)
    assert _wrong(document) == [("casualties", "invented")]


@pytest.mark.parametrize(
    ("shown", "wanted", "agrees"),
    [
        ("Brett McGurk", "Special Envoy Brett McGurk", True),
        ("Rao", "Ana Rao, the minister", True),
        ("Mr Rao", "Ana Rao", True),
        ("the ministry", "the ministry", True),
        ("Kenya", "Chad", False),
        ("officials", "he", False),
        ("US army", "Syrian army", False),
    ],
)
def test_names_agree_by_their_words(shown: str, wanted: str, *, agrees: bool) -> None:
    assert names.agree([shown], [wanted]) is agrees


# -- figures ------------------------------------------------------------------


def _tallies(*rights: int) -> list[Tally]:
    return [Tally(Counter(requests_direction=r, requests_gold=1)) for r in rights]


def test_a_figure_has_its_n_and_an_interval_around_it() -> None:
    found = figures.figures("s", _tallies(1, 1, 1, 0, 1, 0, 1, 1))

    (figure,) = [f for f in found if f.name == "direction right"]
    assert (figure.value, figure.n, figure.documents) == (0.75, 8, 8)
    assert figure.low < 0.75 < figure.high


def test_an_interval_is_the_same_each_time() -> None:
    tallies = _tallies(1, 0, 1, 1, 0)

    assert figures.figures("s", tallies) == figures.figures("s", tallies)


def test_f1_is_the_harmonic_mean() -> None:
    counts = {
        "casualties_right": 1,
        "casualties_shown": 2,
        "casualties_found": 1,
        "casualties_gold": 1,
    }
    (f1,) = [m for m in figures.MEASURES if m.name.startswith("F1")]

    assert f1.value(counts) == pytest.approx(2 / 3)


# -- runs ---------------------------------------------------------------------


def _documents() -> tuple[Document, ...]:
    one = _document(requests=[{"by": ["Kenya"], "to": ["Chad"]}])
    return one, one.model_copy(
        update={"id": "d2", "text": "Nobody came. All was well."}
    )


def test_a_run_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    path = str(tmp_path / "j.jsonl")
    first, second = _documents()
    run.run([first], Model(), path=path, version="1")
    with Path(path).open("a", encoding="utf-8") as file:
        file.write('{"id": "d2", "torn')
    model = Model()

    found = run.run([first, second], model, path=path, version="1", resume=True)

    assert [e.id for e in found.entries] == ["d1", "d2"]
    assert found.entries[0].answers
    kept = journal.read(path)
    assert kept is not None
    assert [e.id for e in kept.entries] == ["d1", "d2"]


def test_a_journal_is_not_gone_on_with_unless_told(tmp_path: Path) -> None:
    path = str(tmp_path / "j.jsonl")
    run.run(_documents()[:1], Model(), path=path, version="1")

    with pytest.raises(InputError, match="--resume"):
        run.run(_documents(), Model(), path=path, version="1")


def test_a_journal_of_another_model_is_not_mixed_in(tmp_path: Path) -> None:
    path = str(tmp_path / "j.jsonl")
    run.run(_documents()[:1], Model(), path=path, version="1")
    other = Model()
    other.model = "other"

    with pytest.raises(InputError, match="of another run"):
        run.run(_documents(), other, path=path, version="1", resume=True)


def test_a_document_that_fails_is_counted_and_the_run_goes_on(tmp_path: Path) -> None:
    path = str(tmp_path / "j.jsonl")
    found = run.run(_documents(), Model(fails=True), path=path, version="1")

    made = report.make(_documents(), found)

    assert [e.error for e in found.entries] == ["the server is gone", None]
    (failed,) = [f for f in made.figures if f.name == "failed"]
    assert failed.value == 0.5


def test_a_replay_asks_no_model_and_gives_the_same_briefings(tmp_path: Path) -> None:
    path = str(tmp_path / "j.jsonl")
    found = run.run(_documents(), Model(), path=path, version="1")

    again, missing = run.replay(_documents(), found)

    assert missing == 0
    first, second = found.entries[0].briefing, again.entries[0].briefing
    assert first is not None
    assert second is not None
    assert second.casualties == first.casualties


def test_a_replay_without_answers_says_how_many_are_missing(tmp_path: Path) -> None:
    path = str(tmp_path / "j.jsonl")
    found = run.run(_documents(), Model(), path=path, version="1")
    bare = tuple(e.model_copy(update={"answers": ()}) for e in found.entries)

    _, missing = run.replay(_documents(), Journal(found.made, bare))

    assert missing > 0


# -- reports ------------------------------------------------------------------


def _report(tmp_path: Path, name: str) -> report.Evaluation:
    path = str(tmp_path / name)
    return report.make(
        _documents(), run.run(_documents(), Model(), path=path, version="1")
    )


def test_two_reports_are_compared_on_the_same_documents(tmp_path: Path) -> None:
    new = _report(tmp_path, "j")
    worse = tuple(
        d.model_copy(update={"counts": {**d.counts, "requests_direction": 0}})
        for d in new.documents
    )

    changes = report.compare(new.model_copy(update={"documents": worse}), new)

    (change,) = [c for c in changes if c.name == "direction right"]
    assert (change.old, change.new, change.documents) == (0, 0.5, 2)
    text = tables.terminal(new, changes)
    assert "against the older report" in text
    assert "against the older report" in tables.as_markdown(new, changes)


def test_every_error_stands_beside_its_sentence() -> None:
    document = _document("Three people died.", complete=("casualties",), casualties=[])
    tally = score(document, _briefing(document.text))

    (mistake,) = [m for m in tally.mistakes if m.wrong == "invented"]

    assert mistake.sentence == "Three people died."
    assert mistake.shown == "killed Three people"


# -- gold ---------------------------------------------------------------------


def test_a_text_with_a_line_separator_is_one_document(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    line = {"id": "a", "set": "s", "text": "One.\u2028Two.\x85Three.", "gold": {}}
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    documents = gold.read([str(file)])

    path = str(tmp_path / "j.jsonl")
    run.run(documents, Model(), path=path, version="1")

    kept = journal.read(path)
    assert kept is not None
    assert [e.id for e in kept.entries] == ["a"]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    file.write_text('{"id": "a", "set": "s", "text": "t", "gold": {}}\n{"id": 1}\n')

    with pytest.raises(InputError, match="line 2 of .* is no gold document"):
        gold.read([str(file)])


def test_a_gold_briefing_is_read_with_its_article() -> None:
    (document,) = gold.read(["seeds/gold/seed.json"])

    assert document.day() is not None
    assert document.gold.requests is not None
    assert len(document.gold.requests) == 2
    assert document.text.startswith("Syria’s interim government")


def test_a_gold_briefing_without_its_article_is_refused(tmp_path: Path) -> None:
    data = json.loads(Path("seeds/gold/seed.json").read_text(encoding="utf-8"))
    data["actors"][0]["ev"][0]["exact"] = "Nobody"
    file = tmp_path / "g.json"
    file.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(InputError, match="no text beside"):
        gold.read([str(file)])


def test_the_command_replays_a_journal_and_prints_a_report(tmp_path: Path) -> None:
    path = str(tmp_path / "j.jsonl")
    run.run(_documents(), Model(), path=path, version="1")
    file = tmp_path / "g.jsonl"
    lines = [d.model_dump_json() for d in _documents()]
    file.write_text("\n".join(lines), encoding="utf-8")
    args = ["eval", str(file), "--replay", path]

    shown = RUNNER.invoke(app, args)
    saved = str(tmp_path / "r.json")
    RUNNER.invoke(app, [*args, "--format", "json", "-o", saved])
    against = RUNNER.invoke(app, [*args, "--format", "markdown", "--against", saved])

    assert (shown.exit_code, against.exit_code) == (0, 0)
    assert "direction right" in shown.stdout
    assert "against the older report" in against.stdout


def test_the_command_names_a_journal_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "g.jsonl"
    file.write_text(_documents()[0].model_dump_json(), encoding="utf-8")

    found = RUNNER.invoke(app, ["eval", str(file), "--replay", "none.jsonl"])

    assert found.exit_code == 3
    assert found.stderr == "error: there is no journal 'none.jsonl'\n"
