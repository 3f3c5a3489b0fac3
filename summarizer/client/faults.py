"""What can go wrong between us and a model: what to try again, and what to say.

Errors are told apart by status and code, never by their text, which changes from
release to release and may quote the prompt or the key.
"""

from email.utils import parsedate_to_datetime
from typing import Final

import openai
from instructor.core import IncompleteOutputException, InstructorRetryException
from pydantic import ValidationError
from tenacity import RetryError

from summarizer.errors import (
    AccessError,
    EndpointError,
    ModelError,
    ModelOutputError,
    TooLongError,
)
from summarizer.ports import Usage

_QUOTA_CODES: Final = {"insufficient_quota", "billing_hard_limit_reached"}
_TOO_LONG: Final = ("context_length_exceeded", "exceed_context_size_error")
"""Code and type of the error by which OpenAI, and llama.cpp, refuse a long prompt."""

_TRANSIENT_STATUS: Final = {408, 409, 425, 429}


class RefusedAnswerError(Exception):
    """The model refused, in the field that the protocol has for it."""


class EmptyAnswerError(Exception):
    """The server answered 200 without an answer: no choices, or no JSON at all."""


def is_transient(exc: BaseException) -> bool:
    """Tell whether the same request may succeed a little later."""
    if isinstance(exc, openai.APIConnectionError):  # timeouts are a kind of these
        return True
    if isinstance(exc, openai.APIStatusError):
        if exc.code in _QUOTA_CODES:
            return False
        return exc.status_code in _TRANSIENT_STATUS or exc.status_code >= 500
    return False


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
        text = headers.get(name, "").strip()
        try:
            return max(0.0, float(text) * unit_s)
        except ValueError:
            continue
    try:
        date = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    return max(0.0, date.timestamp() - now_s)


def explain(exc: BaseException, host: str, model: str, spent: Usage) -> ModelError:
    """Turn what the SDKs raise into one of our errors, in one sentence.

    Args:
        exc: What openai, instructor or this module raised.
        host: Host that was asked.
        model: Name of the model that was asked.
        spent: What the question cost so far.
    """
    cause = _root(exc)
    cost = {
        "calls": spent.calls,
        "prompt_tokens": spent.prompt_tokens,
        "completion_tokens": spent.completion_tokens,
    }
    if isinstance(cause, TooLongError):
        return TooLongError(str(cause), **cost)
    if isinstance(cause, openai.APIStatusError):
        return _status(cause, host, model, cost)
    if isinstance(cause, openai.APITimeoutError):
        msg = f"{host} did not answer in time ({spent.calls} tries)"
        return EndpointError(msg, **cost)
    if isinstance(cause, openai.APIConnectionError):
        msg = f"cannot reach {host} ({spent.calls} tries)"
        return EndpointError(msg, **cost)
    if isinstance(cause, EmptyAnswerError):
        return EndpointError(f"{host} answered without an answer: {cause}", **cost)
    if isinstance(cause, RefusedAnswerError):
        return ModelOutputError(f"{model!r} refused to answer", **cost)
    if isinstance(cause, IncompleteOutputException):
        return ModelOutputError(f"the answer of {model!r} was cut at its limit", **cost)
    if isinstance(cause, ValidationError):
        msg = f"{model!r} gave no answer that fits, in {spent.calls} tries"
        return ModelOutputError(msg, **cost)
    return EndpointError(f"{host} failed: {type(cause).__name__}", **cost)


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


def _status(
    exc: openai.APIStatusError, host: str, model: str, cost: dict[str, int]
) -> ModelError:
    status = exc.status_code
    if exc.code in _TOO_LONG or exc.type in _TOO_LONG:
        msg = f"the question does not fit the window that {model!r} has at {host}"
        return TooLongError(msg, **cost)
    if exc.code in _QUOTA_CODES:
        msg = f"{host} says that the account behind the key has no quota left"
        return AccessError(msg, status=status, **cost)
    if status in {401, 403}:
        msg = f"{host} refused the key ({status}): check OPENAI_API_KEY"
        return AccessError(msg, status=status, **cost)
    if status == 404:
        msg = (
            f"{host} knows no model {model!r}, or has no such API at this address (404)"
        )
        return AccessError(msg, status=status, **cost)
    if status == 429:
        msg = f"{host} is still limiting our rate after {cost['calls']} tries (429)"
        return EndpointError(msg, status=status, **cost)
    kind = f", {exc.code}" if isinstance(exc.code, str) and len(exc.code) < 60 else ""
    msg = f"{host} answered {status}{kind} ({cost['calls']} tries)"
    return EndpointError(msg, status=status, **cost)
