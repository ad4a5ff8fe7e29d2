"""Numbers that two clones gave to different incidents: each added a record of the same name, and they have not met yet."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from incidentbook import files, git_command, source
from incidentbook.errors import IncidentbookError

_LISTS = ("transitions", "severity_history", "timeline", "communications", "roles")


def clashes(root: Path, upstream: str = "@{upstream}") -> list[str]:
    """Return the ids of the records here that ``upstream`` has added, too, for another incident, sorted.

    Only what was added since the two parted can clash. Two records are of one incident where any entry is in both, by its id;
    where neither has an entry, if they have the same title and the same start.

    Raises:
        IncidentbookError: Git does not know ``upstream``.

    """
    if git_command.run(root, "rev-parse", "--verify", "--quiet", f"{upstream}^{{commit}}").status:
        raise IncidentbookError(
            f"Git knows no {upstream} to compare with", hint="`git fetch` gets it; --with origin/main names another."
        )
    parted = git_command.run(root, "merge-base", "HEAD", upstream).out.strip()
    since = (parted, upstream) if parted else (_empty_tree(root), upstream)
    added = git_command.run(
        root, "diff", "--name-only", "-z", "--relative", "--no-renames", "--diff-filter=A", *since, "--", "incidents"
    )
    paths = [path for path in added.out.split("\0") if path.endswith(".yml")]
    return sorted(PurePosixPath(path).stem for path in paths if _differs(root, path, upstream))


def _differs(root: Path, path: str, upstream: str) -> bool:
    """Whether the record at ``path`` here is of another incident than the one there."""
    data = files.read_bytes(root, path)
    if not isinstance(data, bytes):
        return False
    theirs = git_command.run(root, "cat-file", "blob", f"{upstream}:./{path}").out
    return not same_incident(source.load(data.decode("utf-8", "replace")).value, source.load(theirs).value)


def same_incident(one: Any, other: Any) -> bool:
    """Whether two records, as plain data, are of one incident."""
    first, second = _entries(one), _entries(other)
    if first or second:
        return not first.isdisjoint(second)
    return _beginning(one) == _beginning(other)


def _entries(value: Any) -> set[str]:
    lists = [value.get(name) for name in _LISTS] if isinstance(value, dict) else []
    entries = [entry for items in lists if isinstance(items, list) for entry in items if isinstance(entry, dict)]
    return {str(entry["id"]) for entry in entries if entry.get("id")}


def _beginning(value: Any) -> tuple[Any, Any]:
    plain = value if isinstance(value, dict) else {}
    milestones = plain.get("milestones")
    return plain.get("title"), milestones.get("started") if isinstance(milestones, dict) else None


def _empty_tree(root: Path) -> str:
    """Return the name of the tree without a file, from which two histories that share nothing have parted."""
    return git_command.run(root, "hash-object", "-t", "tree", "--stdin").out.strip()
