"""Wrong arguments from Python: one sentence, before anything is done or paid."""

import asyncio
import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from briefings import made

import summarizer
from summarizer import Settings, api
from summarizer.errors import InputError, SettingsError

EXAMPLE = "Kenya urged Chad on Friday to free the crew."
API: Any = summarizer
"""Without its types: the arguments are wrong on purpose."""

TEXT = "Kenya urged Chad to free the crew."


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: API.summarize(None), "article 1 must be str, Path or Article, not NoneType"),
        (lambda: API.summarize(b"x"), "article 1 must be str, Path or Article, not bytes"),
        (
            lambda: API.summarize(TEXT, published="2025-03-05"),
            "published must be a datetime.date or None, not str ('2025-03-05')",
        ),
        (
            lambda: API.summarize(TEXT, published=datetime(2025, 3, 5)),  # noqa: DTZ001
            "published must be a datetime.date or None, not datetime (datetime.datetime(2025, 3, 5, 0, 0))",
        ),
        (
            lambda: API.summarize(TEXT, settings={}),
            "settings must be Settings or None, not dict",
        ),
        (lambda: API.summarize(TEXT, title=3), "title must be str or None, not int (3)"),
        (lambda: asyncio.run(API.asummarize(None)), "article 1 must be str, Path or Article, not NoneType"),
        (lambda: API.verify(None), "briefing must be Briefing, not NoneType"),
        (lambda: API.verify("{}"), "briefing must be Briefing, not str ('{}')"),
        (
            lambda: API.verify_quotes(["x"], TEXT),
            "quotes[0] must be Quote, not str ('x')",
        ),
        (lambda: API.verify_quotes("x", TEXT), "quotes must be a list of Quote, not str ('x')"),
        (lambda: API.compare(made(), None), "new must be Briefing, not NoneType"),
        (
            lambda: API.read_article(Path("story.txt")),
            "path must be str, not PosixPath: pass str(path)",
        ),
        (
            lambda: API.brief([TEXT], None),
            f"articles[0] must be Article, not str ({TEXT!r})",
        ),
        (
            lambda: API.post(None, webhook_url="x"),
            "briefing must be Briefing, not NoneType",
        ),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_a_type_error_of_one_sentence(
    call: Callable[[], object], words: str
) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(words)}$"):
        call()


def test_no_articles_are_an_error_of_ours() -> None:
    with pytest.raises(InputError, match="articles is empty: there is nothing to read"):
        API.brief([], None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timeout_s", float("nan")),
        ("timeout_s", 0.0),
        ("timeout_s", -1.0),
        ("timeout_s", float("inf")),
        ("timeout_s", "3"),
        ("max_tries", 0),
        ("max_tries", 1.5),
        ("max_reasks", -1),
        ("max_wait_s", float("nan")),
        ("context_tokens", 0),
        ("max_chars", True),
    ],
)
def test_a_number_that_can_only_fail_later_is_refused(
    field: str, value: object
) -> None:
    with pytest.raises(SettingsError, match=f"^{field} must be a .* not {value!r}$"):
        Settings(**{field: value})  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize("key", ["sk-inv\u201cented", "sk-invented\n", "sk-\x00"])
def test_a_key_that_no_header_can_carry_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY") as caught:
        Settings(base_url="http://h/v1", model="m", api_key=key)

    assert "sk-" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://h:99999/v1", "http://[h/v1"])
def test_an_address_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="not a base URL"):
        Settings(base_url=url, model="m")


def test_the_functions_stay_what_they_are() -> None:
    assert inspect.signature(summarizer.summarize) == inspect.signature(api.summarize)
    assert inspect.iscoroutinefunction(summarizer.asummarize)
    assert summarizer.summarize.__doc__ == api.summarize.__doc__


def test_a_function_loads_no_more_than_it_needs() -> None:
    code = "import sys; from summarizer import verify; print('summarizer.posting' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
