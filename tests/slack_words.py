"""Messages to Slack taken apart: what is shown, and what could act."""

import json
from collections.abc import Iterable


def texts(bodies: Iterable[bytes]) -> str:
    """Join all that is shown of messages, as their readers see it."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, list):
            for one in value:
                walk(one)
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                found.append(value["text"])
            for one in value.values():
                walk(one)

    for body in bodies:
        walk(json.loads(body))
    return "".join(found).replace("\u2060", "")  # joins words that Slack would link


def elements(message: object) -> tuple[set[str], list[str], list[str]]:
    """Take a message apart: kinds of elements, their links, text that Slack parses."""
    kinds: set[str] = set()
    links: list[str] = []
    marked: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, list):
            for one in value:
                walk(one)
        if not isinstance(value, dict):
            return
        kinds.add(str(value.get("type")))
        links.extend(value[key] for key in ("url",) if key in value)
        if value.get("type") == "mrkdwn":
            marked.append(value["text"])
        for one in value.values():
            walk(one)

    walk(message)
    return kinds, links, marked
