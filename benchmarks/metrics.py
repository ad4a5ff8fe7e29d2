"""`inc metrics` cold, warm, and of any commit, beside `inc check` and what importing scipy.stats takes: `make bench`.

All figures are of one year in which every record counts. A cold run has read no record before; a warm one has.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from generate import knowledge_base
from incidentbook.snapshot.store import FILE
from measure import Run, Work, compiled, medians, row, run

INC = str(Path(sys.executable).parent / "inc")
SCIPY = [sys.executable, "-c", "import scipy.stats"]
METRICS = [INC, "metrics", "--period", "2024", "--json"]
_IDENTITY = ("-c", "user.name=Bench", "-c", "user.email=bench@incidents.example")


class Base:
    """A generated knowledge base, in Git with two commits: the first holds all records, the second changes one in ten."""

    def __init__(self, folder: Path, records: int) -> None:
        """Generate and commit."""
        folder.mkdir()
        knowledge_base(folder, records)
        self.folder, self.records = folder, records
        self._git("init", "--quiet")
        self._commit("All records")
        for path in sorted((folder / "incidents").rglob("*.yml"))[::10]:
            path.write_text(path.read_text(encoding="utf-8") + "# looked through\n", encoding="utf-8", newline="")
        self._commit("Look one in ten through")

    def work(self, *command: str, cold: bool = False) -> Work:
        """Return a command as work to be done here, with nothing kept where it is to be ``cold``."""
        return Work(command, self.folder, self._forget if cold else lambda: None)

    def _forget(self) -> None:
        shutil.rmtree(self.folder / ".incidentbook", ignore_errors=True)

    def later(self, *more: str) -> Work:
        """Return `inc metrics` as if "now" were another instant: figures are computed anew from what is kept of files."""
        return Work([*METRICS, *more], self.folder, self._forget_measurements)

    def _forget_measurements(self) -> None:
        with contextlib.closing(sqlite3.connect(self.folder / FILE)) as cache, cache:
            cache.execute("delete from results where key like 'measurements %'")

    def _commit(self, subject: str) -> None:
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", subject)

    def _git(self, *arguments: str) -> None:
        command = ["git", *_IDENTITY, "-C", str(self.folder), *arguments]
        subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000, help="the knowledge base has five times as many")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="measure ten times as many, too, which takes minutes")
    options = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory(prefix="incidentbook-bench-") as name:
        base = Base(Path(name).resolve() / "base", options.records * 5)
        print(f"\nCPU seconds (user and system), median of {options.rounds} rounds in turns\n")
        print(f"{'':<34}{'inc':>7}{'peer':>9}  {'peer':<18}{'ratio':>7}{'must':>7}{'aim':>6}")
        cold, warm = report(base, options.rounds)
        if options.growth:
            growth(Base(Path(name).resolve() / "tenfold", base.records * 10), cold, warm, options.rounds)


def report(base: Base, rounds: int) -> tuple[Run, Run]:
    """Measure row by row, and print each as soon as it is there; return what a cold and a warm run took."""
    size = f"{base.records:,} incidents"
    cold = medians(
        {"inc": base.work(*METRICS, cold=True), "inc check, cold": base.work(INC, "check", "--json", cold=True)}, rounds
    )
    row(f"metrics, {size}, cold", cold, "inc check, cold", "1.3", "1.0")
    for _ in range(2):  # the first keeps what it read, and notes which files are old enough to be known by their times
        run(base.work(*METRICS))
    later = medians({"inc": base.later(), "import scipy.stats": base.work(*SCIPY)}, rounds)
    row(f"metrics, {size}, warm, later", later, "import scipy.stats", "2", "0.3")
    warm = medians({"inc": base.work(*METRICS), "import scipy.stats": base.work(*SCIPY)}, rounds)
    row("the same at the same instant", warm, "import scipy.stats", "2", "0.3")
    run(base.work(*METRICS, "--rev", "HEAD~1"))
    then = {"inc": base.later("--rev", "HEAD~1"), "of the tree": base.later()}
    row("of a commit, warm, later", medians(then, rounds), "of the tree", "2", "1.2")
    return cold["inc"], later["inc"]


def growth(tenfold: Base, cold: Run, warm: Run, rounds: int) -> None:
    """Print how much more ten times as many records take."""
    first = medians({"inc": tenfold.work(*METRICS, cold=True)}, rounds)["inc"]
    run(tenfold.work(*METRICS))
    again = medians({"inc": tenfold.later()}, rounds)["inc"]
    for name, ours, theirs in (("cold", first, cold), ("warm", again, warm)):
        print(f"{f'growth, {name}, ten times as many':<34}{ours.seconds / theirs.seconds:>6.2f} x{'':>35}{'11':>7}")


if __name__ == "__main__":
    main()
