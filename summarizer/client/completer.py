"""One typed client for every OpenAI-compatible endpoint, sync and async.

instructor asks for the schema and asks again when an answer does not fit; tenacity,
underneath it, repeats what the transport lost. The SDK's own retries are off.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast
from urllib.parse import urlsplit

import instructor
import openai
from openai.types.chat import ChatCompletion
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    Retrying,
    retry_if_exception,
    wait_random_exponential,
)

from summarizer.client import faults, profiles, tokens
from summarizer.client.profiles import Profile
from summarizer.client.schema import tidy
from summarizer.errors import SettingsError, TooLongError
from summarizer.ports import AnswerT, Ask, Reply, Usage
from summarizer.settings import Settings

# instructor logs what it also raises, article text and all.
logging.getLogger("instructor").addHandler(logging.NullHandler())

_SPARE_TOKENS = 16
"""A grammar lets the closing fence of a code block through: complete JSON may
otherwise end for want of tokens."""

_SHORTEST_ANSWER = 64
"""Tokens without which no answer can say anything."""

_WHOLE_PROMPT = 2_700
"""Tokens of instructions, schema and example of the whole strategy, rounded up."""

_COUNTING_S = 20.0
"""Seconds after which a server that does not count is not asked again."""

_BACKOFF = wait_random_exponential(multiplier=0.5, max=20)
"""Random waits of up to 0.5, 1, 2 … 20 seconds, after the n-th failure."""


@dataclass(slots=True)
class _Meter:
    """Counts what one question costs, refusals and re-asks included."""

    usage: Usage = field(default_factory=Usage)

    def sent(self) -> None:
        self.usage += Usage(calls=1)

    def received(self, completion: ChatCompletion) -> None:
        used = completion.usage
        if used is None:
            return
        details = used.prompt_tokens_details
        self.usage += Usage(
            prompt_tokens=used.prompt_tokens,
            cached_tokens=(details.cached_tokens or 0) if details else 0,
            completion_tokens=used.completion_tokens,
        )


class _Endpoint:
    """What the two completers share: who is asked, and how a request looks."""

    def __init__(
        self, settings: Settings, *, now: Callable[[], float] = time.time
    ) -> None:
        if settings.model is None:
            msg = "no model named: pass --model NAME or set SUMMARIZER_MODEL"
            raise SettingsError(msg)
        self._settings = settings
        self._now = now
        self._model = settings.model
        self.profile: Profile = profiles.choose(settings)
        self._counter = tokens.Counter(
            self.profile.tokenizer, settings.url, settings.model, self._post
        )
        self._counting: openai.OpenAI | None = None

    @property
    def model(self) -> str:
        """Name of the model, as its server knows it."""
        return self._model

    @property
    def host(self) -> str:
        """Host of the server, without path or key."""
        return urlsplit(self._settings.url).hostname or ""

    @property
    def strategy(self) -> Literal["focused", "whole"]:
        """How this model is asked best."""
        return self.profile.strategy

    @property
    def passage_tokens(self) -> int:
        """Tokens of article that fit beside the prompt and the answer."""
        left = self.profile.context_tokens - _WHOLE_PROMPT - self.output_tokens
        return max(256, left - _SPARE_TOKENS)

    @property
    def output_tokens(self) -> int:
        """Tokens that one whole answer may take; in a small window half of the rest."""
        half = (self.profile.context_tokens - _WHOLE_PROMPT) // 2
        return min(self.profile.output_tokens, max(256, half))

    def count_tokens(self, text: str) -> int:
        """Count the tokens of *text* as the server does, or estimate them."""
        return self._counter.count(text)

    @property
    def is_embedded(self) -> bool:
        """True when the model runs on this machine, inside our own server."""
        return self.profile.name == "embedded"

    @property
    def parallel(self) -> int:
        """Questions to have under way at once."""
        return self.profile.parallel

    def _post(self, url: str, body: dict[str, object]) -> object:
        """Ask the server to count; by a client of its own, opened when it is needed."""
        if self._counting is None:
            options = {**self._sdk_options(), "timeout": _COUNTING_S}
            self._counting = openai.OpenAI(**options)  # type: ignore[arg-type]  # as for the SDK clients
        return self._counting.post(url, cast_to=object, body=body)

    def _close_counting(self) -> None:
        if self._counting is not None:
            self._counting.close()

    def _answer_limit(self, messages: Sequence[Mapping[str, object]], most: int) -> int:
        """Say how many tokens the answer may take, so that the window holds it all.

        Args:
            messages: The prompt as it is sent, re-asks included.
            most: Tokens that the answer may take at most.

        Raises:
            TooLongError: The prompt itself does not fit.
        """
        window = self.profile.context_tokens - _SPARE_TOKENS
        room = window - _prompt_tokens(messages, tokens.estimate)
        if room < most:  # only then: the server's own count takes a request
            room = window - _prompt_tokens(messages, self.count_tokens)
        if room < min(_SHORTEST_ANSWER, most):
            msg = (
                f"a question of {window - room:,} tokens does not fit the window of "
                f"{self.profile.context_tokens:,}"
            )
            raise TooLongError(msg)
        return min(most, room)

    def _sdk_options(self) -> Mapping[str, object]:
        return {
            "base_url": self._settings.url,
            "api_key": self._settings.api_key or "none",
            "timeout": self._settings.timeout_s,
            "max_retries": 0,
        }

    def _body(self, kwargs: Mapping[str, object]) -> dict[str, object]:
        """Fit the request that instructor prepared to this endpoint."""
        body = {**kwargs, "model": self._model}
        messages = cast("list[dict[str, object]]", body["messages"])
        limit = self._answer_limit(messages, cast("int", body.pop("max_tokens")))
        body[self.profile.limit_field] = limit + _SPARE_TOKENS
        if self.profile.sends_temperature:
            body["temperature"] = 0
        form = cast("dict[str, dict[str, object]]", body["response_format"])
        named = form["json_schema"]
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": named["name"],
                "strict": self.profile.strict,
                "schema": tidy(named["schema"]),
            },
        }
        return body

    def _checked(self, completion: object, meter: _Meter) -> ChatCompletion:
        """Refuse answers that would be misread further on."""
        if not isinstance(completion, ChatCompletion):
            msg = "what came back is no chat completion"
            raise faults.EmptyAnswerError(msg)
        meter.received(completion)
        if not completion.choices:
            msg = "it holds no choices"
            raise faults.EmptyAnswerError(msg)
        choice = completion.choices[0]
        if choice.message.refusal:
            raise faults.RefusedAnswerError
        if choice.finish_reason == "length" and _is_json(choice.message.content):
            choice.finish_reason = "stop"
        return completion

    def _wait_s(self, state: RetryCallState) -> float:
        """Wait as long as the server asks, otherwise a random, growing time."""
        exc = state.outcome.exception() if state.outcome else None
        asked = faults.retry_after_s(exc, self._now())
        return asked if asked is not None else _BACKOFF(state)

    def _gives_up(self, state: RetryCallState) -> bool:
        """Stop at the last try, or when the next wait would overdraw the budget."""
        waited = state.idle_for + state.upcoming_sleep
        return (
            state.attempt_number >= self._settings.max_tries
            or waited > self._settings.max_wait_s
        )


class OpenAICompleter(_Endpoint):
    """Asks an OpenAI-compatible endpoint, one question at a time."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open a client; nothing is sent yet.

        Args:
            settings: Where and what to ask; `model` must be named.
            sleep: Waits so many seconds, between tries.
            now: Tells the time in seconds since 1970.
        """
        super().__init__(settings, now=now)
        self._sdk = openai.OpenAI(**self._sdk_options())  # type: ignore[arg-type]  # one mapping for both SDK clients
        self._retrying = Retrying(
            retry=retry_if_exception(faults.is_transient),
            wait=self._wait_s,
            stop=self._gives_up,
            sleep=sleep,
            reraise=True,
        )

    def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        """Answer *ask*.

        Raises:
            ModelError: There is no answer, after all tries.
        """
        meter = _Meter()

        def once(**kwargs: object) -> ChatCompletion:
            body = self._body(kwargs)
            meter.sent()
            completion = self._sdk.chat.completions.create(**body)  # type: ignore[call-overload]  # typed by the SDK for literals only
            return self._checked(completion, meter)

        create = instructor.patch(
            create=self._retrying.wraps(once), mode=instructor.Mode.JSON_SCHEMA
        )
        try:
            answer = create(
                response_model=ask.answer,
                messages=_messages(ask),
                max_tokens=ask.max_tokens,
                max_retries=self._settings.max_reasks,
                strict=False,
            )
        except Exception as exc:
            raise faults.explain(exc, self.host, self.model, meter.usage) from exc
        return Reply(_plain(answer, ask.answer), meter.usage)

    def close(self) -> None:
        """Close the connections."""
        self._close_counting()
        self._sdk.close()


class AsyncOpenAICompleter(_Endpoint):
    """Asks an OpenAI-compatible endpoint, several questions at a time."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Open a client; nothing is sent yet. Arguments as for the sync one."""
        super().__init__(settings, now=now)
        self._sdk = openai.AsyncOpenAI(**self._sdk_options())  # type: ignore[arg-type]  # one mapping for both SDK clients
        self._retrying = AsyncRetrying(
            retry=retry_if_exception(faults.is_transient),
            wait=self._wait_s,
            stop=self._gives_up,
            sleep=sleep,
            reraise=True,
        )

    async def complete(self, ask: Ask[AnswerT]) -> Reply[AnswerT]:
        """Answer *ask*.

        Raises:
            ModelError: There is no answer, after all tries.
        """
        meter = _Meter()

        async def once(**kwargs: object) -> ChatCompletion:
            # Counting may take a request, and the caller's event loop must go on.
            body = await asyncio.to_thread(self._body, kwargs)
            meter.sent()
            completion = await self._sdk.chat.completions.create(**body)  # type: ignore[call-overload]  # typed by the SDK for literals only
            return self._checked(completion, meter)

        create = cast(
            "Callable[..., Awaitable[object]]",
            instructor.patch(
                create=self._retrying.wraps(once), mode=instructor.Mode.JSON_SCHEMA
            ),
        )
        try:
            answer = await create(
                response_model=ask.answer,
                messages=_messages(ask),
                max_tokens=ask.max_tokens,
                max_retries=self._settings.max_reasks,
                strict=False,
            )
        except Exception as exc:
            raise faults.explain(exc, self.host, self.model, meter.usage) from exc
        return Reply(_plain(answer, ask.answer), meter.usage)

    async def close(self) -> None:
        """Close the connections."""
        self._close_counting()
        await self._sdk.close()


def _prompt_tokens(
    messages: Sequence[Mapping[str, object]], count: Callable[[str], int]
) -> int:
    """Count the tokens of a prompt, with what the chat template adds."""
    return sum(count(str(m["content"])) + tokens.PER_MESSAGE for m in messages)


def _messages(ask: Ask[AnswerT]) -> list[dict[str, str]]:
    return [{"role": m.role, "content": m.content} for m in ask.messages]


def _plain(answer: object, wanted: type[AnswerT]) -> AnswerT:
    """Rid the answer of what instructor hangs on it."""
    return wanted.model_validate_json(cast("AnswerT", answer).model_dump_json())


def _is_json(content: str | None) -> bool:
    try:
        json.loads(content or "")
    except ValueError:
        return False
    return True
