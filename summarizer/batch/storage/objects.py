"""Objects of a storage: found by their address, opened like files."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from summarizer.batch.storage import stores
from summarizer.errors import InputError

_BUFFER: Final = 4 << 20
"""Bytes that one request reads."""


@dataclass(frozen=True, slots=True)
class Object:
    """An object that was found.

    Attributes:
        address: Where it stands.
        size: Its bytes.
    """

    address: str
    size: int

    def read(self, most: int) -> bytes:
        """Read the first *most* bytes.

        Raises:
            InputError: It cannot be read.
        """
        with self.opened() as file:
            return file.read(most)

    def opened(self) -> io.BufferedReader:
        """Open it for reading; it can be sought in.

        Raises:
            InputError: It cannot be opened. Reading then raises OSError.
        """
        scheme, bucket, path = stores.parted(self.address)
        with stores.told(self.address):
            reader = stores.library().open_reader(
                stores.store(scheme, bucket), path, buffer_size=_BUFFER, size=self.size
            )
        return io.BufferedReader(_Reading(reader, self), _BUFFER)


class _Reading(io.RawIOBase):
    """An object as Python reads a file."""

    def __init__(self, reader: Any, about: Object) -> None:
        self._reader, self._about = reader, about

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._reader.seek(offset, whence))

    def tell(self) -> int:
        return int(self._reader.tell())

    def readinto(self, buffer: Any, /) -> int:
        try:
            with stores.told(self._about.address):
                data = memoryview(self._reader.read(len(buffer)))
        except InputError as exc:
            raise OSError(None, str(exc)) from None
        buffer[: len(data)] = data
        return len(data)


def is_storage(place: str) -> bool:
    """Tell an address of an object storage."""
    scheme, mark, _ = place.partition("://")
    return bool(mark) and scheme in stores.SCHEMES


def check(address: str) -> None:
    """Find out whether there is anything at an address.

    Raises:
        InputError: There is not, or it cannot be reached.
    """
    next(listed(address))


def listed(address: str) -> Iterator[Object]:
    """Find the object at an address, all below it, or all that fit a pattern with *.

    Raises:
        InputError: There is none, or the storage cannot be reached.
    """
    scheme, bucket, path = stores.parted(address)
    is_pattern = "*" in path
    found = False
    if not is_pattern and path and not path.endswith("/"):
        one = _single(address)
        if one is not None:
            yield one
            return
    prefix = path.partition("*")[0]
    prefix = prefix.rpartition("/")[0] if is_pattern else prefix.rstrip("/")
    for meta in _all(address, prefix):
        if not is_pattern or fnmatchcase(meta["path"], path):
            found = True
            root = f"{scheme}://{bucket}/" if bucket else f"{scheme}:///"
            yield Object(root + meta["path"], meta["size"])
    if not found:
        msg = f"there is nothing at {address!r}"
        raise InputError(msg)


def _single(address: str) -> Object | None:
    scheme, bucket, path = stores.parted(address)
    opened = stores.store(scheme, bucket)
    with stores.told(address):
        try:
            meta = stores.library().head(opened, path)
        except (FileNotFoundError, IsADirectoryError):
            return None
    return Object(address, meta["size"])


def _all(address: str, prefix: str) -> Iterator[Any]:
    """List what stands below a prefix, a page of names at a time, in their order."""
    scheme, bucket, _ = stores.parted(address)
    opened = stores.store(scheme, bucket)
    if scheme == "file":  # the only one that names no order
        with stores.told(address):
            every = stores.library().list(opened, prefix or None).collect()
        yield from sorted(every, key=lambda meta: str(meta["path"]))
        return
    with stores.told(address):
        pages = iter(stores.library().list(opened, prefix or None, chunk_size=1_000))
    while True:
        with stores.told(address):
            page = next(pages, None)
        if page is None:
            return
        yield from page
