"""What an archive is given as: Parquet, crawls, object storage; whatever is in them."""

import gzip
import json
import os
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from archived import TEXT, briefed, lines, page, record, rows, run, table
from bucket_server import BUCKET, KEY, SECRET, Bucket, bucket
from pyarrow import parquet
from typer.testing import CliRunner

from summarizer.batch.inputs import Given, Inputs, mapping_of
from summarizer.batch.inputs import rows as read_rows
from summarizer.batch.storage import stores
from summarizer.cli import app
from summarizer.errors import InputError
from summarizer.sources.containers import warc


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_", "AWS_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _no_store_is_kept() -> Iterator[None]:
    stores.store.cache_clear()
    yield
    stores.store.cache_clear()


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    with bucket({}) as found:
        for name, value in found.environ().items():
            monkeypatch.setenv(name, value)
        yield found


def _errors(*places: str) -> list[str | None]:
    return [one.error for one in Inputs(places)]


# -- Parquet ---------------------------------------------------------------------


def test_the_columns_of_a_table_are_guessed_like_the_fields_of_rows() -> None:
    table(2)
    given = Inputs(("in.parquet",))

    one, two = given

    assert given.guessed == {
        "in.parquet": {"text": "body", "title": "headline", "published": "date"}
    }
    assert (one.place, two.place) == ("in.parquet:1", "in.parquet:2")
    assert (one.text, one.metadata.title) == (TEXT.format(0), "Boat 0")
    assert one.metadata.published == date(2025, 3, 5)


def test_an_article_is_the_same_as_a_row_of_json_and_of_a_table() -> None:
    table(2)
    lines(2)

    assert len(list(Inputs(("in.parquet", "in.jsonl")))) == 2


def test_a_column_can_be_named_and_other_columns_are_not_unpacked() -> None:
    parquet.write_table(
        pa.table({"words": ["It rained."], "text": ["no"], "deep": [[{"a": 1}]]}),
        "in.parquet",
    )

    (one,) = Inputs(("in.parquet",), mapping_of(["text=words"]))

    assert one.text == "It rained."


@pytest.mark.parametrize(
    "days",
    [
        pa.array([date(2025, 3, 5)]),
        pa.array([datetime(2025, 3, 5, 9, 30)]),  # noqa: DTZ001  as tables have them
        pa.array(["2025-03-05T09:30:00Z"]),
        pa.array([b"2025-03-05"]),
        pa.array(["2025-03-05"]).dictionary_encode(),
        pa.array([datetime(2025, 3, 5, 9, 30)], pa.timestamp("ns")),  # noqa: DTZ001
    ],
    ids=["day", "time", "iso", "bytes", "dictionary", "nanoseconds"],
)
def test_a_day_is_read_from_every_type_of_column(days: pa.Array) -> None:
    parquet.write_table(pa.table({"text": ["It rained."], "date": days}), "in.parquet")

    (one,) = Inputs(("in.parquet",))

    assert one.metadata.published == date(2025, 3, 5)


@pytest.mark.parametrize("kind", [pa.large_string(), pa.binary(), pa.string_view()])
def test_text_is_read_from_every_type_of_column(kind: pa.DataType) -> None:
    words = pa.array(["Café in Varos."]).cast(pa.binary() if kind == pa.binary() else pa.string())  # fmt: skip
    parquet.write_table(pa.table({"text": words.cast(kind)}), "in.parquet")

    (one,) = Inputs(("in.parquet",))

    assert one.text == "Café in Varos."


def test_a_row_without_text_is_a_failure_and_the_others_go_on() -> None:
    parquet.write_table(
        pa.table({"text": ["It rained.", None, " ", "It snowed."]}), "in.parquet"
    )

    why = "its field 'text' holds no text"
    assert _errors("in.parquet") == [None, why, why, None]


def test_a_table_that_holds_no_articles_is_one_entry() -> None:
    parquet.write_table(pa.table({"foo": [1, 2]}), "in.parquet")
    lines(1)

    assert _errors("in.parquet", "in.jsonl") == [
        (
            "it is no table of articles: no field holds the text: say which with --map "
            "text=NAME (there are foo)"
        ),
        None,
    ]


@pytest.mark.parametrize("harm", ["empty", "words", "no end", "no middle"])
def test_a_broken_table_is_an_entry_that_failed_and_the_others_go_on(harm: str) -> None:
    whole = table(50, row_group_size=10, compression="none", use_dictionary=False)
    harmed = {
        "empty": b"",
        "words": b"It rained in Varos. " * 50,
        "no end": whole[:-20],
        "no middle": whole[:400] + b"\xff" * 300 + whole[700:],
    }[harm]
    Path("in.parquet").write_bytes(harmed)
    lines(1, "rows.jsonl")
    Path("rows.jsonl").write_text('{"text": "It rained."}\n', "utf-8")

    *errors, last = _errors("in.parquet", "rows.jsonl")

    assert last is None
    failed = [error for error in errors if error is not None]
    assert len(failed) >= 1
    assert all("damaged" in error for error in failed)
    assert (len(errors) > 30) == (harm == "no middle")  # the other groups are read


def test_a_value_that_a_thousand_rows_name_takes_the_memory_of_a_few() -> None:
    big = pa.array(["x" * 3_000_000])
    named = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000, pa.int32()), big)
    parquet.write_table(
        pa.table({"text": named}), "bomb.parquet", compression="zstd",
        dictionary_pagesize_limit=10**9, store_schema=False, write_statistics=False,
    )  # fmt: skip
    before = pa.total_allocated_bytes()
    given = iter(Inputs(("bomb.parquet",)))
    assert Path("bomb.parquet").stat().st_size < 20_000

    tracemalloc.start()
    one = next(given)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert pa.total_allocated_bytes() - before < 30_000_000
    assert peak < 60_000_000
    with pytest.raises(InputError, match="it has 3,000,000 characters"):
        one.read(max_chars=2_000_000)


def test_a_run_over_a_table_goes_on_where_it_ended() -> None:
    table(3)

    run("in.parquet", "-o", "out", "--limit", "2")
    result = run("in.parquet", "-o", "out")

    assert "| done | 3 |" in result.stdout
    places = sorted(row["place"] for row in briefed())
    assert places == ["in.parquet:1", "in.parquet:2", "in.parquet:3"]


# -- JSON lines --------------------------------------------------------------------


def test_a_row_that_is_too_long_is_an_entry_and_the_others_go_on() -> None:
    most = read_rows.MOST_LINE
    with Path("in.jsonl").open("wb") as file:
        file.write(b'{"text": "' + b"x" * (most + 10) + b'"}\n{"text": "It rained."}\n')

    assert _errors("in.jsonl") == [f"the row has more than {most:,} bytes", None]


# -- crawls ------------------------------------------------------------------------


def _crawl(*records: bytes, name: str = "c.warc", packed: bool = False) -> None:
    raw = b"".join(gzip.compress(r) if packed else r for r in records)
    Path(name).write_bytes(raw)


@pytest.mark.parametrize("name", ["c.warc", "c.warc.gz"])
def test_pages_of_a_crawl_are_read_with_their_address_and_day(name: str) -> None:
    _crawl(
        record(page("Kenya urged Chad to free the crew."), "https://example.org/1"),
        record(b"{}", "https://example.org/2", kind="application/json"),
        record(page("Moved."), "https://example.org/3", status="301 Moved"),
        record(page("Chad refused to free the crew."), "https://example.org/4"),
        name=name,
        packed=name.endswith("gz"),
    )

    one, two = Inputs((name,))
    article = two.read(max_chars=10_000)

    assert (one.place, two.place) == (f"{name}:1", f"{name}:4")
    assert "Chad refused to free the crew." in article.untouched
    assert article.metadata.uri == "https://example.org/4"
    assert article.metadata.published == date(2025, 3, 5)
    assert article.layout.notes == (
        "states no day of publication: taken for that of the crawl, 2025-03-05",
    )


def test_the_day_that_a_page_states_is_no_day_of_a_crawl() -> None:
    dated = page("Kenya urged Chad to free the crew.").replace(
        b"</head>",
        b'<meta property="article:published_time" content="2024-12-31T10:00:00Z"></head>',
    )
    _crawl(record(dated))

    (one,) = Inputs(("c.warc",))
    article = one.read(max_chars=10_000)

    assert article.metadata.published == date(2024, 12, 31)
    assert article.layout.notes == ()


@pytest.mark.parametrize(
    ("more", "pack"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress),
        ("Content-Encoding: deflate\r\n", zlib.compress),
        ("Content-Encoding: gzip\r\n", bytes),  # unpacked by the crawler
        ("Content-Encoding: br\r\n", bytes),
        ("Transfer-Encoding: chunked\r\n", lambda b: b"%x\r\n%s\r\n0\r\n\r\n" % (len(b), b)),
    ],
    ids=["gzip", "deflate", "gzip undone", "br undone", "chunked"],
)  # fmt: skip
def test_a_page_is_unpacked(more: str, pack: object) -> None:
    whole = page("Kenya urged Chad to free the crew.")
    _crawl(record(pack(whole), more=more), record(page("Chad refused.")))  # type: ignore[operator]  # a function

    with Path("c.warc").open("rb") as file:
        one, two = warc.pages(file)

    assert one.raw == whole
    assert two.error == ""


def test_a_page_that_unpacks_without_end_is_an_entry_and_the_next_is_read() -> None:
    bomb = gzip.compress(b"x" * (warc.MOST_PAGE + 5_000_000))
    _crawl(
        record(bomb, more="Content-Encoding: gzip\r\n"),
        record(page("Chad refused to free the crew.")),
    )

    assert _errors("c.warc") == ["the record has more than 20,000,000 bytes", None]


def test_a_record_that_unpacks_without_end_is_not_unpacked() -> None:
    head = record(b"").replace(b"Content-Length: 59", b"Content-Length: 9000000000000")
    assert b"9000000000000" in head
    Path("c.warc.gz").write_bytes(gzip.compress(head + b"x" * 10_000))

    (error,) = _errors("c.warc.gz")

    assert error is not None
    assert "unpacks to far more than its file has" in error


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_is_an_entry_and_what_is_behind_it_is_read(
    packed: bool,  # noqa: FBT001
) -> None:
    parts = [record(page(f"Chad refused to free crew {n}."), f"https://example.org/{n}") for n in range(3)]  # fmt: skip
    if packed:
        parts = [gzip.compress(part) for part in parts]
        parts[1] = parts[1][:60] + b"\xff" * 40 + parts[1][100:]
    else:
        parts[1] = b"no record\r\n" * 20
    Path("c.warc.gz").write_bytes(b"".join(parts))

    first, damaged, last = Inputs(("c.warc.gz",))

    assert damaged.error is not None
    assert "damaged" in damaged.error
    assert "crew 0" in first.read(max_chars=10_000).untouched
    assert "crew 2" in last.read(max_chars=10_000).untouched


def test_a_crawl_that_is_cut_off_says_so() -> None:
    whole = record(page("Kenya urged Chad.")) + record(page("Chad refused."), "https://example.org/b")  # fmt: skip
    Path("c.warc").write_bytes(whole[:-80])

    assert _errors("c.warc") == [None, "the record is cut off"]


@pytest.mark.parametrize("raw", [b"", b"\0" * 100_000, b"<html>no crawl</html>"])
def test_what_is_no_crawl_stops_nothing(raw: bytes) -> None:
    Path("c.warc").write_bytes(raw)
    lines(1)

    *harmed, last = _errors("c.warc", "in.jsonl")

    assert last is None
    assert len(harmed) == (1 if raw else 0)


def test_a_hostile_page_breaks_nothing_but_the_child_that_parses_it() -> None:
    deep = b"<html><body>" + b"<div>" * 200_000 + b"</body></html>"
    _crawl(
        record(deep, "https://example.org/1"),
        record(page("Kenya urged Chad on Friday to free the crew of the boat."), "https://example.org/2"),
    )  # fmt: skip

    result = run("c.warc", "-o", "out")

    assert "| done | 1 |" in result.stdout
    assert "| failed | 1 |" in result.stdout
    assert briefed()[0]["briefing"]["sources"][0]["uri"] == "https://example.org/2"


# -- one row -----------------------------------------------------------------------


@pytest.mark.parametrize("place", ["in.jsonl:2", "in.parquet:2", "in.warc:2"])
def test_one_row_of_an_archive_is_briefed_like_a_file(place: str) -> None:
    lines(3)
    table(3, row_group_size=1)
    told = [page(row["body"], row["headline"]) for row in rows(3)]
    _crawl(*map(record, told), name="in.warc")

    result = CliRunner().invoke(app, ["brief", place, "--no-model", "-f", "json", "-q"])

    source = json.loads(result.stdout)["sources"][0]
    assert TEXT.format(1) in source["text"]
    assert (source["title"], source["published"]) == ("Boat 1", "2025-03-05")


def test_what_is_said_of_one_row_wins() -> None:
    lines(1)

    result = CliRunner().invoke(
        app,
        ["brief", "in.jsonl:1", "--no-model", "-f", "json", "-q", "--title", "Ours", "--published", "2025-04-01"],
    )  # fmt: skip

    source = json.loads(result.stdout)["sources"][0]
    assert (source["title"], source["published"]) == ("Ours", "2025-04-01")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("in.jsonl:9", "'in.jsonl' has no row 9 that is an article"),
        ("in.parquet:9", "'in.parquet' has no row 9 that is an article"),
        (
            "in.parquet",
            "holds many articles: `summarizer batch` does all, in.parquet:1 is",
        ),
        ("none.parquet:1", "no such file: 'none.parquet'"),
        ("bad.parquet:1", "'bad.parquet:1': the file is no Parquet file, or damaged"),
        ("bad.jsonl:1", "'bad.jsonl:1': the line is no JSON object"),
    ],
)
def test_a_row_of_an_input_that_is_none_is_one_sentence(place: str, words: str) -> None:
    lines(1)
    table(1)
    Path("bad.parquet").write_text("no", "utf-8")
    Path("bad.jsonl").write_text("no\n", "utf-8")

    result = CliRunner().invoke(app, ["brief", place, "--no-model", "-q"])

    assert result.exit_code == 3
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


# -- object storage ------------------------------------------------------------------


def _places(*places: str) -> list[str]:
    return [one.place for one in Inputs(places)]


def test_a_prefix_an_object_and_a_pattern_are_found_in_a_bucket(s3: Bucket) -> None:
    s3.objects.update(
        {
            "news/a.txt": b"It rained in Varos.",
            "news/deep/b.jsonl": b'{"text": "It snowed."}\n',
            "news/c.png": b"\x89PNG",
            "news/d.urls": b"https://example.org/\n",
            "newsroom.txt": b"no",
            "news/t.parquet": table(1),
        }
    )
    root = f"s3://{BUCKET}"

    assert _places(f"{root}/news") == [
        f"{root}/news/a.txt", f"{root}/news/deep/b.jsonl:1", f"{root}/news/t.parquet:1",
    ]  # fmt: skip
    assert _places(f"{root}/news/a.txt") == [f"{root}/news/a.txt"]
    assert _places(f"{root}/news/*.jsonl") == [f"{root}/news/deep/b.jsonl:1"]
    assert _places(f"{root}/news/d.urls") == ["https://example.org/"]


def test_objects_are_read_like_files(s3: Bucket) -> None:
    s3.objects["n/a.html"] = page("Kenya urged Chad on Friday to free the crew.")
    s3.objects["n/c.warc.gz"] = gzip.compress(record(page("Chad refused to go.")))

    one, two = Inputs((f"s3://{BUCKET}/n/",))

    article = one.read(max_chars=10_000)
    assert "Kenya urged Chad" in article.untouched
    assert article.metadata.uri == f"s3://{BUCKET}/n/a.html"
    assert "Chad refused" in two.read(max_chars=10_000).untouched


@pytest.mark.parametrize("scheme", ["file", "memory"])
def test_other_storages_are_read_in_the_same_way(scheme: str, folder: Path) -> None:
    root = f"{scheme}://{folder}" if scheme == "file" else "memory:///x"
    library, store = stores.library(), stores.store(scheme, "")
    for name in ("n/a.txt", "n/b c.txt"):
        path = stores.parted(f"{root}/{name}")[2]
        library.put(store, path, f"It rained in {name}.".encode())

    found = list(Inputs((f"{root}/n",)))

    assert [one.read(max_chars=1_000).untouched for one in found] == [
        "It rained in n/a.txt.",
        "It rained in n/b c.txt.",
    ]


def _one_sentence(*words: str) -> str:
    result = run(*words, "-o", "out")
    assert result.exit_code == 3, result.output
    (line,) = result.stderr.strip().splitlines()
    for secret in (SECRET, KEY, "Invented"):
        assert secret not in result.output
    return str(line)


def test_an_object_that_is_not_there_is_one_sentence(s3: Bucket) -> None:
    place = f"s3://{BUCKET}/none.jsonl"

    assert _one_sentence(place) == f"error: there is nothing at {place!r}"
    assert not Path("out").exists()


def test_refused_access_is_one_sentence_without_a_key(s3: Bucket) -> None:
    s3.refused.add("")
    place = f"s3://{BUCKET}/news/"

    assert _one_sentence(place) == (
        f"error: cannot reach {place!r}: the storage refuses access: are the keys for it "
        "in the environment?"
    )


def test_an_object_that_is_refused_is_an_entry_and_the_others_go_on(s3: Bucket) -> None:
    s3.objects |= {f"n/{name}.jsonl": b'{"text": "Rain in %s."}\n' % name.encode() for name in "abc"}  # fmt: skip
    s3.refused.add("n/b.jsonl")

    first, refused, last = Inputs((f"s3://{BUCKET}/n/",))

    assert (first.error, last.error) == (None, None)
    assert refused.error is not None
    assert "the storage refuses access" in refused.error
    assert SECRET not in refused.error


@pytest.mark.parametrize(
    "place",
    ["s3://AKIAINVENTED:s3cr3tInvented@bucket/x", "az://c/x?sig=s3cr3tInvented"],
)
def test_a_key_in_an_address_is_refused_and_not_shown(place: str) -> None:
    assert "keys come from the environment" in _one_sentence(place)


def test_an_address_without_a_bucket_is_refused() -> None:
    assert "names no bucket: s3://BUCKET/PATH" in _one_sentence("s3:///x")


# -- what is not installed -------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "package", "what"),
    [
        ("in.parquet", "pyarrow", "Parquet files"),
        ("in.warc", "fastwarc", "WARC files"),
        ("s3://b/x", "obstore", "addresses of object storage"),
    ],
)
def test_a_library_that_is_missing_is_one_sentence(
    place: str, package: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table(1)
    _crawl(record(page("Chad refused.")), name="in.warc")
    monkeypatch.setitem(sys.modules, package, None)

    assert _one_sentence(place) == (
        f"error: {what} need {package}, which is not installed: "
        "pip install 'grounded-briefing[archives]'"
    )
    assert not Path("out").exists()


def test_none_of_them_is_loaded_for_the_help() -> None:
    words = (
        "import sys; from typer.testing import CliRunner; from summarizer.cli import app; "
        "CliRunner().invoke(app, ['batch', '--help']); "
        "print([n for n in ('pyarrow', 'fastwarc', 'obstore') if n in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"


def test_an_article_of_a_row_is_a_plain_value() -> None:
    lines(1)

    (one,) = Inputs(("in.jsonl",))

    assert isinstance(one, Given)
    assert one.document is None
