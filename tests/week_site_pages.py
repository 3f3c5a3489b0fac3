"""Write the site of the invented week of news into a folder, to look at it.

`python tests/week_site_pages.py FOLDER`; the tests of the site use it too.
"""

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from week_of_news import Document, load

from schemas.briefing import Briefing
from summarizer.changes import compare
from summarizer.pipeline import brief
from summarizer.plan import Plan
from summarizer.sources import Metadata, make_article
from summarizer.watch import site
from summarizer.watch.chronicle import Chronicle
from summarizer.watch.state import State

ZONE = ZoneInfo("Europe/Berlin")


def chronicle(folder: Path, stories: Iterable[str] = ()) -> tuple[State, Chronicle]:
    """Make the editions of all stories, or of some, as a watch would."""
    state = State(folder)
    made = Chronicle(state.rows)
    week = load()
    for story in stories or week.stories:
        documents = [d for d in week.documents if d.story == story]
        old: Briefing | None = None
        for at in sorted({v.at for d in documents for v in d.versions}):
            new = _briefed(documents, at)
            changes = compare(old, new) if old else None
            made.add(story, str(at), at, new, changes)
            old = new
    return state, made


def _briefed(documents: Iterable[Document], at: datetime) -> Briefing:
    standing = [(d, v) for d in documents if (v := d.version(at)) is not None]
    articles = [
        make_article(
            version.text,
            source_id=f"s{number}",
            metadata=Metadata(
                uri=document.uri,
                title=version.title,
                publisher=document.feed.name,
                published=document.at.date(),
                published_at=document.at,
            ),
        )
        for number, (document, version) in enumerate(standing[::-1], 1)
    ]
    return brief(articles, None, plan=Plan())


def main() -> None:
    """Write it."""
    folder = Path(sys.argv[1])
    state, made = chronicle(folder / "state")
    now = datetime(2026, 3, 8, 18, tzinfo=ZONE)
    written = site.write(made, site.Site(folder / "site", ZONE), now)
    state.close()
    print(f"{len(written.written)} files in {folder / 'site'}")


if __name__ == "__main__":
    main()
