"""What is wrong with a day or a time, in words, at the edges of the calendar and of the clock."""

from __future__ import annotations

import pytest

from incidentbook.rules.calendar_words import day_trouble, time_trouble

RFC = "is not written as RFC 3339"


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("2025-01-01", ""), ("2025-01-31", ""), ("2025-12-31", ""), ("2024-02-29", ""), ("1000-01-01", ""), ("some day", ""),
        ("0999-12-31", "and years before 1000 are not meant here"),
        ("2025-00-10", "and there is no month 0"), ("2025-13-01", "and there is no month 13"),
        ("2025-01-00", "and January 2025 has 31 days"), ("2025-12-32", "and December 2025 has 31 days"),
        ("2025-02-29", "and February 2025 has 28 days"),
    ],
)  # fmt: skip
def test_a_day(text: str, trouble: str) -> None:
    assert day_trouble(text) == trouble


@pytest.mark.parametrize(
    ("text", "trouble", "mending"),
    [
        ("9:30", "has no day", "Write the whole time with its day and offset: 2025-01-15T09:30:00Z."),
        ("09:30:15", "has no day", "Write the whole time with its day and offset: 2025-01-15T09:30:00Z."),
        ("2025-01-15", "is a day without a time", "Write the time too: 2025-01-15T02:30:00Z."),
        ("soon", "is not a time", "Write it as 2025-01-15T02:30:00Z, or with an offset such as +01:00 in place of Z."),
        ("2025-02-30T02:30:00Z", "is on 2025-02-30, and February 2025 has 28 days", "Write a day that exists."),
        ("2025-01-15T24:00:00Z", "has the hour 24", "Hours run from 00 to 23; midnight is 00:00 of the day that begins."),
        ("2025-01-15T23:60Z", "has the clock 23:60:00", "Minutes and seconds run from 00 to 59."),
        ("2025-01-15T23:59:61Z", "has the clock 23:59:61", "Minutes and seconds run from 00 to 59."),
        ("2025-01-15T23:59:60", "has no offset from UTC",
         "Add Z for UTC, or an offset: 2025-01-15T23:59:60Z, 2025-01-15T23:59:60+01:00."),
        ("2025-01-15T23:59Z", "has no seconds", "Write 2025-01-15T23:59:00Z."),
        ("2025-01-15 02:30:00Z", RFC, "Write 2025-01-15T02:30:00Z: a T between day and clock, a dot before fractions."),
        ("2025-01-15T02:30:00,5Z", RFC, "Write 2025-01-15T02:30:00Z: a T between day and clock, a dot before fractions."),
        ("2025-01-15T02:30:00 a  b cdefghijklmnopqrstu", "has the offset `a b cdefghijklmnopqr`",
         "Write Z for UTC or an offset such as +01:00: 2025-01-15T02:30:00Z."),
        ("2025-01-15T02:30:00+24:00", "has the offset `+24:00`",
         "Write Z for UTC or an offset such as +01:00: 2025-01-15T02:30:00Z."),
        ("2025-01-15T02:30:00Z", RFC, "Write 2025-01-15T02:30:00Z."),
    ],
)  # fmt: skip
def test_a_time(text: str, trouble: str, mending: str) -> None:
    assert time_trouble(text) == (trouble, mending)
