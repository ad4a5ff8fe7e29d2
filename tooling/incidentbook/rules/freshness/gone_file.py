"""A command of a playbook that names a file which is gone.

What it checks
    Paths in the `command` of a playbook's steps that mean a file of this repository: those that begin with `./` or `scripts/`,
    and those whose first folder is one of the repository's. Left alone are retired playbooks, paths with a placeholder, what a
    command writes, and commands that go elsewhere first (`cd`, `ssh`, `docker exec`).

Why it matters
    At three in the morning the step fails, and nobody knows what the script would have done.

Bad example
    # playbooks/availability/database-failover.md
    steps:
      - {id: fence, action: Fence the old primary, command: scripts/fence-node.sh db-1}

Good example
    # playbooks/availability/database-failover.md
    steps:
      - {id: fence, action: Fence the old primary, command: fence-node db-1 --storage}
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, walk, words
from incidentbook.rules.context import Context
from incidentbook.rules.passages import Passage

CODE = "IB703"
NAME = "gone-file"
SUMMARY = "A playbook's command names a file that is gone"
GRADE = Grade.WARNING
KINDS = ("playbook",)
_PATH = re.compile(r"(?<![\w/.~$@:%{}<>*+-])(?:\./)?(?:[\w-][\w.-]*/)*[\w-][\w.-]*(?![\w/$@:%{}<>*?-])")
_WRITTEN = re.compile(r"(?:>|-o|--output|\btee|\btouch|\bmkdir|-p)[ =]*\Z")
_ELSEWHERE = re.compile(
    r"(?:^|[;&|(\s])(?:cd|pushd|ssh|rsh|chroot|(?:docker|podman|kubectl|oc)\s+(?:\S+\s+){0,20}?(?:exec|run))\s"
)
_OURS = "scripts"
_BEFORE = 40  # characters before a path in which a command can say that it writes there


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every path of a command that leads nowhere."""
    if entry.record is None or entry.record.status == "retired":
        return
    for path, command in walk.texts(entry.document.value, "steps.*.command"):
        for match in _paths(command, context):
            file = posixpath.normpath(match[0])
            message = f"There is no `{words.shown(file)}` in the repository, which this command names"
            hint = "Name the file that does it now, or describe the step in words."
            yield Hit(Passage(entry, path, command).place(*match.span()), message, hint)


def _paths(command: str, context: Context) -> Iterator[re.Match[str]]:
    """Yield what names a file of this repository that is not there."""
    away = _ELSEWHERE.search(command)
    for match in _PATH.finditer(command, 0, away.start() if away else len(command)):
        path = match[0]
        first = path.split("/", 1)[0]
        if "/" not in path:
            continue
        ours = first in (".", _OURS) or context.exists(first) or context.exists("../" * context.depth + first)
        gone = ours and not (context.exists(path) or context.exists("../" * context.depth + path))
        if gone and not _WRITTEN.search(command, max(0, match.start() - _BEFORE), match.start()):
            yield match
