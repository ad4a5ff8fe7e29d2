"""Severity from the business-impact matrix in policy, with the criteria that decided."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from incidentbook.frozen import frozen
from incidentbook.records.money import Money
from incidentbook.records.policy.severities import Criterion, Severities
from incidentbook.records.time import parse_duration, words
from incidentbook.records.vocabulary import Severity


@frozen
class ServiceLevel:
    """What a service promised and what it gave, both in per cent."""

    service: str
    target: float
    actual: float


Measures = Mapping[str, object]


@frozen
class Judged:
    """A criterion held against an incident.

    Attributes:
        name: what is judged (``Customer impact``).
        text: the figure and the threshold in words.
        deciding: whether it alone is enough for the severity.

    """

    name: str
    text: str
    met: bool
    deciding: bool


@frozen
class Verdict:
    """The matrix's answer.

    Attributes:
        severity: the worst severity of which a deciding criterion is met; the mildest in policy when none is.
        criteria: that severity's criteria, deciding ones first, met or not; those without a figure are absent.

    """

    severity: Severity | None
    criteria: tuple[Judged, ...]


def classify(matrix: Severities, measures: Measures) -> Verdict:
    """Judge ``measures`` by ``matrix``.

    Args:
        matrix: the policy.
        measures: by the names that criteria use: ``customers_affected_pct`` (per cent), ``revenue_per_hour`` (Money),
            ``data_loss`` (text), ``data_exposed`` and ``safety_risk`` (bool), ``slo_breached`` (ServiceLevel), ``duration``
            (seconds). What is not known is absent.

    """
    known = [severity for severity in Severity if severity.value in matrix.severities]
    chosen = next(
        (severity for severity in known if _decided(matrix, severity, measures)), known[-1] if known else None
    )
    if chosen is None:
        return Verdict(None, ())
    level = matrix.level(chosen)
    judged = [_judge(item, measures, chosen, deciding=True) for item in level.any]
    judged += [_judge(item, measures, chosen, deciding=False) for item in level.supporting]
    return Verdict(chosen, tuple(item for item in judged if item is not None))


def _decided(matrix: Severities, severity: Severity, measures: Measures) -> bool:
    judged = (_judge(item, measures, severity, deciding=True) for item in matrix.level(severity).any)
    return any(item is not None and item.met for item in judged)


def _judge(criterion: Criterion, measures: Measures, severity: Severity, *, deciding: bool) -> Judged | None:
    value = measures.get(criterion.measure)
    describe = _DESCRIBE.get(criterion.measure)
    if value is None or describe is None:
        return None
    name, text, met = describe(criterion, value, severity)
    return Judged(name, text, met, deciding)


Description = tuple[str, str, bool]


def _customers(criterion: Criterion, value: object, severity: Severity) -> Description:
    del severity
    number = float(value) if isinstance(value, int | float) else 0.0
    text = f"{number:g}% of customers affected (threshold {criterion.at_least or 0:g}%)"
    return "Customer impact", text, _reaches(criterion, number)


def _revenue(criterion: Criterion, value: object, severity: Severity) -> Description:
    del severity
    money = value if isinstance(value, Money) else None
    text = f"Estimated {money}/hour (threshold {criterion.at_least or 0:,.0f})"
    return "Revenue impact", text, money is not None and _reaches(criterion, float(money.amount))


def _service_level(criterion: Criterion, value: object, severity: Severity) -> Description:
    del severity
    if not isinstance(value, ServiceLevel):
        return "Service level", "", False
    breached = value.actual < value.target
    said = "SLA violation" if breached else "objective kept"
    text = f"{said} ({value.target:g}% target, actual {value.actual:.2f}%, {value.service})"
    return "Service level", text, breached == (criterion.is_ is not False)


def _duration(criterion: Criterion, value: object, severity: Severity) -> Description:
    seconds = float(value) if isinstance(value, int | float) else 0.0
    limit = parse_duration(criterion.more_than)
    more = limit is not None and seconds > limit.total_seconds()
    sign = ">" if more else "<="
    target = words(limit.total_seconds()) if limit else "no"
    return "Duration", f"{words(seconds)} ({sign} {target} target for {severity.label})", more


def _fact(name: str) -> Callable[[Criterion, object, Severity], Description]:
    def describe(criterion: Criterion, value: object, severity: Severity) -> Description:
        del severity
        said = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
        return name, said, operator.eq(value, criterion.is_)

    return describe


def _reaches(criterion: Criterion, number: float) -> bool:
    return criterion.at_least is not None and number >= criterion.at_least


_DESCRIBE: dict[str, Callable[[Criterion, object, Severity], Description]] = {
    "customers_affected_pct": _customers,
    "revenue_per_hour": _revenue,
    "slo_breached": _service_level,
    "duration": _duration,
    "data_loss": _fact("Data loss"),
    "data_exposed": _fact("Data exposed"),
    "safety_risk": _fact("Safety risk"),
}
