"""The shell of a page: one file that asks for nothing and runs nothing but its own.

Templates, styles and scripts lie beside this module. A page's policy names its one style
and its one script by their hashes, so the browser refuses whatever an article might
smuggle in. Words reach a page as escaped text only.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def fill(
    template: str,
    *,
    styles: Sequence[str],
    scripts: Sequence[str],
    loads: str = "",
    **values: object,
) -> str:
    """Write a page.

    Args:
        template: Name of a template that extends `shell.html`.
        styles: Names of style sheets, joined in this order.
        scripts: The same for scripts; none is allowed to run when there is none.
        loads: Name of the one policy by which the script may load scripts of ours that
            lie beside the page; "" when it loads none.
        values: What the template shows. Text is escaped.
    """
    style, script = _joined(styles), _joined(scripts)
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            style=Markup(style),  # noqa: S704  ours, never an article's
            script=Markup(script),  # noqa: S704  ours, never an article's
            policy=policy(style, script, loads),
        )
    )


def policy(style: str, script: str, loads: str = "") -> str:
    """Say what a page may do: show *style*, run *script* and what that *loads*."""
    runs = _hashed(script) if script else "'none'"
    allowed = loads or "'none'"
    if loads:
        # What stands in the page cannot load anything: only the script itself can.
        runs += " 'strict-dynamic'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {runs}",
            f"style-src {_hashed(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            f"trusted-types {allowed}",
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("summarizer.render", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _joined(names: Sequence[str]) -> str:
    folder = resources.files("summarizer.render") / "page"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def _hashed(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
