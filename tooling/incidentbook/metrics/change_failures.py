"""How many incidents a change brought about, and how many of all changes did (the change-failure rate).

The rate is that of DORA (Forsgren, Humble and Kim, "Accelerate", 2018). Its denominator is no fact of an incident, so it has to
be in `policy/metrics.yml`, by calendar month; without it there is no rate. That of a month which is not over where the file was
written is what was counted by then; of any other a part is taken by time.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.periods import month_of
from incidentbook.records.incident import Incident

ORDER = 92
GROUP = "Learning"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the share of incidents that a change caused, then the share of changes that caused one."""
    counted = scope.population.counted
    caused = [incident for incident in counted if any(change.caused for change in incident.changes)]
    unknown = sum(1 for incident in counted if _undecided(incident))
    yield Figure.estimated(
        "incidents-by-change", "Incidents caused by a change", "percent", scope.share(len(caused), len(counted) - unknown),
        "incidents of the window with a change that their record says caused them (`caused: true`); one whose suspected "
        "changes nobody has judged yet is missing, and so is an imported one that tells of no change",
        missing=unknown, excluded=scope.population.excluded,
    )  # fmt: skip
    if not scope.narrowed:  # changes are counted for everything together
        yield _rate(scope, caused)


def _rate(scope: Scope, caused: list[Incident]) -> Figure:
    failed = {
        change.ref or (incident.id, change.id) for incident in caused for change in incident.changes if change.caused
    }
    total, prorated, absent = _changes(scope)
    counted, zone = scope.counted_until, scope.repo.zone
    found = scope.share(min(len(failed), total), total) if total is not None else scope.share(0, 0)
    notes = [f"{len(failed)} of {total:,} changes"] if total is not None else []
    notes += ["the number of a month that lies partly in the window is taken by time"] if total and prorated else []
    running = month_of(counted, zone)
    if total and running.start < min(counted, scope.window.end):
        until = '"now"' if counted == scope.now else f"{counted.astimezone(zone):%Y-%m-%d}"
        notes.append(f"the number of {running.label} is taken as counted until {until}")
    notes += [f"policy/metrics.yml does not say how many changes there were in {', '.join(absent)}"] if absent else []
    return Figure.estimated(
        "change-failure-rate", "Change-failure rate", "percent", found,
        "changes that caused an incident of the window divided by all changes of it by `changes` in `policy/metrics.yml`",
        excluded=scope.population.excluded, note="; ".join(notes),
    )  # fmt: skip


def _changes(scope: Scope) -> tuple[int | None, bool, list[str]]:
    """Return the number of changes in the window, whether months were divided for it, and the months that have none."""
    total, prorated = 0.0, False
    absent: list[str] = []
    month = month_of(scope.window.start, scope.repo.zone)
    while month.start < scope.window.end:
        count = scope.policy.changes.get(month.label)
        known_until = max(min(month.end, scope.counted_until), month.start)
        first, last = max(month.start, scope.window.start), min(known_until, scope.window.end, scope.now)
        whole = (known_until - month.start).total_seconds()
        if count is None:
            absent.append(month.label)
        elif whole > 0:
            share = max((last - first).total_seconds(), 0.0) / whole
            prorated |= 0 < share < 1
            total += count * share
        month = month_of(month.end, scope.repo.zone)
    return (None if absent else round(total)), prorated, absent


def _undecided(incident: Incident) -> bool:
    """Whether changes are suspected, and of none is it known that it caused the incident; or whether nobody looked for any."""
    changes = incident.changes
    if not changes:
        return incident.provenance is not None
    open_ones = any(change.suspected and change.caused is None for change in changes)
    return open_ones and not any(change.caused for change in changes)
