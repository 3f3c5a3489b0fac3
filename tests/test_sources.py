"""Reading text: files, encodings, sentences with offsets, what is not article."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.sources import Metadata, make_article, read_article, visible
from summarizer.sources.files import as_date, decode

SEED = Path(__file__).parents[1] / "seeds" / "000_ca614cad78d9ae83.txt"


def _words(text: str) -> list[str]:
    article = make_article(text)
    return [article.words(i) for i in range(len(article.sentences))]


def _reasons(text: str) -> dict[str, str]:
    return {e.exact: e.reason for e in make_article(text).excluded}


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Rao met Dr. Sen in the U.S. embassy.", "He left at 5 p.m. sharp."],
        ["Gen. Ames refused.", "“Never. Not once,” he added.", "Then he left."],
        ["It cost $3.5 million.", "No. 5 won."],
    ],
)
def test_sentences_end_where_they_end(sentences: list[str]) -> None:
    assert _words(" ".join(sentences)) == sentences


def test_the_seed_has_its_box_and_heading_excluded_with_reasons() -> None:
    article = read_article(str(SEED))

    assert [(e.exact[:12], e.reason) for e in article.excluded] == [
        ("New MEE news", "newsletter"),
        ("Sign up to g", "sign_up"),
        ("Israel-Pales", "newsletter"),
        ("The ‘bigger ", "heading"),
    ]
    assert len(article.sentences) == 14


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Sign up to our daily email", "sign_up"),
        ("Subscribe now for the best of our reporting.", "sign_up"),
        ("Read more: Five things to know about the dam", "read_more"),
        ("Reporting by Ana Ruiz; editing by Lena Orr", "credit"),
        ("Photo: The bridge at Kasra, before the flood. (Handout)", "caption"),
        ("A man looks at the damage (Reuters/Ana Ruiz)", "caption"),
        ("We use cookies to improve your experience.", "cookie_notice"),
        ("Advertisement", "advertisement"),
        ("Share this article", "share_links"),
        ("A city under water", "heading"),
    ],
)
def test_lines_around_an_article_are_excluded(line: str, reason: str) -> None:
    text = f"The river rose on Monday.\n\n{line}\n\nThe mayor asked for help."

    assert _reasons(text) == {line: reason}


@pytest.mark.parametrize(
    "line",
    [
        "The union said in its newsletter that pay must rise.",
        "Asked about the cookies, the baker shrugged.",
        "Officials urged residents to sign up for aid before Friday.",
    ],
)
def test_sentences_that_only_mention_such_things_stay(line: str) -> None:
    assert _reasons(f"The river rose.\n\n{line}\n\nThe mayor left.") == {}


def test_a_text_of_headings_only_is_still_read() -> None:
    assert _words("Twelve killed in Kasra\nMayor resigns") == [
        "Twelve killed in Kasra",
        "Mayor resigns",
    ]


def test_the_items_of_a_list_are_no_headings() -> None:
    items = [
        "- Pensions of the city will fall by a fifth",
        "- Trams will run at night again",
    ]
    text = "\n\n".join(
        ["The council of Kasra agreed on Monday.", *items, "It ends here."]
    )

    assert make_article(text).excluded == ()
    assert len(make_article(text).sentences) == 4


def test_a_leading_heading_becomes_the_title() -> None:
    article = make_article("Flood hits Kasra\n\nThe river rose on Monday.")

    assert article.metadata.title == "Flood hits Kasra"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028"])
def test_hard_wrapped_lines_are_one_paragraph(end: str) -> None:
    text = (
        "The river rose on Monday after four days of rain over the hills\n"
        "above Kasra, and the mayor asked the army for boats to move the\n"
        "people who live near the old bridge before the night, officials\n"
        "said."
    ).replace("\n", end)

    assert len(_words(text)) == 1


def test_a_dateline_with_a_year_gives_the_day_of_publication() -> None:
    article = make_article("KASRA, 2 Jan 2025 (Agency) -- Troops entered the town.")

    assert article.metadata.published == date(2025, 1, 2)


def test_a_line_that_is_a_date_gives_the_day_of_publication() -> None:
    article = make_article(
        "Bridge shut in Kasra\n\nFriday, January 3, 2025\n\nThe bridge was shut today."
    )

    assert article.metadata.published == date(2025, 1, 3)


def test_a_date_in_running_text_is_no_dateline() -> None:
    article = make_article("On 2 January 2025 troops entered the town.")

    assert article.metadata.published is None


def test_metadata_is_read_from_a_file_beside_the_article(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The river rose.", encoding="utf-8")
    (tmp_path / "story.toml").write_text(
        'publisher = "Kasra Post"\npublished = 2025-07-23\n', encoding="utf-8"
    )

    meta = read_article(str(story), metadata=Metadata(title="Flood")).metadata

    assert (meta.title, meta.publisher, meta.published) == (
        "Flood",
        "Kasra Post",
        date(2025, 7, 23),
    )


def test_an_unknown_field_of_the_metadata_is_named(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The river rose.", encoding="utf-8")
    (tmp_path / "story.toml").write_text('publisherr = "x"\n', encoding="utf-8")

    with pytest.raises(InputError, match="'publisherr'"):
        read_article(str(story))


def test_text_that_is_not_utf8_is_read_with_a_stated_fallback() -> None:
    told: list[str] = []

    text = decode("café".encode("cp1252"), "story.txt", told.append)

    assert text == "café"
    assert told == ["'story.txt' is not UTF-8 (byte 3); read as Windows-1252"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_the_encoding(encoding: str) -> None:
    assert decode("Señor".encode(encoding), "x", lambda _: None) == "Señor"


def _file(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    return str(path)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(InputError, match="no such file: 'gone.txt'"):
        read_article("gone.txt")


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        read_article(str(tmp_path))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x7fELF\x00\x01\x02", "is not text"),
        (b"\x81\x8d\x8f", "neither UTF-8 nor Windows-1252"),
        (b"\xff\xfe\x00", "starts like utf-16 but is not"),
    ],
)
def test_what_is_no_text_is_refused(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        read_article(_file(tmp_path, content))


def test_a_text_over_the_limit_is_refused_with_both_figures(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="30 characters; the limit is 20"):
        read_article(_file(tmp_path, b"x" * 30), max_chars=20)


def test_a_bad_date_is_shown_with_the_right_form() -> None:
    with pytest.raises(InputError, match="'23.7.2025'.*2025-07-23"):
        as_date("23.7.2025")


def test_each_offset_belongs_to_its_sentence() -> None:
    article = make_article("One is here. Two is there.")

    assert [article.index_at(o) for o in (0, 11, 12, 13, 25, 26)] == [
        0, 0, None, 1, 1, None,
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_sentences_are_slices_in_order_that_do_not_overlap(text: str) -> None:
    article = make_article(text)
    end = 0

    for sentence in article.sentences:
        assert sentence.span.start >= end
        words = sentence.span.of(article.text)
        assert words.strip() == words
        end = sentence.span.end


def test_every_character_that_shows_nothing_is_known() -> None:
    hidden = [
        chr(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Cf", "Cc"} and not chr(code).isspace()
    ]

    assert [c for c in hidden if not visible._MAY_HIDE.match(c)] == []


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Kenya urged Chad to free the crew.",
        "Кения призвала Чад освободить экипаж. Профсоюз поддержал реформу, сказал он.",
    ],
)
def test_utf_16_without_a_mark_is_read_and_said(codec: str, text: str) -> None:
    told: list[str] = []

    assert decode(text.encode(codec), "a.txt", told.append) == text
    assert told == ["'a.txt' is UTF-16 without a byte order mark; read as such"]


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00\x01\x02\x03" * 40,
        b"some text\0with a zero\0here and there in it. " * 20,
        bytes(range(256)) * 4,
        b"\0" * 400,
        b"a\0" * 4,
    ],
)
def test_other_bytes_with_zeros_are_no_text(raw: bytes) -> None:
    with pytest.raises(InputError, match="is not text"):
        decode(raw, "a.bin", lambda _: None)


def test_a_wrong_charset_is_said_once() -> None:
    told: list[str] = []

    decode(b"caf\xe9", "a.txt", told.append, "utf-8")

    assert told == [
        "'a.txt' says that it is utf-8 but is not (byte 3); read as Windows-1252"
    ]
