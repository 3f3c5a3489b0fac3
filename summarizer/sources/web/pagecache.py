"""Pages that were fetched before, kept so that a server can say "not modified".

One small file a page, named by the hash of its address; nothing else of the address is
written. A damaged file counts as absent. Written here rather than taken from hishel:
that one caches whole clients by every rule of HTTP; all that is wanted is to ask again
politely.
"""

import base64
import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOST_PAGES: Final = 200
"""Pages that are kept, the oldest going first; about 20 MB of usual pages."""
MOST_BYTES: Final = 5_000_000
"""A larger page is fetched again each time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was fetched, with what its server wants to be asked with."""

    raw: bytes
    content_type: str
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class PageCache:
    """Pages in a folder of the user's own."""

    folder: Path

    def get(self, url: str) -> Kept | None:
        """Find the page of *url*, or None."""
        try:
            found = json.loads(self._file(url).read_bytes())
            return Kept(
                base64.b64decode(found["raw"], validate=True),
                str(found["content_type"]),
                _text(found["etag"]),
                _text(found["modified"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, url: str, page: Kept) -> None:
        """Keep a page that can be asked for again; a full disk is no error."""
        if not (page.etag or page.modified) or len(page.raw) > MOST_BYTES:
            self.forget(url)
            return
        body = {
            "raw": base64.b64encode(page.raw).decode("ascii"),
            "content_type": page.content_type,
            "etag": page.etag,
            "modified": page.modified,
        }
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(body, file)
            Path(name).replace(self._file(url))
            self._prune()

    def forget(self, url: str) -> None:
        """Drop the page of *url*, if there is one."""
        with contextlib.suppress(OSError):
            self._file(url).unlink(missing_ok=True)

    def _file(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()}.json"

    def _prune(self) -> None:
        files = sorted(self.folder.glob("*.json"), key=lambda f: f.stat().st_mtime)
        for file in files[:-MOST_PAGES]:
            file.unlink(missing_ok=True)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
