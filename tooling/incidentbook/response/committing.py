"""Committing what a command wrote, where the knowledge base asks for it: that file and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from incidentbook import files, git_command

NO_HOOKS = ("-c", "core.hooksPath=/dev/null")


class Committed(NamedTuple):
    """What became of it.

    Attributes:
        name: the short name of the commit; empty where there was nothing to commit, or it failed.
        problem: why it failed; empty where it did not.
        paths: what it changed, relative to the root.

    """

    name: str = ""
    problem: str = ""
    paths: tuple[str, ...] = ()


def message(path: str, what: str) -> str:
    """Return the message of a commit: which record, and what was done."""
    return f"{Path(path).stem}: {what.removeprefix('inc ')}"


def commit(root: Path, paths: Sequence[str], message: str | Callable[[Sequence[str]], str]) -> Committed:
    """Commit ``paths`` (files and folders, relative to ``root``; one may be gone); the caller holds the lock.

    What else is staged stays staged, and what a merge has left to people stays theirs. Hooks are passed over: they take seconds,
    and one that refuses must not keep an entry out of the history while it burns; `inc check` runs in CI as well. What was
    written stays written, whatever Git says. ``message`` may be made of what has changed.
    """
    if files.git_top(root) is None:
        return Committed(problem="this is no Git repository")
    if unmerged := left_to_people(root, paths):
        return Committed(problem=f"a merge has left {', '.join(unmerged)} to people")
    added = git_command.run(root, "add", "--all", "--", *paths)
    asked = git_command.run(root, "diff", "--cached", "--name-only", "-z", "--relative", "--", *paths)
    for failed in (added, asked):
        if failed.status:
            return Committed(problem=failed.why)
    changed = git_command.names(asked.out)
    if not changed:
        return Committed()
    said = message if isinstance(message, str) else message(changed)
    done = git_command.run(root, *NO_HOOKS, "commit", "--quiet", "--only", "--message", said, "--", *paths)
    if done.status:
        return Committed(problem=done.why)
    return Committed(git_command.run(root, "rev-parse", "--short", "HEAD").out.strip(), paths=tuple(changed))


def left_to_people(root: Path, paths: Sequence[str] = ()) -> list[str]:
    """Return those of ``paths``, or of all files, that a merge could not settle, relative to ``root``."""
    listed = git_command.run(root, "diff", "--name-only", "-z", "--relative", "--diff-filter=U", "--", *paths)
    return git_command.names(listed.out)
