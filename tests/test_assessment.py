"""What the matrix judges about an incident, taken from its record and from the services' objectives."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from incidentbook import assessment, downtime, periods, reports
from incidentbook.classification import ServiceLevel
from incidentbook.records.money import Money
from incidentbook.records.vocabulary import Severity
from incidentbook.repository import Repository
from kb import Plain, at, incident, phase, repo

NOW = at("2025-03-01")
SERVICES = {
    "services": {
        "api": {"name": "Public API", "slo": {"availability": 99.9}},
        "db": {"name": "Database", "slo": {"availability": 99.0}},
        "batch": {"name": "Batch"},
    }
}
MATRIX = {"severities": {"sev2": {"any": [{"measure": "slo_breached", "is": True}]}, "sev4": {"any": []}}}


def hit(number: int, start: str, end: str, **more: Any) -> Plain:
    return incident(number, start, impact={"phases": [phase(start, end)]}, **more)


def judged(knowledge_base: Repository, number: int = 1) -> dict[str, object]:
    subject = knowledge_base.incident(f"INC-2025-{number:03}")
    assert subject is not None
    (window,) = periods.parse("30d", NOW, knowledge_base.zone)
    return dict(assessment.measures(knowledge_base, subject, window, NOW))


def test_what_is_not_known_is_absent() -> None:
    assert judged(repo(incident(status="declared", services=[], milestones={}))) == {}


def test_facts_come_from_the_record() -> None:
    facts = {
        "customers_affected_pct": 0,
        "revenue_per_hour": {"amount": 5, "currency": "EUR"},
        "data_loss": "none",
        "data_exposed": False,
    }
    assert judged(repo(incident(classification=facts))) == {
        "customers_affected_pct": 0.0,
        "revenue_per_hour": Money(Decimal(5), "EUR"),
        "data_loss": "none",
        "data_exposed": False,
        "duration": 3600.0,
    }


def test_the_worst_service_by_how_far_it_fell_below_its_objective() -> None:
    # Both down for 7.2 h of 720: 99 %. The API misses by 0.9, the database by nothing.
    both = repo(
        hit(1, "2025-02-10T00:00:00Z", "2025-02-10T07:12:00Z", services=["db", "batch", "api"]), services=SERVICES
    )
    assert judged(both)["slo_breached"] == ServiceLevel("Public API", 99.9, pytest.approx(99.0))


def test_a_service_without_an_objective_cannot_miss_it() -> None:
    assert "slo_breached" not in judged(repo(incident(services=["batch", "unknown"]), services=SERVICES))


def test_what_came_after_an_incident_says_nothing_about_it() -> None:
    two = repo(
        hit(1, "2025-02-10T00:00:00Z", "2025-02-10T01:00:00Z", milestones={"resolved": "2025-02-10T01:00:00Z"}),
        hit(2, "2025-02-20T00:00:00Z", "2025-02-20T09:00:00Z", milestones={"resolved": "2025-02-20T09:00:00Z"}),
        services=SERVICES,
    )
    assert judged(two, 1)["slo_breached"] == ServiceLevel("Public API", 99.9, pytest.approx(100 * (1 - 1 / 720)))
    assert judged(two, 2)["slo_breached"] == ServiceLevel("Public API", 99.9, pytest.approx(100 * (1 - 10 / 720)))


def test_an_incident_that_is_still_open_is_judged_up_to_now() -> None:
    begun = incident(1, "2025-02-28T00:00:00Z", status="investigating", milestones={"started": "2025-02-28T00:00:00Z"})
    still = repo(begun | {"impact": {"phases": [phase("2025-02-28T12:00:00Z", None)]}}, services=SERVICES)
    assert judged(still) == {"slo_breached": ServiceLevel("Public API", 99.9, pytest.approx(100 * (1 - 12 / 720)))}


def test_drills_do_not_hurt_the_service_level() -> None:
    drill = repo(
        incident(1, "2025-02-10T00:00:00Z"),
        hit(2, "2025-02-09T00:00:00Z", "2025-02-10T00:00:00Z", exercise=True),
        services=SERVICES,
    )
    assert judged(drill)["slo_breached"] == ServiceLevel("Public API", 99.9, 100.0)


def test_impact_that_is_known_already_gives_the_same_verdict() -> None:
    made = repo(hit(1, "2025-02-10T00:00:00Z", "2025-02-10T07:12:00Z"), services=SERVICES, severities=MATRIX)
    (subject,) = made.all_incidents()
    (window,) = periods.parse("30d", NOW, made.zone)
    verdict = assessment.judge(made, subject, window, NOW)
    assert verdict.severity is Severity.SEV2
    assert verdict == assessment.judge(made, subject, window, NOW, downtime.of_repository(made, NOW))


def test_an_override_is_shown_beside_what_the_matrix_says() -> None:
    override = {"severity": "sev1", "reason": "A regulator asked", "decided_by": "incident-commander"}
    made = repo(incident(1, severity="sev1", classification={"override": override}), severities=MATRIX)
    (subject,) = made.all_incidents()
    report = reports.context(reports.share(made, NOW), subject)
    assert report.verdict.severity is Severity.SEV4, "the matrix is not swayed"
    (section,) = (section for section in reports.build(report) if section.title == "Severity Classification")
    assert "By the matrix', 'SEV-4, as nothing that the record says meets a criterion'" in repr(section)
    assert "Override', 'A regulator asked'" in repr(section)
