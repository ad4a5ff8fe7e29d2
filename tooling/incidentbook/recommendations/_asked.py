"""What a rule may ask: the incidents of the window, who is judged, what their post-mortems found, and figures."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection, Mapping

from incidentbook import duties, metrics, periods, slices
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities


class Asked:
    """One knowledge base, one window, "now". What several rules need is computed once."""

    def __init__(self, scope: Scope) -> None:
        """Begin."""
        self.scope, self.repo, self.window, self.now = scope, scope.repo, scope.window, scope.now
        self.zone = scope.repo.zone
        self.clock = duties.Standing(scope.now, self.zone)
        self.severities = scope.repo.policy(Severities)

    @property
    def counted(self) -> tuple[Incident, ...]:
        """The real incidents that started in the window, oldest first."""
        return self.scope.population.counted

    @functools.cached_property
    def judged(self) -> list[Incident]:
        """Those whose response can be judged: of their own and of a known severity, so neither imported nor unclassified."""
        return [incident for incident in self.counted if not duties.exempt(incident)]

    def judged_since(self, effective_from: dt.date | None) -> list[Incident]:
        """Return those of them that a policy judges: it was in force when they started."""
        return [item for item in self.judged if duties.covers(effective_from, item.started, self.zone)]

    @functools.cached_property
    def major(self) -> list[Incident]:
        """Those of them whose severity requires a post-mortem."""
        return [item for item in self.judged if self.severities.level(item.severity).postmortem == "required"]

    @functools.cached_property
    def factors(self) -> dict[str, list[str]]:
        """The contributing factors that post-mortems found, by the id of each incident of the window that has any."""
        found = {item.id: slices.labels(self.repo, item, "factor") for item in self.counted}
        return {name: factors for name, factors in found.items() if factors != [slices.NONE]}

    def with_factor(self, names: Collection[str]) -> list[Incident]:
        """Return the incidents of the window in which one of these factors was at work."""
        return [item for item in self.counted if not set(names).isdisjoint(self.factors.get(item.id, ()))]

    @functools.cached_property
    def drills(self) -> list[Incident]:
        """Every drill that is over at "now", whenever it was."""
        return [item for item in self.repo.all_incidents() if item.exercise and not item.is_open and self._begun(item)]

    @functools.cached_property
    def levels_window(self) -> Window:
        """The window over which policy takes service levels, which ends with the one that is looked at."""
        length = self.scope.policy.windows.get("default", "30d")
        return periods.parse(length, self.window.end, self.zone)[-1]

    def figures(self, metric: str) -> Mapping[str, Figure]:
        """Return the figures of a metric (the name of its module) by their keys."""
        return _figures(self.scope, metric)

    def name(self, team: str) -> str:
        """Return a team's name for people."""
        return self.repo.knowledge_base.team_name(team)

    def _begun(self, incident: Incident) -> bool:
        return incident.started is not None and incident.started < self.now


def _figures(scope: Scope, metric: str) -> dict[str, Figure]:
    module = next((one for one in metrics.registry() if one.__name__.rsplit(".", 1)[-1] == metric), None)
    return {figure.key: figure for figure in module.compute(scope)} if module else {}
