"""Read what people have and make an `Article` of it: text, sentences, what to skip.

Names are loaded when they are first used: the child process that parses documents
needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.sources.article import (
        Article,
        Layout,
        Metadata,
        Sentence,
        make_article,
    )
    from summarizer.sources.files import read_article

_PLACES = {
    "Article": "article",
    "Layout": "article",
    "Metadata": "article",
    "Sentence": "article",
    "make_article": "article",
    "read_article": "files",
}

__all__ = ["Article", "Layout", "Metadata", "Sentence", "make_article", "read_article"]


def __getattr__(name: str) -> object:
    """Load a name from the module that defines it."""
    if name not in _PLACES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"summarizer.sources.{_PLACES[name]}"), name)
