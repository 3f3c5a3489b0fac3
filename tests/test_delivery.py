"""Posting to Slack: once, or said clearly; the webhook stays secret."""

import asyncio
import json
import logging
import os
import pickle
import socket
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import pytest
from briefings import TEXT, made
from slack_server import PATH, Reply, Slack, serving

import summarizer
from schemas.briefing import Briefing
from summarizer import posting
from summarizer.delivery import answers, delivering, ledger, transport
from summarizer.delivery.delivering import Receipt, Wire, deliver
from summarizer.delivery.transport import Answered, NotSent, Outcome, Unknown
from summarizer.delivery.webhook import Webhook, find
from summarizer.errors import DeliveryError, InputError, SettingsError
from summarizer.posting import apost, content_hash, post

SECRET = "s3cr3tInvented"
LONG = made((25, 0, 0, 0, 0))
"""A briefing of several messages."""


class Clock:
    """Remembers the waits, and waits for nothing."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


def _post(
    slack: Slack, folder: Path, briefing: Briefing | None = None, **more: object
) -> Receipt:
    sleep = more.pop("sleep", None) or Clock()
    return post(
        briefing or made(),
        webhook_url=slack.url,
        state_dir=folder,
        sleep=sleep,  # type: ignore[arg-type]  # a Clock
        **more,  # type: ignore[arg-type]  # as the tests name them
    )


def _count(briefing: Briefing) -> int:
    return len(posting.payloads(briefing))


def test_all_messages_are_posted_in_their_order(tmp_path: Path) -> None:
    with serving() as slack:
        receipt = _post(slack, tmp_path, LONG)

    assert receipt.posted == receipt.messages == _count(LONG) > 2
    assert [json.dumps(m, ensure_ascii=False) for m in slack.posted] == [
        json.dumps(json.loads(body), ensure_ascii=False)
        for body in posting.payloads(LONG)
    ]


def test_a_second_run_posts_nothing(tmp_path: Path) -> None:
    with serving() as slack:
        _post(slack, tmp_path, LONG)
        receipt = _post(slack, tmp_path, LONG)

    assert receipt.posted == 0
    assert len(slack.posted) == _count(LONG)


def test_force_posts_again(tmp_path: Path) -> None:
    with serving() as slack:
        _post(slack, tmp_path)
        _post(slack, tmp_path, force=True)

    assert len(slack.posted) == 2


def test_another_channel_has_its_own_ledger(tmp_path: Path) -> None:
    with serving() as one, serving() as two:
        _post(one, tmp_path)
        _post(two, tmp_path)

    assert len(one.posted) == len(two.posted) == 1


def test_how_a_briefing_was_made_does_not_make_it_another() -> None:
    briefing = made()
    made_otherwise = briefing.provenance.model_copy(
        update={"seconds": 9.0, "calls": 3, "model": "other"}
    )

    again = briefing.model_copy(update={"provenance": made_otherwise})

    assert content_hash(again) == content_hash(briefing)
    assert content_hash(made((2, 1, 1, 1, 1))) != content_hash(briefing)


def test_a_run_that_failed_is_gone_on_with(tmp_path: Path) -> None:
    refused = Reply(404, "channel_not_found")
    with serving(Reply(), refused) as slack:
        with pytest.raises(DeliveryError, match="goes on with it") as caught:
            _post(slack, tmp_path, LONG)
        receipt = _post(slack, tmp_path, LONG)

    assert (caught.value.posted, caught.value.status) == (1, 404)
    assert receipt.posted == _count(LONG) - 1
    assert slack.posted == [json.loads(body) for body in posting.payloads(LONG)]


def test_a_run_that_died_between_two_messages_is_gone_on_with(tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def dies(_seconds: float) -> None:
        raise Killed

    with serving() as slack:
        with pytest.raises(Killed):
            _post(slack, tmp_path, LONG, sleep=dies)
        _post(slack, tmp_path, LONG)

    assert len(slack.posted) == _count(LONG)


def test_a_run_that_died_while_sending_is_not_repeated_blindly(tmp_path: Path) -> None:
    webhook = Webhook(f"http://127.0.0.1:1{PATH}")

    def dies(_webhook: Webhook, _body: bytes) -> Outcome:
        raise KeyboardInterrupt

    def never(_webhook: Webhook, _body: bytes) -> Outcome:
        pytest.fail("sent again")

    with pytest.raises(KeyboardInterrupt):
        deliver([b"1"], webhook, content="x", folder=tmp_path, wire=Wire(send=dies))
    with pytest.raises(DeliveryError, match="may be in the channel or not") as caught:
        deliver([b"1"], webhook, content="x", folder=tmp_path, wire=Wire(send=never))

    assert caught.value.unclear


def test_a_connection_dropped_after_sending_is_said_and_not_repeated(
    tmp_path: Path,
) -> None:
    with serving(Reply(drops=True)) as slack:
        with pytest.raises(DeliveryError, match="message 1 of 1 was sent") as caught:
            _post(slack, tmp_path)
        with pytest.raises(DeliveryError, match="--from 1 if it is not there"):
            _post(slack, tmp_path)

    assert caught.value.unclear
    assert len(slack.requests) == len(slack.posted) == 1


def test_who_looked_into_the_channel_can_go_on_behind_the_message(
    tmp_path: Path,
) -> None:
    with serving(Reply(), Reply(drops=True)) as slack:
        with pytest.raises(DeliveryError, match="--from 3 if it is"):
            _post(slack, tmp_path, LONG)
        _post(slack, tmp_path, LONG, first=3)

    assert slack.posted == [json.loads(body) for body in posting.payloads(LONG)]


def test_who_looked_into_the_channel_can_send_the_message_again(tmp_path: Path) -> None:
    with serving(Reply(drops=True)) as slack:
        with pytest.raises(DeliveryError):
            _post(slack, tmp_path)
        assert _post(slack, tmp_path, first=1).posted == 1
        assert _post(slack, tmp_path).posted == 0


def test_who_found_the_last_message_in_the_channel_can_say_so(tmp_path: Path) -> None:
    with serving(Reply(drops=True)) as slack:
        with pytest.raises(DeliveryError):
            _post(slack, tmp_path)
        assert _post(slack, tmp_path, first=2).posted == 0
        assert _post(slack, tmp_path).posted == 0

    assert len(slack.posted) == 1


@pytest.mark.parametrize("first", [0, 3])
def test_a_message_that_is_not_there_cannot_be_gone_on_with(
    tmp_path: Path, first: int
) -> None:
    with serving() as slack, pytest.raises(DeliveryError, match="no message"):
        _post(slack, tmp_path, first=first)


def test_an_answer_that_never_comes_is_unclear(tmp_path: Path) -> None:
    ends = threading.Event()
    with serving(Reply(waits=ends)) as slack:
        outcome = transport.send(Webhook(slack.url), b"{}", timeout_s=0.05)
        ends.set()

    assert outcome == Unknown("no answer in time")


def test_a_name_that_is_not_found_means_that_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport, "getproxies", dict)

    outcome = transport.send(Webhook(f"https://hooks.slack.com{PATH}"), b"{}")

    assert outcome == NotSent("no connection")


def test_a_proxy_that_refuses_means_that_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving() as proxy:
        address = proxy.url.removesuffix(PATH)  # answers CONNECT with 501
        monkeypatch.setattr(transport, "getproxies", lambda: {"https": address})
        outcome = transport.send(Webhook(f"https://hooks.slack.com{PATH}"), b"{}")

    assert outcome == NotSent("the proxy refused")
    assert SECRET not in caplog.text


def test_a_proxy_that_cannot_be_used_means_that_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport, "getproxies", lambda: {"https": "gopher://x"})

    outcome = transport.send(Webhook(f"https://hooks.slack.com{PATH}"), b"{}")

    assert isinstance(outcome, NotSent)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_fault_of_the_server_is_tried_again(tmp_path: Path, status: int) -> None:
    clock = Clock()
    with serving(Reply(status, "x"), Reply(status, "x")) as slack:
        receipt = _post(slack, tmp_path, sleep=clock)

    assert receipt.posted == 1
    assert len(slack.posted) == 1
    assert len(clock.waits) == 2


def test_a_limit_is_kept_to_as_long_as_slack_asks(tmp_path: Path) -> None:
    clock = Clock()
    limited = Reply(429, "rate_limited", {"Retry-After": "30"})
    with serving(limited) as slack:
        _post(slack, tmp_path, sleep=clock)

    assert clock.waits == [30.0]
    assert len(slack.posted) == 1


def test_a_wait_of_an_hour_is_not_waited(tmp_path: Path) -> None:
    clock = Clock()
    limited = Reply(429, "rate_limited", {"Retry-After": "3600"})
    with serving(limited) as slack, pytest.raises(DeliveryError, match="limiting"):
        _post(slack, tmp_path, sleep=clock)

    assert clock.waits == []
    assert len(slack.requests) == 1


def test_a_server_that_stays_down_is_given_up(tmp_path: Path) -> None:
    down = [Reply(503, "down")] * 9
    with serving(*down) as slack, pytest.raises(DeliveryError) as caught:
        _post(slack, tmp_path)

    assert str(caught.value) == "Slack answered 503 (4 tries): try again later"
    assert len(slack.requests) == delivering.TRIES


def test_no_connection_is_tried_again_and_then_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}{PATH}"
        clock = Clock()
        with pytest.raises(DeliveryError) as caught:
            post(made(), webhook_url=url, state_dir=tmp_path, sleep=clock)

    assert str(caught.value) == "Slack cannot be reached (no connection; 4 tries)"
    assert len(clock.waits) == 3
    with serving() as slack:
        assert _post(slack, tmp_path).posted == 1


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (400, "invalid_payload", "cannot read the message"),
        (400, "invalid_blocks", "refuses a block"),
        (404, "no_service", "switched off or removed: make a new incoming webhook"),
        (404, "channel_not_found", "the channel is gone"),
        (410, "channel_is_archived", "archived: restore it"),
        (403, "action_prohibited", "administrator has restricted posting"),
        (403, "invalid_token", "not known to Slack"),
        (403, "posting_to_general_channel_denied", "restricted"),
        (418, "teapot", "Slack answered 418 teapot: check the webhook"),
        (404, "<html>/services/T0", "Slack answered 404: check the webhook"),
        (302, "", "Slack answered 302: check the webhook"),
    ],
)
def test_a_refusal_is_not_tried_again_and_says_what_to_do(
    tmp_path: Path, status: int, body: str, words: str
) -> None:
    with (
        serving(Reply(status, body)) as slack,
        pytest.raises(DeliveryError, match=words) as caught,
    ):
        _post(slack, tmp_path)

    assert len(slack.requests) == 1
    assert caught.value.status == status
    assert not caught.value.unclear


@pytest.mark.parametrize(
    "outcome", [Answered(200, "hello"), Answered(504, ""), Unknown("x")]
)
def test_what_leaves_it_open_is_neither_posted_nor_tried_again(
    outcome: Outcome,
) -> None:
    assert answers.is_unclear(outcome)
    assert not answers.is_transient(outcome)
    assert not answers.is_delivered(outcome)


def test_our_messages_pass_the_servers_own_checks(tmp_path: Path) -> None:
    with serving() as slack:
        _post(slack, tmp_path, made((4, 4, 4, 4, 4), [TEXT, "<!channel> *x*" * 99]))

    assert len(slack.posted) > 1


def test_the_server_refuses_what_slack_would() -> None:
    with serving() as slack:
        webhook = Webhook(slack.url)
        long = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
        message = {
            "text": "t", "blocks": [long], "unfurl_links": False, "unfurl_media": False,
        }  # fmt: skip

        assert transport.send(webhook, b"{") == Answered(400, "invalid_payload")
        outcome = transport.send(webhook, json.dumps(message).encode())

    assert isinstance(outcome, Answered)
    assert outcome.body.startswith("invalid_blocks")


def test_two_processes_do_not_both_post(tmp_path: Path) -> None:
    file = tmp_path / "story.json"
    file.write_text(made().model_dump_json(), encoding="utf-8")
    with serving() as slack:
        state = {"SLACK_WEBHOOK_URL": slack.url, "SUMMARIZER_STATE_DIR": str(tmp_path)}
        both = [
            subprocess.Popen(
                [sys.executable, "-m", "summarizer", "post", str(file)],
                env={**os.environ, **state},
            )
            for _ in range(2)
        ]
        codes = [one.wait(30) for one in both]

    assert codes == [0, 0]
    assert len(slack.posted) == 1


def test_a_process_that_posts_for_ever_is_not_waited_for_for_ever(
    tmp_path: Path,
) -> None:
    with (
        ledger.opened("x", "y", tmp_path),
        pytest.raises(DeliveryError, match="another process is posting"),
        ledger.opened("x", "y", tmp_path, Clock()),
    ):
        pass  # pragma: no cover


def test_the_intent_is_on_disk_before_anything_is_sent(tmp_path: Path) -> None:
    seen: list[str] = []

    def send(_webhook: Webhook, _body: bytes) -> Outcome:
        (file,) = (tmp_path / "deliveries").glob("*.json")
        seen.append(json.loads(file.read_text())["messages"][0]["state"])
        return Answered(200, "ok")

    webhook = Webhook(f"http://127.0.0.1:1{PATH}")
    deliver([b"1"], webhook, content="x", folder=tmp_path, wire=Wire(send=send))

    assert seen == ["sending"]


def test_without_a_ledger_nothing_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with serving() as slack, pytest.raises(DeliveryError, match="SUMMARIZER_STATE_DIR"):
        _post(slack, file)

    assert slack.requests == []


def test_a_damaged_ledger_stops_the_run(tmp_path: Path) -> None:
    with serving() as slack:
        _post(slack, tmp_path)
        (file,) = (tmp_path / "deliveries").glob("*.json")
        file.write_text('{"messages": [{"sha256"', encoding="utf-8")
        with pytest.raises(DeliveryError, match="cannot be read.*--force"):
            _post(slack, tmp_path)
        assert _post(slack, tmp_path, force=True).posted == 1


def test_a_briefing_that_is_split_otherwise_is_not_gone_on_with(tmp_path: Path) -> None:
    webhook = Webhook(f"http://127.0.0.1:1{PATH}")
    told = iter([Answered(200, "ok"), Answered(404, "no_service")])
    wire = Wire(send=lambda *_: next(told), sleep=lambda _: None)
    with pytest.raises(DeliveryError, match="switched off"):
        deliver([b"1", b"2"], webhook, content="x", folder=tmp_path, wire=wire)

    with pytest.raises(DeliveryError, match="split otherwise now"):
        deliver([b"1+", b"2+"], webhook, content="x", folder=tmp_path)


def test_nothing_posted_yet_may_be_split_otherwise(tmp_path: Path) -> None:
    webhook = Webhook(f"http://127.0.0.1:1{PATH}")
    told = iter([Answered(404, "no_service"), Answered(200, "ok")])
    wire = Wire(send=lambda *_: next(told))
    with pytest.raises(DeliveryError):
        deliver([b"1"], webhook, content="x", folder=tmp_path, wire=wire)

    assert deliver([b"2"], webhook, content="x", folder=tmp_path, wire=wire).posted == 1


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("7", 7.0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(
    words: str, seconds: float | None
) -> None:
    assert transport.wait_s(Answered(429, "", words), now_s=100.0) == seconds


def test_the_async_way_posts_the_same_and_once(tmp_path: Path) -> None:
    async def twice(url: str) -> list[int]:
        receipts = [
            await apost(made(), webhook_url=url, state_dir=tmp_path) for _ in range(2)
        ]
        return [receipt.posted for receipt in receipts]

    with serving() as slack:
        assert asyncio.run(twice(slack.url)) == [1, 0]

    assert [json.dumps(m, ensure_ascii=False) for m in slack.posted] == [
        json.dumps(json.loads(b), ensure_ascii=False) for b in posting.payloads(made())
    ]


def test_a_cancelled_task_ends_the_message_under_way_and_sends_no_other(
    tmp_path: Path,
) -> None:
    answer = threading.Event()

    async def cancelled(slack: Slack) -> None:
        task = asyncio.create_task(
            apost(LONG, webhook_url=slack.url, state_dir=tmp_path)
        )
        await asyncio.to_thread(slack.asked.wait, 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        answer.set()

    with serving(Reply(waits=answer)) as slack:
        asyncio.run(cancelled(slack))  # waits for the thread
        assert len(slack.posted) == 1
        assert _post(slack, tmp_path, LONG).posted == _count(LONG) - 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"http://hooks.slack.com{PATH}", "does not start with https"),
        (f"https://hooks.slack.com.evil.example{PATH}", "is not on hooks.slack.com"),
        (f"https://hooks.slack.com:444{PATH}", "is not on hooks.slack.com"),
        (f"https://hooks.slack.com/triggers/{SECRET}", "not that of an incoming"),
        (f"https://me:{SECRET}@hooks.slack.com/services/x", "more than host and path"),
        (f"https://hooks.slack.com{PATH}?a={SECRET}", "more than host and path"),
        (f"https://hooks.slack.com{PATH}\nX: {SECRET}", "spaces, line breaks"),
        (f"https://[{SECRET}", "is no URL"),
        (f"https://hooks.slack.com:{SECRET}/services", "is no URL"),
        (SECRET, "does not start with https"),
    ],
)
def test_a_url_that_is_no_webhook_is_refused_and_not_shown(
    url: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        Webhook(url)

    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("host", ["hooks.slack.com", "hooks.slack-gov.com"])
def test_webhooks_of_slack_are_taken(host: str) -> None:
    assert Webhook(f"https://{host}{PATH}").url.endswith(PATH)


def test_the_webhook_is_found_in_a_file_or_in_the_environment(tmp_path: Path) -> None:
    url = f"https://hooks.slack.com{PATH}"
    file = tmp_path / "webhook"
    file.write_text(f"{url}\n", encoding="utf-8")

    assert find({}, str(file)).url == url
    assert find({"SLACK_WEBHOOK_URL": f" {url} "}, None).url == url
    with pytest.raises(SettingsError, match="set SLACK_WEBHOOK_URL"):
        find({}, None)
    with pytest.raises(InputError, match="no such file"):
        find({"SLACK_WEBHOOK_URL": url}, str(tmp_path / "none"))


def test_a_channel_is_named_without_its_address() -> None:
    webhook = Webhook(f"https://hooks.slack.com{PATH}")

    assert len(webhook.channel) == 64
    assert webhook.channel == Webhook(webhook.url).channel
    assert webhook.channel != Webhook(f"{webhook.url}x").channel
    assert SECRET not in repr(webhook) + str(webhook) + webhook.channel


_FAULTS: dict[str, tuple[Reply, ...]] = {
    "ok": (),
    "refused": (Reply(404, f"no_service {PATH}"),),
    "moved": (Reply(302, PATH, {"Location": f"http://127.0.0.1:1{PATH}"}),),
    "down": (Reply(500, PATH),) * 4,
    "dropped": (Reply(drops=True),),
}


@pytest.mark.parametrize("replies", _FAULTS.values(), ids=_FAULTS)
def test_the_webhook_is_in_no_log_error_repr_traceback_or_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, replies: tuple[Reply, ...]
) -> None:
    caplog.set_level(logging.DEBUG)
    shown = ""
    with serving(*replies) as slack:
        try:
            shown = repr(_post(slack, tmp_path))
        except DeliveryError as exc:
            shown = repr(exc) + repr(vars(exc)) + _deep(exc) + str(pickle.dumps(exc))

    assert slack.requests
    assert SECRET not in shown
    assert SECRET not in caplog.text
    assert any("httpcore2" in record.name for record in caplog.records)
    for file in tmp_path.rglob("*"):
        assert SECRET not in str(file)
        assert not file.is_file() or SECRET not in file.read_text(encoding="utf-8")


def _deep(exc: BaseException) -> str:
    """Show all that a report of an error could: values of variables, and what led to it."""
    assert exc.__cause__ is None
    assert exc.__context__ is None
    told = traceback.TracebackException.from_exception(exc, capture_locals=True)
    frames = [
        f for f in told.stack if "/summarizer/" in f.filename.replace(os.sep, "/")
    ]
    assert frames
    return "".join(str(frame.locals) for frame in frames)


def test_the_public_names_are_the_ones_tested() -> None:
    public: tuple[Any, Any] = (summarizer.post, summarizer.apost)
    assert tuple(one.__wrapped__ for one in public) == (post, apost)
    assert summarizer.DeliveryError is DeliveryError
    assert summarizer.Receipt is delivering.Receipt
