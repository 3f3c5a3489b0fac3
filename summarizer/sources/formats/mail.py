"""A saved e-mail (.eml) to plain text: the newest message, its headers as metadata.

Replies that it quotes and its signature stay in the text and are set aside with the
reason; attachments are named and not read.
"""

import contextlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from summarizer.sources.formats import stamps, webpage
from summarizer.sources.formats.parsed import Parsed, UnreadableError

# In the languages that have word lists; mail-parser-reply has fewer, keeps no offsets, and
# takes "On Monday the ministry wrote:" out of an article.
_WROTE = re.compile(
    r"(?i)^(?:on|el|am|le|у|в|в?\d)\b.{0,300}"
    r"\b(?:wrote|escribió|schrieb|a écrit|написа(?:в|ла))\b.{0,120}:\s*$"
)
_ORIGINAL = re.compile(
    r"(?i)^\s*(?:-{2,}\s*(?:original message|ursprüngliche nachricht|message d['’]origine|"
    r"mensaje original|вихідне повідомлення)\s*-{2,}|_{20,}|(?:from|von|de|від)\s?:\s.+)\s*$"
)
_HEADER = re.compile(
    r"(?i)^\s*(?:from|von|de|від|sent|gesendet|envoyé|enviado|надіслано|date|datum|fecha|"
    r"дата|to|an|à|para|кому|cc|subject|betreff|objet|asunto|тема)\s?:\s"
)


def parse(raw: bytes, most: int) -> Parsed:
    """Read one message.

    Args:
        raw: The message as it was saved.
        most: Characters of body to take.

    Raises:
        UnreadableError: It has no body of text, or a longer one.
    """
    try:
        message = message_from_bytes(raw, policy=policy.default)
        body = _body(message)
        attached = tuple(_attached(message))
    except (
        MessageError,
        LookupError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as exc:
        raise UnreadableError(f"is a damaged e-mail ({type(exc).__name__})") from exc
    if not body.strip():
        named = f": it holds {', '.join(attached)}" if attached else ""
        raise UnreadableError(f"is an e-mail without text{named}")
    if len(body) > most:
        raise UnreadableError(f"has more than {most:,} characters")
    text, asides = _set_aside(body)
    name, address = parseaddr(_header(message, "from"))
    published, published_at = _sent(message)
    return Parsed(
        text=text,
        title=stamps.one_line(_header(message, "subject")),
        byline=stamps.one_line(name or address),
        publisher=stamps.one_line(
            _header(message, "organization") or address.rpartition("@")[2]
        ),
        language=stamps.language(_header(message, "content-language")),
        canonical=_identity(message),
        published=published,
        published_at=published_at,
        asides=asides,
        notes=tuple(f"attachment not read: {name}" for name in attached),
    )


def _header(message: EmailMessage, name: str) -> str:
    """Read one header; a broken one counts as absent."""
    try:
        return str(message.get(name, ""))
    except (ValueError, AttributeError, IndexError, TypeError):
        return ""


def _identity(message: EmailMessage) -> str | None:
    """Name the message by its id (RFC 2392)."""
    found = re.fullmatch(r"\s*<([^<>\s]{3,400})>\s*", _header(message, "message-id"))
    return f"mid:{found[1]}" if found else None


def _sent(message: EmailMessage) -> tuple[str | None, str | None]:
    try:
        sent = parsedate_to_datetime(_header(message, "date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, None
    return stamps.day_and_time(sent.isoformat())


def _body(message: EmailMessage) -> str:
    """Take the plain part, or the HTML part through the reader of pages."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = _decoded(part)
    if part.get_content_type() == "text/html":
        return webpage.parse(content).text
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    text = content.replace("\r\n", "\n").replace("\r", "\n")
    return _unflowed(text) if flowed else text


def _decoded(part: MIMEPart) -> str:
    """Decode as stated, or as UTF-8 or Windows-1252 where that cannot be."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    for charset in (part.get_content_charset("utf-8"), "utf-8", "cp1252"):
        with contextlib.suppress(LookupError, ValueError):
            return raw.decode(charset)
    return raw.decode("utf-8", "replace")


def _unflowed(text: str) -> str:
    """Join the soft line ends of format=flowed (RFC 3676); quotes and "-- " stay."""
    return re.sub(r"(?m)^(?!>|-- $)(.*) \n(?!>|-- \n|\n)", r"\1 ", text)


def _attached(message: EmailMessage) -> Iterator[str]:
    for part in message.iter_attachments():
        kind = part.get_content_type()
        yield stamps.one_line(part.get_filename(), 100) or f"unnamed {kind}"


def _set_aside(body: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Find quoted replies and the signature, in code points of the text."""
    lines = body.split("\n")
    signature = next(
        (i for i, x in enumerate(lines) if x.rstrip("\r") in {"-- ", "--"}), len(lines)
    )
    original = next(
        (i for i in range(len(lines)) if _opens_reply(lines, i)), len(lines)
    )
    asides: list[tuple[int, int, str]] = []
    offset = 0
    for index, line in enumerate(lines):
        reason = None
        if index >= original or line.startswith(">") or _leads_in(lines, index):
            reason = "quoted_reply"
        elif index >= signature:
            reason = "signature"
        if reason and line.strip():
            asides.append((offset, offset + len(line), reason))
        offset += len(line) + 1
    return body, tuple(asides)


def _opens_reply(lines: list[str], index: int) -> bool:
    """Tell whether the rest is an older message, as Outlook appends it."""
    if not _ORIGINAL.match(lines[index]):
        return False
    following = [x for x in lines[index : index + 8] if x.strip()]
    return sum(bool(_HEADER.match(x)) for x in following) >= 3


def _leads_in(lines: list[str], index: int) -> bool:
    """Tell "On Monday Ana wrote:" above a quoted reply, also over two lines."""
    for last in (index, index + 1):
        joined = " ".join(x.strip() for x in lines[index : last + 1])
        rest = [x for x in lines[last + 1 : last + 4] if x.strip()]
        if _WROTE.match(joined) and rest and rest[0].startswith(">"):
            return True
    before = index > 0 and " ".join(x.strip() for x in lines[index - 1 : index + 1])
    rest = [x for x in lines[index + 1 : index + 4] if x.strip()]
    return bool(before and _WROTE.match(before) and rest and rest[0].startswith(">"))
