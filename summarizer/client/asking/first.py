"""The first request of a question, written once for each type of answer.

instructor builds a class and a schema anew for each request, which takes longer than all
else that is done for it. Most answers fit at once: instructor comes in when one does not,
and asks again in its own way, from the answer that is there.
"""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Final

import instructor
from openai.types.chat import ChatCompletion

from schemas.evidence import Frozen
from summarizer.ports import AnswerT, Ask

_MOST_TYPES: Final = 64
"""Types of answers whose schema is remembered; a run has fewer than twenty."""


def request(ask: Ask[AnswerT]) -> dict[str, object]:
    """Write the fields of the first request, as instructor would."""
    return {
        "messages": turns(ask),
        "max_tokens": ask.max_tokens,
        "response_format": _form(ask.answer),
    }


def turns(ask: Ask[AnswerT]) -> list[dict[str, str]]:
    """Write the messages of a question as they are sent."""
    return [{"role": m.role, "content": m.content} for m in ask.messages]


@lru_cache(_MOST_TYPES)
def _form(answer: type[Frozen]) -> dict[str, object]:
    """Let instructor say how it asks for a type."""
    seen: list[dict[str, object]] = []

    def asked(**kwargs: object) -> ChatCompletion:
        seen.append(kwargs)
        raise _HeardError

    create = instructor.patch(create=asked, mode=instructor.Mode.JSON_SCHEMA)
    try:
        create(response_model=answer, messages=[], max_retries=0)
    except Exception:  # noqa: BLE001  ours, in whatever instructor puts around it
        form = seen[0]["response_format"]
        assert isinstance(form, dict)  # noqa: S101  as instructor writes it
        return form
    raise AssertionError  # nothing was sent


class _HeardError(Exception):
    """Stands for the answer to a request that is only looked at."""


def after(
    answered: ChatCompletion, once: Callable[..., ChatCompletion]
) -> Callable[..., ChatCompletion]:
    """Give instructor the answer that is there for its first request; send the others."""
    left = [answered]

    def create(**kwargs: object) -> ChatCompletion:
        return left.pop() if left else once(**kwargs)

    return create


def async_after(
    answered: ChatCompletion, once: Callable[..., Awaitable[ChatCompletion]]
) -> Callable[..., Awaitable[ChatCompletion]]:
    """Do the same for an event loop."""
    left = [answered]

    async def create(**kwargs: object) -> ChatCompletion:
        return left.pop() if left else await once(**kwargs)

    return create
