"""Articles of a shard as lines of JSON: any worker reads them, and nothing is run by it."""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from summarizer.batch.inputs import Given
from summarizer.batch.inputs.given import Document
from summarizer.sources import Article, Metadata
from summarizer.sources.files import is_address


@dataclass(frozen=True, slots=True)
class Placed(Given):
    """An article whose file is named from the root of the file system.

    Attributes:
        file: Where it is read; "" when it is no file.
    """

    file: str = ""

    def read(
        self, *, max_chars: int, allow_private: bool = False, source_id: str = "s1"
    ) -> Article:
        """Read the article.

        Raises:
            InputError: It cannot be read, is blank or too long.
        """
        place = self.file or self.place
        there = Given(
            self.key, place, self.text, self.metadata, self.error, self.document
        )
        return there.read(
            max_chars=max_chars, allow_private=allow_private, source_id=source_id
        )


def write(given: Iterable[Given], file: Path) -> None:
    """Write articles, not read yet, a line each."""
    with file.open("w", encoding="utf-8") as lines:
        for one in given:
            lines.write(json.dumps(asdict(_placed(one)), default=_plain) + "\n")


def read(file: Path) -> Iterator[Given]:
    """Read what `write` wrote."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            told: dict[str, Any] = json.loads(line, object_hook=_dated)
            told["metadata"] = Metadata(**told["metadata"])
            if told["document"] is not None:
                told["document"] = Document(**told["document"])
            yield Placed(**told)


def _placed(one: Given) -> Placed:
    named = Placed(one.key, one.place, one.text, one.metadata, one.error, one.document)
    is_at_hand = (one.text, one.error, one.document) != (None, None, None)
    if is_at_hand or is_address(one.place):
        return named
    return replace(named, file=str(Path(one.place).resolve()))


def _plain(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    msg = f"no JSON for {type(value).__name__}"
    raise TypeError(msg)


def _dated(found: dict[str, Any]) -> object:
    if found.keys() == {"moment"}:
        return datetime.fromisoformat(found["moment"])
    if found.keys() == {"base64"}:
        return base64.b64decode(found["base64"])
    if found.keys() == {"day"}:
        return date.fromisoformat(found["day"])
    return found
