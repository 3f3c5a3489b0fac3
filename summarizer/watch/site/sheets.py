"""The site's pages made of its templates, in the shell that all pages share."""

import hashlib
import re
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import summarizer
from summarizer.render.page import shell

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold."""


def fill(template: str, style: str = "", **values: object) -> str:
    """Write a page.

    Args:
        template: Its name.
        style: The style sheet of the shell is put before it; no page has a script.
        values: What it shows. Text is escaped.
    """
    styles = _read("summarizer.render", "page", "shell.css") + (
        _read("summarizer.watch.site", "pages", style) if style else ""
    )
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            style=Markup(styles),  # noqa: S704  ours, never an article's
            script="",
            policy=shell.policy(styles, ""),
        )
    )


def for_xml(text: str) -> str:
    """Drop what no XML document may hold."""
    return _NO_XML.sub("", text)


def look() -> str:
    """Name how pages look: another name, and all are written anew."""
    parts = [summarizer.__version__]
    for package, folder in (
        ("summarizer.render", "page"),
        ("summarizer.watch.site", "pages"),
    ):
        files = (resources.files(package) / folder).iterdir()
        parts += [f.read_text("utf-8") for f in sorted(files, key=str) if f.is_file()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("summarizer.watch.site", "pages"),
                PackageLoader("summarizer.render", "page"),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["for_xml"] = for_xml
    return made


@cache
def _read(package: str, folder: str, name: str) -> str:
    return (resources.files(package) / folder / name).read_text(encoding="utf-8")
