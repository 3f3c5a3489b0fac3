"""Write docs/map.md: what each module of the house is for.

Run it with `make map`; the lines are the first lines of the modules' docstrings.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = ROOT / "schemas"
HOUSE = ROOT / "summarizer"
PACKAGES = (
    "sources", "text", "reading", "prompting", "client", "proof", "assembly", "steps",
    "verification", "changes", "selection", "render", "delivery", "evaluation",
    "batch", "watch", "cli",
)  # fmt: skip
"""The folders of the house, in the order in which an article passes them."""

TOP = """# Where things are, module by module

Written by `make map` from the first line of each module.

```text
article ── sources ──▶ reading ──────────────▶ proof ───────────▶ assembly ──▶ briefing
                       english │ listed        three verdicts,    items, actors,
                       forms and their drafts  each with why      ledgers, order
                          ▲                       ▲
           prompting ──▶ client ── model's drafts ┘
```

`text` holds what is true of any language; `reading/reader.py` is the one protocol that
English and the listed languages share, and `reading/reading.py` chooses between them.
Readers propose, the proof judges, and neither knows the other: what they hand on are the
values of `reading/values.py`. `changes` compares two briefings, `selection` and `render`
show one, `delivery` posts it, and `cli` is what a person types.
"""


def render() -> str:
    """Write the map as Markdown."""
    return "".join(
        (
            TOP,
            _section("schemas", CONTRACT, CONTRACT.glob("*.py")),
            _section("summarizer", HOUSE, HOUSE.glob("*.py")),
            *(_section(n, HOUSE / n, (HOUSE / n).rglob("*.py")) for n in PACKAGES),
        )
    )


def _section(name: str, folder: Path, modules: Iterable[Path]) -> str:
    rows = "".join(
        f"| `{place}` | {told} |\n" for place, told in _rows(folder, modules)
    )
    about = _first_line(folder / "__init__.py")
    return f"\n## {name}\n\n{about}\n\n| module | what it is for |\n|---|---|\n{rows}"


def _rows(folder: Path, modules: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in sorted(modules):
        if path.name != "__init__.py":
            yield path.relative_to(folder).as_posix(), _first_line(path)


def _first_line(path: Path) -> str:
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return told.split("\n")[0].replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(render())
