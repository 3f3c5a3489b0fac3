"""The articles of an archive: files, folders, patterns, lists of addresses, JSON lines.

Nothing is parsed here but lines: an article is named by a hash of its raw words, so that a
run that goes on knows in a moment which ones are done.
"""

import glob
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from summarizer.errors import InputError
from summarizer.sources import Article, Metadata, make_article, read_article
from summarizer.sources.files import is_address

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "article", "maintext", "full_text", "raw_text"),
    "title": ("title", "headline", "header"),
    "published": ("published", "date", "date_publish", "published_at", "pub_date", "datetime", "timestamp"),
    "uri": ("uri", "url", "link", "canonical"),
    "publisher": ("publisher", "source", "outlet", "source_domain", "site"),
    "id": ("id", "guid", "doc_id", "article_id", "uuid"),
}  # fmt: skip
"""What is looked for in a row of JSON, and the names that fields go by, the surest first."""

_SUFFIXES: Final = frozenset(
    {".txt", ".html", ".htm", ".pdf", ".docx", ".eml", ".md", ".markdown"}
)
"""Files of a folder that are articles; others are passed over."""

_LINES: Final = frozenset({".jsonl", ".ndjson"})
_MOST_LINE: Final = 50_000_000
"""Characters of one row."""


@dataclass(frozen=True, slots=True)
class Given:
    """One article of an archive, not read yet.

    Attributes:
        key: SHA-256 of its raw words and of what is known of it: the same article in
            another place is the same.
        place: Where it stands: a file, an address, "file.jsonl:12".
        text: Its text, when it is a row.
        metadata: What its row says of it.
        error: Why it cannot be read, when that is known at once.
    """

    key: str
    place: str
    text: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    error: str | None = None

    def read(self, *, max_chars: int, allow_private: bool = False) -> Article:
        """Read the article.

        Raises:
            InputError: It cannot be read, is blank or too long.
        """
        if self.error is not None:
            raise InputError(self.error)
        if self.text is None:
            return read_article(
                self.place, max_chars=max_chars, allow_private=allow_private
            )
        if len(self.text) > max_chars:
            msg = (
                f"it has {len(self.text):,} characters; {max_chars:,} are read at most"
            )
            raise InputError(msg)
        return make_article(self.text, metadata=self.metadata)


@dataclass(slots=True)
class Inputs:
    """The articles that were named, in their order, each once.

    Attributes:
        places: Files, folders, patterns with *, addresses; files of JSON lines, or of
            one address a line (.urls).
        mapping: By what is wanted (text, title, …) the field of a row that holds it.
        spared: The folder of the output, which is no input even within one.
        guessed: Which field of which file was taken for what; grows while rows are read.
        doubled: How many articles were given more than once.
    """

    places: tuple[str, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    spared: Path | None = None
    guessed: dict[str, dict[str, str]] = field(default_factory=dict)
    doubled: int = 0

    def __iter__(self) -> Iterator[Given]:
        self.doubled = 0
        seen: set[bytes] = set()
        for given in self._all():
            short = bytes.fromhex(given.key)[:16]
            if short in seen:
                self.doubled += 1
                continue
            seen.add(short)
            yield given

    def check(self) -> None:
        """Find out whether all places are there, before anything is made.

        Raises:
            InputError: One is not.
        """
        for place in self.places:
            is_pattern = any(mark in place for mark in "*?[")
            if not (is_address(place) or is_pattern or Path(place).exists()):
                msg = f"there is no file or folder {place!r}"
                raise InputError(msg)

    def _all(self) -> Iterator[Given]:
        for place in self.places:
            yield from self._of(place)

    def _of(self, place: str) -> Iterator[Given]:
        if is_address(place):
            yield Given(_hash(place.encode()), place)
            return
        path = Path(place)
        if path.is_dir():
            yield from self._folder(path)
        elif path.is_file():
            yield from self._file(path)
        elif any(mark in place for mark in "*?["):
            found = sorted(glob.glob(place, recursive=True))  # noqa: PTH207  ** too
            if not found:
                msg = f"nothing fits {place!r}"
                raise InputError(msg)
            for one in found:
                if Path(one).is_file():
                    yield from self._file(Path(one))
        else:
            msg = f"there is no file or folder {place!r}"
            raise InputError(msg)

    def _folder(self, folder: Path) -> Iterator[Given]:
        inside = folder.resolve()
        for path in sorted(folder.rglob("*")):
            if self.spared is not None and path.resolve().is_relative_to(self.spared):
                continue  # what an earlier run made
            if path.suffix.lower() not in _SUFFIXES | _LINES or not path.is_file():
                continue
            if not path.resolve().is_relative_to(inside):
                why = "it is a link that leads out of the folder"
                yield _bad(str(path), str(path), why)
                continue
            yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Given]:
        if path.suffix.lower() in _LINES:
            yield from self._rows(path)
        elif path.suffix.lower() == ".urls":
            for line in path.read_text("utf-8").splitlines():
                address = line.strip()
                if address and not address.startswith("#"):
                    yield Given(_hash(address.encode()), address)
        else:
            yield _of_file(path)

    def _rows(self, path: Path) -> Iterator[Given]:
        names: dict[str, str] | None = None
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                place = f"{path}:{number}"
                row = _row(line)
                if row is None:
                    yield _bad(place, line, "the line is no JSON object")
                    continue
                if names is None:
                    names = self._names(row)
                    if names.get("text") not in row:
                        yield _bad(place, line, _no_text(row, self.mapping))
                        if self.mapping.get("text") is None:
                            return  # no file of articles: its other lines are none
                        names = None
                        continue
                    self.guessed[str(path)] = names
                yield _of_row(place, line, row, names)

    def _names(self, row: Mapping[str, object]) -> dict[str, str]:
        """Find which field holds what: as it was said, or by its usual names."""
        found: dict[str, str] = {}
        for wanted, usual in FIELDS.items():
            told = self.mapping.get(wanted)
            name = told or next((n for n in usual if n in row), None)
            if name is not None:
                found[wanted] = name
        return found


def mapping_of(words: Iterable[str]) -> dict[str, str]:
    """Read "text=body" as what is wanted, and the field that holds it.

    Raises:
        InputError: It is not of that form, or wants what is not known.
    """
    found: dict[str, str] = {}
    for word in words:
        wanted, mark, name = word.partition("=")
        if not mark or wanted not in FIELDS or not name:
            known = ", ".join(FIELDS)
            msg = f"--map takes NAME=FIELD with NAME one of {known}, not {word!r}"
            raise InputError(msg)
        found[wanted] = name
    return found


def _no_text(row: Mapping[str, object], mapping: Mapping[str, str]) -> str:
    fields = ", ".join(list(row)[:12]) or "none"
    if told := mapping.get("text"):
        return f"no field is named {told!r} (there are {fields})"
    return (
        f"no field holds the text: say which with --map text=NAME (there are {fields})"
    )


def _of_file(path: Path) -> Given:
    try:
        raw = path.read_bytes()
    except OSError as exc:
        return _bad(str(path), str(path), f"it cannot be read: {exc.strerror}")
    beside = path.with_suffix(".toml")
    known = beside.read_bytes() if beside.is_file() else b""
    return Given(_hash(raw, known), str(path))


def _of_row(
    place: str, line: str, row: Mapping[str, object], names: Mapping[str, str]
) -> Given:
    text = row.get(names["text"])
    if not isinstance(text, str) or not text.strip():
        return _bad(place, line, f"its field {names['text']!r} holds no text")
    told = {wanted: _words(row.get(name)) for wanted, name in names.items()}
    metadata = Metadata(
        uri=told.get("uri"),
        publisher=told.get("publisher"),
        title=told.get("title"),
        published=_day(told.get("published")),
    )
    known = json.dumps(
        [told.get(n) for n in ("uri", "publisher", "title", "published")]
    )
    key = _hash(text.encode("utf-8", "surrogatepass"), known.encode())
    return Given(key, place, text, metadata)


def _bad(place: str, raw: str, why: str) -> Given:
    return Given(_hash(raw.encode("utf-8", "surrogatepass")), place, error=why)


def _row(line: str) -> dict[str, object] | None:
    if len(line) > _MOST_LINE:
        return None
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _words(value: object) -> str | None:
    if isinstance(value, str) and value.strip():
        return value.strip()
    return (
        str(value) if isinstance(value, int) and not isinstance(value, bool) else None
    )


def _day(words: str | None) -> date | None:
    """Read the day of a time in ISO form; other forms are not guessed."""
    if words is None:
        return None
    try:
        return datetime.fromisoformat(words).date()
    except ValueError:
        pass
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def _hash(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
