"""Which party of the article a draft means, and where the article names it.

The words of a draft choose the party; nothing here puts another one in its place.
"""

import re
from collections.abc import Iterator

from schemas.evidence import Span
from summarizer.reading.english.names import name_words
from summarizer.reading.english.names.parties import Directory
from summarizer.reading.english.names.party_names import bare, country_of_party, same
from summarizer.reading.values import Mention
from summarizer.text.locate import occurrences
from summarizer.text.words import country_of_adjective

_LEAD = re.compile(r"(?i)(?:the|an?|its|his|her|their|our|both|each)\s+")


def find(directory: Directory, words: str, near: Span) -> Mention | None:
    """Find the phrase by which the article names a draft's party.

    Args:
        directory: Who is who in the article.
        words: The draft's words for it.
        near: The words that the draft rests on: of several places the nearest one
            before their end is taken.

    Returns:
        The phrase, or None when the article has no such words.
    """
    if not words.strip():
        return None
    text = directory.article.text
    for form in _forms(words):
        places = list(occurrences(form, text))
        if places:
            nearest = min(places, key=lambda p: _away(p, near))
            return _phrase(directory, _abbreviated(text, nearest))
    named = [
        m for m in directory.all if m.form != "pronoun" and same(m.core.of(text), words)
    ]
    return min(named, key=lambda m: _away(m.span, near), default=None)


def _abbreviated(text: str, place: Span) -> Span:
    """Take the full stop of "E.U." into the name."""
    ends = re.search(r"[A-Z]\.[A-Z]$", place.of(text)) is not None
    dot = text[place.end : place.end + 1] == "."
    return Span(start=place.start, end=place.end + 1) if ends and dot else place


def _forms(words: str) -> Iterator[str]:
    """Vary the words as a text may have them at another place of a sentence."""
    plain = " ".join(words.split())
    for form in dict.fromkeys((plain, _LEAD.sub("", plain, count=1))):
        for cut in dict.fromkeys((form, re.sub(r"[’']s?$", "", form))):
            if cut.strip("’'\" "):
                yield cut


def _away(place: Span, near: Span) -> tuple[int, int]:
    """Rank places: in the words, then before them, then behind them, by distance."""
    if place.overlaps(near):
        return 0, place.start
    if place.end <= near.start:
        return 1, near.start - place.end
    return (1 if place.start - near.end < _SAME_SENTENCE else 2), place.start - near.end


_SAME_SENTENCE = 120
"""Code points behind a quotation within which its speaker is usually named."""


def _phrase(directory: Directory, place: Span) -> Mention:
    """Take the phrase at a place as the article's reader found it, or as it stands."""
    text = directory.article.text
    sentence = directory.article.index_at(place.start)
    around = (
        directory.within(directory.article.sentences[sentence].span)
        if sentence is not None
        else []
    )
    for mention in around:
        if mention.form == "pronoun" or not mention.span.overlaps(place):
            continue
        if bare(mention.core.of(text)) == bare(place.of(text)):
            return mention
        before = text[place.start : max(place.start, mention.core.start)]
        titled = mention.form == "name" and mention.core.end == place.end
        titled = titled and (not before or before[-1].isspace())
        if titled and not mention.nested and not _OWNER.search(before):
            return mention  # "Rep. Adam Schiff", "NUJ official Barry Fitzpatrick"
    lead = _LEAD.match(place.of(text))
    core = Span(start=place.start + (lead.end() if lead else 0), end=place.end)
    core = core if core.end > core.start else place
    named = core.of(text)[:1].isupper() and not place.of(text).islower()
    inside = next((m for m in around if m.span.within(place)), None)
    kind = inside.kind if inside is not None and not named else None
    return Mention(place, core, "name" if named else "described", kind=kind)


_OWNER = re.compile(r"(?i)\b(?:of|by|for|from|at|in|and|or|like|who|that)\b|[’']s\b|,")
"""Words before a name that make it part of another party's description."""


def is_one(directory: Directory, one: Mention, two: Mention) -> bool:
    """Tell whether two phrases name one party, as far as the article shows.

    A shared capitalised word counts ("Jupiter", "Jupiter Research"), and one letter of
    a surname may be a slip of the article's.
    """
    text = directory.article.text
    first, second = one.core.of(text), two.core.of(text)
    if _alike(first, second) or is_acronym(first, second):
        return True
    if directory.is_same(one, two):
        return not _told_apart(one, two, first, second)
    names = [_capitals(words) for words in (first, second)]
    if not all(_is_name(words) for words in (first, second)):
        return False
    shorter, longer = sorted(names, key=len)
    if shorter and shorter <= longer:
        return True
    return any(_is_slip(a, b) for a in names[0] for b in names[1])


def _alike(first: str, second: str) -> bool:
    """Tell whether two phrases are one name, one of them perhaps with more around it.

    "Ruiz", "Mayor Ana Ruiz", "Ana Ruiz, leader of the union"; not "Ruiz’s staff".
    """
    if country_of_party(first) and country_of_party(first) == country_of_party(second):
        return True
    shorter, longer = sorted((bare(first), bare(second)), key=len)
    if longer == shorter or longer.startswith(f"{shorter},"):
        return True
    before = longer.removesuffix(shorter)
    return before.endswith(" ") and not _BELONGS.search(before) and len(shorter) > 1


def is_acronym(first: str, second: str) -> bool:
    """Tell whether one phrase is the initials of the other: CNS, Christian News Service."""
    short, full = sorted((first.replace(".", ""), second), key=len)
    if not re.fullmatch(r"[A-Z]{2,7}", short):
        return False
    return "".join(w[0] for w in full.split() if w[0].isupper()) == short


_BELONGS = re.compile(
    r"(?:\b(?:of|by|for|from|at|in|to|and|like)|[’']s?)\s+(?:the\s+)?$"
)


def _told_apart(one: Mention, two: Mention, first: str, second: str) -> bool:
    """Tell "administration officials" from "senior officials": one head, two groups."""
    if "described" not in {one.form, two.form}:
        return False
    words = [set(bare(w).split()) for w in (first, second)]
    return not (words[0] <= words[1] or words[1] <= words[0])


def _is_name(words: str) -> bool:
    """Tell a name from a description that holds one: "members of Trump’s staff"."""
    return all(
        w[:1].isupper() or w in {"of", "the", "for", "and", "de", "al"}
        for w in words.split()
    ) and (re.search(r"[’']s\b", words) is None)


def _capitals(words: str) -> set[str]:
    found = re.findall(r"[A-Z][\w-]+", words)
    return {
        w
        for w in found
        if not name_words.is_title(w)
        and len(w) > 3
        and country_of_party(w) is None
        and country_of_adjective(w) is None
    }


def _is_slip(one: str, two: str) -> bool:
    """Tell whether two long words differ by one letter put in, left out or changed."""
    if min(len(one), len(two)) < 6 or abs(len(one) - len(two)) > 1:
        return False
    shorter, longer = sorted((one, two), key=len)
    start = next(
        (i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b),
        None,
    )
    if start is None:
        return True
    rest = shorter[start + (len(one) == len(two)) :]
    return rest == longer[start + 1 :]


def named_in(directory: Directory, mention: Mention, within: Span) -> list[Mention]:
    """List the phrases of a stretch that name the party of a phrase."""
    return [
        other
        for other in directory.within(within)
        if other.form != "pronoun" and is_one(directory, mention, other)
    ]


def places_in(directory: Directory, mention: Mention, within: Span) -> list[Mention]:
    """List the same phrases, and the phrase itself where the stretch holds it."""
    found = named_in(directory, mention, within)
    is_new = mention.span.within(within) and mention not in found
    return [*found, mention] if is_new else found


def is_in(directory: Directory, mention: Mention, within: Span) -> bool:
    """Tell whether a stretch names the party of a phrase, or holds the phrase itself."""
    return mention.span.within(within) or bool(named_in(directory, mention, within))


def shares_words(text: str, one: Mention, two: Mention) -> bool:
    """Tell whether two phrases have a word of content in common."""
    return not _content(one.span.of(text)).isdisjoint(_content(two.span.of(text)))


def _content(words: str) -> set[str]:
    found = (w.lower().removesuffix("s") for w in re.findall(r"[\w-]{4,}", words))
    return {w for w in found if w not in name_words.stop_words()}
