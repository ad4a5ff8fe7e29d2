"""Clones of one knowledge base with a bare remote between them, and `inc` and Git as processes in each."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kb import write

INC = str(Path(sys.executable).parent / "inc")
PEOPLE = {"NAME": "Responders", "EMAIL": "responders@incidents.example"}
_QUIET = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in PEOPLE.items()}


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in ``folder``; whoever runs the tests has no settings that matter here."""
    left_out = ("INC_CURRENT", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")
    machine = {key: value for key, value in os.environ.items() if key not in left_out}
    quiet = _QUIET | {"HOME": str(folder.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=machine | quiet | more, timeout=120
    )


@dataclass
class Clone:
    """One clone."""

    root: Path

    def git(self, *arguments: str) -> str:
        """Run Git; it is to succeed."""
        done = run(self.root, "git", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def inc(self, *arguments: str, **more: str) -> str:
        """Run `inc`; it is to succeed. Returns what it prints."""
        done = run(self.root, INC, *arguments, **more)
        assert done.returncode == 0, (arguments, done.stdout + done.stderr)
        return done.stdout

    def refused(self, *arguments: str) -> tuple[int, str]:
        """Run `inc`, which is to fail; return its status and what it says."""
        done = run(self.root, INC, *arguments)
        assert done.returncode, done.stdout
        return done.returncode, " ".join(done.stderr.split())

    def text(self, path: str) -> str:
        """Return what a file says."""
        return (self.root / path).read_text(encoding="utf-8")


def clones(folder: Path, files: dict[str, object], names: str = "abc") -> list[Clone]:
    """Make a bare remote that holds ``files``, and a clone of it for each letter of ``names``."""
    seed = write(folder / "seed", files)
    run(seed, "git", "init", "--quiet", "--initial-branch=main")
    run(seed, "git", "add", "--all")
    run(seed, "git", "commit", "--quiet", "--message", "Begin")
    run(folder, "git", "clone", "--quiet", "--bare", "seed", "remote.git")
    for name in names:
        assert run(folder, "git", "clone", "--quiet", "remote.git", name).returncode == 0
    return [Clone(folder / name) for name in names]
