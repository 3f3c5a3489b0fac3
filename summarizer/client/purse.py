"""Money: what was paid, and what may still be paid.

What a request may cost at most is held before it is sent, and what it cost is entered
afterwards. Both are on the disk, so that a request that a kill cut off counts as if it had
cost the most: it may have been paid.
"""

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from summarizer.client.prices import Price
from summarizer.errors import BudgetError, SettingsError
from summarizer.ports import Usage

NAME: Final = "money.sqlite"
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS paid (name TEXT PRIMARY KEY, article TEXT NOT NULL, "
    "usd REAL NOT NULL) WITHOUT ROWID"
)
_INDEX: Final = "CREATE INDEX IF NOT EXISTS of_article ON paid (article)"
_WAIT_S: Final = 0.05
"""Seconds after which it is looked again whether a request is over."""

_PAYER: ContextVar[str] = ContextVar("payer", default="")


@contextmanager
def paying_for(article: str) -> Iterator[None]:
    """Say for which article is paid while the block runs, its tasks and threads too."""
    token = _PAYER.set(article)
    try:
        yield
    finally:
        _PAYER.reset(token)


def payer() -> str:
    """Tell for which article is paid; "" when nobody said."""
    return _PAYER.get()


@dataclass(frozen=True, slots=True)
class Hold:
    """Money that is held for one request."""

    purse: "Purse"
    name: str
    article: str

    def settle(self, usage: Usage) -> None:
        """Enter what it cost; when the endpoint does not say, it stays at the most."""
        if usage.prompt_tokens or usage.completion_tokens:
            usd = self.purse.price.usd(usage)
            self.purse.enter(self.name, usd, article=self.article)

    def release(self) -> None:
        """Give it back: the endpoint refused the request, and takes nothing for it."""
        self.purse.forget(self.name)

    def end(self) -> None:
        """Let it stand as it is: the request is over, whatever became of it."""
        self.purse.ended(self.name)


class Purse:
    """What a folder, or one command, has paid; safe for threads."""

    def __init__(
        self, price: Price, budget_usd: float | None = None, file: Path | None = None
    ) -> None:
        """Open or make the file.

        Args:
            price: What the model costs.
            budget_usd: US dollars that may be paid in all; None is no limit.
            file: Where it is kept; None for this process alone.

        Raises:
            SettingsError: The file cannot be opened, or is none of ours.
        """
        self.price, self.budget_usd = price, budget_usd
        self._file, self._lock = file, threading.RLock()
        self._under_way: set[str] = set()
        try:
            if file is not None:
                file.touch(mode=0o600)
            self._rows = sqlite3.connect(
                file or ":memory:", isolation_level=None, check_same_thread=False
            )
            self._rows.execute("PRAGMA journal_mode=WAL")
            self._rows.execute("PRAGMA synchronous=FULL")
            self._rows.execute(_TABLE)
            self._rows.execute(_INDEX)
            self._spent = self._sum()
        except (OSError, sqlite3.Error) as exc:
            raise self._unusable(exc) from exc

    def _sum(self) -> float:
        (total,) = self._rows.execute("SELECT total(usd) FROM paid").fetchone()
        return float(total)

    @property
    def spent(self) -> float:
        """US dollars that were paid, and that are held."""
        return self._spent

    @property
    def left(self) -> float:
        """US dollars that may still be paid."""
        if self.budget_usd is None:
            return float("inf")
        return max(0.0, self.budget_usd - self._spent)

    def try_hold(self, most: Usage) -> Hold | float:
        """Hold what a request may cost at most, or say how many seconds to wait.

        Requests that are under way mostly cost less than is held for them.

        Raises:
            BudgetError: That is more than is left, and no request is under way.
        """
        hold = Hold(self, secrets.token_hex(8), payer())
        with self._lock:
            usd = self.price.usd(most)
            if usd > self.left and self._under_way:
                return _WAIT_S
            self.reserve(hold.name, usd, article=hold.article)
            self._under_way.add(hold.name)
        return hold

    def ended(self, name: str) -> None:
        """Note that a request is over."""
        with self._lock:
            self._under_way.discard(name)

    def reserve(self, name: str, usd: float, *, article: str = "") -> None:
        """Hold so many US dollars under a name.

        Raises:
            BudgetError: That is more than is left.
        """
        with self._lock:
            if usd > self.left:
                raise BudgetError(
                    f"the budget of {dollars(self.budget_usd or 0)} is spent: "
                    f"{dollars(self._spent)} were paid, and the next request may take "
                    f"{dollars(usd)}",
                    spent_usd=self._spent,
                )
            self.enter(name, usd, article=article)

    def enter(self, name: str, usd: float, *, article: str = "") -> None:
        """Enter what was paid under a name, in the place of what stood there.

        Raises:
            SettingsError: It cannot be written: nobody would know what was paid.
        """
        self._change("INSERT OR REPLACE INTO paid VALUES (?, ?, ?)", (name, article, usd), usd)  # fmt: skip

    def forget(self, name: str) -> None:
        """Take out what stands under a name."""
        self._change("DELETE FROM paid WHERE name = ?", (name,), 0.0)

    def _change(self, words: str, values: tuple[object, ...], usd: float) -> None:
        try:
            with self._lock:
                before = self._rows.execute(
                    "SELECT usd FROM paid WHERE name = ?", values[:1]
                ).fetchone()
                self._rows.execute(words, values)
                self._spent += usd - (before[0] if before else 0.0)
        except sqlite3.Error as exc:
            raise self._unusable(exc) from exc

    def of(self, article: str) -> float:
        """Tell what was paid for one article, in US dollars."""
        with self._lock:
            (total,) = self._rows.execute(
                "SELECT total(usd) FROM paid WHERE article = ?", (article,)
            ).fetchone()
        return float(total)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _unusable(self, exc: Exception) -> SettingsError:
        why = getattr(exc, "strerror", None) or exc
        return SettingsError(f"cannot keep what was paid in {str(self._file)!r}: {why}")


def dollars(usd: float) -> str:
    """Write US dollars: to the cent, or to two digits that count."""
    if usd == 0 or usd >= 1:
        return f"${usd:,.2f}"
    digits = 2
    while usd < 10**-digits * 10 and digits < 8:
        digits += 1
    words = f"{usd:.{digits}f}"
    return f"${words[:4]}{words[4:].rstrip('0')}"
