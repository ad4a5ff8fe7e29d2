"""Ladders backtested: a step that came due while nobody had taken the incident on, and of which nothing is written."""

from __future__ import annotations

from backtests import backtested, outcome, rows
from kb import Plain, incident

ALONE = {
    "started": "2025-01-10T00:00:00Z",
    "acknowledged": "2025-01-10T00:12:00Z",
    "resolved": "2025-01-10T01:00:00Z",
}


def ladder(after: str) -> Plain:
    steps = [
        {"after": "0m", "notify": "sre", "by": "pager"},
        {"after": after, "notify": "executive-team", "by": "phone"},
    ]
    return {"escalation": {"escalation": {"sev2": steps}}}


def test_a_step_that_comes_earlier_came_due() -> None:
    found = backtested(ladder("15m"), ladder("10m"), incident(1, milestones=ALONE))
    assert rows(found, "escalation") == [("INC-2025-001", "", "shown", "not shown")]
    (one,) = outcome(found, "escalation").reclassified
    assert one.because == "nobody took it on for 12 minutes; nothing shows a call of executive-team after 10 minutes"
    assert not one.sure


def test_a_word_in_the_timeline_is_enough() -> None:
    called = [{"id": "t", "at": "2025-01-10T00:11:00Z", "kind": "note", "text": "Rang the executive team"}]
    found = backtested(ladder("15m"), ladder("10m"), incident(1, milestones=ALONE, timeline=called))
    assert (rows(found, "escalation"), outcome(found, "escalation").judged) == ([], 1)


def test_other_ladders_are_left_alone() -> None:
    found = backtested(ladder("15m"), ladder("10m"), incident(1, severity="sev1", milestones=ALONE))
    assert outcome(found, "escalation").judged == 0
