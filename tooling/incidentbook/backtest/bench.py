"""What a concern gets: the same records under two sets of policies, "now", and a place to count what it leaves out.

The policies come without their ``effective_from``: every concern judges all of the past, and `incidentbook.backtest` tells apart
what both ends cover from what they would say had they held then.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from incidentbook import downtime, duties
from incidentbook.document import Document
from incidentbook.entry import POLICY_TYPES, Entry
from incidentbook.records.incident import Incident
from incidentbook.repository import Repository

T = TypeVar("T")
NEVER = dt.datetime(2, 1, 1, tzinfo=dt.UTC)  # before any record


class Side:
    """One end: its policies over the records of HEAD."""

    def __init__(self, repo: Repository, now: dt.datetime) -> None:
        self.repo, self._now = repo, now

    def policy(self, cls: type[T]) -> T:
        """Return the policy of type ``cls``; its defaults where this end has none."""
        return self.repo.policy(cls)

    @functools.cached_property
    def impact(self) -> downtime.Impact:
        """The impact of every incident that this end's policy counts."""
        return downtime.of_repository(self.repo, self._now)

    def segments(self, service: str) -> list[downtime.Segment]:
        """Return all impact on a service until now."""
        return self.impact.during(service, NEVER, self._now)


class Bench:
    """Both ends, over the same records.

    Attributes:
        before: the end called BASE.
        after: the end called HEAD.
        now: what is open or not yet due is so at this instant.
        own_windows: whether objectives are judged over their own windows, and not over calendar months.
        left: how many things were left out, by reason.

    """

    def __init__(self, before: Repository, after: Repository, now: dt.datetime, *, own_windows: bool = False) -> None:
        self.before, self.after = Side(before, now), Side(after, now)
        self.now, self.own_windows = now, own_windows
        self.left: Counter[str] = Counter()

    @property
    def sides(self) -> tuple[Side, Side]:
        """BASE, then HEAD."""
        return self.before, self.after

    @property
    def records(self) -> Repository:
        """The records, which are the same under both."""
        return self.after.repo

    @property
    def zone(self) -> ZoneInfo:
        """The knowledge base's zone."""
        return self.records.zone

    @property
    def clock(self) -> duties.Standing:
        """A clock that stands still at "now"."""
        return duties.Standing(self.now, self.zone)

    def past(self) -> list[Incident]:
        """Return the incidents that policy judges; the others are counted by reason."""
        found: list[Incident] = []
        for incident in self.records.all_incidents():
            reason = duties.exempt(incident)
            if not reason and incident.started is not None and incident.started > self.now:
                reason = "not begun"
            if reason:
                self.left[reason] += 1
            else:
                found.append(incident)
        return found

    def day(self, moment: dt.datetime | None) -> dt.date | None:
        """Return the day of an instant in the knowledge base's zone."""
        return moment.astimezone(self.zone).date() if moment else None


def recorded(incident: Incident) -> str:
    """Return the severity that the record gives, for people."""
    return incident.severity.label if incident.severity else ""


def without_dates(records: Repository, policies: Mapping[str, Entry[Any]]) -> Repository:
    """Return ``records`` under ``policies``, which hold always; what is no policy of the past is that of ``records``."""
    made = {"knowledge-base": records.policies["knowledge-base"]} if "knowledge-base" in records.policies else {}
    for kind, entry in policies.items():
        if kind in POLICY_TYPES and kind not in made and entry.record is not None:
            made[kind] = Entry(entry.path, kind, Document(""), _always(kind, entry.record))
    return dataclasses.replace(records, policies=made)


def _always(kind: str, policy: Any) -> Any:
    """Return a policy that holds from ever on, read to the last field, so that two of them can be compared."""
    cls = POLICY_TYPES[kind]
    values = {field.name: getattr(policy, field.name) for field in dataclasses.fields(cls)}
    return cls(**{name: None if name == "effective_from" else value for name, value in values.items()})
