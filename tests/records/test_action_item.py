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


def test_the_last_day_of_any_other_item_is_its_due_day() -> None:
    assert item(accepted_until="2025-06-30").last_day == dt.date(2025, 1, 31)


def test_what_binds_and_what_is_finished() -> None:
    binding = {status.value for status in ActionStatus if status.committed}
    assert binding == {"not-started", "in-progress", "scheduled", "done", "verified", "accepted-risk"}
    assert {status.value for status in ActionStatus if status.finished} == {"done", "verified"}
    assert ActionStatus.NOT_STARTED.label == "Not started"
