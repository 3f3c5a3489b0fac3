"""Time and memory of polling many feeds: all new, all as they were, and one article new in each.

A process of its own serves the feeds after a pause, as a far server would; each feed has
a host of its own, whose name leads to this machine. All is invented. The pages are not
there, so that articles are told by the feeds' own words; what reading a page takes is
measured apart.

Run it with `.venv/bin/python benchmarks/feeds.py [feeds] [milliseconds of pause]`.
"""

import asyncio
import hashlib
import resource
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from summarizer.plan import Plan
from summarizer.settings import Settings
from summarizer.watch.configuring import parsed
from summarizer.watch.figures import metrics, read
from summarizer.watch.opening import Given, opened
from summarizer.watch.polling.poller import Poller
from summarizer.watch.polling.seen import Seen
from summarizer.watch.polling.values import PollReport, Source
from summarizer.watch.polling.web import Manners

ITEMS = 30
"""Items of a feed, each with some 900 characters: 40 kB, as a newspaper's feed."""
PAGES = 24
"""Pages that are read."""
WORDS = (
    "The harbour master of Belmora said on Monday that ship {0} of line {1} would not "
    "sail before noon, and that {2} workers had asked the port authority to open talks. "
)
CLOCK = [datetime(2025, 3, 5, 12, tzinfo=UTC)]


def feed(number: int, newest: int) -> bytes:
    """Write feed *number*, whose newest item is *newest*."""
    items = "".join(
        f"<item><guid>{number}-{n}</guid><title>Line {number} stops ship {n}</title>"
        f"<link>http://feed{number}.example:8080/{n}</link>"
        f"<pubDate>Wed, 05 Mar 2025 09:{n % 60:02}:00 GMT</pubDate>"
        f"<description>{told(n, number)}</description></item>"
        for n in range(newest, newest - ITEMS, -1)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Line {number}</title>{items}</channel></rss>".encode()


def told(one: int, other: int) -> str:
    """Write some 900 characters."""
    return "".join(WORDS.format(one, other, n) for n in range(5))


async def answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pause_s: float
) -> None:
    """Answer one request: "/feed?30" is the feed whose newest item is 30."""
    request = (await reader.readuntil(b"\r\n\r\n")).decode()
    await asyncio.sleep(pause_s)
    host = next(h for h in request.split("\r\n") if h.lower().startswith("host:"))
    number = int("".join(c for c in host.split(".")[0] if c.isdigit()) or 0)
    path = request.split(" ")[1]
    status, body = "404 Not Found", b""
    if path == "/feed":
        body = feed(number, NEWEST[0])
        etag = hashlib.sha256(body).hexdigest()[:20]
        status = "304 Not Modified" if etag in request else "200 OK"
    elif path.startswith("/newest/"):
        NEWEST[0] = int(path.rpartition("/")[2])
    elif path.startswith("/page/"):
        status, body = "200 OK", page(path)
    etag = hashlib.sha256(body).hexdigest()[:20]
    if status.startswith("304"):
        body = b""
    kind = "text/html" if path.startswith("/page/") else "text/xml"
    head = f'HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nETag: "{etag}"\r\nContent-Length: {len(body)}\r\n\r\n'
    writer.write(head.encode() + body)
    await writer.drain()
    writer.close()


NEWEST = [ITEMS]


def page(path: str) -> bytes:
    """Write a page of some 100 kB around an article, as newspapers do."""
    number = int(path.rpartition("/")[2])
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(1_500))
    article = "".join(f"<p>{told(number, n)}</p>" for n in range(4))
    return f"<!doctype html><html><body><nav><ul>{menu}</ul></nav><article><h1>Line {number}</h1>{article}</article></body></html>".encode()


async def serve(pause_s: float) -> None:
    """Serve until the process is ended, and say where on the first line."""
    server = await asyncio.start_server(
        lambda reader, writer: answer(reader, writer, pause_s),
        "127.0.0.1",
        0,
        backlog=600,
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def peak_mb(pid: int | str) -> float:
    """Give the most memory that a process held, in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1_024 / 1e6


def cpu_of(pid: int) -> float:
    """Give the seconds of processor time that a process took."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def child_of(poller: Poller) -> int | None:
    """Name the process that reads feeds."""
    child = poller._reader._child  # noqa: SLF001  whose memory is measured
    return child.pid if child else None


def cpu_s(poller: Poller) -> float:
    """Give the seconds of processor time of this process and its children."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = child_of(poller)
    return (
        time.process_time()
        + ended.ru_utime
        + ended.ru_stime
        + (cpu_of(child) if child else 0.0)
    )


def measured(name: str, poller: Poller) -> PollReport:
    """Poll once, and print what it took."""
    start, before = time.perf_counter(), cpu_s(poller)
    report = asyncio.run(poller.poll_due())
    child = child_of(poller)
    ours, its = peak_mb("self"), peak_mb(child) if child else 0.0
    print(
        f"{name:<22} {time.perf_counter() - start:6.1f} s  {cpu_s(poller) - before:6.2f} s CPU  "
        f"peak {ours:4.0f} + {its:3.0f} MB  {report.polled} polled, {report.unchanged} unchanged, "
        f"{len(report.versions)} versions, {report.waiting} waiting, {len(report.troubles)} troubles"
    )
    return report


def follow(sources: list[Source], db: sqlite3.Connection) -> Poller:
    """Make a poller for which every name leads to this machine."""
    manners = Manners(contact="https://reader.example/", allow_private=True, pause_s=0)
    return Poller(
        sources,
        Seen(db),
        manners=manners,
        now=lambda: CLOCK[0],
        chance=lambda: 0.0,
        resolve=lambda _host, _port: ["127.0.0.1"],
    )


def main() -> None:
    """Measure."""
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(float(sys.argv[2])))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    pause_s = (int(sys.argv[2]) if len(sys.argv) > 2 else 200) / 1_000
    server = subprocess.Popen(  # noqa: S603  this file
        [sys.executable, __file__, "serve", str(pause_s)], stdout=subprocess.PIPE
    )
    try:
        assert server.stdout is not None  # noqa: S101  it was asked for
        port = int(server.stdout.readline())
        with tempfile.TemporaryDirectory() as folder:
            rounds(count, port, Path(folder))
    finally:
        server.kill()
        server.wait()


def rounds(count: int, port: int, folder: Path) -> None:
    """Poll *count* feeds again and again."""
    db = sqlite3.connect(folder / "watch.db")
    sources = [
        Source(name=f"f{n}", kind="feed", place=f"http://feed{n}.example:{port}/feed")
        for n in range(count)
    ]
    poller = follow(sources, db)
    measured("all new, first look", poller)
    for number in range(3):
        CLOCK[0] += timedelta(hours=1)
        measured(f"quiet, all 304, no. {number + 1}", poller)
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /newest/%d HTTP/1.1\r\nHost: x\r\n\r\n" % (ITEMS + 1))
        line.recv(100)
    CLOCK[0] += timedelta(hours=1)
    report = measured("one new in each", poller)
    while report.waiting:
        report = measured("  the rest of them", poller)
    poller.close()
    whole(sources, folder)
    pages(port, folder)
    db.close()


def whole(sources: list[Source], folder: Path) -> None:
    """Measure a quiet round of the whole watch: steps, due times, figures, and the poll."""
    given = Given(
        place=folder, folder=folder / "state", settings=Settings(), plan=Plan(),
        is_asked=False, environ={}, allow_private=True, tell=lambda _line: None,
        now=lambda: CLOCK[0], sleep=lambda _s: None, pause_s=0,
    )  # fmt: skip
    file = parsed(
        'contact = "x@reader.example"\ntimezone = "UTC"\n[[source]]\nname = "one"\n'
        'place = "https://one.example/feed"\n',
        "watch.toml",
    )
    with opened(file, given) as watch:
        watch.poller.close()
        watch.poller = follow(sources, watch.rows)

        def polled() -> None:
            metrics(read(watch.rows, CLOCK[0]))

        watch.polled = polled
        asyncio.run(watch.run_once())
        for number in range(3):
            CLOCK[0] += timedelta(hours=1)
            start, before = time.perf_counter(), cpu_s(watch.poller)
            asyncio.run(watch.run_once())
            took = cpu_s(watch.poller) - before
            print(
                f"quiet round of the whole watch, no. {number + 1}: "
                f"{time.perf_counter() - start:.1f} s, {took:.2f} s CPU, peak {peak_mb('self'):.0f} MB"
            )
        watch.poller.close()


def pages(port: int, folder: Path) -> None:
    """Read some pages."""
    urls = folder / "pages.urls"
    lines = [f"http://page{n}.example:{port}/page/{n}" for n in range(PAGES)]
    urls.write_text("\n".join(lines), "utf-8")
    source = Source(name="list", kind="addresses", place=str(urls), backfill=PAGES)
    db = sqlite3.connect(folder / "pages.db")
    poller = follow([source], db)
    measured(f"{PAGES} pages", poller)
    poller.close()
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1_024 / 1e6
    print(f"largest process that read a page: {largest:.0f} MB; two run at once")
    db.close()


if __name__ == "__main__":
    main()
