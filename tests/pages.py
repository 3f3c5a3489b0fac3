"""What stands in README and docs: the pages, their fenced blocks, their links."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\[[^\]\n]*(?:\n[^\]\n]*)?\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page: what follows the fence, and what stands in it."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        """Where it stands, for a reader."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """List the README and the pages of docs, the README first."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def others() -> list[Path]:
    """List the pages for those who change the project."""
    names = (
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "benchmarks/README.md",
        "seeds/gold/README.md",
        "seeds/drafts/README.md",
    )
    return [ROOT / name for name in names]


def blocks(page: Path) -> list[Block]:
    """List the fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, m.start()) + 1, m[1], m[2])
        for m in _FENCE.finditer(text)
    ]


def printed_by(block: Block, following: list[Block]) -> str | None:
    """Give the text block below this one, when nothing stands between: what it prints."""
    if not following or following[0].language != "text":
        return None
    lines = block.page.read_text(encoding="utf-8").splitlines()
    end = block.line + block.text.count("\n") + 1
    if "".join(lines[end : following[0].line - 1]).strip():
        return None
    return following[0].text


def links(page: Path) -> Iterator[str]:
    """Yield the targets of a page's links, those of other sites too."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    yield from _LINK.findall(text)


def anchors(page: Path) -> set[str]:
    """List the names by which headings of a page are linked to."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return {anchor(title) for title in _HEADING.findall(text)}


def anchor(title: str) -> str:
    """Make the name of a heading, as forges and the site do."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title).replace("`", "")
    return re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")


def broken(page: Path) -> list[str]:
    """List the links of a page that lead nowhere in this repository."""
    found = []
    for target in links(page):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, part = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or not file.is_relative_to(ROOT):
            found.append(f"{target}: no such file")
        elif part and file.suffix == ".md" and part not in anchors(file):
            found.append(f"{target}: no such heading")
    return found


def lay_out(folder: Path) -> None:
    """Write the articles that the examples read into a new folder. All are invented."""
    (folder / "inbox").mkdir(parents=True)
    for place in (ROOT / "docs" / "examples").iterdir():
        if place.is_file():
            shutil.copy(place, folder)
    articles = ROOT / "tests" / "articles"
    shutil.copytree(articles, folder / "tests" / "articles")
    shutil.copy(articles / "instructions.txt", folder / "orders.txt")
    for ending in ("txt", "toml"):
        shutil.copy(articles / f"market.{ending}", folder / f"story.{ending}")
        shutil.copy(articles / f"market.{ending}", folder / f"yesterday.{ending}")
    older = folder / "yesterday.txt"
    text = older.read_text(encoding="utf-8")
    older.write_text(text.replace("At least 12", "At least 9"), encoding="utf-8")
    mail = "From: a@example.org\nSubject: Boats\n\nKenya urged Chad to send boats.\n"
    (folder / "inbox" / "one.eml").write_text(mail, encoding="utf-8")
