"""The life of an action item: which change of status is possible, and what it takes."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from incidentbook.records.action_item import ActionEvidence, ActionItem, ActionStatus
from incidentbook.records.action_lifecycle import Change, judge

DAY = dt.date(2025, 1, 31)
EMPTY = ActionItem(id="AI-2025-001-1")
WHOLE = ActionItem(
    id="AI-2025-001-1", owner="sre", due=DAY, accepted_until=DAY, evidence=(ActionEvidence("commit", "abc1234"),)
)  # fmt: skip


def judged(before: str, after: str, item: ActionItem = WHOLE, reason: str = "") -> Change:
    return judge(ActionStatus(before), dataclasses.replace(item, status=ActionStatus(after)), reason)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("proposed", "not-started"), ("proposed", "done"), ("not-started", "scheduled"), ("scheduled", "in-progress"),
        ("in-progress", "not-started"), ("in-progress", "done"), ("done", "verified"), ("accepted-risk", "in-progress"),
        ("done", "done"), ("cancelled", "cancelled"), ("verified", "verified"),
    ],
)  # fmt: skip
def test_these_are_free_for_an_item_that_has_all(before: str, after: str) -> None:
    assert judged(before, after) == Change()


@pytest.mark.parametrize(
    ("after", "lacks"),
    [
        ("not-started", ("owner", "due")),
        ("in-progress", ("owner", "due")),
        ("done", ("owner", "due", "evidence")),
        ("accepted-risk", ("owner", "due", "accepted_until", "reason")),
        ("cancelled", ("reason",)),
        ("proposed", ()),
    ],
)
def test_what_a_proposal_lacks(after: str, lacks: tuple[str, ...]) -> None:
    assert judged("proposed", after, EMPTY) == Change(lacks=lacks)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("in-progress", "cancelled"), ("in-progress", "accepted-risk"), ("done", "in-progress"), ("verified", "done"),
        ("cancelled", "proposed"), ("cancelled", "in-progress"), ("in-progress", "proposed"), ("done", "accepted-risk"),
    ],
)  # fmt: skip
def test_giving_up_and_going_back_take_a_reason(before: str, after: str) -> None:
    assert judged(before, after) == Change(lacks=("reason",))
    assert judged(before, after, reason="It came back") == Change()


@pytest.mark.parametrize("before", ["proposed", "in-progress", "accepted-risk", "cancelled"])
def test_only_what_is_done_is_verified(before: str) -> None:
    assert judged(before, "verified").refused == f"It is {before}, and only what is done can be verified"


def test_what_is_done_is_not_cancelled() -> None:
    assert judged("done", "cancelled", reason="x").refused == "It is done, so there is nothing left to cancel"
