"""The commits between two states, by the files that they touched. Nobody's name is in them: what was done counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from incidentbook import files, git_command
from incidentbook.errors import NotFoundError
from incidentbook.frozen import frozen
from incidentbook.records.time import UTC, utc_text

_MARK = "\x01"  # begins a commit: no path of a knowledge base does


@frozen
class Commit:
    """A commit: its short name, its time, and the first line of what it says of itself."""

    short: str
    at: dt.datetime
    subject: str

    def without_words(self) -> Commit:
        """Return it without what it says of itself, which may name what a reader may not see."""
        return Commit(self.short, self.at, "")

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {"commit": self.short, "at": utc_text(self.at), "subject": self.subject}


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
            commit = Commit(short, dt.datetime.fromtimestamp(int(seconds), UTC), subject)
        elif commit is not None and name:
            found.setdefault(name, []).append(commit)
    return found
