"""Put what a rival shows into our item types, so that one scorer judges all.

In doubt for the rival: words that do not stand in the article are placed at the sentence
most like them, numbers are read from its words by our code, a kind outside the list is
read as what it means, and a party that is no actor of its list is still a party. What
only our code derives (people counted twice, replaced figures, names of one party) is
nobody's field and is not made up here.
"""

import re
from collections.abc import Iterator, Sequence
from typing import cast, get_args

from benchmarks.found import Found, by_section
from schemas.briefing import (
    Actor,
    Briefing,
    Casualties,
    Coverage,
    OpenQuestion,
    Party,
    Position,
    Provenance,
    Request,
)
from schemas.evidence import Evidence, Span, cite
from schemas.terms import Act, ActorKind, CasualtyKind, QuestionKind
from summarizer.reading.english.tolls import counting
from summarizer.sources import Article, make_article
from summarizer.text import counts
from summarizer.text.counts import Count
from summarizer.text.locate import locate
from summarizer.verification import Quote

NEAREST = 0.5
"""Share of a quote's words that a sentence must have to count as its place."""

_MEANT: dict[str, CasualtyKind] = {
    "dead": "killed",
    "died": "killed",
    "death": "killed",
    "deaths": "killed",
    "wounded": "injured",
    "hurt": "injured",
    "captured": "detained",
    "arrested": "detained",
    "held": "detained",
    "kidnapped": "abducted",
    "hostage": "abducted",
}
"""Words for a kind that the list writes otherwise, as our instructions equate them."""


def briefing(items: Sequence[Found], text: str) -> Briefing:
    """Make a briefing of what a rival shows of *text*, for the scorer only."""
    return _Mapping(items, make_article(text)).briefing()


def quotes(items: Sequence[Found]) -> tuple[Quote, ...]:
    """List what a rival shows as `summarizer verify` takes other tools' quotes.

    With the speaker of a position, and the number of a casualty.
    """
    return tuple(
        Quote(
            quote=item.quote,
            speaker=_spoken(item),
            count=_counted(item),
            start=item.place[0] if item.place else None,
        )
        for item in items
    )


def people(count: str, who: str) -> Count | None:
    """Read how many people a rival counts: from its number, else from its people."""
    read = counts.read(count) if count else None
    if read is None and who:
        read = counts.read(who) or counting.one_or_more(who, "")
    return read


def _spoken(item: Found) -> str | None:
    return (item.get("holder") or None) if item.section == "positions" else None


def _counted(item: Found) -> str | None:
    """Take the number of a casualty; words like "a" count nobody that can be checked."""
    count = item.get("count") if item.section == "casualties" else ""
    return count if count and counts.read(count) is not None else None


class _Mapping:
    def __init__(self, items: Sequence[Found], article: Article) -> None:
        self.items = items
        self.article = article
        self.ids = {
            item.quote.casefold(): f"a{number}"
            for number, item in enumerate(by_section(items, "actors"), start=1)
        }

    def briefing(self) -> Briefing:
        number = len(self.article.sentences)
        return Briefing(
            sources=(self.article.as_source(),),
            bottom_line="",
            actors=tuple(self._actors()),
            requests=tuple(self._requests()),
            positions=tuple(self._positions()),
            casualties=tuple(self._casualties()),
            open_questions=tuple(self._questions()),
            coverage=Coverage(
                sentences=number, sentences_read=number, sentences_cited=0
            ),
            complete=True,
            provenance=Provenance(
                model="", endpoint="", strategy="rival", prompt_sha256="0" * 64
            ),
        )

    def _actors(self) -> Iterator[Actor]:
        for item in by_section(self.items, "actors"):
            yield Actor(
                id=self.ids[item.quote.casefold()],
                evidence=self._evidence(item),
                name=item.quote,
                kind=cast(
                    "ActorKind", _of(ActorKind, item.get("kind"), "organisation")
                ),
                named=True,
            )

    def _requests(self) -> Iterator[Request]:
        for number, item in enumerate(by_section(self.items, "requests"), start=1):
            yield Request(
                id=f"r{number}",
                evidence=self._evidence(item),
                by=self._party(item.get("by")),
                to=self._party(item.get("to")) if item.get("to") else None,
                what=item.get("what"),
                force="request",
                mode="change",
                modality="actual",
                status="open",
            )

    def _positions(self) -> Iterator[Position]:
        for number, item in enumerate(by_section(self.items, "positions"), start=1):
            yield Position(
                id=f"p{number}",
                evidence=self._evidence(item),
                holder=self._party(item.get("holder")),
                act=cast("Act", _of(Act, item.get("act"), "assert")),
                gist=item.quote,
                form="indirect",
            )

    def _casualties(self) -> Iterator[Casualties]:
        for number, item in enumerate(by_section(self.items, "casualties"), start=1):
            count = people(item.get("count"), item.get("who"))
            yield Casualties(
                id=f"c{number}",
                evidence=self._evidence(item),
                kind=_kind(item.get("kind")),
                count_text=item.get("count") or None,
                who_text=item.get("who") or None,
                value=count.value if count else None,
                low=count.low if count else None,
                high=count.high if count else None,
            )

    def _questions(self) -> Iterator[OpenQuestion]:
        for number, item in enumerate(
            by_section(self.items, "open_questions"), start=1
        ):
            kind = _of(QuestionKind, item.get("kind"), "unspecified")
            yield OpenQuestion(
                id=f"q{number}",
                evidence=self._evidence(item),
                kind=cast("QuestionKind", kind),
                question=item.get("question").rstrip("?.") + "?",
            )

    def _party(self, name: str) -> Party:
        return Party(id=self.ids.get(name.casefold(), f"party {name}"), name=name)

    def _evidence(self, item: Found) -> tuple[Evidence, ...]:
        text, source = self.article.text, self.article.id
        place = _place(item, self.article)
        if place is not None:
            return (cite(source, text, place),)
        # Behind the end: it overlaps with nothing that the gold knows.
        end = len(text)
        return (
            Evidence(source=source, start=end, end=end + 1, exact=item.quote or "-"),
        )


def _place(item: Found, article: Article) -> Span | None:
    """Find where an item stands: as the rival says, by its words, or by most of them."""
    text = article.text
    if item.place is not None and 0 <= item.place[0] < item.place[1] <= len(text):
        return Span(start=item.place[0], end=item.place[1])
    wanted = _content(item.quote)
    if not wanted:
        return None
    if (found := locate(item.quote, text)) is not None:
        return found
    shares = [
        (len(wanted & _content(article.words(i))) / len(wanted), -i)
        for i in range(len(article.sentences))
    ]
    best, index = max(shares, default=(0.0, 0))
    return article.sentences[-index].span if best >= NEAREST else None


def _content(words: str) -> set[str]:
    return {w for w in re.findall(r"\w+", words.casefold()) if len(w) > 3}


def _kind(words: str) -> CasualtyKind:
    known = _of(CasualtyKind, words, "")
    return cast("CasualtyKind", known or _MEANT.get(words.casefold(), "affected"))


def _of(known: object, word: str, otherwise: str) -> str:
    """Take a word of a closed list, or what stands for all others."""
    plain = word.casefold().replace(" ", "_")
    return plain if plain in get_args(known) else otherwise
