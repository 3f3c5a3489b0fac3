"""Kept replies: what was paid once is not paid again, and never more than it was."""

import asyncio
import json
import os
import threading
from pathlib import Path

import pytest
from endpoint import Endpoint, completion, serving
from typer.testing import CliRunner

from schemas.briefing import Briefing
from summarizer import asummarize, summarize
from summarizer.cli import app
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.client.replies import Replies, Use, default_file, kept, key_of
from summarizer.errors import SettingsError
from summarizer.pipeline import abrief
from summarizer.settings import Settings
from summarizer.sources import make_article

TEXT = "Kenya urged Chad on Friday to free the crew."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SUMMARIZER_STRATEGY", "focused")
    monkeypatch.setenv("SUMMARIZER_STRUCTURE", "json_schema")
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(TEXT, "utf-8")
    return tmp_path


def _brief(endpoint: Endpoint, *words: str, model: str = "m") -> Briefing:
    result = CliRunner().invoke(
        app,
        ["brief", "story.txt", "-q", "-f", "json", *words],
        env={"OPENAI_BASE_URL": endpoint.url, "SUMMARIZER_MODEL": model, "OPENAI_API_KEY": "sk-invented-9876"},
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return Briefing.model_validate_json(result.stdout)


def test_the_same_question_is_paid_once_and_the_briefing_says_so() -> None:
    with serving(completion()) as endpoint:
        first = _brief(endpoint)
        paid = len(endpoint.seen)
        second = _brief(endpoint)

        assert len(endpoint.seen) == paid > 0
    assert second.provenance.cached_replies == paid
    assert (second.provenance.calls, second.provenance.prompt_tokens) == (0, 0)
    assert second.requests == first.requests


@pytest.mark.parametrize(
    ("words", "model"),
    [(("--no-cache",), "m"), (("--refresh",), "m"), (("--max-age", "0"), "m"), ((), "n")],
)  # fmt: skip
def test_what_must_not_be_answered_from_before_is_asked(
    words: tuple[str, ...], model: str
) -> None:
    with serving(completion()) as endpoint:
        _brief(endpoint)
        paid = len(endpoint.seen)
        made = _brief(endpoint, *words, model=model)

        assert len(endpoint.seen) == 2 * paid
    assert made.provenance.cached_replies == 0


def test_without_a_cache_no_file_is_made() -> None:
    with serving(completion()) as endpoint:
        _brief(endpoint, "--no-cache")

    assert not default_file().exists()


def test_an_answer_in_which_nothing_can_be_read_is_not_used_again() -> None:
    with serving(lambda n: completion("no" if n <= 2 else '{"items": []}')) as endpoint:
        broken = _brief(endpoint)
        paid = len(endpoint.seen)
        mended = _brief(endpoint)

        assert len(endpoint.seen) > paid
    assert (broken.complete, mended.complete) == (False, True)


def test_a_key_stands_in_no_file() -> None:
    with serving(completion()) as endpoint:
        _brief(endpoint)

    for file in default_file().parent.iterdir():
        assert b"sk-invented-9876" not in file.read_bytes()


def test_the_async_way_keeps_and_uses_the_same_replies(folder: Path) -> None:
    async def asked(endpoint: Endpoint) -> Briefing:
        settings = Settings(base_url=endpoint.url, model="m", strategy="focused", structure="json_schema")  # fmt: skip
        with kept(folder / "r.sqlite") as replies:
            client = AsyncOpenAICompleter(settings, replies=replies)
            try:
                return await abrief([make_article(TEXT)], client)
            finally:
                await client.close()

    with serving(completion()) as endpoint:
        asyncio.run(asked(endpoint))
        paid = len(endpoint.seen)
        again = asyncio.run(asked(endpoint))

        assert len(endpoint.seen) == paid
    assert again.provenance.cached_replies == paid


def test_a_reply_is_too_old_after_so_many_seconds(folder: Path) -> None:
    now = [0.0]
    with Replies(folder / "r.sqlite", Use(max_age_s=60), now=lambda: now[0]) as replies:
        replies.keep("k", "e", "m", b"{}")
        now[0] = 60.0
        assert replies.find("k") == b"{}"
        now[0] = 60.1
        assert replies.find("k") is None


def test_the_key_is_of_the_request_whatever_its_order() -> None:
    one = key_of("http://h/v1", {"model": "m", "messages": [{"role": "user"}]})
    same = key_of("http://h/v1", {"messages": [{"role": "user"}], "model": "m"})
    other = key_of("http://h/v2", {"model": "m", "messages": [{"role": "user"}]})

    assert one == same != other


def test_threads_and_processes_can_share_a_file(folder: Path) -> None:
    def write(number: int) -> None:
        with Replies(folder / "r.sqlite") as mine:
            for n in range(20):
                mine.keep(f"{number}-{n}", "e", "m", json.dumps(n).encode())

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with Replies(folder / "r.sqlite") as replies:
        assert len(replies) == 80


def test_a_file_that_is_no_file_of_replies_is_one_sentence(folder: Path) -> None:
    (folder / "r.sqlite").write_text("something else that is long enough", "utf-8")

    with pytest.raises(SettingsError, match=r"cannot keep replies in .*--no-cache"):
        Replies(folder / "r.sqlite")


def test_replies_that_are_very_old_are_dropped_when_the_file_is_opened(
    folder: Path,
) -> None:
    with Replies(folder / "r.sqlite", now=lambda: 0.0) as replies:
        replies.keep("old", "e", "m", b"{}")
    with Replies(folder / "r.sqlite", now=lambda: 50.0) as replies:
        replies.keep("new", "e", "m", b"{}")

    use = Use(dropped_after_s=60)
    with Replies(folder / "r.sqlite", use, now=lambda: 100.0) as replies:
        assert (replies.find("old"), replies.find("new")) == (None, b"{}")
        assert len(replies) == 1


# -- evaluation and Python -----------------------------------------------------------


def _evaluated(endpoint: Endpoint, journal: str, *words: str) -> None:
    line = {"id": "d1", "set": "s", "text": TEXT, "gold": {}, "complete": []}
    Path("gold.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    result = CliRunner().invoke(
        app,
        ["eval", "gold.jsonl", "-q", "--journal", journal, *words],
        env={"OPENAI_BASE_URL": endpoint.url, "SUMMARIZER_MODEL": "m"},
    )
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("words", "is_paid_again"),
    [((), False), (("--no-cache",), True), (("--refresh",), True), (("--max-age", "0"), True)],
)  # fmt: skip
def test_an_evaluation_pays_the_same_question_once_unless_it_is_told_otherwise(
    words: tuple[str, ...], *, is_paid_again: bool
) -> None:
    with serving(completion()) as endpoint:
        _evaluated(endpoint, "one.jsonl")
        paid = len(endpoint.seen)
        _evaluated(endpoint, "two.jsonl", *words)

        assert paid
        assert len(endpoint.seen) == paid * (1 + is_paid_again)


def _settings(endpoint: Endpoint) -> Settings:
    return Settings(
        base_url=endpoint.url, model="m", strategy="focused", structure="json_schema"
    )


def test_python_keeps_replies_where_it_is_told_to_and_nowhere_else() -> None:
    with serving(completion()) as endpoint:
        first = summarize(TEXT, settings=_settings(endpoint), replies="mine.sqlite")
        again = asyncio.run(
            asummarize(TEXT, settings=_settings(endpoint), replies=Path("mine.sqlite"))
        )
        anew = summarize(TEXT, settings=_settings(endpoint))

        assert len(endpoint.seen) == 2 * first.provenance.calls
    assert (again.provenance.calls, anew.provenance.cached_replies) == (0, 0)
    assert again.provenance.cached_replies == first.provenance.calls
    assert not default_file().exists()


def test_replies_that_threads_keep_at_a_time_are_all_there() -> None:
    with Replies(Path("r.sqlite")) as replies:
        threads = [
            threading.Thread(target=replies.keep, args=(str(n), "h", "m", b"x"))
            for n in range(40)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(replies) == 40
    with Replies(Path("r.sqlite")) as replies:
        assert all(replies.find(str(n)) == b"x" for n in range(40))
