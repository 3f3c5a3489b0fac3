"""Limits used to the full and never overrun."""

import random
from pathlib import Path

import pytest
from endpoint import Answer, completion, serving

from schemas.draft import SpeakerAnswer
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.client.limits import LEAST, Lease, Limits
from summarizer.client.replies import Replies
from summarizer.errors import EndpointError
from summarizer.ports import Ask, Message
from summarizer.settings import Settings


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def _run(limits: Limits, clock: Clock, seconds: float, cost: int) -> list[float]:
    """Ask as fast as the limits allow; list when each request was let through."""
    sent: list[float] = []
    while clock.now < seconds:
        lease = limits.try_lease(cost)
        if isinstance(lease, Lease):
            sent.append(clock.now)
            limits.settle(lease, cost)
        else:
            clock.now += lease
    return sent


@pytest.mark.parametrize(
    ("requests", "tokens", "cost", "allowed"),
    [(600, None, 100, 600), (None, 60_000, 100, 600), (600, 30_000, 100, 300), (90, 900_000, 100, 90)],
)  # fmt: skip
def test_ten_minutes_use_nearly_all_of_the_tighter_limit(
    requests: float | None, tokens: float | None, cost: int, allowed: int
) -> None:
    clock = Clock()
    limits = Limits(requests_per_minute=requests, tokens_per_minute=tokens, now=clock)

    sent = _run(limits, clock, 600, cost)

    assert 0.99 * allowed * 10 <= len(sent)
    for start in range(540):
        window = [one for one in sent if start <= one < start + 60]
        assert len(window) <= allowed * 61 / 60 + 1


def test_an_estimate_that_was_too_high_is_given_back() -> None:
    clock = Clock()
    limits = Limits(tokens_per_minute=60_000, now=clock)
    count = 0
    while clock.now < 60:
        lease = limits.try_lease(1_000)
        if isinstance(lease, Lease):
            limits.settle(lease, 100)
            count += 1
        else:
            clock.now += lease

    assert count >= 550


def test_an_estimate_that_was_too_low_is_paid_back() -> None:
    clock = Clock()
    limits = Limits(tokens_per_minute=60_000, now=clock)
    spent = 0
    chance = random.Random(3)  # noqa: S311  no secret
    while clock.now < 600:
        lease = limits.try_lease(100)
        if isinstance(lease, Lease):
            used = chance.randint(100, 900)
            spent += used
            limits.settle(lease, used)
        else:
            clock.now += lease

    assert 0.98 * 600_000 <= spent <= 602_000


def test_a_request_larger_than_a_seconds_worth_is_let_through_and_owed() -> None:
    clock = Clock()
    limits = Limits(tokens_per_minute=6_000, now=clock)

    first = limits.try_lease(3_000)
    wait = limits.try_lease(3_000)

    assert isinstance(first, Lease)
    assert isinstance(wait, float)
    assert wait == pytest.approx(30, rel=0.01)


def test_after_a_refusal_it_is_at_half_the_rate_and_comes_back_within_half_a_minute() -> (
    None
):
    clock = Clock()
    limits = Limits(requests_per_minute=600, now=clock)
    limits.refused()

    slow = _run(limits, clock, 2, 1)
    _run(limits, clock, 31, 1)

    assert 10 <= len(slow) <= 17
    assert limits.share == 1.0


def test_refusals_of_requests_that_were_under_way_together_are_one() -> None:
    clock = Clock()
    limits = Limits(requests_per_minute=600, now=clock)

    for _ in range(8):
        limits.refused()
    together = limits.share
    clock.now += 1.5
    limits.refused()

    assert together == 0.5
    assert limits.share < 0.3


def test_it_is_never_slowed_to_a_stop() -> None:
    clock = Clock()
    limits = Limits(requests_per_minute=60, now=clock)
    for _ in range(50):
        clock.now += 1.0
        limits.refused()

    assert limits.share == LEAST


def test_the_limits_of_the_headers_are_taken_where_none_were_given() -> None:
    clock = Clock()
    limits = Limits(requests_per_minute=600, now=clock)
    limits.told(
        {"x-ratelimit-limit-requests": "6", "x-ratelimit-limit-tokens": "60000"}
    )

    sent = _run(limits, clock, 60, 1_000)

    assert 59 <= len(sent) <= 62


@pytest.mark.parametrize("words", ["", "many", "0", "-5", "inf", "nan"])
def test_a_header_that_names_no_limit_changes_nothing(words: str) -> None:
    clock = Clock()
    limits = Limits(now=clock)
    limits.told({"x-ratelimit-limit-requests": words})

    assert all(isinstance(limits.try_lease(1), Lease) for _ in range(1_000))


def test_without_limits_nothing_waits() -> None:
    limits = Limits()

    assert all(isinstance(limits.try_lease(10**9), Lease) for _ in range(100))


# -- in a completer ----------------------------------------------------------------


class StoppedError(Exception):
    """Ends a wait that a test need not sit through."""


def _ask() -> Ask[SpeakerAnswer]:
    return Ask((Message("user", "Who speaks?"),), SpeakerAnswer, 32, None, "s1", ())


def _client(
    url: str, waits: list[float], requests_per_minute: float | None = None
) -> OpenAICompleter:
    def sleep(seconds: float) -> None:
        waits.append(seconds)
        raise StoppedError

    settings = Settings(
        base_url=url,
        model="m",
        structure="json_schema",
        max_tries=1,
        requests_per_minute=requests_per_minute,
    )
    return OpenAICompleter(settings, sleep=sleep)


WHO = completion('{"who": "Ana"}')


def test_a_completer_waits_for_its_limit_before_it_sends() -> None:
    waits: list[float] = []
    with serving(WHO) as endpoint:
        client = _client(endpoint.url, waits, requests_per_minute=6)
        client.complete(_ask())
        with pytest.raises(EndpointError):
            client.complete(_ask())

        assert len(endpoint.seen) == 1
        client.close()
    assert 9 < waits[0] <= 10


def test_the_limits_that_an_endpoint_names_are_kept_without_being_set() -> None:
    waits: list[float] = []
    headers = {"x-ratelimit-limit-requests": "6"}
    told = Answer(body=WHO.body, headers=headers)
    with serving(told) as endpoint:
        client = _client(endpoint.url, waits)
        client.complete(_ask())
        client.complete(_ask())  # the bucket that is new is full
        with pytest.raises(EndpointError):
            client.complete(_ask())

        assert len(endpoint.seen) == 2
        client.close()
    assert waits


def test_kept_replies_wait_for_nothing(tmp_path: Path) -> None:
    waits: list[float] = []
    with serving(WHO) as endpoint, Replies(tmp_path / "r.sqlite") as replies:
        client = _client(endpoint.url, waits, requests_per_minute=6)
        client._replies = replies
        for _ in range(5):
            assert client.complete(_ask()).answer.who == "Ana"
        client.close()

    assert waits == []
