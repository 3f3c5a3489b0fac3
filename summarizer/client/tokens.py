"""How many tokens a text takes: as the server counts them, or an estimate that is safe.

llama.cpp and vLLM serve their tokenizer; nobody else does. The estimate is made to be too
high sooner than too low. Against the embedded model's own tokenizer it is 1.5 to 1.8 times the
true number for the ten recorded prompts, about the true number for figures, and up to 5
times it for Arabic, Cyrillic, Chinese and emoji. No tokenizer that falls back to bytes needs more than one token for a
byte, and only words in small letters are reckoned for less: those of random letters take
up to twice the estimate. A server that refuses such a passage is asked about its halves.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, cast

from summarizer.ports import Usage

Kind = Literal["llamacpp", "vllm"]
Post = Callable[[str, dict[str, object]], object]
"""Sends a body to an address and returns the decoded answer; raises when there is none."""

PER_MESSAGE = 8
"""Tokens that a chat template puts around each message."""

_PIECES = re.compile(
    r"(?P<small>[A-Z]?[a-z]{1,15}(?![A-Za-z]))|(?P<letters>[A-Za-z]+)|(?P<space> (?=[A-Za-z]))|"
    r"(?P<ascii>[\x00-\x7f])|(?P<other>[^\x00-\x7f]+)"
)
_SHORT = 20_000
"""Code points of a text whose estimate is remembered; 64 of them take 5 MB at most."""

_LETTERS_A_TOKEN = 3
"""Letters of an ordinary word that are reckoned for one token; English has four."""


def estimate(text: str) -> int:
    """Estimate how many tokens *text* takes: rather too many than too few.

    Words in small letters count one for each three letters begun, with the space before
    them; every other letter, digit, mark and space counts; so does each byte of other
    scripts.
    """
    return _remembered(text) if len(text) <= _SHORT else _estimated(text)


@lru_cache(64)
def _remembered(text: str) -> int:
    """Estimate a text of a size that instructions have: they are the same each time."""
    return _estimated(text)


def _estimated(text: str) -> int:
    tokens = 0
    for piece in _PIECES.finditer(text):
        kind, length = piece.lastgroup, piece.end() - piece.start()
        if kind == "small":
            tokens += -(-length // _LETTERS_A_TOKEN)
        elif kind == "other":
            tokens += len(piece.group().encode("utf-8", "replace"))
        elif kind != "space":
            tokens += length
    return tokens


class Counter:
    """Counts with the server's tokenizer; estimates once the server shows none."""

    def __init__(self, kind: Kind | None, root: str, model: str, post: Post) -> None:
        """Send nothing yet.

        Args:
            kind: Which protocol the server speaks; None when it has no tokenizer.
            root: Root of its chat API, with or without /v1.
            model: Name of the model there.
            post: Sends a body to an address of the server.
        """
        self._kind = kind
        self._address = f"{root.rstrip('/').removesuffix('/v1')}/tokenize"
        self._model = model
        self._post = post

    def count(self, text: str) -> int:
        """Count the tokens of *text*, or estimate them."""
        if self._kind is not None:
            counted = self._asked(text)
            if counted is not None:
                return counted
            self._kind = None  # whatever it is, it will not learn to count
        return estimate(text)

    def _asked(self, text: str) -> int | None:
        body: dict[str, object] = (
            {"content": text}
            if self._kind == "llamacpp"
            else {"model": self._model, "prompt": text, "add_special_tokens": False}
        )
        try:
            answer = self._post(self._address, body)
        except Exception:  # noqa: BLE001  an estimate serves, whatever the server did
            return None
        if not isinstance(answer, dict):
            return None
        told = answer.get("count", answer.get("tokens"))
        counted = len(told) if isinstance(told, list) else told
        return counted if isinstance(counted, int) and counted >= 0 else None


def most_of(body: Mapping[str, object]) -> Usage:
    """Estimate what a request takes at most: rather too much than too little."""
    messages = cast("list[dict[str, object]]", body["messages"])
    form = body.get("response_format") or body.get("tools") or ""
    read = of_messages(messages, estimate)
    read += estimate(json.dumps(form, ensure_ascii=False))
    most = body.get("max_tokens") or body.get("max_completion_tokens", 0)
    return Usage(prompt_tokens=read, completion_tokens=cast("int", most))


def of_messages(
    messages: Sequence[Mapping[str, object]], count: Callable[[str], int]
) -> int:
    """Count the tokens of a prompt, with what the chat template adds."""
    return sum(count(str(m["content"])) + PER_MESSAGE for m in messages)
