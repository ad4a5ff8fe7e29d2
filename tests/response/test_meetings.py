"""Scheduling a post-mortem in its front matter: the day, the meeting, how often it was moved; all else stays to the byte."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from incidentbook.errors import IncidentbookError
from incidentbook.response import meetings
from incidentbook.response.draft import Draft
from kb import at

PATH = "postmortems/2025/INC-2025-001.md"
BERLIN = ZoneInfo("Europe/Berlin")
TEXT = """---
incidents: [INC-2025-001]
status: draft # soon
scheduled: 2025-01-16   # a Thursday
---

Body
"""
CALLED = """meeting:
  at: 2025-01-16T10:00:00Z
  duration: 60m
  sequence: 0
"""


def call(text: str, when: str, duration: str = "60m") -> tuple[str, list[str], int]:
    draft = Draft(PATH, text)
    meeting, lines = meetings.schedule(draft, at(when), duration, BERLIN)
    return draft.text, lines, meeting.sequence


def test_the_meeting_is_added_and_the_rest_stays() -> None:
    text, lines, sequence = call(TEXT, "2025-01-16 10:00")
    assert text == TEXT.replace("Thursday\n", f"Thursday\n{CALLED}")
    assert lines == ["meeting: 2025-01-16T10:00:00Z, 60m"]
    assert sequence == 0


def test_one_that_is_moved_is_counted_and_comments_stay() -> None:
    first = call(TEXT, "2025-01-16 10:00")[0].replace("60m\n", "60m # at most\n")
    text, lines, sequence = call(first, "2025-01-17 09:30", "90m")
    assert "scheduled: 2025-01-17   # a Thursday\n" in text
    assert "  at: 2025-01-17T09:30:00Z\n  duration: 90m # at most\n  sequence: 1\n" in text
    assert lines == ["scheduled: 2025-01-16 → 2025-01-17", "meeting: 2025-01-17T09:30:00Z, 90m, moved 1"]
    assert sequence == 1


def test_what_it_says_already_is_left_alone() -> None:
    first = call(TEXT, "2025-01-16 10:00")[0]
    assert call(first, "2025-01-16 10:00", "1h") == (first, [], 0)


def test_the_day_is_that_of_the_knowledge_base() -> None:
    assert "scheduled: 2025-01-17 " in call(TEXT, "2025-01-16 23:30")[0]


def test_a_key_that_is_not_there_is_added() -> None:
    bare = "---\nincidents: [INC-2025-001]\nstatus: draft\n---\n"
    assert "scheduled: 2025-01-16\n" in call(bare, "2025-01-16 10:00")[0]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_stay(end: str) -> None:
    text = call(TEXT.replace("\n", end), "2025-01-16 10:00")[0]
    assert text == TEXT.replace("Thursday\n", f"Thursday\n{CALLED}").replace("\n", end)


@pytest.mark.parametrize("over", ["status: published", "status: skipped", "status: draft\nheld: 2025-01-15"])
def test_of_one_that_is_over_there_is_no_meeting(over: str) -> None:
    with pytest.raises(IncidentbookError, match="no meeting to schedule"):
        call(TEXT.replace("status: draft # soon", over), "2025-01-16 10:00")


def test_the_length_of_a_meeting() -> None:
    draft = Draft(PATH, TEXT)
    assert meetings.schedule(draft, at("2025-01-16 10:00"), "90m", BERLIN)[0].length == dt.timedelta(minutes=90)
