"""Facts that were written down long after their time: no reproach, but whoever reads them should know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from incidentbook.chronicle.steps import Step
from incidentbook.frozen import frozen
from incidentbook.records.time import Moment, utc_text

if TYPE_CHECKING:
    from incidentbook.outputs import history as printed

USUAL = dt.timedelta(hours=24)
_LISTS = ("timeline", "communications", "transitions", "severity_history")
_BEGIN = ("declared", "detected", "started")


@frozen
class Backdated:
    """A fact that a commit brought long after its time.

    Attributes:
        path: where it stands; ``record`` for a whole record that was first written down then.
        at: its time, as it is written.
        lag: how long after it the commit was made; of a merge, the first of the commits that it brought.

    """

    path: str
    at: dt.datetime
    lag: dt.timedelta

    def plain(self) -> printed.Backdated:
        """Return it for JSON."""
        return {"path": self.path, "at": utc_text(self.at), "lag_seconds": int(self.lag.total_seconds())}


def of_trail(steps: Sequence[Step], after: dt.timedelta = USUAL) -> dict[str, list[Backdated]]:
    """Return the backdated facts of each step of a trail, by its commit; what comes back after a removal was known before."""
    seen: set[tuple[str, dt.datetime]] = set()
    found: dict[str, list[Backdated]] = {}
    for step in steps:
        found[step.commit] = backdated(step, after, seen)
        for touch in step.touches:
            times = dict(_times(touch.after))
            seen |= {*times.items(), *(("record", at) for at in times.values())}
    return found


def backdated(
    step: Step, after: dt.timedelta = USUAL, seen: AbstractSet[tuple[str, dt.datetime]] = frozenset()
) -> list[Backdated]:
    """Return the facts of incident records that ``step`` brought more than ``after`` later than their time.

    A record's first version is one fact, as old as its declaration (or detection, or start), since all of it is new then.
    Imported records and entries are left out, for their source says when they were known, and so is the first commit of a
    past, for which all is old. So are facts that were ``seen`` before, by path and time.
    """
    return list(_backdated(step, after, seen)) if step.place else []


def _backdated(step: Step, after: dt.timedelta, seen: AbstractSet[tuple[str, dt.datetime]]) -> Iterator[Backdated]:
    for touch in step.touches:
        if not touch.is_record or "provenance" in touch.after:
            continue
        new = dict(_times(touch.after))
        if touch.what == "added":
            begin = next((new[f"milestones.{name}"] for name in _BEGIN if f"milestones.{name}" in new), None)
            new = {"record": begin} if begin else {}
        old = dict(_times(touch.before))
        for path, at in new.items():
            lag = step.written_at - at
            if old.get(path) != at and lag > after and (path, at) not in seen:
                yield Backdated(path, at, lag)


def _times(data: Mapping[str, Any]) -> Iterator[tuple[str, dt.datetime]]:
    """Yield the time of each milestone and entry, by its path."""
    milestones = data.get("milestones")
    for name, value in milestones.items() if isinstance(milestones, Mapping) else ():
        moment = Moment.from_plain(value)
        if moment is not None:
            yield f"milestones.{name}", moment.at
    for key in _LISTS:
        entries = data.get(key)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping) and "provenance" not in entry:
                moment = Moment.from_plain(entry.get("at"))
                if moment is not None:
                    yield f"{key}[{entry.get('id')}]", moment.at
