"""Who says what, by the lists of a language and the order of the words.

Only simple forms: "…", said X · X said that … · X said: "…" · according to X, … ·
added that …, of whoever spoke before. What fits none of them is nobody's statement.
"""

import re
from functools import cache
from itertools import islice
from typing import Literal, cast

from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.values import Attribution, Mention
from summarizer.text import quotes
from summarizer.text.lexicon import KEYS, Lexicon

_MOST_CUES = 12
_MASK = "\ue000"
_ENDS = " \t\r\n,;:–—-"
_LEAST = 3
"""Words of a statement that is no quotation; "dijo que sí" has fewer and says nothing
by itself."""


def find(directory: Directory, lexicon: Lexicon) -> tuple[Attribution, ...]:
    """Find the statements of an article, in order; none without verbs of saying."""
    if not lexicon.has("speech"):
        return ()
    found: list[Attribution] = []
    for index in range(len(directory.article.sentences)):
        previous = found[-1] if found else None
        if previous is not None and previous.sentence != index - 1:
            previous = None
        found += _Sentence(directory, lexicon, index, previous).read()
    return tuple(found)


class _Sentence:
    """Reads one sentence; used once."""

    def __init__(
        self,
        directory: Directory,
        lexicon: Lexicon,
        index: int,
        previous: Attribution | None,
    ) -> None:
        self.text = directory.article.text
        self.index = index
        self.span = directory.article.sentences[index].span
        self.lexicon = lexicon
        self.previous = previous
        self.quotes = [
            q
            for q in quotes.find(self.text, self.span, pairs(lexicon))
            if not any(q.within(m.span) for m in directory.within(self.span))
        ]
        self.mentions = [
            m
            for m in directory.within(self.span)
            if not any(q.start <= m.span.start < q.end for q in self.quotes)
        ]
        masked = list(self.span.of(self.text))
        for quote in self.quotes:
            for i in range(quote.start - self.span.start, quote.end - self.span.start):
                masked[i] = _MASK
        self.masked = "".join(masked)

    def read(self) -> list[Attribution]:
        found = list(self._according())
        for cue, act in self._cues():
            one = self._at(cue, act)
            if one is not None and not any(
                one.content.overlaps(o.content) for o in found
            ):
                found.append(one)
        return found

    def _cues(self) -> list[tuple[Span, str]]:
        found: list[tuple[Span, str]] = []
        for act in KEYS["speech"]:
            pattern = self.lexicon.pattern("speech", act)
            for match in islice(pattern.finditer(self.masked), _MOST_CUES):
                span = self._span(match.start(), match.end())
                if not self._denied(span):
                    found.append((span, act))
        # Of two lists that meet in a word the longer form counts: "se negó" is no "negó".
        longest = [
            (s, a)
            for s, a in found
            if not any(
                s.overlaps(o) and (o.end - o.start) > (s.end - s.start)
                for o, _ in found
            )
        ]
        return sorted(dict(longest).items(), key=lambda f: f[0].start)

    def _span(self, start: int, end: int) -> Span:
        return Span(start=self.span.start + start, end=self.span.start + end)

    def _denied(self, cue: Span) -> bool:
        """Tell "no dijo que": nothing is said."""
        before = self.text[self.span.start : cue.start].split()[-1:]
        negations = self.lexicon.pattern("negation", "words")
        return bool(before) and negations.fullmatch(before[0]) is not None

    def _according(self) -> list[Attribution]:
        found: list[Attribution] = []
        pattern = self.lexicon.pattern("clauses", "according")
        for match in pattern.finditer(self.masked):
            cue = self._span(match.start(), match.end())
            speaker = self._right_after(cue.end)
            if speaker is None:
                continue
            before = self._trim(self.span.start, cue.start)
            after = self._trim(speaker.span.end, self.span.end)
            # A letter written together with the cue ("و") is no statement.
            told = before is not None and len(before.of(self.text).split()) >= _LEAST
            content = before if told else after
            if content is not None:
                found.append(self._make(speaker, cue, content, "assert"))
        return found

    def _at(self, cue: Span, act: str) -> Attribution | None:
        before, after = self._subject_before(cue), self._right_after(cue.end)
        quoted = self._quote_before(cue)
        if quoted is not None:
            speaker = after or before or self._speaker_before()
            return self._make(speaker, cue, quoted, act)
        if act == "asking":
            return None
        clause = self._clause_before(cue)
        if clause is not None and after is not None:
            return self._make(after, cue, clause, act)
        speaker = before or after
        start = after.span.end if before is None and after is not None else cue.end
        content = self._content_after(start, cue)
        if content is None:
            return None
        if speaker is None:
            speaker = self._speaker_before() if self._opens(cue) else None
        return self._make(speaker, cue, content, act) if speaker is not None else None

    def _speaker_before(self) -> Mention | None:
        return self.previous.speaker if self.previous is not None else None

    def _opens(self, cue: Span) -> bool:
        """Tell "Añadió que": nobody else can be meant than who spoke before."""
        lead = self.text[self.span.start : cue.start]
        return re.fullmatch(rf"(?i)\s*(?:{self._between}\s*,?\s*)*", lead) is not None

    @property
    def _between(self) -> str:
        names = ("between", "and", "pronouns")
        return self.lexicon.whole(
            e for n in names for e in self.lexicon.entries("clauses", n)
        )

    def _subject_before(self, cue: Span) -> Mention | None:
        """Find the phrase just before the verb, an apposition and small words aside."""
        for mention in reversed(self.mentions):
            if mention.span.end > cue.start:
                continue
            gap = self.text[mention.span.end : cue.start]
            free = ""
            if mention.form == "described":
                that = self.lexicon.whole(self.lexicon.entries("clauses", "that"))
                # "el ministro belmorano", "un funcionario que habló ayer"
                free = rf"(?:{that}\s+[^,;:.]{{1,80}}\s+|[^\W\d_]+\s+)?"
            fits = re.fullmatch(
                rf"(?i)(?:\s*,[^,]{{1,120}},|\s*,)?\s*{free}(?:{self._between}\s*,?\s*)*",
                gap,
            )
            if fits is None:
                return None
            return None if self._is_addressed(mention) else mention
        return None

    def _is_addressed(self, mention: Mention) -> bool:
        """Tell "a Rusia le dijo": somebody is spoken to there."""
        lead = self.text[self.span.start : mention.span.start + 3]
        to = self.lexicon.before_a_word("addressee")
        return re.search(rf"(?i){to}\S{{0,3}}$", lead) is not None

    def _right_after(self, end: int) -> Mention | None:
        """Find the phrase right after a verb, small words aside."""
        small = self.lexicon.before_a_word("determiners", "between")
        for mention in self.mentions:
            if mention.core.start < end:
                continue
            gap = self.text[end : max(end, mention.span.start)]
            if self._is_addressed(mention):
                end = mention.span.end  # "aseguró a la prensa el director"
                continue
            fits = re.fullmatch(rf"(?i)\s*(?:{small},?\s*)*", gap)
            return mention if fits is not None else None
        return None

    def _quote_before(self, cue: Span) -> Span | None:
        """Find the quotation that ends right before the verb or its subject."""
        for quote in reversed(self.quotes):
            if quote.end > cue.start:
                continue
            gap = self.text[quote.end : cue.start]
            subject = self._subject_before(cue)
            if subject is not None and subject.span.start >= quote.end:
                gap = self.text[quote.end : subject.span.start]
            if re.fullmatch(r"[^\w\s]{0,2}\s*[,.;–—-]?\s*[–—-]?\s*", gap):
                return Span(
                    start=max(self.span.start, quote.start - 1), end=quote.end + 1
                )
            return None
        return None

    def _clause_before(self, cue: Span) -> Span | None:
        """Find the clause before ", dijo X": all of the sentence so far."""
        lead = self.text[self.span.start : cue.start]
        if re.search(r"[,–—]\s*(?:[–—]\s*)?$", lead) is None:
            return None
        return self._trim(self.span.start, cue.start)

    def _content_after(self, start: int, cue: Span) -> Span | None:
        """Find what is said after the verb: behind "that" or a colon, or quoted."""
        that = self.lexicon.before_a_word("that")
        rest = self.text[start : self.span.end]
        led = re.match(rf"(?i)(?P<gap>[^.;:]{{0,60}}?)(?:{that}|:\s*)", rest)
        if led is None or self._meets_mention(start, start + len(led["gap"])):
            return None
        content = self._trim(start + led.end(), self.span.end)
        if content is None or content.start < cue.end:
            return None
        quoted = any(q.overlaps(content) for q in self.quotes)
        enough = quoted or len(content.of(self.text).split()) >= _LEAST
        return content if enough else None

    def _meets_mention(self, start: int, end: int) -> bool:
        """Tell whether another party stands between a verb and "that"."""
        small = any(m.span.start >= start and m.span.end <= end for m in self.mentions)
        return small and not self._addresses(start, end)

    def _addresses(self, start: int, end: int) -> bool:
        to = self.lexicon.before_a_word("addressee")
        return re.match(rf"(?i)\s*{to}", self.text[start:end]) is not None

    def _trim(self, start: int, end: int) -> Span | None:
        words = self.text[start:end]
        left = len(words) - len(words.lstrip(_ENDS))
        kept = words[left:].rstrip(_ENDS)
        if not re.search(r"\w", kept):
            return None
        return Span(start=start + left, end=start + left + len(kept))

    def _make(
        self, speaker: Mention | None, cue: Span, content: Span, act: str
    ) -> Attribution:
        held = [q for q in self.quotes if q.within(content)]
        form: Literal["direct", "mixed", "indirect"] = "indirect"
        if held:
            inside = sum(q.end - q.start for q in held)
            direct = inside + _MARKS >= content.end - content.start
            form = "direct" if direct else "mixed"
        shown = "assert" if act == "asking" else act
        return Attribution(
            sentence=self.index,
            speaker=speaker,
            cue=cue,
            content=content,
            form=form,
            act=cast("Act", shown),
        )


_MARKS = 4
"""Code points of a direct quotation beside its words: the marks and a stop."""


@cache
def pairs(lexicon: Lexicon) -> dict[str, str] | None:
    """Return the quotation marks of a language; None when it lists none."""
    listed = lexicon.entries("quotes", "pairs")
    return {pair[0]: pair[1] for pair in listed} if listed else None
