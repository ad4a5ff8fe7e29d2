"""CPU time and memory of whole commands, side by side, in turns."""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import incidentbook


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took, with its children, and what it said.

    Attributes:
        seconds: CPU time, user and system.
        megabytes: the most memory that it held (resident).

    """

    seconds: float
    megabytes: float
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Work:
    """A command, the folder in which it runs, and what has to be done before each round, which is not measured."""

    command: Sequence[str]
    folder: Path
    prepare: Callable[[], object] = lambda: None


def compiled() -> None:
    """Compile the package, as installing it does; one that is linked into an environment is compiled when it first runs."""
    compileall.compile_dir(str(Path(incidentbook.__file__).parent), quiet=1)


def run(work: Work) -> Run:
    """Prepare and run once."""
    work.prepare()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(work.command, cwd=work.folder, stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read(), err.read())


def medians(works: Mapping[str, Work], rounds: int) -> dict[str, Run]:
    """Run every work ``rounds`` times, in turns so that a busy moment hits all alike; return the median of each by CPU time."""
    runs: dict[str, list[Run]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            runs[name].append(run(work))
    return {name: _middle(done) for name, done in runs.items()}


def _middle(runs: Sequence[Run]) -> Run:
    seconds = statistics.median_low([done.seconds for done in runs])
    return next(done for done in runs if done.seconds == seconds)


def row(name: str, runs: dict[str, Run], peer: str, must: str, aim: str = "") -> None:
    """Print ours beside one peer."""
    ours, theirs = runs["inc"].seconds, runs[peer].seconds
    print(f"{name:<34}{ours:>7.3f}{theirs:>9.3f}  {peer:<18}{ours / theirs:>5.2f} x{must:>7}{aim:>6}", flush=True)
