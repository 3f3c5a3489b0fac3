"""How one model at one endpoint is asked: as its profile says, or as it has taught us.

A refusal that names the temperature, or the field that limits the answer, is followed at
once. A structure that is refused, or not kept to, leads to trying the endpoint out: once
in a completer's life, however many questions fail together.
"""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import openai
from openai.types.chat import ChatCompletion

from summarizer.client.asking import envelope, faults, learning
from summarizer.client.asking.structure import How
from summarizer.client.profiles import Profile
from summarizer.errors import AccessError, EndpointError, ModelError, ModelOutputError
from summarizer.ports import Usage

_REFUSED: Final = frozenset({400, 404, 415, 422, 501})
"""Statuses by which an endpoint refuses a field; 404 is OpenRouter's, when no provider
takes them all."""

_OF_STRUCTURE: Final = re.compile(
    r"(?i)response.?format|schema|structured|json|tool|grammar|requested parameters"
)
"""Words by which it says that the field is the one that asks for structure."""

_OF_TEMPERATURE: Final = re.compile(r"(?i)\btemperature\b|requested parameters")

Send = Callable[[Mapping[str, object]], ChatCompletion]
"""Sends the fields of a tiny question, and reads the answer."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What a request has that endpoints differ in."""

    structure: How
    sends_temperature: bool
    limit_field: Literal["max_tokens", "max_completion_tokens"]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Whether a question should be asked again, otherwise, and what finding out cost."""

    again: bool
    spent: Usage = field(default_factory=Usage)


class Manners:
    """The manner that is kept to now. May be used by several threads."""

    def __init__(self, profile: Profile, url: str, model: str, send: Send) -> None:
        """Recall what was learned earlier; nothing is sent yet."""
        self._where = (url, model)
        self._send = send
        self._lock = threading.Lock()
        self._is_sure = profile.is_sure
        self._was_tried = False
        self._spent = Usage()
        known = None if profile.is_sure else learning.recalled(url, model)
        self._is_known = known is not None
        self.now = Manner(
            known or profile.structure, profile.sends_temperature, profile.limit_field
        )

    def learn_from(self, exc: ModelError, asked: Manner) -> Lesson:
        """Change the manner, if that may be why a question failed.

        Args:
            exc: The failure.
            asked: The manner in which was asked.
        """
        if not (_is_refusal(exc) or _is_misfit(exc)):
            return Lesson(again=False)
        with self._lock:
            if self.now != asked:  # learned meanwhile, from another question
                return Lesson(again=True)
            if _is_refusal(exc) and self._follows(str(exc)):
                return Lesson(again=True)
            if not self._may_try(exc):
                return Lesson(again=False)
            self._try()
            return Lesson(self.now != asked, self._spent)

    def try_out(self) -> How | None:
        """Find the strictest structure that the endpoint can do, and remember it.

        Returns:
            The structure; None when the endpoint could not be asked.
        """
        with self._lock:
            if not self._was_tried:
                self._try()
            return self.now.structure if self._is_known else None

    def _follows(self, words: str) -> bool:
        """Leave out, or rename, the field that a refusal names."""
        if self.now.sends_temperature and _OF_TEMPERATURE.search(words):
            self.now = replace(self.now, sends_temperature=False)
            return True
        if self.now.limit_field == "max_tokens" and "max_completion_tokens" in words:
            self.now = replace(self.now, limit_field="max_completion_tokens")
            return True
        return False

    def _may_try(self, exc: ModelError) -> bool:
        """Tell whether the structure may be to blame, and is not known yet.

        A known one that is refused is not true any more. One that is only not kept to
        is no news: small models do not keep to what they are told in the prompt.
        """
        if self._is_sure or self._was_tried:
            return False
        if _is_refusal(exc):
            return _OF_STRUCTURE.search(str(exc)) is not None
        return not self._is_known

    def _try(self) -> None:
        self._was_tried = True
        self._spent = Usage()
        how = learning.try_out(self._asked, _is_verdict)
        self._is_known = how is not None
        if how is not None:
            self.now = replace(self.now, structure=how)
            learning.remember(*self._where, how)

    def _asked(self, fields: Mapping[str, object]) -> str:
        """Send one tiny question; count what it costs."""
        self._spent += Usage(calls=1)
        limit: dict[str, object] = {self.now.limit_field: learning.ANSWER_TOKENS}
        completion = self._send({**limit, **fields})
        self._spent += envelope.usage_of(completion)
        choice = completion.choices[0]
        words = choice.message.content or ""
        if choice.finish_reason == "length" and not words.strip():
            msg = "the model thought until its room was used up"
            raise faults.LostAnswerError(msg)
        return words


def _is_refusal(exc: ModelError) -> bool:
    """Tell whether an endpoint refused the request as it was."""
    if isinstance(exc, AccessError) or not isinstance(exc, EndpointError):
        return False
    return exc.status in _REFUSED


def _is_misfit(exc: ModelError) -> bool:
    """Tell whether an answer came that did not fit; a refusal of the model is none."""
    return isinstance(exc, ModelOutputError) and "refused" not in str(exc)


def _is_verdict(exc: Exception) -> bool:
    """Tell an error that says something of the structure; an empty answer is one too."""
    if isinstance(exc, openai.APIStatusError):
        return exc.status_code in _REFUSED
    return isinstance(exc, faults.EmptyAnswerError | faults.RefusedAnswerError)
