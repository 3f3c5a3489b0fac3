"""Where settings come from: options, the environment, the project's file, the user's.

The stronger wins, value by value. A project's file cannot name an address: whoever
writes it would be sent the user's key.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import platformdirs

from summarizer.client import own_prices
from summarizer.errors import SettingsError
from summarizer.settings import VARIABLES, Settings, stated

PROJECT_FILE: Final = "summarizer.toml"

OWN: Final = ("budget_tokens", "budget_calls", "budget_usd")
"""What a file may set beside the settings: limits of one briefing, and of all money."""

_TABLE: Final = "prices"
"""Beside all names: prices of the user's own, a table for each model."""

NAMES: Final = (*(f.name for f in fields(Settings)), *OWN)
"""All that can be set, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Configured:
    """The settings of a run, and where each value came from.

    Attributes:
        settings: The settings.
        budget_tokens: Tokens that one briefing may cost; None is no limit.
        budget_calls: Requests that one briefing may cost; None is no limit.
        budget_usd: US dollars that may be paid in all; None is no limit.
        origins: By name: an option, a variable, a file, or "default".
    """

    settings: Settings
    budget_tokens: int | None
    budget_calls: int | None
    budget_usd: float | None
    origins: Mapping[str, str]


def user_file() -> Path:
    """Name the file in the user's configuration folder."""
    return platformdirs.user_config_path("grounded-briefing") / "config.toml"


def project_file(folder: Path) -> Path | None:
    """Find the project's file in *folder* or the nearest folder above it."""
    for place in (folder, *folder.parents):
        if (place / PROJECT_FILE).is_file():
            return place / PROJECT_FILE
        if (place / ".git").exists():
            return None
    return None


def configured(
    options: Mapping[str, tuple[str, object]],
    environ: Mapping[str, str],
    folder: Path,
) -> Configured:
    """Put the layers together.

    Args:
        options: By name of the setting: the option, and its value; None is not given.
        environ: The environment; empty variables count as not set.
        folder: Where the project's file is looked for, upwards.

    Raises:
        SettingsError: A value cannot be used; the sentence says where it stands.
    """
    layers = [
        {n: (option, v) for n, (option, v) in options.items() if v is not None},
        {n: (VARIABLES[n], v) for n, v in stated(environ).items()},
    ]
    found = project_file(folder)
    if found is not None:
        layers.append(_file(found, barred=("base_url", "api_key")))
    if user_file().is_file():
        layers.append(_file(user_file(), barred=("api_key",)))
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        # A model belongs to the server that it was named with.
        skipped = {"model"} if "base_url" in values and "model" not in values else set()
        for name, (origin, value) in layer.items():
            if name not in values and name not in skipped and name != _TABLE:
                values[name], origins[name] = value, origin
    for origin, table in (layer[_TABLE] for layer in layers if _TABLE in layer):
        for name, value in own_prices.of(origin, table, values.get("model")).items():
            if name not in values:
                values[name], origins[name] = value, origin
    return _made(values, origins)


def _made(values: dict[str, object], origins: dict[str, str]) -> Configured:
    own = {name: values.pop(name, None) for name in OWN}
    given: dict[str, Any] = values
    try:
        settings = Settings(**given)
    except SettingsError as exc:
        told = [o for name, o in origins.items() if name in str(exc).split() or name in str(exc)[:40]]  # fmt: skip
        where = f" ({told[0]})" if told and told[0] not in str(exc) else ""
        raise SettingsError(f"{exc}{where}") from exc
    usd = own_prices.budget(own.pop("budget_usd"), origins.get("budget_usd", ""))
    for name, value in own.items():
        if value is not None and (not isinstance(value, int) or value < 1):
            msg = f"{name} must be a whole number above 0, not {value!r} ({origins[name]})"
            raise SettingsError(msg)
    tokens, calls = own["budget_tokens"], own["budget_calls"]
    return Configured(
        settings,
        tokens if isinstance(tokens, int) else None,
        calls if isinstance(calls, int) else None,
        usd,
        {name: origins.get(name, "default") for name in NAMES},
    )


def _file(place: Path, *, barred: Sequence[str]) -> dict[str, tuple[str, object]]:
    """Read a file of settings.

    Raises:
        SettingsError: It cannot be read, or names what is not known or not allowed.
    """
    try:
        table = tomllib.loads(place.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as exc:
        msg = f"cannot read {str(place)!r}: {getattr(exc, 'strerror', None) or 'it is no UTF-8'}"
        raise SettingsError(msg) from exc
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(f"{str(place)!r} is no TOML: {exc}") from exc
    model = table.get("model")
    if "base_url" in barred and isinstance(model, str) and model.endswith(".gguf"):
        msg = f"{str(place)!r}: model cannot be a file of weights there: name it with --model, or in your own file"
        raise SettingsError(msg)
    for name in table:
        if name in barred:
            msg = f"{str(place)!r}: {name} cannot stand there: {_WHY[name]}"
            raise SettingsError(msg)
        if name not in (*NAMES, _TABLE):
            near = _near(name, NAMES)
            msg = f"{str(place)!r}: unknown key {name!r}{near}"
            raise SettingsError(msg)
    return {name: (str(place), value) for name, value in table.items()}


_WHY: Final = {
    "api_key": "a key is a secret; set OPENAI_API_KEY",
    "base_url": (
        "it says who gets your key and your articles; set OPENAI_BASE_URL, or write it "
        "into your own file (summarizer config path)"
    ),
}


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for a mistake

    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
