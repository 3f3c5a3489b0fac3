"""People and bodies named by a noun: "rebel fighters", "the ministry of health"."""

import re
from typing import Literal

from schemas.evidence import Span
from schemas.terms import ActorKind
from summarizer.reading.english.names.name_words import (
    BODIES,
    FIELD,
    INNER,
    MORE_BODIES,
    head_kind,
    is_adjective,
    looks_verbal,
    verb_forms,
)
from summarizer.reading.english.names.tokens import Token
from summarizer.reading.values import Mention


def is_body(chunk: list[Token], last: int, after: int) -> bool:
    """Tell a body's long name, in whose midst a word for people or a body stands."""
    inside = chunk[last:after]
    return (
        after > last + 1
        and all(t.is_capital and not t.is_possessive for t in inside)
        and not chunk[last].text.endswith(".")
        and (chunk[after - 1].bare in BODIES or chunk[after - 1].bare in MORE_BODIES)
    )


def body_of(chunk: list[Token], start: int, after: int) -> Mention:
    """Name a body whose words have capital letters, without a possessive ending."""
    end = chunk[after - 1].start + len(chunk[after - 1].bare)
    span = Span(start=chunk[start].start, end=end)
    return Mention(span, span, "name", "organisation")


def through_of(chunk: list[Token], last: int, kind: ActorKind) -> int:
    """Read on over "of": "Ministry of Transport" is one name."""
    if last + 2 >= len(chunk) or chunk[last + 1].text not in {"of", "for"}:
        return last
    if chunk[last + 1].text == "for" and chunk[last].text not in BODIES:
        return last
    if not chunk[last].is_capital:
        return last
    if kind == "officials":  # "Deputy Secretary of State Antony Blinken"
        is_field = FIELD.fullmatch(f" of {chunk[last + 2].text.lower()}")
        return last + 2 if is_field and chunk[last + 2].is_capital else last
    if kind not in {"government", "organisation", "igo"}:
        return last
    return max(last, end_of_capitals(chunk, last + 2) - 1)


def find_heads(chunk: list[Token]) -> list[tuple[int, int, ActorKind]]:
    """List where heads of described parties stand: first and last word, and kind."""
    heads: list[tuple[int, int, ActorKind]] = []
    for i, token in enumerate(chunk):
        pair = f"{token.text} {chunk[i + 1].bare}" if i + 1 < len(chunk) else ""
        for size, phrase in ((2, pair), (1, token.bare)):
            kind = head_kind(phrase) if phrase else None
            if kind is not None:
                heads.append((i, i + size - 1, kind))
                break
    # Of adjoining heads the last one is the head: "rebel group", "police officials".
    merged: list[tuple[int, int, ActorKind]] = []
    for first, last, kind in heads:
        if merged and merged[-1][1] >= first - 1 and not chunk[first - 1].is_possessive:
            start, _, old = merged[-1]
            kept: ActorKind = (
                old
                if old == "armed_group" and kind in {"organisation", "group"}
                else kind
            )
            merged[-1] = (start, max(last, merged[-1][1]), kept)
        else:
            merged.append((first, last, kind))
    return merged


_DETERMINERS = {
    "the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "these",
    "those",
}  # fmt: skip


def is_modifier(
    chunk: list[Token], left: int, last: int, before: Token | None, kind: ActorKind
) -> bool:
    """Tell "military interests" from "the military": a bare word before a noun."""
    if last + 1 >= len(chunk) or chunk[last].text.endswith("s"):
        return False
    after = chunk[last + 1]
    if kind == "armed_group" and re.fullmatch(r"[a-z]+s", after.text):
        return True  # "the terrorist attacks", said of nobody
    if left < last:
        return False
    if after.is_capital or after.text.endswith("ed") or after.text in verb_forms():
        return False
    determined = before is not None and before.text.lower() in _DETERMINERS
    return not (determined and left == 0) and not chunk[last].is_capital


_LONGEST_PHRASE = 7


_NO_MODIFIERS = {"least", "than", "figure"}


_RANKS = {
    "former", "senior", "top", "acting", "deputy", "main", "new", "interim", "heroic",
}  # fmt: skip


def leftmost_of(chunk: list[Token], head: int, limit: int) -> int:
    """Walk left from a head over its adjectives and names."""
    left = head
    while left > limit and left > head - _LONGEST_PHRASE:
        word = chunk[left - 1]
        if word.text[0].isdigit() or word.text in _NO_MODIFIERS:
            break
        if not word.is_capital:
            if word.text.lower() in verb_forms() or looks_verbal(word.text):
                break
            # "withdraw Turkish troops": a small word before a name is a verb more
            # often than an adjective.
            if chunk[left].is_capital and word.text not in _RANKS:
                break
        left -= 1
    return left


_KEPT_DETERMINERS = {"the", "his", "her", "its", "their", "both", "each"}


def phrase_of(
    chunk: list[Token], left: int, last: int, kind: ActorKind, before: Token | None
) -> Mention:
    """Make a phrase of a head and the words that belong to it."""
    start = chunk[left].start
    end = chunk[last].start + len(chunk[last].bare)
    core = Span(start=start, end=end)
    if before is not None and before.text.lower() in _KEPT_DETERMINERS:
        start = before.start
    phrase = " ".join(t.text for t in chunk[left : last + 1])
    form: Literal["name", "described"] = "described"
    if all(t.is_capital for t in chunk[left : last + 1]) and not is_adjective(
        chunk[left].bare
    ):
        form = "name"
    if re.search(
        r"\b(?:rebels?|militias?|insurgents?|guerrillas?)\b", phrase, re.IGNORECASE
    ):
        kind = "armed_group" if kind != "officials" else kind
    return Mention(Span(start=start, end=end), core, form, kind)


def end_of_capitals(chunk: list[Token], index: int) -> int:
    """Find the end of the run of capitalised words that starts at *index*."""
    end = index
    while end < len(chunk) and (
        chunk[end].is_capital or (end > index and chunk[end].text in INNER)
    ):
        end += 1
        if chunk[end - 1].is_possessive:
            break
    return end
