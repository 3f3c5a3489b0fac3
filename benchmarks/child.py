"""A rival's own process: lines of JSON in, one line of JSON out for each.

Only the standard library, because each rival runs in its own virtual environment. The
first line configures; every other line is an article, answered with what the rival
made of it or with the reason why it failed.
"""

import json
import os
import sys
from collections.abc import Callable

Brief = Callable[[str, str | None], object]
"""Makes of a text, and its day of publication, what JSON can hold."""

LONGEST_REASON = 300


def serve(prepare: Callable[[dict[str, object]], Brief]) -> None:
    """Answer until standard input ends.

    Args:
        prepare: Takes the configuration, and returns what briefs one article.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not mix with our lines
    brief = prepare(json.loads(sys.stdin.readline()))
    _put(answers.write, {"ready": True})
    answers.flush()
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        try:
            _put(answers.write, {"output": brief(asked["text"], asked["published"])})
        except Exception as exc:  # noqa: BLE001  whatever it is, the document failed
            _put(answers.write, {"error": reason(exc)})
        answers.flush()


def reason(exc: BaseException) -> str:
    """Say in one line why a rival failed: the first words of the error."""
    words = " ".join(str(exc).split())
    return f"{type(exc).__name__}: {words}"[:LONGEST_REASON]


def _put(write: Callable[[str], object], line: dict[str, object]) -> None:
    write(json.dumps(line, ensure_ascii=True) + "\n")
