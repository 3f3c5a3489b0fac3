"""Posting with verdicts: what is left out is said, and is another content."""

from pathlib import Path

from doubted import doubted
from slack_server import serving

from schemas.briefing import Briefing
from summarizer import posting
from summarizer.posting import content_hash, post


def _post(url: str, folder: Path, briefing: Briefing, *, supported_only: bool) -> int:
    receipt = post(
        briefing,
        webhook_url=url,
        state_dir=folder,
        supported_only=supported_only,
        sleep=lambda _: None,
    )
    return receipt.posted


def test_a_post_can_leave_out_what_is_unconfirmed() -> None:
    text = b"".join(posting.payloads(doubted(), supported_only=True)).decode()

    assert "We will not bend" not in text
    assert "supported items only: 3 unconfirmed items left out" in text


def test_the_whole_and_the_supported_items_are_posted_once_each(tmp_path: Path) -> None:
    with serving() as slack:
        counts = [
            _post(slack.url, tmp_path, doubted(), supported_only=choice)
            for choice in (True, False, True, False)
        ]

    assert counts == [1, 1, 0, 0]


def test_who_found_an_item_does_not_make_it_another_briefing() -> None:
    events = tuple(
        one.model_copy(update={"found_by": None}) for one in doubted().developments
    )

    assert content_hash(doubted(developments=events)) == content_hash(doubted())


def test_a_verdict_makes_it_another_briefing() -> None:
    events = tuple(
        one.model_copy(update={"verdict": "supported", "reasons": ()})
        for one in doubted().developments
    )

    assert content_hash(doubted(developments=events)) != content_hash(doubted())


def test_nothing_is_posted_when_no_supported_item_changed(tmp_path: Path) -> None:
    earlier = doubted(developments=doubted().developments[1:])
    with serving() as slack:
        receipt = post(
            doubted(),
            since=earlier,
            webhook_url=slack.url,
            state_dir=tmp_path,
            supported_only=True,
            sleep=lambda _: None,
        )

    assert receipt.messages == 0
    assert slack.posted == []
