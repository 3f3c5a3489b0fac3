"""What can go wrong between us and a model: what to try again, and what to say.

Errors are told apart by status and code; by their words only where a server has no code
for it (vLLM, when a prompt is too long). What a server gives as its reason is shown, cut,
without the key. Nothing that the SDKs raise is handed on: their errors hold requests with
the key in them, and whole answers.
"""

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2
import openai
from instructor.core import IncompleteOutputException, InstructorRetryException
from pydantic import ValidationError
from tenacity import RetryError

from summarizer.client.asking.deadline import Deadline, RedirectedError
from summarizer.errors import (
    AccessError,
    EndpointError,
    ModelError,
    ModelOutputError,
    TooLongError,
)
from summarizer.ports import Usage

LONGEST_REASON: Final = 200
"""Characters of a server's own reason that are shown; most have fewer than 150."""
_QUOTA_CODES: Final = {"insufficient_quota", "billing_hard_limit_reached"}
_FILTER_CODES: Final = {"content_filter", "content_policy_violation"}
"""Codes by which Azure, and LiteLLM for it, hold back a question."""
_OF_THE_KEY: Final = re.compile(r"(?i)\bAPI key not valid\b|\binvalid api key\b")
"""Words by which Gemini refuses a key, with status 400."""
_NO_ROUTE: Final = re.compile(r"(?i)\bno endpoints found that\b")
"""Words by which OpenRouter says that a model is there, but not for such a request."""
_TOO_LONG: Final = ("context_length_exceeded", "exceed_context_size_error")
"""Code and type of the error by which OpenAI, and llama.cpp, refuse a long prompt."""

_TOO_LONG_WORDS: Final = re.compile(
    r"(?i)maximum context length|context (?:length|window|size)|max_model_len|"
    r"(?:prompt|input) is too long|too many (?:input )?tokens|"
    r"reduce (?:the length|the size|your message)"
)
_WINDOW: Final = re.compile(r"(?i)(?:length|window|size)\D{0,20}?(\d{3,8})\b")
_TRANSIENT_STATUS: Final = {408, 409, 425, 429}


class RefusedAnswerError(Exception):
    """The model refused, in the field that the protocol has for it."""


class EmptyAnswerError(Exception):
    """The server answered 200 without an answer; the message says what it sent.

    Attributes:
        code: The status that it gives in the body, if it gives one.
    """

    def __init__(self, message: str, *, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class LostAnswerError(Exception):
    """No whole answer came; the message is a sentence.

    Attributes:
        is_transient: Whether the same request may succeed a little later.
    """

    def __init__(self, message: str, *, is_transient: bool = True) -> None:
        super().__init__(message)
        self.is_transient = is_transient


class ClientError(Exception):
    """What an SDK raised: its type and its words, cut, without the key."""


def is_transient(exc: BaseException) -> bool:
    """Tell whether the same request may succeed a little later."""
    if isinstance(exc, LostAnswerError):
        return exc.is_transient
    if isinstance(exc, EmptyAnswerError):
        return exc.code is not None and _is_passing(exc.code)
    if isinstance(exc, openai.APIStatusError):
        return exc.code not in _QUOTA_CODES and _is_passing(exc.status_code)
    return False


def _is_passing(status: int) -> bool:
    return status in _TRANSIENT_STATUS or 500 <= status < 600


def kind_of(exc: BaseException) -> str:
    """Name the kind of a failure in a word: its status, or its type."""
    if isinstance(exc, openai.APIStatusError):
        return str(exc.status_code)
    return type(exc).__name__


def retry_after_s(exc: BaseException | None, now_s: float) -> float | None:
    """Read how long the server asks us to wait.

    Args:
        exc: The error that carries its answer.
        now_s: The time, in seconds since 1970, against which a date is read.

    Returns:
        Seconds, 0 or more, or None when it does not say.
    """
    if not isinstance(exc, openai.APIStatusError):
        return None
    headers = exc.response.headers
    for name, unit_s in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "").strip()) * unit_s
        except ValueError:
            continue
        return max(0.0, seconds) if seconds < float("inf") else None
    try:
        date = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        within = _RETRY_DELAY.search(json.dumps(exc.body))
        return float(within[1]) if within else None
    return max(0.0, date.timestamp() - now_s)


_RETRY_DELAY: Final = re.compile(r'"retryDelay": "(\d{1,6}(?:\.\d{1,9})?)s"')
"""Where Google says it: in the body, in no header."""


def lost(exc: Exception, host: str, deadline: Deadline) -> LostAnswerError:
    """Say in one sentence why no whole answer came.

    Args:
        exc: What the SDK or its HTTP client raised.
        host: Host that was asked.
        deadline: The limit of the request, and how far the request got.
    """
    cause: BaseException = exc
    while isinstance(cause, openai.APIConnectionError) and cause.__cause__ is not None:
        cause = cause.__cause__
    if isinstance(
        cause, TimeoutError | httpx2.TimeoutException | openai.APITimeoutError
    ):
        return LostAnswerError(_late(host, deadline))
    if (words := _hopeless(cause, host)) is not None:
        return LostAnswerError(words, is_transient=False)
    if isinstance(cause, httpx2.ConnectError | httpx2.ProxyError):
        return LostAnswerError(f"cannot reach {host}: {_cut(str(cause))}")
    if deadline.phase == "read":
        return LostAnswerError(f"{host} broke off in the middle of its answer")
    return LostAnswerError(f"{host} closed the connection without an answer")


def _hopeless(cause: BaseException, host: str) -> str | None:
    """Say what asking again cannot mend; None for all else."""
    if isinstance(cause, RedirectedError):
        return f"{host} redirects to another address, {str(cause)!r}: if that is the right one, name it as the base URL"
    if isinstance(cause, httpx2.TooManyRedirects):
        return f"{host} redirects in a circle"
    if isinstance(cause, httpx2.UnsupportedProtocol | httpx2.InvalidURL):
        return f"{host} redirects to an address that is none of http or https"
    if isinstance(cause, httpx2.DecodingError):
        return f"{host} sent an answer that is packed wrongly: it cannot be unpacked"
    if isinstance(cause, httpx2.LocalProtocolError):
        return f"the request to {host} cannot be sent: {_cut(str(cause))}"
    if isinstance(cause, httpx2.RemoteProtocolError) and _SPEAKS_OTHERWISE.search(
        str(cause)
    ):
        # h11 shows bytes as Python writes them.
        words = re.sub(r"bytearray\(b(.*)\)", r"\1", str(cause))
        return f"{host} does not speak HTTP: {_cut(words)}"
    return None


_SPEAKS_OTHERWISE: Final = re.compile(
    r"(?i)illegal|invalid|malformed|unsupported|conflicting|multiple"
)


def _late(host: str, deadline: Deadline) -> str:
    """Tell the three ways of being late apart."""
    limit = f"{deadline.limit_s:g} s (SUMMARIZER_TIMEOUT_S sets this limit)"
    if deadline.phase == "connect":
        return f"no connection to {host} came about within {limit}"
    if deadline.phase == "wait":
        return f"{host} did not answer in time: no answer began within {limit}"
    return f"{host} did not answer in time: its answer began, and was not whole after {limit}"


def explain(
    exc: BaseException, host: str, model: str, spent: Usage, *, misfit: str = ""
) -> ModelError:
    """Turn what the SDKs raise into one of our errors, in one sentence.

    Args:
        exc: What openai, instructor or this package raised.
        host: Host that was asked.
        model: Name of the model that was asked.
        spent: What the question cost so far.
        misfit: Why the last answer could not be read, if there was one.
    """
    cause = _root(exc)
    cost = {
        "calls": spent.calls,
        "prompt_tokens": spent.prompt_tokens,
        "completion_tokens": spent.completion_tokens,
    }
    because = f": {misfit}" if misfit else ""
    if isinstance(cause, ModelError) and not isinstance(cause, TooLongError):
        return cause
    if isinstance(cause, TooLongError):
        if not misfit:
            return TooLongError(str(cause), **cost)
        msg = f"{model!r} gave no answer that fits{because}; its window is too small to ask again"
        return ModelOutputError(msg, **cost)
    if isinstance(cause, openai.APIStatusError):
        return _status(cause, host, model, cost)
    if isinstance(cause, LostAnswerError):
        return EndpointError(f"{cause}{_tries(spent.calls)}", **cost)
    if isinstance(cause, EmptyAnswerError):
        msg = f"{host} answered without an answer: {cause}{_tries(spent.calls)}"
        return EndpointError(msg, status=cause.code, **cost)
    if isinstance(cause, RefusedAnswerError):
        return ModelOutputError(f"{model!r} refused to answer", **cost)
    if isinstance(cause, IncompleteOutputException):
        msg = f"the answer of {model!r} was cut at its limit{because}"
        return ModelOutputError(msg, **cost)
    if misfit or isinstance(cause, ValidationError):
        msg = f"{model!r} gave no answer that fits{_tries(spent.calls)}{because}"
        return ModelOutputError(msg, **cost)
    return EndpointError(
        f"asking {host} failed: {_cut(str(cause)) or 'no reason given'}", **cost
    )


def without_key(exc: ModelError, key: str | None) -> ModelError:
    """Cut the key out of the words of an error, should a server have echoed it."""
    exc.args = tuple(_keyless(str(words), key) for words in exc.args)
    return exc


def chained(exc: BaseException, key: str | None) -> ClientError:
    """Make what an SDK raised fit to be shown as a cause."""
    cause = _root(exc)
    return ClientError(f"{type(cause).__name__}: {_cut(_keyless(str(cause), key))}")


def reason_in(body: object) -> str:
    """Find the reason that a server gives in the body of an error.

    Returns:
        Its words, cut; empty when it gives none.
    """
    if isinstance(body, str):
        return _cut(body)
    if isinstance(body, list):
        return next(filter(None, map(reason_in, body)), "")
    if isinstance(body, dict):
        place, words = body.get("loc"), body.get("msg")
        if isinstance(place, list) and isinstance(words, str):
            return _cut(f"{words}: {'.'.join(map(str, place))}")
        for name in ("error", "message", "detail", "msg", "reason"):
            if found := reason_in(body.get(name)):
                return found
    return ""


def _keyless(words: str, key: str | None) -> str:
    """Cut the key out, and the beginning of it where a sentence was cut in its middle."""
    if not key or len(key) < _SHORTEST_KEY:
        return words
    for end in range(len(key), _SHORTEST_KEY - 1, -1):
        words = words.replace(key[:end], "[key]")
    return words


_SHORTEST_KEY = 8
"""Characters below which a key is a placeholder ("none", "x") and part of other words."""


def _cut(words: str) -> str:
    """Put words on one line that is not too long, of characters that can be shown."""
    line = " ".join(
        "".join(c if c.isprintable() else " " for c in words[:2_000]).split()
    )
    return line if len(line) <= LONGEST_REASON else f"{line[: LONGEST_REASON - 1]}…"


def _tries(calls: int) -> str:
    return f" ({calls} tries)" if calls > 1 else ""


def _root(exc: BaseException) -> BaseException:
    """Look inside instructor's exception, which wraps network errors too."""
    if not isinstance(exc, InstructorRetryException):
        return exc
    inner: BaseException | None = exc.__cause__
    while inner is not None:
        if not isinstance(inner, InstructorRetryException | RetryError):
            return inner
        inner = inner.__cause__
    attempts = exc.failed_attempts or []
    return attempts[-1].exception if attempts else exc


def _reason(exc: openai.APIStatusError) -> str:
    """Read the server's own reason; a page of HTML has none that helps."""
    try:
        text = exc.response.text
    except (httpx2.HTTPError, httpx2.StreamError, LookupError):
        return ""
    try:
        return reason_in(json.loads(text))
    except (ValueError, RecursionError):
        return "" if text.lstrip().startswith("<") else _cut(text)


def _status(
    exc: openai.APIStatusError, host: str, model: str, cost: Mapping[str, int]
) -> ModelError:
    status, reason = exc.status_code, _reason(exc)
    says = f"; it says {reason!r}" if reason else ""
    if exc.code in _TOO_LONG or exc.type in _TOO_LONG or _is_too_long(status, reason):
        window = _WINDOW.search(reason)
        size = f"={window[1]}" if window else " to its size"
        msg = (
            f"the question does not fit the window that {model!r} has at {host}: set "
            f"SUMMARIZER_CONTEXT_TOKENS{size}{says}"
        )
        return TooLongError(msg, **cost)
    if exc.code in _QUOTA_CODES:
        msg = f"{host} says that the account behind the key has no quota left{says}"
        return AccessError(msg, status=status, **cost)
    if status == 402:
        msg = f"{host} asks for payment (402){says}"
        return AccessError(msg, status=status, **cost)
    if exc.code in _FILTER_CODES:
        msg = f"{model!r} refused to answer: a filter of {host} holds the question back{says}"
        return ModelOutputError(msg, **cost)
    if status in {401, 403} or _OF_THE_KEY.search(reason):
        msg = f"{host} refused the key ({status}): check OPENAI_API_KEY{says}"
        return AccessError(msg, status=status, **cost)
    if status == 404 and _NO_ROUTE.search(reason):
        msg = f"{host} has nobody who answers such a request to {model!r} (404){says}"
        return EndpointError(msg, status=status, **cost)
    if status == 404:
        msg = f"{host} knows no model {model!r}, or has no such API at this address (404){says}"
        return AccessError(msg, status=status, **cost)
    if status == 429:
        msg = f"{host} is still limiting our rate (429){_tries(cost['calls'])}{says}"
        return EndpointError(msg, status=status, **cost)
    kind = f", {exc.code}" if isinstance(exc.code, str) and len(exc.code) < 60 else ""
    msg = f"{host} answered {status}{kind}{_tries(cost['calls'])}{says}"
    return EndpointError(msg, status=status, **cost)


def _is_too_long(status: int, reason: str) -> bool:
    return status in {400, 413, 422} and says_too_long(reason)


def says_too_long(reason: str) -> bool:
    """Tell whether a server's reason is that a prompt is too long."""
    return bool(_TOO_LONG_WORDS.search(reason))
