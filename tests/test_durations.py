"""The durations of a set: what is measured, and what is set apart as missing, open, negative or of no length."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.durations import Sample, sample
from incidentbook.records.policy.metrics import DurationDefinition
from kb import at, incident, record

START = "2025-01-10T00:00:00Z"
TTR = DurationDefinition(name="Time to resolve", mean_name="Mean time to resolve", mean_abbreviation="MTTR")
DAY = 86_400.0
NOW = at("2025-02-01")


def lasted(minutes: int, **more: Any) -> dict[str, Any]:
    """Return an incident that lasted that long."""
    resolved = at(START) + dt.timedelta(minutes=minutes)
    return incident(1, START, milestones={"started": START, "resolved": resolved.isoformat()}) | more


def taken(*plain: dict[str, Any], definition: DurationDefinition = TTR) -> Sample:
    return sample(tuple(record(**item) for item in plain), definition, NOW)


def test_what_is_measured() -> None:
    assert taken(lasted(60), lasted(90)) == Sample((3600.0, 5400.0))


def test_a_milestone_that_is_missing() -> None:
    assert taken(incident(milestones={"started": START})) == Sample(missing=1)
    assert taken(incident(milestones={"resolved": START})).missing == 1


def test_an_open_incident_has_no_end_yet() -> None:
    still = incident(status="investigating", milestones={"started": START})
    assert taken(still) == Sample(lasting=(22 * DAY,), open=1), "it has lasted until now"


def test_an_imported_one_that_was_not_over_when_last_seen_is_no_open_one() -> None:
    seen = {"provenance": {"source": "statuspage", "last_seen": "2025-01-20T00:00:00Z"}}
    still = incident(status="investigating", milestones={"started": START}, **seen)
    assert taken(still) == Sample(lasting=(10 * DAY,), unknown=1), "it had lasted until it was last seen"


def test_a_reopened_incident_is_open_whatever_stands_in_resolved() -> None:
    reopened = lasted(60, status="investigating")
    assert taken(reopened).open == 1
    assert taken(reopened).seconds == ()


def test_an_end_before_the_start_is_neither_counted_nor_turned_round() -> None:
    assert taken(lasted(-60), lasted(60)) == Sample((3600.0,), negative=1)


def test_a_length_of_zero_is_measured_unless_policy_says_otherwise() -> None:
    assert taken(lasted(0)).seconds == (0.0,)
    unmeasured = DurationDefinition(zero="unmeasured")
    assert taken(lasted(0), definition=unmeasured) == Sample(zero=1)


@given(st.lists(st.integers(-100, 100), max_size=12))
def test_every_incident_is_somewhere(minutes: list[int]) -> None:
    found = taken(*(lasted(length) for length in minutes), definition=DurationDefinition(zero="unmeasured"))
    assert len(found.seconds) + found.missing + found.open + found.unknown + found.negative + found.zero == len(minutes)
    assert all(length > 0 for length in found.seconds)


@pytest.mark.parametrize("pair", [("resolved", "started"), ("started", "celebrated")])
def test_any_pair_of_milestones_may_be_defined(pair: tuple[str, str]) -> None:
    found = taken(lasted(60), definition=DurationDefinition(from_=pair[0], to=pair[1]))
    assert (found.negative, found.missing) == ((1, 0) if pair[0] == "resolved" else (0, 1))


def test_the_offset_of_a_time_is_part_of_it() -> None:
    times = {"started": "2025-01-10T01:00:00+01:00", "resolved": "2025-01-09T17:00:00-08:00"}
    assert taken(incident(milestones=times)).seconds == (3600.0,)


def test_what_an_open_incident_has_passed_without_a_note_is_missing_and_not_on_its_way() -> None:
    going_on = incident(status="mitigated", milestones={"started": START, "mitigated": "2025-01-10T01:00:00Z"})
    assert taken(going_on, definition=DurationDefinition(to="acknowledged")) == Sample(missing=1)
    assert taken(going_on).open == 1


def test_one_that_starts_after_now_has_not_lasted_yet() -> None:
    later = incident(status="declared", milestones={"started": "2025-03-01T00:00:00Z"})
    assert taken(later) == Sample(missing=1)


def test_summer_time_begins_in_between() -> None:
    times = {"started": "2025-03-30T01:30:00+01:00", "resolved": "2025-03-30T03:30:00+02:00"}
    assert taken(incident(milestones=times)).seconds == (3600.0,)
