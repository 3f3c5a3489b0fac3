"""Fetch a page from the web, through redirects, and keep it to be asked for again.

Each redirect is vetted anew and one deadline holds for all of them together.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from summarizer.errors import InputError
from summarizer.sources.formats import sniff
from summarizer.sources.web import addresses, asking
from summarizer.sources.web.asking import Answer, Policy
from summarizer.sources.web.connecting import Resolve, look_up
from summarizer.sources.web.pagecache import Kept, PageCache

__all__ = ["ACCEPT", "Page", "Policy", "fetch", "judge", "look_up", "page"]

ACCEPT: Final = (
    "Accept",
    "text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.1",
)


@dataclass(frozen=True, slots=True)
class Page:
    """What came back.

    Attributes:
        url: Where it came from, after redirects.
        raw: The unpacked body.
        kind: What its media type names.
        charset: The encoding that its server stated.
    """

    url: str
    raw: bytes
    kind: sniff.Kind
    charset: str | None


def fetch(
    url: str,
    *,
    policy: Policy,
    cache: PageCache | None = None,
    resolve: Resolve = look_up,
    clock: Callable[[], float] = time.monotonic,
) -> Page:
    """Fetch a page.

    Args:
        url: An http or https address.
        policy: What is allowed.
        cache: Where pages are kept to be asked for again; None keeps none.
        resolve: Gives all addresses of a host.
        clock: Tells seconds, from any start.

    Raises:
        InputError: It cannot be had, is too large, too slow, of a kind that is not
            read, or stands where nothing is fetched from.
    """
    end = clock() + policy.deadline_s
    where = addresses.target(url, allow_private=policy.allow_private)
    for _ in range(policy.max_redirects + 1):
        kept = cache.get(where.url) if cache else None
        answer = asking.ask(
            where,
            policy=policy,
            headers=[ACCEPT, *_marks(kept)],
            judge=judge,
            resolve=resolve,
            left_s=lambda: end - clock(),
        )
        if answer.location is None:
            return _page(answer, kept, cache)
        where = asking.next_target(where, answer.location, policy)
    msg = f"{url[:200]!r} redirects more than {policy.max_redirects} times"
    raise InputError(msg)


def judge(answer: Answer) -> None:
    """Refuse what is not read before its body comes.

    Raises:
        InputError: Its media type is none that is read.
    """
    _kind(answer.where.url, answer.content_type)


def page(answer: Answer) -> Page:
    """Take an answer with a body as a page.

    Raises:
        InputError: Its media type is none that is read.
    """
    kind = _kind(answer.where.url, answer.content_type)
    return Page(answer.where.url, answer.raw, kind, answer.charset)


def _marks(kept: Kept | None) -> list[tuple[str, str]]:
    marks: list[tuple[str, str]] = []
    if kept and kept.etag:
        marks.append(("If-None-Match", kept.etag))
    if kept and kept.modified:
        marks.append(("If-Modified-Since", kept.modified))
    return marks


def _page(answer: Answer, kept: Kept | None, cache: PageCache | None) -> Page:
    """Take the page that came, or the one that was kept, which still holds."""
    if answer.status == 304 and kept is not None:
        stated = {"content-type": kept.content_type}
        return page(Answer(answer.where, 200, stated, kept.raw))
    if answer.status != 200:
        raise asking.refused(answer)
    if cache and "no-store" not in answer.headers.get("cache-control", "").lower():
        marks = answer.mark("etag"), answer.mark("last-modified")
        kept = Kept(answer.raw, answer.content_type, *marks)
        cache.put(answer.where.url, kept)
    return page(answer)


def _kind(url: str, content_type: str) -> sniff.Kind:
    media_type = content_type.partition(";")[0].strip().lower()
    if not media_type:
        return "html"
    found = sniff.by_media_type(media_type)
    if found is None:
        msg = f"{url[:200]!r} is {media_type[:80]!r}, which is not read"
        raise InputError(msg)
    return found
