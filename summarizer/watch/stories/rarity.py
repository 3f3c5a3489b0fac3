"""How much a term tells: little when every text has it, much when one story has it.

Rarity is counted in open stories, not in articles: a name that fifty articles of one
story share is as rare as one that two share. Terms that any English news text may hold
begin with their share in `data/common.toml`, and countries with one share for all: a
stream of two days has not seen enough to know them by itself.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, cast

from summarizer.reading.english.names import name_words

Kind = Literal["names", "words"]

PRIOR_STORIES = 200
"""How many stories the shares of the file are worth beside those of the stream."""

_COUNTRY = 0.08
"""Share of news texts that name a given country of those in the news."""


@lru_cache(maxsize=65_536)
def share(term: str, kind: Kind) -> float:
    """Tell the share of news texts that hold a term, 0 to 1; 0 where it is not known."""
    known = _common(kind).get(term, 0.0)
    return max(known, _COUNTRY) if kind == "names" and _is_country(term) else known


def _is_country(term: str) -> bool:
    return name_words.is_place(term.capitalize()) or name_words.is_place(term.upper())


@cache
def _common(kind: Kind) -> Mapping[str, float]:
    """Read one table of the file: by each term its share."""
    file = resources.files("summarizer.watch.stories") / "data" / "common.toml"
    rows = cast("Mapping[str, str]", tomllib.loads(file.read_text("utf-8"))[kind])
    return {
        term: int(percent) / 100
        for percent, terms in rows.items()
        for term in terms.split()
    }
