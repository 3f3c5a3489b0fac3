"""What each provider refuses, in its own words: one true sentence, or another way to ask."""

import json
from dataclasses import dataclass

import pytest
from endpoint import Answer
from providers import (
    ANTHROPIC,
    ASK,
    AZURE,
    DEEPSEEK,
    GEMINI,
    GROQ,
    LITELLM,
    LITELLM_DROPPING,
    LLAMACPP,
    LMSTUDIO,
    MISTRAL,
    OLLAMA,
    OPENAI,
    OPENROUTER,
    PLAIN,
    PROSE,
    TOLL,
    VLLM,
    WORKING,
    Provider,
    double,
    form,
    no_route,
    refusal,
    said,
    unknown,
)

from schemas.draft import CasualtyAnswer
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.errors import (
    AccessError,
    EndpointError,
    ModelError,
    ModelOutputError,
    TooLongError,
)
from summarizer.ports import Reply
from summarizer.settings import Settings


def _client(provider: Provider, url: str, model: str = "m") -> OpenAICompleter:
    settings = Settings(
        base_url=url, model=model, api_key="sk-secret-1", profile=provider.name
    )
    return OpenAICompleter(settings, sleep=lambda _: None, now=lambda: 0.0)


def _asked(
    provider: Provider, *first: Answer, model: str = "m"
) -> tuple[Reply[CasualtyAnswer], list[dict[str, object]]]:
    with double(provider, *first) as endpoint:
        client = _client(provider, endpoint.url, model)
        try:
            return client.complete(ASK), endpoint.seen
        finally:
            client.close()


@dataclass(frozen=True)
class Fault:
    """An answer that is of no use, and what is said of it."""

    provider: Provider
    answer: Answer
    error: type[ModelError]
    line: str
    calls: int = 1


def _listed(status: int, message: str, name: str) -> Answer:
    """Build an error as Gemini does: in a list."""
    error = {"code": status, "message": message, "status": name}
    return Answer(status, json.dumps([{"error": error}]))


def _within(code: int, message: str) -> Answer:
    """Build an error that OpenRouter puts into a body with status 200."""
    error = {"code": code, "message": message}
    return Answer(body=WORKING + json.dumps({"error": error}))


def _beside(code: int, message: str) -> Answer:
    """Build an error that OpenRouter puts beside a part of an answer."""
    choice = {
        "index": 0,
        "finish_reason": "error",
        "error": {"code": code, "message": message},
        "message": {"role": "assistant", "content": TOLL[:20]},
    }
    return Answer(body=json.dumps({"choices": [choice], "usage": PLAIN}))


FILTERED = refusal(
    400,
    "The response was filtered",
    param="prompt",
    code="content_filter",
    innererror={"code": "ResponsibleAIPolicyViolation"},
)

FAULTS = {
    "openai refuses in its own field": Fault(
        OPENAI,
        said(None, PLAIN, refusal="I cannot help with that."),
        ModelOutputError,
        "'m' refused to answer",
    ),
    "openai has no quota": Fault(
        OPENAI,
        refusal(429, "You exceeded your current quota", code="insufficient_quota"),
        AccessError,
        "127.0.0.1 says that the account behind the key has no quota left; it says 'You exceeded your current quota'",
    ),
    "azure filters the question": Fault(
        AZURE,
        FILTERED,
        ModelOutputError,
        "'m' refused to answer: a filter of 127.0.0.1 holds the question back; it says 'The response was filtered'",
    ),
    "azure filters the answer": Fault(
        AZURE,
        said(None, PLAIN, finish="content_filter"),
        ModelOutputError,
        "'m' refused to answer",
    ),
    "anthropic is overloaded": Fault(
        ANTHROPIC,
        refusal(529, "Overloaded", type="overloaded_error"),
        EndpointError,
        "127.0.0.1 answered 529 (4 tries); it says 'Overloaded'",
        calls=4,
    ),
    "anthropic refuses the key": Fault(
        ANTHROPIC,
        refusal(401, "invalid x-api-key", type="authentication_error"),
        AccessError,
        "127.0.0.1 refused the key (401): check OPENAI_API_KEY; it says 'invalid x-api-key'",
    ),
    "gemini refuses the key with 400": Fault(
        GEMINI,
        _listed(
            400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT"
        ),
        AccessError,
        "127.0.0.1 refused the key (400): check OPENAI_API_KEY; it says 'API key not valid. Please pass a valid API key.'",
    ),
    "gemini knows no such model": Fault(
        GEMINI,
        _listed(404, "models/m is not found for API version v1main", "NOT_FOUND"),
        AccessError,
        "127.0.0.1 knows no model 'm', or has no such API at this address (404); it says 'models/m is not found for API version v1main'",
    ),
    "mistral does not know a field": Fault(
        MISTRAL,
        unknown("seed"),
        EndpointError,
        "127.0.0.1 answered 422; it says 'Extra inputs are not permitted: body.seed'",
    ),
    "groq is at its rate": Fault(
        GROQ,
        refusal(429, "Rate limit reached for model `m`", code="rate_limit_exceeded"),
        EndpointError,
        "127.0.0.1 is still limiting our rate (429) (4 tries); it says 'Rate limit reached for model `m`'",
        calls=4,
    ),
    "deepseek asks for payment": Fault(
        DEEPSEEK,
        refusal(402, "Insufficient Balance", code="invalid_request_error"),
        AccessError,
        "127.0.0.1 asks for payment (402); it says 'Insufficient Balance'",
    ),
    "deepseek sends blanks": Fault(
        DEEPSEEK,
        said("     ", PLAIN),
        ModelOutputError,
        "'m' gave no answer that fits (2 tries): it is empty",
        calls=2,
    ),
    "openrouter hands on a fault with status 200": Fault(
        OPENROUTER,
        _within(502, "Provider returned error"),
        EndpointError,
        "127.0.0.1 answered without an answer: an error with status 200: 'Provider returned error' (4 tries)",
        calls=4,
    ),
    "openrouter hands on a refusal with status 200": Fault(
        OPENROUTER,
        _within(403, "Your input was flagged"),
        EndpointError,
        "127.0.0.1 answered without an answer: an error with status 200: 'Your input was flagged'",
    ),
    "openrouter breaks off beside a part of the answer": Fault(
        OPENROUTER,
        _beside(502, "Upstream error"),
        EndpointError,
        "127.0.0.1 answered without an answer: an error with status 200: 'Upstream error' (4 tries)",
        calls=4,
    ),
    "lmstudio has loaded a small window": Fault(
        LMSTUDIO,
        Answer(
            400,
            json.dumps(
                {
                    "error": "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 2048 tokens, which is not enough."
                }
            ),
        ),
        TooLongError,
        "the question does not fit the window that 'm' has at 127.0.0.1: set SUMMARIZER_CONTEXT_TOKENS=2048; it says 'Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 2048 tokens, which is not enough.'",
    ),
    "ollama has not pulled the model": Fault(
        OLLAMA,
        refusal(404, 'model "m" not found, try pulling it first', type="api_error"),
        AccessError,
        "127.0.0.1 knows no model 'm', or has no such API at this address (404); it says 'model \"m\" not found, try pulling it first'",
    ),
    "vllm has a smaller window": Fault(
        VLLM,
        Answer(
            400,
            json.dumps(
                {
                    "object": "error",
                    "message": "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
                    "type": "BadRequestError",
                    "code": 400,
                }
            ),
        ),
        TooLongError,
        "the question does not fit the window that 'm' has at 127.0.0.1: set SUMMARIZER_CONTEXT_TOKENS=4096; it says \"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.\"",
    ),
    "llamacpp has a smaller window": Fault(
        LLAMACPP,
        refusal(
            400,
            "the request exceeds the available context size (2048 tokens)",
            type="exceed_context_size_error",
            n_ctx=2048,
        ),
        TooLongError,
        "the question does not fit the window that 'm' has at 127.0.0.1: set SUMMARIZER_CONTEXT_TOKENS=2048; it says 'the request exceeds the available context size (2048 tokens)'",
    ),
    "litellm hands on a filter": Fault(
        LITELLM,
        refusal(
            400, "litellm.ContentPolicyViolationError", code="content_policy_violation"
        ),
        ModelOutputError,
        "'m' refused to answer: a filter of 127.0.0.1 holds the question back; it says 'litellm.ContentPolicyViolationError'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_true_sentence_of_the_right_class(fault: Fault) -> None:
    with double(fault.provider, *([fault.answer] * 9)) as endpoint:
        client = _client(fault.provider, endpoint.url)
        with pytest.raises(ModelError) as caught:
            client.complete(ASK)
        client.close()

    assert (type(caught.value), str(caught.value)) == (fault.error, fault.line)
    assert (len(endpoint.seen), caught.value.calls) == (fault.calls, fault.calls)


@pytest.mark.parametrize(
    "fault", [_within(502, "Provider returned error"), _beside(429, "busy")]
)
def test_a_passing_fault_with_status_200_is_tried_again(fault: Answer) -> None:
    reply, seen = _asked(OPENROUTER, fault)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert len(seen) == 2


def test_gemini_is_waited_for_as_long_as_its_body_says() -> None:
    details = [{"@type": "type.googleapis.com/RetryInfo", "retryDelay": "37.5s"}]
    error = {"code": 429, "message": "quota", "details": details}
    waits: list[float] = []
    with double(GEMINI, Answer(429, json.dumps([{"error": error}]))) as endpoint:
        settings = Settings(base_url=endpoint.url, model="m", profile="gemini")
        client = OpenAICompleter(settings, sleep=waits.append, now=lambda: 0.0)
        client.complete(ASK)
        client.close()

    assert waits == [37.5]


def test_an_answer_of_mistral_that_the_window_cut_is_called_cut() -> None:
    cut = said(f"{TOLL[:-2]}, {{", PLAIN, finish="model_length")

    reply, _ = _asked(MISTRAL, cut)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert reply.cut == "the answer of 'm' was cut; what was whole of it is kept"


def test_an_answer_that_groq_hands_back_as_a_fault_is_read_as_far_as_it_fits() -> None:
    written = TOLL.replace("]}", ', {"kind": "x"}]}')
    fault = refusal(
        400,
        "Failed to generate JSON. Please adjust your prompt.",
        code="json_validate_failed",
        failed_generation=written,
    )

    reply, seen = _asked(GROQ, fault)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert [one.raw for one in reply.rejected] == ['{"kind": "x"}']
    assert len(seen) == 1


def test_an_answer_of_groq_that_is_no_json_is_asked_for_again() -> None:
    fault = refusal(400, "no", code="json_validate_failed", failed_generation="Well,")

    reply, seen = _asked(GROQ, fault)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert len(seen) == 2


def test_a_temperature_that_a_model_refuses_is_left_out_from_then_on() -> None:
    with double(ANTHROPIC) as endpoint:
        client = _client(ANTHROPIC, endpoint.url, "claude-opus-4-7")
        client.complete(ASK)
        reply = client.complete(ASK)
        client.close()

    assert [item.count for item in reply.answer.items] == ["12"]
    sent = ["temperature" in body for body in endpoint.seen]
    assert sent == [True, False, False]


def test_a_limit_that_a_model_knows_by_another_name_is_renamed() -> None:
    """A gateway may have a reasoning model of OpenAI behind it."""
    behind = Provider("generic", OPENAI.page, OPENAI.answer)

    reply, seen = _asked(behind)

    assert [item.count for item in reply.answer.items] == ["12"]
    fields = [
        sorted(set(body) - {"model", "messages", "response_format"}) for body in seen
    ]
    assert fields == [
        ["max_tokens", "temperature"],
        ["max_completion_tokens", "temperature"],
        ["max_completion_tokens"],
    ]


def test_a_model_of_groq_that_takes_no_schema_is_tried_and_asked_by_a_tool() -> None:
    reply, seen = _asked(GROQ, model="llama-3.3-70b-versatile")

    assert [item.count for item in reply.answer.items] == ["12"]
    assert [form(body) for body in seen] == ["json_schema"] * 2 + ["tool"] * 2


def test_a_model_that_openrouter_finds_no_route_to_is_asked_with_fewer_fields() -> None:
    reply, seen = _asked(OPENROUTER, model="anthropic/claude-opus-5")

    assert [item.count for item in reply.answer.items] == ["12"]
    assert [("temperature" in body, form(body)) for body in seen] == [
        (True, "json_schema"),
        (False, "json_schema"),
        (False, "json_schema"),
        (False, "tool"),
        (False, "tool"),
    ]


def test_where_openrouter_finds_no_route_at_all_the_model_is_not_called_unknown() -> (
    None
):
    with double(OPENROUTER, *([no_route()] * 9)) as endpoint:
        client = _client(OPENROUTER, endpoint.url)
        with pytest.raises(EndpointError) as caught:
            client.complete(ASK)
        client.close()

    assert not isinstance(caught.value, AccessError)
    assert str(caught.value).startswith(
        "127.0.0.1 has nobody who answers such a request to 'm' (404); it says 'No endp"
    )


def test_a_litellm_proxy_that_refuses_a_field_is_tried_and_asked_by_a_tool() -> None:
    reply, seen = _asked(LITELLM)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert [form(body) for body in seen] == ["json_schema"] * 2 + ["tool"] * 2


def test_a_litellm_proxy_that_drops_fields_is_asked_by_the_prompt() -> None:
    reply, seen = _asked(LITELLM_DROPPING)

    assert [item.count for item in reply.answer.items] == ["12"]
    assert form(seen[-1]) in {"json_object", "prompt"}


def test_a_server_that_ignores_forced_calls_is_not_asked_for_one() -> None:
    _, (request,) = _asked(LLAMACPP)

    assert form(request) == "json_schema"


def test_prose_of_a_provider_that_can_do_better_is_a_misfit() -> None:
    with double(MISTRAL, *([said(PROSE, PLAIN)] * 2)) as endpoint:
        client = _client(MISTRAL, endpoint.url)
        with pytest.raises(ModelOutputError, match="gave no answer that fits"):
            client.complete(ASK)
        client.close()

    assert len(endpoint.seen) == 2
