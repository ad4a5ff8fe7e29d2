"""TTx and their means, with intervals, and with incidents that are not over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kb import Plain, at, incident, repo
from metrics_of import measured

START = "2025-01-10T00:00:00Z"
POLICY = {
    "durations": {
        "ttr": {
            "name": "Time to resolve",
            "mean_name": "Mean time to resolve",
            "mean_abbreviation": "MTTR",
            "from": "started",
            "to": "resolved",
        },
        "tta": {"from": "started", "to": "acknowledged"},
    }
}


def lasted(minutes: int, **more: Any) -> dict[str, Any]:
    """Return an incident that lasted that long."""
    resolved = at(START) + dt.timedelta(minutes=minutes)
    return incident(1, START, milestones={"started": START, "resolved": resolved.isoformat()}) | more


def test_the_mean_stands_beside_the_median() -> None:
    made = [lasted(length) | {"id": f"INC-2025-{length:03}"} for length in (10, 20, 600)]
    found = measured(repo(*made, metrics=POLICY))
    assert found["mttr"].name == "Mean time to resolve (MTTR)"
    assert found["mttr"].value == 210 * 60
    assert found["median-ttr"].name == "Median time to resolve"
    assert found["median-ttr"].value == 20 * 60
    assert found["mttr"].n == 3
    assert found["mttr"].definition == "started to resolved, over the incidents that started in the window"


def test_what_gave_no_duration_is_told() -> None:
    made = [
        lasted(10),
        lasted(-10) | {"id": "INC-2025-002"},
        incident(3, START, status="declared", milestones={"started": START}),
        incident(4, START, milestones={"started": START}),
        lasted(10) | {"id": "INC-2025-005", "exercise": True},
    ]
    found = measured(repo(*made, metrics=POLICY))["mttr"]
    assert (found.n, found.missing, found.open, found.excluded) == (1, 1, 1, {"drill": 1, "negative": 1})
    assert found.left_out == "1 missing, 1 drill, 1 negative, 1 still open"
    median = measured(repo(*made, metrics=POLICY))["median-ttr"]
    assert (median.left_out, median.still_open) == ("1 missing, 1 drill, 1 negative", "1 still open, and counted")


def test_a_duration_without_names_is_called_by_its_key() -> None:
    found = measured(repo(lasted(10), metrics=POLICY))
    assert (found["mtta"].name, found["median-tta"].name) == ("Mean tta", "Median tta")
    assert found["mtta"].text == "N/A"


def test_intervals_where_there_are_enough() -> None:
    made = [lasted(minutes) | {"id": f"INC-2025-{minutes:03}"} for minutes in (10, 20, 30, 40, 50, 60)]
    found = measured(repo(*made, metrics=POLICY))
    median = found["median-ttr"]
    assert (median.value, median.low, median.high) == (35 * 60, 600, 3600), (
        "with six the ends are the first and the last"
    )
    assert median.method == "exact, from order statistics"
    assert found["p90-ttr"].refused == "n = 6: a finite interval of the P90 needs 36"
    assert (found["p90-ttr"].low, found["p90-ttr"].interval) == (None, "")
    assert found["mttr"].interval
    assert "BCa" in found["mttr"].method
    assert found["geomean-ttr"].value == pytest.approx(60 * (10 * 20 * 30 * 40 * 50 * 60) ** (1 / 6))


def test_one_incident_has_no_interval() -> None:
    found = measured(repo(lasted(10), metrics=POLICY))
    assert (found["mttr"].value, found["mttr"].interval) == (600, "")
    assert found["mttr"].refused == "n = 1: a finite interval of the mean needs 3"


def test_an_open_incident_makes_the_median_longer_and_is_not_in_the_mean() -> None:
    over = [lasted(minutes) | {"id": f"INC-2025-{minutes:03}"} for minutes in (10, 20, 30, 40)]
    still = incident(9, "2025-01-20T00:00:00Z", status="investigating", milestones={"started": "2025-01-20T00:00:00Z"})
    without, with_it = (measured(repo(*made, metrics=POLICY)) for made in (over, [*over, still]))
    assert (without["median-ttr"].value, with_it["median-ttr"].value) == (25 * 60, 30 * 60)
    assert without["mttr"].value == with_it["mttr"].value
    assert with_it["median-ttr"].open == 1
    assert "one that is not over counts as lasting at least so long" in with_it["median-ttr"].definition


def test_where_most_are_open_nobody_knows_the_median() -> None:
    still: list[Plain] = [
        incident(number, "2025-01-20T00:00:00Z", status="investigating", milestones={"started": "2025-01-20T00:00:00Z"})
        for number in (2, 3)
    ]
    found = measured(repo(lasted(10), *still, metrics=POLICY))["median-ttr"]
    assert (found.value, found.text, found.open) == (None, "N/A", 2)


def test_of_zero_lengths_there_is_no_geometric_mean() -> None:
    found = measured(repo(lasted(0), lasted(10) | {"id": "INC-2025-002"}, metrics=POLICY))
    assert found["mttr"].value == 300
    assert found["geomean-ttr"].value == pytest.approx(600)


def test_an_empty_window() -> None:
    found = measured(repo(metrics=POLICY))
    assert {found[key].text for key in ("mttr", "median-ttr", "p95-ttr", "geomean-ttr")} == {"N/A"}
