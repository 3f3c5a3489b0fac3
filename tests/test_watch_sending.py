"""Posts of a watch are sent once; what is not known is said, and left to a person."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desk import Desk, rule
from slack_server import Reply, Slack, serving

from summarizer.delivery import transport
from summarizer.delivery.transport import Outcome
from summarizer.delivery.webhook import Webhook
from summarizer.errors import DeliveryError
from summarizer.watch.configuring import parsed
from summarizer.watch.telling.sending import Sender

TEXT = "A ferry sank off Selm. Mayor Ana Ruiz asked the navy to send divers."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with one post in its outbox."""
    one = Desk(tmp_path, rule())
    one.edition("st1", TEXT)
    one.told()
    yield one
    one.state.close()


def _sender(desk: Desk, slack: Slack) -> Sender:
    return Sender(
        outbox=desk.outbox,
        channels={c.name: c for c in parsed(rule(), "w").channel},
        environ={"SLACK_WEBHOOK_URL": slack.url},
        folder=desk.state.folder / "slack",
        send=transport.send,
        sleep=lambda _s: None,
    )


def test_a_post_is_sent_once(desk: Desk) -> None:
    with serving() as slack:
        sender = _sender(desk, slack)
        said = sender.send_due(desk.now)
        again = sender.send_due(desk.now)

    assert said is not None
    assert said.words == "post 1 to desk: posted, 2 changes of st1.1"
    assert again is None
    assert len(slack.posted) == 1


def test_a_webhook_that_fails_for_an_hour_gets_the_post_after_it(desk: Desk) -> None:
    failing = [Reply(500, "server_error") for _ in range(4 * 5)]
    with serving(*failing) as slack:
        sender = _sender(desk, slack)
        said = [sender.send_due(desk.now)]
        for _ in range(12):
            desk.passes(minutes=10)
            said.append(sender.send_due(desk.now))

    assert "waits until" in str(said[0])
    assert "Slack answered 500" in str(said[0])
    assert [
        one for one in said if one and one.words.startswith("post 1 to desk: posted")
    ]
    assert len(slack.posted) == 1


@pytest.mark.parametrize(
    ("asked", "waits_s"), [("3600", 3_600), ("7", 60), ("999999999", 86_400)]
)
def test_a_webhook_that_says_when_is_not_asked_before(
    desk: Desk, asked: str, waits_s: int
) -> None:
    limited = Reply(429, "rate_limited", {"Retry-After": asked})
    with serving(limited) as slack:
        _sender(desk, slack).send_due(desk.now)

    assert len(slack.requests) == 1
    assert desk.outbox.next_due() == desk.now + timedelta(seconds=waits_s)


def test_a_post_whose_answer_was_lost_is_not_repeated(desk: Desk) -> None:
    with serving(Reply(drops=True)) as slack:
        sender = _sender(desk, slack)
        said = sender.send_due(desk.now)
        desk.passes(hours=2)
        again = sender.send_due(desk.now)

    assert "may be posted or not" in str(said)
    assert again is None
    assert len(slack.requests) == 1


def test_a_person_who_looked_settles_it(desk: Desk) -> None:
    with serving(Reply(drops=True)) as slack:
        sender = _sender(desk, slack)
        sender.send_due(desk.now)
        said = sender.settle(1, 2, desk.now)

    assert "posted" in said
    assert len(slack.requests) == 1


def test_a_post_that_waits_for_nobody_cannot_be_settled(desk: Desk) -> None:
    with serving() as slack, pytest.raises(DeliveryError, match="post 1 does not wait"):
        _sender(desk, slack).settle(1, 1, desk.now)


def test_a_post_that_slack_refuses_ends_and_says_why(desk: Desk) -> None:
    with serving(Reply(400, "invalid_blocks")) as slack:
        said = _sender(desk, slack).send_due(desk.now)

    assert "is refused" in str(said)
    assert desk.outbox.counts() == {"refused": 1}


@pytest.mark.parametrize(
    "answer",
    [Reply(404, "no_service"), Reply(403, "action_prohibited"), Reply(410, "channel_is_archived")],
)  # fmt: skip
def test_a_webhook_that_was_switched_off_holds_its_posts_until_it_is_put_right(
    desk: Desk, answer: Reply
) -> None:
    with serving(answer) as slack:
        sender = _sender(desk, slack)
        said = sender.send_due(desk.now)
        desk.passes(minutes=5)
        sender.send_due(desk.now)

    assert "waits until" in str(said)
    assert desk.outbox.counts() == {"posted": 1}


def test_a_kill_between_sending_and_entering_posts_nothing_twice(desk: Desk) -> None:
    with serving() as slack:
        sender = _sender(desk, slack)

        def killed(webhook: Webhook, body: bytes) -> Outcome:
            transport.send(webhook, body)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            replace(sender, send=killed).send_due(desk.now)
        said = sender.send_due(desk.now)

    assert "may be posted or not" in str(said)
    assert len(slack.posted) == 1


def test_a_channel_without_its_webhook_says_which_variable_to_set(desk: Desk) -> None:
    with serving() as slack:
        sender = replace(_sender(desk, slack), environ={})
        said = sender.send_due(desk.now)

    assert "channel 'desk' has no webhook: set SLACK_WEBHOOK_URL" in str(said)


def test_the_address_of_the_webhook_is_in_no_line_and_no_file(desk: Desk) -> None:
    with serving(Reply(500)) as slack:
        said = _sender(desk, slack).send_due(desk.now)
    secret = slack.url.rsplit("/", 1)[-1]

    assert secret not in str(said)
    assert not [
        file
        for file in desk.state.folder.rglob("*")
        if file.is_file() and secret.encode() in file.read_bytes()
    ]
