"""When something last happened, by what a view shows of a record: a hidden entry moves nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import Moment
from incidentbook.site.context import Site


def changed(site: Site, incident: Incident) -> dt.datetime | None:
    """Return when an incident's record last says that something happened, by "now"; None where it gives no time."""
    known: dict[int, dt.datetime | None] = site.once("changed", dict)
    if id(incident) not in known:  # a record is there as long as its site
        known[id(incident)] = _changed(site, incident)
    return known[id(incident)]


def _changed(site: Site, incident: Incident) -> dt.datetime | None:
    latest = max((moment.at for moment in _moments(incident)), default=None)
    if latest is None or latest <= site.now:
        return latest
    return max((moment.at for moment in _moments(incident) if moment.at <= site.now), default=None)


def reviewed(site: Site, item: Postmortem) -> dt.datetime | None:
    """Return since when a post-mortem has been what it is: it was published, or held, or its incident happened."""
    for day in (item.published, item.held):
        if day is not None:
            # The day itself is all that is known: its first instant is over whenever it has begun.
            begun = dt.datetime.combine(day, dt.time(), tzinfo=site.repo.zone)
            if begun <= site.now:
                return begun
    found = (site.repo.incident(name) for name in item.incidents)
    return max((at for incident in found if incident and (at := changed(site, incident))), default=None)


def newest(site: Site) -> dt.datetime:
    """Return when anything last happened: what is made of the same records then has the same stamp. "Now" where nothing did."""
    return site.once("newest", lambda: _newest(site))


def _newest(site: Site) -> dt.datetime:
    found = [at for entry in site.repo.incidents if entry.record and (at := changed(site, entry.record))]
    found += [at for entry in site.repo.postmortems if entry.record and (at := reviewed(site, entry.record))]
    return max(found, default=site.now)


def _moments(incident: Incident) -> Iterator[Moment]:
    yield from incident.milestones.values()
    for entries in (incident.transitions, incident.severity_history, incident.timeline, incident.communications):
        yield from (entry.at for entry in entries if entry.at)
