"""What a document is: by its first bytes, and by its name only where they leave it open.

Pure. A name that says otherwise is not believed; the caller says so.
"""

import re
from typing import Final, Literal

Kind = Literal["text", "html", "pdf", "word", "mail", "markdown"]

MEDIA_TYPES: Final[dict[Kind, str]] = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mail": "message/rfc822",
    "markdown": "text/markdown",
}
_OTHER_TYPES: Final[dict[str, Kind]] = {
    "application/xhtml+xml": "html",
    "text/x-markdown": "markdown",
    "application/x-pdf": "pdf",
}
SUFFIXES: Final[dict[str, Kind]] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "word",
    ".eml": "mail", ".md": "markdown", ".markdown": "markdown", ".txt": "text",
}  # fmt: skip
NAMES: Final[dict[Kind, str]] = {
    "text": "plain text",
    "html": "a web page",
    "pdf": "a PDF",
    "word": "a Word document",
    "mail": "an e-mail",
    "markdown": "Markdown",
}
_UNREAD: Final[tuple[tuple[bytes, str], ...]] = (
    (
        b"\xd0\xcf\x11\xe0",
        "is an old or password-protected Office file: save it as .docx",
    ),
    (b"{\\rtf", "is an RTF document: save it as .docx or as text"),
    (b"\x1f\x8b", "is compressed (gzip): unpack it first"),
    (b"BZh", "is compressed (bzip2): unpack it first"),
    (b"\xfd7zXZ", "is compressed (xz): unpack it first"),
    (b"7z\xbc\xaf", "is an archive (7z): unpack it first"),
    (b"Rar!", "is an archive (RAR): unpack it first"),
    (b"\x89PNG", "is a picture (PNG): its text must be recognised first"),
    (b"\xff\xd8\xff", "is a picture (JPEG): its text must be recognised first"),
    (b"GIF8", "is a picture (GIF): its text must be recognised first"),
    (b"%!PS", "is PostScript: save it as PDF"),
)
_HTML = re.compile(
    rb"(?is)\A(?:\s|<!--.*?-->|<\?xml.{0,200}?\?>)*<(?:!doctype\s+html|html|head|body)\b"
)
_TAG = re.compile(rb"(?i)<(?:html|head|body|div|p|article|span|br|h1|table|meta)\b")
_FIELD = re.compile(
    rb"(?im)^(from|to|subject|date|received|message-id|mime-version|return-path|"
    rb"delivered-to|content-type|cc|reply-to):"
)
_HEADED = re.compile(rb"\A(?:From \S.*\r?\n)?[A-Za-z][A-Za-z0-9-]{1,40}:\s")


def refusal(raw: bytes) -> str | None:
    """Say why a known format is not read, and what to do; None for all others."""
    return next((words for sign, words in _UNREAD if raw.startswith(sign)), None)


def kind(raw: bytes, expected: Kind | None) -> Kind:
    """Tell what the bytes are.

    Args:
        raw: The whole document, or its start.
        expected: What its name or its sender says; None when they say nothing.
    """
    head = raw[:65_536]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        return "word"
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if expected == "markdown":
        return "markdown"
    if expected == "html" and (
        _TAG.search(head) or head[:2] in {b"\xff\xfe", b"\xfe\xff"}
    ):
        return "html"
    if _is_mail(head, sure=expected == "mail"):
        return "mail"
    return "text"


def expected(name: str) -> Kind | None:
    """Tell what a file's name says that it is."""
    suffix = re.search(r"\.\w{2,8}$", name.lower())
    return SUFFIXES.get(suffix[0]) if suffix else None


def by_media_type(media_type: str) -> Kind | None:
    """Tell which kind a media type without its parameters names; None for others."""
    named: dict[str, Kind] = {v: k for k, v in MEDIA_TYPES.items()}
    return named.get(media_type) or _OTHER_TYPES.get(media_type)


def _is_mail(head: bytes, *, sure: bool) -> bool:
    """Look for the headers that every message has, above the first blank line."""
    if not _HEADED.match(head):
        return False
    top = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    found = {name.lower() for name in _FIELD.findall(top)}
    return bool(found) if sure else b"from" in found and len(found) >= 3
