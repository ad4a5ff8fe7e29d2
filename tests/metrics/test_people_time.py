"""The time of people in roles and what it costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import costs
from incidentbook.figures import Figure
from incidentbook.records.money import Money
from kb import Plain, at, incident, record, repo
from metrics_of import END, measured

USD: Plain = {"amount": 90, "currency": "USD"}


def role(start: str, end: str | None, name: str = "scribe", holder: str = "sre") -> Plain:
    """Return an interval on 10 January, from ``start`` to ``end``."""
    plain = {"role": name, "holder": holder, "from": f"2025-01-10T{start}:00Z"}
    return plain | ({"to": f"2025-01-10T{end}:00Z"} if end else {})


def hours(*roles: Plain, **more: Any) -> dict[str, float]:
    made = record(**incident(1, roles=list(roles)) | more)
    return {name: seconds / 3600 for name, seconds in costs.people(made, END).seconds.items()}


def test_each_interval_is_one_person() -> None:
    assert hours(role("00:00", "01:00"), role("00:30", "02:30", "incident-commander")) == {
        "scribe": 1.0,
        "incident-commander": 2.0,
    }
    assert hours(role("00:00", "01:00"), role("00:00", "01:00", holder="data")) == {"scribe": 2.0}


def test_the_same_team_in_the_same_role_is_one_person_where_intervals_overlap() -> None:
    assert hours(role("00:00", "01:00"), role("00:30", "01:30"), role("02:00", "03:00")) == {"scribe": 2.5}
    assert hours(role("00:00", "03:00"), role("01:00", "02:00")) == {"scribe": 3.0}


def test_a_role_that_nobody_gave_up_ended_with_the_incident() -> None:
    assert hours(role("00:00", None)) == {"scribe": 1.0}


def test_and_lasts_while_that_is_open() -> None:
    found = costs.people(
        record(**incident(1, status="investigating", roles=[role("00:00", None)])), at("2025-01-10 06:00")
    )
    assert (found.seconds, found.lasting) == ({"scribe": 6 * 3600.0}, 1)


def test_of_an_unresolved_import_it_is_known_until_it_was_last_seen() -> None:
    seen = {"provenance": {"source": "x", "last_seen": "2025-01-10T03:00:00Z"}}
    assert hours(role("00:00", None), status="investigating", **seen) == {"scribe": 3.0}


def test_a_role_that_ends_before_it_begins_is_told_and_not_counted() -> None:
    found = costs.people(record(**incident(1, roles=[role("02:00", "01:00"), role("00:00", "00:00")])), END)
    assert (found.seconds, found.negative) == ({"scribe": 0.0}, 1)


def test_what_begins_after_now_has_not_begun() -> None:
    found = costs.people(record(**incident(1, roles=[role("05:00", "06:00")])), at("2025-01-10 04:00"))
    assert found.seconds == {}


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=6))
def test_one_person_never_works_more_hours_than_there_are(spans: list[tuple[int, int]]) -> None:
    made = [role(f"{start:02}:00", f"{end:02}:00") for start, end in spans]
    covered = {hour for start, end in spans for hour in range(start, end)}
    assert hours(*made).get("scribe", 0.0) == len(covered)


def figures(*incidents: Plain, cost: Plain | None = None) -> dict[str, Figure]:
    return measured(repo(*incidents, metrics={"cost": cost or {}}))


def test_the_figure_by_role() -> None:
    found = figures(
        incident(1, roles=[role("00:00", "01:00"), role("00:00", "01:30", "incident-commander")]),
        incident(2, roles=[role("00:00", "00:15")]),
        incident(3),
        incident(4, exercise=True, roles=[role("00:00", "09:00")]),
    )["people-time"]
    assert (found.value, found.text, found.n, found.missing) == (2.75, "2.8 hours", 2, 1)
    assert found.said_parts == {"incident-commander": "1.5 hours", "scribe": "1.2 hours"}
    assert found.excluded == {"drill": 1}


def test_what_it_costs() -> None:
    roles = [role("00:00", "01:00"), role("00:00", "01:30", "incident-commander")]
    cost = {"people_per_hour": USD, "roles": {"incident-commander": {"amount": 120.5, "currency": "USD"}}}
    found = figures(incident(1, roles=roles), cost=cost)
    assert found["people-cost.USD"].value == Money(Decimal("270.75"), "USD")


def test_currencies_are_never_added() -> None:
    roles = [role("00:00", "01:00"), role("00:00", "02:00", "incident-commander")]
    cost = {"people_per_hour": USD, "roles": {"incident-commander": {"amount": 50, "currency": "CHF"}}}
    found = figures(incident(1, roles=roles), cost=cost)
    assert (found["people-cost.USD"].text, found["people-cost.CHF"].text) == ("$90", "100 CHF")


@pytest.mark.parametrize(("cost", "value"), [({}, None), ({"roles": {"scribe": USD}}, Money(Decimal("90.00"), "USD"))])
def test_a_role_without_a_sum_is_told(cost: Plain, value: Money | None) -> None:
    found = figures(
        incident(1, roles=[role("00:00", "01:00"), role("00:00", "02:00", "communications-lead")]), cost=cost
    )
    figure = found["people-cost.USD" if value else "people-cost"]
    assert figure.value == value
    assert "communications-lead" in figure.note


def test_without_roles_there_is_no_time() -> None:
    found = figures(incident(1))
    assert (found["people-time"].text, found["people-time"].missing, found["people-cost"].text) == ("N/A", 1, "N/A")
    assert figures()["people-time"].value is None


def test_a_night_in_which_the_clocks_change_is_as_long_as_it_was() -> None:
    """In Berlin the night of 30 March 2025 has no hour from two to three."""
    night = {"role": "scribe", "holder": "sre", "from": "2025-03-30T00:00:00+01:00", "to": "2025-03-30T06:00:00+02:00"}
    made = record(**incident(1, "2025-03-29T23:00:00Z", roles=[night]))
    assert costs.people(made, at("2025-04-01")).seconds == {"scribe": 5 * 3600.0}
