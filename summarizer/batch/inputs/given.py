"""One article of an archive, named by a hash of its raw words, not read yet.

Nothing is parsed before it is read: a run that goes on knows in a moment what is done.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

from summarizer.errors import InputError
from summarizer.sources import Article, Metadata, make_article, read_article
from summarizer.sources.files import read_bytes
from summarizer.sources.formats.sniff import Kind


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose bytes are at hand: an object of a storage, a page of a crawl.

    Attributes:
        raw: Its bytes.
        charset: What was said of its encoding.
        kind: What was said that it is.
        fetched: The day on which a crawl fetched it.
    """

    raw: bytes
    charset: str | None = None
    kind: Kind | None = None
    fetched: date | None = None


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
        document: Its bytes, when it is no row and in no file of its own.
    """

    key: str
    place: str
    text: str | None = None
    metadata: Metadata = field(default_factory=Metadata)
    error: str | None = None
    document: Document | None = None

    def read(
        self, *, max_chars: int, allow_private: bool = False, source_id: str = "s1"
    ) -> Article:
        """Read the article.

        Raises:
            InputError: It cannot be read, is blank or too long.
        """
        if self.error is not None:
            raise InputError(self.error)
        if self.document is not None:
            return self._parsed(self.document, max_chars, source_id)
        if self.text is None:
            return read_article(
                self.place,
                max_chars=max_chars,
                allow_private=allow_private,
                source_id=source_id,
            )
        if len(self.text) > max_chars:
            msg = (
                f"it has {len(self.text):,} characters; {max_chars:,} are read at most"
            )
            raise InputError(msg)
        return make_article(self.text, metadata=self.metadata, source_id=source_id)

    def _parsed(self, document: Document, max_chars: int, source_id: str) -> Article:
        article = read_bytes(
            document.raw,
            self.place,
            metadata=replace(self.metadata, uri=self.metadata.uri or self.place),
            source_id=source_id,
            charset=document.charset,
            expected=document.kind,
            max_chars=max_chars,
        )
        if article.metadata.published is not None or document.fetched is None:
            return article
        # A crawl of news fetches a page within hours or days; said, since it is a guess.
        note = f"states no day of publication: taken for that of the crawl, {document.fetched}"
        layout = replace(article.layout, notes=(*article.layout.notes, note))
        dated = replace(article.metadata, published=document.fetched)
        return replace(article, metadata=dated, layout=layout)


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
