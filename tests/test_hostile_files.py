"""Documents made to hurt: one clear error each, in a process that cannot."""

import contextlib
import subprocess
import sys
import zlib
from pathlib import Path

import documents
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from website import PAGE

from summarizer.errors import InputError
from summarizer.sources import encoding, read_article
from summarizer.sources.formats import (
    child,
    isolated,
    mail,
    markdown,
    pdf,
    sniff,
    webpage,
    word,
)
from summarizer.sources.formats.parsed import Parsed, UnreadableError

MOST = 100_000


def _error(tmp_path: Path, name: str, raw: bytes) -> str:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_article(str(path))
    words = str(caught.value)
    assert words.startswith(repr(str(path)))
    assert "\n" not in words
    return words.removeprefix(f"{str(path)!r} ")


def test_a_file_with_nul_bytes_is_no_text(tmp_path: Path) -> None:
    assert "is not text" in _error(tmp_path, "a.html", b"<html><p>a\0b</p></html>")
    assert "is not text" in _error(tmp_path, "a.md", b"# a\0b")


def test_a_damaged_pdf_is_one_error(tmp_path: Path) -> None:
    assert "is damaged" in _error(tmp_path, "a.pdf", b"%PDF-1.7\ngarbage")


def test_a_pdf_with_a_wrong_table_of_contents_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    whole = documents.pdf([["Kenya urged Chad to free the crew."]])
    path.write_bytes(whole[: whole.index(b"startxref")] + b"startxref\n7\n%%EOF\n")

    assert read_article(str(path)).text == "Kenya urged Chad to free the crew."


def test_a_cut_off_pdf_is_one_error(tmp_path: Path) -> None:
    whole = documents.pdf([["Kenya urged Chad to free the crew."]])

    assert "is damaged" in _error(tmp_path, "a.pdf", whole[:-80])


def test_a_pdf_that_forbids_printing_only_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(documents.encrypted_pdf(["Kenya urged Chad."], ""))

    assert read_article(str(path)).text == "Kenya urged Chad."


def test_a_pdf_bomb_is_stopped(tmp_path: Path) -> None:
    """
    A hundred thousand bytes that unpack to a hundred million.
    """
    packed = zlib.compress(b"q " * 50_000_000, 9)
    raw = documents.pdf([["x"]])
    bomb = raw.replace(
        raw[raw.index(b"<< /Length") : raw.index(b"\nendstream")],
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b" % (len(packed), packed),
    )

    words = _error(tmp_path, "a.pdf", bomb)

    assert "damaged" in words or "memory" in words or "text layer" in words
    assert len(bomb) < 200_000


def test_a_pdf_whose_pages_are_their_own_children_is_one_error(tmp_path: Path) -> None:
    raw = documents.pdf([["x"]]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")

    assert _error(tmp_path, "a.pdf", raw)


def test_an_encrypted_pdf_names_the_way_out(tmp_path: Path) -> None:
    raw = documents.encrypted_pdf(["Kenya urged Chad."], "an invented one")

    assert "is encrypted" in _error(tmp_path, "a.pdf", raw)
    assert "qpdf --decrypt" in _error(tmp_path, "a.pdf", raw)


def test_a_zip_that_is_no_word_document_says_so(tmp_path: Path) -> None:
    raw = documents.zipped({"story.txt": b"Kenya urged Chad."})

    assert "without a Word document in it" in _error(tmp_path, "a.docx", raw)


def test_a_zip_inside_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = documents.word(documents.paragraph("Inside."))
    raw = documents.zipped({"inner.docx": inner, "word/inner.zip": inner})

    assert "without a Word document in it" in _error(tmp_path, "a.docx", raw)


def test_a_zip_bomb_is_stopped_while_it_unpacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(word, "_MOST_XML", 1_000_000)
    raw = documents.zipped({"word/document.xml": b"<a>" + b" " * 20_000_000 + b"</a>"})

    with pytest.raises(UnreadableError, match="unpacks to more than 1,000,000 bytes"):
        word.parse(raw)
    assert len(raw) < 30_000


def test_a_word_document_with_entities_is_refused(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    raw = documents.zipped({"word/document.xml": laughs})

    assert "declares a document type" in _error(tmp_path, "a.docx", raw)


def test_a_word_document_with_an_outside_entity_is_refused(tmp_path: Path) -> None:
    outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    raw = documents.zipped({"word/document.xml": outside})

    assert "declares a document type" in _error(tmp_path, "a.docx", raw)


@pytest.mark.parametrize(
    "raw",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + b"x" * 500,
        documents.word(documents.paragraph("Hello."))[:-30],
        documents.zipped({"word/document.xml": b"<a><b></a>"}),
        documents.zipped({"word/document.xml": b""}),
        documents.zipped(
            {"word/document.xml": b'<?xml version="1.0" encoding="UTF-4"?>'}
        ),
        documents.zipped({"word/document.xml": b"\xff\xfe\0"}),
    ],
)
def test_a_damaged_word_document_is_one_error(tmp_path: Path, raw: bytes) -> None:
    assert "is a damaged Word document" in _error(tmp_path, "a.docx", raw)


def test_a_part_that_does_not_unpack_is_one_error(tmp_path: Path) -> None:
    raw = documents.word(documents.paragraph("Hello. " * 50))
    start = raw.index(b"word/document.xml") + len("word/document.xml")

    broken = raw[: start + 5] + b"\xff" * 20 + raw[start + 25 :]

    assert "is a damaged Word document" in _error(tmp_path, "a.docx", broken)


def test_a_word_document_without_words_says_so(tmp_path: Path) -> None:
    assert "is empty" in _error(tmp_path, "a.docx", documents.word(""))


def test_a_page_of_deeply_nested_elements_is_one_error(tmp_path: Path) -> None:
    raw = b"<html><body>" + b"<div>" * 100_000 + b"<p>Kenya urged Chad.</p>"

    assert "no article text" in _error(tmp_path, "a.html", raw)


def test_an_e_mail_of_deeply_nested_parts_is_one_error(tmp_path: Path) -> None:
    raw = b"From: a@b.example\r\nSubject: x\r\nDate: y\r\n"
    for number in range(3_000):
        raw += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (
            number,
            number,
        )

    assert _error(tmp_path, "a.eml", raw)


def test_markdown_of_quotes_in_quotes_is_one_error(tmp_path: Path) -> None:
    raw = b">" * 20_000 + b" Kenya urged Chad to free the crew."

    assert "deep nesting" in _error(tmp_path, "a.md", raw)


# The child process


def test_a_parser_that_runs_on_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match="takes more than 0.01 seconds"):
        isolated.parse(PAGE.encode(), "html", max_chars=MOST, wall_s=0.01)


def test_the_child_sees_nothing_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123456")
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def watched(*arguments: object, **options: object) -> object:
        seen.append(dict(options["env"]))  # type: ignore[call-overload]  # it is a dict
        return run(*arguments, **options)  # type: ignore[call-overload]  # as it came

    monkeypatch.setattr(subprocess, "run", watched)

    isolated.parse(b"Words.", "markdown", max_chars=MOST)

    assert [list(one) for one in seen] == [["PYTHONPATH"]]


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        (b"", -9, "too much time or memory"),
        (b"", -24, "too much time or memory"),
        (b"", 1, "a fault in its reader"),
        (b"[]", 0, "a fault in its reader"),
        (b'{"text": 3}', 0, "a fault in its reader"),
        (b'{"text": "x", "pages": ["a"]}', 0, "a fault in its reader"),
        (b'{"error": "is damaged"}', 0, "^is damaged$"),
    ],
)
def test_what_the_child_says_is_believed_only_if_it_fits(
    told: bytes, code: int, words: str
) -> None:
    with pytest.raises(UnreadableError, match=words):
        isolated._understood(told, code)


def test_a_document_that_makes_its_reader_reach_out_is_refused(tmp_path: Path) -> None:
    """
    In a process of its own, since a hook of this kind cannot be taken out again.
    """
    code = (
        "import socket, subprocess, sys\n"
        "from summarizer.sources.formats import child\n"
        "from summarizer.sources.formats.parsed import UnreadableError\n"
        "child._forbid()\n"
        f"tries = [lambda: socket.socket().connect(('127.0.0.1', 9)),\n"
        f"  lambda: subprocess.run(['true']), lambda: open({str(tmp_path / 'x')!r}, 'w'),\n"
        "  lambda: socket.getaddrinfo('post.example', 80)]\n"
        "refused = 0\n"
        "for one in tries:\n"
        "    try: one()\n"
        "    except UnreadableError: refused += 1\n"
        "print(refused)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "4"
    assert list(tmp_path.iterdir()) == []


def test_memory_is_limited(tmp_path: Path) -> None:
    code = (
        "from summarizer.sources.formats import child\n"
        "child._limit()\n"
        "try: bytearray(child.MEMORY)\n"
        "except MemoryError: print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "refused"


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("html", PAGE.encode()),
        ("pdf", documents.pdf([["Kenya urged Chad."]])),
        ("word", documents.word(documents.paragraph("Kenya."))),
        ("mail", documents.mail("Kenya.")),
        ("markdown", b"Kenya."),
    ],
)
def test_the_child_knows_a_reader_for_each_format(
    monkeypatch: pytest.MonkeyPatch, kind: str, raw: bytes
) -> None:
    monkeypatch.setattr(child, "_forbid", lambda: None)

    assert "Kenya" in child._parse(kind, raw, MOST).text or kind == "html"


# Encodings


def test_two_encodings_in_one_text_are_told_apart() -> None:
    raw = "Señor Núñez llegó a Bogotá".encode() + b" \x93caf\xe9\x94"
    told: list[str] = []

    text = encoding.decode(raw, "a.txt", told.append)

    assert text == "Señor Núñez llegó a Bogotá “café”"
    assert told == ["'a.txt' has 3 bytes that are not UTF-8; read as Windows-1252"]


@pytest.mark.parametrize(
    ("page", "stated"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"),
        (b'<META http-equiv=x content="text/html; charset=KOI8-R">', "KOI8-R"),
        (b'<?xml version="1.0" encoding="ISO-8859-2"?>', "ISO-8859-2"),
        (b"<p>charset=x</p>", None),
    ],
)
def test_the_encoding_that_a_page_states_is_found(
    page: bytes, stated: str | None
) -> None:
    assert encoding.stated_in(page) == stated


# Fuzzing: any bytes give a text or one clear error. `make fuzz` runs these longer.

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
_SEEDS = {
    "pdf": documents.pdf([["Kenya urged Chad to free the crew."], ["More words."]]),
    "word": documents.word(
        documents.paragraph("Kenya."), core="<dc:title>T</dc:title>"
    ),
    "mail": documents.mail(
        "Kenya.\n> quoted\n-- \nme", html="<p>x</p>", attached="a.pdf"
    ),
    "html": PAGE.encode(),
    "markdown": b"# T\n\n> *q* [l](x)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
}


@st.composite
def _mutated(draw: st.DrawFn, seed: bytes) -> bytes:
    """A good document with a few stretches replaced, doubled or cut."""
    raw = seed
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 60)))
        raw = raw[:start] + draw(st.binary(max_size=20)) + raw[end:]
    return raw


def _is_sound(found: Parsed) -> bool:
    edges = [*found.pages, *(e for a in found.asides for e in a[:2])]
    return list(found.pages) == sorted(found.pages) and all(
        0 <= e <= len(found.text) for e in edges
    )


@FEW
@given(st.one_of(st.binary(max_size=400), _mutated(_SEEDS["word"])))
def test_any_bytes_are_a_word_document_or_one_error(raw: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert _is_sound(word.parse(raw))


@FEW
@given(_mutated(documents.word_xml(documents.paragraph("Kenya.") * 2).encode()))
def test_any_text_of_a_word_document_is_read_or_one_error(xml: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert _is_sound(word.parse(documents.zipped({"word/document.xml": xml})))


@FEW
@given(st.one_of(st.binary(max_size=400), _mutated(_SEEDS["mail"])))
def test_any_bytes_are_an_e_mail_or_one_error(raw: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert _is_sound(mail.parse(raw, MOST))


@FEW
@given(
    st.one_of(
        st.text(max_size=400),
        _mutated(_SEEDS["html"]).map(lambda b: b.decode("utf-8", "replace")),
    )
)
def test_any_text_is_a_page_or_one_error(text: str) -> None:
    with contextlib.suppress(UnreadableError):
        assert _is_sound(webpage.parse(text))


@FEW
@given(
    st.one_of(
        st.text(max_size=400),
        _mutated(_SEEDS["markdown"]).map(lambda b: b.decode("utf-8", "replace")),
    )
)
def test_any_text_is_markdown_or_one_error(text: str) -> None:
    with contextlib.suppress(UnreadableError):
        assert _is_sound(markdown.parse(text))


@FEW
@given(_mutated(_SEEDS["pdf"]))
def test_any_bytes_are_a_pdf_or_one_error(raw: bytes) -> None:
    """
    Whatever else pypdf raises becomes one error in the child.
    """
    found = None
    with contextlib.suppress(Exception):
        found = pdf.parse(raw, MOST)

    assert found is None or _is_sound(found)


@FEW
@given(st.one_of(st.binary(max_size=300), *[_mutated(s) for s in _SEEDS.values()]))
def test_any_bytes_are_of_some_kind_and_have_some_encoding(raw: bytes) -> None:
    for expected in (None, "html", "mail", "markdown", "text"):
        assert sniff.kind(raw, expected) in sniff.NAMES
    with contextlib.suppress(InputError):
        encoding.decode(raw, "x", lambda _: None, encoding.stated_in(raw))
