"""Start and stop the embedded model's server on this machine.

It listens on loopback only, on a port that the system picks, behind a random key
that never leaves the two processes, and it dies with the process that started it.
"""

import contextlib
import importlib.util
import json
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from summarizer.errors import WeightsError

START_LIMIT_S: Final = 180.0
"""Loading takes 2 to 10 seconds; a cold disk reads 1.1 GB in a minute or two."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a running server answers."""

    url: str
    api_key: str = field(repr=False)


@contextlib.contextmanager
def running(
    weights: Path, *, model: str, context_tokens: int, port: int = 0
) -> Iterator[Address]:
    """Serve *weights* while the block runs.

    Args:
        weights: A verified file in GGUF format.
        model: Name under which the server knows it.
        context_tokens: Window, prompt and answer together.
        port: Port on 127.0.0.1; 0 lets the system pick one.

    Raises:
        WeightsError: The server library is missing, or the server did not start.
    """
    if importlib.util.find_spec("xllamacpp") is None:
        msg = (
            "the embedded model needs the extra `local`: "
            "pip install 'grounded-briefing[local]' (or choose an endpoint with "
            "--base-url and --model)"
        )
        raise WeightsError(msg)
    key = secrets.token_urlsafe(24)
    config: dict[str, str | int] = {
        "weights": str(weights),
        "model": model,
        "api_key": key,
        "context_tokens": context_tokens,
        "port": port,
    }
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "summarizer.client.serving.embedded_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,  # Ctrl-C in the terminal is not meant for it
        )
        try:
            yield Address(_wait_until_ready(child, config, log), key)
        finally:
            _stop(child)


def _wait_until_ready(
    child: "subprocess.Popen[str]", config: dict[str, str | int], log: IO[bytes]
) -> str:
    """Hand over the configuration and wait for the address."""
    too_slow = threading.Timer(START_LIMIT_S, child.kill)
    too_slow.start()
    try:
        assert child.stdin is not None  # noqa: S101  for the type checker: PIPE
        assert child.stdout is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(json.dumps(config) + "\n")
            child.stdin.flush()
        line = child.stdout.readline()
    finally:
        too_slow.cancel()
    if not line:
        log.seek(0)
        told = log.read().decode("utf-8", "replace").strip().splitlines()
        last = told[-1][:200] if told else "it said nothing"
        msg = f"the embedded model did not start from {config['weights']!r}: {last}"
        raise WeightsError(msg)
    return str(json.loads(line)["url"])


def _stop(child: "subprocess.Popen[str]") -> None:
    """End the server: it goes when its standard input closes."""
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
