"""The index of an archive: collected while rows go by, written when all are known.

What a reader can filter by must be counted over all articles first; so the articles wait
in a file, not in memory.
"""

import json
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

from summarizer.batch import tally
from summarizer.batch.entries import Kept
from summarizer.batch.outputs.columns import Row
from summarizer.batch.outputs.pages import name_of
from summarizer.render import archive
from summarizer.render.archive import Facets, Line

FILE: Final = "index.html"
MOST_ARTICLES: Final = 200_000
"""Articles of one index: beyond that it is no page any more, but 60 MB of data."""

MOST_IN_PAGE: Final = 1_000
"""Articles that stand in the page itself. Of more, the first few do, for readers without
a script, and the data lies in files beside it."""

_FIRST: Final = 200
_CHUNK: Final = 2_000
MOST_BYTES: Final = 300
"""Bytes of an article in a file of data."""

MOST_PARTIES: Final = 500
"""Parties that can be chosen: the most frequent ones."""

_MOST_OF_ONE: Final = 8
"""Parties of one article that it is found by."""

_WORDS: Final = 600
"""Characters of a bottom line."""


class Index:
    """The index that is being collected."""

    def __init__(self, folder: Path) -> None:
        """Begin it; the articles wait in a file without a name."""
        self._folder = folder
        self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115  closed in close()
        self._starts = array("Q")
        self._days = array("L")
        self._counts: dict[str, Counter[str]] = {
            name: Counter() for name in ("parties", "countries", "kinds", "sections")
        }
        self.left_out = 0

    def add(self, kept: Kept) -> None:
        """Take an article in."""
        if len(self._starts) >= MOST_ARTICLES:
            self.left_out += 1
            return
        told = _told(kept)
        for name, counter in self._counts.items():
            counter.update(told[name])
        if len(self._counts["parties"]) > MOST_ARTICLES:
            seen = self._counts["parties"]
            self._counts["parties"] = Counter({n: c for n, c in seen.items() if c > 1})
        self._starts.append(self._file.tell())
        self._days.append(int(told["day"].replace("-", "") or 0))
        self._file.write(json.dumps(told).encode() + b"\n")

    def write(self, *, failed: int, has_pages: bool) -> None:
        """Write the page, and the files of data where there are many articles.

        Args:
            failed: Articles that are not in it.
            has_pages: Whether each article has a page of its own.
        """
        total = len(self._starts)
        facets = self._facets()
        chunks = -(-total // _CHUNK) if total > MOST_IN_PAGE else 0
        lines = self._lines(facets)
        first: list[Line] = []
        for number in range(chunks):
            part = list(islice(lines, _CHUNK))
            first = first or part[:_FIRST]
            self._put(f"index-data-{number}.js", archive.chunk(number, part, MOST_BYTES))  # fmt: skip
        text = archive.render(
            first if chunks else list(lines),
            facets,
            total=total,
            chunks=chunks,
            has_pages=has_pages,
            notes=self._notes(total, failed, in_page=_FIRST if chunks else total),
        )
        self._put(FILE, text)
        self._drop_old(chunks)

    def close(self) -> None:
        """Forget what was collected."""
        self._file.close()

    def _facets(self) -> Facets:
        counts = self._counts
        return Facets(
            parties=_frequent(counts["parties"], MOST_PARTIES),
            countries=_frequent(counts["countries"], None),
            kinds=_frequent(counts["kinds"], None),
            sections=_frequent(counts["sections"], None),
        )

    def _lines(self, facets: Facets) -> Iterator[Line]:
        """Yield all articles, the newest first, those without a day last."""
        numbers = {
            name: {one: n for n, one in enumerate(getattr(facets, name))}
            for name in self._counts
        }
        order = sorted(range(len(self._starts)), key=lambda n: (-self._days[n], n))
        for place in order:
            self._file.seek(self._starts[place])
            told = json.loads(self._file.readline())
            for name, known in numbers.items():
                told[name] = tuple(known[one] for one in told[name] if one in known)
            yield Line(**told)

    def _notes(self, total: int, failed: int, in_page: int) -> list[str]:
        notes: list[str] = []
        if in_page < total:
            notes.append(f"Without JavaScript this page lists the newest {in_page:,} of {total:,} articles; the tables beside it hold all.")  # fmt: skip
        if self.left_out:
            notes.append(f"{self.left_out:,} more articles are in the tables only: an index holds {MOST_ARTICLES:,}.")  # fmt: skip
        if failed:
            notes.append(
                f"{failed:,} {'article' if failed == 1 else 'articles'} failed: failed.jsonl says why."
            )
        if len(self._counts["parties"]) > MOST_PARTIES:
            notes.append(f"The {MOST_PARTIES} most frequent parties can be chosen; of an article its first {_MOST_OF_ONE} are known here.")  # fmt: skip
        return notes

    def _put(self, name: str, text: str) -> None:
        part = self._folder / f"{name}.part"
        part.write_text(text, "utf-8", errors="replace")
        part.replace(self._folder / name)

    def _drop_old(self, chunks: int) -> None:
        """Take away files of data that an earlier, larger index had."""
        for file in self._folder.glob("index-data-*.js"):
            with suppress(ValueError):
                if int(file.stem.rpartition("-")[2]) >= chunks:
                    file.unlink()


def _frequent(counts: Counter[str], most: int | None) -> tuple[str, ...]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(name for name, _ in ordered[:most])


def _told(kept: Kept) -> dict[str, Any]:
    """Say what the index needs of an article; names are not numbered yet."""
    row = kept.row
    briefing: Row = row["briefing"]
    source: Row = briefing["sources"][0]
    found = tally.items(briefing)
    publisher = source["publisher"] or ""
    return {
        "name": name_of(kept.entry.key),
        "day": source["published"] or "",
        "title": (source["title"] or row["place"])[:300],
        "from_": " · ".join(filter(None, (publisher[:60], _short(row["place"])))),
        "bottom_line": briefing["bottom_line"][:_WORDS],
        "items": len(found),
        "unconfirmed": sum(one["verdict"] == "unconfirmed" for one in found),
        "is_complete": bool(briefing["complete"]),
        "parties": list(dict.fromkeys(a["name"][:80] for a in briefing["actors"]))[:_MOST_OF_ONE],
        "countries": sorted({a["country"] for a in briefing["actors"] if a["country"]})[:_MOST_OF_ONE],
        "kinds": sorted({one["kind"] for one in briefing["casualties"]}),
        "sections": _sections(briefing),
    }  # fmt: skip


def _sections(briefing: Row) -> list[str]:
    own = [s["definition"]["title"] for s in briefing.get("sections", ()) if s["items"]]
    names = ("requests", "positions", "casualties", "developments", "open_questions")
    return [name.replace("_", " ") for name in names if briefing[name]] + own


def _short(place: str) -> str:
    """Keep the end of a place, which tells one from another."""
    return place if len(place) <= 60 else f"…{place[-59:]}"
