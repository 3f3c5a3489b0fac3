"""Who says what, read from the form of the sentence: speaker, cue and content.

Three spans, as in PolNeAR (Newell et al. 2018) and PARC 3.0. For direct quotations
the form decides: "…," X said · said X · X told Y · he added. For reported speech the
clause after the verb, or before a trailing "X said", is the content.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Literal

from schemas.evidence import Span
from schemas.terms import Act
from summarizer.reading.english import verbs
from summarizer.reading.english.names import mentions, name_words, widening
from summarizer.reading.values import Attribution, Mention
from summarizer.sources import Article
from summarizer.text import quotes, words

_MOST_CUES = 12
"""Verbs of saying that are read in one sentence; more make a list, no sentence."""

_SCARE_WORDS = 3
"""Up to so many words a quotation may be a mere expression within a sentence."""

_MASK = "\ue000"
"""Stands for each character of a quotation while the words around it are read."""

_TOLD = re.compile(
    r"(?i)\b(?:told|tell|tells|telling|informed|reminded|assured|warned)$"
)
_BETWEEN = re.compile(
    r"(?i)^(?:\s*,[^,]{1,120},)?\s*(?:(?:also|later|then|repeatedly|once|again|has|have|had|"
    r"is|was|were|are|often|publicly|further|immediately|previously|recently|reportedly|"
    r"himself|herself|themselves|and|in turn|however|twice|first|further|(?!(?:daily|weekly|monthly|family|ally|assembly|rally)\b)\w+ly)\s+)*$"
)
_ACCORDING = re.compile(
    r"(?i)\b(?:according to|in the words of|in the view of)\s+(?:the\s+|an?\s+)?"
)
_RELATIVE = re.compile(r"(?i)^[^,]{0,60},\s+(?:who|which|whose)\b[^,]{1,160},\s*$")
_TIME_ONLY = re.compile(
    r"(?i)^\s*(?:(?:late |early )?(?:on|in|at|from|during|after|before|last|this|earlier|later|"
    r"yesterday|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[^,;]{0,60})?[.\s]*$"
)
_INCLUDING = re.compile(
    r"^\s*,\s+(?:including|with|while|as|although|though|but|and)\b"
)
"""Goes on after a trailing "experts said": what they said stands before it."""
_NEW_CLAUSE = re.compile(r"[;:]|\b(?:that|which|after|while|because|but)\b")
_COORDINATED = re.compile(r"(?i)\b(?:and|but)\s+(?:also\s+|later\s+|then\s+)?$")
_PASSIVE = re.compile(r"(?i)\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?$")
_OFFICE_GAP = re.compile(
    r"(?i)^\s*(?:(?:to|for|of|at|in|and|the|on|special|senior)\s*)*$"
)
_TOLD_GAP = re.compile(r"\s+(?:the\s+|an?\s+)?")
_AFTER_WHICH_THAT = re.compile(
    r"(?i)(?!\s+on (?:its|his|her|their|the|an?) (?:\w+ )?(?:demands?|calls?|requests?|appeals?)\b)\s*(?:(?:on|in|at|to|during|after|before|by|via|through|with|from|for|about|earlier|once|twice|first|late|early|last|this|yesterday|today|"
    r"again|also|later|there|\w+day|\w+ly|\w+ing)\b[^“\"‘,.;:]{0,48}?(?<!\band) )?that\b\s*"
)
"""When, where or to whom something is said, and "that": "said on Monday that"."""
_THAT = re.compile(r"^\s*(?:that\b\s*)?,?\s*")


def attributions(article: Article, proper: frozenset[str]) -> tuple[Attribution, ...]:
    """Find the statements of an article, in the order of its sentences.

    Args:
        article: The article.
        proper: Words that it capitalises inside its sentences.
    """
    found: list[Attribution] = []
    previous: Attribution | None = None
    for index, sentence in enumerate(article.sentences):
        if previous is not None and sentence.paragraph > (
            article.sentences[previous.sentence].paragraph + 1
        ):
            previous = None
        here = _innermost(_Reader(article, index, proper, previous, found).read())
        found += [one for one in here if _states(one, article.text)]
        if here:
            previous = here[-1]
    return tuple(found)


def _states(one: Attribution, text: str) -> bool:
    """Tell a statement from "acknowledged their uphill battle"."""
    if one.form != "indirect" or one.act != "assert":
        return True
    content = one.content.of(text)
    agreed = one.cue.of(text).lower().startswith("agree")
    return verbs.has_clause(content) or (agreed and content.startswith("to "))


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
    paragraph = article.sentences[index].paragraph
    place = bisect_left(said, index, key=lambda s: s.sentence) - 1
    previous = said[place] if place >= 0 else None
    if previous is not None and (
        article.sentences[previous.sentence].paragraph < paragraph - 1
    ):
        previous = None
    reader = _Reader(article, index, proper, previous, [])
    return reader.resolved(pronoun, pronoun.span)


def _innermost(said: list[Attribution]) -> list[Attribution]:
    """Fold "A said that B had told him …" into what B said, by way of A."""
    kept: list[Attribution] = []
    for inner in said:
        outer = next((o for o in said if _reports(o, inner)), None)
        kept.append(inner if outer is None else replace(inner, via=outer.speaker))
    return [s for s in kept if not any(_reports(s, other) for other in said)]


def _reports(outer: Attribution, inner: Attribution) -> bool:
    return (
        outer is not inner
        and outer.form != "direct"
        and inner.speaker is not None
        and inner.cue.within(outer.content)
        and inner.speaker.span.within(outer.content)
        and inner.content.within(outer.content)
        # What is said beside the inner statement would be lost with the outer one.
        and inner.content.end >= outer.content.end
        and inner.speaker.span.start - outer.content.start <= _ARTICLE
    )


_PASTS = frozenset(
    [
        "said",
        "told",
        "wrote",
        "thought",
        "felt",
        "swore",
        "undertook",
        "read",
        "put",
        "held",
        "made",
        "gave",
    ]
)

_ARTICLE = 4
"""Code points of "the " before the speaker within a statement."""


class _Reader:
    """Reads one sentence. Holds what the steps share; used once."""

    def __init__(
        self,
        article: Article,
        index: int,
        proper: frozenset[str],
        previous: Attribution | None,
        earlier: list[Attribution],
    ) -> None:
        self.text = article.text
        self.index = index
        self.span = article.sentences[index].span
        self.previous = previous
        self.quotes = quotes.find(self.text, self.span)
        self.masked = self._mask()
        self.cues = self._cues()
        self.mentions = [
            m
            for m in mentions.find(self.text, self.span, proper)
            if not m.nested and not self._inside_quote(m.span.start)
        ]
        self.earlier = earlier
        self.article = article
        self.proper = proper

    def read(self) -> list[Attribution]:
        found = self._according_to()
        for cue, act in self.cues:
            attribution = self._at(cue, act)
            if attribution is not None:
                found.append(attribution)
        found = [self._without_tail(a, found) for a in found]
        return [a for a in found if not self._is_anothers(a, found)] or (
            self._continued()
        )

    def _without_tail(self, one: Attribution, found: list[Attribution]) -> Attribution:
        """Take "her office said" off the end of "rejected the call, her office said"."""
        for other in found:
            if (
                other is not one
                and one.form != "direct"
                and one.content.start < other.content.end < one.content.end
                and other.cue.within(one.content)
                and one.cue.within(other.content)
            ):
                content = Span(start=one.content.start, end=other.content.end)
                return replace(one, content=content)
        return one

    def _is_anothers(self, one: Attribution, found: list[Attribution]) -> bool:
        """Tell "an initial account claimed Rao had refused": not what the text says.

        A verb of saying right before the speaker reports the statement; when nobody
        was found who says it, the statement is not known to be anybody's.
        """
        if one.speaker is None or one.form == "direct":
            return False
        before = re.sub(
            r"(?i)\s*(?:\bthat)?(?:\s+the)?\s*$",
            "",
            self.text[self.span.start : max(self.span.start, one.speaker.span.start)],
        )
        end = self.span.start + len(before)
        return any(
            cue.end == end and all(a.cue != cue for a in found)
            for cue, act in self.cues
            if act not in {"asking", "support"}
        )

    def _mask(self) -> str:
        """Blank the quotations, so that verbs inside them are not taken for cues."""
        masked = self.span.of(self.text)
        for quote in self.quotes:
            start, end = quote.start - self.span.start, quote.end - self.span.start
            masked = masked[:start] + _MASK * (end - start) + masked[end:]
        return masked

    def _inside_quote(self, offset: int) -> bool:
        return any(q.start <= offset < q.end for q in self.quotes)

    def _cues(self) -> list[tuple[Span, str]]:
        """List the verbs of saying outside quotations, in order."""
        pattern, act_by_form = words.verb_index("speech")
        return [
            (
                Span.at(match, self.span.start),
                act_by_form[match.group().lower()],
            )
            for match in islice(pattern.finditer(self.masked), _MOST_CUES)
        ]

    def _according_to(self) -> list[Attribution]:
        found: list[Attribution] = []
        for match in islice(_ACCORDING.finditer(self.masked), _MOST_CUES):
            cue = Span.at(match, self.span.start)
            speaker = next((m for m in self.mentions if m.span.end > cue.end), None)
            if speaker is None or speaker.span.start > cue.end + 40:
                continue
            if "," in self.text[cue.end : max(cue.end, speaker.span.start)]:
                continue  # "according to federal data, 70 percent of children …"
            if match.start() == 0:
                content = self._trim(speaker.span.end, self.span.end)
            else:
                content = self._trim(self.span.start, cue.start)
            if content is not None:
                found.append(self._make(speaker, cue, content, "assert"))
        return found

    def _at(self, cue: Span, act: str) -> Attribution | None:
        """Read the statement at one verb, or None when it ascribes nothing."""
        if _PASSIVE.search(self.text[self.span.start : cue.start]):
            return None if act == "asking" else self._passive(cue, act)
        if self._is_no_statement(cue):
            return None
        before = self._subject_before(cue)
        inverted = self._subject_after(cue)
        quote = self._quote_ends_before(cue, inverted if before is None else before)
        if quote is not None and self._runs_on(quote, cue):
            quote = None
        if quote is not None and (inverted is not None or before is not None):
            # "…," said X: what follows the verb wins over a name before the quotation.
            close = inverted if self._touches(quote, cue) else before
            return self._after_quote(quote, close or before or inverted, cue, act)
        if act == "asking" or before is None:
            return None
        after = self._content_after(cue)
        trailing = self._content_before(before)
        rest = self.text[self._end_of_told(cue) : self.span.end]
        if trailing is not None and (_TIME_ONLY.match(rest) or _INCLUDING.match(rest)):
            return self._make(before, cue, trailing, act)
        if after is not None and not _TIME_ONLY.match(after.of(self.text)):
            return self._make(before, cue, after, act)
        return None

    def _after_quote(
        self, quote: Span, speaker: Mention | None, cue: Span, act: str
    ) -> Attribution | None:
        """Read a quotation before its verb, with the clause that it is a part of."""
        if not quote.of(self.text).lstrip("“”\"‘’'")[:1].islower():
            return self._make(speaker, cue, quote, act, quoted=True)
        clause = self.text.rfind(";", self.span.start, quote.start) + 1
        start = max(self.span.start, clause)
        if len(quote.of(self.text).split()) <= _SCARE_WORDS and (
            self.text[cue.end : self.span.end].lstrip().startswith(",")
        ):
            # the "bigger problem", they said, was fuel: the sentence goes on
            whole = self._trim(start, self.span.end)
            return self._make(speaker, cue, whole or quote, act)
        if self._within_clause(quote):
            whole = self._trim(start, quote.end)
            return self._make(speaker, cue, whole or quote, act)
        return self._make(speaker, cue, quote, act, quoted=True)

    def _within_clause(self, quote: Span) -> bool:
        """Tell "the dam was “close to breaking,”" from a quotation by itself."""
        before = self.text[self.span.start : quote.start + 1]
        return re.search(r"^[^“”\"]*[\w’']\s+[“\"‘]?$", before) is not None

    def _runs_on(self, quote: Span, cue: Span) -> bool:
        """Tell "of “our own people,” Orr said yes": what is said comes after the verb."""
        before = self.text[self.span.start : quote.start]
        after = self.text[cue.end : self.span.end]
        return (
            quote.of(self.text).lstrip("“”\"‘’'")[:1].islower()
            and re.search(r"\w\s+[“\"‘]?$", before) is not None
            and re.match(r"\s+\w", after) is not None
            and not _TIME_ONLY.match(after)
            and self._subject_after(cue) is None
        )

    def _end_of_told(self, cue: Span) -> int:
        """Find where "told the Daria Times" ends; the verb's end for other verbs."""
        if _TOLD.search(cue.of(self.text)):
            for mention in self.mentions:
                gap = self.text[cue.end : max(cue.end, mention.span.start)]
                if mention.span.start >= cue.end and _TOLD_GAP.fullmatch(gap):
                    return mention.span.end
        return cue.end

    def _is_no_statement(self, cue: Span) -> bool:
        """Tell questions, "had Kenya condemned …" and participles from statements."""
        after = self.text[cue.end : self.span.end]
        opens = self.text[self.span.start : cue.start].lstrip("“\"‘'")
        return (
            re.match(r"\s+by\b", after) is not None
            or verbs.goes_on(self.text, cue.start)
            or re.match(
                r"(?i)(?:had|were|should|will|would|did|does|do|is|are|can|could)\s+[A-Z]",
                opens,
            )
            is not None
            or (
                cue.of(self.text).lower() == "accused"
                and re.match(r"\s+of\b", after) is not None
            )
            or re.match(r"(?i)consider\w* \w+ing\b", cue.of(self.text) + after)
            is not None
            # "The Somme claimed the lives of 19,240 men"
            or re.match(
                r"(?i)claim\w* (?:the |\w+ )?li(?:fe|ves)\b", cue.of(self.text) + after
            )
            is not None
            # "He hails from Amarah"
            or re.match(r"(?i)hail(?:s|ed)? from\b", cue.of(self.text) + after)
            is not None
        )

    def _passive(self, cue: Span, act: str) -> Attribution | None:
        """Read "a truce was announced by X": what stands before is the content."""
        gap = re.match(
            r"\s+(?:\w+\s+){0,3}?by\s+(?:the\s+|an?\s+)?",
            self.text[cue.end : self.span.end],
        )
        if gap is None:
            return None
        after = cue.end + gap.end()
        speaker = next((m for m in self.mentions if m.span.end > after), None)
        was = _PASSIVE.search(self.text[self.span.start : cue.start])
        if speaker is None or speaker.span.start > after + 4 or was is None:
            return None
        content = self._trim(self.span.start, self.span.start + was.start())
        if content is None:
            return None
        return self._make(self._with_office(speaker), cue, content, act)

    def _with_office(self, mention: Mention) -> Mention:
        """Read "US ambassador to Turkey and envoy to Syria Tom Barrack" as one person."""
        if mention.kind != "officials":
            return mention
        last = mention
        for other in self.mentions:
            if other.span.start < last.span.end:
                continue
            if not _OFFICE_GAP.match(self.text[last.span.end : other.span.start]):
                break
            last = other
            if (
                other.form == "name"
                and " " in other.core.of(self.text)
                and other.kind is None
            ):
                role = Span(start=mention.span.start, end=other.core.start - 1)
                whole = Span(start=mention.span.start, end=other.span.end)
                return Mention(whole, other.core, "name", "person", role)
        return mention

    def _subject_before(self, cue: Span) -> Mention | None:
        """Find the phrase just before the verb, auxiliaries and an apposition aside."""
        for mention in reversed(self.mentions):
            if mention.span.end > cue.start or mention.span.end < self.span.start:
                continue
            between = self.text[mention.span.end : cue.start]
            if (
                mention.form == "pronoun"
                and mention.span.of(self.text).lower() == "who"
            ):
                continue
            if self._is_named_apposition(mention, between):
                return mention
            if _COORDINATED.search(between):
                if self._is_base_form(cue):
                    return None  # "… convince them to come out and support her"
                return next((m for m in self.mentions if self._may_lead(m)), mention)
            if _BETWEEN.match(between) or _RELATIVE.match(between):
                return widening.head_of(mention, self.mentions, self.text)
            if cue.start - mention.span.end > 160:
                return None
            owner = self._apposition_of(mention, cue)
            quoted = self.masked[
                mention.span.end - self.span.start : cue.start - self.span.start
            ]
            if owner is not None or _NEW_CLAUSE.search(between) or _MASK in quoted:
                return owner
        return None

    def _may_lead(self, mention: Mention) -> bool:
        """Tell a sentence's subject from what only leads up to it: "On Belmora, Orr …"."""
        before = self.text[self.span.start : mention.span.start]
        led = re.search(
            r"(?i)\b(?:on|in|at|since|after|before|for|with|as|by|from|\w+ing)\s+(?:the\s+|an?\s+)?$",
            before,
        )
        return mention.form != "pronoun" and led is None

    def _is_named_apposition(self, mention: Mention, between: str) -> bool:
        """Tell "A physician from Goma, Ana Ruiz, said": the name between the commas."""
        before = self.text[self.span.start : mention.span.start]
        return (
            re.fullmatch(r",\s+", between) is not None
            and re.search(
                r"[a-z]\w*,\s+$|\b(?:of|from|in|at) [^,.;]{1,40},\s+$", before
            )
            is not None
            and mention.form == "name"
            and mention.kind in {None, "person"}
            and " " in mention.core.of(self.text)
        )

    def _is_base_form(self, cue: Span) -> bool:
        """Tell "support" from "supports" and "supported"."""
        verb = cue.of(self.text).lower().split()[0]
        return not verb.endswith(("s", "ed", "ing")) and verb not in _PASTS

    def _apposition_of(self, inner: Mention, cue: Span) -> Mention | None:
        """Read "Omer Celik, spokesperson for X's party, told": the first name counts."""
        between = self.text[inner.span.end : cue.start]
        match = re.match(r"^[^,;:.]{0,60},\s*", between)
        if match is None or not _BETWEEN.match(between[match.end() :]):
            return None
        for mention in reversed(self.mentions):
            if mention.span.end <= inner.span.start:
                gap = self.text[mention.span.end : inner.span.start]
                if (
                    re.match(r"^,\s+(?!and\b|but\b)[^,;.]{0,120}$", gap)
                    and mention.form == "name"
                    # "On Belmora, Orr knocked it … and said" has Orr say it
                    and not verbs.has_clause(gap)
                ):
                    return mention
        return None

    def _subject_after(self, cue: Span) -> Mention | None:
        """Find the speaker of "said X"."""
        for mention in self.mentions:
            if mention.span.start >= cue.end:
                gap = self.text[cue.end : mention.span.start]
                if not re.fullmatch(
                    r"\s+(?:an?\s+|the\s+|one\s+)?(?:(?!(?:of|to|about|in|on|at|after|for|that|by|as)\b)\w+\s+){0,2}",
                    gap,
                ):
                    return None
                if mention.form == "pronoun" and self.text[
                    mention.span.start : mention.span.end
                ].lower() in {"it", "them", "him", "her"}:
                    return None
                return None if _TOLD.search(cue.of(self.text)) else mention
        return None

    def _quote_ends_before(self, cue: Span, subject: Mention | None) -> Span | None:
        """Find the quotation that the verb closes: "…," X said."""
        edge = cue.start if subject is None else min(cue.start, subject.span.start)
        for quote in reversed(self.quotes):
            if quote.end <= edge:
                gap = self.text[quote.end : edge]
                closes = re.fullmatch(
                    r"[”\"’'»]?[,.]?\s*(?:(?:the|an?)\s+)?(?:\w+\s+){0,3}", gap
                )
                ended = self.text[quote.end - 1] in ",.?!—–-" or gap.lstrip(
                    "”\"’'»"
                ).startswith(",")
                if closes is not None and ended:
                    return self._with_marks(quote)
                return None
        return None

    def _touches(self, quote: Span, cue: Span) -> bool:
        return (
            re.fullmatch(
                r"[,\s]*(?:also |later |then )?", self.text[quote.end : cue.start]
            )
            is not None
        )

    def _addressee(self, cue: Span) -> Mention | None:
        """Find to whom something is said: "told the Daria Times"."""
        if not _TOLD.search(cue.of(self.text)):
            return None
        behind = next((m for m in self.mentions if m.span.start >= cue.end), None)
        is_near = behind is not None and behind.span.start - cue.end < 30
        return behind if is_near else None

    def _content_after(self, cue: Span) -> Span | None:
        """Find the clause after the verb, and after whom it is said to."""
        addressee = self._addressee(cue)
        start = cue.end if addressee is None else addressee.span.end
        rest = self.text[start : self.span.end]
        match = _AFTER_WHICH_THAT.match(rest)
        if match is not None:
            start += match.end()
        else:
            lead = _THAT.match(rest)
            start += lead.end() if lead else 0
        stop = self.masked.find(";", start - self.span.start)
        end = self.span.end if stop < 0 else self.span.start + stop
        content = self._trim(start, end)
        if content is None or len(content.of(self.text).split()) < 2:
            return None
        return content

    def _content_before(self, speaker: Mention) -> Span | None:
        """Find the clause before a trailing "X said"."""
        head = self.text[self.span.start : speaker.span.start].rstrip()
        head = re.sub(r"\b(?:the|an?|The|An?)$", "", head).rstrip()
        if not head.endswith((",", "”", '"', "’")):
            return None
        return self._trim(self.span.start, self.span.start + len(head.rstrip(",")))

    def _continued(self) -> list[Attribution]:
        """Read a quotation without a verb: the speaker before goes on."""
        if self.previous is None or not self.quotes:
            return []
        quoted = sum(q.end - q.start for q in self.quotes)
        if quoted < 0.8 * (self.span.end - self.span.start):
            return []
        if self.previous.form != "direct":
            return []
        content = self._with_marks(self.quotes[0])
        return [
            Attribution(
                self.index,
                self.previous.speaker,
                self.previous.cue,
                content,
                "direct",
                "assert",
            )
        ]

    def _with_marks(self, quote: Span) -> Span:
        end = quote.end + (1 if quote.end < self.span.end else 0)
        return Span(start=quote.start - 1, end=end)

    def _trim(self, start: int, end: int) -> Span | None:
        piece = self.text[start:end]
        kept = piece.strip(" \t\r\n\u00a0,;:.")
        if not kept:
            return None
        at = start + piece.index(kept)
        return Span(start=at, end=at + len(kept))

    def _make(
        self,
        speaker: Mention | None,
        cue: Span,
        content: Span,
        act: str,
        *,
        quoted: bool = False,
    ) -> Attribution:
        form: Literal["direct", "mixed", "indirect"] = (
            "direct" if quoted else self._form(content)
        )
        addressee = self._addressee(cue)
        told = Span(start=cue.start, end=addressee.span.end) if addressee else None
        who = self.resolved(speaker, content)
        return Attribution(self.index, who, cue, content, form, act_of(act), told)

    def _form(self, content: Span) -> Literal["direct", "mixed", "indirect"]:
        inside = [
            q
            for q in self.quotes
            if content.start <= q.start and q.end <= content.end + 1
        ]
        if not inside:
            return "indirect"
        quoted = sum(q.end - q.start for q in inside)
        return "direct" if quoted > 0.85 * (content.end - content.start) else "mixed"

    def resolved(self, speaker: Mention | None, content: Span) -> Mention | None:
        """Find whom a pronoun stands for: the subject before, in reach."""
        if speaker is None or speaker.form != "pronoun":
            return speaker
        word = speaker.span.of(self.text).lower()
        if word in {"i", "we", "you"}:
            return None
        for mention in self.mentions:
            if (
                mention.span.end <= speaker.span.start
                and not mention.span.within(content)
                and _can_be(word, mention, self.text)
                and widening.head_of(mention, self.mentions, self.text) is mention
            ):
                return mention
        if (
            self.previous is not None
            and self.previous.speaker is not None
            and _can_be(word, self.previous.speaker, self.text)
        ):
            return self._named_since(word, self.previous) or self.previous.speaker
        return self._subject_of_sentence_before(word)

    def _named_since(self, word: str, previous: Attribution) -> Mention | None:
        """Find a person whom a sentence after the last statement names first."""
        for index in range(self.index - 1, previous.sentence, -1):
            span = self.article.sentences[index].span
            for mention in mentions.find(self.text, span, self.proper):
                person = mention.kind == "person" or " " in mention.core.of(self.text)
                if (
                    mention.form == "name"
                    and person
                    and _can_be(word, mention, self.text)
                ):
                    return mention
        return None

    def _subject_of_sentence_before(self, word: str) -> Mention | None:
        paragraph = self.article.sentences[self.index].paragraph
        for index in range(self.index - 1, max(-1, self.index - 4), -1):
            sentence = self.article.sentences[index]
            if sentence.paragraph < paragraph - 1:
                return None
            able = [
                m
                for m in mentions.find(self.text, sentence.span, self.proper)
                if not m.nested and _can_be(word, m, self.text)
            ]
            if able:
                return able[0] if len(self._people(able)) < _SEVERAL else None
        return None

    def _people(self, able: list[Mention]) -> set[str]:
        """Collect the surnames of the named people among some phrases."""
        return {
            m.core.of(self.text).rsplit(maxsplit=1)[-1]
            for m in able
            if m.kind == "person"
            or (m.form == "name" and m.kind is None and " " in m.core.of(self.text))
        }


_SEVERAL = 2
"""Named people from which a pronoun of the next sentence may mean either."""


def _can_be(pronoun: str, mention: Mention, text: str) -> bool:
    """Tell whether a pronoun may stand for a phrase."""
    if mention.form == "pronoun":
        return False
    name = mention.core.of(text)
    if pronoun in {"he", "she", "him", "her", "who"}:
        if mention.kind in {
            "government",
            "organisation",
            "igo",
            "media",
            "armed_group",
        }:
            return False
        return (
            not name_words.is_country(name) and not name.endswith("s")
        ) or mention.kind == "person"
    if pronoun == "they":
        alone = mention.form == "name" and mention.kind in {None, "person"}
        return not alone or name_words.is_country(name)
    return mention.kind not in {"person", "officials"}


@cache
def act_of(name: str) -> Act:
    """Name the act of a list of verbs of saying; verbs of asking assert."""
    if name == "asking":
        return "assert"
    return name  # type: ignore[return-value]  # the keys of the lists are acts; a test holds them to it
