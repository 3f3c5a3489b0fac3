"""Put what a run has made into an object storage: shards once, the rest anew."""

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from summarizer.batch.storage import objects, stores
from summarizer.errors import InputError

_OWNER: Final = "run-id"
"""A file of the work folder and an object: a prefix belongs to one work folder."""

_PUT: Final = "put.json"
"""A file of the work folder: the size and time of each file that was put."""

_SHARD: Final = re.compile(r"(?:.*/)?briefings-\d{5,}\.(?:jsonl|parquet)")


@dataclass(frozen=True, slots=True)
class Bucket:
    """The prefix that a run's output goes to.

    Attributes:
        address: Its address.
    """

    address: str

    @classmethod
    def at(cls, address: str) -> "Bucket":
        """Name a prefix by its address.

        Raises:
            InputError: It is none, or obstore is not installed.
        """
        stores.parted(address)
        stores.library()
        return cls(address)

    def check(self, folder: Path) -> None:
        """Claim the prefix for a work folder, before anything is asked.

        Raises:
            InputError: Another run has it, or the storage cannot be reached.
        """
        mark = folder / _OWNER
        if not mark.exists():
            mark.write_text(uuid.uuid4().hex, "utf-8")
        ours = mark.read_bytes()
        if self._put(_OWNER, ours, mode="create"):
            return
        size = len(ours) + 1
        if objects.Object(self._address(_OWNER), len(ours)).read(size) != ours:
            msg = f"{self.address!r} holds the output of a run with another work folder: name that one with --work, or take another prefix"
            raise InputError(msg)

    def put(self, folder: Path, names: Iterator[Path]) -> int:
        """Put files of a folder below the prefix.

        Args:
            folder: The work folder.
            names: Files within it.

        Returns:
            How many were put; what is there already as it is here is not.

        Raises:
            InputError: The storage cannot be reached; the same command goes on.
        """
        there = {one.address: one.size for one in self._below()}
        put = _noted(folder)
        kept = set[str]()
        done = 0
        try:
            for path in names:
                name, stat = path.relative_to(folder).as_posix(), path.stat()
                address, state = self._address(name), [stat.st_size, stat.st_mtime_ns]
                kept.add(address)
                if put.get(address) == state and there.get(address) == stat.st_size:
                    continue
                self._put_anew(name, path)
                put[address] = state
                done += 1
        finally:
            (folder / _PUT).write_text(json.dumps(put), "utf-8")
        self._drop([a for a in there if a not in kept and _SHARD.fullmatch(a)])
        return done

    def _put_anew(self, name: str, path: Path) -> None:
        """Put a shard where there is none, or over what it was with fewer rows."""
        if _SHARD.fullmatch(name) and self._put(name, path, mode="create"):
            return
        self._put(name, path, mode="overwrite")

    def _put(self, name: str, file: Any, *, mode: str) -> bool:
        """Put one object; False when it is there already."""
        scheme, bucket, path = stores.parted(self._address(name))
        exists = stores.library("obstore.exceptions").AlreadyExistsError
        with stores.told(self._address(name)):
            try:
                stores.library().put(stores.store(scheme, bucket), path, file, mode=mode)  # fmt: skip
            except exists:
                return False
        return True

    def _below(self) -> list[objects.Object]:
        return list(objects.listed(self.address.rstrip("/") + "/"))

    def _drop(self, addresses: list[str]) -> None:
        """Take away shards that a later one replaced."""
        for address in addresses:
            scheme, bucket, path = stores.parted(address)
            with stores.told(address):
                stores.library().delete(stores.store(scheme, bucket), path)

    def _address(self, name: str) -> str:
        scheme, bucket, path = stores.parted(self.address.rstrip("/") + "/" + name)
        return f"{scheme}://{bucket}/{path}" if bucket else f"{scheme}:///{path}"


def _noted(folder: Path) -> dict[str, list[int]]:
    """Read what was put before; nothing when that is not known."""
    try:
        found = json.loads((folder / _PUT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
