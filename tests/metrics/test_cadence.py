"""Updates in time: which intervals are judged, which were kept, and who is not judged at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import Plain, incident, repo
from metrics_of import measured

POLICY: dict[str, Any] = {"cadence": {"sev2": {"every": "1h", "audiences": ["public", "customers"]}}}


def told(*times: str, audience: str = "public", **promises: str) -> list[Plain]:
    """Return messages at these times of 10 January; ``m2="05:00"`` makes the second promise the next for then."""
    made: list[Plain] = [{"id": f"c{time}", "at": f"2025-01-10T{time}:00Z", "audience": audience} for time in times]
    for number, promise in promises.items():
        made[int(number[1:]) - 1]["next_update"] = f"2025-01-10T{promise}:00Z"
    return made


def burning(number: int = 1, until: str | None = "04:00", **more: Any) -> Plain:
    """Return a SEV-2 that was declared at midnight and resolved at ``until``."""
    milestones = {"started": "2025-01-10T00:00:00Z", "declared": "2025-01-10T00:00:00Z"}
    if until:
        milestones["resolved"] = f"2025-01-10T{until}:00Z"
    return incident(number, status="resolved" if until else "investigating", milestones=milestones) | more


def kept(*incidents: Plain, **more: Any) -> tuple[object, int]:
    figure = measured(repo(*incidents, communications=POLICY), **more)["updates-in-time"]
    return figure.value, figure.n


def test_each_interval_that_came_due_is_judged() -> None:
    every = told("01:00", "02:00", "03:00")
    assert kept(burning(communications=every)) == (100.0, 3), "the last hour ended as it was resolved"
    assert kept(burning(communications=told("01:00", "02:01", "03:00"))) == (pytest.approx(200 / 3), 3)
    assert kept(burning(communications=told("01:00"))) == (50.0, 2), "three hours of silence are one interval"
    assert kept(burning()) == (0.0, 1)


def test_what_was_over_before_a_word_was_due_owed_none() -> None:
    assert kept(burning(until="00:59")) == (None, 0)
    assert kept(burning(until="00:59", communications=told("00:30"))) == (100.0, 1)


def test_a_promise_for_later_is_kept_to() -> None:
    assert kept(burning(communications=told("01:00", "03:00", m1="03:00"))) == (100.0, 2)
    assert kept(burning(communications=told("01:00", "03:01", m1="03:00"))) == (50.0, 2)


def test_only_those_who_are_owed_count() -> None:
    assert kept(burning(communications=told("01:00", "02:00", "03:00", audience="responders"))) == (0.0, 1)


def test_an_open_incident_is_judged_up_to_now() -> None:
    figure = measured(repo(burning(until=None, communications=told("01:00")), communications=POLICY))
    assert (figure["updates-in-time"].value, figure["updates-in-time"].n, figure["updates-in-time"].open) == (
        50.0,
        2,
        1,
    )


def test_the_offset_in_which_a_time_is_written_does_not_matter() -> None:
    elsewhere = [{"id": "c1", "at": "2025-01-10T06:30:00+05:30", "audience": "public"}]
    assert kept(burning(until="01:30", communications=elsewhere)) == (100.0, 1)


def test_incidents_in_which_every_update_was_in_time() -> None:
    made = repo(
        burning(1, communications=told("01:00", "02:00", "03:00")),
        burning(2, communications=told("01:00")),
        burning(3, until="00:10"),
        communications=POLICY,
    )
    found = measured(made)["cadence-kept"]
    assert (found.value, found.n) == (50.0, 2), "the short one owed nothing"


def test_who_is_not_judged_is_told() -> None:
    made = repo(
        burning(1, communications=told("01:00", "02:00", "03:00")),
        burning(2, severity="sev3"),
        burning(3, severity="unclassified"),
        burning(4, provenance={"source": "statuspage"}),
        burning(5, exercise=True),
        communications=POLICY,
    )
    found = measured(made)["updates-in-time"]
    assert (found.value, found.n) == (100.0, 3)
    assert found.excluded == {"drill": 1, "nothing owed": 1, "not judged by the policy": 2}


def test_nobody_outside_is_owed_a_word_of_a_restricted_one() -> None:
    found = measured(repo(burning(disclosure="restricted"), communications=POLICY))["updates-in-time"]
    assert (found.value, found.excluded) == (None, {"nothing owed": 1})


def test_a_policy_judges_from_its_first_day_on_in_the_house_zone() -> None:
    """Midnight of the 10th in UTC is still the 9th in New York."""
    policy = POLICY | {"effective_from": "2025-01-10"}
    assert measured(repo(burning(), communications=policy))["updates-in-time"].n == 1
    house = {"name": "x", "time_zone": "America/New_York"}
    assert measured(repo(burning(), communications=policy, knowledge_base=house))["updates-in-time"].n == 0


def test_without_incidents_there_is_no_share() -> None:
    assert kept() == (None, 0)


@given(st.lists(st.integers(0, 239), max_size=8, unique=True))
def test_messages_make_intervals_and_none_is_judged_twice(minutes: list[int]) -> None:
    times = [f"{minute // 60:02}:{minute % 60:02}" for minute in sorted(minutes)]
    value, n = kept(burning(communications=told(*times)))
    gaps = [later - before for before, later in zip([0, *sorted(minutes)], [*sorted(minutes), 240], strict=True)]
    due = gaps[:-1] + ([gaps[-1]] if gaps[-1] > 60 else [])
    assert n == len(due)
    assert value == (pytest.approx(100 * sum(gap <= 60 for gap in due) / len(due)) if due else None)
