"""The shards of a run on the disk: what is to be done, what is done, who does it.

`shards/000012/` holds `articles.jsonl`, parts of what became of them (`rows-0.jsonl`, each
put whole and never written over), the shard's replies and its journal. A shard whose rows
the ledger has is renamed to `done-000012`, and its replies are brought to the others when
no worker reads those any more. Each step is one rename or link: a kill leaves the state
before it or after it.
"""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TextIO

from summarizer.batch.entries import Cost, Entry, Line
from summarizer.batch.inputs import Given
from summarizer.batch.sharding import articles
from summarizer.batch.sharding.journal import Journal
from summarizer.batch.sharding.replies import ShardReplies, bring_together
from summarizer.client.replies import NAME
from summarizer.errors import InputError

_HELD_S: Final = 900.0
"""Seconds to wait for another worker that still does a shard: one that its driver has left
finishes the articles that are under way, and one request may take ten minutes."""

_LOOK_S: Final = 0.2


class Shelf:
    """The shards of one output folder."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is made yet."""
        self._out, self._folder = folder, folder / "shards"

    def prepare(self, run: str) -> None:
        """Make the folder, and mark it as that of a run.

        Raises:
            InputError: It cannot be written.
        """
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            for left in self._folder.glob("new-*"):
                shutil.rmtree(left)
            (self._folder / "mark").write_text(run, "utf-8")
        except OSError as exc:
            msg = f"cannot write to {str(self._folder)!r}: {exc.strerror}"
            raise InputError(msg) from exc

    def check(self, run: str, worker: str) -> None:
        """Hold that this process sees the folder of the driver.

        Raises:
            InputError: It sees none, or another one.
        """
        with contextlib.suppress(OSError):
            if (self._folder / "mark").read_text("utf-8") == run:
                return
        msg = (
            f"the worker {worker} does not see the folder {str(self._out)!r} of this run: "
            "--cluster needs one that all machines share, under the same path"
        )
        raise InputError(msg)

    # -- what is to be done ------------------------------------------------------

    def add(self, given: Sequence[Given]) -> int:
        """Put articles on the shelf as a shard of their own, and return its number."""
        over = [*self._twice(), *map(_number, self._folder.glob("done-*"))]
        number = 1 + max([-1, *over, *self.numbers()])
        new = self._folder / f"new-{number:06}"
        new.mkdir(mode=0o700)
        articles.write(given, new / "articles.jsonl")
        new.rename(self._of(number))
        return number

    def numbers(self) -> list[int]:
        """List the shards whose rows the ledger has not, or not all."""
        found = self._folder.glob("[0-9]*")
        return sorted(int(one.name) for one in found if one.name.isdigit())

    def given(self, number: int) -> list[Given]:
        """Read the articles of a shard; none when it is over."""
        try:
            return list(articles.read(self._of(number) / "articles.jsonl"))
        except FileNotFoundError:
            return []

    def left(self, number: int) -> list[Given]:
        """Read the articles of a shard that have no row yet."""
        done = {entry.key for entry, _, _ in self.rows(number)}
        return [one for one in self.given(number) if one.key not in done]

    # -- what is done ------------------------------------------------------------

    def rows(
        self, number: int
    ) -> Iterator[tuple[Entry, Cost, Mapping[str, Any] | None]]:
        """Yield what became of the articles of a shard, each once."""
        seen: set[str] = set()
        for file in sorted(self._of(number).glob("rows-*.jsonl"), key=_number):
            with file.open(encoding="utf-8", errors="surrogatepass") as lines:
                for line in lines:
                    told = json.loads(line)
                    entry = Entry(**told["entry"])
                    if entry.key not in seen:
                        seen.add(entry.key)
                        yield entry, Cost(**told["cost"]), told["row"]

    def part(self, number: int) -> "Part":
        """Begin a part of the rows of a shard."""
        folder = self._of(number)
        parts = len(list(folder.glob("rows-*.jsonl")))
        return Part(folder / f"rows-{parts}.jsonl")

    # -- who does it -------------------------------------------------------------

    @contextlib.contextmanager
    def held(self, number: int) -> Iterator[None]:
        """Hold a shard for this thread; a worker that is dead holds nothing.

        Raises:
            InputError: Another one has held it for a quarter of an hour.
        """
        with (self._of(number) / "lock").open("a", encoding="utf-8") as file:
            deadline = time.monotonic() + _HELD_S
            while not _locked(file):
                if time.monotonic() > deadline:
                    msg = f"another worker still does shard {number}: try again when it has ended"
                    raise InputError(msg)
                time.sleep(_LOOK_S)
            yield

    def journal(self, number: int) -> Journal:
        """Name the journal of a shard."""
        return Journal(self._of(number) / "journal.txt")

    def replies(self, number: int) -> ShardReplies:
        """Open the replies of a shard.

        Raises:
            SettingsError: The file cannot be opened.
        """
        return ShardReplies(self._of(number) / NAME, self._out / NAME)

    # -- what is over ------------------------------------------------------------

    def retire(self, number: int) -> None:
        """Take a shard off the shelf whose rows the ledger has."""
        twice = self.journal(number).paid_twice()
        with (self._folder / "paid-twice.txt").open("a", encoding="utf-8") as file:
            file.write(f"{number} {twice}\n")
        self._of(number).rename(self._folder / f"done-{number:06}")

    def gather(self) -> None:
        """Bring the replies of all shards that are over to those of the folder.

        Raises:
            SettingsError: They cannot be read or written.
        """
        over = sorted(self._folder.glob("done-*"))
        kept = [one / NAME for one in over if (one / NAME).exists()]
        if kept:
            bring_together(kept, self._out / NAME)
        for one in over:
            shutil.rmtree(one)

    def close(self) -> None:
        """Take away all shards, begun ones too: their replies are kept, their articles to do."""
        for number in self.numbers():
            self.retire(number)
        self.gather()

    def paid_twice(self) -> int:
        """Count the requests that were paid twice at most, in all runs of the folder."""
        return sum(self._twice().values())

    def _twice(self) -> dict[int, int]:
        """Read, by shard that is over, how many requests were paid twice at most."""
        with contextlib.suppress(FileNotFoundError):
            text = (self._folder / "paid-twice.txt").read_text("utf-8")
            pairs = (line.split() for line in text.splitlines())
            return {int(number): int(count) for number, count in pairs}
        return {}

    def _of(self, number: int) -> Path:
        return self._folder / f"{number:06}"


class Part:
    """Rows of a shard that are put on the shelf together, or not at all."""

    def __init__(self, file: Path) -> None:
        """Begin beside *file*, which comes to be when all is written."""
        self._file = file
        self._beside = file.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}.part")
        self._lines = self._beside.open("w", encoding="utf-8", errors="surrogatepass")
        self.count = 0

    def write(self, entry: Entry, row: Mapping[str, Any] | None, cost: Cost) -> None:
        """Write what became of an article.

        Raises:
            InputError: It cannot be written: the disk is full, or the folder is gone.
        """
        told = {"entry": asdict(entry), "cost": asdict(cost), "row": row}
        try:
            self._lines.write(json.dumps(told, ensure_ascii=False) + "\n")
        except OSError as exc:
            msg = f"cannot write {str(self._file)!r}: {exc.strerror}"
            raise InputError(msg) from exc
        self.count += 1

    def write_all(self, lines: Iterable[Line]) -> None:
        """Write what became of several articles; errors are those of `write`."""
        for one in lines:
            self.write(one.entry, one.row, one.cost)

    def put(self) -> int:
        """Put the rows on the shelf, unless a part of that number is there.

        Returns:
            How many rows were put; 0 when somebody else was first.

        Raises:
            InputError: They cannot be written.
        """
        try:
            with self._lines as lines:
                lines.flush()
                os.fsync(lines.fileno())
            if self.count:
                os.link(self._beside, self._file)
        except FileExistsError:
            return 0
        except OSError as exc:
            msg = f"cannot write {str(self._file)!r}: {exc.strerror}"
            raise InputError(msg) from exc
        finally:
            self._beside.unlink(missing_ok=True)
        return self.count


def _number(file: Path) -> int:
    """Read the number at the end of a name: "done-000012", "rows-3.jsonl"."""
    words = file.name.partition(".")[0].rpartition("-")[2]
    return int(words) if words.isdigit() else -1


def _locked(file: TextIO) -> bool:
    """Hold a file for this thread; False when another one holds it.

    Raises:
        InputError: The file system knows no locks.
    """
    try:
        import fcntl  # noqa: PLC0415  not on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as exc:
        msg = f"cannot lock {file.name!r}: {exc.strerror}: --cluster needs a folder with locks and hard links"
        raise InputError(msg) from exc
    return True
