"""A Word document (.docx) to plain text: its paragraphs, as a reader sees them.

A .docx is a ZIP of XML. Both are read here with the standard library, streaming and
with limits: python-docx builds the whole tree and reads neither inserted text nor
text boxes. A document type declaration, which entity bombs need, is refused; what is
deleted, moved away or hidden is not read.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from summarizer.sources.formats import stamps
from summarizer.sources.formats.parsed import Parsed, UnreadableError

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_GONE = {"del", "moveFrom", "instrText", "delText"}
_SIGNS = {
    "tab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
}
_MOST_XML = 100_000_000
"""Bytes of XML that are read. A report of 300,000 words has about 20 million."""
_MOST_FACTS = 200_000
"""Bytes of the part with title and author; it has about a thousand."""


def parse(raw: bytes) -> Parsed:
    """Read the main text of a document, without headers, footers and notes.

    Raises:
        UnreadableError: It is no Word document, is protected, damaged or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            body = _Body()
            _feed(parts, "word/document.xml", body, _MOST_XML)
            facts = _Facts()
            if "docProps/core.xml" in parts.namelist():
                _feed(parts, "docProps/core.xml", facts, _MOST_FACTS)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        LookupError,  # an encoding that nobody knows
        zlib.error,
    ) as exc:
        msg = "is a damaged Word document, or a ZIP archive of a kind that is not read"
        raise UnreadableError(msg) from exc
    except expat.ExpatError as exc:
        raise UnreadableError(f"is a damaged Word document (XML: {exc})") from exc
    updated, updated_at = stamps.day_and_time(facts.found.get("modified"))
    return Parsed(
        text="\n\n".join(body.paragraphs),
        title=stamps.one_line(facts.found.get("title")),
        byline=stamps.one_line(facts.found.get("creator")),
        language=stamps.language(facts.found.get("language")),
        updated=updated,
        updated_at=updated_at,
    )


@dataclass(slots=True)
class _Body:
    """Collects paragraphs while the XML goes by."""

    paragraphs: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _run: list[str] = field(default_factory=list)
    _gone: int = 0
    _hidden: bool = False
    _in_text: bool = False
    _outer: list[tuple[list[str], list[str], bool]] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if self._gone or local in _GONE or name == _FALLBACK:
            self._gone += 1
        elif local == "p":  # in a text box, inside another one
            self._outer.append((self._words, self._run, self._hidden))
            self._words, self._run = [], []
        elif local == "r":
            self._hidden = False
        elif local == "vanish":
            value = next((v for k, v in attributes.items() if k.endswith("val")), "1")
            self._hidden = value not in {"0", "false", "off"}
        elif local == "t":
            self._in_text = True
        elif local in _SIGNS:
            self._run.append(_SIGNS[local])

    def end(self, name: str) -> None:
        local = _local(name)
        if self._gone:
            self._gone -= 1
        elif local == "t":
            self._in_text = False
        elif local == "r":
            self._words += [] if self._hidden else self._run
            self._run.clear()
        elif local == "p":
            self._flush()
            self._words, self._run, self._hidden = self._outer.pop()

    def text(self, words: str) -> None:
        if self._in_text and not self._gone:
            self._run.append(words)

    def _flush(self) -> None:
        lines = (" ".join(x.split()) for x in "".join(self._words).split("\n"))
        block = "\n".join(line for line in lines if line)
        if block:
            self.paragraphs.append(block)


@dataclass(slots=True)
class _Facts:
    """Collects title, author and last change."""

    found: dict[str, str] = field(default_factory=dict)
    _name: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  expat's
        self._name = name.rpartition(" ")[2]

    def end(self, name: str) -> None:  # noqa: ARG002  expat's
        self._name = ""

    def text(self, words: str) -> None:
        if self._name:
            self.found[self._name] = self.found.get(self._name, "") + words


def _feed(parts: zipfile.ZipFile, name: str, into: _Body | _Facts, most: int) -> None:
    """Stream one part of the archive through the XML parser.

    Raises:
        UnreadableError: There is no such part, it declares a document type, or it
            has more than *most* bytes when unpacked.
    """
    if name not in parts.namelist():
        raise UnreadableError(
            "is a ZIP archive without a Word document in it: unpack it and name the "
            "files inside"
        )
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = into.start
    parser.EndElementHandler = into.end
    parser.CharacterDataHandler = into.text
    parser.StartDoctypeDeclHandler = _refuse
    seen = 0
    with parts.open(name) as part:
        while chunk := part.read(65_536):
            seen += len(chunk)
            if seen > most:
                raise UnreadableError(f"unpacks to more than {most:,} bytes")
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise UnreadableError("is a damaged Word document (it declares a document type)")


def _local(name: str) -> str:
    """Take the name of a Word element; empty for an element of another kind."""
    for space in (_WORD, _STRICT):
        if name.startswith(space):
            return name[len(space) :]
    return ""
