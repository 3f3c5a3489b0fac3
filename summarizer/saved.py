"""Read what was saved, ours or another tool's, and verify it."""

import json
import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from schemas import versions
from schemas.briefing import SCHEMA_VERSION, Briefing, Item
from summarizer.errors import InputError
from summarizer.reports import Finding, Report, Unchecked
from summarizer.settings import MAX_CHARS
from summarizer.sources.containers import parquet
from summarizer.sources.files import read_document, read_text
from summarizer.sources.formats.parsed import UnreadableError
from summarizer.verification import Quote, source_of, verify, verify_quotes

_MAX_CHARS = 10 * MAX_CHARS
"""A briefing holds its sources whole, and each of their words a few times more."""


def verify_file(
    path: str,
    sources: Sequence[str],
    *,
    warn: Callable[[str], None] = lambda _: None,
) -> Report:
    """Verify a saved briefing, LangExtract's JSONL, or a plain list of quotes.

    Args:
        path: What to verify.
        sources: Files that it was made from; a briefing has its own texts.
        warn: Is told about a fallback encoding.

    Raises:
        InputError: A file cannot be read, is of no known form, or a needed source
            is missing or another text.
    """
    text = _text_of(path, warn)
    texts = [read_document(source, warn=warn).parsed.text for source in sources]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):  # the latter: nested without end
        return _langextract(path, text, texts)
    if isinstance(found, list):
        return _quotes(path, found, texts)
    if isinstance(found, dict) and "extractions" in found:
        return _langextract(path, text, texts)
    return _briefing(path, text, texts, sources)


def _briefing(
    path: str, text: str, texts: Sequence[str], names: Sequence[str]
) -> Report:
    briefing = _parsed(path, text)
    for given, name in zip(texts, names, strict=True):
        if source_of(briefing, given) is None:
            # An edited source would fail item by item; one line says it better.
            finding = Finding(
                item=name,
                check="source",
                reason="the briefing was not made from this text",
            )
            rest = verify(briefing)
            return rest.model_copy(update={"findings": (finding, *rest.findings)})
    return verify(briefing)


def read_briefing(
    path: str, *, warn: Callable[[str], None] = lambda _: None
) -> Briefing:
    """Read a saved briefing.

    Args:
        path: A file in JSON, or "-" for standard input.
        warn: Is told about a fallback encoding.

    Raises:
        InputError: It cannot be read, or is no briefing.
    """
    return _parsed(path, _text_of(path, warn))


_ROW = re.compile(r"(?P<file>.+\.(?:jsonl|parquet)):(?P<number>[1-9]\d{0,8})")
"""A row of an archive: "out/briefings-00000.jsonl:3", counted from 1."""


_SHARD = re.compile(r'\{"key":"[0-9a-f]{64}","place":')
"""How the rows of an archive begin."""


def _text_of(path: str, warn: Callable[[str], None]) -> str:
    """Read a file, or the briefing in one row of an archive.

    Raises:
        InputError: There is no such file or row, or the row holds no briefing.
    """
    row = _ROW.fullmatch(path)
    if row is None or Path(path).exists():
        msg = f"{path!r} holds a briefing in each row: say which, as {path}:1"
        if path.endswith(".parquet") and Path(path).is_file():
            raise InputError(msg)
        text = read_text(path, max_chars=_MAX_CHARS, warn=warn)
        if path.endswith(".jsonl") and _SHARD.match(text):
            raise InputError(msg)
        return text
    number = int(row["number"])
    if row["file"].endswith(".parquet"):
        return _cell(path, row["file"], number)
    try:
        with Path(row["file"]).open(encoding="utf-8") as lines:
            line = next(islice(lines, number - 1, number), None)
    except (OSError, UnicodeDecodeError) as exc:
        why = getattr(exc, "strerror", None) or "it is no UTF-8"
        msg = f"cannot read {row['file']!r}: {why}"
        raise InputError(msg) from exc
    try:
        briefing = json.loads(line or "null")["briefing"]
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        msg = f"{path!r} is no row with a briefing"
        raise InputError(msg) from exc
    return json.dumps(briefing, ensure_ascii=False)


def _cell(path: str, file: str, number: int) -> str:
    """Read the briefing in a row of a Parquet file.

    Raises:
        InputError: There is no such file or row, or the row holds no briefing.
    """
    try:
        rows = parquet.opened(file)
        row = rows.one(number, ("briefing",)) if "briefing" in rows.names else None
    except UnreadableError as exc:
        msg = f"{file!r} {exc}"
        raise InputError(msg) from exc
    if not isinstance(row, dict) or not isinstance(row["briefing"], str):
        msg = f"{path!r} is no row with a briefing"
        raise InputError(msg)
    return row["briefing"]


def misplaced(briefing: Briefing) -> tuple[str, ...]:
    """List the items whose words do not stand in their source where they should.

    A file may have been edited or made by anybody; `verify` says what is wrong with it.

    Returns:
        Ids of items, in the order of the sections.
    """
    texts = {source.id: source.text for source in briefing.sources}
    items: tuple[Item, ...] = (
        *briefing.requests,
        *briefing.positions,
        *briefing.casualties,
        *briefing.developments,
        *briefing.open_questions,
        *briefing.actors,
    )
    return tuple(
        item.id
        for item in items
        if any(
            texts.get(e.source, "")[e.start : e.end] != e.exact for e in item.evidence
        )
    )


def _parsed(path: str, text: str) -> Briefing:
    try:
        found = Briefing.model_validate_json(text)
    except ValidationError as exc:
        # A field that we do not know is no fault of a file of a later schema.
        _refuse_newer(path, _stated_version(text))
        first = exc.errors()[0]
        where = "".join(f"{part}." for part in first["loc"])
        msg = f"{path!r} is no briefing: {where[:-1]}{': ' if where else ''}{first['msg']}"
        raise InputError(msg) from exc
    if (place := _reversed(found.model_dump())) is not None:
        msg = f"{path!r} is no briefing: {place} ends before it starts"
        raise InputError(msg)
    _refuse_newer(path, found.provenance.schema_version)
    return found


def _reversed(value: object, place: str = "") -> str | None:
    """Find the first stretch of a text that ends before it starts."""
    if isinstance(value, dict):
        start, end = value.get("start"), value.get("end")
        if isinstance(start, int) and isinstance(end, int) and end <= start:
            return place
        parts = list(value.items())
    elif isinstance(value, tuple):
        parts = list(enumerate(value))
    else:
        return None
    inside = (_reversed(one, f"{place}.{name}".lstrip(".")) for name, one in parts)
    return next((found for found in inside if found is not None), None)


def _stated_version(text: str) -> str:
    """Read the schema's version from what may be a briefing; empty when it has none."""
    try:
        version = json.loads(text)["provenance"]["schema_version"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return version if isinstance(version, str) else ""


def _refuse_newer(path: str, version: str) -> None:
    """Refuse a briefing whose schema may say what we would overlook.

    Raises:
        InputError: *version* is newer than ours.
    """
    theirs, ours = versions.number(version), versions.number(SCHEMA_VERSION)
    if theirs is not None and ours is not None and theirs > ours:
        msg = (
            f"{path!r} is a briefing of schema {version}, and this program reads up to "
            f"{SCHEMA_VERSION}: install a newer grounded-briefing, or make the briefing "
            "anew with this one"
        )
        raise InputError(msg)


def _langextract(path: str, text: str, texts: Sequence[str]) -> Report:
    """Verify LangExtract's annotated documents, one a line."""
    checked, findings, not_checked = 0, list[Finding](), list[Unchecked]()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            told = _told(document.get("text"))
            quotes = [
                Quote(
                    quote=e["extraction_text"],
                    start=(e.get("char_interval") or {}).get("start_pos"),
                )
                for e in document.get("extractions") or ()
            ]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as exc:
            msg = f"{path!r} is neither a briefing nor JSONL of LangExtract (line {number})"
            raise InputError(msg) from exc
        source = told or _only(path, texts)
        report = verify_quotes(quotes, source)
        checked += report.checked
        findings += [
            f.model_copy(update={"item": f"{number}.{f.item}"}) for f in report.findings
        ]
        not_checked += [
            u.model_copy(update={"item": f"{number}.{u.item}"})
            for u in report.not_checked
        ]
    return Report(
        checked=checked, findings=tuple(findings), not_checked=tuple(not_checked)
    )


def _told(text: object) -> str | None:
    """Take the text that a document brings along.

    Raises:
        TypeError: It is something else.
    """
    if text is not None and not isinstance(text, str):
        raise TypeError("the text of a document is no text")
    return text


def _quotes(path: str, found: Sequence[object], texts: Sequence[str]) -> Report:
    try:
        quotes = [Quote.model_validate(entry) for entry in found]
    except ValidationError as exc:
        first = exc.errors()[0]
        msg = f"{path!r} is no list of quotes: {first['msg']}"
        raise InputError(msg) from exc
    return verify_quotes(quotes, _only(path, texts))


def _only(path: str, texts: Sequence[str]) -> str:
    if len(texts) != 1:
        msg = f"{path!r} holds no source: name the file that it was made from"
        raise InputError(msg)
    return texts[0]
