"""Slack messages: all there, within every limit, nothing in them acts."""

import json
from typing import Any

import pytest
from briefings import TEXT, made
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_server import message_fault, units

from schemas.briefing import Briefing, Casualties, Figure, Party, Source
from schemas.draft import CasualtyDraft
from schemas.evidence import Span, cite
from summarizer.render import links, slack
from summarizer.render.slack.packing import Message
from summarizer.render.words import wording
from summarizer.selection import ordered

HOSTILE = (
    "<!channel> and <@U0123> and <https://evil.example|our bank> & *bold* _it_ ~no~ "
    "`code` :fire: @here https://evil.example &lt;!here&gt; <#C01|x> \u202egnp"
)
_TEXTS = st.one_of(
    st.sampled_from([TEXT, HOSTILE, "<" * 900, "x" * 7_000, '🔥" \\' * 400, "a"]),
    st.text(min_size=1, max_size=400).filter(lambda text: bool(text.strip())),
    st.builds("{} ".format, st.text("ab <&>\"'\n", min_size=1, max_size=60)).map(
        lambda text: f"w{text}" * 30
    ),
)
_SMALL = st.tuples(*[st.integers(0, 6)] * 6)
_LARGE = st.tuples(*[st.integers(0, 60)] * 6)
_SIZES = st.one_of(_SMALL, _SMALL, _SMALL, _SMALL, _LARGE)


def _runs(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if value.get("type") in {"text", "link"}:
                found.append(value)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for message in messages:
        walk(message["blocks"])
    return found


def _words(messages: tuple[Message, ...]) -> str:
    """All that is shown in rich text, joined, without spaces."""
    return "".join("".join(run["text"] for run in _runs(messages)).split())


def _ids(briefing: Briefing) -> list[str]:
    return [
        item.id
        for part in (
            briefing.developments, briefing.requests, briefing.positions, briefing.casualties,
            briefing.open_questions, briefing.actors,
        )
        for item in ordered(part)
    ]  # fmt: skip


@settings(
    max_examples=200, deadline=None, suppress_health_check=list(HealthCheck)
)  # whole briefings are large and slow to draw
@given(
    sizes=_SIZES,
    words=st.lists(_TEXTS, min_size=1, max_size=4),
    whole=st.booleans(),
    doubts=st.booleans(),
)
def test_any_briefing_fits_with_every_item_exactly_once(
    sizes: tuple[int, ...], words: list[str], *, whole: bool, doubts: bool
) -> None:
    briefing = made(sizes, words, complete=whole, doubts=doubts)

    messages = slack.messages(briefing)

    for message in messages:
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        assert units(body) <= 10_000
        assert message_fault(message) is None
    runs = _runs(messages)
    codes = [run["text"] for run in runs if run.get("style") == {"code": True}]
    assert codes == _ids(briefing)


def test_a_notification_that_is_cut_elsewhere_in_a_shorter_number_still_fits() -> None:
    words = ["a", HOSTILE, 'w<<<<"""a<<" <<\'"\n< ' * 30, HOSTILE]
    briefing = made((0, 30, 1, 12, 16, 0), words, complete=True, doubts=True)

    sizes = [
        units(json.dumps(m, ensure_ascii=False, separators=(",", ":")))
        for m in slack.messages(briefing)
    ]

    assert max(sizes) <= 10_000


@pytest.mark.parametrize("words", [TEXT, HOSTILE, "word and word " * 2_000])
def test_no_word_of_a_quote_is_lost(words: str) -> None:
    briefing = made((2, 2, 2, 2, 0), [words])

    shown = _words(slack.messages(briefing))

    # Each request has its words as party twice, as what, and as quote, and so on.
    expected = "".join(wording.visible(words).split())
    assert shown.count(expected) == 2 * 4 + 2 * 4 + 2 * 5 + 2 * 2 + 1 + (
        len(wording.visible(words)) > 138
    )


def test_a_quote_longer_than_a_message_goes_on_in_the_next() -> None:
    briefing = made((0, 1, 0, 0, 0), ["one two three four five " * 1_000])

    messages = slack.messages(briefing)

    assert len(messages) > 3
    assert all(
        any(block["type"] == "rich_text" for block in message["blocks"])
        for message in messages
    )


def test_messages_are_split_between_items_and_numbered() -> None:
    briefing = made((30, 0, 0, 0, 0))

    messages = slack.messages(briefing)

    headers = [m["blocks"][0]["text"]["text"] for m in messages]  # type: ignore[typeddict-item]
    assert len(messages) > 1
    assert all(
        header.endswith(f" ({n}/{len(messages)})")
        for n, header in enumerate(headers, start=1)
    )
    for message in messages:
        for block in message["blocks"]:
            if block["type"] == "rich_text" and "call" in str(block):
                kinds = [element["type"] for element in block["elements"]]
                assert kinds == ["rich_text_section", "rich_text_quote"]
    assert "Requests (30), continued" in str(messages[1])


def test_nothing_in_an_article_can_ping_link_or_format() -> None:
    messages = slack.messages(made((2, 2, 2, 2, 2, 2), [HOSTILE], doubts=True))

    text = json.dumps(messages, ensure_ascii=False)
    assert "<!" not in text
    assert "<@" not in text
    assert "<https" not in text
    for run in _runs(messages):
        assert "evil.example" not in run.get("url", "").partition("#")[0]
    for message in messages:
        assert "*bold*" not in message["text"]
        assert "https://" not in message["text"]
        assert "@here" not in message["text"]
        assert "&lt;!channel&gt;" in message["text"].replace("\u2060", "")
        assert message["unfurl_links"] is message["unfurl_media"] is False


def test_a_toll_names_its_source_its_bounds_and_the_figure_it_replaces() -> None:
    figure = Figure(
        evidence=(cite("s1", TEXT, Span(start=0, end=5)),),
        count_text="about 30",
        source=Party(id="a2", name="police"),
        value=30,
        comparator="~",
        low=27,
        high=33,
    )
    toll = Casualties(
        id="c1",
        evidence=(cite("s1", TEXT, Span(start=45, end=99)),),
        kind="killed",
        count_text="At least 43",
        who_text="people",
        source=Party(id="a1", name="Red Cross"),
        value=43,
        comparator=">=",
        low=43,
        as_of_text="as of Friday",
        supersedes=(figure,),
    )
    briefing = made((0, 0, 0, 0, 0)).model_copy(update={"casualties": (toll,)})

    text = "".join(run["text"] for run in _runs(slack.messages(briefing)))

    assert "At least 43 people killed (≥ 43; source: Red Cross) c1" in text
    assert "as of Friday" in text
    assert "replaces about 30 (≈ 30; source: police)" in text


def test_the_footer_names_model_date_coverage_and_what_is_withheld() -> None:
    from schemas.briefing import Withheld  # noqa: PLC0415

    draft = CasualtyDraft(kind="killed", count="99", who="sheep")
    withheld = Withheld(
        section="casualties", item=draft, source="s1", reason="r", check="c"
    )
    briefing = made(complete=False).model_copy(update={"withheld": (withheld,) * 3})

    last = slack.messages(briefing)[-1]["blocks"][-1]

    assert last["type"] == "context"
    assert [element["text"] for element in last["elements"]] == [
        "Model invented-model",
        "published 2025-03-05",
        "4 of 4 sentences read, 3 cited",
        "3 items withheld",
        "Incomplete: 1 passage could not be read",
    ]


def test_what_is_missing_is_said_in_the_first_message() -> None:
    first = slack.messages(made((60, 0, 0, 0, 0), complete=False))[0]

    assert "⚠ Incomplete: 1 passage could not be read" in str(first["blocks"][1])


def test_a_part_without_items_is_left_out() -> None:
    text = str(slack.messages(made((1, 0, 0, 0, 0))))

    assert "Requests (1)" in text
    assert "Positions" not in text
    assert "Actors" not in text


def test_a_heading_too_long_for_a_header_is_shown_whole_below_it() -> None:
    messages = slack.messages(made((1, 0, 0, 0, 0), ["Long title " * 40]))

    header = messages[0]["blocks"][0]["text"]["text"]  # type: ignore[typeddict-item]
    assert header.endswith("…")
    assert ("Long title " * 40).strip() in "".join(r["text"] for r in _runs(messages))


def _link(text: str, start: int, end: int, uri: str = "https://e.example/a") -> str:
    source = Source(id="s1", uri=uri, text_sha256="0" * 64, text=text)
    return links.to_evidence(source, cite("s1", text, Span(start=start, end=end))) or ""


@pytest.mark.parametrize(
    ("text", "quote", "fragment"),
    [
        ("He left. She said so.", "She said so.", "She%20said%20so."),
        ("A well-known, “old” R&D unit.", "well-known, “old” R&D",
         "well%2Dknown%2C%20%E2%80%9Cold%E2%80%9D%20R%26D"),
        ("One two three four five six seven eight nine ten.",
         "One two three four five six seven eight nine ten.",
         "One%20two%20three%20four,seven%20eight%20nine%20ten."),
        ("First line\n\nsecond line", "First line\n\nsecond line",
         "First%20line,second%20line"),
        ("Five died. Police knew that five died. No more.", "five died",
         "Police%20knew%20that-,five%20died,-.%20No"),
        ("a b c d x y. Now a b c d and more words stand here x y.",
         "a b c d and more words stand here x y", "x%20y.%20Now-,a%20b%20c%20d,stand%20here%20x%20y"),
    ],
)  # fmt: skip
def test_a_link_opens_the_words(text: str, quote: str, fragment: str) -> None:
    start = text.rindex(quote)

    assert _link(text, start, start + len(quote)) == (
        f"https://e.example/a#:~:text={fragment}"
    )


def test_a_fragment_that_the_address_has_is_kept() -> None:
    assert _link("Yes.", 0, 4, "https://e.example/ä#top") == (
        "https://e.example/%C3%A4#top:~:text=Yes."
    )


@pytest.mark.parametrize(
    "uri",
    [
        None,
        "story.txt",
        "javascript:alert(1)",
        "ftp://e.example/a",
        "https://bank.example@evil.example/",
        "https://e.example/a b",
        "https://e.example/\u202e",
        "https://[::1",
        "https://e.example/" + "a" * 2_000,
    ],
)
def test_an_address_that_is_no_page_is_not_linked(uri: str | None) -> None:
    assert not any("url" in run for run in _runs(slack.messages(made(uri=uri))))


def test_a_link_too_long_opens_the_page() -> None:
    uri = "https://e.example/" + "a" * 950

    assert _link("“" * 30, 0, 30, uri) == uri
