"""Questions to a model: which, in what words, and what its answers become.

Pure: article in, questions out; answers in, draft items out.
"""

import hashlib
from collections.abc import Sequence
from typing import Literal

from schemas.sections import SectionDefinition
from summarizer.prompting import own, second, tasks, whole


def fingerprint(
    strategy: Literal["focused", "whole"], sections: Sequence[SectionDefinition] = ()
) -> str:
    """Compute the SHA-256 of all the words that a strategy puts around an article.

    Args:
        strategy: How the model is asked.
        sections: Sections of the user's own that are asked for too.
    """
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
    for one in sections:
        parts += [own.described(one), *(m.content for m in own.PREFIX)]
    return hashlib.sha256("\n\0".join(parts).encode()).hexdigest()
