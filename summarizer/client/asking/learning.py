"""What an endpoint can do, learned by trying it once, and remembered.

Nothing is tried while answers fit. When one does not, or the request for a structure is
refused, the endpoint gets three tiny questions at most, whose right answers no prompt
gives away: only who was held to the schema knows them.
"""

import json
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, cast, get_args

import platformdirs

from summarizer.client.asking.structure import How, fitted

_SCHEMA: Final = {
    "type": "object",
    "properties": {"zebra": {"type": "string", "enum": ["striped"]}},
    "required": ["zebra"],
    "additionalProperties": False,
}
_MESSAGES: Final = ({"role": "user", "content": "Say hello."},)
_IN_ORDER: Final[tuple[How, ...]] = ("json_schema", "tool", "json_object")
ANSWER_TOKENS: Final = 1_024
"""Room for a model that thinks before it says hello; the others stop by themselves."""

Send = Callable[[Mapping[str, object]], str]
"""Sends a request and returns the answer's words; raises what the SDK raises."""


def try_out(send: Send, is_verdict: Callable[[Exception], bool]) -> How | None:
    """Find the strictest structure that an endpoint can do.

    Args:
        send: Sends one request.
        is_verdict: Tells an error that refuses the request itself from one that says
            nothing of it: a limit, a lost connection.

    Returns:
        The structure; None when the endpoint could not be asked.
    """
    named = {"name": "Greeting", "schema": _SCHEMA}
    for how in _IN_ORDER:
        try:
            words = send(fitted(_MESSAGES, named, how, strict=False))
        except Exception as exc:  # noqa: BLE001  whatever the SDK raises
            if is_verdict(exc):
                continue
            return None
        if _fits(words):
            return how
    return "prompt"


def _fits(words: str) -> bool:
    try:
        found = json.loads(words)
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("zebra") == "striped"


def recalled(url: str, model: str) -> How | None:
    """Say what was learned of a model at an address; None when nothing was."""
    how = _all().get(_key(url, model))
    return cast("How", how) if how in get_args(How) else None


def remember(url: str, model: str, how: How) -> None:
    """Keep what was learned; a folder that cannot be written is no error."""
    known = {**_all(), _key(url, model): how}
    place = _place()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"{place.name}.{os.getpid()}.{threading.get_ident()}")
        fresh.write_text(json.dumps(known, indent=1), encoding="utf-8")
        fresh.replace(place)
    except OSError:
        return


def _all() -> dict[str, object]:
    try:
        found = json.loads(_place().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _key(url: str, model: str) -> str:
    # What follows a "?" may be a key.
    return f"{url.partition('?')[0].rstrip('/')} {model}"


def _place() -> Path:
    return platformdirs.user_cache_path("grounded-briefing") / "endpoints.json"
