"""The bottom line: what matters most, in words of the source, attribution kept.

A model's line is shown only if every name and number in it stands in what the items
cite. Otherwise, and always on small models, the line is composed from the items.
"""

from schemas.briefing import Casualties, OpenQuestion, Position, Request
from summarizer.proof.wording import foreign, word_count
from summarizer.reading.refusal import Refusal
from summarizer.sources.language import CASED, script_of

MOST_WORDS = 45
NOTHING = "The text holds no request, position or casualty figure that could be shown."

Items = tuple[Request | Position | Casualties, ...]


def check(line: str, items: Items) -> Refusal | None:
    """Check a drafted line against what the items cite.

    Returns:
        None when it may be shown, otherwise why not.
    """
    cited = " ".join(e.exact for item in items for e in item.evidence)
    if not line.strip() or word_count(line) > MOST_WORDS:
        return Refusal(
            "form",
            f"the bottom line has {word_count(line)} words, not 1 to {MOST_WORDS}",
        )
    if cited and script_of(cited) not in CASED:
        # Nothing would show a name that nobody states.
        return Refusal("wording", "names are not known by capital letters here")
    if strange := foreign(line, cited):
        return Refusal("wording", f"no item of the briefing says {strange[0]!r}")
    return None


def compose(items: Items, questions: tuple[OpenQuestion, ...]) -> str:
    """Compose the line: the sentence that leads, the tolls, who gave no comment.

    Returns:
        At most `MOST_WORDS` words, each taken from an item.
    """
    if not items:
        return NOTHING
    first = min(items, key=_place)
    parts = [_lead(first)]
    tolls = [
        i
        for i in items
        if isinstance(i, Casualties)
        and i.evidence[0] != first.evidence[0]
        and _is_toll(i)
    ]
    parts += [_toll(row) for row in tolls[:2]]
    others = [
        i
        for i in items
        if i is not first
        and not isinstance(i, Casualties)
        and i.evidence != first.evidence
    ]
    silent = [
        f"{q.who.name[:1].upper()}{q.who.name[1:]} gave no comment."
        for q in questions
        if q.kind == "no_comment" and q.who
    ]
    if not tolls and others:
        parts.append(_lead(others[0]))
    parts += silent[:1]
    line = parts[0]
    for part in parts[1:]:
        if word_count(f"{line} {part}") <= MOST_WORDS and part not in line:
            line = f"{line} {part}"
    return line


def _place(item: Request | Position | Casualties) -> tuple[int, str, int]:
    """Tell where an item stands: "s10" comes after "s9"."""
    told = item.evidence[0]
    return len(told.source), told.source, told.start


def _lead(item: Request | Position | Casualties) -> str:
    """Take the item's own sentence, or, if it is long, who says what."""
    sentence = " ".join(item.evidence[0].exact.split())
    if word_count(sentence) <= _LONGEST_LEAD:
        return _closed(sentence)
    if isinstance(item, Position):
        return _closed(f"{item.holder.name}: {item.gist}")
    if isinstance(item, Request):
        to = f" to {item.to.name}" if item.to else ""
        said = f" ({item.reported_by.name})" if item.reported_by else ""
        return _closed(f"{item.by.name}’s {item.force}{to}: {item.what}{said}")
    return _toll(item)


_LONGEST_LEAD = 32


def _toll(row: Casualties) -> str:
    people = " ".join(filter(None, (row.count_text or row.who_text, row.kind)))
    place = f" in {row.place}" if row.place else ""
    source = row.source.name if row.source else "no source given"
    return f"{people[:1].upper()}{people[1:]}{place} ({source})."


def _is_toll(row: Casualties) -> bool:
    return row.count_text is not None and row.part_of is None and not row.none_reported


def _closed(words: str) -> str:
    """End with a full stop, unless some final mark is there."""
    return words if words.endswith((".", "!", "?", "”", "…", '."')) else f"{words}."
