"""Recorded answers of the real embedded server: replayed, or recorded anew."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import vcr.stubs.httpx_stubs
from recorded import cassettes
from tenacity import stop_after_attempt

from schemas.briefing import Briefing
from summarizer.client import connect
from summarizer.client.asking.completer import OpenAICompleter
from summarizer.client.serving import weights
from summarizer.pipeline import brief
from summarizer.settings import Settings
from summarizer.sources import read_article

_used: set[str] = set()


class _UnmatchedRequestError:
    """Takes the place of vcrpy's exception, which the SDK would swallow and retry."""

    def __init__(self, *_: object, **__: object) -> None:
        pytest.fail("a request matches no recording: run `make record`", pytrace=False)


@pytest.fixture(autouse=True)
def _unmatched_requests_are_fatal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        vcr.stubs.httpx_stubs,
        "CannotOverwriteExistingCassetteException",
        _UnmatchedRequestError,
    )


@pytest.fixture(scope="session")
def settings(request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings that reach the real server when recording, and nothing otherwise."""
    if not request.config.getoption("--record"):
        yield Settings(
            base_url=f"{cassettes.HOST}/v1",
            api_key="replayed",
            model=weights.DEFAULT.name,
            profile="embedded",
        )
        return
    with connect.served(Settings(), lambda _done, _all: None) as reached:
        yield reached


Replay = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def replay(request: pytest.FixtureRequest) -> Replay:
    """Play one cassette, to its end, or record it."""
    recording = bool(request.config.getoption("--record"))

    @contextmanager
    def played(name: str) -> Iterator[None]:
        path = cassettes.FOLDER / f"{name}.json"
        if recording:
            path.unlink(missing_ok=True)
        with cassettes.recorder(recording=recording).use_cassette(
            path.name
        ) as cassette:
            yield
        _used.add(path.name)
        if not recording and not cassette.all_played:
            count = len(cassette) - cassette.play_count
            pytest.fail(f"{count} recordings of {path.name} were not played")

    return played


@pytest.fixture
def briefed(replay: Replay, settings: Settings) -> Callable[[Path], Briefing]:
    """Brief an article on recorded answers."""

    def run(path: Path) -> Briefing:
        article = read_article(str(path))
        client = OpenAICompleter(settings)
        # An unmatched request must not be tried four times.
        client._retrying = client._retrying.copy(stop=stop_after_attempt(1))
        try:
            with replay(path.stem):
                return brief([article], client, clock=lambda: 0.0)
        finally:
            client.close()

    return run


@pytest.fixture(scope="session", autouse=True)
def _no_orphans(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a cassette is used by no test, if all of them ran."""
    yield
    chosen = request.config.args
    whole = all(Path(a.split("::")[0]).suffix != ".py" for a in chosen)
    if not whole or request.config.getoption("keyword"):
        return
    orphans = {p.name for p in cassettes.FOLDER.glob("*.json")} - _used
    if orphans:
        pytest.fail(f"no test plays {', '.join(sorted(orphans))}")
