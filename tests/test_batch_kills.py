"""Faults of a run over an archive: nothing lost, nothing doubled, no mixture."""

import os
import random
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from endpoint import Answer, completion, serving
from killed import ANSWER, AT_ONCE, archive, asked, kill, late, made, paid, started

COUNT, KILLS = 30, 3


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_")):
            monkeypatch.delenv(name)


def test_after_kills_the_output_is_that_of_an_undisturbed_run(tmp_path: Path) -> None:
    archive(tmp_path, COUNT)
    chance = random.Random(11)  # noqa: S311  no secret
    with serving(late(0.03)) as endpoint:
        kills = sum(
            kill(started(tmp_path, endpoint), endpoint, chance, COUNT // KILLS)
            for _ in range(KILLS)
        )
        last = started(tmp_path, endpoint)
        last.communicate(timeout=120)
        asked_for = paid(endpoint)
        undisturbed = started(tmp_path, endpoint, "whole")
        undisturbed.communicate(timeout=120)

    assert (last.returncode, undisturbed.returncode, kills) == (0, 0, KILLS)
    assert len(asked_for) == COUNT
    assert asked_for.total() - COUNT <= KILLS * AT_ONCE
    found = made(tmp_path / "out")
    assert len(found["rows"]) == COUNT
    assert found == made(tmp_path / "whole")


def test_a_folder_that_is_removed_meanwhile_is_one_sentence_and_ends_the_run(
    tmp_path: Path,
) -> None:
    archive(tmp_path, COUNT)

    def remove_at_six(number: int) -> Answer:
        if number == 6:
            shutil.rmtree(tmp_path / "out", ignore_errors=True)
        threading.Event().wait(0.02)
        return completion(ANSWER)

    with serving(remove_at_six) as endpoint:
        run = started(tmp_path, endpoint)
        _, told = run.communicate(timeout=60)

        assert len(endpoint.seen) <= 6 + 2 * AT_ONCE
    assert run.returncode in {3, 4}
    assert told.startswith("error: cannot ")
    assert len(told.strip().splitlines()) == 1


def _full(limit: int) -> Callable[[], None]:
    """Let no file of a process grow beyond *limit* bytes: as on a full disk."""

    def limited() -> None:
        import signal  # noqa: PLC0415  in the child process

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return limited


@pytest.mark.parametrize("limit", [40_000, 60_000, 90_000])
def test_a_full_disk_is_one_sentence_and_the_same_command_goes_on(
    tmp_path: Path, limit: int
) -> None:
    archive(tmp_path, COUNT)
    command = [sys.executable, "-m", "summarizer.cli", "batch", "in.jsonl", "-o", "out", "-q"]  # fmt: skip
    with serving(completion(ANSWER)) as endpoint:
        full = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, **asked(endpoint)}, text=True,
            capture_output=True, check=False, preexec_fn=_full(limit),
        )  # fmt: skip
        last = started(tmp_path, endpoint)
        last.communicate(timeout=60)
        asked_for = paid(endpoint)
        started(tmp_path, endpoint, "whole").communicate(timeout=60)

    assert full.returncode in {3, 4}
    assert full.stderr.startswith("error: cannot ")
    assert len(full.stderr.strip().splitlines()) == 1
    assert last.returncode == 0
    assert asked_for.total() - COUNT <= AT_ONCE
    assert made(tmp_path / "out") == made(tmp_path / "whole")


def test_another_prompt_or_model_makes_no_mixture(tmp_path: Path) -> None:
    archive(tmp_path, 2)
    with serving(completion(ANSWER)) as endpoint:
        started(tmp_path, endpoint).communicate(timeout=60)
        before = made(tmp_path / "out")
        told = [
            started(tmp_path, endpoint, "out", *words).communicate(timeout=60)[1]
            for words in (("--base-url", endpoint.url, "--model", "n"), ("--strategy", "focused"))
        ]  # fmt: skip

    assert "was made with another model (m, now n): take another folder" in told[0]
    assert "was made with another prompt (" in told[1]
    assert made(tmp_path / "out") == before


def test_an_article_that_was_changed_is_a_new_one_and_the_others_are_not_done_again(
    tmp_path: Path,
) -> None:
    archive(tmp_path, 3)
    with serving(completion(ANSWER)) as endpoint:
        started(tmp_path, endpoint).communicate(timeout=60)
        text = (tmp_path / "in.jsonl").read_text("utf-8")
        (tmp_path / "in.jsonl").write_text(text.replace("boat 1", "boat nine"), "utf-8")
        started(tmp_path, endpoint).communicate(timeout=60)

        assert len(endpoint.seen) == 4
    assert len(made(tmp_path / "out")["rows"]) == 4
