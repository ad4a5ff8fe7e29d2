"""What Git says of a few commits; nobody's name is in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from incidentbook import git_command


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
