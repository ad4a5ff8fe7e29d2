"""Availability, cost, post-mortem coverage and follow-through."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from incidentbook.records.money import Money
from kb import Plain, at, incident, phase, repo
from metrics_of import END, measured

SERVICES: dict[str, Any] = {"services": {"api": {"name": "API", "slo": {"availability": 99.9}}, "web": {"name": "Web"}}}


def hit(number: int, start: str, end: str, **more: Any) -> Plain:
    return incident(number, impact={"phases": [phase(f"2025-01-{start}:00:00Z", f"2025-01-{end}:00:00Z")]}, **more)


def test_availability_of_everything_and_of_each_service_with_an_objective() -> None:
    made = repo(hit(1, "10T00", "10T06"), hit(2, "10T03", "10T09", services=["web"]), services=SERVICES)
    found = measured(made)
    assert found["downtime"].value == 9 * 3600, "the overlap counts once"
    assert found["availability"].value == pytest.approx(100 * (1 - 9 / 744))
    assert found["availability.api"].value == pytest.approx(100 * (1 - 6 / 744))
    assert (found["availability.api"].name, found["availability.api"].target) == ("Availability, API", 99.9)
    assert (found["availability"].n, found["availability.api"].n) == (2, 1)
    assert "availability.web" not in found


def test_the_weights_stand_in_the_definition() -> None:
    weights = {"availability": {"weights": {"outage": 1, "partial": 0.25}}}
    definition = measured(repo(metrics=weights))["downtime"].definition
    assert "weighed outage 1, partial 0.25, or by their measured fraction; overlaps count once" in definition


def test_an_incident_that_began_before_the_window_still_hurts_it() -> None:
    made = repo(
        incident(1, "2024-12-31T00:00:00Z", impact={"phases": [phase("2024-12-31T00:00:00Z", "2025-01-01T06:00:00Z")]})
    )
    found = measured(made)
    assert found["incidents"].value == 0
    assert found["downtime"].value == 6 * 3600


def test_cost_is_one_figure_a_currency() -> None:
    def with_revenue(number: int, currency: str) -> Plain:
        return hit(
            number,
            f"{number:02}T00",
            f"{number:02}T02",
            classification={"revenue_per_hour": {"amount": 10, "currency": currency}},
        )

    found = measured(repo(with_revenue(1, "USD"), with_revenue(2, "EUR"), with_revenue(3, "USD"), incident(4)))
    assert found["revenue-loss.USD"].value == Money(Decimal("40.00"), "USD")
    assert found["revenue-loss.EUR"].value == Money(Decimal("20.00"), "EUR")
    assert (found["revenue-loss.USD"].n, found["revenue-loss.USD"].missing) == (2, 1)
    assert found["revenue-loss.USD"].plain()["value"] == {"amount": 40.0, "currency": "USD"}


def test_credits_are_those_of_the_incidents_in_the_window() -> None:
    sla = {"fee": {"amount": 1000, "currency": "USD"}, "credits": [{"from": 0, "below": 99.9, "percent": 10}]}
    late = hit(2, "20T00", "20T01", milestones={"started": "2025-01-20T00:00:00Z"})
    made = repo(hit(1, "10T00", "10T03"), late, services={"services": {"api": {"sla": sla}}})
    assert measured(made)["sla-credits.USD"].text == "$100"
    assert measured(made, start="2025-01-15")["sla-credits.USD"].text == "$25"
    assert measured(made, start="2025-01-25")["sla-credits.USD"].text == "$0", "an agreement, and nothing owed"


def test_credits_of_which_nobody_can_tell_are_not_none() -> None:
    found = measured(repo(incident(1)))["sla-credits"]
    assert (found.text, found.note) == ("N/A", "no service has an agreement with a fee in policy/services.yml")
    sla = {"fee": {"amount": 1000, "currency": "USD"}, "credits": [{"from": 0, "below": 99.9, "percent": 10}]}
    silent = measured(repo(incident(1), services={"services": {"api": {"sla": sla}}}))["sla-credits"]
    assert (silent.text, silent.missing) == ("N/A", 1)


def test_an_import_that_tells_of_no_change_is_not_taken_for_one_without() -> None:
    imported = incident(2, provenance={"source": "statuspage", "id": "1"})
    found = measured(repo(incident(1, changes=[{"id": "c", "caused": True}]), imported))
    assert (found["incidents-by-change"].value, found["incidents-by-change"].missing) == (100.0, 1)
    assert (found["escalations"].n, found["escalations"].missing) == (1, 1)
    assert measured(repo(imported))["escalations"].text == "N/A"


def test_an_import_owes_no_postmortem() -> None:
    made = repo(incident(1), incident(2, provenance={"source": "s", "id": "1"}), severities=SEVERITIES)
    found = measured(made)["postmortem-coverage"]
    assert (found.n, found.excluded) == (1, {"not judged by the policy": 1})


def test_what_was_resolved_before_the_policy_took_effect_owes_none_either() -> None:
    made = repo(incident(1), severities=SEVERITIES | {"effective_from": "2025-02-01"})
    assert measured(made)["postmortem-coverage"].n == 0


def test_one_that_was_published_nobody_knows_when_is_missing() -> None:
    found = measured(repo(incident(1), postmortems=[told(1)], severities=SEVERITIES))["postmortem-in-time"]
    assert (found.n, found.missing) == (0, 1)


def test_where_policy_gives_no_time_nobody_was_in_time_or_late() -> None:
    untimed = {"severities": {"sev2": {"postmortem": "required"}}}
    found = measured(repo(incident(1), postmortems=[told(1, held="2025-01-20")], severities=untimed))
    assert (found["postmortem-in-time"].value, found["postmortem-in-time"].missing) == (None, 1)
    assert found["postmortem-coverage"].value == 100.0


def test_a_window_of_which_no_record_tells_was_not_perfect() -> None:
    found = measured(repo(incident(1, "2025-03-01T00:00:00Z"), services=SERVICES), now=at("2025-04-01"))
    names = ("availability", "availability.api", "downtime", "rate", "mtbf", "error-budget.api", "burn-rate.api")
    assert {name: found[name].value for name in names} == dict.fromkeys(names)
    assert found["availability"].note == "records begin on 2025-03-01"


def test_availability_is_of_the_time_of_which_records_tell() -> None:
    made = repo(hit(1, "31T00", "31T06"), services=SERVICES, metrics={"records_from": "2025-01-22"})
    found = measured(made)["availability"]
    assert found.value == pytest.approx(100 * (1 - 6 / 240))
    assert found.note == "from 2025-01-22 on, when records begin"


SEVERITIES = {
    "severities": {"sev2": {"postmortem": "required", "postmortem_within": "48h"}, "sev3": {"postmortem": "optional"}}
}


def told(number: int, **more: Any) -> Plain:
    return {"incidents": [f"INC-2025-{number:03}"], "status": "published"} | more


def coverage(*postmortems: Plain, now: dt.datetime = END, **more: Any) -> tuple[object, object, int, str]:
    """Return coverage, share in time, how many could be judged, and the note, of one incident resolved at 01:00 on 10 January."""
    found = measured(repo(incident(1, **more), postmortems=postmortems, severities=SEVERITIES), now)
    in_time = found["postmortem-in-time"]
    return found["postmortem-coverage"].value, in_time.value, in_time.n, in_time.note


def test_a_postmortem_held_in_time() -> None:
    assert coverage(told(1, held="2025-01-12")) == (100.0, 100.0, 1, ""), "within 48 hours ends at 01:00 on the 12th"
    assert coverage(told(1, held="2025-01-13")) == (100.0, 0.0, 1, "")
    assert coverage(told(1, published="2025-01-11")) == (100.0, 100.0, 1, "")


def test_a_postmortem_that_was_not_written() -> None:
    assert coverage() == (0.0, 0.0, 1, "")
    assert coverage(told(1, status="skipped", skip_reason="x"))[0] == 0.0
    assert coverage(told(2, held="2025-01-11")) == (0.0, 0.0, 1, "")


def test_a_draft_counts_as_written_and_waits_while_there_is_time() -> None:
    assert coverage(told(1, status="draft"), now=at("2025-01-12 01:00")) == (100.0, None, 0, "1 still within its time")
    assert coverage(told(1, status="draft"), now=at("2025-01-12 01:00:01")) == (100.0, 0.0, 1, "")


def test_who_owes_none_is_not_asked() -> None:
    assert coverage(severity="sev3") == (None, None, 0, "")
    assert coverage(severity="unclassified") == (None, None, 0, "")
    assert coverage(exercise=True) == (None, None, 0, "")


def test_an_incident_that_is_not_resolved_is_told_as_open() -> None:
    made = repo(incident(1, status="declared"), severities=SEVERITIES)
    found = measured(made)["postmortem-coverage"]
    assert (found.value, found.n, found.open) == (None, 0, 1)


def test_follow_through() -> None:
    items = [
        {"id": "AI-1", "status": "in-progress", "due": "2025-01-31"},
        {"id": "AI-2", "status": "scheduled", "due": "2025-02-01"},
        {"id": "AI-3", "status": "in-progress", "due": "2025-01-01", "waiver": {"until": "2025-03-01"}},
        {"id": "AI-4", "status": "done", "due": "2025-01-01"},
        {"id": "AI-5", "status": "proposed", "due": "2025-01-01"},
        {"id": "AI-6", "status": "cancelled"},
        {"id": "AI-7", "status": "accepted-risk", "accepted_until": "2025-01-30"},
        {"id": "AI-8", "status": "unreadable"},
    ]
    found = measured(repo(postmortems=[told(1, action_items=items)]))
    values = {key: found[f"actions-{key}"].value for key in ("open", "overdue", "waived", "done")}
    assert values == {"open": 4, "overdue": 2, "waived": 1, "done": 1}
    assert found["actions-open"].n == 5
    assert found["actions-open"].excluded == {"proposed or cancelled": 2}


def test_where_nobody_recorded_impact_availability_is_not_known() -> None:
    found = measured(repo(incident(1), services=SERVICES))
    for key in ("downtime", "availability", "availability.api"):
        assert (found[key].text, found[key].missing) == ("N/A", 1)
    some = measured(repo(incident(1), hit(2, "10T00", "10T06"), services=SERVICES))["availability"]
    assert (some.n, some.missing, some.value) == (1, 1, pytest.approx(100 * (1 - 6 / 744)))
