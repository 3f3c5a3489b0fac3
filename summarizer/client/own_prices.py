"""Money in files of settings: prices of the user's own by model, and a budget."""

from typing import Final

from summarizer.errors import SettingsError

_NAMES: Final = {"in": "price_in", "out": "price_out", "cached": "price_cached"}


def of(place: str, table: object, model: object) -> dict[str, float]:
    """Find the price of a model in the table `prices` of a file.

    Args:
        place: The file, for a sentence.
        table: What stands there under `prices`.
        model: The model that is asked; its name must be that of a table within.

    Returns:
        By name of the setting, US dollars for a million tokens.

    Raises:
        SettingsError: The table is none, or names what is no price.
    """
    if not isinstance(table, dict):
        msg = f'{place!r}: prices must be a table, as [prices."MODEL"]'
        raise SettingsError(msg)
    found: dict[str, float] = {}
    for name, price in table.items():
        if not isinstance(price, dict) or not price.keys() <= _NAMES.keys():
            known = ", ".join(_NAMES)
            msg = f"{place!r}: prices of {name!r} must be a table with {known}"
            raise SettingsError(msg)
        for one, usd in price.items():
            if isinstance(usd, bool) or not isinstance(usd, int | float) or usd < 0:
                msg = f"{place!r}: the price {one!r} of {name!r} must be a number of US dollars for a million tokens, not {usd!r}"
                raise SettingsError(msg)
        if name == model:
            found = {_NAMES[one]: float(usd) for one, usd in price.items()}
    return found


def budget(value: object, origin: str) -> float | None:
    """Read a budget in US dollars.

    Raises:
        SettingsError: It is none.
    """
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 < float(str(value)) < float("inf"):
        msg = f"budget_usd must be a number of US dollars above 0, not {value!r} ({origin})"
        raise SettingsError(msg)
    return float(str(value))
