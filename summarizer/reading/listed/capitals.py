"""Find runs of words with capital letters, and tell which of them are names."""

import re
from collections.abc import Iterator
from functools import cache

from schemas.evidence import Span
from summarizer.sources.language import frequent_words
from summarizer.text import lexicon as lexicons
from summarizer.text.lexicon import Lexicon

WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f]|[’'.·-](?=\w))*")
_LATE = re.compile(r"[\w,;)»”’']\s*$")
"""What stands before a word inside a sentence; after anything else a sentence begins,
and its capital letter says nothing."""

_LONGEST_NAME = 6
"""Words of a name."""


def runs(
    text: str, within: Span, proper: frozenset[str], lexicon: Lexicon
) -> Iterator[Span]:
    """Find runs of words with capital letters."""
    run: list[re.Match[str]] = []
    for match in [*_words(lexicon).finditer(text, within.start, within.end), None]:
        if match is not None and _goes_on(text, run, match, lexicon):
            run.append(match)
            continue
        yield from _named_run(text, within, run, proper, lexicon)
        run = [match] if match is not None and match.group()[0].isupper() else []


def ends(text: str, end: int, limit: int) -> list[int]:
    """List the ends of the words with capital letters that follow one another."""
    listed: list[int] = []
    word = re.compile(rf"\s+(?P<word>{WORD.pattern})")
    while len(listed) < _LONGEST_NAME:
        found = word.match(text, end, limit)
        if found is None or not found["word"][0].isupper():
            break
        end = found.end()
        listed.append(end)
    return listed


def _goes_on(
    text: str, run: list[re.Match[str]], match: re.Match[str], lexicon: Lexicon
) -> bool:
    if not run or len(run) >= _LONGEST_NAME:
        return False
    if text[run[-1].end() : match.start()].strip() or _is_opener(run[-1], lexicon):
        return False
    small = _plainly(match.group()) in lexicon.entries("clauses", "particles")
    return match.group()[0].isupper() or small


def _is_opener(match: re.Match[str], lexicon: Lexicon) -> bool:
    word = match.group()
    opens = _plainly(word) in _openers(lexicon)
    return word[0].isupper() and len(word) > 1 and opens


def _plainly(word: str) -> str:
    """Write a word as the lists have it."""
    return word.lower().replace("’", "'")


@cache
def _words(lexicon: Lexicon) -> re.Pattern[str]:
    """Find words; an article without its vowel ("l’", "d’") is one of its own."""
    lists = ("determiners", "particles", "that")
    short = lexicon.whole(
        e for n in lists for e in lexicon.entries("clauses", n) if e.endswith("'")
    )
    return re.compile(rf"(?i:{short})|{WORD.pattern}")


def _named_run(
    text: str,
    within: Span,
    run: list[re.Match[str]],
    proper: frozenset[str],
    lexicon: Lexicon,
) -> Iterator[Span]:
    while run and not run[-1].group()[0].isupper():
        run = run[:-1]
    if run and _is_opener(run[0], lexicon):
        run = run[1:]
        while run and not run[0].group()[0].isupper():
            run = run[1:]
    if not run or (are_nouns(lexicon) and _is_noun(text, run, lexicon)):
        return
    late = _LATE.search(text, within.start, run[0].start()) is not None
    if late or len(run) > 1 or run[0].group() in proper or _acts(text, run[0], lexicon):
        yield Span(start=run[0].start(), end=run[-1].end())


def are_nouns(lexicon: Lexicon) -> bool:
    """Tell whether a language writes its nouns with a capital letter."""
    return lexicon.entries("language", "nouns") == ("capital",)


def _is_noun(text: str, run: list[re.Match[str]], lexicon: Lexicon) -> bool:
    """Tell a noun from a name where both have a capital letter.

    A single word is a name only beside a verb of saying or asking, or after the small
    words that lead to whom something is asked of, and without an article.
    """
    if len(run) > 1 or run[0].group().isupper():
        return False
    lead = text[max(0, run[0].start() - _LONGEST_LEAD) : run[0].start()]
    articled = rf"(?i){lexicon.before_a_word('determiners')}(?:\w+\s+)?$"
    if re.search(articled, lead) is not None:
        return True
    asked = re.search(rf"(?i){lexicon.before_a_word('addressee', 'according')}$", lead)
    said = any(
        re.search(rf"{p.pattern}\s+$", lead, re.IGNORECASE) for p in _verbs(lexicon)
    )
    return asked is None and not said and not _acts(text, run[0], lexicon)


_LONGEST_LEAD = 40
"""Code points before a word in which its article or its verb stands."""


def _acts(text: str, word: re.Match[str], lexicon: Lexicon) -> bool:
    """Tell whether a verb of saying or asking follows the word."""
    if any(p.fullmatch(word.group()) for p in _verbs(lexicon)):
        return False
    after = re.compile(r"\s+").match(text, word.end())
    return after is not None and any(
        p.match(text, after.end()) for p in _verbs(lexicon)
    )


@cache
def _verbs(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    return tuple(
        lexicon.pattern(section, name)
        for section in ("speech", "requests", "stance")
        for name in lexicons.KEYS[section]
        if name != "nominal"
    )


def proper(text: str, spans: list[Span]) -> frozenset[str]:
    """Collect the words with a capital letter inside sentences."""
    return frozenset(
        match.group()
        for span in spans
        for match in WORD.finditer(text, span.start, span.end)
        if match.group()[0].isupper()
        and _LATE.search(text, span.start, match.start()) is not None
    )


@cache
def _openers(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.entries("clauses", "openers")) | frequent_words(
        lexicon.code
    )
