"""What the pages of single records are made from, as one digest for each: where that is what it was, so is the page.

A page is made of its own record and of little else: what policies say, which other records have a page, the post-mortem and the
incidents that it names, what Git tells of its past, what others did to the same services about that time, and, where something
goes on, the clock. Whatever a page comes to say has to be in its basis: tests/site/test_basis.py changes knowledge bases at
random and compares.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import Any

from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import MILESTONES
from incidentbook.site import promises
from incidentbook.site.context import Site
from incidentbook.site.stamp import stamp

_WRITERS = ("Jinja2", "markdown-it-py", "nh3")  # packages that write parts of pages
_SHORTEST = 28  # days of a month
_MONTHS = 12


class Bases:
    """The bases of a site's pages; what they have in common is taken once."""

    def __init__(self, site: Site) -> None:
        """Take what every page depends on."""
        self._site = site
        self._named: dict[str, list[Entry[Incident]]] = defaultdict(list)
        for entry in site.repo.incidents:
            if entry.record:
                self._named[entry.record.id].append(entry)
        window = site.shared.window
        self._before = window.end - window.start
        self._others = functools.cache(self._impact)
        self._common = self._shared()

    @classmethod
    def of(cls, site: Site) -> Bases:
        """Return the bases of a site, which pages and files share."""
        return site.once("bases", lambda: cls(site))

    def incident(self, entry: Entry[Incident], incident: Incident, *more: object) -> str:
        """Return the basis of an incident's page, of which ``more`` is said too; empty where nobody can tell."""
        told = self._site.repo.postmortem_entry_of(incident.id)
        steps, status = incident.remediation, self._site.shared.action_status
        return self._digest(
            [entry, *([told] if told else [])],
            self._promised(told.record) if told and told.record else [],
            [status.get(step.action) for each in (steps.immediate, steps.short_term, steps.long_term) for step in each],
            [repr(step) for step in self._site.known.get(entry.path, ())],
            list(self._around(incident)),
            self._clock([incident]),
            more,
        )

    def postmortem(self, entry: Entry[Postmortem], postmortem: Postmortem, *more: object) -> str:
        """Return the basis of a post-mortem's page in the same way."""
        covered = self._covered(postmortem)
        clock = self._clock(one.record for one in covered if one.record)
        return self._digest([entry, *covered], self._promised(postmortem), clock, more)

    def record_of_incident(self, entry: Entry[Incident], *more: object) -> str:
        """Return the basis of what is made of an incident's record alone, of what all pages depend on, and of ``more``."""
        return self._digest([entry], more)

    def record_of_postmortem(self, entry: Entry[Postmortem], postmortem: Postmortem, *more: object) -> str:
        """Return the basis of what is made of a post-mortem's record alone, which names evidence of its incidents."""
        return self._digest([entry, *self._covered(postmortem)], more)

    def _covered(self, postmortem: Postmortem) -> list[Entry[Incident]]:
        return [one for name in postmortem.incidents for one in self._named[name]]

    def _digest(self, read: Sequence[Entry[Any]], *values: object) -> str:
        if not self._common or not all(entry.content for entry in read):
            return ""
        return stamp([self._common, [(entry.path, entry.content) for entry in read], values])

    def _shared(self) -> str:
        """Return what stands for policies, playbooks, the reader, and which records have which pages."""
        site, pages = self._site, self._site.pages
        read = [*site.repo.policies.values(), *site.repo.playbooks]
        if not all(entry.content for entry in read):
            return ""
        asked = [site.audience.value, self._before.total_seconds(), *map(version, _WRITERS)]
        records = [pages.incidents, pages.postmortems, pages.playbooks, pages.actions, pages.sources, pages.folders]
        return stamp(
            [
                sorted((entry.path, entry.content) for entry in read),
                asked,
                records,
                pages.services,
                pages.factors,
                pages.teams,
            ]
        )

    def _promised(self, postmortem: Postmortem) -> list[object]:
        """Return how the items of a post-mortem stand at "now"."""
        return [(one.late, one.waived, promises.due(self._site, one)) for one in promises.of(self._site, postmortem)]

    def _around(self, incident: Incident) -> Iterator[str]:
        """Yield what happened to the services of an incident about that time, by which its severity and credits are judged."""
        times = [*_times(incident), *([self._site.now] if incident.is_open else [])]
        if not times:
            return
        first = _month(min(times)) - self._before.days // _SHORTEST - 2
        last = _month(max(times)) + 1
        phases = incident.impact.phases
        for service in sorted({*incident.services, *(name for phase in phases for name in phase.services)}):
            yield self._others(service, first, last)

    def _impact(self, service: str, first: int, last: int) -> str:
        """Return what stands for the impact on a service from one month of UTC to another."""
        found = self._site.shared.whole_impact.during(service, _begins(first), _begins(last + 1))
        return stamp([(str(one.start), str(one.end), one.weight, one.incident) for one in found])

    def _clock(self, incidents: Iterable[Incident]) -> str:
        """Return "now" where what is said of an incident goes on with it."""
        now = self._site.now
        return str(now) if any(_goes_on(incident, now) for incident in incidents) else ""


def _goes_on(incident: Incident, now: dt.datetime) -> bool:
    """Whether it is open, has no end, or has one that is still to come.

    An import that was unresolved when it was last seen does not: nobody knows more than of then, so no page counts on from there.
    """
    seen = incident.provenance.last_seen if incident.provenance else None
    if incident.unresolved_when_last_seen and seen and all(phase.to for phase in incident.impact.phases):
        return max(seen.at, *_times(incident)) > now
    ended = incident.milestone("resolved") or incident.milestone("closed")
    return incident.is_open or ended is None or max(_times(incident)) > now


def _times(incident: Incident) -> Iterator[dt.datetime]:
    """Yield when it reached its milestones, and when its phases began and ended."""
    reached = (incident.milestone(name) for name in MILESTONES)
    edges = (edge for phase in incident.impact.phases for edge in (phase.from_, phase.to))
    yield from (moment.at for moment in (*reached, *edges) if moment)


def _month(moment: dt.datetime) -> int:
    """Return the month of UTC, counted from that before the calendar begins."""
    at = moment.astimezone(dt.UTC)
    return at.year * _MONTHS + at.month - 1


def _begins(month: int) -> dt.datetime:
    year, number = divmod(month, _MONTHS)
    if year < dt.MINYEAR:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    return (
        dt.datetime(year, number + 1, 1, tzinfo=dt.UTC)
        if year <= dt.MAXYEAR
        else dt.datetime.max.replace(tzinfo=dt.UTC)
    )
