"""Read `watch.toml`; a fault is one sentence with the line and the key."""

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from summarizer.errors import SettingsError
from summarizer.watch.configuring.values import Watchfile


def read(place: Path) -> Watchfile:
    """Read the file.

    Args:
        place: Where it is.

    Raises:
        SettingsError: It cannot be read, or something in it cannot be used.
    """
    try:
        raw = place.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise SettingsError(f"cannot read {str(place)!r}: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise SettingsError(f"cannot read {str(place)!r}: it is no UTF-8") from exc
    return parsed(raw, str(place))


def parsed(raw: str, place: str) -> Watchfile:
    """Read what stands in the file.

    Args:
        raw: TOML.
        place: What it is called in errors.

    Raises:
        SettingsError: Something in it cannot be used.
    """
    try:
        table = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(f"{place!r} is no TOML: {exc}") from exc
    try:
        file = Watchfile.model_validate(_frozen(table))
    except ValidationError as exc:
        raise SettingsError(_said(exc.errors()[0], raw, place)) from exc
    _check_names(file, raw, place)
    return file


def _check_names(file: Watchfile, raw: str, place: str) -> None:
    """Find out whether what is named is there, once.

    Raises:
        SettingsError: Two have one name, or a rule names a channel that is not there.
    """
    kinds = {
        "source": [one.name for one in file.source],
        "channel": [one.name for one in file.channel],
        "rule": [one.name for one in file.rule],
    }
    for kind, names in kinds.items():
        for number, name in enumerate(names):
            if name in names[:number]:
                line = line_of(raw, (kind, number, "name"))
                msg = f"{place}, line {line}: two {kind}s are named {name!r}"
                raise SettingsError(msg)
    known = {one.name for one in file.channel}
    for number, rule in enumerate(file.rule):
        if rule.channel not in known:
            line = line_of(raw, ("rule", number, "channel"))
            msg = f"{place}, line {line}: channel: rule {rule.name!r} names {rule.channel!r}, which is not in the file"
            raise SettingsError(msg)


def _frozen(value: object) -> object:
    """Make tuples of lists: what is read is not changed any more."""
    if isinstance(value, list):
        return tuple(_frozen(one) for one in value)
    if isinstance(value, dict):
        return {name: _frozen(one) for name, one in value.items()}
    return value


def _said(error: ErrorDetails, raw: str, place: str) -> str:
    """Say what is wrong, on which line."""
    path = tuple(one for one in error["loc"] if isinstance(one, int) or one.islower())
    key = next((str(one) for one in reversed(path) if isinstance(one, str)), "")
    line = line_of(raw, path)
    where = f"{place}, line {line}" if line else place
    what = {
        "missing": f"{key!r} is missing",
        "extra_forbidden": f"unknown key {key!r}{_near(key, path)}",
    }.get(error["type"])
    if what is None:
        told = error["msg"].removeprefix("Value error, ")
        if error["type"] == "tuple_type":
            told = f"takes a list in brackets, as in {key} = [{error['input']!r}]"
            return f"{where}: {key}: {told}"
        given = "" if error["type"] == "value_error" else f", not {error['input']!r}"
        what = f"{key}: {told[:1].lower()}{told[1:]}{given}" if key else told
    return f"{where}: {what}"


def line_of(raw: str, path: tuple[int | str, ...]) -> int | None:
    """Find the line of a key.

    Args:
        raw: The file.
        path: The key, with the tables that it stands in: ("rule", 1, "at").

    Returns:
        The line from 1: of the key, else of its table; None when neither is found.
    """
    lines = raw.split("\n")
    first = 0
    if len(path) > 1 and isinstance(path[0], str):
        header = re.compile(rf"\s*\[\[?\s*{re.escape(path[0])}\s*\]")
        tables = [n for n, line in enumerate(lines) if header.match(line)]
        number = path[1] if isinstance(path[1], int) else 0
        if number >= len(tables):
            return None
        first = tables[number]
    key = next((one for one in reversed(path) if isinstance(one, str)), "")
    if len(path) == 1:
        table = re.compile(rf"\s*\[\[?\s*{re.escape(key)}\s*\]")
        if headed := next(
            (n for n, line in enumerate(lines, 1) if table.match(line)), 0
        ):
            return headed
    pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    for number in range(first, len(lines)):
        if pattern.match(lines[number]):
            return number + 1
        if number > first and lines[number].lstrip().startswith("["):
            break
    return first + 1 if first else None


def _near(key: str, path: tuple[int | str, ...]) -> str:
    """Name the known key that was probably meant."""
    model: type[BaseModel] = Watchfile
    if len(path) > 1:
        from typing import get_args  # noqa: PLC0415  only for a mistake

        hint = Watchfile.model_fields[str(path[0])].annotation
        model = next((a for a in (*get_args(hint), hint) if isinstance(a, type) and issubclass(a, BaseModel)), Watchfile)  # fmt: skip
    close = get_close_matches(key, list(model.model_fields), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
