"""The Python front door: what can be briefed, with one model for many articles."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint import Endpoint, completion, serving

import summarizer
from schemas.briefing import Briefing
from summarizer import (
    AsyncSummarizer,
    Finished,
    InputError,
    Metadata,
    Progressed,
    Settings,
    SettingsError,
    Summarizer,
    asummarize,
    make_article,
    summarize,
)

TEXT = "Kenya urged Chad on Friday to free the crew."
OTHER = "The dam in Selm broke, Mayor Ana Ruiz said."


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serving(completion()) as found:
        yield found


@pytest.fixture
def settings(endpoint: Endpoint) -> Settings:
    return Settings(
        base_url=endpoint.url, model="m", strategy="focused", structure="json_schema"
    )


def test_a_text_is_briefed(settings: Settings) -> None:
    assert summarize(TEXT, settings=settings).sources[0].text == TEXT


def test_a_path_is_read_as_a_file(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "story.html"
    file.write_text(f"<html><title>News</title><p>{TEXT * 9}</p></html>", "utf-8")

    made = summarize(file, settings=settings)

    assert made.sources[0].media_type == "text/html"


def test_several_of_any_kind_make_one_briefing(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "story.txt"
    file.write_text(OTHER, "utf-8")
    article = make_article(TEXT, metadata=Metadata(publisher="Invented Post"))

    made = summarize(article, file, "It rained in Varos.", settings=settings)

    assert [s.id for s in made.sources] == ["s1", "s2", "s3"]
    assert made.sources[0].publisher == "Invented Post"


def test_articles_of_one_id_are_numbered_anew(settings: Settings) -> None:
    made = summarize(make_article(TEXT), make_article(OTHER), settings=settings)

    assert [(s.id, s.text) for s in made.sources] == [("s1", TEXT), ("s2", OTHER)]


def test_the_name_of_a_file_is_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.txt").write_text(TEXT, "utf-8")

    with pytest.raises(InputError) as caught:
        summarize("story.txt", settings=Settings())

    assert str(caught.value) == (
        "'story.txt' is the name of a file: pass Path('story.txt') to read it"
    )


@pytest.mark.parametrize(
    ("articles", "words"),
    [
        ((), "no article was given: pass a text, an address, a Path or an Article"),
        ((" ",), "the text is blank"),
        ((TEXT, ""), "text 2 is blank"),
    ],
)
def test_nothing_to_read_is_said_before_a_model_starts(
    articles: tuple[str, ...], words: str
) -> None:
    with pytest.raises(InputError, match=f"^{words}$"):
        summarize(*articles, settings=Settings())


def test_an_address_in_a_private_network_is_not_fetched(settings: Settings) -> None:
    with pytest.raises(InputError, match="private"):
        summarize("http://127.0.0.1:1/story", settings=settings)


def test_a_text_longer_than_the_settings_allow_is_refused(endpoint: Endpoint) -> None:
    settings = Settings(base_url=endpoint.url, model="m", max_chars=10)

    with pytest.raises(InputError, match="10 are read at most"):
        summarize(TEXT, settings=settings)


def test_what_is_about_one_article_is_refused_of_several(settings: Settings) -> None:
    with pytest.raises(InputError, match="title is about one article"):
        summarize(TEXT, OTHER, title="x", settings=settings)


def test_the_settings_come_from_the_environment_by_default(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
    monkeypatch.setenv("SUMMARIZER_MODEL", "of the environment")
    monkeypatch.setenv("SUMMARIZER_STRUCTURE", "json_schema")

    assert summarize(TEXT).provenance.model == "of the environment"


def test_one_summarizer_keeps_its_connection_for_many_articles(
    settings: Settings, endpoint: Endpoint
) -> None:
    with Summarizer(settings) as opened:
        made = [opened.summarize(text) for text in (TEXT, OTHER)]

    assert [b.sources[0].text for b in made] == [TEXT, OTHER]


def test_a_summarizer_opens_by_itself_and_can_be_closed_twice(
    settings: Settings,
) -> None:
    opened = Summarizer(settings)

    assert opened.summarize(TEXT).complete
    opened.close()
    opened.close()


def test_events_tell_of_each_step_and_end_with_the_briefing(
    settings: Settings,
) -> None:
    with Summarizer(settings) as opened:
        events = list(opened.stream(TEXT))

    assert isinstance(events[-1], Finished)
    steps = [e for e in events if isinstance(e, Progressed)]
    assert len(steps) == len(events) - 1
    assert steps[0].done == 0
    assert steps[-1].done == steps[-1].total


def test_progress_is_told_to_a_callback(settings: Settings) -> None:
    told: list[tuple[int, int]] = []

    summarize(TEXT, settings=settings, progress=lambda d, t, _: told.append((d, t)))

    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_the_async_way_gives_the_same(settings: Settings) -> None:
    async def both() -> tuple[Briefing, Briefing]:
        async with AsyncSummarizer(settings) as opened:
            return await opened.summarize(TEXT), await asummarize(
                TEXT, settings=settings
            )

    one, two = asyncio.run(both())

    assert one.requests == two.requests == summarize(TEXT, settings=settings).requests


def test_url_still_works_and_says_its_new_name(settings: Settings) -> None:
    with pytest.warns(DeprecationWarning, match="url is now named uri"):
        made = summarize(TEXT, url="https://example.org/a", settings=settings)

    assert made.sources[0].uri == "https://example.org/a"


def test_only_and_budget_are_taken(settings: Settings) -> None:
    made = summarize(TEXT, only="requests", budget=1, settings=settings)

    assert made.requests
    assert made.positions == ()


def test_an_unknown_section_is_one_sentence(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="unknown section 'tolls': take some of"):
        summarize(TEXT, only=["tolls"], settings=settings)


def test_a_briefing_writes_itself_in_every_form(settings: Settings) -> None:
    made = summarize(TEXT, settings=settings)

    assert made.to_markdown().startswith("# ")
    assert made.to_html().startswith("<!doctype html>")
    assert json.dumps(made.to_slack()).startswith('[{"text"')
    assert Briefing.model_validate_json(made.model_dump_json()) == made


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(settings: Settings) -> None:
    shown = summarize("<b>Kenya</b> urged Chad to go.", settings=settings)._repr_html_()

    assert shown.startswith("<iframe srcdoc=")
    assert "<b>Kenya" not in shown


def test_the_public_names_are_sorted_and_there() -> None:
    assert summarizer.__all__ == sorted(summarizer.__all__)
    for name in summarizer.__all__:
        assert getattr(summarizer, name).__doc__
