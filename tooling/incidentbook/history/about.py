"""What Git says of a few commits; nobody's name is in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from incidentbook import git_command
from incidentbook.records.time import UTC, utc_text

if TYPE_CHECKING:
    from incidentbook.outputs import common as printed


class About(NamedTuple):
    """A commit: its short name, the first line of what it says of itself, and whether it unites several."""

    short: str
    subject: str
    merge: bool


def about(root: Path, commits: Iterable[str]) -> dict[str, About]:
    """Return what Git says of ``commits``, by their whole names.

    Raises:
        GitFailedError: one of them is not there.

    """
    wanted = list(dict.fromkeys(commits))
    if not wanted:
        return {}
    asked = git_command.run(
        root, "log", "--no-walk=unsorted", "--stdin", "-z", "--no-show-signature", "--encoding=UTF-8",
        "--format=%H %h %p%x01%s", given="\n".join(wanted) + "\n",
    )  # fmt: skip
    if asked.status:
        raise git_command.GitFailedError(f"Git cannot tell of its commits: {asked.why}", hint="`git fsck` says more.")
    found = {}
    for line in git_command.names(asked.out):
        names, _, subject = line.partition("\x01")
        commit, short, *parents = names.split()
        found[commit] = About(short, subject, len(parents) > 1)
    return found


class Commit(NamedTuple):
    """A commit: its time, its short name, and the first line of what it says of itself."""

    at: dt.datetime
    short: str
    subject: str

    def without_words(self) -> Commit:
        """Return it without what it says of itself, which may name what a reader may not see."""
        return self._replace(subject="")

    def plain(self) -> printed.Commit:
        """Return it for JSON."""
        return {"commit": self.short, "at": utc_text(self.at), "subject": self.subject}


def brought(root: Path, merge: str, paths: Iterable[str]) -> list[Commit]:
    """Return the commits that a merge brought to its first parent, as far as they touched ``paths``, the oldest first.

    Raises:
        GitFailedError: the merge or a parent of it is not there.

    """
    asked = git_command.run(
        root, "--literal-pathspecs", "log", "--reverse", "--no-merges", "-z", "--no-show-signature", "--encoding=UTF-8",
        "--format=%ct %h%x01%s", f"{merge}^1..{merge}", "--", *paths,
    )  # fmt: skip
    if asked.status:
        raise git_command.GitFailedError(
            f"Git cannot tell what a merge brought: {asked.why}", hint="`git fsck` says more."
        )
    found = []
    for line in git_command.names(asked.out):
        told, _, subject = line.partition("\x01")
        seconds, short = told.split()
        found.append(Commit(dt.datetime.fromtimestamp(int(seconds), UTC), short, subject))
    return found
