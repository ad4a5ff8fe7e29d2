"""Which incident a responder means: the one named, the one of the branch, or the only one that is open. Never a guess.

To know which are open without reading five thousand files, those that are not are kept in `.incidentbook/closed.json` with what
the file system says of each; whatever else there is gets read, which is what is open and what has changed. So an entry in an
open incident leaves the index as it is. It can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import time
from pathlib import Path
from typing import NamedTuple

from incidentbook import __version__, files, source
from incidentbook.errors import IncidentbookError, NotFoundError
from incidentbook.records.vocabulary import Status
from incidentbook.writer import state_folder, write_text

VARIABLE = "INC_CURRENT"
_ID = re.compile(r"INC-[0-9]{4}-[0-9]{3,}(?![0-9])", re.IGNORECASE)
_STATUS = re.compile(r"^status:[ \t]+([a-z]+)[ \t]*(?:#[^\r\n]*)?$", re.MULTILINE)
_INDEX = "closed.json"
_RECENT = 20
_TICK = 20_000_000  # nanoseconds: a file system notes times by the tick of its kernel, of up to 10 ms


class Choice(NamedTuple):
    """The incident that is meant.

    Attributes:
        id: of the incident.
        path: of its record, relative to the root.
        because: what named it, for a reader.

    """

    id: str
    path: str
    because: str


def choose(root: Path, named: str, variable: str) -> Choice:
    """Return the incident that is meant: where none is open, the only one that is resolved and not yet closed.

    Args:
        root: of the knowledge base.
        named: what the command line names; empty where it names none.
        variable: what ``INC_CURRENT`` holds.

    Raises:
        NotFoundError: the named incident has no record, or none is open.
        IncidentbookError: several are open, and nothing says which is meant.

    """
    pointed = pointed_at(root, named, variable)
    if pointed is not None:
        return pointed
    found = open_incidents(root)
    if not found and len(unwritten := _resolved(root)) == 1:
        return Choice(Path(unwritten[0]).stem, unwritten[0], "the only one not closed")
    if not found:
        raise NotFoundError(
            "No incident is open",
            hint='`inc start "TITLE" --severity sev1` opens one; --incident ID names one that is over.',
        )
    if len(found) > 1:
        names = ", ".join(Path(path).stem for path in found)
        raise IncidentbookError(
            f"{len(found)} incidents are open: {names}",
            hint=f"Say which: --incident {Path(found[-1]).stem}, or export {VARIABLE}={Path(found[-1]).stem}.",
        )
    return Choice(Path(found[0]).stem, found[0], "the only one open")


def _resolved(root: Path) -> list[str]:
    """Return the paths of the newest records that are resolved and not closed: what people still write up."""
    paths = sorted(files.listing(root, ["incidents"])[0], key=lambda path: (path[:14], len(path), path))
    return [path for path in paths[-_RECENT:] if _says(root, path) == Status.RESOLVED.value]


def _says(root: Path, path: str) -> str:
    data = files.read_bytes(root, path)
    found = _STATUS.findall(data.decode("utf-8", "replace")) if isinstance(data, bytes) else []
    return str(found[0]) if len(found) == 1 else ""


def find(root: Path, text: str) -> Choice:
    """Return the incident with the id ``text``. Raises NotFoundError."""
    return _named(root, text, "as you said")


def pointed_at(root: Path, named: str, variable: str) -> Choice | None:
    """Return the incident that is named, or that the variable or the branch names; None where none of them does.

    Raises:
        NotFoundError: that incident has no record.

    """
    for text, because in (
        (named, "as you said"),
        (variable, f"by {VARIABLE}"),
        (_of_branch(root), "by the name of the branch"),
    ):
        if text:
            return _named(root, text, because)
    return None


def _named(root: Path, text: str, because: str) -> Choice:
    incident_id = text.upper()
    path = f"incidents/{incident_id[4:8]}/{incident_id}.yml"
    if not _ID.fullmatch(incident_id):
        raise NotFoundError(f"{text!r} ({because}) is no incident id such as INC-2025-001")
    if not (root / path).is_file():
        elsewhere = [
            found for found in files.listing(root, ["incidents"])[0] if Path(found).name == f"{incident_id}.yml"
        ]
        if not elsewhere:
            raise NotFoundError(f"There is no incident {incident_id} ({because})", hint="`inc list` shows all of them.")
        path = elsewhere[0]
    return Choice(incident_id, path, because)


def _of_branch(root: Path) -> str:
    """Return the incident id in the name of the branch that is checked out; empty where there is none.

    The file is read and not Git asked: that takes longer than all the rest of a command.
    """
    top = files.git_top(root)
    if top is None:
        return ""
    mark = top / ".git"
    try:
        if mark.is_file():  # a worktree: the file names its own folder
            mark = top / mark.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (mark / "HEAD").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    found = _ID.search(head) if head.startswith("ref: refs/heads/") else None
    return found.group() if found else ""


def open_incidents(root: Path) -> list[str]:
    """Return the paths of the records that are open, sorted; drills too, imports without an end not."""
    ages = _ages(root, time.time_ns() - _TICK)
    known = _read_index(root)
    found = [path for path, age in ages.items() if not (age and known.get(path) == age) and _reads_open(root, path)]
    closed = {path: age for path, age in ages.items() if age}
    for path in found:
        closed.pop(path, None)
    if closed != known:
        with contextlib.suppress(OSError):  # it only saves time: a disk that is full goes without
            write_text(state_folder(root) / _INDEX, json.dumps({"version": __version__, "closed": closed}))
    return sorted(found)


def _ages(root: Path, before: int) -> dict[str, int]:
    """Return when each record was last touched (nanoseconds of the epoch); 0 where that proves nothing of what it says.

    Nothing that changes a file leaves the time of its last change alone, so that one number is enough: of five thousand files
    every further look counts. What lies behind a link proves nothing, nor what was touched at ``before`` or later, as a second
    write within the same tick would leave no trace.
    """
    found: dict[str, int] = {}
    folders = ["incidents"]
    while folders:
        folder = folders.pop()
        with contextlib.suppress(OSError):
            handle = os.open(root / folder, os.O_RDONLY | os.O_DIRECTORY)  # names alone are looked up faster than paths
            try:
                for name in os.listdir(handle):  # noqa: PTH208 - objects would take twice as long
                    if name.endswith(".yml") and not name.startswith("."):
                        found[f"{folder}/{name}"] = _age(name, handle, before)
                    elif not name.startswith(".") and _is_folder(name, handle):
                        folders.append(f"{folder}/{name}")
            finally:
                os.close(handle)
    return found


def _is_folder(name: str, folder: int) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=folder).st_mode)
    except OSError:  # a link that leads nowhere
        return False


def _age(name: str, folder: int, before: int) -> int:
    try:
        info = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return 0
    return info.st_ctime_ns if info.st_ctime_ns < before and stat.S_ISREG(info.st_mode) else 0


def _reads_open(root: Path, path: str) -> bool:
    data = files.read_bytes(root, path)
    return isinstance(data, bytes) and _is_open(data.decode("utf-8", "replace"))


def _is_open(text: str) -> bool:
    """Whether a record says that it is open.

    In a block mapping a key without indentation is one of the record's own, so a search finds what reading would.
    """
    found = _STATUS.findall(text)
    if len(found) == 1 and "provenance:" not in text:
        return found[0] in OPEN
    value = source.load(text).value
    if not isinstance(value, dict) or value.get("status") not in OPEN:
        return False
    provenance = value.get("provenance")
    return not (isinstance(provenance, dict) and "last_seen" in provenance)


OPEN = frozenset(status.value for status in Status if status.is_open)


def _read_index(root: Path) -> dict[str, int]:
    try:
        kept = json.loads((root / ".incidentbook" / _INDEX).read_text(encoding="utf-8"))
        closed: dict[str, int] = kept["closed"] if kept["version"] == __version__ else {}
        return dict(closed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # there is none yet, or what is there is no index of ours
