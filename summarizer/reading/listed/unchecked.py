"""What is not checked in a language, because it has no list or no grammar for it."""

from schemas.briefing import (
    Actor,
    Casualties,
    Development,
    Item,
    NotChecked,
    OpenQuestion,
    Position,
    Request,
)
from schemas.terms import Check
from summarizer.sources import Article
from summarizer.sources.language import CASED, script_of
from summarizer.text.lexicon import Lexicon

_SECTIONS: tuple[tuple[Check, str], ...] = (
    ("speakers", "speech"),
    ("requests", "requests"),
    ("harm", "harm"),
    ("numbers", "numbers"),
    ("dates", "dates"),
    ("negation", "negation"),
    ("modals", "modals"),
    ("hedges", "hedges"),
    ("anonymity", "anonymity"),
    ("no_comment", "no_comment"),
)
_ENGLISH_ONLY: tuple[Check, ...] = (
    "circumstances",
    "revisions",
    "left_open",
    "furniture",
    "orders",
    "agreement",
)
"""Read by patterns in code that only English has."""

_OF_ITEM: tuple[tuple[type[Item], frozenset[Check]], ...] = (
    (Request, frozenset({"requests", "dates", "negation", "modals", "hedges"})),
    (
        Position,
        frozenset({"speakers", "dates", "negation", "modals", "hedges", "anonymity"}),
    ),
    (
        Casualties,
        frozenset(
            {
                "harm", "numbers", "dates", "negation", "modals", "hedges",
                "circumstances", "revisions",
            }
        ),
    ),
    (OpenQuestion, frozenset({"names", "numbers"})),
    (Development, frozenset({"names", "numbers", "dates"})),
    (Actor, frozenset()),
)  # fmt: skip


_OF_OWN: frozenset[Check] = frozenset({"names", "numbers", "dates", "negation"})
"""What an item of a user's own section needs."""


def of(article: Article, lexicon: Lexicon | None) -> NotChecked | None:
    """List what is not checked in an article; None when everything is, as in English.

    Args:
        article: The article.
        lexicon: The lists by which it is read; None for the grammar of English.
    """
    if lexicon is None:
        return None
    checks = [check for check, section in _SECTIONS if not lexicon.has(section)]
    cased = script_of(article.text) in CASED
    return NotChecked(
        source=article.id,
        language=article.metadata.language,
        checks=(*checks, *(() if cased else ("names",)), *_ENGLISH_ONLY),
    )


def of_item(item: Item, missing: frozenset[Check]) -> tuple[Check, ...]:
    """List which of the checks that a source misses its item would have needed."""
    needed = next((c for kind, c in _OF_ITEM if isinstance(item, kind)), _OF_OWN)
    return tuple(sorted(needed & missing))
