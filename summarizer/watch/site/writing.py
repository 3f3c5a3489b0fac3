"""Write the site: the pages of stories that changed, their days, the index, the feed.

What is old is found by comparing the chronicle with what was written before, so a run
that was ended at any point is made up for by the next one.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import pairwise
from pathlib import Path
from typing import Final

from summarizer.render import html
from summarizer.watch.chronicle import Chronicle, Edition
from summarizer.watch.site import clock, days, feed, names, sheets
from summarizer.watch.site.folder import Folder
from summarizer.watch.site.lines import Line
from summarizer.watch.site.story import Sorting, Story, kept_versions

_BRIEFING: Final = '<section id="briefing" '
_END: Final = ">\n"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a site stands, and what it is called.

    Attributes:
        folder: The folder.
        zone: Whose days and times it tells.
        title: What it is called.
        address: Where it stands on the web; only the feed needs it. "" when nowhere.
    """

    folder: Path
    zone: tzinfo
    title: str = "Stories"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The names of the files that were written and removed."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def write(
    chronicle: Chronicle,
    site: Site,
    now: datetime,
    changed: Iterable[str] | None = None,
    sorting: Sorting | None = None,
) -> Written:
    """Write what has changed since the last time.

    Args:
        chronicle: The editions of all stories.
        site: The site.
        now: The time.
        changed: The stories that may have new editions. None looks at all, as a watch
            does when it starts: then stories that are gone are removed as well.
        sorting: What became of stories that were split or joined.

    Raises:
        InputError: The folder cannot be written to, or holds a file of others under a
            name that the site needs.
    """
    with Folder(site.folder) as folder:
        look = f"{sheets.look()} {site.zone} {site.title} {site.address}"
        if folder.fact("look") != look:
            folder.forget()
            folder.note("look", look)
            changed = None
        if changed is None:
            current = {one.story: one for one in chronicle.stories()}
            _without_others(folder, current)
        else:
            found = (chronicle.last(name) for name in changed)
            current = {one.story: one for one in found if one is not None}
        into = sorting.absorbed() if sorting is not None else {}
        current |= _moved(chronicle, folder, into)

        def read(name: str) -> Story:
            part_of = into.get(name, "")
            return Story(chronicle, name, site.zone, sorting=sorting, into=part_of)

        _stories(read, folder, current)
        _days(site, folder, clock.day_of(now, site.zone))
        return Written(tuple(folder.written), tuple(folder.removed))


def _without_others(folder: Folder, current: Container[str]) -> None:
    """Remove the pages of stories that are not there any more."""
    for name in folder.known():
        if name not in current:
            folder.forget(name)
    for name in folder.named():
        for file in folder.files(name) if name not in current else ():
            folder.remove(file)


def _moved(
    chronicle: Chronicle, folder: Folder, into: Mapping[str, str]
) -> dict[str, Edition]:
    """List the stories whose pages do not say yet that they are part of another."""
    found: dict[str, Edition] = {}
    for name in folder.named() & into.keys():
        last = chronicle.last(name)
        if last is not None and folder.fact(f"into {name}") != into[name]:
            folder.note(f"into {name}", into[name])
            folder.forget(name)
            found[name] = last
    return found


def _stories(
    read: Callable[[str], Story], folder: Folder, current: Mapping[str, Edition]
) -> None:
    known = folder.known()
    for name, last in current.items():
        version, at = known.get(name, (0, 0.0))
        if (version, at) == (last.version, last.at.timestamp()):
            continue
        if version >= last.version:  # another chronicle, or an older copy of this one
            folder.forget(name)
            version = 0
        _story(read(name), name, folder, version)


def _story(story: Story, name: str, folder: Folder, written: int) -> None:
    """Write the pages of a story, of which editions up to *written* are there."""
    last = story.last.version
    kept = kept_versions(last)
    pages = {names.evidence(name, one): one for one in kept}
    main = names.story(name)
    folder.claim([main, *pages], name)
    for page, version in pages.items():
        if version > written:
            text = html.render(story.briefing(version))
            folder.put(page, _led_back(text, name, version), name)
    folder.put(main, story.page(kept), name)
    for file in folder.files(name):
        if file != main and file not in pages:
            folder.remove(file)
    folder.enter(story.lines(written))


def _led_back(page: str, name: str, version: int) -> str:
    """Put a way back to the story at the head of a briefing's page."""
    before, mark, after = page.partition(_BRIEFING)
    opening, end, rest = after.partition(_END)
    link = f'<a href="{names.story(name)}#edition-{version}">The story</a>'
    way = f'<p class="rests">{link}: all editions, and what each changed.</p>\n'
    return f"{before}{mark}{opening}{end}{way}{rest}"


def _days(site: Site, folder: Folder, today: date) -> None:
    """Write the pages of days that changed, the index and the feed."""
    stale, found = folder.stale(), folder.days()
    if not stale and folder.fact("today") == str(today):
        return
    for day in stale - set(found):
        folder.remove(names.day(day))
    for day in _touched(stale, found, folder):
        lines = folder.of_day(day)
        text = days.page(lines, day, found, site.zone, title=site.title)
        folder.put(names.day(day), text)
    first = found[0] if found else today
    folder.put(
        names.INDEX,
        days.page(
            folder.of_day(first), first, found, site.zone, title=site.title, today=today
        ),
    )
    if newest := folder.newest(feed.MOST):
        folder.put(names.FEED, _feed(site, folder, newest))
    folder.is_fresh()
    folder.note("today", str(today))


def _touched(stale: set[date], found: list[date], folder: Folder) -> list[date]:
    """Add to the days that changed those whose links to their neighbours did."""
    if stale - set(found):  # a day is gone: others lead to it
        return found
    touched = set(stale)
    for one, other in pairwise(found):
        if not (folder.has(names.day(one)) and folder.has(names.day(other))):
            touched |= {one, other}
    return sorted(touched)


def _feed(site: Site, folder: Folder, newest: list[Line]) -> str:
    if not (ident := folder.fact("feed")):
        ident = feed.name_of(newest[-1])
        folder.note("feed", ident)
    address = f"{site.address.rstrip('/')}/" if site.address else ""
    return feed.write(newest, ident=ident, title=site.title, address=address)
