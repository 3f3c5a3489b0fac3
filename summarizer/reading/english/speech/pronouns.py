"""Whom "he", "she", "it" and "they" stand for: the subject before, or the last speaker."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from schemas.evidence import Span
from summarizer.reading.english import sentence
from summarizer.reading.english.names import mentions, name_words, widening
from summarizer.reading.english.sentence import Sentence
from summarizer.reading.values import Attribution, Mention
from summarizer.sources import Article

_SEVERAL = 2
"""Named people from which a pronoun of the next sentence may mean either."""

_BACK = 3
"""Sentences before its own in which a pronoun's party is looked for."""


def antecedent(
    article: Article,
    index: int,
    pronoun: Mention,
    said: Sequence[Attribution],
    proper: frozenset[str],
) -> Mention | None:
    """Find whom a pronoun stands for: the subject before it, or the last speaker.

    Args:
        article: The article.
        index: The pronoun's sentence.
        pronoun: "he", "she", "it" or "they", outside quotations.
        said: The statements of the article, in order.
        proper: Words that the article capitalises inside sentences.

    Returns:
        The phrase, or None when none is near enough, or several might be meant.
    """
    place = bisect_left(said, index, key=lambda s: s.sentence) - 1
    previous = in_reach(article, index, said[place] if place >= 0 else None)
    here = sentence.read(article, index, proper)
    return _meant(here, pronoun, pronoun.span, previous)


def in_reach(
    article: Article, index: int, previous: Attribution | None
) -> Attribution | None:
    """Forget the last statement more than a paragraph later."""
    if previous is None:
        return None
    last = article.sentences[previous.sentence].paragraph
    is_near = article.sentences[index].paragraph <= last + 1
    return previous if is_near else None


def with_speaker(
    here: Sentence, one: Attribution, previous: Attribution | None
) -> Attribution:
    """Put the party that a pronoun stands for in its place, or nobody."""
    if one.speaker is None or one.speaker.form != "pronoun":
        return one
    return replace(one, speaker=_meant(here, one.speaker, one.content, previous))


def _meant(
    here: Sentence, pronoun: Mention, content: Span, previous: Attribution | None
) -> Mention | None:
    """Find whom a pronoun stands for: the subject before, in reach."""
    if pronoun.form != "pronoun":
        return pronoun
    word = pronoun.span.of(here.text).lower()
    if word in {"i", "we", "you"}:
        return None
    for mention in here.unquoted:
        if (
            mention.span.end <= pronoun.span.start
            and not mention.span.within(content)
            and _can_be(word, mention, here.text)
            and widening.head_of(mention, here.unquoted, here.text) is mention
        ):
            return mention
    # "Chad agreed to talks, Orr said. He …": a country is no "he", who told of it is.
    for speaker in (previous.speaker, previous.via) if previous is not None else ():
        if previous is not None and speaker and _can_be(word, speaker, here.text):
            return _named_since(here, word, previous.sentence) or speaker
    return _subject_of_sentence_before(here, word)


def _named_since(here: Sentence, word: str, last: int) -> Mention | None:
    """Find a person whom a sentence after the last statement names first."""
    for index in range(here.index - 1, last, -1):
        span = here.article.sentences[index].span
        for mention in mentions.find(here.text, span, here.proper):
            person = mention.kind == "person" or " " in mention.core.of(here.text)
            if mention.form == "name" and person and _can_be(word, mention, here.text):
                return mention
    return None


def _subject_of_sentence_before(here: Sentence, word: str) -> Mention | None:
    sentences = here.article.sentences
    for one in reversed(sentences[max(0, here.index - _BACK) : here.index]):
        if one.paragraph < sentences[here.index].paragraph - 1:
            return None
        able = [
            m
            for m in mentions.find(here.text, one.span, here.proper)
            if not m.nested and _can_be(word, m, here.text)
        ]
        if able:
            return able[0] if len(_people(able, here.text)) < _SEVERAL else None
    return None


def _people(able: list[Mention], text: str) -> set[str]:
    """Collect the surnames of the named people among some phrases."""
    return {
        m.core.of(text).rsplit(maxsplit=1)[-1]
        for m in able
        if m.kind == "person"
        or (m.form == "name" and m.kind is None and " " in m.core.of(text))
    }


def _can_be(pronoun: str, mention: Mention, text: str) -> bool:
    """Tell whether a pronoun may stand for a phrase."""
    if mention.form == "pronoun":
        return False
    name = mention.core.of(text)
    if pronoun in {"he", "she", "him", "her", "who"}:
        if mention.kind in _NO_PERSON:
            return False
        is_one = not name_words.is_country(name) and not name.endswith("s")
        return is_one or mention.kind == "person"
    if pronoun == "they":
        alone = mention.form == "name" and mention.kind in {None, "person"}
        return not alone or name_words.is_country(name)
    return mention.kind not in {"person", "officials"}


_NO_PERSON = {"government", "organisation", "igo", "media", "armed_group"}
