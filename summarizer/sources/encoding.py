"""Bytes to text. Pure; a fallback is said, never hidden."""

import codecs
import re
from collections.abc import Callable

from summarizer.errors import InputError

_FALLBACK = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY_SHARE = 0.02
"""Share of control characters from which bytes are no text. Text has none but tabs
and line ends; a stray form feed or escape in a long page stays far below this."""

_STATED = re.compile(
    rb"""(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,30})"""
    rb"""|^<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,30})"""
)
_USUAL = re.compile(
    r"utf8|ascii|iso8859\d{1,2}|latin\d{1,2}|(?:windows|cp)(?:125\d|874|932|949)|"
    r"koi8[rtu]|gbk|gb2312|gb18030|big5(?:hkscs)?|euc(?:jp|kr)|shiftjis|sjis|"
    r"iso2022jp|mac(?:roman|cyrillic)|tis620"
)
"""Encodings of pages (those of the WHATWG standard). Python knows others, such as
punycode, that no page has and whose decoding takes time without end."""


def decode(
    raw: bytes, name: str, warn: Callable[[str], None], stated: str | None = None
) -> str:
    """Turn bytes into text: by byte order mark, as stated, as UTF-8, as Windows-1252.

    Args:
        raw: The bytes.
        name: What to call them in a warning or an error.
        warn: Is told when it is not UTF-8 and not as stated.
        stated: The encoding that their sender gives; a wrong one is said.

    Raises:
        InputError: They are no text in any of these.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as exc:
                msg = f"{name!r} starts like {encoding} but is not: byte {exc.start}"
                raise InputError(msg) from exc
    if (unmarked := _unmarked_utf16(raw)) is not None:
        warn(f"{name!r} is UTF-16 without a byte order mark; read as such")
        return raw.decode(unmarked, "replace")
    if _looks_binary(raw):
        msg = f"{name!r} is not text (it looks like a binary file)"
        raise InputError(msg)
    if stated and (codec := _codec(stated)):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError as exc:
            said: list[str] = []
            text = _guessed(raw, name, said.append)
            read = said[0].rpartition("; ")[2] if said else "read as UTF-8"
            warn(
                f"{name!r} says that it is {stated} but is not (byte {exc.start}); {read}"
            )
            return text
    return _guessed(raw, name, warn)


def stated_in(page: bytes) -> str | None:
    """Find the encoding that a page states in its own first 4,096 bytes."""
    found = _STATED.search(page[:4096])
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def _codec(stated: str) -> str | None:
    flat = re.sub(r"[-_.: ]", "", stated.lower())
    if not _USUAL.fullmatch(flat):
        return None
    # What calls itself Latin-1 is Windows-1252 on the web, by its standard.
    is_western = flat in {"ascii", "iso88591", "latin1"}
    return _FALLBACK if is_western else codecs.lookup(stated).name


def _guessed(raw: bytes, name: str, warn: Callable[[str], None]) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as exc:
        text, wrong = _mixed(raw)
        if wrong:
            warn(f"{name!r} has {wrong} bytes that are not UTF-8; read as Windows-1252")
            return text
        try:
            text = raw.decode(_FALLBACK)
        except UnicodeDecodeError:
            msg = f"{name!r} is neither UTF-8 nor Windows-1252 (byte {exc.start})"
            raise InputError(msg) from exc
        warn(f"{name!r} is not UTF-8 (byte {exc.start}); read as Windows-1252")
        return text


def _mixed(raw: bytes) -> tuple[str, int]:
    """Read UTF-8 with foreign bytes in it, as when two pages were pasted together.

    Returns:
        The text and the number of foreign bytes; 0 when these outnumber the characters
        that only UTF-8 has: Windows-1252 makes such by chance only.
    """
    text = raw.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= char <= "\udcff" for char in text)
    wide = sum(char > "\x7f" for char in text) - wrong
    if wide < wrong:
        return "", 0
    found = re.sub(
        "[\udc80-\udcff]",
        lambda m: bytes([ord(m[0]) - 0xDC00]).decode(_FALLBACK, "replace"),
        text,
    )
    return found, wrong


def _unmarked_utf16(raw: bytes) -> str | None:
    """Tell UTF-16 by its NUL bytes: all beside the plain letters, marks and spaces.

    Returns:
        The codec, or None when it is something else.
    """
    head = raw[:65_536]
    high, low = head[1::2], head[0::2]
    for half, other, codec in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        zeros = half.count(0)
        if other.count(0) or zeros < max(8, _PLAIN_SHARE * len(half)):
            continue
        # Two letters in the place of one character are no UTF-16 of any script.
        pairs = sum(
            a in _PRINTED and b in _PRINTED for a, b in zip(high, low, strict=False)
        )
        if pairs > len(half) / 2:
            continue
        text = head[: len(head) & ~1].decode(codec, "replace")
        wrong = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\v") for c in text)
        if wrong <= _BINARY_SHARE * len(text):
            return codec
    return None


_PRINTED = range(32, 127)
_PLAIN_SHARE = 0.05
"""Share of plain characters in any text: Chinese has one line end in forty characters,
and its own spaces and full stops beside it; other scripts have a space in eight."""


def _looks_binary(raw: bytes) -> bool:
    head = raw[:65_536]
    if b"\0" in head:
        return True
    controls = sum(byte < 32 and byte not in b"\t\n\r\f\v\x1b" for byte in head)
    return controls > _BINARY_SHARE * len(head)
