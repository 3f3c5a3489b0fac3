"""Fetching pages from a real server on this machine, friendly and hostile."""

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from website import HTML, PAGE, Reply, serving

from summarizer.errors import InputError
from summarizer.sources import read_article
from summarizer.sources.web import addresses, asking
from summarizer.sources.web.fetching import Page, Policy, fetch
from summarizer.sources.web.pagecache import MOST_PAGES, Kept, PageCache

HERE = Policy(allow_private=True, version="1.2")
PUBLIC = "93.184.216.34"


def _get(url: str, policy: Policy = HERE, cache: PageCache | None = None) -> Page:
    return fetch(url, policy=policy, cache=cache)


def test_a_page_becomes_an_article_with_what_it_says_of_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with serving({"/ferry": Reply(body=PAGE.encode())}) as site:
        article = read_article(f"{site.root}/ferry", allow_private=True)

    source = article.as_source()
    assert (source.title, source.byline, source.publisher) == (
        "Ferry workers ask port for talks",
        "Ana Ruiz",
        "Kasra Post",
    )
    assert (str(source.published), str(source.published_at), str(source.updated)) == (
        "2025-03-05",
        "2025-03-05 09:30:00+02:00",
        "2025-03-06",
    )
    assert (source.uri, source.canonical) == (
        f"{site.root}/ferry",
        "https://post.example/ferry",
    )
    assert (source.language, source.media_type) == ("en-GB", "text/html")
    assert article.words(0).startswith("Ferry workers in Kasra asked")
    assert "newsletter" not in source.text
    assert "All rights" not in source.text


def test_the_fetcher_says_who_it_is() -> None:
    with serving({"/": Reply(body=b"x")}) as site:
        _get(f"{site.root}/")

    headers = site.seen[0][1]
    assert headers["user-agent"].startswith("grounded-briefing/1.2 ")
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert "cookie" not in headers


def test_redirects_are_followed_and_the_last_address_is_kept() -> None:
    site_map = {
        "/a": Reply(301, headers={"Location": "/b?x=1"}),
        "/b?x=1": Reply(302, headers={"Location": "c"}),
        "/c": Reply(body=b"<p>done</p>"),
    }
    with serving(site_map) as site:
        page = _get(f"{site.root}/a")

    assert (page.url, page.raw) == (f"{site.root}/c", b"<p>done</p>")


def test_a_redirect_loop_ends_after_five() -> None:
    with (
        serving({"/": Reply(302, headers={"Location": "/"})}) as site,
        pytest.raises(InputError, match="redirects more than 5 times"),
    ):
        _get(f"{site.root}/")

    assert len(site.seen) == 6


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://169.254.169.254/latest/meta-data/", "leads to 169.254.169.254"),
        ("http://[::ffff:127.0.0.1]/", "leads to ::ffff:7f00:1"),
        ("http://0x7f.1/", "not a web address"),
        ("file:///etc/passwd", "not a web address|only http and https"),
        ("http://u:p@127.0.0.1/", "user name or a password"),
        ("http://0.0.0.0/", "leads to 0.0.0.0"),
        ("http://[::1", "which is no address"),
    ],
)
def test_each_redirect_is_vetted_anew(location: str, words: str) -> None:
    with (
        serving({"/": Reply(302, headers={"Location": location})}) as site,
        pytest.raises(InputError, match=words),
    ):
        _get(f"{site.root}/")


def test_a_redirect_into_this_machine_is_refused() -> None:
    """
    A public name first, then this machine; the public one is never connected to.
    """
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC, "127.0.0.1"]

    with pytest.raises(InputError, match="'post.example' leads to 127.0.0.1"):
        fetch("http://post.example/", policy=Policy(), resolve=resolve)
    assert asked == ["post.example"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/"]
)
def test_this_machine_is_not_fetched_from_unless_allowed(url: str) -> None:
    with pytest.raises(InputError, match="not a public address; --allow-private"):
        fetch(url, policy=Policy())


def test_a_second_answer_of_the_name_server_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """
    Rebinding: the name is public when judged and private when asked again. The
    judged address is the one that is connected to.
    """
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    connected: list[object] = []

    def connect(address: object, *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise OSError("unreachable in tests")

    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(InputError, match="cannot reach"):
        fetch(
            "http://post.example/",
            policy=Policy(),
            resolve=lambda _host, _port: answers.pop(0),
        )

    assert connected == [(PUBLIC, 80)]
    assert len(answers) == 2


def test_the_name_of_the_site_is_sent_though_the_address_is_connected_to() -> None:
    with serving({"/": Reply(body=b"x")}) as site:
        fetch(
            f"http://post.example:{site.port}/",
            policy=HERE,
            resolve=lambda _host, _port: ["127.0.0.1"],
        )

    assert site.seen[0][1]["host"] == f"post.example:{site.port}"


def test_proxies_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")

    with serving({"/": Reply(body=b"x")}) as site:
        assert _get(f"{site.root}/").raw == b"x"


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        threading.Event().wait(0.05)


def _drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(f"x-{number}: 1\r\n".encode())
        handler.wfile.flush()
        threading.Event().wait(0.05)


@pytest.mark.parametrize("slow", [_drip, _drip_headers])
def test_a_slow_drip_ends_at_the_deadline(slow: object) -> None:
    policy = Policy(allow_private=True, deadline_s=0.3)
    started = time.monotonic()
    with (
        serving({"/": Reply(act=slow)}) as site,  # type: ignore[arg-type]  # one of two
        pytest.raises(InputError, match="took more than 0.3 seconds"),
    ):
        _get(f"{site.root}/", policy)

    assert time.monotonic() - started < 2


def test_a_name_server_that_never_answers_ends_at_the_deadline() -> None:
    never = threading.Event()

    def resolve(_host: str, _port: int) -> list[str]:
        never.wait(5)
        return []

    with pytest.raises(InputError, match="took more than"):
        fetch(
            "http://post.example/",
            policy=Policy(deadline_s=0.1),
            resolve=resolve,
        )
    never.set()


def test_a_page_over_the_limit_is_refused() -> None:
    policy = Policy(allow_private=True, max_bytes=1_000)
    with (
        serving({"/": Reply(body=b"x" * 1_001)}) as site,
        pytest.raises(InputError, match="has more than 1,000 bytes"),
    ):
        _get(f"{site.root}/", policy)


def test_a_page_at_the_limit_is_taken() -> None:
    policy = Policy(allow_private=True, max_bytes=1_000)
    with serving({"/": Reply(body=b"x" * 1_000)}) as site:
        assert len(_get(f"{site.root}/", policy).raw) == 1_000


def test_a_gzip_bomb_is_stopped_by_its_unpacked_size() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    policy = Policy(allow_private=True, max_bytes=1_000_000)
    with (
        serving({"/": Reply(body=bomb, headers={"Content-Encoding": "gzip"})}) as site,
        pytest.raises(InputError, match="has more than 1,000,000 bytes"),
    ):
        _get(f"{site.root}/", policy)

    assert len(bomb) < 60_000


def test_a_packed_page_is_unpacked() -> None:
    body = gzip.compress(b"<p>hello</p>" * 20_000)
    with serving({"/": Reply(body=body, headers={"Content-Encoding": "gzip"})}) as site:
        assert _get(f"{site.root}/").raw == b"<p>hello</p>" * 20_000


@pytest.mark.parametrize(
    ("body", "coding", "words"),
    [
        (b"plain", "gzip", "says that it is packed"),
        (gzip.compress(b"x" * 100)[:-9], "gzip", "broke off"),
        (b"x", "br", "packed as 'br', which was not asked for"),
        (b"x", "gzip, gzip", "packed as 'gzip, gzip'"),
    ],
)
def test_what_is_packed_wrongly_is_refused(
    body: bytes, coding: str, words: str
) -> None:
    with (
        serving({"/": Reply(body=body, headers={"Content-Encoding": coding})}) as site,
        pytest.raises(InputError, match=words),
    ):
        _get(f"{site.root}/")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "answered 204"),
        (304, "answered 304"),
        (401, "answered 401 .it wants a password"),
        (403, "answered 403"),
        (404, "answered 404 .no such page"),
        (429, "answered 429 .too many requests"),
        (503, "answered 503 .a fault of the server"),
    ],
)
def test_an_answer_without_a_page_is_said_with_its_status(
    status: int, words: str
) -> None:
    with (
        serving({"/": Reply(status)}) as site,
        pytest.raises(InputError, match=words),
    ):
        _get(f"{site.root}/")


@pytest.mark.parametrize(
    "media_type", ["image/png", "application/octet-stream", "video/mp4", "text/css"]
)
def test_other_kinds_of_content_are_refused_before_they_are_read(
    media_type: str,
) -> None:
    with (
        serving({"/": Reply(body=b"x" * 10, content_type=media_type)}) as site,
        pytest.raises(InputError, match=f"is '{media_type}', which is not read"),
    ):
        _get(f"{site.root}/")


def test_a_page_without_a_content_type_is_taken_for_html() -> None:
    with serving({"/": Reply(body=b"x", content_type=None)}) as site:
        assert _get(f"{site.root}/").kind == "html"


def _cut_off(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 99\r\n\r\nhalf"
    )


def _nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"SSH-2.0-nonsense\r\n")


def _endless_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 100_000)


@pytest.mark.parametrize("fault", [_cut_off, _nonsense, _endless_headers])
def test_a_server_that_breaks_the_protocol_is_one_clear_error(fault: object) -> None:
    with (
        serving({"/": Reply(act=fault)}) as site,  # type: ignore[arg-type]  # one of three
        pytest.raises(InputError, match="does not answer as a web server|cannot reach"),
    ):
        _get(f"{site.root}/")


def test_a_closed_port_and_an_unknown_name_are_said() -> None:
    with pytest.raises(InputError, match="cannot reach 'http://127.0.0.1:9/"):
        _get("http://127.0.0.1:9/")
    with pytest.raises(InputError, match="there is no such host"):
        _get("http://nowhere.example/")


def test_encryption_is_not_dropped_by_a_redirect() -> None:
    here = addresses.target("https://post.example/a")

    with pytest.raises(InputError, match="without encryption"):
        asking.next_target(here, "http://post.example/b", Policy())


def test_a_kept_page_is_asked_for_politely_and_served_from_the_cache(
    tmp_path: Path,
) -> None:
    def answer(_path: str, headers: dict[str, str]) -> Reply:
        if headers.get("if-none-match") == '"v1"':
            return Reply(304)
        return Reply(
            body=b"<p>kept</p>",
            headers={"ETag": '"v1"', "Last-Modified": "Wed, 05 Mar 2025 09:00:00 GMT"},
        )

    cache = PageCache(tmp_path / "pages")
    with serving(answer) as site:
        first = _get(f"{site.root}/", cache=cache)
        second = _get(f"{site.root}/", cache=cache)

    assert first == second
    assert "if-none-match" not in site.seen[0][1]
    assert site.seen[1][1]["if-modified-since"] == "Wed, 05 Mar 2025 09:00:00 GMT"


def test_a_changed_page_replaces_the_kept_one(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    versions = [b"one", b"two"]

    def answer(_path: str, _headers: dict[str, str]) -> Reply:
        body = versions.pop(0)
        return Reply(body=body, headers={"ETag": f'"{body.decode()}"'})

    with serving(answer) as site:
        _get(f"{site.root}/", cache=cache)
        assert _get(f"{site.root}/", cache=cache).raw == b"two"
        kept = cache.get(f"{site.root}/")

    assert kept is not None
    assert kept.etag == '"two"'


@pytest.mark.parametrize("headers", [{}, {"ETag": '"x"', "Cache-Control": "no-store"}])
def test_pages_that_cannot_or_must_not_be_kept_are_not(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    cache = PageCache(tmp_path)
    with serving({"/": Reply(body=b"x", headers=headers)}) as site:
        _get(f"{site.root}/", cache=cache)

    assert list(tmp_path.iterdir()) == []


def test_a_mark_that_cannot_be_sent_back_is_not_kept(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    with serving({"/": Reply(body=b"x", headers={"ETag": '"caf\xe9"'})}) as site:
        _get(f"{site.root}/", cache=cache)
        _get(f"{site.root}/", cache=cache)

    assert "if-none-match" not in site.seen[1][1]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b'{"raw": "%%"}', b"\xff"])
def test_a_damaged_cache_counts_as_empty(tmp_path: Path, damage: bytes) -> None:
    cache = PageCache(tmp_path)
    cache.put("u", Kept(b"x", HTML, '"1"', None))
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)

    assert cache.get("u") is None


def test_the_cache_keeps_no_address_in_clear_and_drops_the_oldest(
    tmp_path: Path,
) -> None:
    cache = PageCache(tmp_path)
    for number in range(MOST_PAGES + 3):
        cache.put(f"https://post.example/?token={number}", Kept(b"x", HTML, "1", None))

    files = list(tmp_path.iterdir())
    assert len(files) == MOST_PAGES
    assert b"token" not in files[0].read_bytes() + files[0].name.encode()


@pytest.mark.parametrize(
    ("stated", "body", "warned"),
    [
        ("text/html; charset=iso-8859-1", "caf\xe9".encode("latin-1"), False),
        ("text/html; charset=utf-8", "caf\xe9".encode("latin-1"), True),
        ("text/html; charset=punycode", "caf\xe9".encode(), False),
        ('text/html; charset="UTF-8"', "caf\xe9".encode(), False),
        (
            "text/html",
            b'<meta charset="windows-1251">' + "caf\xe9".encode(),
            False,
        ),
    ],
)
def test_a_wrong_charset_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    stated: str,
    body: bytes,
    *,
    warned: bool,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    told: list[str] = []
    page = b"<html><body><article><p>The %s in Kasra burned down on Monday.</p>" % body
    with serving({"/": Reply(body=page, content_type=stated)}) as site:
        article = read_article(f"{site.root}/", allow_private=True, warn=told.append)

    assert ("café" in article.text) == (b"1251" not in body)
    assert any("is not (byte" in words for words in told) == warned


@pytest.mark.parametrize(
    ("address", "is_hinted"),
    [("127.0.0.1", True), ("169.254.169.254", False), ("fd00:ec2::254", False)],
)
def test_an_option_is_named_only_where_it_helps(
    address: str, *, is_hinted: bool
) -> None:
    with pytest.raises(InputError) as caught:
        fetch("http://post.example/", policy=Policy(), resolve=lambda *_: [address])

    assert ("--allow-private" in str(caught.value)) is is_hinted
