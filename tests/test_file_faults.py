"""What is printed, and with which exit code, for every odd file that is handed in.

Documents with a form of their own (PDF, Word, mail, pages) have tests of theirs.
"""

import gzip
import json
import os
from pathlib import Path

import pytest
from briefings import made
from endpoint import completion, serving
from typer.testing import CliRunner

from schemas.briefing import Briefing, Withheld
from schemas.draft import PositionDraft
from summarizer.cli import app
from summarizer.render import json as as_json

RUNNER = CliRunner()
TEXT = "Kenya urged Chad to free the crew."
SAVED = as_json.render(made())


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-invented-1234567890")
    monkeypatch.setenv("SUMMARIZER_STRATEGY", "focused")
    monkeypatch.chdir(tmp_path)


def _saved(**more: object) -> str:
    return json.dumps({**json.loads(SAVED), **more})


def _cited(**more: object) -> str:
    """A saved briefing whose first quote says otherwise."""
    found = json.loads(SAVED)
    found["requests"][0]["evidence"][0].update(more)
    return json.dumps(found)


READ = (
    ("a byte order mark", b"\xef\xbb\xbf" + TEXT.encode(), ""),
    ("UTF-16", TEXT.encode("utf-16"), ""),
    ("UTF-16 without a mark", TEXT.encode("utf-16-le"), "'f' is UTF-16 without a byte order mark; read as such"),
    ("UTF-16, the other way round", TEXT.encode("utf-16-be"), "'f' is UTF-16 without a byte order mark; read as such"),
    ("UTF-32", TEXT.encode("utf-32"), ""),
    ("Windows-1252", b"\x93" + TEXT.encode() + b"\x94", "'f' is not UTF-8 (byte 0); read as Windows-1252"),
    ("half a character", b"\xed\xa0\x80 " + TEXT.encode(), "'f' is not UTF-8 (byte 0); read as Windows-1252"),
    ("terminal escapes", f"\x1b[31m{TEXT}".encode(), ""),
    ("hidden characters", TEXT.replace("e", "e\u200b").encode(), ""),
    ("Markdown", b"**Kenya** urged *Chad* to [free the crew](https://e.example).", ""),
    ("lines of Windows", f"{TEXT}\r\n\r\nIt rained.".encode(), ""),
    ("lines of old Macs", f"{TEXT}\rIt rained.".encode(), ""),
    ("a page called text", f"<html><body><article><p>{TEXT} It was the third appeal in a week.</p></article></body></html>".encode(), "'f' is a web page by its content; read as such"),
)  # fmt: skip

UNREAD = (
    ("nothing", b"", "'f' is empty"),
    ("white space", b" \n\t\r\n", "'f' is empty"),
    ("a NUL byte", b"Kenya\0 urged Chad.", "'f' is not text (it looks like a binary file)"),
    ("all bytes", bytes(range(256)) * 20, "'f' is not text (it looks like a binary file)"),
    ("half of UTF-16", TEXT.encode("utf-16")[:-1], "'f' starts like utf-16 but is not: byte 68"),
    ("too many characters", b"x" * 2_000_001, "'f' has 2,000,001 characters; the limit is 2,000,000"),
    ("too many bytes", b"x" * 9_000_000, "'f' has 9,000,000 bytes; the limit is 2,000,000 characters"),
    ("far too many bytes", b"x" * 50_000_001, "'f' has more than 50,000,000 bytes"),
    ("gzip", gzip.compress(TEXT.encode()), "'f' is compressed (gzip): unpack it first"),
    ("a picture", b"\x89PNG\r\n", "'f' is a picture (PNG): its text must be recognised first"),
    ("an old Office file", b"\xd0\xcf\x11\xe0", "'f' is an old or password-protected Office file: save it as .docx"),
    ("RTF", b"{\\rtf1 x}", "'f' is an RTF document: save it as .docx or as text"),
)  # fmt: skip

NO_BRIEFING = (
    # name, content, what `render` prints, and `verify` where it says something else
    ("nothing", "", "'f' is empty", None),
    ("words", TEXT, "'f' is no briefing: Invalid JSON: expected value at line 1 column 1", "'f' is neither a briefing nor JSONL of LangExtract (line 1)"),
    ("half a briefing", SAVED[:-100], "'f' is no briefing: Invalid JSON: EOF while parsing an object at line 247 column 23", "'f' is neither a briefing nor JSONL of LangExtract (line 1)"),
    ("two briefings", SAVED * 2, "'f' is no briefing: Invalid JSON: trailing characters at line 254 column 1", "'f' is neither a briefing nor JSONL of LangExtract (line 1)"),
    ("nested without end", "[" * 100_000, "'f' is no briefing: Invalid JSON: recursion limit exceeded at line 1 column 202", "'f' is neither a briefing nor JSONL of LangExtract (line 1)"),
    ("null", "null", "'f' is no briefing: Input should be an object", None),
    ("a number", "1", "'f' is no briefing: Input should be an object", None),
    ("an empty object", "{}", "'f' is no briefing: sources: Field required", None),
    ("a list", "[]", "'f' is no briefing: Input should be an object", "'f' holds no source: name the file that it was made from"),
    ("an unknown field", _saved(mood="good"), "'f' is no briefing: mood: Extra inputs are not permitted", None),
    ("no sources", _saved(sources=[]), "'f' is no briefing: sources: Tuple should have at least 1 item after validation, not 0", None),
    ("a place before the text", _cited(start=-1), "'f' is no briefing: requests.0.evidence.0.start: Input should be greater than or equal to 0", None),
    ("an end before its start", _cited(start=9, end=3), "'f' is no briefing: requests.0.evidence.0 ends before it starts", None),
    ("an empty quote", _cited(exact=""), "'f' is no briefing: requests.0.evidence.0.exact: String should have at least 1 character", None),
    ("LangExtract: no list", '{"extractions": 3}', "'f' is no briefing: sources: Field required", "'f' is neither a briefing nor JSONL of LangExtract (line 1)"),
    ("LangExtract: no words", '{"extractions": [{"extraction_text": null}], "text": "x"}', "'f' is no briefing: sources: Field required", "'f' is neither a briefing nor JSONL of LangExtract (line 1)"),
    ("LangExtract: a number for the text", '{"extractions": [{"extraction_text": "x"}], "text": 3}', "'f' is no briefing: sources: Field required", "'f' is neither a briefing nor JSONL of LangExtract (line 1)"),
    ("LangExtract: no text", '{"extractions": [{"extraction_text": "x"}]}', "'f' is no briefing: sources: Field required", "'f' holds no source: name the file that it was made from"),
    ("quotes without words", '[{"words": "x"}]', "'f' is no briefing: Input should be an object", "'f' is no list of quotes: Field required"),
)  # fmt: skip

MISPLACED = (
    ("other words", _cited(exact="Chad urged Kenya")),
    ("a place behind the text", _cited(start=5_000, end=6_000)),
    ("a place of thirty digits", _cited(start=10**30, end=10**31)),
    ("a source that there is not", _cited(source="s9")),
)


@pytest.mark.parametrize(("name", "raw", "warning"), READ, ids=lambda v: str(v)[:40])
def test_an_odd_file_that_is_text_is_read(name: str, raw: bytes, warning: str) -> None:
    Path("f").write_bytes(raw)
    with serving(completion()) as endpoint:
        where = ("--base-url", endpoint.url, "--model", "m")
        result = RUNNER.invoke(app, ["brief", "f", *where, "-f", "json"])

    assert result.stderr == (f"warning: {warning}\n" if warning else "")
    briefing = Briefing.model_validate_json(result.stdout)
    assert [r.what for r in briefing.requests] == ["free the crew"]


@pytest.mark.parametrize(("name", "raw", "line"), UNREAD, ids=lambda v: str(v)[:40])
def test_a_file_that_is_no_text_is_one_line_and_costs_nothing(
    name: str, raw: bytes, line: str
) -> None:
    Path("f").write_bytes(raw)
    where = ("--base-url", "http://127.0.0.1:9/v1", "--model", "m")

    result = RUNNER.invoke(app, ["brief", "f", *where])

    assert (result.exit_code, result.stderr, result.stdout) == (
        3,
        f"error: {line}\n",
        "",
    )


@pytest.mark.parametrize(
    ("name", "text", "line", "verified"), NO_BRIEFING, ids=lambda v: str(v)[:40]
)
def test_a_file_that_is_no_briefing_is_one_line(
    name: str, text: str, line: str, verified: str | None
) -> None:
    Path("f").write_text(text, encoding="utf-8")

    for command in (["render"], ["post", "--dry-run"], ["diff", "f"], ["verify"]):
        result = RUNNER.invoke(app, [*command, "f"])
        told = verified if command == ["verify"] and verified else line
        assert (result.exit_code, result.stderr) == (3, f"error: {told}\n")


@pytest.mark.parametrize(("name", "text"), MISPLACED, ids=lambda v: str(v)[:40])
def test_a_briefing_with_wrong_places_is_shown_with_a_warning_and_fails(
    name: str, text: str
) -> None:
    Path("f").write_text(text, encoding="utf-8")

    shown = RUNNER.invoke(app, ["render", "f"])
    verified = RUNNER.invoke(app, ["verify", "f"])

    assert shown.exit_code == 0
    assert shown.stderr == (
        "warning: 'f': the source does not say the words of r0 at their place; "
        "`summarizer verify` tells more\n"
    )
    assert verified.exit_code == 10
    assert "r0" in verified.stdout


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_a_long_withheld_quotation_is_cut_in_print_and_whole_in_json(form: str) -> None:
    draft = PositionDraft(holder="Kenya", act="assert", quote="endless " * 1_200)
    refused = Withheld(
        section="positions", item=draft, source="s1", reason="invented", check="x"
    )
    saved = as_json.render(made().model_copy(update={"withheld": (refused,)}))
    Path("f").write_text(saved, encoding="utf-8")

    printed = RUNNER.invoke(app, ["render", "f", "--format", form]).stdout

    assert 0 < printed.count("endless") < 30
    assert saved.count("endless") == 1_200
    assert RUNNER.invoke(app, ["render", "f", "-f", "json"]).stdout == saved


def test_a_briefing_of_a_long_report_can_be_verified() -> None:
    """
    The file has more characters than an article may have.
    """
    Path("f").write_text(SAVED + " " * 2_000_000, encoding="utf-8")

    assert "the limit is" not in RUNNER.invoke(app, ["verify", "f"]).stderr
