"""Find the people whom the form of a sentence shows to be harmed: drafts, not items.

Objects of verbs of harm ("captured a Taliban leader and two associates"), subjects of
passives ("a teacher was killed", "Judge Lima died"), nominal forms ("the capture of a
facilitator") and results ("left five soldiers dead"). The drafts go through the same
checks as a model's; counts beside a word of harm are found in `beside`.

Narrow on purpose: a phrase counts only when its head is a word for people, or a name
after a title or a verb that only takes people; and only where a clause begins or the
verb governs it. What is read too narrowly here, the model is still asked about. The
words of harm are `[harm_active]` and its neighbours in `en.toml`, a list for each kind.
"""

import re
from functools import cache
from typing import cast

from schemas.draft import CasualtyDraft
from schemas.evidence import Span
from schemas.terms import CasualtyKind
from summarizer.reading.english.tolls import people_lists
from summarizer.text import counts, words
from summarizer.text.remembered import remembered

LONGEST = 1_500
"""Code points of a sentence that is read; a longer one is a list or a table."""

_MOST_VERBS = 12
_REACH = 240
"""Code points before a verb in which the people may stand."""


def _joined(section: str) -> dict[CasualtyKind, str]:
    """Join the words of a section of `en.toml`, kind by kind, in the order of the file."""
    listed = cast("dict[CasualtyKind, list[str]]", words.lists(section))
    return {kind: "|".join(entries) for kind, entries in listed.items()}


_ACTIVE = _joined("harm_active")
_PARTICIPLES = _joined("harm_passive")
_NOUNS = _joined("harm_nouns")
_BEFELL = _joined("harm_befell")
_TAKES_NAMES = re.compile(rf"(?i)(?:{'|'.join(_joined('harm_names').values())})")
"""Verbs whose object is a person even when it is only a name: "captured Al Fashir" and
"killed Stranger Things" name none."""

_NO_FACT_BEFORE_NOUN = re.compile(
    r"(?i)\b(?:order\w*|demand\w*|reward\w*|bount\w+|warrants?|call(?:s|ed|ing)? for|urg\w+|seek\w*|sought|ask\w*|want\w*|"
    r"plan\w*|bid|attempt\w*|foil\w*|plot\w*|prevent\w*|avert\w*|threat\w*|fear\w*|risk\w*|if|any|penalt\w+|carries|"
    r"punish\w*|law|crime of|charge\w*|accus\w+|acquit\w*|suspicion|suspected|deni\w+|deny)\b[^.;]{0,30}$"
)
_HAVE = r"(?:(?:have|has|had)\s+)?(?:also\s+|since\s+)?"
_LEFT = r"left|leaving|leaves"
_ANY = re.compile(
    "(?i)\\b(?:"
    + "|".join(
        word
        for kinds in (_BEFELL, _NOUNS, _ACTIVE, _PARTICIPLES)
        for word in (_LEFT, *kinds.values())
    )
    + ")"
)
"""A word without which no form below finds anybody: most sentences have none."""

_BE = r"(?:was|were|is|are|has been|have been|had been|being)\s+(?:\w+ly\s+|also\s+|later\s+)?"
_PASSIVE_BEFORE = re.compile(
    r"(?i)\b(?:was|were|is|are|been|being|be)\s+(?:\w+ly\s+|also\s+)?$"
)
LENS = re.compile(
    r"(?i)\b(?:cameras?|CCTV|photo\w*|pictures?|portraits?|videos?|films?|footage|books?|novels?|paintings?|images?|lens|drone footage)\b[^.;]{0,40}$"
)
"""What captures without detaining anybody."""

_CLAUSE_START = re.compile(
    r"(?i)(?:^|[,;:—–(“\"\]]\s*|--\s*|\b(?:and|but|that|when|where|after|before|while|as|because|said|says|confirmed|announced|reported|added|if|in which)\s+)$"
)


def find(text: str, sentence: Span) -> tuple[CasualtyDraft, ...]:
    """Draft the people whom a sentence's verbs and nouns of harm govern."""
    words_of = sentence.of(text)
    return _find(words_of) if len(words_of) <= LONGEST else ()


def governs(draft: CasualtyDraft, text: str, sentence: Span) -> bool:
    """Tell whether the form of the sentence shows the harm that a draft tells of."""
    return any(
        one.kind == draft.kind
        and (one.who == draft.who if draft.who and one.who else True)
        and bool(one.count) == bool(draft.count)
        and one.count.lower() in draft.count.lower()
        for one in find(text, sentence)
    )


@remembered(512)
def _find(words_of: str) -> tuple[CasualtyDraft, ...]:
    if _ANY.search(words_of) is None:
        return ()
    found = [*_objects(words_of), *_nominal(words_of)]
    for kind, participle in _PARTICIPLES.items():
        found += _subjects(words_of, rf"{_BE}(?:{participle})\b", kind)
        found += _adjectival(words_of, participle, kind)
    for kind, verb in _BEFELL.items():
        found += _subjects(words_of, rf"{_HAVE}(?:{verb})\b", kind)
    found += _left(words_of)
    found += _parts(words_of)
    return tuple(found)


def _objects(words_of: str) -> list[CasualtyDraft]:
    """Read "captured a leader and two of his aides"."""
    found: list[CasualtyDraft] = []
    for kind, verb in _ACTIVE.items():
        for match in _some(rf"(?i)\b(?:{verb})\s+", words_of):
            before = words_of[: match.start()]
            if _PASSIVE_BEFORE.search(before):
                continue
            if match.group().lower().startswith("captur") and LENS.search(before):
                continue
            names = _TAKES_NAMES.match(match.group()) is not None
            found += people_lists.at(words_of, match.end(), kind, names=names)
    return found


def _nominal(words_of: str) -> list[CasualtyDraft]:
    """Read "confirmed the capture of a facilitator"; an order to arrest is no arrest."""
    found: list[CasualtyDraft] = []
    for kind, noun in _NOUNS.items():
        for match in _some(rf"(?i)\b(?:{noun}) of\s+", words_of):
            if _NO_FACT_BEFORE_NOUN.search(words_of[: match.start()]):
                continue
            listed = people_lists.at(words_of, match.end(), kind, names=True)
            # "the killing of civilians" is a topic; "the killing of two" is news
            found += [d for d in listed if d.count or not _is_plural(d.who)]
    return found


def _subjects(words_of: str, verb: str, kind: CasualtyKind) -> list[CasualtyDraft]:
    """Read the people who stand before a verb that says what became of them."""
    found: list[CasualtyDraft] = []
    for match in _some(rf"(?i)(?<=[\w,”\"’'])\s+(?:{verb})", words_of):
        before = words_of[: match.start()].rstrip("”\"’'")
        near = max(0, len(before) - _REACH)
        who = _WHO.search(before)
        for start in _start().finditer(before, near):
            if who is not None:  # "identify the driver, who was arrested"
                row, end = people_lists.read(
                    before, start.start(), kind, names=True, most=1
                )
                if row and end == who.start():
                    found += row + _beside(words_of, match.end(), kind)
                    break
                continue
            if _CLAUSE_START.search(before, 0, start.start()) is None:
                continue
            if before.endswith(("including ", "among them "), 0, start.start()):
                continue  # "including 12 children, and 110 were wounded"
            drafts = people_lists.until(before, start.start(), kind)
            if drafts is not None:
                found += drafts
                found += _beside(words_of, match.end(), kind) if drafts else []
                break
    return found


def _beside(words_of: str, at: int, kind: CasualtyKind) -> list[CasualtyDraft]:
    """Read who else was harmed: "was held along with two aides"."""
    beside = _WITH.match(words_of, at)
    return people_lists.at(words_of, beside.end(), kind, names=True) if beside else []


_WHO = re.compile(r",?\s+who$")
_WITH = re.compile(r",?\s+(?:along|together) with\s+|,?\s+alongside\s+")


def _left(words_of: str) -> list[CasualtyDraft]:
    """Read "left 35 guerrillas and five soldiers dead, six civilians wounded"."""
    found: list[CasualtyDraft] = []
    verb = re.search(rf"(?i)\b(?:{_LEFT})\s+", words_of)
    at = verb.end() if verb else None
    while at is not None:
        row, end = people_lists.read(words_of, at, "killed", names=False)
        state = _STATE.match(words_of, end)
        if not row or state is None:
            break
        found += [d.model_copy(update={"kind": state.lastgroup}) for d in row]
        joined = people_lists.JOINED.match(words_of, state.end())
        at = joined.end() if joined else None
    return found


_STATE = re.compile(
    r"(?i)\s+(?:"
    + "|".join(rf"(?P<{kind}>{state})" for kind, state in _joined("harm_left").items())
    + r")\b"
)


def _parts(words_of: str) -> list[CasualtyDraft]:
    """Read "43 people were killed, including 12 children": of the word before it."""
    found: list[CasualtyDraft] = []
    for match in _some(r"(?i)\b(?:including|among them)\s+", words_of):
        before = words_of[max(0, match.start() - _REACH) : match.start()]
        kinds = [
            (last.end(), kind)
            for kind, forms in _PARTICIPLES.items()
            for last in re.finditer(
                rf"(?i)\b(?:{forms}|{_ACTIVE.get(kind, forms)})\b", before
            )
        ]
        if kinds:
            listed = people_lists.at(words_of, match.end(), max(kinds)[1], names=False)
            found += [d for d in listed if d.who]
    return found


def _adjectival(
    words_of: str, participle: str, kind: CasualtyKind
) -> list[CasualtyDraft]:
    """Read "the murdered scientist Noel Kempff"."""
    found: list[CasualtyDraft] = []
    pattern = rf"(?i:\b(?:the|an?|of|by|for)\s+)(?:{participle})\s+(?:[a-z][\w’'-]*\s+|[A-Z]\w+n\s+){{0,3}}?(?={people_lists.NAME})"
    for match in _some(pattern, words_of):
        name = re.compile(people_lists.NAME).match(words_of, match.end())
        if name is not None and people_lists.NO_PERSON.search(name.group()) is None:
            found.append(CasualtyDraft(kind=kind, count="", who=name.group()))
    return found


def _some(pattern: str, words_of: str) -> list[re.Match[str]]:
    """List the first matches of a pattern; more make a list, no sentence."""
    found: list[re.Match[str]] = []
    for match in re.compile(pattern).finditer(words_of):
        found.append(match)
        if len(found) >= _MOST_VERBS:
            break
    return found


def _is_plural(who: str) -> bool:
    return who.endswith("s") and not who[:1].isupper()


@cache
def _start() -> re.Pattern[str]:
    """Find where a list of people may start: a determiner, a number or a name."""
    return re.compile(
        rf"(?:(?<=^)|(?<=[\s“\"]))(?:(?i:an?|one|the|another|his|her|their|several|multiple|at least|about|some|"
        rf"more than|over|nearly|up to|{counts.number_pattern()})\b|[A-Z])"
    )
