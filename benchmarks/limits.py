"""Limits: how much of an endpoint's allowed rate is used, and how much is refused.

A local endpoint counts requests and tokens by token buckets of its own, refuses with 429 and
`retry-after` what goes beyond, and says nothing of its limits. The client is the one that
archives use. The rates are high so that minutes show what hours would.

    python benchmarks/limits.py [SECONDS [REQUESTS_PER_MINUTE [TOKENS_PER_MINUTE]]]
"""

import asyncio
import json
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from endpoint import Answer, completion, error, serving

from schemas.draft import BlindAnswer
from summarizer.client.asking.async_completer import AsyncOpenAICompleter
from summarizer.errors import ModelError
from summarizer.ports import Ask, Message
from summarizer.settings import Settings

ANSWER = json.dumps({"items": []})
READ, WRITTEN = 60, 10
"""Tokens that the endpoint counts for a question, read and written."""


class Enforced:
    """The endpoint's own buckets: a second's worth each, as the strictest have them."""

    def __init__(self, requests: float, tokens: float) -> None:
        self.rates = {"requests": requests / 60, "tokens": tokens / 60}
        self.levels = dict(self.rates)
        self.at = time.monotonic()
        self.lock = threading.Lock()
        self.passed = self.refused = 0

    def __call__(self, _number: int) -> Answer:
        """Answer one request, or refuse it."""
        wanted = {"requests": 1.0, "tokens": float(READ + WRITTEN)}
        with self.lock:
            now = time.monotonic()
            for name, rate in self.rates.items():
                level = self.levels[name] + (now - self.at) * rate
                self.levels[name] = min(level, max(rate, wanted[name]))
            self.at = now
            if any(self.levels[name] < wanted[name] for name in wanted):
                self.refused += 1
                return error(429, retry_after="0.2")
            for name, amount in wanted.items():
                self.levels[name] -= amount
            self.passed += 1
        used = {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN}  # fmt: skip
        return completion(ANSWER, usage=used)


async def asked(settings: Settings, seconds: float, at_once: int) -> int:
    """Ask as fast as the limits allow, for so many seconds; count what fails."""
    client = AsyncOpenAICompleter(settings)
    ends, failed = time.monotonic() + seconds, 0

    async def one() -> None:
        nonlocal failed
        number = 0
        while time.monotonic() < ends:
            number += 1
            words = (Message("user", f"Did it rain in Varos on day {number}?"),)
            try:
                await client.complete(Ask(words, BlindAnswer, 64, None, "s1", ()))
            except ModelError:
                failed += 1

    await asyncio.gather(*(one() for _ in range(at_once)))
    await client.close()
    return failed


def main() -> None:
    """Measure."""
    given = [float(word) for word in sys.argv[1:]]
    seconds, requests, tokens = [*given, *(180.0, 600.0, 600_000.0)[len(given) :]]
    enforced = Enforced(requests, tokens)
    with serving(enforced) as endpoint:
        settings = Settings(
            base_url=endpoint.url, model="m", strategy="whole", structure="json_schema",
            requests_per_minute=requests, tokens_per_minute=tokens,
        )  # fmt: skip
        failed = asyncio.run(asked(settings, seconds, at_once=8))
    allowed = min(requests, tokens / (READ + WRITTEN)) * seconds / 60
    sent = enforced.passed + enforced.refused
    print(
        f"{seconds:.0f} s at {requests:,.0f} requests and {tokens:,.0f} tokens a minute: "
        f"{enforced.passed:,} of {allowed:,.0f} allowed ({enforced.passed / allowed:.1%}), "
        f"{enforced.refused} of {sent:,} refused ({enforced.refused / sent:.2%}), {failed} failed"
    )


main()
