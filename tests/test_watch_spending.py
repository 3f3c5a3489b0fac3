"""What a day may cost: requests, tokens, dollars."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk import rule

from schemas.briefing import Provenance
from summarizer.client.prices import FREE, Price
from summarizer.errors import SettingsError
from summarizer.watch import figures
from summarizer.watch.configuring import Budget, parsed
from summarizer.watch.opening import check_budget
from summarizer.watch.spending import Spending, Spent

ZONE = ZoneInfo("UTC")
NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
PRICE = Price(read=1.0, written=4.0, cached=0.5)
MADE = Provenance(
    model="invented",
    endpoint="api.example",
    strategy="sections",
    prompt_sha256="0" * 64,
    calls=3,
    prompt_tokens=100_000,
    cached_tokens=20_000,
    completion_tokens=10_000,
)
PAID = 0.08 * 1.0 + 0.02 * 0.5 + 0.01 * 4.0


@pytest.fixture
def rows() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")


def test_dollars_are_counted_by_the_kind_of_token(rows: sqlite3.Connection) -> None:
    spending = Spending(rows, lambda: PRICE)
    spending.add(NOW, ZONE, MADE)

    assert spending.of_day(NOW.date()).usd == pytest.approx(PAID)


def test_what_cost_nothing_on_this_machine_is_no_dollar(
    rows: sqlite3.Connection,
) -> None:
    spending = Spending(rows, lambda: PRICE)
    spending.add(NOW, ZONE, MADE.model_copy(update={"cost": 0.0}))

    assert spending.of_day(NOW.date()).usd == 0


def test_dollars_that_are_left_are_told_in_tokens_of_the_dearer_kind(
    rows: sqlite3.Connection,
) -> None:
    spending = Spending(rows, lambda: PRICE)
    spending.add(NOW, ZONE, MADE)

    left = spending.left(NOW, ZONE, Budget(usd=PAID + 0.4))
    assert left is not None
    assert left.tokens == pytest.approx(100_000, abs=1)


@pytest.mark.parametrize("limits", [{"usd": PAID}, {"calls": 3}, {"tokens": 110_000}])
def test_when_the_day_is_spent_nothing_is_left_before_the_next(
    rows: sqlite3.Connection, limits: Mapping[str, float]
) -> None:
    spending = Spending(rows, lambda: PRICE)
    spending.add(NOW, ZONE, MADE)
    budget = Budget.model_validate(limits)

    assert spending.left(NOW, ZONE, budget) is None
    assert spending.left(NOW + timedelta(days=1), ZONE, budget) is not None


def test_a_free_model_is_not_limited_by_dollars(rows: sqlite3.Connection) -> None:
    spending = Spending(rows, lambda: FREE)

    assert spending.left(NOW, ZONE, Budget(usd=0.01)) == Budget()


def test_dollars_without_a_price_are_refused_at_the_start() -> None:
    file = parsed(rule() + "[budget]\nusd = 2.5\n", "watch.toml")

    with pytest.raises(SettingsError, match=r"^\[budget\] usd: no price is known"):
        check_budget(file, lambda: None)
    check_budget(file, lambda: PRICE)


def test_a_state_of_before_goes_on_and_counts_dollars(rows: sqlite3.Connection) -> None:
    rows.execute(
        "CREATE TABLE spending (day TEXT PRIMARY KEY, briefings INTEGER, calls INTEGER, "
        "tokens INTEGER, kept INTEGER, seconds REAL) WITHOUT ROWID"
    )
    rows.execute("INSERT INTO spending VALUES ('2031-03-05', 1, 2, 3, 0, 4.0)")
    spending = Spending(rows, lambda: PRICE)
    spending.add(NOW, ZONE, MADE)

    spent = spending.of_day(NOW.date())
    assert replace(spent, usd=0.0) == Spent(2, 5, 110_003, 0, 4.0)
    assert spent.usd == pytest.approx(PAID)


def test_status_and_figures_tell_the_dollars() -> None:
    found = figures.Figures(
        at=NOW, sources=(), articles=0, to_read=0, stories=0, to_brief=0, editions=0,
        posts={}, oldest_waiting=None, briefings=1, calls=3, tokens=110_000, kept=0,
        seconds=1.0, usd=PAID,
    )  # fmt: skip

    assert "0.13 US dollars" in figures.status(found)
    assert "grounded_briefing_watch_usd_total 0.130000" in figures.metrics(found)
