"""The files of word lists are checked when they are read."""

import re
from importlib import resources

import pytest

from summarizer.text import lexicon
from summarizer.text.lexicon import LexiconError


def _file(code: str) -> str:
    place = resources.files("summarizer.text") / "data" / f"{code}.toml"
    return place.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", lexicon.languages())
def test_every_file_has_the_same_lists(code: str) -> None:
    lists = lexicon.load(code)

    assert lists.code == code
    assert {"ar", "de", "en", "es", "fr", "uk"} <= set(lexicon.languages())
    for section, keys in lexicon.KEYS.items():
        for key, kind in keys.items():
            held = lists.values if kind == "values" else lists.entries
            assert held(section, key) or (section, key) in _MAY_BE_EMPTY


_MAY_BE_EMPTY = {
    ("clauses", "between"), ("clauses", "asked_for"), ("clauses", "infinitive"),
    ("clauses", "of"), ("clauses", "genitive"), ("language", "prefixes"),
    ("numbers", "compounds"), ("numbers", "dozens"), ("numbers", "joiners"),
    ("dates", "weekdays_short"),
}  # fmt: skip
"""Lists that a language which is fully covered may still lack."""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[negation]", "[negatoin]", "there is no section [negatoin]"),
        ("[negation]\nwords", "[negation]\nwrods", "there is no list 'wrods' in [negation]"),
        ('that = ["que"]\n', "", "[clauses] that is missing"),
        ('that = ["que"]', 'that = "que"', "[clauses] that must be a list of words"),
        ('that = ["que"]', 'that = ["(que"]', "is no pattern"),
        ('that = ["que"]', 'that = ["(que)"]', "write (?:…) instead of (…)"),
        ('that = ["que"]', 'that = ["x*"]', "matches nothing at all"),
        ('"enero", ', "", "[dates] months must have 12 entries"),
        ('code = ["es"]', 'code = ["pt"]', "[language] code must be ['es']"),
        ('verbs = ["listed"]', 'verbs = ["odd"]', "must be one of regular, listed"),
        ('"«»", ', '"«", ', "is no pair of marks"),
        ("hace {n} {unit}", "hace {m} {unit}", "there is no field 'm'"),
        ("mil = 1000", 'mil = "1000"', "must be words with whole numbers"),
        ("[speech]", "[speech", "es.toml: "),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_says_where(old: str, new: str, told: str) -> None:
    text = _file("es")
    assert old in text

    with pytest.raises(LexiconError, match=re.escape(told)) as error:
        lexicon.parse(text.replace(old, new, 1), "es.toml")
    assert str(error.value).startswith("es.toml: ")


def test_a_section_may_not_be_missing() -> None:
    text = re.sub(r"(?s)\[modals\].*?\n\n", "", _file("es"))

    with pytest.raises(LexiconError, match=re.escape("section [modals] is missing")):
        lexicon.parse(text, "es.toml")


def test_a_list_may_be_empty_and_is_then_not_there() -> None:
    text = re.sub(r"(?m)^(\[modals\]\nwords = ).*$", r"\1[]", _file("es"))
    lists = lexicon.parse(text, "es.toml")

    assert not lists.has("modals")
    assert lists.pattern("modals", "words").search("puede") is None
    assert lists.has("negation")


@pytest.mark.parametrize(
    ("section", "key", "needed"),
    [
        ("qualifiers", "at_least", "numbers"),
        ("dates", "formats", "dates"),
        ("clauses", "addressee", "requests"),
        ("clauses", "that", "speech"),
    ],
)
def test_lists_that_would_be_misread_without_others_count_as_missing(
    section: str, key: str, needed: str
) -> None:
    head, mark, rest = _file("es").partition(f"[{section}]\n")
    emptied = re.sub(rf"(?m)^{key} = .*$", f"{key} = []", rest, count=1)
    lists = lexicon.parse(head + mark + emptied, "es.toml")

    assert lists.entries(section, key) == ()
    assert not lists.has(needed)
    assert lists.has("negation")


def test_a_language_without_spaces_has_no_word_borders() -> None:
    text = _file("es").replace('script = ["spaced"]', 'script = ["unspaced"]')
    lists = lexicon.parse(text.replace('that = ["que"]', 'that = ["说"]'), "es.toml")

    assert lists.pattern("clauses", "that").search("他说他来") is not None
