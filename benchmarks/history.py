"""History from Git on 5,000 incidents and 20,000 commits, beside what Git alone takes to tell and to give it: `make bench`.

The first time all is read; after ten new commits only these. Git alone runs `git log --raw` on the knowledge base's folders, and
`git cat-file --batch` on every content that it names, with nobody listening.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import past
from measure import Work, compiled, medians, run

INC = str(Path(sys.executable).parent / "inc")
NEW = 10  # commits
LOG = (
    "log",
    "--raw",
    "-z",
    "--no-renames",
    "--no-abbrev",
    "--format=%H %ct",
    "--",
    "incidents",
    "postmortems",
    "policy",
    "playbooks",
)


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--commits", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory(prefix="incidentbook-bench-") as name:
        folder = Path(name).resolve() / "repository"
        folder.mkdir()
        past.repository(folder, options.records, options.commits)
        runs = medians(_works(folder, options.records, options.commits), options.rounds)
    streams, first = runs["log"].seconds + runs["blobs"].seconds, runs["first"].seconds
    print(
        f"\n{options.commits:,} commits, {options.records:,} incidents: CPU seconds with children, median of {options.rounds}\n"
    )
    print(f"{'':<34}{'inc':>7}{'peer':>9}  {'peer':<22}{'ratio':>7}{'must':>7}{'aim':>6}")
    _row("history, the first time", first, streams, "git log + cat-file", "2.5", "1.3")
    _row(f"history, {NEW} new commits", runs["new"].seconds, first, "the first time", "0.1", "0.03")
    _row("history, nothing new", runs["same"].seconds, first, "the first time", "", "")


def _works(folder: Path, records: int, commits: int) -> dict[str, Work]:
    """Return what is measured; what is kept of the past is put into place before each round."""
    kept = folder / ".incidentbook" / "history.bin"
    before, after = folder.parent / "before", folder.parent / "after"
    burndown = Work([INC, "actions", "burndown", "--json"], folder)
    run(burndown)
    shutil.copy(kept, before)
    more = itertools.islice(past.steps(records, commits + NEW), commits, None)
    past.more(folder, past.git(folder, "rev-parse", "HEAD").strip(), more, commits)
    run(burndown)
    shutil.copy(kept, after)
    return {
        "log": Work([past.GIT, *LOG], folder),
        "blobs": Work(["sh", "-c", f"{past.GIT} cat-file --batch --buffer < {_blobs(folder)}"], folder),
        "first": Work(burndown.command, folder, lambda: kept.unlink(missing_ok=True)),
        "new": Work(burndown.command, folder, _copying(before, kept)),
        "same": Work(burndown.command, folder, _copying(after, kept)),
    }


def _copying(source: Path, to: Path) -> Callable[[], object]:
    return lambda: shutil.copy(source, to)


def _blobs(folder: Path) -> Path:
    """Write the names of all contents that the log names to a file, in its order."""
    changes = (part.split(" ") for part in past.git(folder, *LOG).split("\0") if part.lstrip().startswith(":"))
    names = dict.fromkeys(change[3] for change in changes if change[3].strip("0"))
    path = folder.parent / "blobs"
    path.write_text("".join(f"{name}\n" for name in names), encoding="ascii")
    return path


def _row(name: str, ours: float, theirs: float, peer: str, must: str, aim: str) -> None:
    print(f"{name:<34}{ours:>7.3f}{theirs:>9.3f}  {peer:<22}{ours / theirs:>5.3f} x{must:>7}{aim:>6}", flush=True)


if __name__ == "__main__":
    main()
