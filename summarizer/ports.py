"""What the layers ask of one another: questions, replies, progress.

Protocols and small values; no behaviour, no third party.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from schemas.evidence import Frozen, Span
from schemas.terms import Section

AnswerT = TypeVar("AnswerT", bound=Frozen)


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Ask(Generic[AnswerT]):
    """One question to a model: the prompt, and the type that its answer must fit."""

    messages: tuple[Message, ...]
    answer: type[AnswerT]
    max_tokens: int
    """Output tokens at most; a longer answer counts as a failure."""

    section: Section | None
    """What it asks for; None for everything at once."""

    source: str
    spans: tuple[Span, ...]
    """The sentences it is about: the hole in the briefing, should it fail."""

    asked: Span | None = None
    """The one sentence it is about, or None when it is about a passage."""

    word: str = ""
    """The word of that sentence that it is about, when it is about one."""

    passage: Span | None = None
    """The passage that it is about, when it is about one."""

    own: str = ""
    """Name of the section of the user's own that it is about, when it is about one."""

    repairs: bool = False
    """True when it asks again for what failed; its own failure is no hole."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What questions cost. Adds up."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    """Of the completion tokens, those that were thought and not shown."""

    kept_replies: int = 0
    """Replies that were kept from before, and cost nothing."""

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
            self.reasoning_tokens + other.reasoning_tokens,
            self.kept_replies + other.kept_replies,
        )


@dataclass(frozen=True, slots=True)
class Rejected:
    """A part of an answer that fits no type of draft; no section for the user's own."""

    section: Section | None
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reply(Generic[AnswerT]):
    """An answer that fits its type, and what it cost."""

    answer: AnswerT
    usage: Usage
    rejected: tuple[Rejected, ...] = ()
    """What stood in it and fits no type."""

    cut: str | None = None
    """Why its end is missing; None when it is whole."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to a model that came to its end: never a word of it, and no key.

    Times are in seconds since 1970.
    """

    profile: str
    """What kind of endpoint was asked."""

    model: str
    host: str
    started: float
    ended: float
    usage: Usage
    error: str = ""
    """The status, or the kind of error, by which it failed; "" when it was answered."""


class Observer(Protocol):
    """Is told of what takes time and tokens, never of what was asked or answered."""

    def called(self, call: Call) -> None:
        """Take note of a request; the article that is open now is the one it is for."""
        ...

    def article(self) -> AbstractContextManager[Callable[[str, int], None]]:
        """Open an article; its status, and replies that were kept, are told at its end."""
        ...


class Unobserved:
    """Tells nobody. The default `Observer`."""

    def called(self, call: Call) -> None:
        """Take note of nothing."""

    @contextmanager
    def article(self) -> Iterator[Callable[[str, int], None]]:
        """Open nothing."""
        yield lambda _status, _kept: None


class Endpoint(Protocol):
    """What a briefing says of the model that made it, and how to ask it."""

    @property
    def model(self) -> str:
        """Name of the model, as its server knows it."""
        ...

    @property
    def host(self) -> str:
        """Host of the server, without path or key."""
        ...

    @property
    def strategy(self) -> Literal["focused", "whole"]:
        """How this model is asked best."""
        ...

    @property
    def passage_tokens(self) -> int:
        """Tokens of article text that one question may hold."""
        ...

    def count_tokens(self, text: str) -> int:
        """Count the tokens that *text* takes for this model, or a few more."""
        ...

    @property
    def output_tokens(self) -> int:
        """Tokens that one whole answer may take."""
        ...

    @property
    def is_embedded(self) -> bool:
        """True when the model runs on this machine, inside our own server."""
        ...


class Completer(Endpoint, Protocol):
    """Answers questions, one at a time."""

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        """Answer *ask*.

        Raises:
            ModelError: There is no answer, after all tries.
        """
        ...


class AsyncCompleter(Endpoint, Protocol):
    """Answers questions, several at a time."""

    @property
    def parallel(self) -> int:
        """Questions to have under way at once, 1 or more."""
        ...

    async def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        """Answer *ask*.

        Raises:
            ModelError: There is no answer, after all tries.
        """
        ...


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a run is: *done* of *total* questions are answered; *what* comes next."""

    done: int
    total: int
    what: str


class Progress(Protocol):
    """Is told how far a run is."""

    def __call__(self, done: int, total: int, what: str) -> None:
        """*done* of *total* questions are answered; *what* comes next."""
        ...


def silent(done: int, total: int, what: str) -> None:
    """Tell nobody. The default `Progress`."""
