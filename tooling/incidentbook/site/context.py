"""What every page may use: the view, "now", the pages that exist, the shared figures, and how things are said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any, TypeVar

from incidentbook import reports
from incidentbook.chronicle.steps import Step
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.history.past import Past
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.time import Moment, short
from incidentbook.records.vocabulary import Disclosure, Status
from incidentbook.repository import Repository
from incidentbook.site import wording
from incidentbook.site.links import Directory, Place

T = TypeVar("T")
_OVER = (Status.RESOLVED, Status.CLOSED)


@frozen
class Site:
    """One rendering of a knowledge base.

    Attributes:
        repo: the view of ``audience``; nothing that the audience may not see is in it.
        shared: figures and impact of the whole view, computed once.
        past: what Git holds of other times, of all and not of the view only; None where it is not known.
        known: by the path of a record, what each commit changed in it, as far as the audience may see it.
        noted: what was found out once (`once`).

    """

    repo: Repository
    now: dt.datetime
    audience: Disclosure
    pages: Directory
    shared: reports.Shared
    past: Past | None = None
    known: Mapping[str, Sequence[Step]] = field(default_factory=dict)
    noted: dict[str, Any] = field(default_factory=dict)

    @property
    def knowledge_base(self) -> KnowledgeBase:
        """Name, zone and teams."""
        return self.repo.knowledge_base

    def once(self, what: str, find: Callable[[], T]) -> T:
        """Return what ``find`` finds out of this site; several pages and feeds share it."""
        if what not in self.noted:
            self.noted[what] = find()
        found: T = self.noted[what]
        return found

    def at(self, path: str) -> Place:
        """Return the place from which the page ``path`` writes links."""
        return self.pages.at(path)

    def incidents(self) -> tuple[tuple[Entry[Incident], Incident], ...]:
        """Return every incident with its file, newest first; those without a start come last."""
        return self.once("incidents", self._newest_first)

    def _newest_first(self) -> tuple[tuple[Entry[Incident], Incident], ...]:
        found = [(entry, entry.record) for entry in self.repo.incidents if entry.record]
        oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
        return tuple(sorted(found, key=lambda pair: (pair[1].started or oldest, pair[1].id), reverse=True))

    def open_incidents(self) -> list[tuple[Entry[Incident], Incident]]:
        """Return the real incidents that responders are still at; of an unresolved import nobody knows."""
        return [
            (entry, item)
            for entry, item in self.incidents()
            if item.is_open and item.counts and not item.unresolved_when_last_seen
        ]

    @property
    def today(self) -> dt.date:
        """The day of "now" in the knowledge base's zone."""
        return self.now.astimezone(self.repo.zone).date()

    def days_since(self, moment: dt.datetime) -> int:
        """Return how many days have begun since an instant."""
        return (self.today - moment.astimezone(self.repo.zone).date()).days

    def day(self, moment: dt.datetime | None) -> str:
        """Say a day in the knowledge base's zone."""
        return f"{moment.astimezone(self.repo.zone):%Y-%m-%d}" if moment else "unknown"

    def when(self, moment: dt.datetime | None) -> str:
        """Say an instant in the knowledge base's zone, to the minute."""
        return f"{moment.astimezone(self.repo.zone):%Y-%m-%d %H:%M %Z}" if moment else "unknown"

    def exactly(self, moment: Moment | None) -> str:
        """Say a recorded time, to the second, and whether it is an estimate."""
        if moment is None:
            return ""
        about = "about " if moment.uncertain else ""
        return f"{about}{moment.at.astimezone(self.repo.zone):%Y-%m-%d %H:%M:%S %Z}"

    def services(self, incident: Incident, most: int) -> str:
        """Name the services that an incident hit, at most ``most`` of them."""
        known = self.repo.policy(Services)
        return wording.some([known.name(slug) for slug in incident.services], most)

    def team(self, slug: str) -> str:
        """Name a team; empty for none."""
        return self.knowledge_base.team_name(slug) if slug else ""

    def factor(self, slug: str) -> str:
        """Name a contributing factor."""
        return self.repo.policy(Factors).name(slug)

    @property
    def inside(self) -> bool:
        """Whether the reader may see what says nothing of its own level: contacts, escalation, rotation, duties to report.

        Policy files have no level of their own, so they have that of a record that names none.
        """
        return self.audience.shows(self.knowledge_base.default_disclosure)

    def duration(self, incident: Incident) -> str:
        """Say how long an incident lasted, or why nobody can say."""
        seconds = incident.seconds_between("started", "resolved")
        if seconds is not None:
            return self._measured(seconds)
        if incident.unresolved_when_last_seen:
            return self.last_seen(incident)
        if incident.is_open and incident.started and incident.started <= self.now:
            return f"open for {short((self.now - incident.started).total_seconds())}"
        return "not recorded" if incident.is_open or incident.status is None or incident.status in _OVER else ""

    def last_seen(self, incident: Incident) -> str:
        """Say of an imported, unresolved record what is known: how it stood when its source was last read."""
        seen = incident.provenance.last_seen if incident.provenance else None
        return f"unresolved when last seen, {self.day(seen.at)}" if seen else ""

    def _measured(self, seconds: float) -> str:
        definitions = self.repo.policy(MetricsPolicy).durations.values()
        own = next((item for item in definitions if (item.from_, item.to) == ("started", "resolved")), None)
        if seconds < 0:
            return "ends before it starts"
        return "not measured" if seconds == 0 and own is not None and own.zero == "unmeasured" else short(seconds)
