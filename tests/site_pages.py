"""A hook of MkDocs: pages and files outside docs, which pages of docs link to.

README is the first page. Links stay as they stand in the repository, where they work too;
here they are led to the place in the site. What is no page is copied as a file.
"""

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "benchmarks/README.md",
    "seeds/gold/README.md",
    "seeds/drafts/README.md",
)
_LINK = re.compile(r"(\[[^\]\n]*(?:\n[^\]\n]*)?\]\()([^)\s]+)(\))")
_SHIM = "https://unpkg.com/iframe-worker/shim"
_ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|link)\b[^>]*(?:src|href)=\"?https?:[^>]*>"
)
_FENCE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages outside docs, and the files that any page links to."""
    _add(files, config, "index.md", ROOT / "README.md")
    for name in PAGES:
        _add(files, config, name, ROOT / name)
    for file in list(files.documentation_pages()):
        source = _source(file.src_uri)
        for _, target, _ in _LINK.findall(source.read_text(encoding="utf-8")):
            linked = _linked(source, target.partition("#")[0])
            place = linked and _place(linked)
            if linked and place and files.get_file_from_path(place) is None:
                _add(files, config, place, linked)
    return files


def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """Lead each link from its place in the repository to the one in the site."""
    source = _source(page.file.src_uri)
    here = posixpath.dirname(page.file.src_uri)

    def led(found: re.Match[str]) -> str:
        path, mark, part = found[2].partition("#")
        linked = _linked(source, path)
        if linked is None:
            return found[0]
        target = posixpath.relpath(_place(linked), here or ".")
        return f"{found[1]}{target}{mark}{part}{found[3]}"

    parts = _FENCE.split(markdown)
    return "".join(p if p.startswith("```") else _LINK.sub(led, p) for p in parts)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take the shim of the search from the site; refuse all that comes from elsewhere.

    Raises:
        PluginError: The page loads something from another host.
    """
    return _alone(output, page.file.dest_uri)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Do the same for the page that stands where there is none."""
    return _alone(output, template_name)


def _alone(output: str, place: str) -> str:
    output = output.replace(_SHIM, "../" * place.count("/") + "assets/iframe-worker.js")
    if (found := _ELSEWHERE.search(output)) is not None:
        raise PluginError(f"{place} loads {found[0]}")
    return output


def _add(files: Files, config: MkDocsConfig, place: str, source: Path) -> None:
    files.append(File.generated(config, place, abs_src_path=str(source)))


def _source(place: str) -> Path:
    """Find the file of the repository behind a page of the site."""
    if place == "index.md":
        return ROOT / "README.md"
    return ROOT / place if place in PAGES else ROOT / "docs" / place


def _linked(source: Path, path: str) -> Path | None:
    """Find the file of the repository that a page links to."""
    if not path or re.match(r"[a-z]+:", path):
        return None
    linked = (source.parent / path).resolve()
    return linked if linked.is_file() and linked.is_relative_to(ROOT) else None


def _place(linked: Path) -> str:
    """Name the place of a file in the site."""
    if linked == ROOT / "README.md":
        return "index.md"
    inside = linked.relative_to(ROOT).as_posix()
    return inside.removeprefix("docs/")
