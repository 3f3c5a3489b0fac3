"""Archives: killed at random moments, again and again (`python benchmarks/kills.py`).

A scripted endpoint in this process answers after 20 ms and counts; the command runs as a
user runs it, and gets SIGKILL at a random moment, while it starts too. Then it may end, and
what it made is compared with what a run makes that nobody disturbed.

    python benchmarks/kills.py [KILLS [ARTICLES]]
"""

import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from endpoint import serving
from killed import AT_ONCE, archive, kill, late, made, paid, started


def main() -> None:
    """Kill, go on, compare."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    chance = random.Random(5)  # noqa: S311  no secret
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, serving(late(0.02)) as endpoint:
        folder = Path(name)
        archive(folder, count)
        hit = sum(
            kill(started(folder, endpoint), endpoint, chance, 2 * count // kills)
            for _ in range(kills)
        )
        last = started(folder, endpoint)
        last.communicate()
        asked = paid(endpoint)
        started(folder, endpoint, "whole").communicate()
        found, whole = made(folder / "out"), made(folder / "whole")
    twice = asked.total() - len(asked)
    print(
        f"{count} articles, {hit} of {kills} kills hit, {time.monotonic() - begun:.0f} s"
    )
    print(f"exit code at the end: {last.returncode}")
    print(f"lost: {count - len(found['rows'])}, doubled: {len(found['rows']) - len(set(found['rows']))}")  # fmt: skip
    print(f"as an undisturbed run: {found == whole}")
    print(f"paid twice: {twice}; under way at all kills: {hit * AT_ONCE} at most")


main()
