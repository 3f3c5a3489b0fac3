"""The public functions, with their arguments looked at before anything is done.

A wrong argument is a TypeError of one sentence here, instead of a surprise deep inside, or
after the model was paid. What the functions do stands where they are defined; each is
loaded when it is first used.
"""

import functools
import inspect
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from importlib import import_module
from os import PathLike
from typing import Final, ParamSpec, TypeVar

from schemas.briefing import Briefing
from summarizer.errors import InputError
from summarizer.settings import Settings

ParamsT = ParamSpec("ParamsT")
ResultT = TypeVar("ResultT")
Check = Callable[[str, object], None]

_OR_NONE: Final = type(None)


def _of(*kinds: type) -> Check:
    """Make the check that an argument is of one of *kinds*."""
    named = " or ".join(
        "None" if kind is _OR_NONE else kind.__qualname__ for kind in kinds
    )

    def check(name: str, value: object) -> None:
        if not isinstance(value, kinds):
            msg = f"{name} must be {named}, not {_shown(value)}"
            raise TypeError(msg)

    return check


def _several(path: str) -> Check:
    """Make the check that an argument is a list, or the like, of the type at *path*."""
    module, _, kind_name = path.rpartition(".")

    def check(name: str, value: object) -> None:
        kind: type = getattr(import_module(module), kind_name)
        if isinstance(value, str) or not isinstance(value, Sequence):
            msg = f"{name} must be a list of {kind.__qualname__}, not {_shown(value)}"
            raise TypeError(msg)
        for number, one in enumerate(value):
            _of(kind)(f"{name}[{number}]", one)

    return check


def _some(path: str) -> Check:
    """Make the same check, for a list that must not be empty."""

    def check(name: str, value: object) -> None:
        _several(path)(name, value)
        if not value:
            msg = f"{name} is empty: there is nothing to read"
            raise InputError(msg)

    return check


def _day(name: str, value: object) -> None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return
    msg = f"{name} must be a datetime.date or None, not {_shown(value)}"
    raise TypeError(msg)


def _place(name: str, value: object) -> None:
    hint = f": pass str({name})" if isinstance(value, PathLike) else ""
    if not isinstance(value, str):
        msg = f"{name} must be str, not {_shown(value)}{hint}"
        raise TypeError(msg)


def _shown(value: object) -> str:
    """Name the type of a value, and the value where it is short."""
    kind = type(value).__name__
    is_short = isinstance(value, str | int | float | date) and len(str(value)) <= 40
    return f"{kind} ({value!r})" if is_short else kind


def _check(
    checks: dict[str, Check], names: Sequence[str], args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:  # fmt: skip
    """Look at the arguments of a call that there are; the call misses the others."""
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    for name, check in checks.items():
        if name in given:
            check(name, given[name])


def _positional(function: Callable[..., object]) -> tuple[str, ...]:
    """Name the arguments that a call may give by place; *articles has checks of its own."""
    found = inspect.signature(function).parameters.values()
    return tuple(p.name for p in found if p.kind is p.POSITIONAL_OR_KEYWORD)


def _checked(
    function: Callable[ParamsT, ResultT], checks: dict[str, Check]
) -> Callable[ParamsT, ResultT]:
    names = _positional(function)

    @functools.wraps(function)
    def call(*args: ParamsT.args, **kwargs: ParamsT.kwargs) -> ResultT:
        _check(checks, names, args, kwargs)
        return function(*args, **kwargs)

    return call


def _achecked(
    function: Callable[ParamsT, Awaitable[ResultT]], checks: dict[str, Check]
) -> Callable[ParamsT, Awaitable[ResultT]]:
    names = _positional(function)

    @functools.wraps(function)
    async def call(*args: ParamsT.args, **kwargs: ParamsT.kwargs) -> ResultT:
        _check(checks, names, args, kwargs)
        return await function(*args, **kwargs)

    return call


_TEXT = _of(str)
_WORDS = _of(str, _OR_NONE)
_BRIEFING = _of(Briefing)
_GIVEN: Final = {
    "settings": _of(Settings, _OR_NONE),
    "title": _WORDS,
    "publisher": _WORDS,
    "uri": _WORDS,
    "url": _WORDS,
    "published": _day,
    "budget": _of(int, _OR_NONE),
}
_ARTICLES: Final = {"articles": _some("summarizer.sources.Article")}
_QUOTES: Final = {"quotes": _several("summarizer.verification.Quote"), "text": _TEXT}
_POSTED: Final = {"briefing": _BRIEFING, "since": _of(Briefing, _OR_NONE)}

_FUNCTIONS: Final[dict[str, tuple[str, dict[str, Check]]]] = {
    "abrief": ("summarizer.pipeline", _ARTICLES),
    "apost": ("summarizer.posting", _POSTED),
    "asummarize": ("summarizer.api", _GIVEN),
    "brief": ("summarizer.pipeline", _ARTICLES),
    "compare": ("summarizer.changes", {"old": _BRIEFING, "new": _BRIEFING}),
    "post": ("summarizer.posting", _POSTED),
    "read_article": ("summarizer.sources", {"path": _place}),
    "summarize": ("summarizer.api", _GIVEN),
    "verify": ("summarizer.verification", {"briefing": _BRIEFING}),
    "verify_quotes": ("summarizer.verification", _QUOTES),
}


def __getattr__(name: str) -> object:
    """Load a function from the module that defines it, behind its checks."""
    if name not in _FUNCTIONS:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    place, checks = _FUNCTIONS[name]
    function = getattr(import_module(place), name)
    is_async = inspect.iscoroutinefunction(function)
    made = (_achecked if is_async else _checked)(function, checks)
    globals()[name] = made
    return made
