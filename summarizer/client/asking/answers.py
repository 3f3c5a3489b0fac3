"""What a model wrote, read as an answer: item by item, and never more than it says.

Many endpoints ignore the schema that they are sent: they put the JSON into a code fence,
think aloud before it, leave fields out, add others, or stop in the middle. What fits a
type of draft is taken; what fits none is kept with the reason. Nothing is guessed: a word
that is none of a closed list is no item, and a number stays the digits it was written in.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from schemas.draft import UnreadDraft
from schemas.evidence import Frozen

LONGEST: Final = 10_000
"""Characters that one field may have. The longest sentence of an article has 5,000."""
MOST_ITEMS: Final = 1_000
"""Items that are taken from one list; the longest recorded answer has 31."""
MOST_REJECTED: Final = 100
"""Items without a type that are kept of one list; the rest is counted."""
_OPENINGS: Final = 20
"""Brackets at which a JSON value is looked for, before a text counts as prose."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A part of an answer that fits no type of draft, with the field it stood in."""

    field: str
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an answer holds.

    Attributes:
        answer: What fits.
        rejected: What does not.
        is_cut: True when the text ends before the answer does.
    """

    answer: Frozen
    rejected: tuple[Rejected, ...] = ()
    is_cut: bool = False


class UnreadableError(Exception):
    """Nothing of an answer can be read; the message says why, as a clause."""


def read(text: str, wanted: type[Frozen], *, at_limit: bool = False) -> Found:
    """Read *text* as an answer of type *wanted*.

    Args:
        text: What the model wrote.
        wanted: The type, whose fields are texts and lists of drafts.
        at_limit: Whether it ended because it had no tokens left.

    Raises:
        UnreadableError: It holds no answer at all, or only items that fit nothing.
    """
    words = _spoken(text)
    fields = _fields(words, wanted)
    is_cut = fields is None
    if fields is None:
        fields = _fields(_closed(words), wanted)
    if fields is None:
        raise UnreadableError(_unlike(text))
    found = _sorted(fields, wanted, is_cut=is_cut)
    is_bare = not any(value for _, value in found.answer)
    if is_bare and found.rejected:
        raise UnreadableError(f"{found.rejected[0].reason}")
    if is_bare and is_cut and not at_limit:
        raise UnreadableError("it ends before its first item does")
    return found


# -- text to JSON -------------------------------------------------------------

_THOUGHT_ENDS = re.compile(r"(?i)</(?:think(?:ing)?|thought|reasoning)>")
_THOUGHT_BEGINS = re.compile(r"(?i)\s*<(?:think(?:ing)?|thought|reasoning)>")


def _spoken(text: str) -> str:
    """Leave out what a model thought aloud before its answer."""
    if text.lstrip().startswith(("{", "[", "`")):
        return text
    ends = list(_THOUGHT_ENDS.finditer(text))
    if ends:
        return text[ends[-1].end() :]
    return "" if _THOUGHT_BEGINS.match(text) else text


def _fields(text: str, wanted: type[Frozen]) -> dict[str, object] | None:
    """Find the first JSON value in *text* that has a field of the answer."""
    for value in _values(text):
        if isinstance(value, dict) and any(k in wanted.model_fields for k in value):
            return value
        if isinstance(value, list) and set(wanted.model_fields) == {"items"}:
            is_all = text.strip("[]` \n") in {"", "json"}
            if is_all or (value and all(isinstance(v, dict) for v in value)):
                return {"items": value}
    return None


def _values(text: str) -> Iterator[object]:
    """Decode what stands at the first brackets, as it is and without last commas."""
    for words in (text, _uncommaed(text)):
        for opening in islice(re.finditer(r"[{\[]", words), _OPENINGS):
            with suppress(ValueError, RecursionError):
                yield _DECODER.raw_decode(words, opening.start())[0]


def _merged(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Make an object of its pairs; a list that comes twice is one list."""
    made: dict[str, object] = {}
    for key, value in pairs:
        before = made.get(key)
        if isinstance(before, list) and isinstance(value, list):
            made[key] = [*before, *value]
        elif value is not None or key not in made:
            made[key] = value
    return made


# Line ends inside texts are allowed; numbers stay as they were written, NaN is nothing.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_merged,
    parse_int=str,
    parse_float=str,
    parse_constant=lambda _: None,
    strict=False,
)
_TOKEN = re.compile(r'(?s)"(?:[^"\\]|\\.)*+"|"|[{}\[\]]')
_LAST_COMMA = re.compile(r'(?s)("(?:[^"\\]|\\.)*+")|,(?=\s*[}\]])')


def _uncommaed(text: str) -> str:
    """Take out commas after the last item or field, which JSON has not."""
    return _LAST_COMMA.sub(lambda m: m[1] or "", text)


def _closed(text: str) -> str:
    """Close a text that ends in the middle, after its last complete item.

    Returns:
        The text up to there with its brackets closed; empty when not even a list begins.
    """
    start = text.find("{")
    open_ones: list[str] = []
    kept, ends = 0, ""
    for token in _TOKEN.finditer(text, max(start, 0)):
        mark = token[0]
        if mark == '"' or (mark in "}]" and open_ones[-1:] != [_PAIRS[mark]]):
            break
        if mark in "{[":
            open_ones.append(mark)
        elif mark in "}]":
            open_ones.pop()
        if mark[0] != '"' and open_ones in (["{"], ["{", "["]) and mark != "{":
            kept, ends = token.end(), "".join(_CLOSING[m] for m in reversed(open_ones))
    return text[start:kept] + ends if kept else ""


_PAIRS = {"}": "{", "]": "["}
_CLOSING = {"{": "}", "[": "]"}


def _unlike(text: str) -> str:
    begins = " ".join(text[:400].split())[:60]
    return (
        f"it holds no answer in JSON and begins with {begins!r}"
        if begins
        else "it is empty"
    )


# -- JSON to drafts -----------------------------------------------------------


def _sorted(
    fields: Mapping[str, object], wanted: type[Frozen], *, is_cut: bool
) -> Found:
    """Tell what fits from what does not, field by field."""
    kept: dict[str, object] = {}
    rejected: list[Rejected] = []
    for name, field in wanted.model_fields.items():
        value = fields.get(name)
        kind = _item_type(field)
        if kind is None:
            is_text = isinstance(value, str) and len(value) <= LONGEST
            kept[name] = _clean(str(value)) if is_text else ""
            continue
        kept[name], refused = _items(name, value, kind)
        rejected += refused
    return Found(wanted.model_validate(kept), tuple(rejected), is_cut)


def _item_type(field: FieldInfo) -> type[Frozen] | None:
    """Tell what a field is a list of; None when it is a text."""
    if get_origin(field.annotation) is not tuple:
        return None
    kind: type[Frozen] = get_args(field.annotation)[0]
    return kind


def _items(
    name: str, value: object, kind: type[Frozen]
) -> tuple[tuple[Frozen, ...], list[Rejected]]:
    """Read a list; one item that stands without a list is a list of one."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    kept: dict[Frozen, None] = {}  # twice the same item says it once
    rejected: list[Rejected] = []
    for one in values[:MOST_ITEMS]:
        try:
            kept[_item(one, kind)] = None
        except UnreadableError as exc:
            rejected.append(Rejected(name, _raw(one), str(exc)))
    if (more := len(rejected) - MOST_REJECTED) > 0:
        reason = f"{more:,} more items of the answer fit no type of item either"
        left_out = rejected[MOST_REJECTED].raw
        rejected[MOST_REJECTED:] = [Rejected(name, left_out, reason)]
    if (more := len(values) - MOST_ITEMS) > 0:
        reason = f"the answer lists {more:,} items more than the {MOST_ITEMS:,} that are read"
        rejected.append(Rejected(name, _raw(values[MOST_ITEMS]), reason))
    return tuple(kept), rejected


def _item(value: object, kind: type[Frozen]) -> Frozen:
    """Read one item; fields that it has no place for are passed over.

    Raises:
        UnreadableError: It does not fit, and why.
    """
    if not isinstance(value, dict):
        raise UnreadableError("an item of the answer is no object with fields")
    fields = {
        name: _field(name, value.get(name), field)
        for name, field in kind.model_fields.items()
    }
    try:
        return kind.model_validate(fields)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableError(f"its {where} does not fit: {first['msg']}") from exc


def _field(name: str, value: object, field: FieldInfo) -> object:
    """Read one field of an item: text, a word of a list, or several texts."""
    if value is None:
        return _empty(name, field)
    if get_origin(field.annotation) is tuple:
        parts = value if isinstance(value, list) else [value]
        return tuple(_text(name, part) for part in parts if part is not None)
    words = _text(name, value)
    allowed = _words_of(field.annotation)
    if not allowed:
        return words
    term = re.sub(r"[\s-]+", "_", words.strip().lower())
    if term in allowed:
        return term
    if "" in allowed:
        return ""  # code derives it from the words
    shown = ", ".join(allowed)
    raise UnreadableError(f"its {name} {words[:60]!r} is none of {shown}")


def _empty(name: str, field: FieldInfo) -> object:
    """Say what a field holds that was left out.

    Raises:
        UnreadableError: An item without it says nothing.
    """
    if not field.is_required():
        return field.default
    if (field.description or "").rstrip(".").endswith("or empty"):
        return ""
    raise UnreadableError(f"it has no {name}")


def _words_of(annotation: object) -> tuple[str, ...]:
    """List the words of a closed list, or of several joined; none for free text."""
    if annotation is str:
        return ()
    words: list[str] = []
    for part in get_args(annotation):
        words += [part] if isinstance(part, str) else _words_of(part)
    return tuple(words)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableError(f"its {name} is no text")
    if len(value) > LONGEST:
        raise UnreadableError(
            f"its {name} has {len(value):,} characters; the limit is {LONGEST:,}"
        )
    return _clean(value)


def _clean(text: str) -> str:
    """Replace lone surrogates, which are no characters and cannot be written."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _raw(value: object) -> str:
    """Write out what an item held, cut to what is kept of it."""
    words = _clean(json.dumps(value, ensure_ascii=False))
    limit = UnreadDraft.MOST_CHARS
    return words if len(words) <= limit else f"{words[: limit - 1]}…"
