"""Put what a run has made into an object storage: shards once, the rest anew."""

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
            How many were put; a shard that is there already, whole, is not.

        Raises:
            InputError: The storage cannot be reached; the same command goes on.
        """
        there = {one.address: one.size for one in self._below()}
        kept = set[str]()
        done = 0
        for path in names:
            name = path.relative_to(folder).as_posix()
            kept.add(self._address(name))
            if _SHARD.fullmatch(path.name):
                if there.get(self._address(name)) == path.stat().st_size:
                    continue
                if self._put(name, path, mode="create"):
                    done += 1
                    continue  # else it is there as it was when it had fewer rows
            self._put(name, path, mode="overwrite")
            done += 1
        gone = [a for a in there if a not in kept and _SHARD.fullmatch(a)]
        self._drop(gone)
        return done

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
