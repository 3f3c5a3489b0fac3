"""Sections of your own: a class, or a table in a file, that says what to look for.

    class Sanction(Section):
        \"\"\"Sanctions that someone imposes on someone.\"\"\"

        by: Doer
        target: Party
        measure: Verbatim
        amount: Number | None = None

    briefing = summarize(article, sections=[Sanction])
    for sanction in Sanction.of(briefing):
        print(sanction.by, sanction.target, sanction.amount)

The docstring is the question; each marker chooses what code checks.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Literal,
    Self,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError
from pydantic.fields import FieldInfo

from schemas.briefing import Briefing, OwnItem, Value
from schemas.sections import Choice, FieldDefinition, FieldKind, SectionDefinition
from summarizer.errors import SettingsError
from summarizer.plan import BUILT_IN
from summarizer.sources.files import read_text

RESERVED: Final = frozenset({"quote", "id", "verdict", "evidence", "item", "of"})


@dataclass(frozen=True, slots=True)
class Marker:
    """Chooses the check of a field."""

    kind: FieldKind


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text that show the words of a list: `Words(freeze=["froze"])`."""

    of: Mapping[str, Sequence[str]]


Party = Annotated[str, Marker("party")]
"""Somebody, by the name that the article gives."""

Doer = Annotated[str, Marker("doer")]
"""The party that does it: the sentence must say it of them."""

Verbatim = Annotated[str, Marker("verbatim")]
"""Words of the article, unchanged."""

Number = Annotated[float, Marker("number")]
"""A number; code reads it from the words that hold it."""

Day = Annotated[date, Marker("date")]
"""A day; code reads it from the words that name it, against the day of publication."""


class Section(BaseModel):
    """The base of a section of your own. Its docstring is the question."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    title: ClassVar[str] = ""
    """Heading; made of the class's name when empty."""

    cues: ClassVar[tuple[str, ...]] = ()
    """Words without one of which a small model is not asked about a sentence."""

    _item: OwnItem = PrivateAttr()

    @property
    def item(self) -> OwnItem:
        """The item behind it: verdict, reasons, evidence, and each field's words."""
        return self._item

    @classmethod
    def of(cls, briefing: Briefing) -> tuple[Self, ...]:
        """Read a briefing's items of this section.

        Returns:
            Them in order, unconfirmed ones too; empty when it was not asked for. A
            number or day that code cannot read is None where it may be, else the item
            is left out here (`briefing.section(name)` has it).
        """
        definition = define(cls)
        found = briefing.section(definition.name)
        read = (_read(cls, item) for item in (found.items if found else ()))
        return tuple(one for one in read if one is not None)


def _read(cls: type[Any], item: OwnItem) -> Any:
    given = {value.name: _plain(value) for value in item.fields}
    try:
        made = cls(**{k: v for k, v in given.items() if v is not None})
    except ValidationError:
        return None
    made._item = item
    return made


def _plain(value: Value) -> object:
    if value.number is not None:
        return value.number.value
    if value.when is not None:
        return value.when.start
    return value.party.name if value.party is not None else value.text


def define(section: object) -> SectionDefinition:
    """Read the definition of a section from its class, or take it as it is.

    Args:
        section: A subclass of `Section`, or a definition.

    Raises:
        SettingsError: The class says something that cannot be checked.
    """
    if isinstance(section, SectionDefinition):
        return section
    if not (isinstance(section, type) and issubclass(section, Section)):
        msg = f"a section must be a class derived from Section, not {section!r}"
        raise SettingsError(msg)
    name = section.__name__
    question = (section.__doc__ or "").strip()
    if not question or section is Section:
        msg = f"section {name}: it has no docstring, which is the question to ask"
        raise SettingsError(msg)
    hints = get_type_hints(section, include_extras=True)
    fields = [
        _field(name, one, hints[one], info)
        for one, info in section.model_fields.items()
    ]
    return _made(
        f"section {name}",
        name=_snake(name),
        title=section.title or _spaced(name),
        question=" ".join(question.split()),
        fields=fields,
        cues=section.cues,
    )


def _field(section: str, name: str, hint: object, info: FieldInfo) -> FieldDefinition:
    hint = _without_none(hint)
    marked, plain = _marks(hint), hint
    while get_origin(plain) is Annotated:
        plain = get_args(plain)[0]
    kinds = [m.kind for m in marked if isinstance(m, Marker)]
    choices: tuple[Choice, ...] = ()
    if get_origin(plain) is Literal:
        kinds.append("choice")
        shown = next((m.of for m in marked if isinstance(m, Words)), {})
        choices = tuple(
            Choice(name=str(one), words=tuple(shown.get(str(one), ())))
            for one in get_args(plain)
        )
    if len(kinds) != 1:
        kind = getattr(plain, "__name__", str(plain))
        msg = (
            f"section {section}, field {name!r}: no check covers {kind}; take Party, "
            "Doer, Verbatim, Number, Day, or a Literal of words"
        )
        raise SettingsError(msg)
    _check_name(f"section {section}", name)
    try:
        return FieldDefinition(
            name=name,
            kind=kinds[0],
            required=info.is_required(),
            question=" ".join((info.description or "").split()),
            choices=choices,
        )
    except ValidationError as exc:
        msg = f"section {section}, field {name!r}: {_first(exc)}"
        raise SettingsError(msg) from exc


def _without_none(hint: object) -> object:
    if get_origin(hint) in {Union, UnionType}:
        left = [one for one in get_args(hint) if one is not NoneType]
        return left[0] if len(left) == 1 else hint
    return hint


def _marks(hint: object) -> list[object]:
    return list(get_args(hint)[1:]) if get_origin(hint) is Annotated else []


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _spaced(name: str) -> str:
    words = _snake(name).replace("_", " ")
    return words[0].upper() + words[1:]


def definitions(sections: Iterable[object]) -> tuple[SectionDefinition, ...]:
    """Read several definitions; each has a name of its own.

    Raises:
        SettingsError: One cannot be read, or two have one name.
    """
    made = tuple(define(one) for one in sections)
    for number, one in enumerate(made):
        if any(one.name == other.name for other in made[:number]):
            msg = f"two sections are named {one.name!r}: give each a name of its own"
            raise SettingsError(msg)
    return made


def from_file(place: str) -> tuple[SectionDefinition, ...]:
    """Read the sections of a file.

    Raises:
        InputError: It cannot be read.
        SettingsError: It says something that is not known.
    """
    return from_toml(read_text(place), place)


def from_toml(text: str, place: str) -> tuple[SectionDefinition, ...]:
    """Read the sections of a file.

    Args:
        text: What stands in it.
        place: Its name, for errors.

    Raises:
        SettingsError: It is no TOML, or says something that is not known.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        msg = f"{place} is no TOML: {exc}"
        raise SettingsError(msg) from exc
    if not tables:
        msg = f"{place} holds no section: begin one with [name]"
        raise SettingsError(msg)
    return definitions(_table(f"{place}, [{n}]", n, t) for n, t in tables.items())


_KEYS: Final = ("question", "title", "cues", "fields")
_FIELD_KEYS: Final = ("kind", "required", "question", "choices")


def _table(where: str, name: str, table: object) -> SectionDefinition:
    if not isinstance(table, dict):
        msg = f"{where}: it must be a table with question and fields"
        raise SettingsError(msg)
    _check_keys(where, table, _KEYS)
    fields = table.get("fields")
    if not isinstance(fields, dict) or not fields:
        msg = f'{where}: it has no fields; name them under [{name}.fields], as by = "party"'
        raise SettingsError(msg)
    return _made(
        where,
        name=name,
        title=table.get("title") or _spaced(name),
        question=table.get("question", ""),
        fields=[_told(f"{where}.fields.{n}", n, told) for n, told in fields.items()],
        cues=table.get("cues", ()),
    )


def _told(where: str, name: str, told: object) -> FieldDefinition:
    table = {"kind": told} if isinstance(told, str) else told
    if not isinstance(table, dict):
        msg = f'{where}: it must be a kind, as "party", or a table with kind'
        raise SettingsError(msg)
    _check_keys(where, table, _FIELD_KEYS)
    if table.get("kind") not in get_args(FieldKind):
        msg = f"{where}: unknown kind {table.get('kind')!r}: take one of {', '.join(get_args(FieldKind))}"
        raise SettingsError(msg)
    _check_name(where, name)
    choices = table.get("choices", ())
    if (table["kind"] == "choice") != bool(choices):
        msg = f"{where}: choices go with the kind choice, and only with it"
        raise SettingsError(msg)
    shown = choices if isinstance(choices, dict) else dict.fromkeys(choices, ())
    try:
        return FieldDefinition(
            name=name,
            kind=table["kind"],
            required=table.get("required", True),
            question=table.get("question", ""),
            choices=tuple(Choice(name=n, words=tuple(w)) for n, w in shown.items()),
        )
    except ValidationError as exc:
        raise SettingsError(f"{where}: {_first(exc)}") from exc


def _check_keys(where: str, table: Mapping[str, object], known: Sequence[str]) -> None:
    for key in table:
        if key not in known:
            msg = f"{where}: unknown key {key!r}: take one of {', '.join(known)}"
            raise SettingsError(msg)


def _check_name(where: str, name: str) -> None:
    if name in RESERVED:
        msg = f"{where}: a field cannot be named {name!r}, which every item has; take another name"
        raise SettingsError(msg)


def _made(where: str, **given: Any) -> SectionDefinition:
    if given["name"] in BUILT_IN:
        msg = f"{where}: {given['name']!r} is a section that every briefing has; take another name"
        raise SettingsError(msg)
    if not str(given["question"]).strip():
        msg = f"{where}: it has no question, which says what to look for"
        raise SettingsError(msg)
    cues = given["cues"]
    if isinstance(cues, str) or not all(isinstance(c, str) and c.strip() for c in cues):
        msg = f'{where}: cues must be a list of words, as ["ban", "embargo"]'
        raise SettingsError(msg)
    try:
        made = SectionDefinition(**{**given, "cues": tuple(cues)})
    except (ValidationError, TypeError) as exc:
        reason = _first(exc) if isinstance(exc, ValidationError) else str(exc)
        raise SettingsError(f"{where}: {reason}") from exc
    return made


def _first(exc: ValidationError) -> str:
    error = exc.errors()[0]
    place = ".".join(map(str, error["loc"]))
    if error["type"] == "string_pattern_mismatch":
        return f"{place}: take small letters, digits and _, a letter first, at most 40"
    return f"{place}: {error['msg'][0].lower()}{error['msg'][1:]}"
