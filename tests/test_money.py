"""Money: what a call costs, and a run that ends before more is paid than it may."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from endpoint import Answer, Endpoint, completion, error, serving
from typer.testing import CliRunner, Result

from schemas.briefing import Briefing
from summarizer.cli import app
from summarizer.client import prices
from summarizer.client.prices import Price
from summarizer.client.purse import Hold, Purse, dollars, paying_for
from summarizer.errors import BudgetError, SettingsError
from summarizer.ports import Usage
from summarizer.settings import Settings

TEXT = "Kenya urged Chad on Friday to free the crew of boat {}."
WHOLE = json.dumps(
    {
        "requests": [], "positions": [], "casualties": [], "developments": [],
        "roles": [], "open_questions": [], "bottom_line": "",
    }
)  # fmt: skip
USED = {"prompt_tokens": 2_000, "completion_tokens": 500, "total_tokens": 2_500}
"""At 10 dollars a million in and 20 out an answer costs 3 cents."""

PRICED = ("--price-in", "10", "--price-out", "20")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _archive(count: int) -> None:
    rows = ({"body": TEXT.format(n), "date": "2025-03-05"} for n in range(count))
    Path("in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")


def _environ(endpoint: Endpoint) -> dict[str, str]:
    return {
        "OPENAI_BASE_URL": endpoint.url, "SUMMARIZER_MODEL": "m",
        "SUMMARIZER_STRATEGY": "whole", "SUMMARIZER_STRUCTURE": "json_schema",
        "SUMMARIZER_TIMEOUT_S": "20",
    }  # fmt: skip


def _batch(endpoint: Endpoint, *words: str) -> Result:
    return CliRunner().invoke(
        app, ["batch", "in.jsonl", "-o", "out", "-q", *words], env=_environ(endpoint)
    )


def _answered() -> Answer:
    return completion(WHOLE, usage=USED)


def _rows() -> list[dict[str, object]]:
    files = sorted(Path("out").glob("briefings-*.jsonl"))
    return [json.loads(x) for f in files for x in f.read_text("utf-8").splitlines()]


# -- prices ------------------------------------------------------------------------


def test_a_call_costs_what_it_read_had_kept_and_wrote_thoughts_too() -> None:
    price = Price(read=2, written=10, cached=1)
    usage = Usage(1, prompt_tokens=3_000, cached_tokens=1_000, completion_tokens=500, reasoning_tokens=400)  # fmt: skip

    assert price.usd(usage) == pytest.approx((2_000 * 2 + 1_000 * 1 + 500 * 10) / 1e6)
    assert price.halved.usd(usage) == pytest.approx(price.usd(usage) / 2)


def test_a_model_of_a_known_provider_has_the_price_that_is_listed() -> None:
    price = prices.of(Settings(api_key="k", model="gpt-4o-mini"))

    assert price is not None
    assert price.read > price.cached > 0
    assert price.written > price.read


def test_the_price_of_ones_own_wins() -> None:
    settings = Settings(api_key="k", model="gpt-4o-mini", price_in=1, price_out=2)

    assert prices.of(settings) == Price(1, 2, 1)


def test_a_model_on_a_machine_of_ones_own_has_no_listed_price() -> None:
    settings = Settings(base_url="http://127.0.0.1:8000/v1", model="gpt-4o-mini")

    assert prices.of(settings) is None
    with pytest.raises(SettingsError, match="pass --price-in and --price-out"):
        prices.known(settings)


def test_the_embedded_model_is_free() -> None:
    assert prices.of(Settings()) == Price(0, 0, 0)


def test_half_a_price_is_refused() -> None:
    with pytest.raises(SettingsError, match="price_in is set and price_out is not"):
        Settings(price_in=1)


def test_a_file_has_a_price_for_each_model() -> None:
    Path("summarizer.toml").write_text(
        '[prices."m"]\nin = 10\nout = 20\n[prices."other"]\nin = 1\nout = 1\n', "utf-8"
    )
    result = CliRunner().invoke(
        app, ["config", "show", "--base-url", "http://h/v1", "--model", "m"]
    )

    shown = dict(line.split()[:2] for line in result.stdout.splitlines())
    assert (shown["price_in"], shown["price_out"]) == ("10.0", "20.0")
    assert "summarizer.toml" in result.stdout


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("prices = 3", "prices must be a table"),
        ('[prices."m"]\nin = "much"', "the price 'in' of 'm' must be a number"),
        ('[prices."m"]\nread = 3', "must be a table with in, out, cached"),
        ("budget_usd = -1", "budget_usd must be a number of US dollars above 0"),
    ],
)
def test_money_in_a_file_that_is_none_is_one_sentence(table: str, words: str) -> None:
    Path("summarizer.toml").write_text(table, "utf-8")

    result = CliRunner().invoke(app, ["config", "show"])

    assert result.exit_code == 4
    assert words in result.stderr


@pytest.mark.parametrize(
    ("usd", "words"),
    [(0, "$0.00"), (1234.5, "$1,234.50"), (0.25, "$0.25"), (0.031, "$0.031"), (0.00042, "$0.00042")],
)  # fmt: skip
def test_dollars_are_written_to_two_digits_that_count(usd: float, words: str) -> None:
    assert dollars(usd) == words


# -- the purse -----------------------------------------------------------------------


def test_what_is_held_counts_as_paid_until_it_is_settled() -> None:
    with Purse(Price(10, 20, 5), budget_usd=1) as purse:
        with paying_for("a"):
            hold = purse.try_hold(Usage(prompt_tokens=50_000, completion_tokens=10_000))
        assert isinstance(hold, Hold)
        assert purse.spent == pytest.approx(0.7)
        assert isinstance(purse.try_hold(Usage(prompt_tokens=50_000)), float)
        hold.end()
        with pytest.raises(BudgetError, match=r"budget of \$1\.00 is spent: \$0\.70"):
            purse.try_hold(Usage(prompt_tokens=50_000))
        hold.settle(Usage(prompt_tokens=10_000, completion_tokens=1_000))

        assert purse.spent == pytest.approx(0.12)
        assert purse.of("a") == pytest.approx(0.12)


def test_what_a_kill_cut_off_counts_as_if_it_had_cost_the_most(folder: Path) -> None:
    with Purse(Price(10, 20, 5), file=folder / "m.sqlite") as purse:
        purse.try_hold(Usage(prompt_tokens=50_000))

    with Purse(Price(10, 20, 5), file=folder / "m.sqlite") as purse:
        assert purse.spent == pytest.approx(0.5)


# -- runs ----------------------------------------------------------------------------


def test_a_run_says_what_was_paid_and_each_row_what_it_cost() -> None:
    _archive(2)
    with serving(_answered()) as endpoint:
        result = _batch(endpoint, *PRICED)

    assert "$0.06 were paid, $0.03 an article." in result.stdout
    made = [Briefing.model_validate(row["briefing"]) for row in _rows()]
    assert [b.provenance.cost for b in made] == [pytest.approx(0.03)] * 2


def test_without_a_price_nothing_is_said_of_money() -> None:
    _archive(1)
    with serving(_answered()) as endpoint:
        result = _batch(endpoint)

    assert "$" not in result.stdout
    assert not Path("out/money.sqlite").exists()


def test_a_budget_without_a_price_is_refused_before_anything_is_asked() -> None:
    _archive(1)
    with serving(_answered()) as endpoint:
        result = _batch(endpoint, "--budget-usd", "1")

        assert endpoint.seen == []
    assert result.exit_code == 4
    assert "no price is known of 'm'" in result.stderr


def test_the_run_ends_before_more_is_paid_and_goes_on_with_a_larger_budget() -> None:
    _archive(30)
    with serving(_answered()) as endpoint:
        first = _batch(endpoint, *PRICED, "--budget-usd", "0.6")
        paid = len(endpoint.seen)
        same = _batch(endpoint, *PRICED, "--budget-usd", "0.6")
        stood = len(endpoint.seen)
        more = _batch(endpoint, *PRICED, "--budget-usd", "3")

        assert len(endpoint.seen) == 30
    assert 0.6 - 0.15 - 0.03 <= paid * 0.03 <= 0.6  # a request may take 0.15
    assert stood == paid
    assert [first.exit_code, same.exit_code, more.exit_code] == [13, 13, 0]
    assert f"{30 - paid} articles are left" in first.stderr
    assert "a larger --budget-usd goes on" in first.stderr
    assert f"| done | {paid} |" in first.stdout
    assert "| failed | 0 |" in first.stdout
    assert "| done | 30 |" in more.stdout


def test_a_request_that_is_refused_costs_nothing() -> None:
    _archive(1)
    with serving(error(500), error(500), _answered()) as endpoint:
        result = _batch(endpoint, *PRICED, "--budget-usd", "3")

        assert len(endpoint.seen) == 3
    assert "$0.03 were paid" in result.stdout


def test_a_reply_that_is_kept_costs_nothing() -> None:
    _archive(2)
    with serving(_answered()) as endpoint:
        _batch(endpoint, *PRICED)
        Path("out/ledger.sqlite").unlink()
        for file in Path("out").glob("briefings-*"):
            file.unlink()
        for name in ("report.md", "failed.jsonl", "index.html", *[p.name for p in Path("out").glob("*.csv")]):  # fmt: skip
            Path("out", name).unlink()
        again = _batch(endpoint, *PRICED)

        assert len(endpoint.seen) == 2
    assert "$0.06 were paid" in again.stdout


@pytest.fixture
def slow() -> Iterator[Endpoint]:
    pause = threading.Event()

    def late(_number: int) -> Answer:
        pause.wait(0.05)
        return _answered()

    with serving(late) as endpoint:
        yield endpoint


def test_kills_do_not_overdraw_a_budget(slow: Endpoint) -> None:
    _archive(40)
    words = ["batch", "in.jsonl", "-o", "out", "-q", *PRICED, "--budget-usd", "1"]
    command = [sys.executable, "-m", "summarizer.cli", *words]
    environ = {**os.environ, **_environ(slow)}
    for wanted in (3, 7):
        run = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # fmt: skip
        while len(slow.seen) < wanted and run.poll() is None:
            threading.Event().wait(0.01)
        run.send_signal(signal.SIGKILL)
        run.wait()

    last = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)  # fmt: skip

    assert last.returncode == 13
    assert len(slow.seen) * 0.03 <= 1
    (spent,) = sqlite3.connect("out/money.sqlite").execute("SELECT total(usd) FROM paid").fetchone()  # fmt: skip
    assert len(slow.seen) * 0.03 <= spent <= 1


def test_a_briefing_whose_budget_is_spent_names_what_was_not_read() -> None:
    Path("story.txt").write_text(" ".join(TEXT.format(n) for n in range(30)), "utf-8")
    answers: list[Callable[[int], Answer]] = [lambda _n: completion(usage=USED)]
    with serving(*answers) as endpoint:
        result = CliRunner().invoke(
            app,
            ["brief", "story.txt", "-q", "-f", "json", "--no-cache", *PRICED, "--budget-usd", "0.1"],
            env={**_environ(endpoint), "SUMMARIZER_STRATEGY": "focused"},
        )  # fmt: skip

        assert 0 < len(endpoint.seen) * 0.03 <= 0.1
    assert result.exit_code == 0
    made = Briefing.model_validate_json(result.stdout)
    assert "the budget of $0.10 is spent" in made.coverage.passages_failed[0].reason


# -- before anything is paid -----------------------------------------------------------


def test_a_dry_run_says_what_it_costs_and_what_cannot_be_read() -> None:
    Path("news").mkdir()
    Path("news/good.txt").write_text(TEXT.format(1) * 200, "utf-8")
    Path("news/empty.txt").write_text(" \n", "utf-8")
    Path("news/picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 99)
    with serving(_answered()) as endpoint:
        words = ["batch", "news", "-o", "out", "--dry-run", *PRICED]
        result = CliRunner().invoke(app, words, env=_environ(endpoint))

        assert endpoint.seen == []
    assert result.stdout.startswith("3 articles\n2 of them cannot be read\n")
    assert "1: it is empty" in result.stdout
    assert "of articles of 1,800 words" in result.stdout
    assert "cost: about $0." in result.stdout
    assert "time: nobody knows yet; --limit 10 does ten" in result.stdout


def test_a_dry_run_goes_by_what_was_done() -> None:
    _archive(4)
    with serving(_answered()) as endpoint:
        _batch(endpoint, *PRICED, "--limit", "2")
        result = _batch(endpoint, *PRICED, "--dry-run")

    assert (
        "about 8,000 tokens read and 2,000 written, as the 2 articles took that are done"
        in result.stdout
    )
    assert "cost: about $0.12" in result.stdout
    assert "time: about" in result.stdout


def test_limits_tell_how_long_it_takes_at_least() -> None:
    _archive(600)
    with serving(_answered()) as endpoint:
        result = _batch(endpoint, "--dry-run", "--requests-per-minute", "60")

    assert "time: at least 10 minutes" in result.stdout
    assert "cost: no price is known of the model" in result.stdout
