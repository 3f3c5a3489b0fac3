"""Heed robots.txt: whether a page may be read by a program, as its site says (RFC 9309)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from protego import Protego

from summarizer.errors import InputError
from summarizer.sources.web.addresses import Target
from summarizer.sources.web.asking import Policy
from summarizer.watch.polling.web import PRODUCT, LaterError, Now, Web

KEPT: Final = timedelta(days=1)
"""How long a site's rules are kept."""
KEPT_FAILURE: Final = timedelta(minutes=10)
"""How long a site is left alone whose rules cannot be had."""
_MOST_BYTES: Final = 512_000
"""Bytes of the rules that are read, as the standard asks for at least."""
_MOST_SITES: Final = 5_000
_MOST_DELAY_S: Final = 600.0
_MOST_LINE: Final = 2_000


class RefusedError(InputError):
    """A site does not want this page to be read by programs."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one site; None of them when they cannot be had."""

    rules: Protego | None
    until: float
    why: str = ""


class Robots:
    """The rules of all sites, each asked for once a day."""

    def __init__(self, web: Web, now: Now) -> None:
        self._web, self._now = web, now
        self._sites: dict[str, _Rules] = {}

    async def check(self, where: Target) -> None:
        """Let a request pass, or refuse it.

        Raises:
            RefusedError: The site's rules forbid the page.
            LaterError: They cannot be had for now, so nothing may be read.
        """
        origin = f"{where.scheme}://{where.host}:{where.port}"
        now = self._now().timestamp()
        found = self._sites.get(origin)
        if found is None or found.until <= now:
            found = await self._asked(where)
            self._keep(origin, found, now)
        if found.rules is None:
            msg = f"the robots.txt of {where.host!r} cannot be had, so its pages wait: {found.why}"
            raise LaterError(msg, retry_after_s=found.until - now)
        if not found.rules.can_fetch(where.url, PRODUCT):
            msg = f"the robots.txt of {where.host!r} forbids {where.url[:200]!r}"
            raise RefusedError(msg)

    def delay_s(self, host: str) -> float:
        """Give the seconds that a host whose rules are known wants between requests."""
        wished = [
            found.rules.crawl_delay(PRODUCT) or 0.0
            for origin, found in self._sites.items()
            if found.rules is not None and origin.partition("://")[2].startswith(host)
        ]
        return min(max(wished, default=0.0), _MOST_DELAY_S)

    def _keep(self, origin: str, found: _Rules, now: float) -> None:
        if len(self._sites) >= _MOST_SITES:
            self._sites = {k: v for k, v in self._sites.items() if v.until > now}
            if len(self._sites) >= _MOST_SITES:
                self._sites.clear()
        self._sites[origin] = found

    async def _asked(self, where: Target) -> _Rules:
        """Ask for the rules: none at all allow everything, a fault forbids for now."""
        at = Target(where.scheme, where.host, where.port, "/robots.txt")
        now = self._now()
        try:
            reached = await self._web.get(at.url, policy=self._policy())
        except InputError as exc:
            status = exc.status if isinstance(exc, LaterError) else None
            why = str(exc) if status is None else f"it answered {status}"
            return _Rules(None, (now + KEPT_FAILURE).timestamp(), why)
        status = reached.answer.status
        if status >= 500:
            until = (now + KEPT_FAILURE).timestamp()
            return _Rules(None, until, f"it answered {status}")
        words = ""
        if status == 200:
            words = reached.answer.raw.decode("utf-8", "replace").removeprefix("\ufeff")
        return _Rules(_parsed(words), (now + KEPT).timestamp())

    def _policy(self) -> Policy:
        pages = self._web.manners.pages()
        return Policy(
            allow_private=pages.allow_private,
            max_bytes=_MOST_BYTES,
            deadline_s=pages.deadline_s,
            user_agent=pages.user_agent,
        )


def _parsed(words: str) -> Protego:
    return Protego.parse("\n".join(line[:_MOST_LINE] for line in words.splitlines()))
