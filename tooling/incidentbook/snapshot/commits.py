"""The commits between two states, by the files that they touched. Nobody's name is in them: what was done counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from incidentbook import files, git_command
from incidentbook.errors import NotFoundError
from incidentbook.history.about import Commit
from incidentbook.records.time import UTC

_MARK = "\x01"  # begins a commit: no path of a knowledge base does


def between(root: Path, base: str, head: str) -> dict[str, list[Commit]]:
    """Return the commits that ``head`` has and ``base`` has not, the oldest first, by path relative to ``root``.

    A merge is listed for the files in which it is like none of its parents: what it only brought has its own commit.
    """
    form = f"--format={_MARK}%h %ct %s"
    asked = git_command.run(
        root, "log", "--reverse", "--no-show-signature", "--no-renames", "--name-only", "-z", "--relative", "--cc", form,
        "--end-of-options", f"{base}..{head}", "--", *files.FOLDERS,
    )  # fmt: skip
    if asked.status:
        raise NotFoundError(f"The commits from {base} to {head} cannot be told: {asked.why}", hint="Try it again.")
    found: dict[str, list[Commit]] = {}
    commit: Commit | None = None
    for part in git_command.names(asked.out):
        name = part.lstrip("\n")
        if name.startswith(_MARK):
            short, seconds, subject = name.removeprefix(_MARK).split(" ", 2)
            commit = Commit(dt.datetime.fromtimestamp(int(seconds), UTC), short, subject)
        elif commit is not None and name:
            found.setdefault(name, []).append(commit)
    return found


def fork(root: Path, base: str, head: str) -> str:
    """Return the last commit that two commits both come from, ``base`` itself where ``head`` comes from it; empty for none."""
    return git_command.run(root, "merge-base", "--end-of-options", base, head).out.strip()
