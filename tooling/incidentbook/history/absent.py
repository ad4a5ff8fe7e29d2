"""Why there is no history to tell: what is the matter, where, and what to do next."""

from __future__ import annotations

from pathlib import Path

from incidentbook import git_command
from incidentbook.errors import NotFoundError


class NoHistoryError(NotFoundError):
    """There is no Git repository here, or nothing in it, or Git does not tell."""


def absent(root: Path) -> NoHistoryError | None:
    """Return why the knowledge base at ``root`` has no history at all; None where it has one, so that something else is wrong."""
    asked = git_command.run(root, "rev-parse", "--git-dir")
    if asked.status == git_command.NOT_RUN:
        return NoHistoryError(
            f"The history of {root} is in Git, and {asked.why.removeprefix('error: ')}",
            hint="Install Git, or put it on the PATH.",
        )
    if "not a git repository" in asked.why:
        return NoHistoryError(
            f"The knowledge base in {root} is in no Git repository, so it has no history",
            hint="Work in a clone of its repository; where there is none, `git init`, `git add` and `git commit` begin one.",
        )
    if asked.status:
        return NoHistoryError(
            f"Git cannot tell the history of {root}: {asked.why}", hint="`git status` says there what to do."
        )
    if git_command.run(root, "rev-parse", "--verify", "--quiet", "HEAD").status:
        return NoHistoryError(
            f"Nothing has been committed here yet: the repository of {root} is empty",
            hint="`git add` and `git commit` begin a history.",
        )
    return None
