"""What all tests share: no network, and helpers that are importable."""

import socket
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let connections reach this machine only; a name is never looked up."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family == socket.AF_UNIX:
            return connect(self, address)  # type: ignore[arg-type]  # as it came
        host = address[0] if isinstance(address, tuple) else address
        if host not in _LOOPBACK:
            pytest.fail(f"a test tried to reach {host!r}")
        return connect(self, address)  # type: ignore[arg-type]  # as it came

    look_up = socket.getaddrinfo

    def no_names(host: str, *more: object, **named: object) -> object:
        if host not in _LOOPBACK:
            raise socket.gaierror(f"no network in tests: {host}")
        return look_up(host, *more, **named)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", no_names)


@pytest.fixture(autouse=True)
def _own_cache(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Keep nothing in the user's cache folder: not the weights, which recording needs."""
    if not request.config.getoption("--record"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--record`, which needs the model and reaches our own server only."""
    parser.addoption(
        "--record", action="store_true", help="record the cassettes on the real server"
    )
