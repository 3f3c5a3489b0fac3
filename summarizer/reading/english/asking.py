"""Who asks whom for what, read from the form of the sentence.

Active ("A urged B to …", "A is seeking B’s help"), passive ("B was asked by A to …"),
nominal ("A’s appeal to B for …") and modal ("A said B must …"). What is only a
condition, denied, or told to the reader is no request. A model's word on the
direction is compared with this.
"""

import re
from dataclasses import replace
from functools import cache
from itertools import islice

from schemas.evidence import Span
from schemas.terms import Force
from schemas.terms import Mode as RequestMode
from summarizer.reading import no_fact
from summarizer.reading.english.names import mentions, widening
from summarizer.reading.values import Attribution, Bar, Frame, Mention, Voice
from summarizer.sources import Article
from summarizer.text import quotes, words

MOST_WORDS = 15
"""Words of `what`, as the contract has it."""

_MOST_CUES = 12
"""Verbs, and nouns, of asking that are read in one sentence; more make a list."""

_ASKS = re.compile(r"\?\s*$")
_TOLD_BY = re.compile(
    r",\s+(?:according to\b|(?:[^\s,.;]+\s+){1,8}?(?:said|says|told|added|reported|wrote|announced|confirmed|asked)\b)"
)
"""Who tells of a request, behind it: "…, the minister told Reuters"."""
_DONE_TO = re.compile(
    r"(?i)(?:the\s+|an?\s+)?(?:\w+\s+)?(?:arrest|release|extradition|prosecution|trial|expulsion|punishment|"
    r"execution|protection|evacuation)\s+of\b"
)
_AND = re.compile(r",?\s+and\s+(?:the\s+|an?\s+)?|,\s+(?:the\s+|an?\s+)?")
_ASKED_FOR = re.compile(r"\s+(?:to|for|that)\s")
_AUX = r"(?:has|have|had|is|are|was|were|also|again|repeatedly|been|being|will|would|\w+ly|then|later|further|himself|herself|publicly|only|plans? to|planned to|intends? to|is to|reiterated (?:its|his|her|their)|insisted on (?:its|his|her|their))"
_SUBJECT_GAP = re.compile(
    rf"(?i)^(?:\s*\([^)]{{1,20}}\))?(?:\s*,[^,]{{1,80}},)?(?:\s*,)?\s*(?:{_AUX}\s+)*(?:on \w+ |\w+day )?(?:{_AUX}\s+)*$"
)
_PASSIVE = re.compile(r"(?i)\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?$")
_PLANNED = re.compile(
    r"(?i)\b(?:plan(?:s|ned|ning)? to|intend(?:s|ed)? to|will|is to|are to|about to|would|expected to|due to|set to|considering|wants? to)\s+(?:\w+\s+)?$"
)
_EACH = re.compile(r"(?i)(?:each|both)\b")
_THE_OTHER = re.compile(r"(?i)\s+(?:that\s+)?(?P<other>the other)\b")
_QUESTION = re.compile(r"(?i)^\s+(?:whether|if|about|why|how|what|when|where|who)\b")
_AT_LARGE = re.compile(
    r"(?i)(?:call(?:s|ed|ing)? for|demand(?:s|ed|ing)?(?: that)?)\s+(?![“\"‘])\S+\s+\S+"
)
_NOUN_LIKE = frozenset(
    [
        "request", "requests", "appeal", "appeals", "call", "calls", "demand", "demands",
        "order", "orders", "press", "petition", "bid", "plea",
    ]
)  # fmt: skip
_HELP = r"assistance|support|help|aid|backing|cooperation|mediation|protection|approval|permission|resignation|withdrawal|release|commitment|guarantees?|refuge|asylum|intervention"
_OWNED_THING = re.compile(
    rf"[’']s?\s+(?!(?:\w+\s+){{0,2}}(?:{_HELP})\b)(?:\w+\s+){{1,3}}to\s"
)
_STOP = re.compile(
    r";|\s+and\s+(?:\w+ly\s+)?(?:promised|said|added|told|warned|accused|denied|offered|announced|pledged|vowed|welcomed|condemned|"
    r"criticised|criticized|rejected|refused|agreed|thanked|praised|asked|urged|demanded|called|insisted|declared)\b|(?<=[a-z0-9])\.(?=\s|$)|\s[–—]\s|:\s|,?\s+but\b|,\s+(?:and|as|saying|while|adding|which|who)\b|\s(?:after|when|because)\b"
)
_DAY = r"(?:\s+(?:\w+day|today|yesterday))?"
_NOUN_STOP = re.compile(
    r"\s(?:has|have|had|was|were|is|are|went|came|follow(?:s|ed)|remain(?:s|ed)?)\s"
)


def frames(
    article: Article, index: int, said: list[Attribution], proper: frozenset[str]
) -> list[Frame]:
    """Find the requests in one sentence.

    Args:
        article: The article.
        index: The sentence.
        said: The statements that this sentence ascribes to somebody.
        proper: Words that the article capitalises inside sentences.

    Returns:
        Frames in order of their cue; barred ones are among them.
    """
    sentence = article.sentences[index].span
    if _ASKS.search(article.text, sentence.start, sentence.end):
        return []  # "Why did Britain ask Chad to leave?" tells of nothing
    reader = _Reader(article, index, said, proper)
    found = [
        frame for cue, force in reader.verbs() if (frame := reader.verb(cue, force))
    ]
    found += [frame for cue in reader.nouns() if (frame := reader.noun(cue))]
    found = [one for frame in found for one in reader.both_ways(frame)]
    found = [one for frame in found for one in reader.each_asked(frame)]
    return sorted(found, key=lambda f: f.cue.start)


def mode_of(what: str) -> RequestMode:
    """Classify what is asked for, by the first word that shows it (PLOVER modes)."""
    first: tuple[int, RequestMode] = (len(what) + 1, "change")
    for mode in ("meet", "yield", "assist"):
        found = words.pattern("modes", mode).search(what)
        if found is not None and found.start() < first[0]:
            first = (found.start(), mode)
    return first[1]


class _Reader:
    """Reads the requests of one sentence. Used once."""

    def __init__(
        self,
        article: Article,
        index: int,
        said: list[Attribution],
        proper: frozenset[str],
    ) -> None:
        self.text = article.text
        self.index = index
        self.span = article.sentences[index].span
        self.said = said
        self.quotes = quotes.find(self.text, self.span)
        self.all = mentions.find(self.text, self.span, proper)
        self.mentions = [m for m in self.all if not m.nested]

    def verbs(self) -> list[tuple[Span, Force]]:
        pattern, force_of = _verb_cues()
        return [
            (Span.at(m), force_of[m.group().lower()])
            for m in islice(
                pattern.finditer(self.text, self.span.start, self.span.end), _MOST_CUES
            )
        ]

    def nouns(self) -> list[Span]:
        pattern = words.pattern("requests", "nominal")
        return [
            Span.at(m)
            for m in islice(
                pattern.finditer(self.text, self.span.start, self.span.end), _MOST_CUES
            )
        ]

    def verb(self, cue: Span, force: Force) -> Frame | None:
        word = cue.of(self.text).lower()
        if word in {"must", "should", "need to", "needs to", "ought to"}:
            return self._modal(cue, force)
        if not word.endswith("ing") and _PASSIVE.search(
            self.text[self.span.start : cue.start]
        ):
            return self._passive(cue, force)
        if word in _NOUN_LIKE and self._is_noun(cue):
            return None  # "the request"
        by = self._subject(cue)
        if by is None:
            return self._imperative(cue, force)
        to, what = self._object(cue, word)
        if what is None and to is None:
            return None
        if to is not None and _OWNED_THING.match(self.text, to.span.end, self.span.end):
            return None  # "asked Iran's allies to leave" asks nothing of Iran
        if to is not None and _QUESTION.match(self.text[to.span.end : self.span.end]):
            return None
        return self._frame(cue, "active", force, by, to, what)

    def _is_noun(self, cue: Span) -> bool:
        """Tell a noun by the word before it; "plans to" leads to a verb."""
        article = (
            r"(?i)\b(?:an?|the|this|that|its|his|her|their|’s|'s|of|new|for|to)\s+$"
        )
        return (
            re.search(
                article, self.text[max(self.span.start, cue.start - 12) : cue.start]
            )
            is not None
            and re.search(
                r"(?i)\b(?:plans?|planned|intends?|wants?|is|continues?|going|expected|decided|used|trying|of)\s+(?:to\s+)?$",
                self.text[self.span.start : cue.start],
            )
            is None
        )

    def noun(self, cue: Span) -> Frame | None:
        by, end = self._asker_of(cue)
        if by is None:
            return None
        to: Mention | None = None
        tail = self.text[end : self.span.end]
        for_to = re.match(rf"{_DAY}\s+(?:to|on)\s+(?:the\s+|an?\s+)?", tail)
        if for_to is not None:
            to = self._first_after(end + for_to.end(), slack=1)
            end = to.span.end if to is not None else end
        if to is None and not re.match(rf"{_DAY}\s+(?:for|that)\b", tail):
            return None
        what = self._what(end, _NOUN_STOP)
        if to is None and (that := re.match(rf"{_DAY}\s+that\s+(?:the\s+)?", tail)):
            to = self._first_after(end + that.end(), slack=1)
            what = self._what(to.span.end) if to is not None else what
        return self._frame(cue, "nominal", _noun_force(cue.of(self.text)), by, to, what)

    def _asker_of(self, cue: Span) -> tuple[Mention | None, int]:
        """Find whose request a noun names, and where the words for both end."""
        for mention in reversed(self.all):
            gap = self.text[mention.span.end : cue.start]
            if re.fullmatch(r"(?:[’']s?)\s+(?:\w+\s+){0,2}", gap):
                return mention, cue.end
        link = re.match(
            r"\s+by\s+(?:the\s+|an?\s+)?", self.text[cue.end : self.span.end]
        )
        if link is not None:
            by = self._first_after(cue.end + link.end(), slack=2)
            if by is not None:
                return by, by.span.end
        light = re.search(
            r"(?i)\b(?:issued|made|sent|delivered|launched|renewed|repeated|reiterated|insisted on|rejected)\s+(?:an?|the|its|his|her|their)\s+(?:\w+\s+){0,3}$",
            self.text[self.span.start : cue.start],
        )
        if light is None or light.group().lower().startswith("rejected"):
            return None, cue.end
        start = self.span.start + light.start()
        return self._subject(Span(start=start, end=cue.end)), cue.end

    def both_ways(self, frame: Frame) -> list[Frame]:
        """Read "each side demanded that the other …" as two opposite requests."""
        if frame.by is None or frame.voice != "active":
            return [frame]
        other = _THE_OTHER.match(self.text, frame.cue.end, self.span.end)
        if other is None or not _EACH.match(frame.by.span.of(self.text)):
            return [frame]
        span = Span(start=other.start("other"), end=other.end("other"))
        core = Span(start=span.end - len("other"), end=span.end)
        second = Mention(span, core, "described", "group")
        one = replace(frame, to=second, what=self._what(span.end), at_large=False)
        return [one, replace(one, by=second, to=frame.by)]

    def each_asked(self, frame: Frame) -> list[Frame]:
        """Read "asked India and the EU for tents" as a request to each of them."""
        if frame.to is None or frame.to.form == "pronoun" or frame.voice != "active":
            return [frame]
        asked, end = [frame.to], frame.to.span.end
        while (link := _AND.match(self.text, end, self.span.end)) is not None:
            nxt = self._first_after(link.end(), slack=1)
            if nxt is None or nxt.form == "pronoun" or nxt.span.start < end:
                break
            asked.append(nxt)
            end = nxt.span.end
            if "and" in link.group():
                break
        else:
            return [frame]
        after = _ASKED_FOR.match(self.text, end, self.span.end)
        if len(asked) == 1 or after is None or frame.what is None:
            # "urged Iraq, and Syria said …": what is asked for is not told.
            cut = frame.what and frame.what.of(self.text).startswith("and ")
            return [] if cut else [frame]
        what = self._what(end)
        return [replace(frame, to=one, what=what) for one in asked]

    def _modal(self, cue: Span, force: Force) -> Frame | None:
        speaker = self._speaker_at(cue)
        to = self._subject(cue)
        if to is not None:
            to = self._first_of_row(to)
        if speaker is None or to is None or to.form == "pronoun":
            return None
        if to.span.overlaps(speaker.span) or _negated_after(self.text, cue):
            return None
        return self._frame(cue, "modal", force, speaker, to, self._what(cue.end))

    def _first_of_row(self, last: Mention) -> Mention:
        """Find who is named first in "the US and other developed nations"."""
        for mention in reversed(self.mentions):
            if mention.span.end < last.span.start and mention.form != "pronoun":
                gap = self.text[mention.span.end : last.span.start]
                if re.fullmatch(r"\s+and\s+(?:the\s+|other\s+)?(?:[a-z]+\s+)?", gap):
                    return mention
                return last
        return last

    def _passive(self, cue: Span, force: Force) -> Frame | None:
        was = _PASSIVE.search(self.text[self.span.start : cue.start])
        subject_cue = (
            Span(start=self.span.start + was.start(), end=cue.end) if was else cue
        )
        to = self._subject(subject_cue)
        link = re.match(
            r"\s+(?:\w+\s+){0,2}?by\s+(?:the\s+|an?\s+)?",
            self.text[cue.end : self.span.end],
        )
        by = (
            self._first_after(cue.end + link.end(), slack=2)
            if link is not None
            else None
        )
        if by is None:
            return None
        return self._frame(cue, "passive", force, by, to, self._what(by.span.end))

    def _imperative(self, cue: Span, force: Force) -> Frame | None:
        if cue.start > self.span.start + 2:
            return None
        frame = self._frame(cue, "active", force, None, None, self._what(cue.end))
        return replace(frame, bar="reader")

    def _frame(
        self,
        cue: Span,
        voice: Voice,
        force: Force,
        by: Mention | None,
        to: Mention | None,
        what: Span | None,
    ) -> Frame:
        before = self.text[self.span.start : cue.start]
        speaker = self._speaker_at(cue)
        if by is not None and by.form == "pronoun":
            by = self._meant(by, speaker)
        told_by = None if voice == "modal" else self._teller(speaker, by)
        planned = voice != "modal" and _PLANNED.search(before) is not None
        if to is not None and by is not None and to.span == by.span:
            to = None
        return Frame(
            self.index,
            cue,
            voice,
            force,
            by,
            to,
            what,
            "planned" if planned else "actual",
            told_by,
            _bar(before),
            at_large=self._is_at_large(cue, what),
        )

    def _teller(self, speaker: Mention | None, by: Mention | None) -> Mention | None:
        """Find who tells of a request: a speaker other than who asks."""
        if speaker is None or by is None or _same(speaker, by, self.text):
            return None
        return speaker

    def _is_at_large(self, cue: Span, what: Span | None) -> bool:
        """Tell "called for a ceasefire", which may ask nobody by name."""
        return (
            what is not None
            and _AT_LARGE.match(self.text[cue.start : what.end]) is not None
        )

    def _meant(self, pronoun: Mention, speaker: Mention | None) -> Mention | None:
        """Find who asks as a pronoun: the speaker, or a party named before."""
        if pronoun.span.of(self.text).lower() in {"i", "we"}:
            return speaker
        # Within a quotation "they" are people whom the speaker means.
        quoted = any(q.start <= pronoun.span.start < q.end for q in self.quotes)
        return pronoun if quoted else self._antecedent(pronoun) or pronoun

    def _subject(self, cue: Span) -> Mention | None:
        """Find the phrase that the verb belongs to."""
        if re.search(
            r"(?i)\b(?:which|that)\s+$", self.text[self.span.start : cue.start]
        ):
            return None  # "a proposal, which calls for …": no party asks
        for mention in reversed(self.mentions):
            if mention.span.end > cue.start:
                continue
            gap = self.text[mention.span.end : cue.start]
            if _SUBJECT_GAP.match(gap) or re.fullmatch(
                r"\s+and\s+(?:\w+\s+){1,5}", gap
            ):
                head = widening.head_of(mention, self.mentions, self.text)
                if head is None:
                    continue
                return head
            if re.search(r"(?i)\b(?:and|but)\s+(?:also\s+)?$", gap) and not re.search(
                r"[;:]", gap
            ):
                return self.mentions[0]
            if re.search(r"(?i)\bstopp?(?:ed|ing|s)? short of\s*$", gap):
                return mention
            if re.match(r"^,[^;:]{1,160},\s*$", gap):
                return mention
        return None

    def _object(self, cue: Span, word: str) -> tuple[Mention | None, Span | None]:
        """Find who is asked, and for what, after an active verb."""
        rest = self.text[cue.end : self.span.end]
        if word.rsplit(maxsplit=1)[-1] == "for":
            return self._from_whom(cue.end)
        seeks = word.startswith(("seek", "sought", "solicit")) or re.match(
            rf"\s+(?:the\s+)?\S+[’']s?\s+(?:\w+\s+){{0,2}}(?:{_HELP})\b", rest
        )
        if seeks:
            return self._sought(cue.end)
        that = re.match(r"(?:\s+\w+day)?\s+that\s+(?:the\s+|an?\s+|its\s+)?", rest)
        lead = that or re.match(
            r"(?i)(?:\s+\w+day)?\s+(?:(?:on|upon|to|with)\s+)?(?:the\s+|an?\s+)?", rest
        )
        start = cue.end + (lead.end() if lead else 0)
        to = self._first_after(start, slack=1)
        if to is None:
            if word.startswith(("demand", "order", "requir")):
                return self._from_whom(cue.end)
            return (
                (None, self._what(cue.end))
                if that or re.match(r"\s+(?:for|to)\b", rest)
                else (None, None)
            )
        return to, self._what(to.span.end)

    def _sought(self, start: int) -> tuple[Mention | None, Span | None]:
        """Read "seeking B’s assistance to …": B is asked."""
        owner = next(
            (
                m
                for m in self.all
                if m.span.start >= start
                and re.match(r"[’']s?\s", self.text[m.span.end : m.span.end + 3])
            ),
            None,
        )
        if owner is not None and owner.span.start - start <= 6:
            at = re.match(r"[’']s?\s+", self.text[owner.span.end : self.span.end])
            return owner, self._what(owner.span.end + (at.end() if at else 0))
        return self._from_whom(start)

    def _from_whom(self, start: int) -> tuple[Mention | None, Span | None]:
        """Read "for X from B" and "the withdrawal of B"."""
        what = self._what(start)
        if what is None:
            return None, None
        if _DONE_TO.match(what.of(self.text)):
            return self._source_of(start, what), what
        # "the withdrawal of Serbian forces from Bosnia" is asked of the forces.
        owned = re.match(r"(?:the\s+)?\w+(?:al|ion|ase)\s+of\b", what.of(self.text))
        for preposition in ("of",) if owned else ("from", "of|by|in"):
            for mention in self.mentions:
                if mention.span.start < start or not mention.span.overlaps(what):
                    continue
                link = self.text[
                    max(start, mention.span.start - 10) : mention.span.start
                ]
                if re.search(rf"(?i)\b(?:{preposition})\s+(?:the\s+|an?\s+)?$", link):
                    return mention, what
        return None, what

    def _source_of(self, start: int, what: Span) -> Mention | None:
        """Find who is asked in "for the release of Orr from Chad": not Orr."""
        return next(
            (
                m
                for m in self.mentions
                if m.span.start >= start
                and m.span.overlaps(what)
                and re.search(
                    r"(?i)\bfrom\s+(?:the\s+)?$", self.text[start : m.span.start]
                )
            ),
            None,
        )

    def _first_after(self, start: int, *, slack: int) -> Mention | None:
        """Find the phrase that begins within *slack* code points of *start*."""
        for mention in self.mentions:
            if (
                start - 4 <= mention.span.start <= start + slack
                and mention.span.end > start
            ):
                return mention
        return None

    def _what(self, start: int, stop_too: re.Pattern[str] | None = None) -> Span | None:
        """Take the words after *start*, to the end of their clause."""
        end = self.span.end
        # What is asked for within a quotation ends with it.
        end = min([end, *(q.end for q in self.quotes if q.start <= start < q.end)])
        if stop_too is not None and (verb := stop_too.search(self.text, start, end)):
            end = verb.start()
        if stop := _STOP.search(self.text, start, end):
            end = stop.start()
        if tail := _TOLD_BY.search(self.text, start, end):
            end = tail.start()
        for said in self.said:
            # A trailing "officials said" is not part of what is asked for.
            if said.speaker is not None and start < said.cue.start < end:
                first = min(said.cue.start, said.speaker.span.start)
                if first > start and self.text[start:first].rstrip().endswith(","):
                    end = len(self.text[:first].rstrip()) - 1
        piece = self.text[start:end]
        lead = re.match(
            r"(?i)^(?:[’']s?\s)?[\s,]*(?:not\s+[^,]{1,40},\s*)?(?:(?:on\s+)?\w+day\b\s*)?(?:(?:for|to|that|it|he|she|they)\b\s*)*",
            piece,
        )
        start += lead.end() if lead else 0
        return _at_most(self.text, start, end)

    def _speaker_at(self, cue: Span) -> Mention | None:
        """Find who is quoted as saying the words around *cue*."""
        inside = [s for s in self.said if s.content.start <= cue.start < s.content.end]
        return inside[-1].speaker if inside else None

    def _antecedent(self, pronoun: Mention) -> Mention | None:
        before = [m for m in self.mentions if m.span.end <= pronoun.span.start]
        if before and before[0].form == "pronoun":
            # "He told Reuters he would ask …": the same, whom an earlier sentence names.
            return before[0]
        return next((m for m in before if m.form != "pronoun"), None)


def _at_most(text: str, start: int, end: int) -> Span | None:
    """Cut a stretch to `MOST_WORDS` words, at a comma where there is one."""
    found = list(re.finditer(r"\S+", text[start:end]))
    if not found:
        return None
    if len(found) > MOST_WORDS:
        found = found[:MOST_WORDS]
        commas = [i for i, m in enumerate(found) if m.group().endswith(",") and i >= 3]
        found = found[: commas[-1] + 1] if commas else found
        while len(found) > 1 and re.fullmatch(
            r"(?i)(?:and|or|the|an?|of|to|in|for|on|by|with|from|that|which|at|its|his|her|their)",
            found[-1].group(),
        ):
            found.pop()
    last = start + found[-1].end()
    kept = text[start:last].rstrip(" ,;:.")
    if kept.count("“") < kept.count("”") or kept.count('"') % 2:
        kept = kept.rstrip('”"').rstrip(" ,;:.")
    return Span(start=start, end=start + len(kept)) if kept else None


def _same(first: Mention, second: Mention, text: str) -> bool:
    one, two = first.core.of(text), second.core.of(text)
    return one == two or one.endswith(f" {two}") or two.endswith(f" {one}")


def _bar(before: str) -> Bar | None:
    """Tell what the first words that bar a request make of it; None without any."""
    for row, _ in no_fact.before_request(before):
        return "condition" if row.check == "condition" else "denied"
    return None


def _negated_after(text: str, cue: Span) -> bool:
    return (
        re.match(r"\s+(?:never|not\s+have|have)\b", text[cue.end : cue.end + 12])
        is not None
    )


def _noun_force(noun: str) -> Force:
    if re.match(r"(?i)demand|ultimatum|order", noun):
        return "demand"
    return "call" if re.match(r"(?i)call|appeal|plea", noun) else "request"


@cache
def _verb_cues() -> tuple[re.Pattern[str], dict[str, Force]]:
    modal = {"must", "should", "need to", "ought to"}
    forces: tuple[Force, ...] = ("request", "call", "demand")
    listed: dict[str, Force] = {
        form: force
        for force in forces
        for verb in words.lists("requests")[force]
        for form in ([verb] if verb in modal else words.forms(verb))
    }
    return words.compiled(map(re.escape, listed)), listed
