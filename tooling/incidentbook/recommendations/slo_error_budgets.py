"""Say how reliable a service has to be, and let its error budget decide.

What calls for it: incidents that hit a service without an objective for its availability, and those that spent a budget whole:
as much downtime-equivalent as the objective allows, or more, over its own window.

Silent when: every service that was hit has an objective, and no budget is spent.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.policy.services import Services
from incidentbook.repository import id_key

KIND = Kind.SYSTEM
WHAT = "Implement service-level objectives (SLOs) and error budgets"
_HOLD_TO = "Hold releases to service-level objectives (SLOs) and error budgets"
_SPENT = 100.0


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where nobody said how much may be lost, or more was."""
    missing, spent = sorted(_without(asked), key=lambda one: -len(one.incidents)), list(_spent(asked))
    if missing or spent:
        yield Advice((*missing, *spent), WHAT if missing else _HOLD_TO)


def _without(asked: Asked) -> Iterator[Reason]:
    services = asked.repo.policy(Services)
    hit = dict.fromkeys(slug for item in asked.counted for slug in item.services)
    for slug in sorted(hit):
        service = services.services.get(slug)
        if service is None or service.slo is None or service.slo.availability is None:
            hits = [item for item in asked.counted if slug in item.services]
            yield Reason.share(hits, len(asked.counted), f"hit {services.name(slug)}, which has no objective")


def _spent(asked: Asked) -> Iterator[Reason]:
    services, figures = asked.repo.policy(Services), asked.figures("error_budget")
    for slug, service in services.services.items():
        figure = figures.get(f"error-budget.{slug}")
        if figure is None or service.slo is None or not isinstance(figure.value, int | float) or figure.value < _SPENT:
            continue
        by = tuple(sorted(figure.parts, key=id_key))
        text = f"{services.name(slug)} spent {figure.value:,.0f} % of its error budget of {service.slo.window}"
        yield Reason(f"{text}, through {len(by)} incident{'' if len(by) == 1 else 's'}", by)
