"""Error budgets: what an objective allows, what is spent and by whom, how fast it goes, and what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import metrics, periods
from incidentbook.figures import Figure
from incidentbook.repository import Repository
from kb import Plain, at, incident, phase, repo, z
from metrics_of import measured

POLICY: dict[str, Any] = {
    "consequences": [{"at_spent_pct": 100, "then": "Releases stop."}, {"at_spent_pct": 50, "then": "The team meets."}],
    "services": {"api": {"name": "API", "slo": {"availability": 99.9, "window": "30d"}}, "web": {"name": "Web"}},
}
ALLOWED = 2592.0  # seconds: 0.1 % of 30 days, 43 min 12 s


def down(number: int, start: str, seconds: float, **more: Any) -> Plain:
    begin = at(start)
    phases = [phase(z(begin), z(begin + dt.timedelta(seconds=seconds)))]
    return incident(number, z(begin), impact={"phases": phases}, **more)


def budgets(*incidents: Plain, policy: Plain = POLICY, **more: Any) -> dict[str, Figure]:
    return measured(repo(*incidents, services=policy), **more)


def test_what_is_spent_and_by_which_incident() -> None:
    found = budgets(down(1, "2025-01-10", 648), down(2, "2025-01-20", 1296))
    spent = found["error-budget.api"]
    assert (spent.value, spent.text, spent.n) == (75.0, "75.00 %", 2)
    assert spent.parts == {"INC-2025-002": 50.0, "INC-2025-001": 25.0}, "the largest first"
    assert spent.said_parts["INC-2025-002"] == "50.00 %"
    assert spent.note == "0.1 % of 30d allowed; reached at 50 %: The team meets."
    assert found["error-budget-left.api"].value == ALLOWED / 4
    assert "error-budget.web" not in found, "without an objective there is no budget"


def test_a_budget_that_is_spent_exactly_is_spent() -> None:
    found = budgets(down(1, "2025-01-10", ALLOWED))
    assert (found["error-budget.api"].value, found["error-budget-left.api"].value) == (100.0, 0.0)
    follows = found["slo-consequences"]
    assert (follows.value, follows.n) == (1, 1)
    assert follows.note == "API at 50 %: The team meets.; API at 100 %: Releases stop."


def test_one_second_less_is_not() -> None:
    found = budgets(down(1, "2025-01-10", ALLOWED - 1))
    assert "Releases stop" not in found["error-budget.api"].note
    assert "Releases stop" not in found["slo-consequences"].note


def test_more_than_all_leaves_less_than_nothing() -> None:
    found = budgets(down(1, "2025-01-10", 2 * ALLOWED))
    assert (found["error-budget.api"].value, found["error-budget-left.api"].text) == (
        200.0,
        "minus 43 minutes 12 seconds",
    )


def test_the_budget_is_of_the_objectives_window_and_an_incident_that_spans_its_edge_is_cut_there() -> None:
    """The 30 days to 1 February begin on 2 January at 00:00."""
    found = budgets(down(1, "2025-01-01 23:50", 1200), start="2025-01-31")
    assert (found["error-budget.api"].value, found["error-budget.api"].n) == (pytest.approx(100 * 600 / ALLOWED), 1)
    window = found["error-budget.api"].window
    assert window is not None
    assert (window.start, window.seconds) == (at("2025-01-02"), 30 * 86_400)


def test_a_month_with_a_change_of_the_clocks_is_measured_by_time_that_passed() -> None:
    """March 2025 in Berlin is an hour short; an objective of 31 days reaches an hour into February."""
    policy = {"services": {"api": {"slo": {"availability": 99.9, "window": "31d"}}}}
    made = repo(
        down(1, "2025-02-28 22:30", 1800), services=policy, knowledge_base={"name": "x", "time_zone": "Europe/Berlin"}
    )
    window = periods.parse("2025-03", at("2025-05-01"), made.zone)[0]
    found = metrics.measure(made, window, at("2025-05-01"))
    spent, available = found.figure("error-budget.api"), found.figure("availability.api")
    assert spent is not None
    assert available is not None
    assert spent.value == pytest.approx(100 * 1800 / (31 * 86.4))
    assert (available.value, available.n) == (100.0, 0), "the calendar month itself lost nothing"


def test_the_burn_rate_is_that_of_the_last_tenth() -> None:
    """The last three days allow 259.2 seconds."""
    early, late = down(1, "2025-01-10", 500), down(2, "2025-01-30", 518.4)
    assert budgets(early)["burn-rate.api"].value == 0.0
    rate = budgets(early, late)["burn-rate.api"]
    assert (rate.value, rate.text, rate.n) == (pytest.approx(2.0), "2.00 times", 1)
    assert rate.window is not None
    assert rate.window.start == at("2025-01-29")


@given(st.integers(1, 86_400), st.floats(50, 99.999))
def test_spent_and_left_make_up_the_budget(seconds: int, objective: float) -> None:
    policy = {"services": {"api": {"slo": {"availability": objective, "window": "30d"}}}}
    found = budgets(down(1, "2025-01-10", seconds), policy=policy)
    spent, left = found["error-budget.api"].value, found["error-budget-left.api"].value
    assert isinstance(spent, float)
    assert isinstance(left, float)
    allowed = (100 - objective) / 100 * 30 * 86_400
    assert spent / 100 * allowed + left == pytest.approx(allowed, rel=1e-6)


def test_an_objective_of_all_leaves_no_budget() -> None:
    found = budgets(down(1, "2025-01-10", 60), policy={"services": {"api": {"slo": {"availability": 100}}}})
    spent = found["error-budget.api"]
    assert (spent.text, spent.note) == ("N/A", "0 % of 30d allowed; an objective of 100 % leaves no budget")
    assert found["error-budget-left.api"].value == -60
    assert found["burn-rate.api"].value is None


def test_where_nobody_recorded_impact_nothing_is_known_of_the_budget() -> None:
    found = budgets(incident(1))
    for key in ("error-budget.api", "error-budget-left.api", "burn-rate.api", "slo-consequences"):
        assert found[key].value is None, key
    assert (found["error-budget.api"].missing, found["slo-consequences"].n) == (1, 0)


def test_a_quiet_service_is_a_detail() -> None:
    found = budgets(incident(1, services=["web"], impact={"phases": [phase("2025-01-10T00:00:00Z", None)]}))
    assert (found["error-budget.api"].value, found["error-budget.api"].detail) == (0.0, True)
    assert found["availability.api"].detail
    assert not budgets(down(1, "2025-01-10", 60))["error-budget.api"].detail


def test_an_empty_knowledge_base_has_no_budget() -> None:
    assert budgets()["error-budget.api"].value is None, "nobody recorded anything, perfect days neither"


def test_an_objective_may_have_consequences_of_its_own_and_policy_none() -> None:
    own = {"availability": 99.9, "window": "30d", "consequences": [{"at_spent_pct": 10, "then": "Look."}]}
    policy = POLICY | {"services": {"api": {"name": "API", "slo": own}}}
    assert budgets(down(1, "2025-01-10", ALLOWED), policy=policy)["slo-consequences"].note == "API at 10 %: Look."
    assert "slo-consequences" not in budgets(policy={"services": POLICY["services"]})


def test_drills_spend_nothing() -> None:
    found: Repository = repo(down(1, "2025-01-10", 600, exercise=True), services=POLICY)
    assert measured(found)["error-budget.api"].value == 0.0
