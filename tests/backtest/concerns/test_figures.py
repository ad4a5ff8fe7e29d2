"""Definitions of figures backtested: what of the default window moves, and which policy moves it."""

from __future__ import annotations

from backtests import backtested, outcome, rows
from kb import Plain, incident, phase

HALF = incident(1, impact={"phases": [phase("2025-01-10T00:00:00Z", "2025-01-10T01:00:00Z", "partial")]})


def defines(**more: object) -> Plain:
    return {"metrics": {"windows": {"default": "60d"}} | more}


def test_another_weight_moves_downtime_and_availability() -> None:
    before, after = (defines(availability={"weights": {"partial": weight}}) for weight in (0.5, 1))
    found = backtested(before, after, HALF)
    assert rows(found, "figures") == [
        ("", "Downtime-equivalent", "30 minutes", "1 hour"),
        ("", "Availability, any service", "99.97 %", "99.93 %"),
    ]
    assert outcome(found, "figures").reclassified[0].because == "policy/metrics.yml alone: 1 hour"


def test_in_words_with_the_window() -> None:
    before, after = (defines(availability={"weights": {"partial": weight}}) for weight in (0.5, 1))
    judged = outcome(backtested(before, after, HALF), "figures")
    assert judged.sentences == (f"2 of {judged.judged} figures of 60 days to 2025-02-28 would be others",)


def test_drills_that_count_again() -> None:
    found = backtested(defines(exclude=["exercise"]), defines(exclude=[]), HALF, incident(2, exercise=True))
    assert ("", "Incident count", "1 (0/1/0)", "2 (0/2/0)") in rows(found, "figures")


def test_a_zero_that_nobody_measured() -> None:
    ttr = {"name": "Time to resolve", "from": "started", "to": "resolved"}
    zero = incident(2, milestones={"started": "2025-01-11T00:00:00Z", "resolved": "2025-01-11T00:00:00Z"})
    before, after = (defines(durations={"ttr": ttr | {"zero": what}}) for what in ("measured", "unmeasured"))
    assert ("", "Median time to resolve", "30 minutes", "1 hour") in rows(
        backtested(before, after, HALF, zero), "figures"
    )


def test_nothing_moves() -> None:
    judged = outcome(backtested(defines(), defines(exclude=["merged"]), HALF), "figures")
    assert (judged.sentences, [*judged.reclassified]) == ((), [])
    assert judged.judged > 0
