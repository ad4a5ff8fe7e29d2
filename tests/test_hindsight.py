"""What was known at an instant: nothing that is later is counted, nothing that is not later is lost."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import alterations, hindsight
from incidentbook.repository import Repository
from kb import Plain, at, incident, phase, repo
from metrics_of import measured

NOON = at("2025-01-10T12:00:00Z")
LATER, EARLIER = "2025-01-10T12:00:01Z", "2025-01-10T12:00:00Z"


def known(plain: Plain, now: dt.datetime = NOON) -> Any:
    return next(iter(hindsight.until(repo(plain), now).all_incidents()), None)


def test_what_started_later_is_not_there() -> None:
    assert known(incident(started=LATER)) is None
    assert known(incident(started=EARLIER)).id == "INC-2025-001"


@pytest.mark.parametrize(
    ("milestones", "status"),
    [
        ({"detected": LATER}, None),
        ({"declared": LATER, "acknowledged": LATER}, None),
        ({"resolved": EARLIER, "detected": LATER}, None),
        ({"detected": LATER, "acknowledged": EARLIER}, "declared"),
        ({"detected": EARLIER, "declared": LATER}, "declared"),
        ({"resolved": LATER}, "declared"),
    ],
)
def test_what_nobody_had_noticed_is_not_there_unless_nothing_says_when_it_was(
    milestones: Plain, status: str | None
) -> None:
    found = known(incident(milestones={"started": "2025-01-10T09:00:00Z"} | milestones))
    assert (found.status if found else None) == status


def test_who_declared_it_had_noticed_it() -> None:
    changes = [{"id": "a", "to": "declared", "at": LATER}, {"id": "b", "to": "resolved", "at": "2025-01-10T14:00:00Z"}]
    plain = incident(milestones={"started": "2025-01-10T09:00:00Z"}, transitions=changes)
    assert known(plain) is None
    assert known(plain, at(LATER)).status == "declared"


def test_what_was_resolved_later_is_open() -> None:
    found = known(incident(started="2025-01-10T11:30:00Z", status="closed"))
    assert (found.status, found.milestone("resolved"), found.is_open) == ("declared", None, True)


@pytest.mark.parametrize(
    ("milestones", "status"),
    [
        ({"resolved": EARLIER, "closed": LATER}, "resolved"),
        ({"mitigated": EARLIER, "resolved": LATER}, "mitigated"),
        ({"identified": EARLIER, "mitigated": LATER, "resolved": LATER}, "identified"),
        ({"acknowledged": EARLIER, "resolved": LATER}, "declared"),
    ],
)
def test_the_status_is_that_of_the_last_milestone(milestones: Plain, status: str) -> None:
    started = {"started": "2025-01-10T09:00:00Z"}
    assert known(incident(status="closed", milestones=started | milestones)).status == status


def test_the_status_is_that_of_the_last_transition() -> None:
    changes = [
        {"id": "a", "to": "resolved", "at": "2025-01-10T10:00:00Z"},
        {"id": "b", "to": "investigating", "at": "2025-01-10T11:00:00Z"},
        {"id": "c", "to": "resolved", "at": LATER},
    ]
    milestones = {"started": "2025-01-10T09:00:00Z"}
    found = known(incident(milestones=milestones, transitions=changes))
    assert (found.status, len(found.transitions)) == ("investigating", 2)


def test_a_milestone_after_the_last_transition_says_more_than_it() -> None:
    changes = [
        {"id": "a", "to": "declared", "at": "2025-01-10T09:01:00Z"},
        {"id": "b", "to": "closed", "at": LATER},
    ]
    milestones = {"started": "2025-01-10T09:00:00Z", "resolved": "2025-01-10T10:00:00Z", "closed": LATER}
    found = known(incident(status="closed", milestones=milestones, transitions=changes))
    assert (found.status, found.is_open) == ("resolved", False)
    assert found.milestone("resolved").written == "2025-01-10T10:00:00Z"


def test_the_severity_is_that_of_the_last_change() -> None:
    changes = [{"id": "a", "to": "sev3", "at": EARLIER}, {"id": "b", "to": "sev1", "at": LATER}]
    found = known(incident(started="2025-01-10T09:00:00Z", severity="sev1", severity_history=changes))
    assert found.severity == "sev3"


def test_before_its_first_change_it_had_the_severity_that_it_was_first_given() -> None:
    changes = [{"id": "a", "to": "sev3", "at": LATER}, {"id": "b", "to": "sev1", "at": "2025-01-10T13:00:00Z"}]
    found = known(incident(started="2025-01-10T09:00:00Z", severity="sev1", severity_history=changes))
    assert (found.severity, found.severity_history) == ("sev3", ())


def test_a_severity_that_no_change_tells_of_is_kept() -> None:
    plain = incident(milestones={"started": EARLIER, "resolved": LATER}, severity="sev2")
    assert known(plain).severity == "sev2"


def test_what_was_cancelled_at_no_known_time_stays_so() -> None:
    plain = incident(status="cancelled", milestones={"started": "2025-01-10T09:00:00Z", "closed": LATER})
    assert known(plain).status == "cancelled"


def test_entries_that_begin_later_go_and_those_that_end_later_go_on() -> None:
    impact = {"phases": [phase("2025-01-10T11:00:00Z", LATER), phase(LATER, "2025-01-10T13:00:00Z")]}
    roles = [{"id": "r", "role": "scribe", "holder": "web", "from": "2025-01-10T11:00:00Z", "to": LATER}]
    timeline = [{"id": "t", "at": EARLIER, "text": "now"}, {"id": "u", "at": LATER, "text": "later"}]
    found = known(incident(started="2025-01-10T11:00:00Z", impact=impact, roles=roles, timeline=timeline))
    assert [(one.from_.written, one.to) for one in found.impact.phases] == [("2025-01-10T11:00:00Z", None)]
    assert [one.to for one in found.roles] == [None]
    assert [one.text for one in found.timeline] == ["now"]


def test_what_an_import_saw_later_was_open_now() -> None:
    source = {"source": "statuspage", "id": "1", "last_seen": LATER}
    plain = incident(status="investigating", milestones={"started": "2025-01-10T09:00:00Z"}, provenance=source)
    assert known(plain).provenance.last_seen.at == NOON


def test_a_postmortem_of_a_later_day_is_not_there_with_what_it_promised() -> None:
    held = {"incidents": ["INC-2025-001"], "status": "published", "held": "2025-01-11"}
    base = repo(incident(), postmortems=[held | {"action_items": [{"id": "AI-1", "status": "done"}]}])
    assert [*hindsight.until(base, NOON).action_items()] == []
    assert len([*hindsight.until(base, at("2025-01-11")).action_items()]) == 1


def test_one_whose_incidents_are_all_later_is_not_there_either() -> None:
    draft = {"incidents": ["INC-2025-001"], "status": "draft"}
    assert hindsight.until(repo(incident(started=LATER), postmortems=[draft]), NOON).postmortems == []


@pytest.mark.parametrize(
    ("milestones", "ends", "days", "there"),
    [
        ({"resolved": LATER}, [], {}, 0),
        ({}, [LATER], {}, 0),
        ({"resolved": LATER}, [EARLIER], {}, 1),  # and opened again
        ({"resolved": LATER}, [EARLIER], {"held": "2025-01-11"}, 0),
        ({"resolved": LATER}, [], {"held": "2025-01-10"}, 1),
        ({"resolved": EARLIER}, [], {}, 1),
        ({"acknowledged": LATER}, [], {}, 1),  # nothing says when it was over
    ],
)
def test_a_review_without_a_day_is_not_there_before_its_incident_was_over(
    milestones: Plain, ends: list[str], days: Plain, there: int
) -> None:
    changes = [{"id": end, "to": "resolved", "at": end} for end in ends]
    detected = {"started": "2025-01-10T09:00:00Z", "detected": "2025-01-10T09:01:00Z"}
    told = {"incidents": ["INC-2025-001"], "status": "draft", **days}
    base = repo(incident(milestones=detected | milestones, transitions=changes), postmortems=[told])
    assert len(hindsight.until(base, NOON).postmortems) == there


def test_what_was_published_later_was_in_review_when_it_had_been_held() -> None:
    told = {"incidents": ["INC-2025-001"], "status": "published", "held": "2025-01-10", "published": "2025-01-11"}
    found = hindsight.until(repo(incident(), postmortems=[told]), NOON).postmortem_of("INC-2025-001")
    assert found is not None
    assert (found.held, found.published, found.status) == (dt.date(2025, 1, 10), None, "in-review")


def test_what_was_done_on_a_later_day_in_the_zone_is_in_progress() -> None:
    item = {"id": "AI-1", "status": "verified", "completed": "2025-01-11", "due": "2025-01-09"}
    told = {"incidents": ["INC-2025-001"], "status": "draft", "action_items": [item]}
    base = repo(incident(), postmortems=[told], knowledge_base={"name": "Far east", "time_zone": "Pacific/Auckland"})
    evening = at("2025-01-10T10:59:59Z")  # 23:59:59 there
    found = [item.status for _, _, item in hindsight.until(base, evening).action_items()]
    assert found == ["in-progress"]
    assert [item.status for _, _, item in hindsight.until(base, at("2025-01-10T11:00:00Z")).action_items()] == [
        "verified"
    ]


def test_figures_do_not_know_what_came_later() -> None:
    item = {"id": "AI-1", "status": "done", "completed": "2025-01-25", "due": "2025-01-15", "priority": "high"}
    told = {"incidents": ["INC-2025-001"], "status": "published", "held": "2025-01-12", "action_items": [item]}
    base = repo(
        incident(1), incident(2, "2025-01-20T00:00:00Z"), postmortems=[told],
        metrics={"durations": {"ttr": {"name": "Time to resolve", "from": "started", "to": "resolved"}}},
    )  # fmt: skip
    found = measured(base, now=at("2025-01-20T00:30:00Z"))
    assert (found["mttr"].n, found["mttr"].open) == (1, 1)
    assert (found["actions-overdue"].value, found["actions-done"].value) == (1, 0)
    assert measured(base)["actions-overdue"].value == 0


# what the property below builds: an incident of a few hours with everything that has a time
MINUTES = st.integers(0, 600)


@st.composite
def histories(draw: st.DrawFn) -> Plain:
    """Draw an incident whose times are all minutes of one morning, in the order of nothing."""

    def time() -> str:
        return (at("2025-01-10T06:00:00Z") + dt.timedelta(minutes=draw(MINUTES))).isoformat()

    milestones = ["started", "detected", "acknowledged", "identified", "mitigated", "resolved", "closed"]
    names = draw(st.sets(st.sampled_from(milestones)))
    statuses = draw(st.lists(st.sampled_from(["declared", "investigating", "mitigated", "resolved"]), max_size=3))
    severities = draw(st.lists(st.sampled_from(["sev1", "sev2", "sev3"]), max_size=3))
    return {
        "id": "INC-2025-001",
        "status": draw(st.sampled_from(["investigating", "resolved", "closed", "cancelled"])),
        "severity": "sev2",
        "milestones": {name: time() for name in sorted(names)},
        "transitions": [{"id": f"t{n}", "to": status, "at": time()} for n, status in enumerate(statuses)],
        "severity_history": [{"id": f"s{n}", "to": one, "at": time()} for n, one in enumerate(severities)],
        "impact": {"phases": [phase(time(), time()) for _ in range(draw(st.integers(0, 2)))]},
        "timeline": [{"id": f"e{n}", "at": time(), "text": "x"} for n in range(draw(st.integers(0, 2)))],
    }


def told(base: Repository) -> list[Any]:
    return [alterations.told(entry) for entry in base.incidents]


def times(value: object) -> list[dt.datetime]:
    return [dt.datetime.fromisoformat(text) for text in re.findall(r"2025-01-10T[0-9:+]+", str(value))]


@given(plain=histories(), first=MINUTES, second=MINUTES)
def test_nothing_later_is_left_twice_is_once_and_a_longer_way_ends_at_the_same(
    plain: Plain, first: int, second: int
) -> None:
    early, late = (at("2025-01-10T06:00:00Z") + dt.timedelta(minutes=n) for n in sorted((first, second)))
    once = hindsight.until(repo(plain), early)
    assert all(time <= early for time in times(told(once)))
    again = repo(plain)
    again = hindsight.until(hindsight.until(again, late), early)
    assert told(again) == told(once)
    assert hindsight.until(once, early) is once


@given(plain=histories())
def test_nothing_is_lost_when_all_is_over(plain: Plain) -> None:
    base = repo(plain)
    assert hindsight.until(base, at("2025-01-11")) is base


def test_an_occurrence_that_was_done_on_a_later_day_is_owed() -> None:
    told = [{"due": "2025-01-03", "completed": "2025-01-10"}, {"due": "2025-01-10", "completed": "2025-01-11"}]
    plain = {
        "id": "AI-2025-001-1",
        "status": "scheduled",
        "due": "2025-01-03",
        "recurrence": "FREQ=WEEKLY",
        "occurrences": told,
    }
    found = hindsight.until(repo(postmortems=[{"incidents": [], "action_items": [plain]}]), NOON)
    assert [item.last_day for _, _, item in found.action_items()] == [dt.date(2025, 1, 10)]
