"""The first request of a question is the one that instructor would send."""

import json

import instructor
import pytest
from instructor.core import InstructorRetryException
from openai.types.chat import ChatCompletion

from schemas.draft import BlindAnswer, WholeAnswer
from schemas.evidence import Frozen
from summarizer.client.asking import first
from summarizer.ports import Ask, Message


class _SeenError(Exception):
    pass


@pytest.mark.parametrize("answer", [WholeAnswer, BlindAnswer])
def test_the_first_request_is_the_one_that_instructor_would_send(
    answer: type[Frozen],
) -> None:
    messages = (Message("system", "Read."), Message("user", "It rained in Varos."))
    ask = Ask(messages, answer, 100, None, "s1", ())
    seen: list[dict[str, object]] = []

    def send(**kwargs: object) -> ChatCompletion:
        seen.append(kwargs)
        raise _SeenError

    create = instructor.patch(create=send, mode=instructor.Mode.JSON_SCHEMA)
    with pytest.raises(InstructorRetryException):
        create(response_model=answer, messages=first.turns(ask), max_tokens=100)

    assert json.dumps(first.request(ask)) == json.dumps(seen[0])
