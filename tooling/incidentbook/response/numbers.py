"""The next free incident number: one that no file here and no branch, tag or remote branch known to this clone has taken."""

from __future__ import annotations

import re
from pathlib import Path

from incidentbook import git_command


def next_id(root: Path, year: int) -> str:
    """Return the id that follows the highest of ``year``: `INC-2025-004`.

    Two clones that do not know of one another can still take the same; the checker says so (IB303).
    """
    pattern = re.compile(rf"INC-{year}-([0-9]{{3,}})\.yml")
    names = {path.name for path in (root / "incidents" / str(year)).glob("INC-*.yml")}
    taken = [int(match[1]) for match in map(pattern.fullmatch, names) if match]
    taken += [int(number) for number in pattern.findall(_in_git(root, year))]
    return f"INC-{year}-{max(taken, default=0) + 1:03}"


def _in_git(root: Path, year: int) -> str:
    """Return the listings of the year's folder in every ref, as one text; empty where there is no Git to ask.

    One process for all refs: `cat-file --batch` prints each folder as Git keeps it, with the names in plain text.
    """
    heads = _git(root, "for-each-ref", "--format=%(objectname)")
    commits = sorted(set(heads.split()))
    asked = "".join(f"{commit}:./incidents/{year}\n" for commit in commits)
    return _git(root, "cat-file", "--batch", given=asked) if commits else ""


def _git(root: Path, *arguments: str, given: str = "") -> str:
    done = git_command.run(root, *arguments, given=given)
    return done.out if done.status == 0 else ""
