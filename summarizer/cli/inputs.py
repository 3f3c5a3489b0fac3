"""What `brief` was given: files, web addresses and standard input, mixed.

One that cannot be read is reported and counted; the others are still read.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import typer

from summarizer.cli.report import check_output, say, warn
from summarizer.errors import InputError
from summarizer.sources import Article, Metadata, read_article
from summarizer.sources.files import is_address

_MANY = (".parquet", ".warc", ".warc.gz")
_SUFFIXES = {"terminal": "txt", "markdown": "md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The inputs of one run, in their order, none twice.

    Attributes:
        places: Files, addresses, "-".
        metadata: What the caller knows of the only input.
        published: Day of publication of the only input, whatever it says, or of those
            among several that do not state their own.
        max_chars: Longest text to take.
        allow_private: Fetch from private networks too.
        each: Whether each becomes a briefing of its own.
        failed: What could not be read; grows while articles are taken.
    """

    places: tuple[str, ...]
    metadata: Metadata
    published: date | None
    max_chars: int
    allow_private: bool
    each: bool
    failed: list[str] = field(default_factory=list)

    def batches(
        self, output: str | None, form: str
    ) -> Iterator[tuple[list[Article], str | None]]:
        """Group the articles by briefing, and name the file that each goes to.

        Raises:
            InputError: As `articles`, or a folder cannot be made.
        """
        if not self.each:
            yield [article for _, article in self.articles()], output
            return
        taken: set[str] = set()
        for place, article in self.articles():
            to_file = output is not None and output != "-"
            target = (
                file_for(place, output or "", form, taken, self.places)
                if to_file
                else None
            )
            yield [article], target

    def articles(self) -> Iterator[tuple[str, Article]]:
        """Read one after the other; ids count what was read, or are all s1.

        Yields:
            Each article with the place that it was read from.

        Raises:
            InputError: The only input cannot be read, or none of several can.
        """
        done = 0
        for place in self.places:
            try:
                article = self._read(place, "s1" if self.each else f"s{done + 1}")
            except InputError as exc:
                if len(self.places) == 1:
                    raise
                say(f"error: {exc}")
                self.failed.append(place)
                continue
            done += 1
            yield place, article
        if not done:
            msg = f"none of the {len(self.places)} inputs could be read"
            raise InputError(msg)

    def check(self) -> None:
        """Say at the end that something is missing.

        Raises:
            InputError: At least one input could not be read.
        """
        if self.failed:
            msg = f"{len(self.failed)} of {len(self.places)} inputs could not be read; the others are done"
            raise InputError(msg)

    def _read(self, place: str, source_id: str) -> Article:
        only = len(self.places) == 1
        known = replace(self.metadata, published=self.published if only else None)
        article = _row(place, known, source_id, self.max_chars) or read_article(
            place,
            metadata=known,
            source_id=source_id,
            max_chars=self.max_chars,
            warn=warn,
            allow_private=self.allow_private,
        )
        if article.metadata.published is None and self.published is not None:
            dated = replace(article.metadata, published=self.published)
            return replace(article, metadata=dated)
        return article


def _row(place: str, known: Metadata, source_id: str, max_chars: int) -> Article | None:
    """Read a row of a file that holds many articles; None when *place* names none.

    Raises:
        InputError: There is no such row, or it is no article.
    """
    if ":" not in place and not place.lower().endswith(_MANY):
        return None
    from summarizer.batch.inputs import row_of  # noqa: PLC0415  only where it is needed

    given = row_of(place)
    if given is None:
        return None
    told = {name: value for name, value in asdict(known).items() if value is not None}
    given = replace(given, metadata=replace(given.metadata, **told))
    return given.read(max_chars=max_chars, source_id=source_id)


def check_usage(
    places: Sequence[str],
    *,
    own: dict[str, str | None],
    each: bool,
    form: str,
    output: str | None,
) -> tuple[str, ...]:
    """Refuse options that do not fit the inputs.

    Args:
        places: The inputs as they were named.
        own: Options that are about one article, by name.
        each: Whether each becomes a briefing of its own.
        form: How they are printed.
        output: File, or with *each* folder, that they go to.

    Returns:
        The inputs, each once.

    Raises:
        typer.BadParameter: They do not fit.
    """
    different = tuple(dict.fromkeys(places))
    if len(different) > 1:
        for name, value in own.items():
            if value is not None:
                msg = f"{name} is about one article, and there are {len(different)} inputs (a .toml file beside each says it)"
                raise typer.BadParameter(msg)
    if each and output is None and form not in _SUFFIXES and len(different) > 1:
        msg = f"--each with --format {form} writes several files: name a folder with -o"
        raise typer.BadParameter(msg)
    if not each and output is not None:
        check_spared(output, different)
    return different


def check_spared(output: str, places: Sequence[str]) -> None:
    """Refuse to write over an article.

    Raises:
        InputError: The output is one of the inputs.
    """
    for place in places:
        if place == "-" or is_address(place):
            continue
        with suppress(OSError):
            if Path(output).samefile(place):
                msg = (
                    f"the output {output!r} is the article {place!r}: name another file"
                )
                raise InputError(msg)


def file_for(
    place: str, folder: str, form: str, taken: set[str], places: Sequence[str] = ()
) -> str:
    """Name the file for one input's briefing, and remember that it is taken.

    Args:
        place: The input.
        folder: Where it goes; made when it is not there.
        form: How it is printed; gives the suffix.
        taken: Names that are used already.
        places: All inputs, none of which is written over.

    Raises:
        InputError: The folder cannot be made, or the file not be written.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        msg = f"cannot make the folder {folder!r}: {exc.strerror}"
        raise InputError(msg) from exc
    stem, number = _stem(place), 1
    name = stem
    while name.lower() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.lower())
    target = str(Path(folder) / f"{name}.{_SUFFIXES.get(form, form)}")
    check_spared(target, places)
    check_output(target)
    return target


def _stem(place: str) -> str:
    """Take a file's name without its suffix, or the last part of an address."""
    if place == "-":
        return "standard-input"
    if is_address(place):
        parts = urlsplit(place)
        last = parts.path.rstrip("/").rpartition("/")[2] or parts.hostname or "page"
        stem = re.sub(r"\.\w{1,5}$", "", last)
    else:
        stem = Path(place).stem
    return re.sub(r"[^\w.-]+", "-", stem).strip(".-")[:80] or "article"
