"""Kill a command at many moments, and see each time what it left and what the next commands make of it.

A process of its own, since it forks: `killing.py FOLDER COMMAND each|RUNS SEED PART PARTS` prints what it found as JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from faults.tracing import Run
from incidentbook import source
from incidentbook.__main__ import run
from kb import write

RECORD, STARTED = "incidents/2025/INC-2025-001.yml", "incidents/2025/INC-2025-003.yml"
COMMANDS = {
    "log": ["log", "Killed while it was said"],
    "start": ["start", "Killed while it was declared", "--severity", "sev2"],
    "undo": ["undo"],
}
HOUSE = {"name": "Test", "organisation": "Example", "time_zone": "UTC", "as_of": "2025-01-15T03:00:00Z"}
CLOSED = {"id": "INC-2025-002", "title": "Over", "status": "closed"}
FOLLOWING = "Said afterwards"


class Scene:
    """One command on one knowledge base, which is set up anew for every run.

    Attributes:
        root: of the knowledge base that is written to.
        arguments: of the command, with the knowledge base.
        before: the texts of the records before the command.

    """

    def __init__(self, folder: Path, command: str) -> None:
        """Make the knowledge base: one incident is open and one closed, and no command has run in this clone yet."""
        self.command, self.base, self.root = command, folder / "base", folder / "kb"
        self.arguments = ["-C", str(self.root), *COMMANDS[command]]
        self.errors = folder / "errors"
        closed = RECORD.replace("001", "002")
        write(self.base, {"policy/knowledge-base.yml": HOUSE, closed: CLOSED})
        self.said(self.base, "start", "Checkout answers with errors", "--severity", "sev1")
        (self.base / STARTED).rename(self.base / RECORD)
        text = (self.base / RECORD).read_text("utf-8").replace("INC-2025-003", "INC-2025-001")
        (self.base / RECORD).write_text(text, "utf-8")
        shutil.rmtree(self.base / ".incidentbook")
        self.older = records(self.base)
        if command == "undo":
            self.said(self.base, "log", "To be taken back")
        self.before = records(self.base)
        shutil.copytree(self.base, self.root)
        time.sleep(
            0.1
        )  # younger files are read whatever the index of closed incidents says, and each run is to do the same

    def begin(self) -> Run:
        """Set the knowledge base up and start the command, stopped. What is as it should be is not touched."""
        for path in sorted(self.root.rglob("*"), reverse=True):
            kept = self.base / path.relative_to(self.root)
            if path.is_dir() and not kept.is_dir():
                path.rmdir()
            elif not path.is_dir() and not kept.is_file():
                path.unlink()
        for kept in self.base.rglob("*.*"):
            path = self.root / kept.relative_to(self.base)
            if kept.is_file() and not (path.is_file() and path.read_bytes() == kept.read_bytes()):
                path.write_bytes(kept.read_bytes())
        return Run(self.arguments, self.errors)

    def touches(self, path: str) -> bool:
        """Whether ``path`` lies in the knowledge base."""
        return path.startswith(f"{self.root}/")

    def said(self, root: Path, *arguments: str) -> str:
        """Run a command that has to succeed without a word on standard error, and return what it says."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = run(["-C", str(root), *arguments])
        if status or err.getvalue():
            raise AssertionError(f"inc {' '.join(arguments)} left with {status}: {err.getvalue()}")
        return out.getvalue()

    def kill(self, moment: int, *, among_all: bool) -> str:
        """Run the command, kill it at its stop number ``moment`` of all, or of those at a file; say what it left."""
        running, number, where = self.begin(), -1, "its end"
        for stop in running:
            number += among_all or self.touches(stop.path)
            if number == moment:
                running.kill()
                where = f"{'before' if stop.before else 'after'} {stop.name} {stop.path}".strip()
                break
        try:
            left = self.judge()
            self.go_on()
        except AssertionError as error:
            raise AssertionError(f"{self.command} killed at stop {moment}, {where}: {error}") from error
        return left

    def judge(self) -> str:
        """Say whether the old records are there or the new ones. Raises AssertionError where it is neither."""
        now = records(self.root)
        if now == self.before:
            return "old"
        if self.command == "undo":
            same(now, self.older, "the record as it was before what is undone")
            return "new"
        path, text = (RECORD, COMMANDS["log"][1]) if self.command == "log" else (STARTED, COMMANDS["start"][1])
        same({**now, path: ""}, {**self.before, path: ""}, "no other record than the one that is written")
        document = source.load(now[path])
        same(document.problems, [], "a record that can be read")
        said = [entry["text"] for entry in document.value["timeline"]]
        same(sum(text in one for one in said), 1, "the entry once")
        if self.command == "log":
            lines = now[path].splitlines(keepends=True)
            same("".join(line for line in lines if text not in line), self.before[path], "the old text and the entry")
        return "new"

    def go_on(self) -> None:
        """The next commands work as if nothing had happened. Raises AssertionError where they do not."""
        before = records(self.root)
        self.said(self.root, "log", FOLLOWING, "--incident", "INC-2025-001")
        after = records(self.root)
        entries = Counter(entry["text"] for entry in source.load(after[RECORD]).value["timeline"])
        same(max(entries.values()), 1, "each entry once")
        same(entries[FOLLOWING], 1, "the entry of the next command")
        self.said(self.root, "undo")
        same(records(self.root), before, "the undo of the next command to take back just that")
        self.said(self.root, "start", "Declared afterwards", "--severity", "sev3")
        left = [
            path.name for folder in ("incidents", ".incidentbook/undo") for path in (self.root / folder).rglob("*.tmp")
        ]
        same(left, [], "nothing left of a killed write")


def same(found: object, expected: object, what: str) -> None:
    """Raise AssertionError where ``found`` is not ``expected``."""
    if found != expected:
        raise AssertionError(f"expected {what}: {expected!r}, found {found!r}")


def records(root: Path) -> dict[str, str]:
    """Return the text of every record."""
    paths = sorted((root / "incidents").rglob("[!.]*.yml"))
    return {path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8") for path in paths}


def main() -> None:
    """Do what the arguments ask for."""
    folder, command, which, seed, part, parts = sys.argv[1:]
    scene = Scene(Path(folder), command)
    stops = list(scene.begin())
    at_files = [stop for stop in stops if scene.touches(stop.path)]
    scene.go_on()
    if which == "each":
        moments = list(range(len(at_files)))
    else:
        random = Random(f"{seed} {command}")  # noqa: S311 - to be repeated, not to be secret
        moments = [random.randrange(len(stops)) for _ in range(int(which))]
    left: Counter[str] = Counter()
    wrong: list[str] = []
    for moment in moments[int(part) :: int(parts)]:
        try:
            left[scene.kill(moment, among_all=which != "each")] += 1
        except AssertionError as error:
            wrong.append(str(error))
    calls: Any = sorted({stop.name for stop in at_files})
    json.dump({"calls": calls, "stops": len(at_files), "left": left, "wrong": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
