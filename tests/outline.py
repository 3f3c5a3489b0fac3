"""What a page says, as lines: its blocks, its links, what they point at."""

from html.parser import HTMLParser

_BLOCKS = {"title", "h1", "h2", "h3", "p", "li", "blockquote", "button", "label"}
_VOID = {"meta", "input", "line", "circle", "rect", "stop"}


class Page(HTMLParser):
    """Read a page: its outline, the tags with their attributes, the raw parts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self._inside: list[str] = []
        self._linked = 0
        self.feed(html)
        self.close()

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """List the attributes of every *tag*."""
        return [attributes for name, attributes in self.tags if name == tag]

    def outline(self) -> str:
        """Write the page without styles: one block a line."""
        lines = (" ".join(line.split()) for line in self.lines)
        return "\n".join(line for line in lines if not line.endswith(":")) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag not in _VOID:
            self._inside.append(tag)
        if tag in _BLOCKS:
            self.lines.append(f"{tag}: ")
        if tag == "svg" and "aria-label" in found:
            self.lines.append(f"line: {found['aria-label']}")
        if "data-rows" in found:
            self.lines[-1] += f"[{found['data-rows']}]("
            self._linked = len(self._inside)
        if tag == "input":
            self.lines[-1] += "on " if "checked" in found else "off "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._linked and self._linked == len(self._inside):
            self.lines[-1] += ")"
            self._linked = 0
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        inside = self._inside[-1] if self._inside else ""
        if inside in {"script", "style"}:
            self.raw[inside] = self.raw.get(inside, "") + data
        elif self.lines:
            self.lines[-1] += data
