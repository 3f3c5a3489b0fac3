"""Ask once more for what failed a check: the reason, the sentence, two before it.

The prompt has the size of any focused question whatever the length of the article, and
shares its prefix. A second failure is final.
"""

import json
from collections import Counter
from collections.abc import Sequence

from schemas.draft import Drafted, SpeakerDraft
from schemas.evidence import Frozen
from schemas.terms import Section
from summarizer.ports import Ask, Message
from summarizer.prompting import focused, tasks
from summarizer.sources import Article

MOST_REPAIRS = 6
"""Sentences of one document that are asked about again; more failures than that are no
slip but a model that cannot read this text."""

MENDABLE = frozenset(
    {
        "not_found",
        "elsewhere",
        "speaker",
        "no_speaker",
        "no_stance",
        "no_requester",
        "cut_off",
    }
)
"""Checks after which another answer may hold. The others say that the sentence itself
states no such item: asking again would only invite another wrong one."""

Failed = tuple[Drafted, str, str]
"""A draft item, the check that it failed, and the reason."""


def questions(
    articles: Sequence[Article], failed: Sequence[Failed]
) -> tuple[tuple[Ask[Frozen], tuple[Drafted, ...]], ...]:
    """Make one question for each sentence whose items failed.

    Args:
        articles: The sources.
        failed: What failed, in the order of asking.

    Returns:
        Questions, `MOST_REPAIRS` at most for each source, each with the draft items
        that it is to mend.
    """
    by_id = {article.id: article for article in articles}
    words_of: dict[str, list[set[str]]] = {}
    groups: dict[tuple[str, Section, int], list[Failed]] = {}
    for one in failed:
        drafted, check, _ = one
        if check not in MENDABLE or drafted.section not in _TASKS:
            continue
        if isinstance(drafted.item, SpeakerDraft):
            continue  # a name that the sentence does not bear out has no better one
        index = _sentence(by_id[drafted.source], drafted, words_of)
        if index is not None:
            groups.setdefault((drafted.source, drafted.section, index), []).append(one)
    found: list[tuple[Ask[Frozen], tuple[Drafted, ...]]] = []
    asked: Counter[str] = Counter()
    for (source, section, index), group in groups.items():
        if asked[source] < MOST_REPAIRS:
            asked[source] += 1
            ask = _question(by_id[source], section, index, group)
            found.append((ask, tuple(d for d, _, _ in group)))
    return tuple(found)


def _question(
    article: Article, section: Section, index: int, group: Sequence[Failed]
) -> Ask[Frozen]:
    first = focused.about_sentence(_TASKS[section], article, index)
    items = [{k: v for k, v in d.item if k in _FIELDS[section]} for d, _, _ in group]
    answer = json.dumps({"items": items}, ensure_ascii=False)
    reasons = "; ".join(dict.fromkeys(reason for _, _, reason in group))
    again = (
        f"That is wrong: {reasons[:_LONGEST_REASON]}. Copy only words of the sentence. "
        "Answer again for this sentence, with an empty list if it holds nothing."
    )
    return Ask(
        messages=(
            *first.messages,
            Message("assistant", answer),
            Message("user", again),
        ),
        answer=first.answer,
        max_tokens=first.max_tokens,
        section=first.section,
        source=first.source,
        spans=first.spans,
        asked=first.asked,
        repairs=True,
    )


_LONGEST_REASON = 300


def _sentence(
    article: Article, drafted: Drafted, words_of: dict[str, list[set[str]]]
) -> int | None:
    """Find the sentence to ask about: the one asked before, or the most alike.

    *words_of* keeps the words of each source's sentences from one call to the next.
    """
    if drafted.asked is not None:
        return article.index_at(drafted.asked.start)
    wanted = set(getattr(drafted.item, "quote", "").lower().split())
    if article.id not in words_of:
        words_of[article.id] = [
            set(article.words(i).lower().split()) for i in range(len(article.sentences))
        ]
    shared = [(len(wanted & has), -i) for i, has in enumerate(words_of[article.id])]
    best, index = max(shared, default=(0, 0))
    return -index if best >= _ENOUGH_SHARED else None


_ENOUGH_SHARED = 4
"""Words that a failed quote and a sentence share at least, to be asked about again."""

_TASKS = {task.section: task for task in tasks.BY_SENTENCE}
_FIELDS: dict[Section, tuple[str, ...]] = {
    "casualties": ("kind", "count", "who"),
    "requests": ("by", "to", "what"),
    "positions": ("holder", "act", "quote"),
}
