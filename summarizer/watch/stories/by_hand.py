"""Stories put right by hand: what a person decided is kept for good.

A split says of every two pieces that it parts that they are never of one story, a join of
every two stories that they are. Later versions of the pieces keep to that, and so does
whatever would make one story of two. The latest decision counts.
"""

from collections.abc import Collection
from datetime import datetime

from summarizer.errors import InputError
from summarizer.watch.stories.assigning import Stories
from summarizer.watch.stories.living import number
from summarizer.watch.stories.store import Entry
from summarizer.watch.stories.values import Kept


def split(
    stories: Stories, story: str, pieces: Collection[str], *, now: datetime
) -> str:
    """Take pieces out of a story into one of their own.

    Returns:
        The id of the new story.

    Raises:
        InputError: The story is not there, the pieces are not of it, or all of it is.
    """
    entry = _entry(stories, story)
    there = list(stories.store.pieces(story))
    lost = sorted(set(pieces) - {kept.id for kept in there})
    if lost:
        msg = f"{lost[0]!r} is not of the story {story!r}"
        raise InputError(msg)
    going = [kept for kept in there if kept.id in pieces]
    staying = [kept for kept in there if kept.id not in pieces]
    if not going or not staying:
        msg = (
            f"{len(going)} of {len(there)} pieces of {story!r} cannot be split off: "
            "name some, not all"
        )
        raise InputError(msg)
    new = stories.store.new_story(now)
    for group, place in ((going, new), (staying, story)):
        for kept in _originals(group):
            stories.store.put_piece(kept, place)
    pairs = [(one.id, two.id) for one in going for two in staying]
    stories.store.decide(pairs, together=False)
    stories.settle(entry)
    stories.settle(Entry(new, entry.state, entry.latest))
    return new


def join(stories: Stories, one: str, two: str) -> str:
    """Make one story of two; the older keeps its id, the younger ends in it.

    Returns:
        The id that is left.

    Raises:
        InputError: A story is not there, or both are the same.
    """
    if one == two:
        msg = f"{one!r} cannot be joined with itself"
        raise InputError(msg)
    for story in (one, two):
        _entry(stories, story)
    older, younger = sorted((one, two), key=number)
    ours, theirs = stories.store.pieces(older), stories.store.pieces(younger)
    pairs = {(ours[0].id, theirs[0].id)}
    for kept in theirs:
        apart = set(stories.store.apart(kept.id)) & {other.id for other in ours}
        pairs |= {(other, kept.id) for other in apart}
    stories.store.decide(pairs, together=True)
    stories.absorb(younger, older)
    return older


def _entry(stories: Stories, story: str) -> Entry:
    entry = stories.store.story(story)
    if entry is None:
        msg = f"there is no story {story!r}"
        raise InputError(msg)
    if entry.into is not None:
        msg = f"{story!r} is part of {stories.current(story)!r} now"
        raise InputError(msg)
    return entry


def _originals(group: list[Kept]) -> list[Kept]:
    """Let a piece be a text of its own whose original is of another story now."""
    ids = {kept.id for kept in group}
    return [
        kept
        if kept.copy_of is None or kept.copy_of in ids
        else Kept(kept.id, kept.version, kept.published, kept.traits)
        for kept in group
    ]
