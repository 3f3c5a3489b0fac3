"""The strategy for small models: one short question for each sentence with a cue.

Sentence by sentence a model of 1.5 billion parameters reads almost perfectly; whole
articles make it run away or come back empty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from schemas.draft import Drafted, SpeakerAnswer, SpeakerDraft
from schemas.evidence import Frozen, Span
from schemas.terms import Section
from summarizer.ports import Ask, Message
from summarizer.prompting import cues, tasks
from summarizer.prompting.plain import plain
from summarizer.prompting.tasks import Task
from summarizer.sources import Article

CONTEXT_SENTENCES = 2
CONTEXT_CHARS = 400
"""Earlier text shown with a sentence, for its pronouns: two sentences at most."""

LONGEST_SENTENCE = 1_500
"""Code points of a sentence that are shown; a longer one is a list or a table."""

MOST_NAMES = 10


def by_sentence(
    article: Article,
    settled: Mapping[Section, frozenset[int]],
    worth: Sequence[frozenset[Section]] | None = None,
) -> tuple[Ask[Frozen], ...]:
    """Make the questions about single sentences, section by section.

    Args:
        article: The article.
        settled: Sentences, by section, that need no question: their form alone shows
            what they say.
        worth: For each sentence the sections that it may hold; None to tell it by
            the English words of `cues`.

    Returns:
        The questions in the order in which to ask them. A sentence that the article
        repeats word for word is asked about once.
    """
    asks: list[Ask[Frozen]] = []
    for task in tasks.ASKED_FOCUSED:
        seen: set[str] = set()
        for index in range(len(article.sentences)):
            words = _shown(article, index)
            done = settled.get(task.section, frozenset())
            cued = (
                cues.has_cue(task.section, words)
                if worth is None
                else task.section in worth[index]
            )
            if index in done or words in seen or not cued:
                continue
            seen.add(words)
            if task is tasks.SPEAKERS:
                asks += about_words(article, index, _words_of(article, index, worth))
            else:
                asks.append(about_sentence(task, article, index))
    return tuple(asks)


def _words_of(
    article: Article, index: int, worth: Sequence[frozenset[Section]] | None
) -> list[str]:
    """List the words that are asked about; those of other languages are not known."""
    words = cues.spoken(_shown(article, index))
    return words if worth is None else words or [cues.STATEMENT]


def about_words(
    article: Article, index: int, words: Sequence[str]
) -> list[Ask[Frozen]]:
    """Make the questions about who says what each of some words tells."""
    span = article.sentences[index].span
    earlier, shown = _earlier(article, index), _shown(article, index)
    return [
        replace(
            _ask(
                tasks.SPEAKERS,
                article,
                tasks.about_word(earlier, shown, word),
                (span,),
                span,
            ),
            word=word,
        )
        for word in words
    ]


def roles(article: Article, names: Sequence[str]) -> Ask[Frozen] | None:
    """Make the one question about the roles of parties.

    Args:
        article: The article.
        names: Parties whose role the form of the text does not show.

    Returns:
        The question, or None when there is nothing to ask.
    """
    shown = list(names)[:MOST_NAMES]
    spans: list[Span] = []
    for name in shown:
        first = next(
            (
                s.span
                for i, s in enumerate(article.sentences)
                if name in article.words(i)
            ),
            None,
        )
        if first is not None and first not in spans:
            spans.append(first)
    if not spans:
        return None
    text = " ".join(
        plain(s.of(article.text))[:CONTEXT_CHARS]
        for s in sorted(spans, key=lambda s: s.start)
    )
    asked = f"Text: {text}\nNames: {'; '.join(plain(n) for n in shown)}"
    return _ask(tasks.ROLES, article, asked, tuple(spans), None)


def drafted(ask: Ask[Frozen], answer: Frozen) -> Iterator[Drafted]:
    """Turn an answer into draft items that remember what was asked."""
    items = getattr(answer, "items", ())
    if isinstance(answer, SpeakerAnswer) and answer.who.strip():
        items = (SpeakerDraft(name=answer.who, word=ask.word),)
    for item in items:
        yield Drafted(
            section=_task_of(ask).section, item=item, source=ask.source, asked=ask.asked
        )


def _task_of(ask: Ask[Frozen]) -> Task:
    return next(task for task in tasks.ALL if task.answer is ask.answer)


def _ask(
    task: Task,
    article: Article,
    words: str,
    spans: tuple[Span, ...],
    asked: Span | None,
) -> Ask[Frozen]:
    return Ask(
        messages=(*task.prefix(), Message("user", words)),
        answer=task.answer,
        max_tokens=task.max_tokens,
        section=task.section,
        source=article.id,
        spans=spans,
        asked=asked,
    )


def about_sentence(task: Task, article: Article, index: int) -> Ask[Frozen]:
    """Make the question of a task about one sentence, with two before it."""
    span = article.sentences[index].span
    shown = _shown(article, index)
    earlier = _earlier(article, index)
    if task is tasks.REQUESTS and not _PRONOUN.search(_QUOTED.sub("", shown)):
        earlier = ""
    words = tasks.about(earlier, shown)
    return _ask(task, article, words, (span,), span)


_PRONOUN = re.compile(r"(?i)\b(?:he|she|they|it|we)\b")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


def _shown(article: Article, index: int) -> str:
    return plain(article.with_dateline(index))[:LONGEST_SENTENCE]


def _earlier(article: Article, index: int) -> str:
    first = max(0, index - CONTEXT_SENTENCES)
    return plain(" ".join(article.with_dateline(i) for i in range(first, index)))[
        -CONTEXT_CHARS:
    ]
