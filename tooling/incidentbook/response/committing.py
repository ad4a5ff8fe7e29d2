"""Committing what a command wrote, where the knowledge base asks for it: that file and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from incidentbook import files, git_command


class Committed(NamedTuple):
    """What became of it.

    Attributes:
        name: the short name of the commit; empty where there was nothing to commit, or it failed.
        problem: why it failed; empty where it did not.

    """

    name: str = ""
    problem: str = ""


def message(path: str, what: str) -> str:
    """Return the message of a commit: which record, and what was done."""
    return f"{Path(path).stem}: {what.removeprefix('inc ')}"


def commit(root: Path, paths: Sequence[str], message: str) -> Committed:
    """Commit ``paths`` (relative to ``root``; one may be gone); the caller holds the lock.

    What else is staged stays staged. Hooks are passed over: they take seconds, and one that refuses must not keep an entry out
    of the history while it burns; `inc check` runs in CI as well. What was written stays written, whatever Git says.
    """
    if files.git_top(root) is None:
        return Committed(problem="this is no Git repository")
    added = git_command.run(root, "add", "--all", "--", *paths)
    if added.status:
        return Committed(problem=added.why)
    if git_command.run(root, "diff", "--cached", "--quiet", "HEAD", "--", *paths).status == 0:
        return Committed()
    done = git_command.run(
        root,
        "-c",
        "core.hooksPath=/dev/null",
        "commit",
        "--quiet",
        "--no-verify",
        "--only",
        "--message",
        message,
        "--",
        *paths,
    )
    if done.status:
        return Committed(problem=done.why)
    return Committed(git_command.run(root, "rev-parse", "--short", "HEAD").out.strip())
