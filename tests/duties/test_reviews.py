"""The clocks of post-mortems that are owed."""

from __future__ import annotations

import pytest

from incidentbook.duties import reviews
from kb import Plain, at, incident, repo

SEVERITIES = {
    "effective_from": "2025-01-01",
    "severities": {
        "sev1": {"postmortem": "required", "postmortem_within": "48h"},
        "sev2": {"postmortem": "required", "postmortem_within": "72h", "postmortem_skippable": True},
        "sev3": {"postmortem": "optional"},
        "sev4": {"postmortem": "required"},
    },
}
NOW = at("2025-01-12 12:00")


def owed(*records: Plain, reviewed: Plain | None = None) -> list[tuple[str, str]]:
    """Return the hours left and the status of what is owed."""
    house = repo(*(records or (one(),)), postmortems=[reviewed] if reviewed else [], severities=SEVERITIES)
    return [(f"{item.seconds_left(NOW) / 3600:g} h", item.status) for item in reviews.owed(house, NOW)]


def one(number: int = 1, severity: str = "sev1", started: str = "2025-01-10T23:00:00Z", **more: object) -> Plain:
    return incident(number, started, severity=severity, **more)


def about(*numbers: int, **more: object) -> Plain:
    return {"incidents": [f"INC-2025-00{number}" for number in numbers or (1,)], "status": "draft", **more}


def test_a_clock_runs_from_the_resolution() -> None:
    assert owed() == [("12 h", "missing")]
    assert owed(one(severity="sev2")) == [("36 h", "missing")]


def test_overdue_ones_come_first() -> None:
    early = one(2, started="2025-01-08T23:00:00Z")
    assert owed(one(), early) == [("-36 h", "missing"), ("12 h", "missing")]


@pytest.mark.parametrize(
    "record",
    [
        one(severity="sev3"),
        one(severity="unclassified"),
        one(exercise=True),
        one(near_miss=True),
        one(status="cancelled"),
        one(status="monitoring"),
        one(started="2024-12-01T00:00:00Z"),
    ],
    ids=["optional", "unclassified", "drill", "near miss", "cancelled", "open", "before the policy"],
)
def test_some_owe_none(record: Plain) -> None:
    assert owed(record) == []


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, [("12 h", "draft")]),
        ({"status": "in-review", "scheduled": "2025-01-13"}, [("12 h", "in-review")]),
        ({"held": "2025-01-12"}, []),
        ({"held": "2025-01-20"}, [("12 h", "draft")]),
        ({"status": "published"}, []),
        ({"status": "skipped", "skip_reason": "Same as before"}, [("12 h", "skipped")]),
    ],
)
def test_it_stops_when_one_is_held_or_published(more: Plain, found: list[tuple[str, str]]) -> None:
    assert owed(reviewed=about(**more)) == found


def test_it_stops_when_one_is_skipped_where_policy_lets_it_be() -> None:
    skipped = about(status="skipped", skip_reason="Same as before")
    assert owed(one(severity="sev2"), reviewed=skipped) == []


def test_of_several_incidents_the_last_counts_and_one_is_owed() -> None:
    second = one(2, started="2025-01-11T23:00:00Z")
    assert owed(one(), second, reviewed=about(1, 2)) == [("36 h", "draft")]


def test_without_a_time_a_missing_one_is_owed_at_once() -> None:
    assert owed(one(severity="sev4")) == [("-36 h", "missing")]
