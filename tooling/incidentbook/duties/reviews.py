"""The clocks of all post-mortems that are still owed: which run, which have run out, and what there is so far."""

from __future__ import annotations

import datetime as dt

from incidentbook.duties import Standing, postmortems
from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.repository import Repository

MISSING = "missing"


@frozen
class Owed:
    """A post-mortem that has not been held.

    Attributes:
        by: until when policy wants it; of several incidents, the one resolved last counts.
        incidents: that it is about.
        status: ``missing``, draft, in-review, or skipped where policy lets none be.
        planned: the day that is planned for it.
        path: of its file; empty where there is none.

    """

    by: dt.datetime
    incidents: tuple[Incident, ...]
    status: str
    planned: dt.date | None
    path: str

    def seconds_left(self, now: dt.datetime) -> float:
        """Return how long its clock still runs at ``now``, in seconds; below zero it has run out."""
        return (self.by - now).total_seconds()

    def overdue(self, now: dt.datetime) -> bool:
        """Whether its clock has run out at ``now``."""
        return self.seconds_left(now) < 0


def owed(repo: Repository, now: dt.datetime) -> list[Owed]:
    """Return every post-mortem that policy asks for and that nobody has held or published, the most urgent first.

    One that was skipped is owed only where policy lets none be skipped. A file that covers several incidents is one post-mortem.
    Where policy gives no time, one that is begun has no clock, and one that is missing is owed at once; so the rules about
    missing and late post-mortems judge it.
    """
    policy, clock = repo.policy(Severities), Standing(now, repo.zone)
    found: list[Owed] = []
    for entry in repo.postmortems:
        record = entry.record
        if (
            record is None
            or record.status == "published"
            or (record.status == "skipped" and not postmortems.unskippable(record, repo.incident, policy, repo.zone))
            or (record.held and not _is_ahead(record.held, now, repo))
        ):
            continue
        due = postmortems.due(record, repo.incident, policy, clock)
        if due is not None:
            covered = tuple(incident for name in record.incidents if (incident := repo.incident(name)))
            found.append(Owed(due.at, covered, record.status, record.held or record.scheduled, entry.path))
    for incident in repo.all_incidents():
        if postmortems.owed(incident, policy, repo.zone) and repo.postmortem_of(incident.id) is None:
            by = postmortems.deadline(incident, None, repo.incident, policy, clock)
            found += [Owed(by, (incident,), MISSING, None, "")] if by else []
    return sorted(found, key=lambda one: (one.by, one.incidents[0].id if one.incidents else ""))


def _is_ahead(day: dt.date, now: dt.datetime, repo: Repository) -> bool:
    return day > now.astimezone(repo.zone).date()
