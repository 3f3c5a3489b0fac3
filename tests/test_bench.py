"""`make bench`: rivals' output as items, journals, limits, the table. No model."""

import json
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from benchmarks import asked, found, journals, mapping, meter, scoring, table
from benchmarks.journals import Line
from benchmarks.meter import Spent
from benchmarks.workers import Worker, working
from summarizer.evaluation.gold import Document
from summarizer.evaluation.tally import Tally

# Invented.
TEXT = (
    "Kenya urged Chad on Friday to free the crew. At least 43 people were killed in "
    "Goma, the Red Cross said. “We will not bend,” Ana Ruiz, the mayor of Goma, told "
    "reporters."
)
NESTED: dict[str, list[dict[str, str]]] = {
    "actors": [{"name": "Ana Ruiz", "kind": "person", "role": "the mayor of Goma"}],
    "requests": [
        {
            "by": "Kenya",
            "to": "Chad",
            "what": "free the crew",
            "quote": "Kenya urged Chad on Friday to free the crew",
        }
    ],
    "positions": [
        {"holder": "Ana Ruiz", "act": "refuse", "quote": "We will not bend"},
        {"holder": "Kenya", "act": "warn", "quote": "We will never, ever bend"},
    ],
    "casualties": [
        {
            "kind": "killed",
            "count": "At least 43",
            "who": "people",
            "quote": "At least 43 people were killed",
        }
    ],
    "open_questions": [],
}


def _document(complete: tuple[str, ...] = (), **gold: object) -> Document:
    return Document.model_validate(
        {"id": "d1", "set": "s", "text": TEXT, "gold": gold, "complete": complete}
    )


def _extraction(
    name: str, words: str, *, at: int | None = None, **attributes: object
) -> dict[str, object]:
    interval = None if at is None else {"start_pos": at, "end_pos": at + len(words)}
    return {
        "extraction_class": name,
        "extraction_text": words,
        "char_interval": interval,
        "attributes": attributes or None,
    }


def _line(output: object = None, error: str | None = None) -> Line:
    return Line(
        id="d1",
        text_sha256="0",
        seconds=1.5,
        spent=Spent(calls=2, prompt_tokens=10, completion_tokens=3),
        output=output,
        error=error,
    )


def _counts(document: Document, line: Line, who: str = "instructor") -> Counter[str]:
    return scoring.tally(document, line, scoring.READERS[who]).counts


# -- what a rival shows -------------------------------------------------------


def test_nested_items_become_items_of_their_sections() -> None:
    items = found.of_instructor(NESTED)

    assert [i.section for i in items] == [
        "actors",
        "requests",
        "positions",
        "positions",
        "casualties",
    ]
    assert items[0].quote == "Ana Ruiz"
    assert items[1].get("to") == "Chad"


def test_an_extraction_keeps_the_place_that_langextract_gives() -> None:
    output = {
        "extractions": [
            _extraction("position", "we will not bend", at=91, holder="Ana Ruiz"),
            _extraction("weather", "Friday"),
        ]
    }

    (item,) = found.of_langextract(output)

    assert item.place == (91, 107)
    assert (item.section, item.get("holder")) == ("positions", "Ana Ruiz")


def test_an_actor_is_one_however_often_it_is_extracted() -> None:
    output = {
        "extractions": [
            _extraction("actor", "Kenya", at=0, kind="government"),
            _extraction("actor", "KENYA", kind="person"),
            _extraction("actor", "Chad", at=12, kind=None),
        ]
    }

    names = [i.quote for i in found.of_langextract(output)]

    assert names == ["Kenya", "Chad"]


def test_the_same_words_said_by_two_are_two_items() -> None:
    output = {
        "extractions": [
            _extraction("position", "bend", holder="Ana Ruiz"),
            _extraction("position", "bend", holder="Kenya"),
            _extraction("position", "bend", holder="Kenya"),
        ]
    }

    assert len(found.of_langextract(output)) == 2


# -- as our item types --------------------------------------------------------


def test_a_rivals_briefing_is_scored_like_ours() -> None:
    document = _document(
        requests=[{"by": ["Kenya"], "to": ["Chad"]}],
        casualties=[{"kinds": ["killed"], "number": "43-", "strings": ["people"]}],
        actors=[{"names": ["Ana Ruiz"], "mentions": 2}],
    )

    counts = _counts(document, _line(NESTED))

    assert counts["requests_direction"] == counts["numbers_right"] == 1
    assert counts["actors_found"] == 1


def test_a_position_counts_where_the_rival_says_that_it_stands() -> None:
    at = TEXT.index("We will not")
    said = {
        "source": [[TEXT.index("Ana Ruiz"), TEXT.index("Ana Ruiz") + 8]],
        "content": [[at, at + 16]],
    }
    output = {
        "extractions": [
            _extraction("position", "we shall not bend", at=at, holder="Ana Ruiz")
        ],
        "omitted": 0,
    }

    counts = _counts(_document(attributions=[said]), _line(output), "langextract")

    assert (counts["positions_right"], counts["speakers_right"]) == (1, 1)
    assert (counts["verbatim"], counts["shown"]) == (0, 1)


def test_words_that_are_not_there_are_placed_at_the_sentence_most_like_them() -> None:
    items = found.of_instructor({"positions": [
        {"holder": "Kenya", "act": "warn", "quote": "Kenya strongly urged Chad Friday"}
    ]})  # fmt: skip

    (position,) = mapping.briefing(items, TEXT).positions

    assert position.evidence[0].exact.startswith("Kenya urged Chad")


def test_words_that_are_nowhere_meet_nothing() -> None:
    items = found.of_instructor(
        {"positions": [{"holder": "Kenya", "act": "x", "quote": "Snow fell all day"}]}
    )

    (position,) = mapping.briefing(items, TEXT).positions

    assert position.evidence[0].start == len(TEXT)
    assert position.act == "assert"


@pytest.mark.parametrize(
    ("count", "who", "low"),
    [
        ("At least 43", "people", 43),
        ("12 children", "", 12),
        ("", "three men", 3),
        ("", "his driver", 1),
        ("", "suspects", 2),
        ("no", "people", 0),
        ("", "", None),
    ],
)
def test_people_are_counted_from_a_rivals_words(
    count: str, who: str, low: int | None
) -> None:
    read = mapping.people(count, who)

    assert (read.low if read else None) == low


def test_a_kind_in_other_words_is_read_as_what_it_means() -> None:
    items = found.of_instructor(
        {
            "casualties": [
                {"kind": "wounded", "count": "3", "who": "", "quote": "q"},
                {"kind": "lost", "count": "4", "who": "", "quote": "q"},
            ]
        }
    )

    kinds = [c.kind for c in mapping.briefing(items, TEXT).casualties]

    assert kinds == ["injured", "affected"]


def test_what_verify_refuses_in_a_plain_list_is_not_borne_out() -> None:
    counts = _counts(_document(), _line(NESTED))

    # “We will never, ever bend” is not in the text; everything else is.
    assert (counts["refused"], counts["verbatim"], counts["shown"]) == (1, 4, 5)


def test_a_refused_speaker_is_looked_up_in_the_gold() -> None:
    text = "Rain fell all day, as the mayor, Ana Ruiz, would have it."
    said = {"source": [[30, 50]], "content": [[0, 17]], "holders": ["Ana Ruiz"]}
    document = _document(attributions=[said]).model_copy(update={"text": text})
    shown = [
        {"holder": who, "act": "claim", "quote": "Rain fell all day"}
        for who in ("Ana Ruiz", "Kenya")
    ]

    counts = _counts(document, _line({"positions": shown}))

    assert (counts["refused"], counts["doubted"], counts["doubted_right"]) == (2, 2, 1)


# -- failures -----------------------------------------------------------------


def test_a_failed_document_misses_all_and_has_no_merit() -> None:
    document = _document(
        complete=("casualties", "requests"),
        requests=[{"by": ["Kenya"], "to": ["Chad"]}],
        casualties=[],
        totals={"killed_min": 0, "detained_min": 0},
    )

    counts = _counts(document, _line(error="not done after 300 s"))

    assert (counts["failed"], counts["asked"]) == (1, 1)
    assert (counts["requests_gold"], counts["requests_found"]) == (1, 0)
    assert (counts["totals"], counts["totals_both"]) == (1, 0)
    assert counts["nothing"] == 0
    assert counts["calls"] == 2


def test_a_chunk_that_langextract_omits_is_a_loss() -> None:
    counts = _counts(
        _document(), _line({"extractions": [], "omitted": 1}), "langextract"
    )

    assert (counts["failed"], counts["partial"]) == (0, 1)


# -- journals -----------------------------------------------------------------


def test_a_journal_gives_back_what_was_written_before_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    journals.add(path, {"model": "m"}, _line(NESTED))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "torn')

    lines = journals.kept(path, {"model": "m"})
    journals.add(path, {"model": "m"}, _line(error="gone"))

    assert lines == {("d1", "0"): _line(NESTED)}
    assert journals.kept(path, {"model": "m"}) == {("d1", "0"): _line(error="gone")}


def test_a_journal_of_another_configuration_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    journals.add(path, {"model": "old"}, _line())

    assert journals.read(path)[0] == {"model": "old"}
    assert journals.kept(path, {"model": "new"}) == {}
    assert not path.exists()
    assert (tmp_path / "j.1.old").exists()


# -- the meter ----------------------------------------------------------------


@contextmanager
def _server(
    answer: dict[str, object], status: int = 200
) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A server that answers everything alike, and keeps what it was sent."""
    got: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", got
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_meter_limits_each_answer_and_counts_what_it_costs() -> None:
    answer: dict[str, object] = {
        "choices": [{"finish_reason": "length"}],
        "usage": {
            "prompt_tokens": 7,
            "completion_tokens": 5,
            "prompt_tokens_details": {"cached_tokens": 4},
        },
    }
    with _server(answer) as (url, got), meter.metering(url, 20) as between:
        request = Request(  # noqa: S310  our own server
            between.url + "/chat/completions",
            json.dumps({"temperature": 1, "max_completion_tokens": 99}).encode(),
        )
        with urlopen(request) as reply:  # noqa: S310
            assert json.loads(reply.read()) == answer

        assert got == [{"temperature": 0, "max_tokens": 20}]
        assert between.reset() == Spent(
            calls=1, prompt_tokens=7, cached_tokens=4, completion_tokens=5, at_limit=1
        )
        assert between.reset() == Spent()


def test_a_smaller_limit_of_a_rival_stays() -> None:
    sent = json.loads(meter.limited(b'{"max_tokens": 5}', 20))

    assert sent == {"temperature": 0, "max_tokens": 5}


@pytest.mark.parametrize("body", [b"", b"[1]", b"{"])
def test_a_body_that_is_no_object_is_passed_on_as_it_came(body: bytes) -> None:
    assert meter.limited(body, 20) == body


def test_a_refused_request_is_counted_as_such() -> None:
    assert meter.spent(400, b'{"error": "too long"}') == Spent(refused=1)


def test_a_server_that_is_gone_is_not_alive() -> None:
    with _server({}) as (url, _):
        pass

    assert not meter.Meter(url, 20).is_alive()


# -- workers ------------------------------------------------------------------

_CHILD = """
import json, sys
sys.stdin.readline()
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    text = json.loads(line)["text"]
    if text == "hang":
        sys.stdin.read()
    if text == "die":
        sys.exit("out of memory")
    print(json.dumps({"output": text.upper()}), flush=True)
"""


def _worker() -> Worker:
    return Worker((sys.executable, "-c", _CHILD), {})


def test_a_worker_that_takes_too_long_is_ended_and_started_anew() -> None:
    with working(_worker()) as worker:
        slow = worker.brief("hang", None, limit_s=0.2)
        running = worker.is_running
        again = worker.brief("b", None, limit_s=60)

    assert slow.error == "not done after 0 s"
    assert not running
    assert again.output == "B"


def test_a_worker_that_dies_says_its_last_words() -> None:
    with working(_worker()) as worker:
        answer = worker.brief("die", None, limit_s=60)

    assert answer.error == "the process ended: out of memory"


# -- what is asked, and the table ---------------------------------------------


def test_every_worked_example_shows_words_of_its_text() -> None:
    examples = asked.examples()

    for one in examples:
        extractions = one["extractions"]
        assert isinstance(extractions, list)
        assert extractions
        assert all(e["text"] and e["text"] in str(one["text"]) for e in extractions)
    assert len(examples) > 10


def test_the_table_has_a_column_for_each_and_a_dash_for_what_none_has() -> None:
    one = Tally(Counter(shown=4, verbatim=3, asked=1, milliseconds=2_500))
    other = Tally(Counter(asked=1, milliseconds=500))

    rows = table.rows("s", {"a": [one], "b": [other]})
    report = table.Report(
        heading=("one line",),
        contestants=("a", "b"),
        rows=rows,
        failures=(table.Failure("b", "d1", "not done | after 300 s"),),
        doubts=(table.Doubt("b", "d2", "no such words", "not found"),),
    )

    cells = {row[2]: row[3:] for row in rows}
    assert cells["verbatim"] == ("0.750 of 4 (0.75–0.75)", "–")
    assert cells["seconds a document"] == ("2.5 (2.5–2.5)", "0.5 (0.5–0.5)")
    assert "b failed d1: not done | after 300 s" in table.terminal(report)
    assert "| set | section | figure | a | b |" in table.as_markdown(report)
    assert "- b, d2: no such words: not found" in table.as_markdown(report)
    assert "not done \\| after" in table.as_markdown(report)
