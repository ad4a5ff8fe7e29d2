"""Objectives, agreements and credits backtested: by calendar months, and over an objective's own window."""

from __future__ import annotations

from typing import Any

import pytest

from backtests import backtested, outcome, rows
from kb import Plain, incident, phase


def promises(availability: float, window: str = "30d", **more: Any) -> Plain:
    service = {"name": "API", "slo": {"availability": availability, "window": window}}
    return {"services": {"services": {"api": service}} | more}


def down(number: int, start: str, end: str, level: str = "outage") -> Plain:
    return incident(
        number, start, milestones={"started": start, "resolved": end}, impact={"phases": [phase(start, end, level)]}
    )


# 44.64 min are a thousandth of January, 40.32 min one of February.
JANUARY = down(1, "2025-01-10T00:00:00Z", "2025-01-10T00:44:38Z")
FEBRUARY = down(2, "2025-02-10T00:00:00Z", "2025-02-10T00:41:00Z")


def test_months_below_the_new_objective() -> None:
    found = backtested(promises(99.8), promises(99.9), JANUARY, FEBRUARY)
    assert rows(found, "objectives") == [("INC-2025-002", "API, 2025-02", "kept", "missed")]
    assert outcome(found, "objectives").sentences == (
        "API by month: 1 of 2 objectives would be missed instead of kept",
    )
    assert outcome(found, "objectives").reclassified[0].because == "99.898 %; objective 99.8 % → 99.9 %"


def test_a_month_that_is_not_over_counts_what_is_left_as_up() -> None:
    found = backtested(promises(99.8), promises(99.9), FEBRUARY, now="2025-02-11")
    assert rows(found, "objectives") == [("INC-2025-002", "API, 2025-02 (running)", "kept", "missed")]


def test_an_outage_over_midnight_of_a_month_counts_in_both() -> None:
    across = down(1, "2025-01-31T23:00:00Z", "2025-02-01T01:00:00Z")
    found = backtested(promises(99.8), promises(99.9), across)
    assert [row[1] for row in rows(found, "objectives")] == ["API, 2025-01", "API, 2025-02"]


def test_a_month_that_begins_before_the_policy_holds() -> None:
    found = outcome(backtested(promises(99.8), promises(99.9, effective_from="2025-02-02"), FEBRUARY), "objectives")
    assert ([*found.reclassified], [item.about for item in found.supposed]) == ([], ["API, 2025-02"])


def test_a_changed_window_is_judged_at_the_end_of_each_incident() -> None:
    # At the end of the second, both are 85.6 min of 30 days, which is 99.802 %, and it alone is 41 min of 7 days: 99.593 %.
    close = down(2, "2025-01-20T00:00:00Z", "2025-01-20T00:41:00Z")
    found = backtested(promises(99.8, "30d"), promises(99.8, "7d"), JANUARY, close)
    assert rows(found, "objectives") == [
        ("INC-2025-001", "API, to 2025-01-10", "kept", "missed"),
        ("INC-2025-002", "API, to 2025-01-20", "kept", "missed"),
    ]
    because = outcome(found, "objectives").reclassified[1].because
    assert because == "99.802 % over 30d → 99.593 % over 7d; objective 99.8 % → 99.8 %"


def test_own_windows_where_they_are_asked_for() -> None:
    found = backtested(promises(99.8), promises(99.9), JANUARY, FEBRUARY, own_windows=True)
    # 44.6 of 43,200 min are 99.897 %, and 41 are 99.905 %: by months it is the other way round.
    assert rows(found, "objectives") == [("INC-2025-001", "API, to 2025-01-10", "kept", "missed")]
    assert outcome(found, "objectives").judged == 2


def test_phases_that_weigh_more() -> None:
    half = down(1, "2025-01-10T00:00:00Z", "2025-01-10T01:00:00Z", "partial")
    ends = ({"metrics": {"availability": {"weights": {"partial": weight}}}} for weight in (0.5, 1))
    found = backtested(*ends, half, both=promises(99.9))
    assert rows(found, "objectives") == [("INC-2025-001", "API, 2025-01", "kept", "missed")]
    assert outcome(found, "objectives").reclassified[0].because == "99.933 % → 99.866 %; objective 99.9 % → 99.9 %"


def test_an_objective_that_is_new() -> None:
    bare = {"services": {"services": {"api": {"name": "API"}}}}
    assert rows(backtested(bare, promises(99.9), FEBRUARY), "objectives") == [
        ("INC-2025-002", "API, 2025-02", "without an objective", "missed")
    ]


# -- agreements ----------------------------------------------------------------------------------------------------------------


def agrees(availability: float, percent: float, fee: int | None = 1000) -> Plain:
    table = [{"from": 0, "below": availability, "percent": percent}]
    agreement = {"availability": availability, "credits": table}
    agreement |= {"fee": {"amount": fee, "currency": "EUR"}} if fee else {}
    return {"services": {"services": {"api": {"name": "API", "sla": agreement}}}}


@pytest.mark.parametrize(
    ("before", "after", "answers", "sentence"),
    [
        (
            agrees(99.8, 10), agrees(99.9, 10), ("kept, no credit", "broken, 10 % back (€100)"),
            "1 of 2 months would be settled otherwise: credits of €100 instead of nothing",
        ),
        (
            agrees(99.9, 10), agrees(99.9, 25), ("broken, 10 % back (€100)", "broken, 25 % back (€250)"),
            "1 of 2 months would be settled otherwise: credits of €250 instead of €100",
        ),
        (
            agrees(99.9, 10, None), agrees(99.9, 10), ("broken, 10 % back", "broken, 10 % back (€100)"),
            "1 of 2 months would be settled otherwise: credits of €100 instead of nothing",
        ),
    ],
)  # fmt: skip
def test_credits_that_change(before: Plain, after: Plain, answers: tuple[str, str], sentence: str) -> None:
    found = backtested(before, after, JANUARY, FEBRUARY)
    assert rows(found, "agreements") == [("INC-2025-002", "API, 2025-02", *answers)]
    assert outcome(found, "agreements").sentences == (sentence,)


def test_an_agreement_that_is_new() -> None:
    bare = {"services": {"services": {"api": {"name": "API"}}}}
    assert rows(backtested(bare, agrees(99.9, 10), FEBRUARY), "agreements") == [
        ("INC-2025-002", "API, 2025-02", "without an agreement", "broken, 10 % back (€100)")
    ]


def test_both_incidents_of_a_month_are_named() -> None:
    close = down(2, "2025-01-20T00:00:00Z", "2025-01-20T00:41:00Z")
    found = backtested(agrees(99.8, 10), agrees(99.9, 10), JANUARY, close)
    assert rows(found, "agreements")[0][:2] == ("INC-2025-001, INC-2025-002", "API, 2025-01")
