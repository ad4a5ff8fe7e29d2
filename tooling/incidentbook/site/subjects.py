"""What services, factors and teams share: their incidents, playbooks and promises, looked up once for all their pages."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from incidentbook import population, slices
from incidentbook.entry import Entry
from incidentbook.figures import Figure
from incidentbook.records.incident import Incident
from incidentbook.records.playbook import Playbook
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.site import listing, parts, promises, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.months import Months
from incidentbook.site.promises import Promise

EXPLORE = "explore.md"
_SHOWN = 10
_RECURS = 5
Pair = tuple[Entry[Incident], Incident]


class Subjects:
    """The view by service, factor and team."""

    def __init__(self, site: Site) -> None:
        """Look at each incident and each promise once."""
        self.site, self.months = site, Months(site)
        policy = site.repo.policy(MetricsPolicy)
        self._pairs = [pair for pair in site.incidents() if population.exclusion(pair[1], policy) is None]
        self.promises = sorted(promises.everything(site), key=lambda one: one.order)

    @functools.cached_property
    def _promised(self) -> Mapping[str, Mapping[str, list[Promise]]]:
        found: dict[str, dict[str, list[Promise]]] = {name: defaultdict(list) for name in ("service", "factor", "team")}
        services = {item.id: item.services for _, item in self.site.incidents()}
        for one in self.promises:
            hit = dict.fromkeys(slug for name in one.incidents for slug in services.get(name, ()))
            for dimension, labels in (("service", hit), ("factor", one.item.factors), ("team", (one.item.owner,))):
                for label in labels:
                    found[dimension][label].append(one)
        return found

    def promised(self, dimension: str, label: str) -> list[Promise]:
        """Return the promises after incidents of a service, against a factor, or of a team, the most urgent first."""
        return self._promised[dimension].get(label, [])

    @functools.cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures of the usual window by key."""
        return {figure.key: figure for figure in self.site.shared.measurement.figures}

    @functools.cached_property
    def incidents(self) -> Mapping[str, Mapping[str, Sequence[Pair]]]:
        """Incidents that policy counts, newest first, by dimension and label."""
        found: dict[str, dict[str, list[Pair]]] = {name: defaultdict(list) for name in ("service", "factor", "team")}
        for pair in self._pairs:
            for dimension, by_label in found.items():
                for label in slices.labels(self.site.repo, pair[1], dimension):
                    by_label[label].append(pair)
        return found

    def of(self, dimension: str, label: str) -> Sequence[Pair]:
        """Return the incidents of one label, newest first."""
        return self.incidents[dimension].get(label, ())

    def playbooks(self, service: str = "", owner: str = "") -> list[Playbook]:
        """Return the playbooks for a service, or of an owner, that are in use."""
        records = [entry.record for entry in self.site.repo.playbooks if entry.record]
        return [
            item
            for item in sorted(records, key=lambda item: item.title)
            if item.status != "retired" and (service in item.services if service else item.owner == owner)
        ]

    def factors_of(self, found: Sequence[Pair], but: str = "") -> list[tuple[str, int]]:
        """Return the factors at work in incidents, the most frequent first."""
        labels = (label for _, item in found for label in slices.labels(self.site.repo, item, "factor"))
        counts = Counter(label for label in labels if label not in (slices.NONE, but))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    def services_of(self, found: Sequence[Pair]) -> list[tuple[str, int]]:
        """Return the services that incidents hit, the most frequent first."""
        counts = Counter(slug for _, item in found for slug in set(item.services))
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def since(site: Site, found: Sequence[Pair]) -> str:
    """Say how many days ago the newest of some incidents began; a dash for none."""
    started = found[0][1].started if found else None
    if started is None or started > site.now:
        return parts.DASH
    return f"{site.days_since(started):,}"


def since_tile(site: Site, place: Place, found: Sequence[Pair]) -> str:
    """Return the tile of `since`, with a link to that incident."""
    last = place.incident(found[0][1].id) if found else "none on record"
    return parts.tile(since(site, found), "Days since the last incident", last)


def incidents(site: Site, place: Place, found: Sequence[Pair], **query: str) -> str:
    """Return the newest of some incidents, and the way to all of them (``query`` narrows the index to them)."""
    if not found:
        return "None on record."
    more = ""
    if len(found) > _SHOWN and query:
        more = place.link("incidents/index.md", f"All {len(found):,} incidents", **query)
    return f"{listing.table(site, place, found[:_SHOWN])}\n\n{more}".rstrip()


def trend(made: Subjects, found: Sequence[Pair], of: str) -> str:
    """Return the picture of how often it happened, month by month."""
    return made.months.picture((item for _, item in found), of)


def shares(title: str, names: Sequence[tuple[str, int]], whole: int) -> str:
    """Return how many of ``whole`` incidents each of some things (safe Markdown) was in, as a list with bars; empty for none."""
    rows = [(name, f"{count:,} of {whole:,}") for name, count in names[:_RECURS]]
    left = len(names) - len(rows)
    more = f"\n\n{parts.note(f'and {left:,} more in fewer incidents')}" if left > 0 else ""
    return f"## {title}\n\n{parts.table(('What', 'Incidents'), rows, 'shares')}{more}" if rows else ""


def promised(site: Site, place: Place, found: Sequence[Promise], title: str = "Open promises") -> str:
    """Return a section with the promises of ``found`` that are open; empty for none."""
    still = [one for one in found if one.open]
    return f"## {title}\n\n{promises.table(site, place, still)}" if still else ""


def runbooks(place: Place, found: Sequence[Playbook]) -> str:
    """Return a section with playbooks and what somebody sees before they need one; empty for none."""
    if not found:
        return ""
    said = (
        f"**{place.playbook(item.id, text.escape(item.title or item.id))}**"
        + (f": {'; '.join(place.inline(trigger) for trigger in item.triggers[:3])}" if item.triggers else "")
        for item in found
    )
    return f"## Playbooks\n\n{parts.bullets(said)}"
