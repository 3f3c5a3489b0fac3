"""A briefing as one page: the briefing on one side, its article on the other.

All that links the two sides is worked out here. The script only switches classes; the
page is whole without it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from schemas.briefing import Briefing, Source
from summarizer.render.page import rows, shell
from summarizer.render.page.rows import Group, Placed
from summarizer.render.page.stretches import Mark, Stretch, cut, grouped
from summarizer.render.words import footer, origins, verdicts, wording
from summarizer.selection import Selection, selected
from summarizer.sources.segments import paragraphs

_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that make words appear in another order than they are read in."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PARTS = ("speaker", "cue", "content")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of an article, as the page shows it.

    Attributes:
        text: The words, untouched.
        name: Its name in the page.
        classes: How it looks.
        keys: The rows that rest on it.
        speech: The parts of statements that it is: "positions-1:speaker".
        is_stop: Whether the words of an item begin here: the tab key stops at it, as a
            link. A link for every stretch would chop the article up for a listener.
        is_inert: Whether it is a mark that would reorder its neighbours.
        reason: Why it is no part of the article, or "".
    """

    text: str
    name: str
    classes: str
    keys: tuple[str, ...]
    speech: str
    is_stop: bool
    is_inert: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Text:
    """A source, as the page shows it.

    Attributes:
        name: Its name in the page.
        label: A few words for its tab.
        title: Its headline, or "".
        facts: Who published it and when.
        uri: Where it stands; linked when it is an address of the web.
        is_link: Whether *uri* is one.
        language: A language tag, or "".
        paragraphs: Its words.
    """

    name: str
    label: str
    title: str
    facts: str
    uri: str
    is_link: bool
    language: str
    paragraphs: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a row rests on.

    Attributes:
        text: The words.
        place: Name of the stretch with which they begin; "" when they do not stand
            in the source.
        extent: The same with their end: "words-1-40:52".
        source: Which of several sources.
    """

    text: str
    place: str
    extent: str
    source: str


@dataclass(frozen=True, slots=True)
class Rest:
    """An item that the bottom line rests on.

    Attributes:
        ident: Its id in the briefing.
        place: The name of its row; "" when it has none.
        is_unconfirmed: Whether it must be marked.
    """

    ident: str
    place: str
    is_unconfirmed: bool


def render(briefing: Briefing | Selection, *, quotes: bool = True) -> str:
    """Write *briefing* as a page: one file that asks for nothing.

    Args:
        briefing: What to write, or a selection of it.
        quotes: Whether the source's words stand under each item.
    """
    shown = selected(briefing)
    whole = shown.briefing
    atlas = _Atlas(whole.sources)
    groups, notes = rows.items(shown), rows.notes(whole)
    holes = rows.holes(whole)
    marks = _marks(whole, [*groups, *notes, holes], atlas)
    stated = [row for group in groups for row in group.rows]
    return shell.fill(
        "briefing.html",
        styles=("shell.css", "briefing.css"),
        scripts=("briefing.js",),
        title=wording.visible(origins.heading(whole)),
        bottom_line=wording.visible(whole.bottom_line),
        rests_on=_rests_on(shown, stated),
        items=len(stated),
        unconfirmed=sum(bool(row.doubt) for row in stated),
        complete=whole.complete,
        holes=holes,
        groups=groups,
        notes=notes,
        excluded=len(whole.excluded),
        texts=[_text(n, whole.sources, marks[n]) for n in range(len(whole.sources))],
        quotes=quotes,
        cited=atlas.cited,
        footer=[wording.visible(line) for line in footer.lines(shown)],
    )


def _rests_on(shown: Selection, stated: Iterable[rows.Row]) -> tuple[Rest, ...]:
    places = {row.ident: row.key for row in stated}
    unsure = verdicts.unconfirmed_ids(shown)
    return tuple(
        Rest(name, places.get(name, ""), one in unsure)
        for one in shown.briefing.rests_on
        for name in (wording.visible(one),)
    )


class _Atlas:
    """Where the words of the sources stand in the page."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._numbers = {source.id: n for n, source in enumerate(sources)}

    def number(self, words: Placed) -> int | None:
        """Tell which source has *words* at their place; None when none does."""
        number = self._numbers.get(words.source)
        if number is None or words.start >= words.end:
            return None
        stands = self._sources[number].text[words.start : words.end] == words.exact
        return number if stands else None

    def cited(self, words: Iterable[Placed]) -> list[Quote]:
        """Say what *words* are, where, and, of several sources, in which."""
        return [self._quote(one) for one in words]

    def _quote(self, words: Placed) -> Quote:
        text = wording.visible(words.exact)
        if (number := self.number(words)) is None:
            return Quote(text, "", "", "")
        place = _name(number, words.start)
        one_of_several = len(self._sources) > 1
        source = _label(number, self._sources[number]) if one_of_several else ""
        return Quote(text, place, f"{place}:{words.end}", source)


def _name(number: int, start: int) -> str:
    return f"words-{number + 1}-{start}"


def _marks(
    briefing: Briefing, groups: Iterable[Group], atlas: _Atlas
) -> list[list[Mark]]:
    """Collect what is marked in each source."""
    marks: list[list[Mark]] = [[] for _ in briefing.sources]

    def put(words: Placed, kind: str, key: str) -> None:
        if (number := atlas.number(words)) is not None:
            marks[number].append(Mark(words.start, words.end, kind, key))

    for row in (row for group in groups for row in group.rows):
        for words in row.words:
            put(words, row.kind, row.key)
        for words in (words for one in row.earlier for words in one.words):
            put(words, row.kind, row.key)
        if row.speech:
            for part in _PARTS:
                put(getattr(row.speech, part), part, row.key)
    for box in briefing.excluded:
        put(box, "excluded", box.reason.replace("_", " "))
    return marks


def _text(number: int, sources: Sequence[Source], marks: list[Mark]) -> Text:
    source = sources[number]
    reordering = [
        Mark(found.start(), found.end(), "inert")
        for found in _REORDERING.finditer(source.text)
    ]
    spans = paragraphs(source.text)
    borders = [span.start for span in spans]
    groups = grouped(cut(source.text, [*marks, *reordering], borders), spans)
    uri = wording.visible(source.uri or "")
    facts = (
        source.publisher,
        str(source.published) if source.published else None,
        _repeats(source, sources),
    )
    return Text(
        name=f"source-{number + 1}",
        label=_label(number, source),
        title=wording.visible(source.title or ""),
        facts=wording.visible(" · ".join(filter(None, facts))),
        uri=uri,
        is_link=uri.lower().startswith(("https://", "http://")),
        language=source.language
        if _LANGUAGE.fullmatch(source.language or "") and source.language
        else "",
        paragraphs=tuple(tuple(_words(number, group)) for group in groups),
    )


def _label(number: int, source: Source) -> str:
    words = wording.visible(source.publisher or source.title or source.uri or "")
    return words or f"Source {number + 1}"


def _repeats(source: Source, sources: Sequence[Source]) -> str | None:
    """Say of which source another is a copy."""
    for number, one in enumerate(sources):
        if one.id == source.copy_of:
            return f"for the most part a copy of {_label(number, one)}"
    return None


def _words(number: int, group: Iterable[Stretch]) -> Iterator[Words]:
    for stretch in group:
        kinds = dict.fromkeys(mark.kind for mark in stretch.marks)
        keys = dict.fromkeys(
            mark.key
            for mark in stretch.marks
            if mark.kind not in {*_PARTS, "excluded", "inert"}
        )
        yield Words(
            text=stretch.text,
            name=_name(number, stretch.start),
            classes=" ".join(kinds),
            keys=tuple(keys),
            speech=" ".join(
                f"{m.key}:{m.kind}" for m in stretch.marks if m.kind in _PARTS
            ),
            is_stop=bool(wording.visible(stretch.text))
            and any(
                mark.kind == "used" and mark.start == stretch.start
                for mark in stretch.marks
            ),
            is_inert="inert" in kinds,
            reason=next((m.key for m in stretch.marks if m.kind == "excluded"), ""),
        )
