"""Questions to a model: which, in what words, and what its answers become.

Pure: article in, questions out; answers in, draft items out.
"""

import hashlib
from typing import Literal

from summarizer.prompting import second, tasks, whole


def fingerprint(strategy: Literal["focused", "whole"]) -> str:
    """Compute the SHA-256 of all the words that a strategy puts around an article."""
    parts = (
        [message.content for task in tasks.ALL for message in task.prefix()]
        if strategy == "focused"
        else [
            whole.INSTRUCTIONS,
            whole.OTHER_LANGUAGES,
            whole.EXAMPLE,
            whole.ANSWER_TEXT,
            *(message.content for message in second.PREFIX),
        ]
    )
    return hashlib.sha256("\n\0".join(parts).encode()).hexdigest()
