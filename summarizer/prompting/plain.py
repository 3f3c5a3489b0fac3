"""Article text as a model sees it: one line of visible characters."""

import unicodedata


def plain(text: str) -> str:
    """Make *text* one line without invisible or control characters.

    Zero-width marks, bidirectional controls and terminal escapes show nothing to a
    reader and must not change an answer.
    """
    seen = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cf", "Cc"}
    )
    return " ".join("".join(seen).split())
