"""The client of `completer`, for several questions at a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import cast

import instructor
import openai
from openai.types.chat import ChatCompletion
from tenacity import AsyncRetrying, retry_if_exception

from summarizer.client.asking import deadline, envelope, faults, first
from summarizer.client.asking.endpoint import (
    LOST,
    TOO_MUCH,
    Endpoint,
)
from summarizer.client.asking.errand import Errand, charged, cost
from summarizer.client.asking.manners import Manner
from summarizer.client.limits import Lease
from summarizer.client.purse import Purse
from summarizer.client.replies import Replies
from summarizer.errors import ModelError, SettingsError
from summarizer.ports import AnswerT, Ask, Observer, Reply, Usage
from summarizer.settings import Settings


class AsyncOpenAICompleter(Endpoint):
    """Asks an OpenAI-compatible endpoint, several questions at a time."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.time,
        replies: Replies | None = None,
        purse: Purse | None = None,
        observer: Observer | None = None,
    ) -> None:
        """Open a client; nothing is sent yet. Arguments as for the sync one."""
        super().__init__(
            settings, now=now, replies=replies, purse=purse, observer=observer
        )
        self._sleep = sleep
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
                    raise charged(exc, spent) from exc.__cause__
                spent += cost(exc)
            else:
                return replace(reply, usage=spent + reply.usage)

    async def _completed(self, ask: Ask[AnswerT], manner: Manner) -> Reply[AnswerT]:
        errand = Errand(ask, self.model)

        async def once(**kwargs: object) -> ChatCompletion:
            # Counting may take a request, and the caller's event loop must go on.
            body = await asyncio.to_thread(self._body, kwargs, manner)
            completion = await self._answered(body, errand)
            if envelope.is_cut(completion):
                roomier = await asyncio.to_thread(self._roomier, body, completion)
                if roomier is not None:
                    with suppress(*TOO_MUCH):  # then what was cut is all there is
                        completion = await self._answered(roomier, errand)
            return self._judged(errand.received(completion), body, errand)

        patient = self._retrying.wraps(once)
        try:
            answered = await patient(**first.request(ask))
            if not errand.is_misfit:
                return errand.fitting()
            answer = await self._asked_again(answered, ask, patient)
        except SettingsError:  # what was paid cannot be kept
            raise
        except Exception as exc:  # noqa: BLE001  all of it becomes one of our errors
            failure = self._failure(exc, errand)
        else:
            return errand.reply(answer)
        raise failure  # out here: the SDK's error would be its context, key and all

    async def _asked_again(
        self,
        answered: ChatCompletion,
        ask: Ask[AnswerT],
        once: Callable[..., Awaitable[ChatCompletion]],
    ) -> object:
        """Let instructor look at an answer that does not fit, and ask again."""
        create = cast(
            "Callable[..., Awaitable[object]]",
            instructor.patch(
                create=first.async_after(answered, once),
                mode=instructor.Mode.JSON_SCHEMA,
            ),
        )
        return await create(
            response_model=ask.answer,
            messages=first.turns(ask),
            max_tokens=ask.max_tokens,
            max_retries=self._settings.max_reasks,
            strict=False,
        )

    async def _answered(
        self, body: Mapping[str, object], errand: Errand[AnswerT]
    ) -> ChatCompletion:
        """Take the reply that is kept for a request, or send it."""
        if (kept := self._kept(body)) is not None:
            errand.recalled()
            return kept
        lease = await self._let_through(body)
        while isinstance(hold := self._held(body), float):
            await self._sleep(hold)
        errand.sent()
        with self._settling(lease, hold) as settled:
            return settled(errand.counted(await self._sent(body)))

    async def _let_through(self, body: Mapping[str, object]) -> Lease:
        """Wait until the limits let a request through."""
        while not isinstance(lease := self._leased(body), Lease):
            await self._sleep(lease)
        return lease

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
                        envelope.check_size(raw)
            except openai.RateLimitError:
                self._limits.refused()
                raise
            except openai.BadRequestError as exc:
                if (written := envelope.failed_generation(exc)) is None:
                    raise
                return written
            except LOST as exc:
                raise faults.lost(exc, self.host, limit) from exc
        self._limits.told(response.headers)
        charset = response.http_response.charset_encoding
        # Keeping it waits for the disk, and the caller's event loop must go on.
        return await asyncio.to_thread(self._read, body, bytes(raw), charset)

    async def close(self) -> None:
        """Close the connections."""
        self._close_counting()
        await self._sdk.close()
