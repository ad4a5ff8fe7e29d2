"""IB202: times without a day or an offset, and times that do not exist, each with its own sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding
from incidentbook.records.time import parse_time

RECORD = "incidents/2025/INC-2025-001.yml"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("02:30", "has no day", "Write the whole time with its day and offset: 2025-01-15T02:30:00Z."),
        ("2025-01-15", "is a day without a time", "Write the time too: 2025-01-15T02:30:00Z."),
        ("2025-13-01", "is 2025-13-01, and there is no month 13", "Write a day that exists, and the time: 2025-01-15T02:30:00Z."),
        ("2025-02-30T10:00:00Z", "is on 2025-02-30, and February 2025 has 28 days", "Write a day that exists."),
        ("2025-01-15T02:30:00", "has no offset from UTC",
         "Add Z for UTC, or an offset: 2025-01-15T02:30:00Z, 2025-01-15T02:30:00+01:00."),
        ("2025-01-15 02:30", "has no offset from UTC",
         "Add Z for UTC, or an offset: 2025-01-15T02:30:00Z, 2025-01-15T02:30:00+01:00."),
        ("2025-01-15T02:30Z", "has no seconds", "Write 2025-01-15T02:30:00Z."),
        ("2025-01-15 02:30:00Z", "is not written as RFC 3339",
         "Write 2025-01-15T02:30:00Z: a T between day and clock, a dot before fractions."),
        ("2025-01-15T24:00:00Z", "has the hour 24", "Hours run from 00 to 23; midnight is 00:00 of the day that begins."),
        ("2025-01-15T02:60:00Z", "has the clock 02:60:00", "Minutes and seconds run from 00 to 59."),
        ("2025-01-15T02:30:00 CET", "has the offset `CET`",
         "Write Z for UTC or an offset such as +01:00: 2025-01-15T02:30:00Z."),
        ("2025-01-15T02:30:00+1", "has the offset `+1`",
         "Write Z for UTC or an offset such as +01:00: 2025-01-15T02:30:00Z."),
        ("yesterday", "is not a time", "Write it as 2025-01-15T02:30:00Z, or with an offset such as +01:00 in place of Z."),
    ],
)  # fmt: skip
def test_time_that_is_none(
    check: Callable[..., list[Finding]], base: Callable[..., str], text: str, message: str, hint: str
) -> None:
    (found,) = check({RECORD: base(RECORD, "detected: 2025-01-15T02:32:00Z", f"detected: {text}")})
    assert (found.code, found.span.line, found.span.column) == ("IB202", 10, 13)
    assert found.message == f"`detected` {message}: `{text}`"
    assert found.hint == hint


@pytest.mark.parametrize(
    "text", ["2025-01-15T02:30:00+01:00", "2025-01-15T02:30:00.123456789Z", "2025-01-15T02:31:60Z"]
)
def test_offsets_fractions_and_leap_seconds_are_times(
    said: Callable[..., list[str]], base: Callable[..., str], text: str
) -> None:
    assert parse_time(text) is not None
    found = said({RECORD: base(RECORD, "detected: 2025-01-15T02:32:00Z", f"detected: {text}")})
    assert [line for line in found if " IB202 " in line] == []


def test_a_time_inside_an_uncertain_one(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    new = "detected: {at: 2025-01-15T02:32:00Z, earliest: 2025-01-15T02:31}"
    assert said({RECORD: base(RECORD, "detected: 2025-01-15T02:32:00Z", new)}) == [
        f"{RECORD}:10:50 IB202 `earliest` has no offset from UTC: `2025-01-15T02:31`"
    ]
