"""One typed client for every OpenAI-compatible endpoint; its async twin is beside it.

instructor asks for the schema and asks again when an answer does not fit; tenacity,
underneath it, repeats what the transport lost.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace

import instructor
import openai
from openai.types.chat import ChatCompletion
from tenacity import Retrying, retry_if_exception

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


class OpenAICompleter(Endpoint):
    """Asks an OpenAI-compatible endpoint, one question at a time."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
        replies: Replies | None = None,
        purse: Purse | None = None,
        observer: Observer | None = None,
    ) -> None:
        """Open a client; nothing is sent yet.

        Args:
            settings: Where and what to ask; `model` must be named.
            sleep: Waits so many seconds, between tries.
            now: Tells the time in seconds since 1970.
            replies: Keeps what was paid; None to ask for all of it.
            purse: Minds the money; None to mind none.
            observer: Is told of each request.
        """
        super().__init__(
            settings, now=now, replies=replies, purse=purse, observer=observer
        )
        self._sleep = sleep
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
                    raise charged(exc, spent) from exc.__cause__
                spent += cost(exc)
            else:
                return replace(reply, usage=spent + reply.usage)

    def _completed(self, ask: Ask[AnswerT], manner: Manner) -> Reply[AnswerT]:
        errand = Errand(ask, self.model)

        def once(**kwargs: object) -> ChatCompletion:
            body = self._body(kwargs, manner)
            completion = self._answered(body, errand)
            if (roomier := self._roomier(body, completion)) is not None:
                with suppress(*TOO_MUCH):  # then what was cut is all there is
                    completion = self._answered(roomier, errand)
            return self._judged(errand.received(completion), body, errand)

        patient = self._retrying.wraps(once)
        try:
            answered = patient(**first.request(ask))
            if not errand.is_misfit:
                return errand.fitting()
            answer = self._asked_again(answered, ask, patient)
        except SettingsError:  # what was paid cannot be kept
            raise
        except Exception as exc:  # noqa: BLE001  all of it becomes one of our errors
            failure = self._failure(exc, errand)
        else:
            return errand.reply(answer)
        raise failure  # out here: the SDK's error would be its context, key and all

    def _asked_again(
        self,
        answered: ChatCompletion,
        ask: Ask[AnswerT],
        once: Callable[..., ChatCompletion],
    ) -> object:
        """Let instructor look at an answer that does not fit, and ask again."""
        create = instructor.patch(
            create=first.after(answered, once), mode=instructor.Mode.JSON_SCHEMA
        )
        return create(
            response_model=ask.answer,
            messages=first.turns(ask),
            max_tokens=ask.max_tokens,
            max_retries=self._settings.max_reasks,
            strict=False,
        )

    def _answered(
        self, body: Mapping[str, object], errand: Errand[AnswerT]
    ) -> ChatCompletion:
        """Take the reply that is kept for a request, or send it."""
        if (kept := self._kept(body)) is not None:
            errand.recalled()
            return kept
        while not isinstance(lease := self._leased(body), Lease):
            self._sleep(lease)
        while isinstance(hold := self._held(body), float):
            self._sleep(hold)
        errand.sent()
        with self._settling(lease, hold) as settled:
            return settled(errand.counted(self._sent(body)))

    def _sent(self, body: Mapping[str, object]) -> ChatCompletion:
        """Send one request and read the answer to its end, all within the limit."""
        create = self._sdk.chat.completions.with_streaming_response.create
        with deadline.running(self._settings.timeout_s) as limit:
            try:
                with create(**body) as response:  # type: ignore[call-overload]  # typed by the SDK for literals only
                    raw = bytearray()
                    for chunk in response.iter_bytes():
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
        return self._read(body, bytes(raw), response.http_response.charset_encoding)

    def close(self) -> None:
        """Close the connections."""
        self._close_counting()
        self._sdk.close()
