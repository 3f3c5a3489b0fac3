"""Tell when two items are one article. Pure.

By what its feed calls it, by its address, or by its words. Keys are digests, so that
months of them stay small.
"""

import hashlib
import re
import unicodedata
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING: Final = re.compile(
    r"(?i)utm_\w*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|at_(?:medium|campaign|"
    r"custom\d|link_\w+|ptr_name|format|bbc_team)|ns_(?:mchannel|source|campaign|linkname|fee)|"
    r"cmpid|cmp|ocid|_ga|ref_src|smid|partner|amp|outputtype|traffic_source"
)
"""Parameters that say where a reader came from, not what is read; `ref` and `source` are
left: on some sites they name the article."""
_AMP_CACHE: Final = re.compile(r"(?i)[^/]+\.cdn\.ampproject\.org/\w/(?:s/)?(.+)")
_GOOGLE_AMP: Final = re.compile(r"(?i)(?:www\.)?google\.[a-z.]{2,6}/amp/(?:s/)?(.+)")
_LEAST_WORDS: Final = 80
"""Letters and digits from which words alone tell an article; "Live" tells none."""


def canonical(address: str) -> str | None:
    """Bring an address to the form in which equal ones are equal.

    Without scheme, "www.", AMP, fragment, what only tracks, and the last slash.

    Returns:
        None when it is no web address, or that of a site's front page, which is the
        address of no article.
    """
    shown = _plain(address)
    return shown if shown and ("/" in shown or "?" in shown) else None


def site(host: str) -> str:
    """Name the site of a host: "amp.", "www." and "m." before it are the same site."""
    plain = host.lower()
    for mark in ("www.", "amp.", "m.", "mobile."):
        rest = plain.removeprefix(mark)
        if "." in rest:
            plain = rest
    return plain


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site."""
    first, second = _plain(one), _plain(other)
    if first is None or second is None:
        return False
    return re.split(r"[/?]", first)[0] == re.split(r"[/?]", second)[0]


def words_of(title: str | None, text: str) -> str | None:
    """Digest the words of an article, whatever their case, spaces and marks.

    Returns:
        None when they are too few to tell an article.
    """
    flat = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", f"{title or ''}{text}"))
    return key("words", flat.casefold()).hex() if len(flat) >= _LEAST_WORDS else None


def text_of(text: str) -> str:
    """Digest a text, whatever its spaces: another digest is another version."""
    plain = unicodedata.normalize("NFC", text)
    return hashlib.sha256(
        " ".join(plain.split()).encode("utf-8", "replace")
    ).hexdigest()


def print_of(title: str | None, content: str, updated: str | None) -> str:
    """Digest what a source says of an item: its words, and when it says it changed."""
    return f"{text_of(f'{title} {content}')[:32]}:{updated or ''}"


def say_the_same(one: str, other: str) -> bool:
    """Tell whether two prints are of the same words, whatever times were stated."""
    return one.partition(":")[0] == other.partition(":")[0]


def key(*parts: str) -> bytes:
    """Make a key of 16 bytes; parts cannot run into each other."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "replace")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.digest()[:16]


def _path(path: str) -> str:
    plain = re.sub(r"(?i)(?:/amp)?/?$|\.amp(?=\.html?$)", "", path or "/")
    return re.sub(r"(?i)^/amp(?=/)", "", plain)


def _plain(address: str) -> str | None:
    found = re.fullmatch(r"(?i)https?://(\S{1,4000})", address.strip())
    if found is None:
        return None
    words = found[1]
    for cached in (_AMP_CACHE, _GOOGLE_AMP):
        if inner := cached.match(words):
            words = inner[1]
    try:
        parts = urlsplit(f"https://{words}")
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        return None
    if not host:
        return None
    query = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(pair[0])
    ]
    shown = f"{site(host)}{f':{port}' if port not in {None, 80, 443} else ''}{_path(parts.path)}"
    return f"{shown}?{urlencode(sorted(query))}" if query else shown
