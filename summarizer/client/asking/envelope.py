"""The body of a response, read as a chat completion, however odd it is.

The SDK believes what it gets; a field of another type would fail far away, as an error
of ours. Here each field is looked at: what an answer needs must be there, the rest may be
missing. An answer in pieces (server-sent events), as a server may send it unasked, is put
together.
"""

import codecs
import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Final

import openai
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletion
from openai.types.completion_usage import CompletionTokensDetails, PromptTokensDetails

from summarizer.client.asking import faults
from summarizer.ports import Usage

MOST_BYTES: Final = 50_000_000
"""Unpacked bytes of one response; the longest answer that a model may give has 50,000."""
_KEPT_ALIVE: Final = re.compile(r"\A(?:\s*:[^\n]*(?:\n|\Z))+")
"""Comments of an event stream, which OpenRouter sends while its provider works."""
_LIMIT_WORDS: Final = {"length", "max_tokens", "model_length", "max_output_tokens"}


def read(raw: bytes, charset: str | None) -> ChatCompletion:
    """Read the body of a response with status 200.

    Args:
        raw: The body, unpacked.
        charset: The encoding that its header states; UTF-8 is tried before it.

    Raises:
        EmptyAnswerError: There is no answer in it.
        RefusedAnswerError: The model, or a filter, refused.
    """
    text = _KEPT_ALIVE.sub("", _decoded(raw, charset))
    if not text.strip():
        raise faults.EmptyAnswerError("the body is empty")
    if re.match(r"\s*(?:event|data|id|retry)?:", text):
        return _completion(_joined(text))
    if text.lstrip().startswith("<"):
        raise faults.EmptyAnswerError(
            f"a web page{_titled(text)} instead of JSON; is the base URL the root of the "
            "API, as in https://host/v1?"
        )
    return _completion(_json(text))


def _decoded(raw: bytes, charset: str | None) -> str:
    """Decode as JSON is: UTF-8, UTF-16 or UTF-32; else as stated, with marks for gaps."""
    for encoding in (json.detect_encoding(raw), charset or "utf-8"):
        try:
            return raw.decode(codecs.lookup(encoding).name).removeprefix("\ufeff")
        except (LookupError, UnicodeError):
            continue
    return raw.decode("utf-8", "replace")


def _json(text: str) -> object:
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except RecursionError as exc:
        raise faults.EmptyAnswerError("JSON that is nested without end") from exc
    except ValueError as exc:
        if text.lstrip()[:1] in {"{", "["}:
            msg = "JSON that is damaged, or breaks off"
            raise faults.EmptyAnswerError(msg) from exc
        shown = " ".join(text[:400].split())[:60]
        raise faults.EmptyAnswerError(f"no JSON; it begins with {shown!r}") from exc


def _titled(page: str) -> str:
    found = re.search(r"(?is)<title[^>]{0,100}>([^<]{1,200})", page[:10_000])
    words = " ".join(unescape(found[1]).split())[:80] if found else ""
    return f" ({words!r})" if words else ""


def _joined(text: str) -> object:
    """Put a stream of events together as one completion."""
    words: list[str] = []
    arguments: list[str] = []
    whole: dict[str, object] = {}
    finish: object = None
    for line in re.findall(r"(?m)^data:[ \t]*(.+?)\s*$", text):
        if line == "[DONE]":
            break
        event = _json(line)
        if not isinstance(event, dict):
            continue
        whole |= {key: value for key, value in event.items() if value is not None}
        choice = _first(event.get("choices"))
        part = choice.get("delta") or choice.get("message")
        if isinstance(part, dict):
            words.append(_words(part.get("content")))
            arguments.append(_arguments(part.get("tool_calls")))
        finish = choice.get("finish_reason") or finish
    message: dict[str, object] = {"content": "".join(words)}
    if any(arguments):
        called = {"function": {"arguments": "".join(arguments)}}
        message["tool_calls"] = [called]
    if any(words) or any(arguments):
        broken = whole.get("error")
        whole["choices"] = [
            {"message": message, "finish_reason": finish, "error": broken}
        ]
    return whole


def _completion(found: object) -> ChatCompletion:
    """Take what an answer needs; what is missing else does not matter."""
    if not isinstance(found, dict):
        raise faults.EmptyAnswerError("JSON that is no chat completion")
    choice = _first(found.get("choices"))
    failed = choice if choice.get("error") else found
    if failed is choice or not choice:
        _check_error(failed)
    message = choice.get("message")
    if not isinstance(message, dict):
        raise faults.EmptyAnswerError("it holds no choices with a message")
    content = _arguments(message.get("tool_calls")) or _words(message.get("content"))
    refusal, finish = message.get("refusal"), choice.get("finish_reason")
    if isinstance(refusal, str) and refusal.strip():
        raise faults.RefusedAnswerError
    if finish == "content_filter" and not content:
        raise faults.RefusedAnswerError
    ends = "length" if str(finish).lower() in _LIMIT_WORDS else "stop"
    return ChatCompletion.model_validate(
        {
            "id": "",
            "object": "chat.completion",
            "created": 0,
            "model": "",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": content},
                    "finish_reason": ends,
                }
            ],
            "usage": _usage(found.get("usage")),
        }
    )


def _check_error(body: Mapping[str, object]) -> None:
    """Raise the error that stands in the place of an answer, or beside a part of one."""
    if not (reason := faults.reason_in(body)):
        return
    error = body.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    msg = f"an error with status 200: {reason!r}"
    raise faults.EmptyAnswerError(msg, code=code if isinstance(code, int) else None)


def failed_generation(exc: openai.APIStatusError) -> ChatCompletion | None:
    """Read the answer that an error hands back because it does not fit.

    Groq answers 400 with what its model wrote; it is read as any misfit answer is.
    """
    error = exc.body
    written = error.get("failed_generation") if isinstance(error, dict) else None
    if not isinstance(written, str):
        return None
    return _completion({"choices": [{"message": {"content": written}}]})


def usage_of(completion: ChatCompletion) -> Usage:
    """Say what an answer cost, the request itself not counted."""
    used = completion.usage
    if used is None:
        return Usage()
    read, written = used.prompt_tokens_details, used.completion_tokens_details
    return Usage(
        prompt_tokens=used.prompt_tokens,
        cached_tokens=(read.cached_tokens or 0) if read else 0,
        completion_tokens=used.completion_tokens,
        reasoning_tokens=(written.reasoning_tokens or 0) if written else 0,
    )


def _first(choices: object) -> Mapping[str, object]:
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, dict) else {}


def _arguments(calls: object) -> str:
    """Read what a tool is called with: the answer, where it was asked for as a tool."""
    function = _first(calls).get("function")
    found = function.get("arguments") if isinstance(function, dict) else None
    return json.dumps(found) if isinstance(found, dict) else _words(found)


def _words(content: object) -> str:
    """Read the content of a message: a text, or a list of parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return _words(content.get("text"))
    if isinstance(content, list):
        return "".join(_words(part) for part in _spoken_parts(content))
    return ""


def _spoken_parts(parts: Iterable[object]) -> Iterable[object]:
    thought = {"thinking", "reasoning", "reasoning_content"}
    return (
        part
        for part in parts
        if not (isinstance(part, dict) and part.get("type") in thought)
    )


def _usage(found: object) -> CompletionUsage:
    used = found if isinstance(found, dict) else {}
    details = used.get("prompt_tokens_details")
    # DeepSeek has a field of its own for what it had read before.
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    cached = used.get("prompt_cache_hit_tokens") if cached is None else cached
    written_of = used.get("completion_tokens_details")
    thought = written_of.get("reasoning_tokens") if isinstance(written_of, dict) else 0
    read, written = (
        _count(used.get("prompt_tokens")),
        _count(used.get("completion_tokens")),
    )
    # Gemini counts what it thought in the total only.
    hidden = max(0, _count(used.get("total_tokens")) - read - written)
    return CompletionUsage(
        prompt_tokens=read,
        completion_tokens=written + hidden,
        total_tokens=read + written + hidden,
        prompt_tokens_details=PromptTokensDetails(cached_tokens=_count(cached)),
        completion_tokens_details=CompletionTokensDetails(
            reasoning_tokens=max(hidden, _count(thought))
        ),
    )


def _count(found: object) -> int:
    """Read a number of tokens; what is none counts as none."""
    if isinstance(found, str) and found.isascii() and found.isdigit():
        return int(found[:15])
    if isinstance(found, bool) or not isinstance(found, int):
        return 0
    return found if 0 <= found < 10**15 else 0


def check_size(raw: bytearray) -> None:
    """Refuse a reply that grows without end."""
    if len(raw) > MOST_BYTES:
        msg = f"it sent more than {MOST_BYTES:,} bytes"
        raise faults.EmptyAnswerError(msg)


def is_cut(completion: ChatCompletion) -> bool:
    """Tell whether an answer ended because it had no tokens left."""
    return completion.choices[0].finish_reason == "length"


def is_json(words: str) -> bool:
    """Tell whether words are JSON to their end."""
    try:
        json.loads(words)
    except (ValueError, RecursionError):
        return False
    return True
