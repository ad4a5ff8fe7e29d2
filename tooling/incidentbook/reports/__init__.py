"""The report on one incident: its sections in the specification's order, and the renderers that lay them out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType

from incidentbook import alterations, assessment, costs, downtime, metrics, periods, told
from incidentbook.classification import Verdict
from incidentbook.frozen import frozen
from incidentbook.markdown import headings  # by name: `markdown` here is the renderer beside this file
from incidentbook.memo import FORGETFUL, Memo
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import Moment
from incidentbook.report_model import Section
from incidentbook.reports import sections
from incidentbook.repository import Repository


@frozen
class ReportContext:
    """What a section may use.

    Attributes:
        window: the window of the report's aggregate figures; it ends at ``now``.
        credits: those that every incident brought about.
        action_status: the status of every action item, by its id.
        memo: keeps what takes long to make.

    """

    repo: Repository
    incident: Incident
    postmortem: Postmortem | None
    now: dt.datetime
    window: periods.Window
    measurement: metrics.Measurement
    credits: costs.Credits
    action_status: Mapping[str, str]
    verdict: Verdict
    memo: Memo = FORGETFUL

    @property
    def notes(self) -> Mapping[str, tuple[str, ...]]:
        """List items under the headings of the post-mortem's body."""
        return headings(self.postmortem.body) if self.postmortem else {}

    @property
    def seconds(self) -> float | None:
        """From start to resolution, in seconds; None while it is not resolved."""
        return self.incident.seconds_between("started", "resolved")

    def outage_seconds(self, level: str) -> float:
        """Return how long phases of a level lasted, in seconds, overlaps counted once."""
        return told.outage_seconds(self.incident, level, self.repo.policy(MetricsPolicy), self.now)

    @property
    def services(self) -> Services:
        """The services of the knowledge base."""
        return self.repo.policy(Services)

    @property
    def factors(self) -> Factors:
        """The vocabulary of contributing factors."""
        return self.repo.policy(Factors)

    def moment(self, moment: Moment) -> str:
        """Write a time of the log in the knowledge base's zone: the time of day, after the date where it is not the start's."""
        return told.moment(self.incident, moment, self.repo.zone)


@frozen
class Shared:
    """What the reports on all incidents of a knowledge base have in common: computed once, used by each."""

    repo: Repository
    now: dt.datetime
    window: periods.Window
    measurement: metrics.Measurement
    whole_impact: downtime.Impact
    credits: costs.Credits
    action_status: Mapping[str, str]
    memo: Memo = FORGETFUL


def share(repo: Repository, now: dt.datetime, commit: str = "", memo: Memo = FORGETFUL) -> Shared:
    """Compute the aggregate figures and the impact of the whole knowledge base; ``memo`` keeps what takes long."""
    length = repo.policy(MetricsPolicy).windows.get("default", "30d")
    window = periods.parse(length, now, repo.zone)[-1]
    impact = downtime.of_repository(repo, now)
    return Shared(
        repo=repo,
        now=now,
        window=window,
        measurement=metrics.measure(repo, window, now, commit, memo),
        whole_impact=impact,
        credits=costs.Credits(repo, now, impact),
        action_status={item.id: item.status.value for _, _, item in repo.action_items() if item.status},
        memo=memo,
    )


def context(shared: Shared, incident: Incident) -> ReportContext:
    """Gather what the sections of a report on ``incident`` use."""
    repo, now = shared.repo, shared.now
    postmortem = repo.postmortem_of(incident.id)
    return ReportContext(
        repo=repo,
        incident=incident,
        postmortem=postmortem,
        now=now,
        window=shared.window,
        measurement=shared.measurement,
        credits=shared.credits,
        action_status=shared.action_status,
        verdict=assessment.judge(repo, incident, shared.window, now, shared.whole_impact),
        memo=shared.memo,
    )


def build(made: ReportContext) -> list[Section]:
    """Return the report's sections, in order; those with nothing to say are left out."""
    built = (module.build(made) for module in registry())
    return [section for section in built if section is not None]


@functools.cache
def registry() -> tuple[ModuleType, ...]:
    """Return the modules of all sections in the order of the report (``ORDER``, then name)."""
    names = sorted(module.name for module in pkgutil.iter_modules(sections.__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{sections.__name__}.{name}") for name in names]
    return tuple(sorted(modules, key=lambda module: (module.ORDER, module.__name__)))


def plain(made: ReportContext) -> dict[str, object]:
    """Return the report for JSON: the record as data, its computed figures, and every section's text."""
    own = {
        key: made.incident.seconds_between(definition.from_, definition.to)
        for key, definition in made.repo.policy(MetricsPolicy).durations.items()
    }
    entry = next((item for item in made.repo.incidents if item.record is made.incident), None)
    return {
        "incident": alterations.told(entry) if entry else None,
        "severity_by_matrix": made.verdict.severity.value if made.verdict.severity else None,
        "criteria": [dataclasses.asdict(item) for item in made.verdict.criteria],
        "seconds": own,
        "metrics": made.measurement.plain(),
        "sections": [dataclasses.asdict(item) for item in build(made)],
    }
