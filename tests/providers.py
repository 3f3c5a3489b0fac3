"""A double of each provider, on this machine, that behaves as its documentation says.

What a double refuses, ignores and counts is what the page beside it states; the words of
its errors are the provider's own where they are told apart by words.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from endpoint import Answer, Endpoint, serving

from schemas.draft import CasualtyAnswer
from summarizer.ports import Ask, Message
from summarizer.settings import ProfileName

Request = dict[str, object]

TOLL = '{"items": [{"kind": "killed", "count": "12", "who": "men"}]}'
PROSE = "Twelve men were killed."
ASK = Ask(
    messages=(Message("system", "Copy tolls."), Message("user", "12 men were killed.")),
    answer=CasualtyAnswer,
    max_tokens=400,
    section="casualties",
    source="s1",
    spans=(),
)


@dataclass(frozen=True)
class Provider:
    """How one provider answers, and the page that says so."""

    name: ProfileName
    page: str
    answer: Callable[[Request], Answer]
    model: str = "m"


@contextmanager
def double(provider: Provider, *first: Answer) -> Iterator[Endpoint]:
    """Serve a provider's double; *first* are its first answers, faults mostly."""
    started: list[Endpoint] = []

    def respond(number: int) -> Answer:
        if number <= len(first):
            return first[number - 1]
        return provider.answer(started[0].seen[number - 1])

    with serving(respond) as endpoint:
        started.append(endpoint)
        yield endpoint


def questions(endpoint: Endpoint) -> list[Request]:
    """List what was asked of the model; to count tokens is no question."""
    return [body for body in endpoint.seen if "messages" in body]


def refusal(status: int, message: str, **more: object) -> Answer:
    """Build an error in OpenAI's shape."""
    return Answer(status, json.dumps({"error": {"message": message, **more}}))


def said(
    words: object, usage: dict[str, object], *, finish: str = "stop", **more: object
) -> Answer:
    """Build a chat completion; *more* are fields of the message."""
    message = {"role": "assistant", "content": words, **more}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    body = {"object": "chat.completion", "choices": [choice], "usage": usage}
    return Answer(body=json.dumps(body))


def called(request: Request, usage: dict[str, object]) -> Answer:
    """Answer by a call of the tool that was asked for."""
    function = {"name": "answer", "arguments": fitting(request)}
    call = {"id": "t1", "type": "function", "function": function}
    return said(None, usage, finish="tool_calls", tool_calls=[call])


def fitting(request: Request) -> str:
    """Say what a model says that is held to the schema, or was shown it."""
    asked = json.dumps(request)
    if "zebra" in asked:
        return '{"zebra": "striped"}'
    return '{"who": "Ana"}' if "Who speaks?" in asked else TOLL


def form(request: Request) -> str:
    """Tell by what an answer in JSON was asked for."""
    asked = request.get("response_format")
    if isinstance(asked, dict):
        return str(asked["type"])
    return "tool" if request.get("tools") else "prompt"


def limit(request: Request) -> int:
    """Read how many tokens the answer may take."""
    found = request.get("max_completion_tokens", request.get("max_tokens"))
    assert isinstance(found, int)
    return found


def closed(schema: object) -> bool:
    """Tell whether a schema is as strict endpoints want it, all through."""
    if isinstance(schema, list):
        return all(map(closed, schema))
    if not isinstance(schema, dict):
        return True
    properties = schema.get("properties")
    if isinstance(properties, dict) and (
        schema.get("additionalProperties") is not False
        or schema.get("required") != list(properties)
    ):
        return False
    return all(map(closed, schema.values()))


PLAIN: dict[str, object] = {
    "prompt_tokens": 90,
    "completion_tokens": 20,
    "total_tokens": 110,
}
DETAILED: dict[str, object] = {
    "prompt_tokens": 1_200,
    "completion_tokens": 150,
    "total_tokens": 1_350,
    "prompt_tokens_details": {"cached_tokens": 1_024},
    "completion_tokens_details": {"reasoning_tokens": 128},
}


def _openai(request: Request) -> Answer:
    if "max_tokens" in request:
        words = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead."
        )
        return refusal(400, words, code="unsupported_parameter")
    if "temperature" in request:
        words = "Unsupported value: 'temperature' does not support 0 with this model."
        return refusal(400, words, code="unsupported_value")
    asked = request.get("response_format")
    if isinstance(asked, dict) and not closed(asked["json_schema"]["schema"]):
        return refusal(400, "Invalid schema for response_format 'Answer'")
    return said(fitting(request), DETAILED, refusal=None)


def _anthropic(request: Request) -> Answer:
    if request["model"] == "claude-opus-4-7" and "temperature" in request:
        return refusal(400, "`temperature` is deprecated for this model.")
    usage = {**PLAIN, "prompt_tokens_details": None, "completion_tokens_details": None}
    return called(request, usage) if form(request) == "tool" else said(PROSE, usage)


THOUGHT_TOKENS = 900


def _gemini(request: Request) -> Answer:
    room = limit(request)
    usage = {**PLAIN, "total_tokens": 110 + THOUGHT_TOKENS}
    if room < THOUGHT_TOKENS:
        cut = {"prompt_tokens": 90, "completion_tokens": 0, "total_tokens": 90 + room}
        choice = {"finish_reason": "length", "message": {"role": "assistant"}}
        return Answer(body=json.dumps({"choices": [choice], "usage": cut}))
    return said(fitting(request), usage)


_MISTRAL_FIELDS = frozenset(
    {"model", "messages", "max_tokens", "temperature", "top_p", "stream", "stop"}
    | {"random_seed", "response_format", "tools", "tool_choice", "presence_penalty"}
    | {"frequency_penalty", "n", "prediction", "parallel_tool_calls", "prompt_mode"}
    | {"reasoning_effort", "safe_prompt", "metadata"}
)


def unknown(field: str) -> Answer:
    """Refuse a field as Mistral does."""
    one = {
        "type": "extra_forbidden",
        "loc": ["body", field],
        "msg": "Extra inputs are not permitted",
        "input": 1,
    }
    return Answer(422, json.dumps({"detail": [one]}))


def _mistral(request: Request) -> Answer:
    for field in request:
        if field not in _MISTRAL_FIELDS:
            return unknown(field)
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": '{"a": 1}'}]}
    return said([thinking, {"type": "text", "text": fitting(request)}], PLAIN)


def _groq(request: Request) -> Answer:
    if form(request) == "json_schema" and request["model"] == "llama-3.3-70b-versatile":
        words = (
            "This model does not support response format `json_schema`. See supported "
            "models at https://console.groq.com/docs/structured-outputs#supported-models"
        )
        return refusal(400, words, type="invalid_request_error")
    if form(request) == "tool":
        return called(request, DETAILED)
    return said(fitting(request), DETAILED, reasoning="Let me count.")


def _deepseek(request: Request) -> Answer:
    if form(request) == "json_schema":
        return refusal(400, "This response_format type is unavailable now")
    if "json" not in json.dumps(request["messages"]).lower():
        words = "Prompt must contain the word 'json' in some form to use 'response_format' of type 'json_object'."
        return refusal(400, words)
    usage: dict[str, object] = {
        **PLAIN,
        "prompt_cache_hit_tokens": 64,
        "prompt_cache_miss_tokens": 26,
        "completion_tokens_details": {"reasoning_tokens": 12},
    }
    return said(fitting(request), usage, reasoning_content='{"items": []}')


WORKING = ": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n"


def no_route() -> Answer:
    """Refuse as OpenRouter does when no provider takes all fields."""
    words = "No endpoints found that can handle the requested parameters. To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection"
    return refusal(404, words, code=404)


def _openrouter(request: Request) -> Answer:
    takes = {
        "anthropic/claude-opus-5": {"max_tokens", "tools", "tool_choice"},
        "small/none": {"max_tokens", "temperature"},
    }.get(str(request["model"]))
    sent = set(request) - {"model", "messages", "provider", "reasoning"}
    if takes is not None and request.get("provider") == {"require_parameters": True}:
        if sent - takes:
            return no_route()
        if form(request) == "tool":
            return called(request, DETAILED)
    whole = said(fitting(request), DETAILED, reasoning="Twelve.")
    assert isinstance(whole.body, str)
    return Answer(body=WORKING + whole.body)


def _lmstudio(request: Request) -> Answer:
    if form(request) == "json_object":
        words = "'response_format.type' must be 'json_schema' or 'text'"
        return Answer(400, json.dumps({"error": words}))
    return said(fitting(request), PLAIN)


def _litellm(request: Request) -> Answer:
    if form(request) == "json_schema":
        words = (
            "litellm.UnsupportedParamsError: m does not support parameters: "
            "['response_format'], for model=m. To drop these, set "
            "`litellm.drop_params=True`"
        )
        return refusal(400, words, type="None", param="None", code="400")
    if form(request) == "tool":
        return called(request, PLAIN)
    return said(PROSE, PLAIN)


def _litellm_dropping(request: Request) -> Answer:
    shown = "JSON schema" in json.dumps(request["messages"])
    return said(fitting(request) if shown else PROSE, PLAIN)


OLLAMA_WINDOW = 4_096


def _ollama(request: Request) -> Answer:
    words = len(json.dumps(request["messages"]).split())
    usage = {**PLAIN, "prompt_tokens": min(words, OLLAMA_WINDOW)}
    return said(fitting(request) if words < OLLAMA_WINDOW else PROSE, usage)


def _vllm(request: Request) -> Answer:
    if "messages" not in request:
        return Answer(body=json.dumps({"count": 5, "max_model_len": 16_384}))
    if "temperature" not in request:  # the model's own generation_config applies
        return said(PROSE, PLAIN)
    return said(fitting(request), DETAILED, reasoning_content="Twelve.")


def _llamacpp(request: Request) -> Answer:
    if "messages" not in request:
        return Answer(body=json.dumps({"tokens": [1, 2, 3]}))
    usage: dict[str, object] = {**PLAIN, "prompt_tokens_details": {"cached_tokens": 77}}
    if form(request) == "tool":  # a forced call is ignored
        return said(PROSE, usage)
    return said(fitting(request), usage)


def _deaf(request: Request) -> Answer:
    """Answer as a server does that knows messages and nothing else."""
    shown = "JSON schema" in json.dumps(request["messages"])
    return said(fitting(request) if shown else PROSE, PLAIN)


OPENAI = Provider(
    "openai", "https://platform.openai.com/docs/guides/reasoning", _openai
)
AZURE = Provider(
    "azure",
    "https://learn.microsoft.com/azure/ai-services/openai/concepts/content-filter",
    _openai,
)
ANTHROPIC = Provider(
    "anthropic", "https://docs.anthropic.com/en/api/openai-sdk", _anthropic
)
GEMINI = Provider("gemini", "https://ai.google.dev/gemini-api/docs/openai", _gemini)
MISTRAL = Provider("mistral", "https://docs.mistral.ai/api", _mistral)
GROQ = Provider("groq", "https://console.groq.com/docs/structured-outputs", _groq)
DEEPSEEK = Provider(
    "deepseek", "https://api-docs.deepseek.com/guides/json_mode", _deepseek
)
OPENROUTER = Provider(
    "openrouter",
    "https://openrouter.ai/docs/api/reference/errors-and-debugging",
    _openrouter,
)
LMSTUDIO = Provider(
    "lmstudio", "https://lmstudio.ai/docs/api/structured-output", _lmstudio
)
LITELLM = Provider(
    "litellm", "https://docs.litellm.ai/docs/completion/drop_params", _litellm
)
LITELLM_DROPPING = Provider("litellm", LITELLM.page, _litellm_dropping)
OLLAMA = Provider("ollama", "https://docs.ollama.com/api/openai-compatibility", _ollama)
VLLM = Provider(
    "vllm",
    "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html",
    _vllm,
)
LLAMACPP = Provider(
    "llamacpp",
    "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md",
    _llamacpp,
)
DEAF = Provider("generic", "", _deaf)
"""No provider: what some servers do that call themselves compatible."""
