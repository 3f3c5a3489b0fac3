"""What a run over an archive writes: tables, Parquet, pages, a report, a storage."""

import csv
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from archived import TEXT, briefed, lines, run
from bucket_server import BUCKET, SECRET, Bucket, bucket
from pages import ROOT
from pyarrow import parquet
from typer.testing import CliRunner

from schemas.briefing import Briefing
from summarizer.batch.entries import Cost, Entry, Kept
from summarizer.batch.ledger import Ledger
from summarizer.batch.outputs import deliver, index, sheets
from summarizer.batch.outputs.columns import Column
from summarizer.batch.storage import stores
from summarizer.cli import app

TOLD = (
    "Kenya urged Chad on Friday to free the crew of boat {}. At least {} people were "
    "killed in Orvane, the police said."
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_", "AWS_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    stores.store.cache_clear()
    yield tmp_path
    stores.store.cache_clear()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    with bucket({}) as found:
        for name, value in found.environ().items():
            monkeypatch.setenv(name, value)
        yield found


def _archive(count: int, *more: str) -> None:
    told = [
        json.dumps({"text": TOLD.format(n, n + 2), "title": f"Boat {n}", "date": f"2025-03-{n + 1:02}"})
        for n in range(count)
    ]  # fmt: skip
    Path("in.jsonl").write_text("\n".join([*told, *more]) + "\n", "utf-8")


def _table(name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = parquet.read_table(f"out/{name}.parquet").to_pylist()  # fmt: skip
    return found


# -- Parquet ---------------------------------------------------------------------


def test_rows_are_parquet_too_the_failed_ones_with_their_reason() -> None:
    _archive(3, "no json")

    run("in.jsonl", "-o", "out", "--format", "parquet")

    found = _table("briefings-00000")
    assert {row["place"] for row in found} == {f"in.jsonl:{n}" for n in (1, 2, 3)}
    first = next(row for row in found if row["place"] == "in.jsonl:1")
    assert (first["title"], first["published"]) == ("Boat 0", date(2025, 3, 1))
    assert (first["status"], first["error"], first["requests"]) == ("done", None, 1)
    kept = {row["key"]: row["briefing"] for row in briefed()}
    assert json.loads(str(first["briefing"])) == kept[first["key"]]
    (failed,) = _table("briefings-failed")
    assert failed["place"] == "in.jsonl:4"
    assert (failed["status"], failed["error"]) == ("failed", "the line is no JSON object")  # fmt: skip
    assert failed["briefing"] is None


def test_items_are_tables_with_types() -> None:
    _archive(2)

    run("in.jsonl", "-o", "out", "--format", "parquet")

    rows = sorted(_table("casualties"), key=lambda row: str(row["title"]))
    assert [row["low"] for row in rows] == [2, 3]
    assert rows[0]["published"] == date(2025, 3, 1)
    assert (rows[0]["vague"], rows[0]["none_reported"]) == (False, False)
    assert (rows[0]["place_of_event"], rows[0]["place"]) == ("Orvane", "in.jsonl:1")
    (ask, _) = sorted(_table("requests"), key=lambda row: str(row["title"]))
    assert (ask["by"], ask["to"], ask["when_start"]) == ("Kenya", "Chad", date(2025, 2, 28))  # fmt: skip


def test_without_the_option_nothing_is_parquet() -> None:
    _archive(1)

    run("in.jsonl", "-o", "out")

    assert list(Path("out").glob("*.parquet")) == []


def test_a_shard_that_did_not_change_is_not_written_again() -> None:
    _archive(1)
    run("in.jsonl", "-o", "out", "--format", "parquet")
    file = Path("out/briefings-00000.parquet")
    first = file.stat().st_ino

    run("in.jsonl", "-o", "out", "--format", "parquet")
    same = file.stat().st_ino
    _archive(2)
    run("in.jsonl", "-o", "out", "--format", "parquet")

    assert same == first
    assert file.stat().st_ino != first
    assert len(_table("briefings-00000")) == 2


def test_a_shard_that_is_gone_leaves_no_parquet_behind() -> None:
    _archive(1)
    run("in.jsonl", "-o", "out", "--format", "parquet")
    (row,) = briefed()
    with Ledger(Path("out")) as ledger:
        ledger.write(Entry(row["key"], "p", "incomplete", "a hole"), row, Cost())
        deliver(ledger, {}, frozenset({"parquet"}))

    (file,) = Path("out").glob("briefings-0*.parquet")
    assert file.name == "briefings-00001.parquet"
    (told,) = parquet.read_table(file).to_pylist()
    assert (told["status"], told["error"]) == ("incomplete", "a hole")


def test_a_number_that_no_column_holds_is_left_out() -> None:
    _archive(1)
    run("in.jsonl", "-o", "out")
    (row,) = briefed()
    row["briefing"]["casualties"][0]["value"] = 10**30
    row["briefing"]["bottom_line"] = "a lone \ud800 surrogate"
    with Ledger(Path("out")) as ledger:
        ledger.write(Entry(row["key"], "p", "done"), row, Cost())
        deliver(ledger, {}, frozenset({"parquet"}))

    assert [one["value"] for one in _table("casualties")] == [None]
    assert "1000000000000000000000000000000" in Path("out/casualties.csv").read_text("utf-8")  # fmt: skip


def test_a_row_of_parquet_is_rendered_verified_and_compared_like_a_file() -> None:
    _archive(2)
    run("in.jsonl", "-o", "out", "--format", "parquet")
    row = "out/briefings-00000.parquet"

    shown = CliRunner().invoke(app, ["render", f"{row}:2"])
    checked = CliRunner().invoke(app, ["verify", f"{row}:1"])
    changed = CliRunner().invoke(app, ["diff", f"{row}:1", f"{row}:2"])

    assert "Kenya → Chad" in shown.stdout
    assert "checked items hold" in checked.stdout
    assert changed.exit_code == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("out/briefings-00000.parquet:9", "is no row with a briefing"),
        ("out/briefings-failed.parquet:1", "is no row with a briefing"),
        ("out/requests.parquet:1", "is no row with a briefing"),
        ("out/briefings-00000.parquet", "holds a briefing in each row: say which"),
        ("out/none.parquet:1", "'out/none.parquet' is not there"),
        ("in.jsonl.parquet:1", "is no Parquet file, or damaged"),
    ],
)
def test_a_row_of_parquet_that_is_none_is_one_sentence(row: str, words: str) -> None:
    _archive(1, "no json")
    run("in.jsonl", "-o", "out", "--format", "parquet")
    Path("in.jsonl.parquet").write_text("no", "utf-8")

    result = CliRunner().invoke(app, ["render", row])

    assert result.exit_code == 3
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_missing_pyarrow_is_said_and_the_rows_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _archive(1)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    result = run("in.jsonl", "-o", "out", "--format", "parquet")

    assert result.exit_code == 3
    assert "pip install 'grounded-briefing[archives]'" in result.stderr
    assert not Path("out").exists()


# -- CSV -------------------------------------------------------------------------


def test_no_two_columns_of_a_table_have_one_name() -> None:
    _archive(1)

    run("in.jsonl", "-o", "out")

    for file in Path("out").glob("*.csv"):
        header = next(csv.reader(file.read_text("utf-8").splitlines()))
        assert len(header) == len(set(header)), file.name


def test_a_cell_is_no_longer_than_a_spreadsheet_takes() -> None:
    table = sheets.Sheet(Path("t.csv"), {"quote": _column()})
    table.write(["x" * (sheets.MOST_CELL + 1)])
    table.write(["y" * sheets.MOST_CELL])
    table.write(["=" + "z" * sheets.MOST_CELL])
    table.close()

    with Path("t.csv").open(encoding="utf-8", newline="") as file:
        _, cut, whole, formula = csv.reader(file)

    assert (len(cut[0]), cut[0][-1]) == (32_767, "…")
    assert whole[0] == "y" * 32_767
    assert (len(formula[0]), formula[0][:2], formula[0][-1]) == (32_767, "'=", "…")


def _column() -> Column:
    return Column(str)


def test_fields_of_one_s_own_that_are_called_like_a_column_are_told_apart() -> None:
    _archive(1)
    run("in.jsonl", "-o", "out")
    (row,) = briefed()
    item = row["briefing"]["requests"][0]
    row["briefing"]["sections"] = [
        {
            "definition": {
                "name": "sums", "title": "Sums",
                "fields": [{"name": "place", "kind": "party"}, {"name": "paid", "kind": "number"}],
            },
            "items": [
                {**item, "fields": [
                    {"name": "place", "text": "Chad's", "party": {"name": "Chad"}},
                    {"name": "paid", "text": "£5m", "number": {"value": 5e6}},
                ]},
                {**item, "fields": []},
            ],
        }
    ]  # fmt: skip
    with Ledger(Path("out")) as ledger:
        ledger.write(Entry(row["key"], row["place"], "done"), row, Cost())
        deliver(ledger, {}, frozenset({"parquet"}))

    told, empty = _table("sums")
    assert (told["place"], told["own_place"]) == ("in.jsonl:1", "Chad")
    assert (told["paid"], told["paid_value"], told["verdict"]) == ("£5m", 5e6, "supported")  # fmt: skip
    assert (empty["own_place"], empty["paid_value"]) == (None, None)


# -- DuckDB ------------------------------------------------------------------------


def _asked(query: str) -> list[tuple[object, ...]]:
    found = duckdb.sql(query)
    assert found is not None
    return found.fetchall()


def _documented() -> list[str]:
    text = (ROOT / "docs" / "batch.md").read_text("utf-8")
    return re.findall(r"```text\n(SELECT .*?)\n```", text, re.DOTALL)


def test_the_queries_of_the_docs_run_over_csv_and_parquet() -> None:
    _archive(3, "no json")
    run("in.jsonl", "-o", "out", "--format", "parquet")

    queries = "\n".join(_documented()).split(";")
    found = [_asked(query) for query in queries if query.strip()]

    assert found[0] == [("Kenya", 3)]
    assert len(found) >= 2
    assert all(found)


def test_csv_and_parquet_say_the_same() -> None:
    _archive(3)
    run("in.jsonl", "-o", "out", "--format", "parquet")
    wanted = 'SELECT title, low, "start", published, vague FROM \'out/casualties.{}\' ORDER BY 1'  # fmt: skip

    csv_rows = _asked(wanted.format("csv"))

    assert csv_rows == _asked(wanted.format("parquet"))
    assert csv_rows[0] == ("Boat 0", 2, csv_rows[0][2], date(2025, 3, 1), False)


# -- the report --------------------------------------------------------------------


def test_the_report_says_what_is_in_the_archive_and_how_to_go_on() -> None:
    _archive(3, "no json")

    text = run("in.jsonl", "-o", "out").stdout

    assert "| Chad | 3 |" in text
    assert "| killed | 3 |" in text
    assert "With `--retry-failed` it does the 1 failed and incomplete ones again." in text  # fmt: skip
    assert "unconfirmed" in text
    assert "$" not in text  # nothing was paid


@pytest.mark.parametrize(
    "name", ["index.html", "requests.parquet", "briefings-1.parquet"]
)
def test_files_of_others_are_not_written_over(name: str) -> None:
    _archive(1)
    Path("out").mkdir()
    Path("out", name).write_text("mine", "utf-8")

    result = run("in.jsonl", "-o", "out", "--format", "parquet")

    assert f"holds a {name} that no run made" in result.stderr
    assert Path("out", name).read_text("utf-8") == "mine"


def test_a_name_can_put_nothing_into_the_report() -> None:
    _archive(1)
    run("in.jsonl", "-o", "out")
    (row,) = briefed()
    row["briefing"]["actors"][0]["name"] = "a | b\n# c"
    with Ledger(Path("out")) as ledger:
        ledger.write(Entry(row["key"], row["place"], "done"), row, Cost())
        text = deliver(ledger, {})

    assert "| a \\| b # c | 1 |" in text


# -- the index and the pages ---------------------------------------------------------


def test_the_index_lists_the_articles_and_says_how_many_failed() -> None:
    _archive(2, "no json")

    run("in.jsonl", "-o", "out")

    text = Path("out/index.html").read_text("utf-8")
    assert text.index("Boat 1") < text.index("Boat 0")  # the newest first
    assert "1 article failed: failed.jsonl says why." in text
    assert 'href="pages/' not in text


def test_each_article_has_its_page_when_pages_are_wanted() -> None:
    _archive(2)

    run("in.jsonl", "-o", "out", "--pages")

    links = re.findall(r'href="(pages/[0-9a-f]{16}\.html)"', Path("out/index.html").read_text("utf-8"))  # fmt: skip
    assert len(links) == 2
    page = Path("out", links[0]).read_text("utf-8")
    assert "boat 1" in page
    assert sorted(Path("out/pages").iterdir()) == sorted(Path("out", link) for link in links)  # fmt: skip


def test_a_page_is_written_anew_only_when_its_article_was_done_again() -> None:
    _archive(2)
    run("in.jsonl", "-o", "out", "--pages")
    one, two = briefed()
    before = {f.name: f.stat().st_ino for f in Path("out/pages").iterdir()}

    with Ledger(Path("out"), now=lambda: 4e9) as ledger:
        ledger.write(Entry(one["key"], one["place"], "done"), one, Cost())
        deliver(ledger, {}, frozenset({"pages"}))

    after = {f.name: f.stat().st_ino for f in Path("out/pages").iterdir()}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"{one['key'][:16]}.html"}
    assert f"{two['key'][:16]}.html" in before


def _large(count: int, words: str = "Kenya urged Chad.") -> None:
    """Make the index of an archive of so many articles, of one that was briefed."""
    _archive(1)
    run("in.jsonl", "-o", "one")
    (row,) = briefed("one")
    Briefing.model_validate(row["briefing"])
    row["briefing"]["bottom_line"] = words
    Path("out").mkdir()
    found = index.Index(Path("out"))
    for number in range(count):
        row["place"] = f"news/{number}.txt"
        source = row["briefing"]["sources"][0]
        source["title"] = f"Story {number} {words}"
        found.add(Kept(Entry(f"{number:064x}", row["place"], "done"), row, 0, 0.0))
    found.write(failed=0, has_pages=False)
    found.close()


@pytest.mark.parametrize(
    "words", ["Kenya urged Chad. " * 40, "</script>&\u2028" * 60, "نشرت الصحيفة الخبر " * 40]
)  # fmt: skip
def test_an_article_takes_so_many_bytes_of_a_large_index_at_most(words: str) -> None:
    _large(2_500, words)

    files = sorted(Path("out").glob("index-data-*.js"))
    rows = [line for f in files for line in f.read_bytes().splitlines(keepends=True)]
    articles = [row for row in rows if row.startswith(b"[")]

    assert [f.name for f in files] == ["index-data-0.js", "index-data-1.js"]
    assert len(articles) == 2_500
    assert max(map(len, articles)) <= index.MOST_BYTES
    assert not any(b"</" in row or "\u2028".encode() in row for row in rows)
    told = json.loads(articles[0].strip().removesuffix(b","))
    assert told[2].startswith("Story 0 ")


def test_a_large_index_says_what_stands_beside_it_and_a_small_one_drops_it() -> None:
    _large(1_200)
    text = Path("out/index.html").read_text("utf-8")

    assert "lists the newest 200 of 1,200 articles" in text
    assert text.count("<tr>") == 201
    small = index.Index(Path("out"))
    small.write(failed=0, has_pages=False)
    small.close()
    assert list(Path("out").glob("index-data-*")) == []


# -- a storage -----------------------------------------------------------------------


def _put(*words: str) -> str:
    result = run("in.jsonl", "-o", f"s3://{BUCKET}/briefed", "--work", "work", *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_what_is_made_goes_into_the_bucket_and_no_ledger(s3: Bucket) -> None:
    _archive(2)

    _put("--format", "parquet", "--pages")

    names = {path.removeprefix("briefed/") for path in s3.objects}
    assert {"briefings-00000.jsonl", "briefings-00000.parquet", "requests.csv", "requests.parquet", "report.md", "index.html", "failed.jsonl"} <= names  # fmt: skip
    assert sum(name.startswith("pages/") for name in names) == 2
    assert not any("sqlite" in name or "lock" in name for name in names)
    local = Path("work/briefings-00000.jsonl").read_bytes()
    assert s3.objects["briefed/briefings-00000.jsonl"] == local


def test_a_second_run_goes_on_and_puts_no_shard_twice(s3: Bucket) -> None:
    _archive(2)
    _put()
    s3.puts.clear()

    _put()
    same = [path for path, _ in s3.puts if "briefings-" in path]
    _archive(3)
    _put()

    assert same == []
    assert len(s3.objects["briefed/briefings-00000.jsonl"].splitlines()) == 3


def test_a_shard_is_put_only_where_there_is_none(s3: Bucket) -> None:
    _archive(1)

    _put()

    assert ("briefed/briefings-00000.jsonl", True) in s3.puts
    assert ("briefed/report.md", False) in s3.puts


def test_a_second_run_puts_no_page_twice(s3: Bucket) -> None:
    _archive(2)
    _put("--pages")
    s3.puts.clear()
    _archive(3)

    _put("--pages")

    assert sum("pages/" in path for path, _ in s3.puts) == 1
    assert sum("pages/" in path for path in s3.objects) == 3


def test_what_somebody_took_out_of_the_bucket_is_put_again(s3: Bucket) -> None:
    _archive(1)
    _put()
    del s3.objects["briefed/briefings-00000.jsonl"]

    _put()

    assert "briefed/briefings-00000.jsonl" in s3.objects


def test_the_output_of_another_run_is_not_written_over(s3: Bucket) -> None:
    _archive(1)
    _put()
    before = dict(s3.objects)

    result = run("in.jsonl", "-o", f"s3://{BUCKET}/briefed", "--work", "other")

    assert result.exit_code == 3
    assert "holds the output of a run with another work folder" in result.stderr
    assert s3.objects == before


def test_a_shard_that_was_replaced_is_taken_out_of_the_bucket(s3: Bucket) -> None:
    _archive(1)
    _put()
    s3.objects["briefed/notes.txt"] = b"somebody's"
    Path("work/briefings-00000.jsonl").rename("work/briefings-00007.jsonl")
    Path("work/briefings-00007.jsonl").unlink()
    _put()  # it was lost, and is done again

    assert s3.objects["briefed/notes.txt"] == b"somebody's"
    shards = [path for path in s3.objects if "briefings-" in path]
    assert len(shards) == 1


def test_a_bucket_that_refuses_is_one_sentence_and_nothing_is_asked(s3: Bucket) -> None:
    _archive(1)
    s3.refused.add("")

    result = run("in.jsonl", "-o", f"s3://{BUCKET}/briefed", "--work", "work")

    assert result.exit_code == 3
    (line,) = result.stderr.strip().splitlines()
    assert "the storage refuses access" in line
    assert SECRET not in result.output
    assert briefed("work") == []


def test_without_a_work_folder_one_in_the_cache_is_taken(s3: Bucket) -> None:
    _archive(1)

    run("in.jsonl", "-o", f"s3://{BUCKET}/briefed")
    again = run("in.jsonl", "-o", f"s3://{BUCKET}/briefed/")

    assert again.exit_code == 0, again.output
    assert "| done | 1 |" in again.stdout
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "grounded-briefing" / "archives"
    assert len(list(cache.iterdir())) == 1


def test_a_work_folder_is_for_a_storage_only() -> None:
    lines(1)

    result = run("in.jsonl", "-o", "out", "--work", "work")

    assert result.exit_code == 2
    assert "--work is for an output in a storage" in result.stderr


@pytest.mark.parametrize("scheme", ["file", "memory"])
def test_other_storages_are_written_to_in_the_same_way(
    scheme: str, folder: Path
) -> None:
    _archive(1)
    target = f"file://{folder}/far" if scheme == "file" else "memory:///far"

    first = run("in.jsonl", "-o", target, "--work", "work")
    again = run("in.jsonl", "-o", target, "--work", "work")
    other = run("in.jsonl", "-o", target, "--work", "other")

    assert (first.exit_code, again.exit_code, other.exit_code) == (0, 0, 3)
    library, store = stores.library(), stores.store(scheme, "")
    path = stores.parted(f"{target}/briefings-00000.jsonl")[2]
    assert bytes(library.get(store, path).bytes()) == Path("work/briefings-00000.jsonl").read_bytes()  # fmt: skip


def test_the_archive_in_a_bucket_is_one_to_read_again(s3: Bucket) -> None:
    s3.objects["in/a.txt"] = TEXT.format(1).encode()

    result = run(f"s3://{BUCKET}/in", "-o", f"s3://{BUCKET}/out", "--work", "work")

    assert "| done | 1 |" in result.stdout
    assert briefed("work")[0]["place"] == f"s3://{BUCKET}/in/a.txt"
