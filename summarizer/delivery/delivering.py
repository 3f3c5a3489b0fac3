"""Post messages one after another, each once, as far as a webhook lets one know.

A webhook takes no key by which Slack could tell a repetition. So: what was posted is
in the ledger and not sent again; what surely was not posted may be tried again; what
nobody knows is said, and left to a person who can look into the channel.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_result,
    stop_after_attempt,
    wait_random_exponential,
)

from summarizer.delivery import answers, ledger, transport
from summarizer.delivery.ledger import Page, Record, Sleep, State
from summarizer.delivery.transport import Answered, Outcome
from summarizer.delivery.webhook import Webhook
from summarizer.errors import DeliveryError

TRIES: Final = 4
MAX_WAIT_S: Final = 120.0
"""Waits for one message, together. Slack asks for a minute at most when a channel is
flooded; who asks for more is better asked later."""
PAUSE_S: Final = 1.0
"""Between two messages: Slack takes one a second from a webhook."""
_BACKOFF: Final = wait_random_exponential(multiplier=0.5, max=20)
"""Random waits of up to 0.5, 1 and 2 seconds, when the server does not say."""


@dataclass(frozen=True, slots=True)
class Wire:
    """What reaches out of the program; tests put their own in its place.

    Attributes:
        send: Sends one request.
        sleep: Waits so many seconds.
        clock: Tells the seconds since 1970.
    """

    send: transport.Send = transport.send
    sleep: Sleep = time.sleep
    clock: Callable[[], float] = time.time


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a run did.

    Attributes:
        messages: Messages of the briefing.
        posted: Those that this run posted; the others had been posted before.
    """

    messages: int
    posted: int


def deliver(
    messages: Sequence[bytes],
    webhook: Webhook,
    *,
    content: str,
    force: bool = False,
    first: int | None = None,
    folder: Path | None = None,
    wire: Wire = Wire(),
) -> Receipt:
    """Post *messages* in their order, but not those that were posted before.

    Args:
        messages: Bodies of the requests: JSON in UTF-8.
        webhook: Where to.
        content: Hash of what is posted, by which it is known again.
        force: Whether to post all of it again.
        first: Number of the message to go on with, from 1, when somebody has looked
            into the channel: the ones before are taken as posted. One more than
            there are means that all are. None asks the ledger.
        folder: Where ledgers are kept; None for the user's state directory.
        wire: Reaches Slack.

    Raises:
        DeliveryError: A message was not posted, or nobody knows.
    """
    with ledger.opened(content, webhook.channel, folder, wire.sleep) as page:
        record = _planned(page, messages, force=force, first=first)
        page.write(record)
        run = _Run(webhook, messages, page, wire)
        posted = 0
        while (number := record.first("waiting")) is not None:
            if posted:
                wire.sleep(PAUSE_S)
            record = run.post(record, number)
            posted += 1
    return Receipt(len(messages), posted)


def check_first(first: int | None, count: int) -> None:
    """Refuse to go on with a message that is none of *count*, or the one behind them.

    Raises:
        DeliveryError: There is no such message.
    """
    if first is not None and not 1 <= first <= count + 1:
        msg = f"there is no message {first}: the briefing makes {count}"
        raise DeliveryError(msg)


def _planned(
    page: Page, messages: Sequence[bytes], *, force: bool, first: int | None
) -> Record:
    """Decide which messages are still to be posted.

    Raises:
        DeliveryError: Only somebody who looks into the channel can decide it.
    """
    check_first(first, len(messages))
    new = ledger.fresh(messages, first or 1)
    old = None if force else page.read()
    if old is None:
        return new
    if old.first("waiting") is None and old.first("sending") is None:
        return old
    same = old.digests == new.digests
    if first is not None:
        return _resumed(old, first) if same else new
    if (number := old.first("sending")) is not None:
        raise DeliveryError(_unclear(number, len(old.states)), unclear=True)
    if same or "posted" not in old.states:
        return old if same else new
    msg = (
        f"{old.states.count('posted')} of {len(old.states)} messages were posted, but "
        "the briefing is split otherwise now: look into the channel, then pass "
        "--from N, the number of the message to go on with, or --force"
    )
    raise DeliveryError(msg)


def _resumed(old: Record, first: int) -> Record:
    states: tuple[State, ...] = tuple(
        "posted" if number < first or state == "posted" else "waiting"
        for number, state in enumerate(old.states, start=1)
    )
    return Record(old.digests, states)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over the messages."""

    webhook: Webhook
    messages: Sequence[bytes]
    page: Page
    wire: Wire

    def post(self, record: Record, number: int) -> Record:
        """Post message *number*.

        Returns:
            The record, with the message posted.

        Raises:
            DeliveryError: It was not posted, or nobody knows.
        """
        tries = 0

        def attempt() -> Outcome:
            nonlocal tries
            tries += 1
            self.page.write(record.marked(number, "sending"))
            outcome = self.wire.send(self.webhook, self.messages[number - 1])
            if answers.is_delivered(outcome):
                self.page.write(record.marked(number, "posted"))
            elif not answers.is_unclear(outcome):
                self.page.write(record.marked(number, "waiting"))
            return outcome

        outcome = self._retrying()(attempt)
        if answers.is_delivered(outcome):
            return record.marked(number, "posted")
        raise self._error(outcome, record, number, tries)

    def _retrying(self) -> Retrying:
        return Retrying(
            retry=retry_if_result(answers.is_transient),
            wait=self._wait_s,
            stop=self._gives_up,
            sleep=self.wire.sleep,
            retry_error_callback=_last,
        )

    def _wait_s(self, state: RetryCallState) -> float:
        outcome = _last(state)
        told = (
            transport.wait_s(outcome, self.wire.clock())
            if isinstance(outcome, Answered)
            else None
        )
        return _BACKOFF(state) if told is None else told

    @staticmethod
    def _gives_up(state: RetryCallState) -> bool:
        waited_s = state.idle_for + state.upcoming_sleep
        return stop_after_attempt(TRIES)(state) or waited_s > MAX_WAIT_S

    def _error(
        self, outcome: Outcome, record: Record, number: int, tries: int
    ) -> DeliveryError:
        count = len(self.messages)
        posted = record.states.count("posted")
        if answers.is_unclear(outcome):
            return DeliveryError(_unclear(number, count), posted=posted, unclear=True)
        again = (
            f" (message {number} of {count}; the same command goes on with it)"
            if count > 1
            else ""
        )
        words = answers.explained(outcome, tries) + again
        if not isinstance(outcome, Answered):
            return DeliveryError(words, posted=posted)
        return DeliveryError(
            words,
            posted=posted,
            status=outcome.status,
            retry_after_s=transport.wait_s(outcome, self.wire.clock()),
        )


def _last(state: RetryCallState) -> Outcome:
    """Take the outcome of the last try, which is a value and never an exception."""
    if state.outcome is None:
        msg = "no try was made"
        raise RuntimeError(msg)
    outcome: Outcome = state.outcome.result()
    return outcome


def _unclear(number: int, count: int) -> str:
    """Say what only a person can decide."""
    return (
        f"message {number} of {count} was sent, but Slack’s answer was lost, so it may "
        f"be in the channel or not: look, then pass --from {number} if it is not there, "
        f"or --from {number + 1} if it is"
    )
