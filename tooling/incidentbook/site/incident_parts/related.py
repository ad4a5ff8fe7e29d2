"""Incidents that belong to this one: those that its record names, and earlier ones with the same factors or the same services.

Words are not compared here, as ``inc similar`` does: for thousands of records that takes longer than all the rest of the site.
Only earlier incidents are named, so that a page says the same as long as its own record does.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.services import Services
from incidentbook.records.vocabulary import Status
from incidentbook.site import markup, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_MOST = 3
_LOOKED_AT = 12  # of each factor and each service, the latest before
Dated = tuple[dt.datetime, str]
# (id, title) of those that the record names; (id, title, what they share) of earlier ones
Related = tuple[list[tuple[str, str]], list[tuple[str, str, str]]]


class Kin:
    """Which incidents have which factors and services, in the order of time: made once for all pages."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._names_factors, self._names_services = site.repo.policy(Factors), site.repo.policy(Services)
        self._by_factor: dict[str, list[Dated]] = defaultdict(list)
        self._by_service: dict[str, list[Dated]] = defaultdict(list)
        for item in site.repo.all_incidents():
            if item.started is None or item.status in (Status.CANCELLED, Status.MERGED):
                continue
            for factor in self.factors(item.id):
                self._by_factor[factor].append((item.started, item.id))
            for service in item.services:
                self._by_service[service].append((item.started, item.id))
        for index in (self._by_factor, self._by_service):
            for dated in index.values():
                dated.sort()

    def factors(self, incident_id: str) -> tuple[str, ...]:
        """Return the factors that the post-mortem of an incident names."""
        found = self._site.repo.postmortem_of(incident_id)
        return tuple(dict.fromkeys(node.factor for node in found.causes.nodes if node.factor)) if found else ()

    def title(self, incident_id: str) -> str:
        """Return what an incident is called; empty where the view has none of that id."""
        found = self._site.repo.incident(incident_id)
        return found.title if found else ""

    def of(self, incident: Incident) -> Related:
        """Return what is said of others on an incident's page."""
        named = [(name, self.title(name)) for name in incident.links.related]
        return named, [(item.id, item.title, why) for item, why in self.earlier(incident)]

    def earlier(self, incident: Incident) -> list[tuple[Incident, str]]:
        """Return the closest earlier incidents, each with what they share: factors before services, then the latest first."""
        if incident.started is None:
            return []
        shared: dict[str, tuple[list[str], list[str]]] = {}
        for place, names, index in (
            (0, self.factors(incident.id), self._by_factor), (1, incident.services, self._by_service)
        ):  # fmt: skip
            for name in names:
                for other in _before(index[name], incident.started):
                    shared.setdefault(other, ([], []))[place].append(name)
        together = self._site.repo.postmortem_of(incident.id)
        named = {incident.id, *incident.links.related, *(together.incidents if together else ())}
        found = [
            (pair, item)
            for name, pair in shared.items()
            if name not in named and (item := self._site.repo.incident(name))
        ]
        found = [(pair, item) for pair, item in found if pair[0] or item.type is incident.type]
        found.sort(key=lambda one: (len(one[0][0]), len(one[0][1]), one[1].started, one[1].id), reverse=True)
        return [(item, self._why(*pair)) for pair, item in found[:_MOST]]

    def _why(self, factors: Sequence[str], services: Sequence[str]) -> str:
        name, shared = (self._names_factors.name, factors) if factors else (self._names_services.name, services)
        return wording.some([name(slug) for slug in shared], _MOST)


def _before(dated: Sequence[Dated], started: dt.datetime) -> Iterable[str]:
    """Yield the last ones before an instant."""
    end = bisect.bisect_left(dated, (started, ""))
    return (name for _, name in dated[max(end - _LOOKED_AT, 0) : end])


def part(place: Place, incident: Incident, found: Related) -> str:
    """Return links to incidents that belong to this one, and out of the site."""
    related, earlier = found
    named = [place.incident(name, markup.said(f"{name} {title}".strip())) for name, title in related]
    outside = [text.link_out(item.url, markup.said(item.title or item.url)) for item in incident.links.external]
    like = [
        f"{place.incident(name)} {markup.said(title)} <small>{markup.said(why)}</small>" for name, title, why in earlier
    ]
    pieces = [markup.bullets([*named, *outside])]
    if like:
        pieces += [markup.heading("Earlier ones like it"), markup.bullets(like)]
    return "".join(pieces)
