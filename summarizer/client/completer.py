"""One typed client for every OpenAI-compatible endpoint, sync and async.

instructor asks for the schema and asks again when an answer does not fit; tenacity,
underneath it, repeats what the transport lost. The SDK's own retries are off.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Literal, TypedDict, cast
from urllib.parse import urlsplit

import httpx2
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

from summarizer.client import deadline, envelope, faults, profiles, tokens
from summarizer.client.errand import Errand
from summarizer.client.manners import Manner, Manners
from summarizer.client.profiles import Profile
from summarizer.client.replies import Replies, key_of
from summarizer.client.structure import How, fitted
from summarizer.errors import (
    ModelError,
    SettingsError,
    TooLongError,
)
from summarizer.ports import AnswerT, Ask, Reply, Usage
from summarizer.settings import Settings

# instructor logs what it also raises, article text and all.
logging.getLogger("instructor").addHandler(logging.NullHandler())

_SPARE_TOKENS = 16
"""A grammar lets the closing fence of a code block through: complete JSON may
otherwise end for want of tokens."""

_SHORTEST_ANSWER = 64
"""Tokens without which no answer can say anything."""

_WHOLE_PROMPT = 2_800
"""Tokens of instructions, schema and example of the whole strategy, rounded up."""

_COUNTING_S = 20.0
"""Seconds after which a server that does not count is not asked again."""

_TOO_MUCH = (openai.BadRequestError, openai.UnprocessableEntityError)
"""By which an endpoint may refuse more room than its model has."""

_BACKOFF = wait_random_exponential(multiplier=0.5, max=20)
"""Random waits of up to 0.5, 1, 2 … 20 seconds, after the n-th failure."""


_LOST = (openai.APIConnectionError, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError)
"""What is raised when no whole response comes, before and after its headers."""


class _Options(TypedDict):
    """What both SDK clients are given."""

    base_url: str
    api_key: str
    timeout: float
    max_retries: int


class _Endpoint:
    """What the two completers share: who is asked, and how a request looks."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], float] = time.time,
        replies: Replies | None = None,
    ) -> None:
        if settings.model is None:
            msg = "no model named: pass --model NAME or set SUMMARIZER_MODEL"
            raise SettingsError(msg)
        self._settings, self._replies = settings, replies
        self._now = now
        self._model = settings.model
        self.profile: Profile = profiles.choose(settings)
        self._counter = tokens.Counter(
            self.profile.tokenizer, settings.url, settings.model, self._post
        )
        self._counting: openai.OpenAI | None = None
        self._manners = Manners(
            self.profile, settings.url, settings.model, self._try_sent
        )

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
        """Ask the server to count."""
        with deadline.running(_COUNTING_S):
            return self._beside().post(url, cast_to=object, body=body)

    def _try_sent(self, fields: Mapping[str, object]) -> ChatCompletion:
        """Send the fields of a tiny question."""
        body = {"model": self._model, **fields, **self.profile.extra}
        with deadline.running(self._settings.timeout_s):
            response = self._beside().post(
                "/chat/completions", cast_to=httpx2.Response, body=body
            )
        return envelope.read(response.content, response.charset_encoding)

    def _beside(self) -> openai.OpenAI:
        """Open a client for what is asked beside the questions, when it is needed."""
        if self._counting is None:
            self._counting = openai.OpenAI(
                **self._sdk_options(), http_client=deadline.client()
            )
        return self._counting

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

    def _sdk_options(self) -> "_Options":
        return {
            "base_url": self._settings.url,
            "api_key": self._settings.api_key or "none",
            "timeout": self._settings.timeout_s,
            "max_retries": 0,
        }

    def _body(self, kwargs: Mapping[str, object], manner: Manner) -> dict[str, object]:
        """Fit the request that instructor prepared to this endpoint."""
        body = {**kwargs, "model": self._model}
        messages = _spoken(cast("list[dict[str, object]]", body["messages"]))
        limit = self._answer_limit(messages, cast("int", body.pop("max_tokens")))
        body[manner.limit_field] = limit + _SPARE_TOKENS
        if manner.sends_temperature:
            body["temperature"] = 0
        form = cast("dict[str, dict[str, object]]", body.pop("response_format"))
        asked = fitted(
            messages, form["json_schema"], manner.structure, strict=self.profile.strict
        )
        return {**body, **asked, **self._extra()}

    def _extra(self) -> dict[str, object]:
        """Name what the SDK has no argument for, and the limit on reasoning."""
        effort, field = self._settings.reasoning_effort, self.profile.effort_field
        more = dict(self.profile.extra)
        if effort is not None and field == "reasoning.effort":
            more["reasoning"] = {"effort": effort}
        sent: dict[str, object] = {"extra_body": more} if more else {}
        if effort is not None and field == "reasoning_effort":
            sent["reasoning_effort"] = effort
        return sent

    @property
    def structure(self) -> How:
        """How an answer in JSON is asked for: as was learned, or as the profile says."""
        return self._manners.now.structure

    def _roomier(
        self, body: Mapping[str, object], completion: ChatCompletion
    ) -> dict[str, object] | None:
        """Write a request anew whose answer was cut because the model thought so long.

        Returns:
            The request with four times the room, or all that the window has; None
            when the answer is whole, or was not cut by thinking, or there is no more
            room.
        """
        choice = completion.choices[0]
        words = (choice.message.content or "").strip()
        if choice.finish_reason != "length" or _is_json(words):
            return None
        if words and not envelope.usage_of(completion).reasoning_tokens:
            return None
        field = "max_tokens" if "max_tokens" in body else "max_completion_tokens"
        had = cast("int", body[field])
        messages = cast("list[dict[str, object]]", body["messages"])
        limit = self._answer_limit(messages, 4 * had) + _SPARE_TOKENS
        return {**body, field: limit} if limit > had else None

    def try_out(self) -> How | None:
        """Find the strictest structure that the endpoint can do, and remember it.

        Returns:
            The structure; None when the endpoint could not be asked.
        """
        return self._manners.try_out()

    def _kept(self, body: Mapping[str, object]) -> ChatCompletion | None:
        """Read the reply that is kept for a request, if there is one."""
        if self._replies is None:
            return None
        raw = self._replies.find(key_of(self._asked, body))
        return envelope.read(raw, None) if raw is not None else None

    def _read(
        self, body: Mapping[str, object], raw: bytes, charset: str | None
    ) -> ChatCompletion:
        """Keep a reply, then read it; what holds no answer is not used again."""
        if self._replies is None:
            return envelope.read(raw, charset)
        key = key_of(self._asked, body)
        self._replies.keep(key, self._asked, self._model, raw)
        try:
            return envelope.read(raw, charset)
        except faults.EmptyAnswerError:
            self._replies.disown(key)
            raise

    def _judged(
        self,
        completion: ChatCompletion,
        body: Mapping[str, object],
        errand: Errand[AnswerT],
    ) -> ChatCompletion:
        """Let no reply be used again in which no answer could be read."""
        if self._replies is not None and errand.is_misfit:
            self._replies.disown(key_of(self._asked, body))
        return completion

    @property
    def _asked(self) -> str:
        """Name who is asked: the embedded server has another port each time."""
        return f"embedded {self._model}" if self.is_embedded else self._settings.url

    def _failure(self, exc: Exception, errand: Errand[AnswerT]) -> ModelError:
        """Say what went wrong; its cause is fit to be shown, and holds no key."""
        key = self._settings.api_key
        failure = faults.explain(
            exc, self.host, self.model, errand.usage, misfit=errand.misfit
        )
        failure.__cause__ = faults.chained(exc, key)
        return faults.without_key(failure, key)

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
        replies: Replies | None = None,
    ) -> None:
        """Open a client; nothing is sent yet.

        Args:
            settings: Where and what to ask; `model` must be named.
            sleep: Waits so many seconds, between tries.
            now: Tells the time in seconds since 1970.
            replies: Keeps what was paid; None to ask for all of it.
        """
        super().__init__(settings, now=now, replies=replies)
        self._sdk = openai.OpenAI(**self._sdk_options(), http_client=deadline.client())
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
        spent = Usage()
        while True:
            manner = self._manners.now
            try:
                reply = self._completed(ask, manner)
            except ModelError as exc:
                lesson = self._manners.learn_from(exc, manner)
                spent += lesson.spent
                if not lesson.again:
                    raise _charged(exc, spent) from exc.__cause__
                spent += _cost(exc)
            else:
                return replace(reply, usage=spent + reply.usage)

    def _completed(self, ask: Ask[AnswerT], manner: Manner) -> Reply[AnswerT]:
        errand = Errand(ask, self.model)

        def once(**kwargs: object) -> ChatCompletion:
            body = self._body(kwargs, manner)
            completion = self._answered(body, errand)
            if (roomier := self._roomier(body, completion)) is not None:
                with suppress(*_TOO_MUCH):  # then what was cut is all there is
                    completion = self._answered(roomier, errand)
            return self._judged(errand.received(completion), body, errand)

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
        except Exception as exc:  # noqa: BLE001  all of it becomes one of our errors
            failure = self._failure(exc, errand)
        else:
            return errand.reply(answer)
        raise failure  # out here: the SDK's error would be its context, key and all

    def _answered(
        self, body: Mapping[str, object], errand: Errand[AnswerT]
    ) -> ChatCompletion:
        """Take the reply that is kept for a request, or send it."""
        if (kept := self._kept(body)) is not None:
            errand.recalled()
            return kept
        errand.sent()
        return errand.counted(self._sent(body))

    def _sent(self, body: Mapping[str, object]) -> ChatCompletion:
        """Send one request and read the answer to its end, all within the limit."""
        create = self._sdk.chat.completions.with_streaming_response.create
        with deadline.running(self._settings.timeout_s) as limit:
            try:
                with create(**body) as response:  # type: ignore[call-overload]  # typed by the SDK for literals only
                    raw = bytearray()
                    for chunk in response.iter_bytes():
                        raw += chunk
                        _check_size(raw)
            except openai.BadRequestError as exc:
                if (written := envelope.failed_generation(exc)) is None:
                    raise
                return written
            except _LOST as exc:
                raise faults.lost(exc, self.host, limit) from exc
        return self._read(body, bytes(raw), response.http_response.charset_encoding)

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
        replies: Replies | None = None,
    ) -> None:
        """Open a client; nothing is sent yet. Arguments as for the sync one."""
        super().__init__(settings, now=now, replies=replies)
        self._sdk = openai.AsyncOpenAI(
            **self._sdk_options(),
            http_client=deadline.async_client(),
        )
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
        spent = Usage()
        while True:
            manner = self._manners.now
            try:
                reply = await self._completed(ask, manner)
            except ModelError as exc:
                # Trying out takes requests, and the caller's event loop must go on.
                lesson = await asyncio.to_thread(self._manners.learn_from, exc, manner)
                spent += lesson.spent
                if not lesson.again:
                    raise _charged(exc, spent) from exc.__cause__
                spent += _cost(exc)
            else:
                return replace(reply, usage=spent + reply.usage)

    async def _completed(self, ask: Ask[AnswerT], manner: Manner) -> Reply[AnswerT]:
        errand = Errand(ask, self.model)

        async def once(**kwargs: object) -> ChatCompletion:
            # Counting may take a request, and the caller's event loop must go on.
            body = await asyncio.to_thread(self._body, kwargs, manner)
            completion = await self._answered(body, errand)
            roomier = await asyncio.to_thread(self._roomier, body, completion)
            if roomier is not None:
                with suppress(*_TOO_MUCH):  # then what was cut is all there is
                    completion = await self._answered(roomier, errand)
            return self._judged(errand.received(completion), body, errand)

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
        except Exception as exc:  # noqa: BLE001  all of it becomes one of our errors
            failure = self._failure(exc, errand)
        else:
            return errand.reply(answer)
        raise failure  # out here: the SDK's error would be its context, key and all

    async def _answered(
        self, body: Mapping[str, object], errand: Errand[AnswerT]
    ) -> ChatCompletion:
        """Take the reply that is kept for a request, or send it."""
        if (kept := self._kept(body)) is not None:
            errand.recalled()
            return kept
        errand.sent()
        return errand.counted(await self._sent(body))

    async def _sent(self, body: Mapping[str, object]) -> ChatCompletion:
        """Send one request and read the answer to its end, all within the limit."""
        create = self._sdk.chat.completions.with_streaming_response.create
        seconds = self._settings.timeout_s
        with deadline.running(seconds) as limit:
            try:
                async with asyncio.timeout(seconds), create(**body) as response:  # type: ignore[call-overload]  # typed by the SDK for literals only
                    raw = bytearray()
                    async for chunk in response.iter_bytes():
                        raw += chunk
                        _check_size(raw)
            except openai.BadRequestError as exc:
                if (written := envelope.failed_generation(exc)) is None:
                    raise
                return written
            except _LOST as exc:
                raise faults.lost(exc, self.host, limit) from exc
        return self._read(body, bytes(raw), response.http_response.charset_encoding)

    async def close(self) -> None:
        """Close the connections."""
        self._close_counting()
        await self._sdk.close()


def _cost(exc: ModelError) -> Usage:
    return Usage(exc.calls, exc.prompt_tokens, 0, exc.completion_tokens)


def _charged(exc: ModelError, spent: Usage) -> ModelError:
    """Add what the same question cost before its last failure."""
    exc.calls += spent.calls
    exc.prompt_tokens += spent.prompt_tokens
    exc.completion_tokens += spent.completion_tokens
    return exc


def _is_json(words: str) -> bool:
    try:
        json.loads(words)
    except (ValueError, RecursionError):
        return False
    return True


def _spoken(messages: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out blank turns: an empty answer, shown again, is refused by many."""
    return [one for one in messages if str(one["content"]).strip()]


def _prompt_tokens(
    messages: Sequence[Mapping[str, object]], count: Callable[[str], int]
) -> int:
    """Count the tokens of a prompt, with what the chat template adds."""
    return sum(count(str(m["content"])) + tokens.PER_MESSAGE for m in messages)


def _messages(ask: Ask[AnswerT]) -> list[dict[str, str]]:
    return [{"role": m.role, "content": m.content} for m in ask.messages]


def _check_size(raw: bytearray) -> None:
    if len(raw) > envelope.MOST_BYTES:
        msg = f"it sent more than {envelope.MOST_BYTES:,} bytes"
        raise faults.EmptyAnswerError(msg)
