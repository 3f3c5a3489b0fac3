"""Find who a text names, in a language with word lists or with none.

Names are runs of capital letters; described people are heads from the lists with what
follows "of". In scripts without capitals nobody is found here: there the model names
the parties, and the words that it gives must stand in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names.indexed import Index
from summarizer.reading.english.names.parties import NOWHERE, Directory
from summarizer.reading.values import Known, Mention
from summarizer.sources.language import frequent_words
from summarizer.text import lexicon as lexicons
from summarizer.text.lexicon import Lexicon
from summarizer.text.locate import occurrences

_WORD = re.compile(r"[^\W\d_](?:[\w\u0300-\u036f]|[’'.·-](?=\w))*")
_LATE = re.compile(r"[\w,;)»”’']\s*$")
"""What stands before a word inside a sentence; after anything else a sentence begins,
and its capital letter says nothing."""

_HEADS = ("government", "armed_group", "officials", "organisation", "group", "media")
_MOST_PARTS = 3
_LONGEST_NAME = 6
BEFORE = 2
"""Sentences before the cited one in which a party may be named."""


@dataclass(slots=True)
class ListedDirectory(Directory):
    """Who is who in an article that is not read as English."""

    def __post_init__(self) -> None:
        text, lexicon = self.article.text, lexicons.of(self.article.tongue)
        spans = [s.span for s in self.article.sentences]
        self.proper = _proper(text, spans)
        found = [m for span in spans for m in find(text, span, self.proper, lexicon)]
        self._index = Index(self.article, found)
        for mention in found:
            name = _flat(mention.core.of(text))
            self._index.first.setdefault(name, mention)
            if mention.form == "name":
                self._index.named.setdefault(name, []).append(mention)

    def _look_up(self, phrase: str, mention: Mention | None) -> Known:
        text, index = self.article.text, self._index
        core = _flat(mention.core.of(text) if mention else phrase)
        full = _full(index, core)
        # The place that says most of the party is shown.
        places = index.named.get(full, [])
        first = next((m for m in places if m.role), None) or index.first.get(full)
        first = first or mention
        kind: ActorKind = first.kind or "organisation" if first else "organisation"
        role = first.role if first is not None else None
        described = first is not None and first.form == "described"
        return Known(
            key=f"{kind}:{full.casefold()}" if described else full.casefold(),
            name=full,
            kind=kind,
            first=first.core if first is not None else NOWHERE,
            named=not described,
            role=_flat(role.of(text)) if role is not None else None,
            role_span=role,
            aliases=(core,) if core != full else (),
        )


def _full(index: Index, core: str) -> str:
    """Find the full name that ends in a surname, if there is just one."""
    longer = {
        name
        for name, places in index.named.items()
        if name.endswith(f" {core}") and places[0].kind == "person"
    }
    return longer.pop() if len(longer) == 1 and " " not in core else core


def named(directory: Directory, words: str, index: int) -> Mention | None:
    """Find the party that *words* name in a sentence or up to two before it.

    Args:
        directory: Who is who.
        words: A name, as a model copied it.
        index: The sentence.

    Returns:
        The phrase, nearest first; None when none of these sentences has the words.
    """
    if not re.search(r"\w", words):
        return None
    article = directory.article
    for number in range(index, max(-1, index - BEFORE - 1), -1):
        span = article.sentences[number].span
        place = next(occurrences(words, article.text, span), None)
        if place is None:
            continue
        around = [m for m in directory.within(span) if m.span.overlaps(place)]
        known = next((m for m in around if _meets(m, place)), None)
        return known or _plain(place, article.text)
    return None


def _meets(mention: Mention, place: Span) -> bool:
    """Tell whether a phrase found by form is the one that a model named."""
    return (
        mention.core.within(place)
        or place.within(mention.core)
        or (place.within(mention.span))
    )


def _plain(place: Span, text: str) -> Mention:
    words = place.of(text)
    # Only a script with capitals shows by a small letter that this is no name.
    return Mention(place, place, "described" if words[0].islower() else "name")


def find(
    text: str, within: Span, proper: frozenset[str], lexicon: Lexicon
) -> list[Mention]:
    """Find the parties of a sentence by capital letters and the lists, in order."""
    described = list(_described(text, within, lexicon))
    found: list[Mention] = []
    for run in _runs(text, within, proper, lexicon):
        rest = _beside(text, run, described)
        if rest is not None:
            found.append(Mention(rest, rest, "name", _kind(rest.of(text), lexicon)))
    found = sorted([*found, *described], key=lambda m: m.span.start)
    return list(_joined(text, found))


def _beside(text: str, run: Span, described: list[Mention]) -> Span | None:
    """Take from a run what belongs to a described party before it."""
    met = [d.span.end for d in described if d.span.overlaps(run)]
    start = max([run.start, *met])
    while start < run.end and text[start].isspace():
        start += 1
    return Span(start=start, end=run.end) if start < run.end else None


def _joined(text: str, found: list[Mention]) -> Iterator[Mention]:
    """Join an office and its holder: "el ministro de Energía, Ana Ruiz,"."""
    skip = False
    for index, one in enumerate(found):
        if skip:
            skip = False
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        gap = text[one.span.end : after.span.start] if after is not None else ""
        beside = after is not None and re.fullmatch(r",?\s+", gap) is not None
        if (
            beside
            and after is not None
            and _is_office(one)
            and _is_personal(text, after)
        ):
            whole = Span(start=one.span.start, end=after.span.end)
            yield Mention(whole, after.core, "name", "person", one.core)
            skip = True
        elif (
            beside
            and after is not None
            and _is_personal(text, one)
            and ("," in gap and _is_office(after))
        ):
            yield replace(one, kind="person", role=after.core)
            skip = True
        else:
            yield one


def _is_office(one: Mention) -> bool:
    return one.form == "described" and one.kind == "officials"


def _is_personal(text: str, one: Mention) -> bool:
    return (
        one.form == "name"
        and one.kind in {None, "person"}
        and not re.search(r"[^\W\d_]{2}\d", one.core.of(text))
    )


def _described(text: str, within: Span, lexicon: Lexicon) -> Iterator[Mention]:
    """Find heads of the lists: "el portavoz del ejército"."""
    taken = within.start
    for match in _heads(lexicon).finditer(text, within.start, within.end):
        if match.start() < taken:
            continue
        head = Span(start=match.start("head"), end=match.end("head"))
        end = _complements(text, head, within.end, lexicon)
        core = Span(start=head.start, end=end)
        kind = next(
            k for k in _HEADS if lexicon.pattern("parties", k).fullmatch(head.of(text))
        )
        # "la Policía Nacional": with a capital letter it is a name.
        capital = head.of(text)[0].isupper() and match["before"]
        capital = capital and not _nouns_have_capitals(lexicon)
        form: Literal["name", "described"] = (
            "name" if capital and kind != "officials" else "described"
        )
        whole = Span(start=match.start(), end=end)
        yield Mention(whole, core, form, cast("ActorKind", kind))
        taken = end


def _complements(text: str, head: Span, limit: int, lexicon: Lexicon) -> int:
    """Widen a head over "of" and what follows it, and over capital letters.

    After an office a full name is its holder's: "la ministra de Energía Eva Mora".
    """
    end = _genitive(text, head, limit, lexicon)
    office = lexicon.pattern("parties", "officials").fullmatch(head.of(text))
    part = re.compile(
        rf"\s+{lexicon.before_a_word('of')}{lexicon.before_a_word('particles')}?"
        rf"(?!{lexicon.whole(lexicon.entries('clauses', 'infinitive'))})"
        rf"(?P<word>{_WORD.pattern})",
        re.IGNORECASE,
    )
    for _ in range(_MOST_PARTS):
        found = part.match(text, end, limit)
        if found is not None:
            end = found.end("word")
        capitals = _capitals(text, end, limit)
        if office:
            # "de Asuntos Exteriores": one more word is the office's, two are a name.
            taken = {1: 1, 3: 1}.get(len(capitals), 0) if found is not None else 0
        else:
            taken = len(capitals)
        if taken:
            end = capitals[taken - 1]
        if found is None or (office and capitals[taken:]):
            break
    title = None if office else _TITLE.match(text, end, limit)
    return title.end() if title is not None else end


_TITLE = re.compile(r"\s+(?:«[^«»]{1,40}»|„[^„“”]{1,40}[“”]|“[^“”]{1,40}”)")
"""A name in marks behind a head: "фонд «Берег»"."""


def _genitive(text: str, head: Span, limit: int, lexicon: Lexicon) -> int:
    """Widen a head over a noun that belongs to it without "of": "речник уряду".

    Not so behind an article that is written together with the head.
    """
    if head.of(text).startswith(lexicon.entries("clauses", "particles")):
        return head.end
    belongs = lexicon.whole(lexicon.entries("clauses", "genitive"))
    found = re.compile(rf"\s+{belongs}").match(text, head.end, limit)
    return found.end() if found is not None else head.end


def _capitals(text: str, end: int, limit: int) -> list[int]:
    """List the ends of the words with capital letters that follow one another."""
    ends: list[int] = []
    word = re.compile(rf"\s+(?P<word>{_WORD.pattern})")
    while len(ends) < _LONGEST_NAME:
        found = word.match(text, end, limit)
        if found is None or not found["word"][0].isupper():
            break
        end = found.end()
        ends.append(end)
    return ends


def _runs(
    text: str, within: Span, proper: frozenset[str], lexicon: Lexicon
) -> Iterator[Span]:
    """Find runs of words with capital letters."""
    run: list[re.Match[str]] = []
    for match in [*_words(lexicon).finditer(text, within.start, within.end), None]:
        if match is not None and _goes_on(text, run, match, lexicon):
            run.append(match)
            continue
        yield from _named_run(text, within, run, proper, lexicon)
        run = [match] if match is not None and match.group()[0].isupper() else []


def _goes_on(
    text: str, run: list[re.Match[str]], match: re.Match[str], lexicon: Lexicon
) -> bool:
    if not run or len(run) >= _LONGEST_NAME:
        return False
    if text[run[-1].end() : match.start()].strip() or _is_opener(run[-1], lexicon):
        return False
    small = _plainly(match.group()) in lexicon.entries("clauses", "particles")
    return match.group()[0].isupper() or small


def _is_opener(match: re.Match[str], lexicon: Lexicon) -> bool:
    word = match.group()
    opens = _plainly(word) in _openers(lexicon)
    return word[0].isupper() and len(word) > 1 and opens


def _plainly(word: str) -> str:
    """Write a word as the lists have it."""
    return word.lower().replace("’", "'")


@cache
def _words(lexicon: Lexicon) -> re.Pattern[str]:
    """Find words; an article without its vowel ("l’", "d’") is one of its own."""
    lists = ("determiners", "particles", "that")
    short = lexicon.whole(
        e for n in lists for e in lexicon.entries("clauses", n) if e.endswith("'")
    )
    return re.compile(rf"(?i:{short})|{_WORD.pattern}")


def _named_run(
    text: str,
    within: Span,
    run: list[re.Match[str]],
    proper: frozenset[str],
    lexicon: Lexicon,
) -> Iterator[Span]:
    while run and not run[-1].group()[0].isupper():
        run = run[:-1]
    if run and _is_opener(run[0], lexicon):
        run = run[1:]
        while run and not run[0].group()[0].isupper():
            run = run[1:]
    if not run or (_nouns_have_capitals(lexicon) and _is_noun(text, run, lexicon)):
        return
    late = _LATE.search(text, within.start, run[0].start()) is not None
    if late or len(run) > 1 or run[0].group() in proper or _acts(text, run[0], lexicon):
        yield Span(start=run[0].start(), end=run[-1].end())


def _nouns_have_capitals(lexicon: Lexicon) -> bool:
    return lexicon.entries("language", "nouns") == ("capital",)


def _is_noun(text: str, run: list[re.Match[str]], lexicon: Lexicon) -> bool:
    """Tell a noun from a name where both have a capital letter.

    A single word is a name only beside a verb of saying or asking, or after the small
    words that lead to whom something is asked of, and without an article.
    """
    if len(run) > 1 or run[0].group().isupper():
        return False
    lead = text[max(0, run[0].start() - _LONGEST_LEAD) : run[0].start()]
    articled = rf"(?i){lexicon.before_a_word('determiners')}(?:\w+\s+)?$"
    if re.search(articled, lead) is not None:
        return True
    asked = re.search(rf"(?i){lexicon.before_a_word('addressee', 'according')}$", lead)
    said = any(
        re.search(rf"{p.pattern}\s+$", lead, re.IGNORECASE) for p in _verbs(lexicon)
    )
    return asked is None and not said and not _acts(text, run[0], lexicon)


_LONGEST_LEAD = 40
"""Code points before a word in which its article or its verb stands."""


def _acts(text: str, word: re.Match[str], lexicon: Lexicon) -> bool:
    """Tell whether a verb of saying or asking follows the word."""
    if any(p.fullmatch(word.group()) for p in _verbs(lexicon)):
        return False
    after = re.compile(r"\s+").match(text, word.end())
    return after is not None and any(
        p.match(text, after.end()) for p in _verbs(lexicon)
    )


@cache
def _verbs(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    return tuple(
        lexicon.pattern(section, name)
        for section in ("speech", "requests", "stance")
        for name in lexicons.KEYS[section]
        if name != "nominal"
    )


def _proper(text: str, spans: list[Span]) -> frozenset[str]:
    """Collect the words with a capital letter inside sentences."""
    return frozenset(
        match.group()
        for span in spans
        for match in _WORD.finditer(text, span.start, span.end)
        if match.group()[0].isupper()
        and _LATE.search(text, span.start, match.start()) is not None
    )


def _kind(name: str, lexicon: Lexicon) -> ActorKind | None:
    """Tell what a name says its bearer is: by its first word, or a full name."""
    parts = name.split()
    for kind in _HEADS:
        if kind != "officials" and lexicon.pattern("parties", kind).match(name):
            return cast("ActorKind", kind)
    capitals = [p for p in parts if p[0].isupper() and len(p) > 1 and not p.isupper()]
    if len(capitals) in _FULL_NAME and len(capitals) == len(parts):
        return "person"
    return None


_FULL_NAME = range(2, 4)


@cache
def _openers(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.entries("clauses", "openers")) | frequent_words(
        lexicon.code
    )


@cache
def _heads(lexicon: Lexicon) -> re.Pattern[str]:
    heads = lexicon.whole(e for k in _HEADS for e in lexicon.entries("parties", k))
    before = lexicon.before_a_word("determiners")
    return re.compile(rf"(?P<before>{before})?(?P<head>{heads})", re.IGNORECASE)


def _flat(words: str) -> str:
    return " ".join(words.split())
