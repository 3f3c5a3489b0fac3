"""Tell finite verbs from other words, by form and by lists."""

import re
from functools import cache

from summarizer.text import words

PASSIVE_BEFORE = re.compile(r"(?i)\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?$")
"""Before a participle: it is done to whoever stands before that."""

_CONTRACTED = re.compile(
    r"(?i)\w+(?:n[’']t|[’'](?:re|ve|ll|d|m))|(?:he|she|it|that|there|here|this|who|what|where|how|everybody|everyone|nobody|somebody|"
    r"someone|something|everything|nothing)[’']s"
)
"""A verb behind its subject; "the movement’s" is none."""


def is_finite(word: str) -> bool:
    """Tell whether a word, in small letters, may be the verb of a clause.

    Past forms in -ed count, whatever they stand for: too many beats too few here.
    """
    return (
        word in _auxiliaries()
        or re.fullmatch(r"\w+[^\We]ed|\w*(?:gr|fr)eed", word) is not None
        or word in _finite_forms()
        or word in _IRREGULAR
    )


def is_past(word: str) -> bool:
    """Tell the past form of a verb, in small letters, that is no base form: "closed".

    "Cut" and "put" may be either.
    """
    return (
        is_finite(word)
        and word not in _auxiliaries()
        and word not in _BASE_FORMS
        and not word.endswith("s")
    )


def has_clause(text: str) -> bool:
    """Tell whether a stretch of text holds a verb that makes it a clause."""
    return _SUBJECT.search(text) is not None or any(
        is_finite(word.lower()) or _CONTRACTED.fullmatch(word)
        for word in re.findall(r"[\w’']+", text)
    )


_IRREGULAR = frozenset(words.lists("english")["finite_forms"])
_BASE_FORMS = frozenset(words.lists("english")["base_forms"])
_CONTINUES = re.compile(
    r"(?i)continu(?:e|es|ed|ing)\s+(?!that\b|by\b)(?:to\s+)?(?P<next>\w+)"
)


_SUBJECT = re.compile(r"(?i)\b(?:I|we|they|he|she|you|there)\s+\w")


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(words.lists("function_words")["auxiliaries"])


@cache
def _finite_forms() -> frozenset[str]:
    """Collect the past and third person forms of the verbs of saying and asking."""
    verbs = [
        verb
        for section in ("speech", "requests")
        for entries in words.lists(section).values()
        for verb in entries
    ]
    found = {form for verb in verbs for form in words.forms(verb) if " " not in form}
    common = words.lists("function_words")["common_verbs"]
    return frozenset(f for f in found if not f.endswith("ing")) | frozenset(common)


def goes_on(text: str, at: int) -> bool:
    """Tell something that goes on from somebody who goes on speaking.

    "Gave it continued influence", "continued to grow"; not "continued: …", nor
    "continued to insist", which says that something is insisted on.
    """
    found = _CONTINUES.match(text, at)
    return found is not None and not _saying().match(text, found.start("next"))


@cache
def _saying() -> re.Pattern[str]:
    """Match the verbs of saying and asking."""
    return words.compiled(
        re.escape(form)
        for section in ("speech", "requests")
        for entries in words.lists(section).values()
        for verb in entries
        for form in words.forms(verb)
    )
