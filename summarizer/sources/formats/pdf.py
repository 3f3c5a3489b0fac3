"""A PDF's text layer to paragraphs, with the start of each page.

Lines are joined to paragraphs. A word that was split at a line end is joined again;
a soft hyphen (U+00AD), which no reader sees, marks each such place, so that the page's
own lines can be found from any offset. Lines that most pages repeat are left out.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from summarizer.sources.formats import stamps
from summarizer.sources.formats.parsed import Parsed, UnreadableError

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be running lines."""
_SHORT = 0.8
"""A line shorter than this share of the usual one ends its paragraph, if it ends a
sentence: justified lines differ by less."""
_HEADING = 0.6
"""A line shorter than this share, without a stop, is a heading if a capital follows."""
_STOPS = (".", "!", "?", "…", ":", "”", '"', "’", ")", "»", "。", "！", "？")
_BULLET = re.compile(r"^(?:[•▪◦‣·\x7f\uf0a7\uf0b7]|[-–—*]\s|\(?\d{1,2}[.)]\s)")
_SPLIT = re.compile(r"(\w+)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"^(\w+)")
_GENERATED = re.compile(
    r"(?i)^(?:microsoft word|untitled|print)|\.(?:docx?|indd|qxd|tex|pdf)$"
)


def parse(raw: bytes, most: int) -> Parsed:
    """Read the text layer.

    Args:
        raw: The file.
        most: Characters of text to take.

    Raises:
        UnreadableError: It is encrypted, has no text, or more than *most* characters.
    """
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not _opened(reader):
        raise UnreadableError(
            "is encrypted: save a copy without a password, for example with "
            "`qpdf --decrypt IN.pdf OUT.pdf`"
        )
    pages = list(_pages(reader, most))
    empty = sum(not lines for lines in pages)
    if empty == len(pages):
        raise UnreadableError(
            f"has no text layer ({len(pages)} scanned pages?): run OCR first, for "
            "example `ocrmypdf IN.pdf OUT.pdf`"
        )
    kept, running = _without_running(pages)
    made = _Text(_vocabulary(kept))
    for lines in kept:
        made.add_page(lines)
    facts = reader.metadata
    title = stamps.one_line(facts.title if facts else None)
    return Parsed(
        text=made.text(),
        title=None if title and _GENERATED.search(title) else title,
        byline=stamps.one_line(facts.author if facts else None),
        pages=tuple(made.starts),
        notes=(
            *(f"line left out that most pages repeat: {line}" for line in running),
            *(
                [f"{empty} of {len(pages)} pages have no text (scanned?)"]
                if empty
                else []
            ),
        ),
    )


def _opened(reader: PdfReader) -> bool:
    """Try the empty password, which opens files that only forbid printing."""
    try:
        return bool(reader.decrypt(""))
    except (DependencyError, PyPdfError, NotImplementedError):
        return False


def _pages(reader: PdfReader, most: int) -> Iterator[list[str]]:
    total = 0
    for page in reader.pages:
        text = page.extract_text()
        total += len(text)
        if total > most:
            raise UnreadableError(f"has more than {most:,} characters")
        lines = [" ".join(line.split()) for line in text.splitlines()]
        while lines and not lines[0]:
            del lines[0]
        while lines and not lines[-1]:
            del lines[-1]
        yield lines


def _without_running(
    pages: Sequence[list[str]],
) -> tuple[list[list[str]], tuple[str, ...]]:
    """Leave out lines at the edges that a third of the pages, or all of few, repeat."""
    seen: Counter[str] = Counter()
    for lines in pages:
        seen.update({_shape(lines[i]) for i in _edges(lines)})
    filled = sum(bool(lines) for lines in pages)
    least = filled if filled <= 3 else max(3, filled / 3)
    repeated = {shape for shape, n in seen.items() if filled > 1 and n >= least}
    kept: list[list[str]] = []
    running: dict[str, str] = {}
    for lines in pages:
        gone = {i for i in _edges(lines) if _shape(lines[i]) in repeated}
        for index in sorted(gone):
            running.setdefault(_shape(lines[index]), lines[index])
        kept.append([line for i, line in enumerate(lines) if i not in gone])
    return kept, tuple(running.values())


def _edges(lines: list[str]) -> list[int]:
    filled = [i for i, line in enumerate(lines) if line]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _shape(line: str) -> str:
    """Take numbers for equal, the page's own differs; but not those of a sentence."""
    return line if line.endswith((".", "!", "?")) else re.sub(r"\d+", "#", line)


def _vocabulary(pages: Sequence[list[str]]) -> frozenset[str]:
    """Collect the words that stand inside lines, hyphened ones whole."""
    found: set[str] = set()
    for lines in pages:
        for line in lines:
            found.update(w.lower() for w in re.findall(r"\w+(?:-\w+)*(?!\S*-$)", line))
    return frozenset(found)


@dataclass(slots=True)
class _Text:
    """Joins lines to paragraphs and notes where pages start.

    Attributes:
        words: Words of the document, by which a split word is told from a compound.
        starts: Where each page starts, in code points of the text.
    """

    words: frozenset[str]
    starts: list[int] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _last: str = ""
    _break: bool = False
    _usual: float = 60.0

    def add_page(self, lines: list[str]) -> None:
        """Add the lines of one page; a sentence may go on from the page before."""
        self._usual = median([len(x) for x in lines if len(x) > 20] or [60])
        is_first = True
        for line in lines:
            if not line:
                self._break = not is_first or self._break
                continue
            self._join(line)
            if is_first:
                self.starts.append(self._length)
                is_first = False
            self._put(line)
            self._break = line.endswith(_STOPS) and len(line) < _SHORT * self._usual
            self._last = line
        if is_first:
            self.starts.append(self._length)

    def text(self) -> str:
        """Give the whole text."""
        return "".join(self._parts)

    def _put(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)

    def _join(self, line: str) -> None:
        """Put what belongs between the last line and *line*."""
        if not self._last:
            return
        if self._break or _BULLET.match(line) or self._is_heading(line):
            self._put("\n\n")
            return
        hyphen = self._hyphen(line)
        if hyphen is None:
            self._put(" ")
        elif hyphen:
            self._parts[-1] = self._parts[-1][:-1] + hyphen

    def _is_heading(self, line: str) -> bool:
        """Tell whether the last line is a heading above *line*, or *line* one."""
        if not (line[0].isupper() or line[0].isdigit()):
            return False
        bare = len(self._last) < _HEADING * self._usual and self._last[-1].isalnum()
        short = len(line) < _HEADING * self._usual and line[-1].isalnum()
        return bare or (short and self._last.endswith(_STOPS))

    def _hyphen(self, line: str) -> str | None:
        """Tell what a hyphen at the last line's end becomes.

        Returns:
            A soft hyphen where a word was split, "" where the hyphen stays and the
            words close up, None where there is no hyphen.
        """
        first, second = _SPLIT.search(self._last), _FIRST_WORD.match(line)
        if first is None or second is None:
            return None
        whole = f"{first[1]}{second[1]}".lower()
        compound = f"{first[1]}-{second[1]}".lower()
        if whole in self.words:
            return "\u00ad"
        if compound in self.words or not second[1][0].islower() or first[1].isdigit():
            return ""
        return "\u00ad"
