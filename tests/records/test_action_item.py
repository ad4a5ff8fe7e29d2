"""When an action item is late, waived, overdue: due days end in the knowledge base's zone, and nothing is waived for ever."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.build import build
from kb import at

UTC, AUCKLAND, HONOLULU = ZoneInfo("UTC"), ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Honolulu")
LATE = at("2025-02-01")


def item(**plain: Any) -> ActionItem:
    made = build(ActionItem, {"id": "AI-2025-001-1", "status": "in-progress", "due": "2025-01-31"} | plain)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("zone", "first_late"),
    [(UTC, "2025-02-01 00:00"), (AUCKLAND, "2025-01-31 11:00"), (HONOLULU, "2025-02-01 10:00")],
)
def test_it_is_late_once_its_due_day_has_ended_there(zone: ZoneInfo, first_late: str) -> None:
    moment = at(first_late)
    assert not item().late(moment - dt.timedelta(seconds=1), zone)
    assert item().late(moment, zone)
    assert item().overdue(moment, zone)


@pytest.mark.parametrize("status", ["not-started", "in-progress", "scheduled"])
def test_committed_and_unfinished_items_can_be_late(status: str) -> None:
    assert item(status=status).overdue(LATE, UTC)


@pytest.mark.parametrize("status", ["proposed", "cancelled", "done", "verified", "nonsense", None])
def test_others_cannot(status: str | None) -> None:
    assert not item(status=status).late(LATE, UTC)


def test_without_a_due_day_nothing_is_late() -> None:
    assert not item(due=None).late(LATE, UTC)
    assert not item(due="2030-02-30").late(at("2031-01-01"), UTC), "a day that does not exist is the checker's business"


def test_never_is_never_late() -> None:
    assert not item(due="9999-12-31").late(at("2500-01-01"), HONOLULU)
    assert item(due="0001-01-01").late(LATE, AUCKLAND)


def test_a_waiver_holds_until_its_last_day_has_ended() -> None:
    waived = item(waiver={"owner": "sre", "reason": "freeze", "until": "2025-02-10"})
    assert waived.late(LATE, UTC)
    assert not waived.overdue(LATE, UTC)
    assert not waived.overdue(at("2025-02-10 23:59:59"), UTC)
    assert waived.overdue(at("2025-02-11"), UTC)
    assert waived.overdue(at("2025-02-10 11:00"), AUCKLAND)
    assert not waived.overdue(at("2025-02-11 09:59:59"), HONOLULU)


def test_a_waiver_without_an_end_holds_nothing() -> None:
    assert item(waiver={"owner": "sre", "reason": "freeze"}).overdue(LATE, UTC)


def test_an_accepted_risk_is_held_to_its_own_last_day() -> None:
    risk = item(status="accepted-risk", accepted_until="2025-06-30", reason="costs more than it saves")
    assert risk.last_day == dt.date(2025, 6, 30)
    assert not risk.late(LATE, UTC), "its due day does not matter any more"
    assert not risk.late(at("2025-06-30 23:59:59"), UTC)
    assert risk.overdue(at("2025-07-01"), UTC)
    assert not item(status="accepted-risk").late(at("2100-01-01"), UTC), "no last day: the checker asks for one"


BERLIN = ZoneInfo("Europe/Berlin")


def drill(**more: Any) -> ActionItem:
    return item(**{"recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1", "status": "scheduled"} | more)


def test_one_that_recurs_is_held_to_the_first_occurrence_that_is_owed() -> None:
    assert drill().last_day == dt.date(2025, 1, 31)
    told = drill(occurrences=[{"due": "2025-01-31", "completed": "2025-02-05"}, {"due": "2025-02-28"}])
    assert told.last_day == dt.date(2025, 2, 28), "a line that says nothing settles nothing"
    left_out = drill(
        occurrences=[{"due": "2025-01-31", "reason": "freeze"}, {"due": "2025-03-31", "completed": "2025-03-01"}]
    )
    assert left_out.last_day == dt.date(2025, 2, 28)


def test_each_occurrence_can_be_late_once_its_day_has_ended_when_clocks_change_too() -> None:
    told = drill(occurrences=[{"due": "2025-02-28", "completed": "2025-02-28"}])
    days = [dt.date(2025, 1, 31), dt.date(2025, 3, 31), dt.date(2025, 4, 30)]
    assert told.late_days(at("2025-01-31 22:59:59"), BERLIN) == ()
    assert told.late_days(at("2025-01-31 23:00"), BERLIN) == (days[0],)
    assert told.late_days(at("2025-03-31 21:59:59"), BERLIN) == (days[0],), "at midnight of summer time"
    assert told.late_days(at("2025-03-31 22:00"), BERLIN) == (days[0], days[1])
    assert told.late_days(at("2025-05-01"), BERLIN) == tuple(days)
    assert drill(status="done").late_days(at("2025-05-01"), BERLIN) == ()
    assert item().late_days(LATE, UTC) == (days[0],)


def test_a_series_that_has_ended_owes_nothing() -> None:
    over = item(
        recurrence="FREQ=WEEKLY;COUNT=2",
        occurrences=[{"due": f"2025-{day}", "completed": "2025-02-07"} for day in ("01-31", "02-07")],
    )
    assert over.last_day is None
    assert not over.late(at("2100-01-01"), UTC)


def test_as_one_item_for_each_occurrence() -> None:
    told = drill(
        occurrences=[{"due": "2025-01-31", "completed": "2025-02-05"}, {"due": "2025-02-28", "reason": "freeze"}]
    )
    turns = told.turns(dt.date(2025, 3, 31))
    assert [(str(one.due), one.status and one.status.value) for one in turns] == [
        ("2025-01-31", "done"), ("2025-02-28", "cancelled"), ("2025-03-31", "scheduled"),
    ]  # fmt: skip
    assert item().turns(dt.date(2020, 1, 1)) == (item(),)


def test_the_last_day_of_any_other_item_is_its_due_day() -> None:
    assert item(accepted_until="2025-06-30").last_day == dt.date(2025, 1, 31)


def test_what_binds_and_what_is_finished() -> None:
    binding = {status.value for status in ActionStatus if status.committed}
    assert binding == {"not-started", "in-progress", "scheduled", "done", "verified", "accepted-risk"}
    assert {status.value for status in ActionStatus if status.finished} == {"done", "verified"}
    assert ActionStatus.NOT_STARTED.label == "Not started"
