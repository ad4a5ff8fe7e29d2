"""A knowledge base in a Git repository whose commits have the times that a test gives them."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kb import write

_QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
_IDENTITY = (
    "-c",
    "user.name=Responders",
    "-c",
    "user.email=responders@incidents.example",
    "-c",
    "init.defaultBranch=main",
)


@dataclass(frozen=True)
class Repo:
    """The repository at ``root``, in whose folder ``below`` the knowledge base lies."""

    root: Path
    below: str = ""

    @classmethod
    def new(cls, root: Path, below: str = "") -> Repo:
        """Make an empty one."""
        root.mkdir(parents=True, exist_ok=True)
        repo = cls(root, below)
        repo.git("init", "--quiet")
        return repo

    @property
    def base(self) -> Path:
        """The knowledge base."""
        return self.root / self.below

    def git(self, *arguments: str, at: str = "2025-01-15T06:00:00Z", given: str | None = None) -> str:
        """Run Git with commits made at ``at`` and ``given`` as its input; return what it says."""
        pinned = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        command = ["git", *_IDENTITY, "-C", str(self.root), *arguments]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, input=given, env=environment | _QUIET | pinned
        )
        return done.stdout.strip()

    def commit(self, at: str, files: dict[str, object], subject: str = "Change records") -> str:
        """Write ``files`` (None takes one away) and commit all; return the commit's name."""
        gone = [path for path, content in files.items() if content is None]
        write(self.base, {path: content for path, content in files.items() if content is not None})
        for path in gone:
            (self.base / path).unlink()
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, at=at)
        return self.git("rev-parse", "HEAD")
