"""One article of an archive, named by a hash of its raw words, not read yet.

Nothing is parsed before it is read: a run that goes on knows in a moment what is done.
"""

import hashlib
from dataclasses import dataclass, field

from summarizer.errors import InputError
from summarizer.sources import Article, Metadata, make_article, read_article


@dataclass(frozen=True, slots=True)
class Given:
    """One article of an archive, not read yet.

    Attributes:
        key: SHA-256 of its raw words and of what is known of it: the same article in
            another place is the same.
        place: Where it stands: a file, an address, "file.jsonl:12".
        text: Its text, when it is a row.
        metadata: What its row says of it.
        error: Why it cannot be read, when that is known at once.
    """

    key: str
    place: str
    text: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    error: str | None = None

    def read(self, *, max_chars: int, allow_private: bool = False) -> Article:
        """Read the article.

        Raises:
            InputError: It cannot be read, is blank or too long.
        """
        if self.error is not None:
            raise InputError(self.error)
        if self.text is None:
            return read_article(
                self.place, max_chars=max_chars, allow_private=allow_private
            )
        if len(self.text) > max_chars:
            msg = (
                f"it has {len(self.text):,} characters; {max_chars:,} are read at most"
            )
            raise InputError(msg)
        return make_article(self.text, metadata=self.metadata)


def unreadable(place: str, raw: str, why: str) -> Given:
    """Name what cannot be read, by its raw words, with why."""
    return Given(key_of(raw.encode("utf-8", "surrogatepass")), place, error=why)


def key_of(*parts: bytes) -> str:
    """Hash parts so that no two lists of parts share a hash: SHA-256, in hexadecimal."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
