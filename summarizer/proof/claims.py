"""Whether a generated sentence claims only what items bear out, clause by clause.

A clause rests on an item when it is a shorter telling of what the item cites: its words
stand there, in that order; its names and numbers all do; no "not" and no "may" is added
or dropped; and who is said to say it is whom the item names. Swapped parties change the
order, and a made-up verb stands nowhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from schemas.briefing import Actor, Casualties, Development, Party, Position, Request
from summarizer.proof.wording import foreign, word_count
from summarizer.reading.values import Refusal
from summarizer.sources.language import CASED, script_of
from summarizer.text import words
from summarizer.text.typography import flat

MOST_WORDS = 45
MOST_CHARS = 400

Items = tuple[Request | Position | Casualties | Development, ...]

COVERED = 0.8
"""Share of a clause's words of content that the cited words must have."""

IN_ORDER = 0.8
"""Share of the shared words that must follow one another as in the cited words."""

_ADDRESS = re.compile(
    r"(?i)https?:|www\.|\w@\w|\b[\w-]+\.(?:com|org|net|info|io|ru|example)\b"
)
_ORDER = re.compile(
    r"(?i)^(?:please\s+)?(?:click|open|send|visit|log|sign|call|pay|reply|ignore|enter|buy|subscribe)\b"
)
_YOU = re.compile(r"(?i)\byou(?:r|rs)?\b")
_SPLIT = re.compile(r";\s+|(?<=[^A-Z][.!?])[”\"’]?\s+(?=[A-Z“\"‘])")
_JOINTS = re.compile(
    r",\s+(?:and|but|while|as|with|though|although|after|which|who|calling|saying|adding)\s+|"
    r"\s(?:and|but|while|as|after|though|although|because)\s|[,:]\s+|\s[–—]\s"
)
_WORD = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*%?")
_ENDING = re.compile(r"(?<=\w{3})(?:’s|'s|ies|ing|ed|es|ly|[sey])$")
_TURNS = frozenset(words.lists("claims")["turns"])
"""Words that turn a claim into another when they are put in or left out."""

_SAID = (
    r"(?:said|says|say|told|announced|announces|added|adds|reported|reports|according to|warned|claimed|claims|"
    r"stated|confirmed|wrote|insisted|argued|estimated|found|ruled)"
)
_TAIL = re.compile(
    rf",?\s+(?:(?P<a>[^,;“”\"]{{2,80}}?)\s+{_SAID}|{_SAID}\s+(?P<b>[^;“”\"]{{2,90}}))\.?$"
)
_HEAD = re.compile(rf"^(?P<a>[^;“”\"]{{2,110}}?)\s+{_SAID}(?:\s+that)?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Cited:
    """What an item lets a clause say."""

    ident: str
    told: list[str]
    turns: list[tuple[int, str]]
    names: frozenset[str]
    speakers: frozenset[str]
    holder: frozenset[str]
    others: frozenset[str]
    """Names of the parties of other items: none of them may act in this one."""

    exact: str


def check(
    line: str, items: Items, actors: Sequence[Actor] = ()
) -> tuple[str, ...] | Refusal:
    """Check a drafted line against the items.

    Args:
        line: One or two sentences.
        items: What it may rest on.
        actors: The names that the parties of the items go by.

    Returns:
        The ids of the items that it rests on, or why it is not kept.
    """
    line = " ".join(line.split())
    cited = " ".join(e.exact for item in items for e in item.evidence)
    refusal = _misshapen(line, cited) or _strange(line, cited, actors)
    if refusal is not None:
        return refusal
    by_id = {a.id: a for a in actors}
    known = [_cited(item, by_id, items) for item in items]
    rests: list[str] = []
    for clause in _SPLIT.split(line):
        found = _rests(clause, known)
        if found is None:
            return Refusal("wording", f"no item bears out {clause[:100]!r}")
        rests += [one for one in found if one not in rests]
    return tuple(rests)


def _misshapen(line: str, cited: str) -> Refusal | None:
    """Say why a line cannot be shown, whatever it claims: its length, what it tells to do."""
    if not line or word_count(line) > MOST_WORDS or len(line) > MOST_CHARS:
        reason = f"the bottom line has {word_count(line)} words and {len(line):,} characters, not 1 to {MOST_WORDS} and at most {MOST_CHARS}"
        return Refusal("form", reason)
    speaks_to_reader = _YOU.search(line) and not _YOU.search(cited)
    if _ADDRESS.search(line) or _ORDER.search(line) or speaks_to_reader:
        return Refusal("form", "the bottom line holds an address or an order")
    return None


def _strange(line: str, cited: str, actors: Sequence[Actor]) -> Refusal | None:
    """Say which name or number of a line no item has; None when all are known."""
    names = " ".join(n for a in actors for n in (a.name, *a.aliases, a.role or ""))
    if cited and script_of(cited) not in CASED:
        # Nothing would show a name that nobody states.
        return Refusal("wording", "names are not known by capital letters here")
    if strange := foreign(line, f"{cited} {names}"):
        return Refusal("wording", f"no item of the briefing says {strange[0]!r}")
    return None


def resting(
    line: str, items: Items, actors: Sequence[Actor] = ()
) -> tuple[str, tuple[str, ...]] | None:
    """Keep the clauses of a drafted line that rest on items, its first one at least.

    Returns:
        The line and the ids of the items, or None when its first clause rests on none.
    """
    kept: list[str] = []
    for clause in _SPLIT.split(" ".join(line.split())):
        tried = "; ".join([*kept, clause.strip(" ;.")])
        if isinstance(check(tried, items, actors), Refusal):
            if not kept:
                return None
            continue
        kept.append(clause.strip(" ;."))
    text = "; ".join(kept)
    rests = check(text, items, actors)
    return None if isinstance(rests, Refusal) else (f"{text}.", rests)


def _cited(
    item: Request | Position | Casualties | Development,
    actors: dict[str, Actor],
    items: Items,
) -> _Cited:
    exact = " ".join(flat(e.exact) for e in item.evidence)
    told = _stems(exact)
    parties = [p for _, value in item for p in _parties(value)]
    told_by = ("holder", "voiced_by", "source", "reported_by", "by", "to")
    own = [p for name in told_by if isinstance(p := getattr(item, name, None), Party)]
    holder = item.holder if isinstance(item, Position) else None
    return _Cited(
        ident=item.id,
        told=told,
        turns=[(n, w) for n, w in enumerate(told) if w in _TURNS],
        names=_names(parties, actors),
        speakers=_names(own, actors),
        holder=_names([holder], actors) if holder else frozenset(),
        others=_names([p for i in items for _, v in i for p in _parties(v)], actors)
        - _names(parties, actors),
        exact=exact,
    )


def _parties(value: object) -> Iterable[Party]:
    if isinstance(value, Party):
        yield value
    elif isinstance(value, tuple):
        yield from (p for p in value if isinstance(p, Party))


def _names(parties: Sequence[Party], actors: dict[str, Actor]) -> frozenset[str]:
    """Collect the words by which parties are called, their posts among them."""
    found: set[str] = set()
    for party in parties:
        actor = actors.get(party.id)
        forms = [party.name]
        if actor is not None:
            forms += [*actor.aliases, actor.role or "", actor.of or ""]
        for form in forms:
            found |= set(_stems(form))
    return frozenset(found)


def _rests(clause: str, known: list[_Cited]) -> list[str] | None:
    """Find the items that a clause rests on: one for all of it, or one for each part."""
    for one in known:
        if _bears_out(clause, one):
            return [one.ident]
    parts = [p for p in _parts(clause) if _stems(p)]
    if len(parts) < 2:
        return None
    found: list[str] = []
    for part in parts:
        by = next((one for one in known if _bears_out(part, one, clause)), None)
        if by is None:
            return None
        found.append(by.ident)
    return list(dict.fromkeys(found))


def _parts(clause: str) -> list[str]:
    """Cut a clause at its joints; a part of a word or two stays with the one before."""
    found: list[str] = []
    for part in _JOINTS.split(clause):
        if found and len(_stems(part)) < _FEWEST:
            found[-1] = f"{found[-1]}, {part}"
        else:
            found.append(part)
    if len(found) > 1 and len(_stems(found[0])) < _FEWEST:
        found[:2] = [f"{found[0]}, {found[1]}"]
    return found


_FEWEST = 3
"""Words of content that a part of a clause needs, to be looked for by itself."""


def _bears_out(clause: str, one: _Cited, whole: str = "") -> bool:
    """Tell whether an item cites what a clause claims."""
    claimed, speakers = _without_speaker(clause)
    if any(not _speaks(s, one) for s in speakers):
        return False
    if one.holder and one.holder.isdisjoint(_stems(whole or clause)):
        return False
    wanted = _stems(claimed)
    if not wanted:
        return bool(speakers)
    held = [w for w in wanted if w in one.told]
    named = [w for w in wanted if w not in one.told and w in one.names]
    if len(held) + len(named) < COVERED * len(wanted) or not held:
        return False
    strange = [w for w in _proper(claimed) if w not in one.told and w not in one.names]
    if any(w in one.others or w[:1].isdigit() for w in strange):
        return False
    if any(w not in one.told for w in wanted if w in _TURNS):
        return False
    order = _common(held, one.told)
    if len(order) < IN_ORDER * len(held):
        return False
    first, last = order[0], order[-1]
    # "We will not send": a "not" right before the first shared word turns it too.
    dropped = [w for n, w in one.turns if first - 2 <= n < last and w not in wanted]
    return not dropped and _keeps_subject(claimed, one)


def _proper(claimed: str) -> list[str]:
    """List the names and numbers of a clause, as stems: all of them must be cited."""
    words_of = re.findall(r"\b(?:[A-Z][\w’'-]*|\d[\d.,]*%?)", flat(claimed))
    return [w for word in words_of for w in _stems(word)]


def _keeps_subject(claimed: str, one: _Cited) -> bool:
    """Tell whether the first name of a clause is first in what is cited, too.

    Only names tell parties apart: "Turkey has asked Syria" against "Syria has asked".
    """
    names = list(re.findall(r"\b[A-Z][\w’'-]+", claimed))
    places = [
        one.exact.find(re.sub(r"[’']s$", "", name)) for name in dict.fromkeys(names)
    ]
    known = [p for p in places if p >= 0]
    return known[:2] == sorted(known[:2])


def _without_speaker(clause: str) -> tuple[str, list[str]]:
    """Take "…, X said" or "X said that …" off a clause.

    Returns:
        What is claimed, and the phrases that are said to say it.
    """
    plain = clause.strip(" ,;")
    if tail := _TAIL.search(plain):
        return plain[: tail.start()], [tail["a"] or tail["b"]]
    if head := _HEAD.match(plain):
        return plain[head.end() :], [head["a"]]
    return plain, []


def _speaks(speaker: str, one: _Cited) -> bool:
    """Tell whether an item's source, or its own words, have somebody say it."""
    said = [w for w in _stems(speaker) if w not in _TURNS]
    if not said:
        return True
    turned = [w for w in _stems(speaker) if w in _TURNS]
    if turned:
        return False
    if all(w in one.speakers for w in said):
        return True
    names = r"\W+(?:\w+\W+){0,3}?".join(
        re.escape(w) for w in re.findall(r"[\w’'-]+", speaker)[-2:]
    )
    near = rf"(?i)(?:{names}[^.;]{{0,60}}?\b{_SAID}|\b{_SAID}\b[^.;]{{0,60}}?{names})"
    return re.search(near, one.exact) is not None


def _stems(text: str) -> list[str]:
    """List the words of content of a phrase in order, each without its ending."""
    found = (w.lower() for w in _WORD.findall(flat(text)))
    return [
        _ENDING.sub("", w) if w not in _TURNS else w
        for w in found
        if w in _TURNS or (w not in _function_words() and not w.endswith("n't"))
    ] + ["not" for w in re.findall(r"n[’']t\b", flat(text))]


@cache
def _function_words() -> frozenset[str]:
    lists = words.lists("function_words")
    keep = set(words.lists("claims")["telling"])
    return (
        frozenset(lists["stop"])
        | frozenset(lists["auxiliaries"])
        | {"also", "said", "says"}
    ) - keep


def _common(one: list[str], two: list[str]) -> list[int]:
    """Find the longest run of words that both have in one order, gaps allowed.

    Returns:
        The places of its words in *two*.
    """
    lengths = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(two) - 1, -1, -1):
            lengths[i][j] = (
                lengths[i + 1][j + 1] + 1
                if one[i] == two[j]
                else max(lengths[i + 1][j], lengths[i][j + 1])
            )
    found: list[int] = []
    i = j = 0
    while i < len(one) and j < len(two):
        if one[i] == two[j]:
            found.append(j)
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
