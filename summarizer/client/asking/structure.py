"""How an endpoint is asked for an answer in JSON, and where the answer then stands."""

import json
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from summarizer.client.asking.schema import tidy

How = Literal["json_schema", "tool", "json_object", "prompt"]

IN_THE_PROMPT: Final = (
    "Answer with one JSON object, and nothing else, that fits this JSON schema:\n"
)
"""Stands before the schema where an endpoint cannot be given one. Endpoints that only
know "json_object" want the word in the prompt."""


def fitted(
    messages: Sequence[Mapping[str, object]],
    named: Mapping[str, object],
    how: How,
    *,
    strict: bool,
) -> dict[str, object]:
    """Write the fields of a request that ask for the schema.

    Args:
        messages: The prompt.
        named: Name and JSON schema of the answer.
        how: How this endpoint is asked.
        strict: Whether to ask for strict adherence.

    Returns:
        The messages, and what else asks for the structure.
    """
    name, schema = named["name"], tidy(named["schema"])
    if how == "json_schema":
        form = {"name": name, "strict": strict, "schema": schema}
        return {
            "messages": list(messages),
            "response_format": {"type": "json_schema", "json_schema": form},
        }
    if how == "tool":
        function: dict[str, object] = {
            "name": name,
            "description": "Takes the answer.",
            "parameters": schema,
        }
        if strict:
            function["strict"] = True
        return {
            "messages": list(messages),
            "tools": [{"type": "function", "function": function}],
            "tool_choice": {"type": "function", "function": {"name": name}},
        }
    asked: dict[str, object] = {"messages": _told(messages, schema)}
    if how == "json_object":
        asked["response_format"] = {"type": "json_object"}
    return asked


def _told(messages: Sequence[Mapping[str, object]], schema: object) -> list[object]:
    """Put the schema behind the instructions: a fixed beginning can be kept by a server."""
    words = IN_THE_PROMPT + json.dumps(schema, ensure_ascii=False)
    first, *rest = messages
    if first.get("role") != "system":
        return [{"role": "system", "content": words}, *messages]
    return [{**first, "content": f"{first['content']}\n\n{words}"}, *rest]
