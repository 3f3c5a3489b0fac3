"""What code reads in an article before any model is asked: statements, requests."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from schemas.evidence import Span
from schemas.terms import Section
from summarizer.reading.english.names import mentions
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.reader import EnglishReader
from summarizer.reading.english.tolls import harm, revision
from summarizer.reading.listed.reader import ListedReader
from summarizer.reading.reader import Reader
from summarizer.reading.values import Attribution, Frame, Harm, Mention
from summarizer.sources import Article
from summarizer.text import quotes
from summarizer.text.lexicon import Lexicon

FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|ours|me)\b(?!\.)")
"""Outside quotation marks nobody speaks so in an article, but in words of their own."""


_AUTHORED = re.compile(
    r"(?i)(?:(?:the|full|joint|press|opening|closing|prepared|written|official|public|open|video|text|transcript|of)\s+)*"
    r"(?:statement|remarks|speech|address|testimony|message|letter|declaration|keynote)\s+"
    r"(?:(?:made|delivered|given|issued|to\s+\w+)\s+)?(?:by|of|from)\s+(?:the\s+)?"
)
_NEAR_AUTHOR = 40
"""Code points of a post between "statement by" and the name."""


@dataclass(frozen=True)
class Reading:
    """What code reads in one article before any model is asked."""

    reader: Reader

    @property
    def directory(self) -> Directory:
        """Who is who."""
        return self.reader.directory

    @property
    def said(self) -> tuple[Attribution, ...]:
        """The statements that the form of sentences ascribes to somebody."""
        return self.reader.said

    @property
    def frames(self) -> Mapping[int, list[Frame]]:
        """The requests of each sentence as its form has them."""
        return self.reader.frames

    @property
    def lexicon(self) -> Lexicon | None:
        """The lists by which the article is read; None for the grammar of English."""
        return self.reader.lexicon

    @property
    def has_grammar(self) -> bool:
        """True where the order of words shows who does what."""
        return self.reader.has_grammar

    @property
    def article(self) -> Article:
        """The article."""
        return self.directory.article

    def said_in(self, index: int) -> list[Attribution]:
        """List the statements of one sentence."""
        return self._said_by_sentence.get(index, [])

    @cached_property
    def _said_by_sentence(self) -> dict[int, list[Attribution]]:
        found: dict[int, list[Attribution]] = {}
        for one in self.said:
            found.setdefault(one.sentence, []).append(one)
        return found

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """The places between quotation marks, paragraph by paragraph, in order.

        One may hold several sentences, of which no single one has a mark.
        """
        found: list[Span] = []
        for _, group in groupby(self.article.sentences, key=lambda s: s.paragraph):
            inside = list(group)
            hull = Span(start=inside[0].span.start, end=inside[-1].span.end)
            found += quotes.find(self.article.text, hull)
        return tuple(found)

    def is_quoted(self, span: Span) -> bool:
        """Tell whether a stretch begins within quotation marks."""
        return any(q.start <= span.start < q.end for q in self.quotations)

    @cached_property
    def is_own_words(self) -> bool:
        """Tell a speech, a letter or a statement from reporting: it says "we" itself.

        A few may be slips of quotation marks, or a quotation set off without any.
        """
        text = self.article.text
        speaking = [
            s
            for s in self.article.sentences
            if any(
                not self.is_quoted(Span.at(m))
                for m in FIRST_PERSON.finditer(text, s.span.start, s.span.end)
            )
        ]
        return len(speaking) >= max(2, len(self.article.sentences) // 6)

    @cached_property
    def author(self) -> Mention | None:
        """Find whose words the whole text is: "Statement by Foreign Minister Ana Ruiz"."""
        article, text = self.article, self.article.text
        title = article.metadata.title or ""
        start = text.find(title) if title else -1
        heads = [Span(start=start, end=start + len(title))] if start >= 0 else []
        heads += [s.span for s in article.sentences[:1]]
        for head in heads:
            led = _AUTHORED.match(text, head.start, head.end)
            for one in self._named_at(head) if led is not None else []:
                if led is not None and one.span.start - led.end() < _NEAR_AUTHOR:
                    return one
        return None

    def _named_at(self, head: Span) -> list[Mention]:
        """List the names of a heading, which may be no sentence of the article."""
        found = mentions.find(self.article.text, head, self.directory.proper)
        return [m for m in found if m.form == "name" and not m.nested]

    @cached_property
    def harmed(self) -> dict[int, tuple[Harm, ...]]:
        """List, by sentence, the harm that its form alone shows."""
        count = len(self.article.sentences)
        return {index: self.reader.shown_harm(index) for index in range(count)}

    def settled(self) -> dict[Section, frozenset[int]]:
        """List, by section, the sentences whose form alone shows what they hold.

        Statements whose speaker the sentence itself names, with little else in it: their
        speakers are right 192 times of 195 on 40 articles of PolNeAR that were not read
        for it, those taken from sentences before 34 of 39. Forms of requests are right
        31 times of 37: none of them settles a sentence.
        """
        if not self.has_grammar:
            return {}
        spans = [s.span for s in self.article.sentences]
        positions = {
            s.sentence
            for s in self.said
            if s.speaker is not None
            and s.speaker.span.within(spans[s.sentence])
            and not self._more_to_say(s)
        }
        text = self.article.text
        casualties = {
            index
            for index, sentence in enumerate(self.article.sentences)
            if harm.is_settled(text, sentence.span, self.harmed[index])
        }
        return {
            "casualties": frozenset(casualties),
            "positions": frozenset(positions),
        }

    def worth_asking(self) -> tuple[frozenset[Section], ...] | None:
        """List for each sentence the sections that it may hold; None for English."""
        if self.lexicon is None:
            return None
        count = len(self.article.sentences)
        return tuple(self.reader.worth_asking(i) or frozenset() for i in range(count))

    def _more_to_say(self, said: Attribution) -> bool:
        """Tell whether a sentence goes on after the statement that was found."""
        span = self.article.sentences[said.sentence].span
        covered = [
            said.content,
            said.cue,
            *([said.speaker.span] if said.speaker else []),
        ]
        inside = [c for c in covered if c.within(span)]
        rest = (span.end - span.start) - sum(c.end - c.start for c in inside)
        return rest > _LONG_REST


_LONG_REST = 90
"""Code points beside a statement, its cue and speaker, from which a sentence may hold
a second statement: about a clause of 15 words."""


def read(article: Article) -> Reading:
    """Read what the form of an article's sentences shows, in its language."""
    reader: Reader = (
        EnglishReader(article) if article.tongue == "en" else ListedReader(article)
    )
    return Reading(reader)


def counter(reading: Reading, index: int, found: Harm) -> Mention | None:
    """Find who counted: whoever a sentence quotes as saying it.

    Returns:
        The phrase that names the source, or None when the article narrates.
    """
    anchor = found.anchor
    around = [
        said
        for said in reading.said_in(index)
        if anchor.within(said.content) and said.speaker is not None
    ]
    if around:
        # "The minister said …, according to Reuters": the inner one counted
        inner = min(around, key=lambda s: s.content.end - s.content.start)
        return inner.speaker
    if not reading.has_grammar:
        return None
    return _reviser(reading, index, found) or _putter(reading, index, anchor)


def _putter(reading: Reading, index: int, anchor: Span) -> Mention | None:
    """Find who "put the toll at 40", or "reported 45 deaths": the verb's subject."""
    text = reading.article.text
    sentence = reading.article.sentences[index].span
    verb = _PUTS.search(text[sentence.start : anchor.start])
    return (
        None
        if verb is None
        else _before(reading, sentence, sentence.start + verb.start())
    )


_PUTS = re.compile(
    r"(?i)\b(?:(?:puts?|set|gave) (?:the )?(?:\w+ )?(?:toll|number|figure|count|total)[^.;]{0,40}\bat|(?:reported|recorded|counted|"
    r"registered|estimated|confirmed))\s+(?:that\s+)?(?:\w+\s+){0,3}$"
)


def _reviser(reading: Reading, index: int, found: Harm) -> Mention | None:
    """Find who raised or lowered a toll: the subject right before the verb."""
    text = reading.article.text
    sentence = reading.article.sentences[index].span
    told = revision.find(text, sentence)
    if told is None or told.new != found.count_span or told.changed is None:
        return None
    return _before(reading, sentence, told.changed.start)


def _before(reading: Reading, sentence: Span, start: int) -> Mention | None:
    """Find the phrase right before a verb, adverbs and auxiliaries aside."""
    text = reading.article.text
    for mention in reading.directory.within(sentence):
        gap = text[mention.span.end : max(mention.span.end, start)]
        if (
            mention.span.end <= start
            and not mention.nested
            and mention.form != "pronoun"
            and re.fullmatch(
                r"\s+(?:(?:has|have|had|later|then|also|(?:on|late|early) \w+day|\w+ly)\s+)*",
                gap,
            )
        ):
            return mention
    return None
