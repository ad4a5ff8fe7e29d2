"""How often something happened, month by month, over the window of the charts: only months of which records tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from incidentbook.charts import scope
from incidentbook.records.incident import Incident
from incidentbook.site import bars, text
from incidentbook.site.context import Site


class Months:
    """The calendar months of the window, looked up once for many pages."""

    def __init__(self, site: Site) -> None:
        """Look at the time of records."""
        shared = site.shared
        asked = scope.Scope(site.repo, scope.usual(shared.now, site.repo.zone), shared.now, shared.measurement.commit)
        self._labels = [window.label for window in asked.months()]
        self._counted = {incident.id for incident in asked.counted.counted}
        self._zone = site.repo.zone

    def counts(self, incidents: Iterable[Incident]) -> list[tuple[str, int]]:
        """Return how many of ``incidents`` that count started in each month."""
        found = Counter(
            f"{item.started.astimezone(self._zone):%Y-%m}"
            for item in incidents
            if item.started and item.id in self._counted
        )
        return [(label, found[label]) for label in self._labels]

    def picture(self, incidents: Iterable[Incident], of: str) -> str:
        """Return the months as columns, with what they show in words; empty where there is nothing to see."""
        counts = self.counts(incidents)
        total = sum(count for _, count in counts)
        if not total:
            return ""
        label, most = max(counts, key=lambda pair: pair[1])
        said = f"{of} by month, {counts[0][0]} to {counts[-1][0]}: {total} in all, most in {label} ({most})."
        caption = text.escape(said, begins=False)
        return f'<figure class="ib-trend">{bars.columns(counts, said)}<figcaption>{caption}</figcaption></figure>'
