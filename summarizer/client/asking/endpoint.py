"""What both completers share: who is asked, how a request looks, and what an answer is.

The SDK's own retries are off: tenacity repeats what the transport lost.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, TypedDict, cast
from urllib.parse import urlsplit

import httpx2
import openai
from openai.types.chat import ChatCompletion
from tenacity import RetryCallState, wait_random_exponential

from summarizer.client import profiles, tokens
from summarizer.client.asking import deadline, envelope, faults
from summarizer.client.asking.errand import Errand
from summarizer.client.asking.manners import Manner, Manners
from summarizer.client.asking.structure import How, fitted
from summarizer.client.limits import Lease, Limits
from summarizer.client.profiles import Profile
from summarizer.client.purse import Hold, Purse
from summarizer.client.replies import Replies, key_of
from summarizer.errors import ModelError, SettingsError, TooLongError
from summarizer.ports import AnswerT, Call, Observer, Unobserved, Usage
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

TOO_MUCH = (openai.BadRequestError, openai.UnprocessableEntityError)
"""By which an endpoint may refuse more room than its model has."""

_BACKOFF = wait_random_exponential(multiplier=0.5, max=20)
"""Random waits of up to 0.5, 1, 2 … 20 seconds, after the n-th failure."""

LOST = (openai.APIConnectionError, httpx2.HTTPError, httpx2.InvalidURL, TimeoutError)
"""What is raised when no whole response comes, before and after its headers."""


class _Options(TypedDict):
    """What both SDK clients are given."""

    base_url: str
    api_key: str
    timeout: float
    max_retries: int


class Endpoint:
    """An endpoint, as both completers know it."""

    def __init__(
        self,
        settings: Settings,
        *,
        now: Callable[[], float] = time.time,
        replies: Replies | None = None,
        purse: Purse | None = None,
        observer: Observer | None = None,
    ) -> None:
        if settings.model is None:
            msg = "no model named: pass --model NAME or set SUMMARIZER_MODEL"
            raise SettingsError(msg)
        self._settings, self._replies, self._purse = settings, replies, purse
        self._now, self._observer = now, observer or Unobserved()
        self._model = settings.model
        self.profile: Profile = profiles.choose(settings)
        self._counter = tokens.Counter(
            self.profile.tokenizer, settings.url, settings.model, self._post
        )
        self._counting: openai.OpenAI | None = None
        self._limits = Limits(
            requests_per_minute=settings.requests_per_minute,
            tokens_per_minute=settings.tokens_per_minute,
        )
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
        found = self._held(body)
        hold = None if isinstance(found, float) else found  # a tiny question may pass
        with deadline.running(self._settings.timeout_s), _refunding(hold):
            response = self._beside().post(
                "/chat/completions", cast_to=httpx2.Response, body=body
            )
        completion = envelope.read(response.content, response.charset_encoding)
        if hold is not None:
            hold.settle(envelope.usage_of(completion))
        return completion

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
        room = window - tokens.of_messages(messages, tokens.estimate)
        if room < most:  # only then: the server's own count takes a request
            room = window - tokens.of_messages(messages, self.count_tokens)
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
        if not envelope.is_cut(completion) or envelope.is_json(words):
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

    def _leased(self, body: Mapping[str, object]) -> Lease | float:
        """Let a request through, or say how many seconds to wait for the limits."""
        return self._limits.try_lease(self._estimated(body))

    @staticmethod
    def _estimated(body: Mapping[str, object]) -> int:
        """Estimate the tokens of a request and its answer.

        An answer is reckoned with a quarter of what it may take: few take more.
        """
        messages = cast("list[dict[str, object]]", body["messages"])
        asked = tokens.of_messages(messages, tokens.estimate)
        return asked + tokens.most_of(body).completion_tokens // 4

    def _held(self, body: Mapping[str, object]) -> Hold | float | None:
        """Hold what a request may cost at most, or say how many seconds to wait.

        Returns:
            None where no money is minded.

        Raises:
            BudgetError: That is more than is left.
        """
        return (
            None if self._purse is None else self._purse.try_hold(tokens.most_of(body))
        )

    @contextmanager
    def _settling(
        self, lease: Lease, hold: Hold | None
    ) -> Iterator[Callable[[ChatCompletion], ChatCompletion]]:
        """Settle a lease by what was used; a request without an answer keeps its lease.

        What it took is told to who observes.
        """
        started, used, error = self._now(), Usage(), ""

        def settled(completion: ChatCompletion) -> ChatCompletion:
            nonlocal used
            used = envelope.usage_of(completion)
            told = completion.usage
            self._limits.settle(lease, told.total_tokens if told else None)
            if hold is not None:
                hold.settle(used)
            return completion

        try:
            with _refunding(hold):
                yield settled
        except Exception as exc:
            error = faults.kind_of(exc)
            raise
        finally:
            call = Call(
                self.profile.name, self._model, self.host, started, self._now(), used, error
            )  # fmt: skip
            self._observer.called(call)

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


@contextmanager
def _refunding(hold: Hold | None) -> Iterator[None]:
    """Give money back when the endpoint refuses; what is lost on the way may be paid."""
    try:
        yield
    except openai.APIStatusError:
        if hold is not None:
            hold.release()
        raise
    finally:
        if hold is not None:
            hold.end()


def _spoken(messages: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out blank turns: an empty answer, shown again, is refused by many."""
    return [one for one in messages if str(one["content"]).strip()]
