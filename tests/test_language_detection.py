"""In which language a text is written."""

import pytest
from tongues import ALL, SPANISH, article

from summarizer.sources import language


@pytest.mark.parametrize("code", ALL)
def test_the_language_is_told_from_the_text(code: str) -> None:
    assert article(ALL[code]).as_source().language == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The minister said that it was not the time to talk about this."),
        ("de", "Der Minister hat gesagt, dass die Stadt nicht angegriffen wurde."),
        ("pt", "O ministro disse que não há mortos e que a polícia está no local."),
        ("it", "Il ministro ha detto che non è vero e che la città è al sicuro."),
        ("ru", "Министр сказал, что город не был атакован и что это не так."),
        ("uk", "Міністр сказав, що місто не було атаковане і що це не так."),
        ("fa", "وزیر گفت که این شهر را برای مردم باز می کند و از آن دفاع خواهد شد"),
        ("el", "Ο υπουργός δεν απάντησε."),
        ("th", "รัฐมนตรีไม่ตอบ"),
    ],
)
def test_languages_of_one_script_are_told_apart(code: str, text: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    "text", ["", "12 34", "Kenya asked Uganda.", "Ana Ruiz, Tarsk, Belmora", "😀"]
)
def test_a_text_that_shows_no_language_has_none_and_reads_as_english(text: str) -> None:
    assert language.detect(text) is None
    assert language.read_as(text, None) == "en"


def test_two_languages_too_alike_to_tell_are_neither_nor_english() -> None:
    text = "Statsministeren mener, at det ikke er en god idé, og at han vil have mere."

    assert language.detect(text) is None
    assert language.read_as(text, None) == "und"


def test_a_text_in_two_scripts_at_equal_parts_has_no_language() -> None:
    assert language.detect("Минск столица abcde fghijklm") is None


@pytest.mark.parametrize(
    ("stated", "text", "kept"),
    [
        ("es-MX", SPANISH, "es-MX"),
        ("en-US", SPANISH, "es"),
        ("es", "The mayor said that it is not the time for this.", "en"),
        ("ca", SPANISH, "ca"),
        ("und", SPANISH, None),
        (None, SPANISH, None),
        ("fr", "Belmora.", "fr"),
    ],
)
def test_what_a_page_states_counts_unless_one_of_both_is_wrongly_english(
    stated: str | None, text: str, kept: str | None
) -> None:
    assert language.settled(stated, text) == kept


def test_a_language_that_the_caller_states_is_kept() -> None:
    assert article(SPANISH, "gl").as_source().language == "gl"
    assert article(SPANISH, "es-MX").tongue == "es"
