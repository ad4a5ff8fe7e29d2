"""Let every system call of a command that changes a file fail in turn, and see what the command makes of it.

A process of its own, since it forks: `failing.py FOLDER COMMAND` prints what it found as JSON.
"""

from __future__ import annotations

import errno
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.killing import Scene, same

FAILURES = {
    "openat": ("ENOSPC", "EROFS", "EACCES"),
    "mkdir": ("ENOSPC", "EROFS", "EACCES"),
    "write": ("ENOSPC", "EIO", "EDQUOT", "half"),
    "fchmod": ("EIO", "EROFS", "EPERM"),
    "fsync": ("ENOSPC", "EIO", "EROFS"),
    "rename": ("ENOSPC", "EIO", "EROFS"),
    "flock": ("ENOLCK", "EINTR"),
}


def fail(scene: Scene, moment: int, call: str, failure: str) -> str:
    """Run the command and let the ``call`` at its stop number ``moment`` at a file fail; say how it ended."""
    running, number, where, pending = scene.begin(), -1, "", failure != "half"
    for stop in running:
        number += scene.touches(stop.path)
        if number == moment and not where:
            where = f"{stop.name} {stop.path}"
            if pending:
                running.refuse()
            else:
                running.halve()
        elif pending and where:  # the next stop is behind the call
            running.answer(getattr(errno, failure))
            pending = False
    said = scene.errors.read_text("utf-8")
    try:
        same(where.split(" ")[0], call, "each run to make the same calls")
        left = scene.judge()
        if running.status == 0:
            same((left, said), ("new", ""), "a command that succeeds to have written")
        else:
            same((running.status, left), (2, "old"), "a command that fails to have written nothing")
            same((said.startswith("error: "), len(said.splitlines()) < 3), (True, True), f"a plain word, not {said}")
        same([path.name for path in scene.root.rglob("*.tmp")], [], "nothing left of a write that failed")
        scene.go_on()
    except AssertionError as error:
        raise AssertionError(f"{scene.command}, {failure} at {where}: {error}") from error
    return f"{running.status} {left}"


def main() -> None:
    """Do what the arguments ask for."""
    scene = Scene(Path(sys.argv[1]), sys.argv[2])
    stops = [stop for stop in scene.begin() if scene.touches(stop.path)]
    ends: Counter[str] = Counter()
    wrong: list[str] = []
    for moment, stop in enumerate(stops):
        for failure in FAILURES.get(stop.name, ()) if stop.before else ():
            try:
                ends[f"{stop.name} {fail(scene, moment, stop.name, failure)}"] += 1
            except AssertionError as error:
                wrong.append(str(error))
    json.dump({"ends": ends, "wrong": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
