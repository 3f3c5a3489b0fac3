"""Feed broken documents to the readers for a time: `make fuzz`.

An error that our own code did not mean to raise fails the run. One that a parser of
somebody else raises is listed: the child process turns it into one clear line. With
atheris the changes are guided by coverage, one process a reader; without it they are
random.
"""

import importlib
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import documents
from website import PAGE

from summarizer.sources.formats.parsed import Parsed, UnreadableError

MOST = 100_000
SEEDS = {
    "pdf": documents.pdf([["Kenya urged Chad to free the gov-"], ["ernment.", "1"]]),
    "word": documents.word_xml(
        documents.paragraph("Kenya.") + "<w:p><w:r><w:txbxContent><w:p/><w:del><w:r/>"
        "</w:del></w:txbxContent><w:tab/></w:r></w:p>"
    ).encode(),
    "mail": documents.mail("Hi.\n> x\n-- \nme", html="<p>x</p>", attached="a.pdf"),
    "webpage": PAGE.encode(),
    "markdown": b"---\ntitle: x\n---\n# T\n\n> *q* [l](x)\n\n| a |\n|---|\n| 1 |\n",
}
LIBRARIES = ("pypdf", "trafilatura", "htmldate", "markdown_it", "email", "zipfile")
_listed: set[str] = set()


def _reader(name: str) -> Callable[[bytes], Parsed]:
    """Import one reader only now, so that it can be watched."""
    parse = importlib.import_module(f"summarizer.sources.formats.{name}").parse
    calls: dict[str, Callable[[bytes], Parsed]] = {
        "pdf": lambda raw: parse(raw, MOST),
        "mail": lambda raw: parse(raw, MOST),
        "word": lambda raw: parse(_archive(raw)),
    }
    return calls.get(name, lambda raw: parse(raw.decode("utf-8", "replace")))


def _archive(raw: bytes) -> bytes:
    """Wrap what is no archive as the text of one: changes to ZIP are mostly shallow."""
    if raw.startswith(b"PK"):
        return raw
    return documents.zipped({"word/document.xml": raw})


def try_one(name: str, read: Callable[[bytes], Parsed], raw: bytes) -> None:
    """Read *raw*; raise if our own code fails, list what a library raises."""
    try:
        found = read(raw)
    except UnreadableError:
        return
    except Exception as exc:
        last = traceback.extract_tb(exc.__traceback__)[-1]
        if "summarizer" in Path(last.filename).parts:
            raise
        where = (
            f"{name}: {type(exc).__name__} in {Path(last.filename).name}:{last.name}"
        )
        if where not in _listed:
            _listed.add(where)
            print(f"  contained  {where}", flush=True)
        return
    edges = [*found.pages, *(e for a in found.asides for e in a[:2])]
    assert list(found.pages) == sorted(found.pages)
    assert all(0 <= edge <= len(found.text) for edge in edges)


def _guided(name: str, seconds: int) -> None:
    import atheris  # noqa: PLC0415  not everywhere

    with atheris.instrument_imports(include=["summarizer", *LIBRARIES]):
        read = _reader(name)
    with tempfile.TemporaryDirectory() as corpus:
        Path(corpus, "seed").write_bytes(SEEDS[name])
        limits = [f"-max_total_time={seconds}", "-timeout=30", "-rss_limit_mb=2500"]
        limits += [f"-artifact_prefix={tempfile.gettempdir()}/", "-print_final_stats=1"]
        atheris.Setup(
            [sys.argv[0], corpus, *limits, "-max_len=20000", "-verbosity=0"],
            lambda raw: try_one(name, read, raw),
        )
        atheris.Fuzz()


def _random(name: str, seconds: int) -> int:
    read, rng = _reader(name), random.Random(7)  # noqa: S311  changes, not secrets
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        raw = bytearray(SEEDS[name])
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(raw) + 1)
            raw[at : at + rng.randint(0, 30)] = rng.randbytes(rng.randint(0, 20))
        try_one(name, read, bytes(raw))
        count += 1
    return count


def main() -> None:
    """Give each reader its share of the time."""
    if len(sys.argv) == 4:
        _guided(sys.argv[2], int(sys.argv[3]))
        return
    share = max(1, int(sys.argv[1]) // len(SEEDS))
    failed: list[str] = []
    for name in SEEDS:
        print(f"{name}: {share} s", flush=True)
        if importlib.util.find_spec("atheris") is None:
            print(f"  {_random(name, share):,} documents, random changes")
            continue
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, str(share)], check=False
        )
        failed += [name] if done.returncode else []
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
