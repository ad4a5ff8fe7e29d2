"""When each fact of a record was first known, and since when it has been what it is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from incidentbook.chronicle.steps import Step
from incidentbook.differences import shown
from incidentbook.frozen import frozen
from incidentbook.records.time import utc_text

if TYPE_CHECKING:
    from incidentbook.outputs import history as printed


@frozen
class Fact:
    """A fact of a record as it stands.

    Attributes:
        path: where it stands: ``severity``, ``milestones.resolved``, ``timeline[t1]``.
        value: what it says, in short.
        first_known: the time of the commit that first said anything there, in UTC.
        since: the time of the commit since which it says what it says.
        changes: how often it was changed in between.
        known_before: whether it was there already where the past begins, so that it may have been known for longer.

    """

    path: str
    value: str
    first_known: dt.datetime
    since: dt.datetime
    changes: int = 0
    known_before: bool = False

    def plain(self) -> printed.Fact:
        """Return it for JSON."""
        return {
            "path": self.path,
            "value": self.value,
            "first_known": utc_text(self.first_known),
            "since": utc_text(self.since),
            "changes": self.changes,
            "known_before": self.known_before,
        }


def facts(steps: Sequence[Step]) -> list[Fact]:
    """Return the facts of the incident record that ``steps`` end with, in its own order; none where it is gone.

    One that was taken away and came back was first known when it first came.
    """
    known: dict[str, Fact] = {}
    present: list[str] = []
    values: dict[str, object] = {}
    for step in steps:
        for touch in step.touches:
            if not touch.is_record or touch.what == "unreadable":
                continue
            now = dict(_leaves(touch.after))
            for path, value in now.items():
                before = known.get(path)
                if before is None:
                    older = touch.what == "there"
                    known[path] = Fact(path, shown(value), step.known_at, step.known_at, known_before=older)
                elif path not in present or values[path] != value:
                    known[path] = replace(before, value=shown(value), since=step.known_at, changes=before.changes + 1)
            present, values = list(now), values | now
    return [known[path] for path in present]


def _leaves(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{below}", part) for below, part in value.items())
        elif isinstance(value, list) and any(isinstance(entry, Mapping) and "id" in entry for entry in value):
            yield from (
                (f"{key}[{entry['id']}]", entry) for entry in value if isinstance(entry, Mapping) and "id" in entry
            )
        else:
            yield key, value
