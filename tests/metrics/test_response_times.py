"""TTx and their means: what is measured, and what is set apart as missing, open, negative or of no length."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.metrics.response_times import Sample, sample
from incidentbook.records.policy.metrics import DurationDefinition
from kb import at, incident, record, repo
from metrics_of import measured

START = "2025-01-10T00:00:00Z"
TTR = DurationDefinition(name="Time to resolve", mean_name="Mean time to resolve", mean_abbreviation="MTTR")
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


def taken(*plain: dict[str, Any], definition: DurationDefinition = TTR) -> Sample:
    return sample(tuple(record(**item) for item in plain), definition)


def test_what_is_measured() -> None:
    assert taken(lasted(60), lasted(90)) == Sample((3600.0, 5400.0), missing=0, open=0, unknown=0, negative=0, zero=0)


def test_a_milestone_that_is_missing() -> None:
    assert taken(incident(milestones={"started": START})) == Sample(
        (), missing=1, open=0, unknown=0, negative=0, zero=0
    )
    assert taken(incident(milestones={"resolved": START})).missing == 1


def test_an_open_incident_has_no_end_yet() -> None:
    still = incident(status="investigating", milestones={"started": START})
    assert taken(still) == Sample((), missing=0, open=1, unknown=0, negative=0, zero=0)


def test_an_imported_one_that_was_not_over_when_last_seen_is_no_open_one() -> None:
    seen = {"provenance": {"source": "statuspage", "last_seen": "2025-01-20T00:00:00Z"}}
    still = incident(status="investigating", milestones={"started": START}, **seen)
    assert taken(still) == Sample((), missing=0, open=0, unknown=1, negative=0, zero=0)


def test_a_reopened_incident_is_open_whatever_stands_in_resolved() -> None:
    reopened = lasted(60, status="investigating")
    assert taken(reopened).open == 1
    assert taken(reopened).seconds == ()


def test_an_end_before_the_start_is_neither_counted_nor_turned_round() -> None:
    assert taken(lasted(-60), lasted(60)) == Sample((3600.0,), missing=0, open=0, unknown=0, negative=1, zero=0)


def test_a_length_of_zero_is_measured_unless_policy_says_otherwise() -> None:
    assert taken(lasted(0)).seconds == (0.0,)
    unmeasured = DurationDefinition(zero="unmeasured")
    assert taken(lasted(0), definition=unmeasured) == Sample((), missing=0, open=0, unknown=0, negative=0, zero=1)


@given(st.lists(st.integers(-100, 100), max_size=12))
def test_every_incident_is_somewhere(minutes: list[int]) -> None:
    found = taken(*(lasted(length) for length in minutes), definition=DurationDefinition(zero="unmeasured"))
    assert len(found.seconds) + found.missing + found.open + found.unknown + found.negative + found.zero == len(minutes)
    assert all(length > 0 for length in found.seconds)


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


def test_a_duration_without_names_is_called_by_its_key() -> None:
    found = measured(repo(lasted(10), metrics=POLICY))
    assert (found["mtta"].name, found["median-tta"].name) == ("Mean tta", "Median tta")
    assert found["mtta"].text == "N/A"


@pytest.mark.parametrize("pair", [("resolved", "started"), ("started", "celebrated")])
def test_any_pair_of_milestones_may_be_defined(pair: tuple[str, str]) -> None:
    found = taken(lasted(60), definition=DurationDefinition(from_=pair[0], to=pair[1]))
    assert (found.negative, found.missing) == ((1, 0) if pair[0] == "resolved" else (0, 1))


def test_the_offset_of_a_time_is_part_of_it() -> None:
    times = {"started": "2025-01-10T01:00:00+01:00", "resolved": "2025-01-09T17:00:00-08:00"}
    assert taken(incident(milestones=times)).seconds == (3600.0,)
