"""The two windows that a claim means, seen from the day on which it was written."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from incidentbook.rules.language import _meant
from kb import at

ZONE = ZoneInfo("UTC")


def windows(before: str, after: str, day: str = "2025-02-15") -> list[str]:
    return [f"{side.label}: {side.start:%Y-%m-%d}" for side in _meant.windows(before, after, at(day), ZONE)]


@pytest.mark.parametrize(
    ("before", "after", "earlier", "later"),
    [
        ("", "", "2024-08-19 to 2024-11-17: 2024-08-19", "90 days to 2025-02-15: 2024-11-17"),
        ("", "Q4", "2024-Q3: 2024-07-01", "2024-Q4: 2024-10-01"),
        ("", "Q1", "2024-Q4: 2024-10-01", "2025-Q1: 2025-01-01"),
        ("Q4", "Q1", "2024-Q4: 2024-10-01", "2025-Q1: 2025-01-01"),
        ("Q1", "Q4", "2024-Q1: 2024-01-01", "2024-Q4: 2024-10-01"),
        ("March", "", "2024-03: 2024-03-01", "since 2024-03: 2024-04-01"),
        ("last quarter", "Q4", "2024-Q3: 2024-07-01", "2024-Q4: 2024-10-01"),
        ("before", "Q4", "2024-Q3: 2024-07-01", "2024-Q4: 2024-10-01"),
        ("year before", "2024-Q4", "a year before 2024-Q4: 2023-10-01", "2024-Q4: 2024-10-01"),
        ("", "2024-H2", "2024-H1: 2024-01-01", "2024-H2: 2024-07-01"),
        ("", "H1", "2024-H2: 2024-07-01", "2025-H1: 2025-01-01"),
        ("2024", "2024-Q4", "2024-Q3 instead of 2024: 2024-07-01", "2024-Q4: 2024-10-01"),
        ("2024-12", "2024-Q4", "2024-Q3 instead of 2024-12: 2024-07-01", "2024-Q4: 2024-10-01"),
        ("2025", "2024", "2023 instead of 2025: 2023-01-01", "2024: 2024-01-01"),
        (
            "last quarter",
            "last 90 days",
            "2024-08-19 to 2024-11-17 instead of 2024-Q4: 2024-08-19",
            "last 90 days: 2024-11-17",
        ),
        (
            "year before",
            "last 24 months",
            "2021-03-08 to 2023-02-26 instead of a year before last 24 months: 2021-03-08",
            "last 24 months: 2023-02-26",
        ),
        ("", "May..June", "2024-03 to 2024-04: 2024-03-01", "2024-05 to 2024-06: 2024-05-01"),
        ("March..April", "May..June", "2024-03 to 2024-04: 2024-03-01", "2024-05 to 2024-06: 2024-05-01"),
        ("", "November..2025-01", "2024-08 to 2024-10: 2024-08-01", "2024-11 to 2025-01: 2024-11-01"),
        ("", "Q3..Q4", "2024-Q1 to 2024-Q2: 2024-01-01", "2024-Q3 to 2024-Q4: 2024-07-01"),
        ("April..May", "", "2024-04 to 2024-05: 2024-04-01", "since 2024-04 to 2024-05: 2024-06-01"),
        ("last year", "", "2024: 2024-01-01", "since 2024: 2025-01-01"),
        ("", "last 6 months", "2024-02-21 to 2024-08-19: 2024-02-21", "last 6 months: 2024-08-19"),
        ("", "this week", "2025-02-01 to 2025-02-08: 2025-02-01", "this week: 2025-02-08"),
    ],
)
def test_which(before: str, after: str, earlier: str, later: str) -> None:
    assert windows(before, after) == [earlier, later]


def test_a_year_before_a_leap_day() -> None:
    (before, _) = _meant.windows("year before", "", at("2024-02-29"), ZONE)
    assert f"{before.end:%Y-%m-%d}" == "2023-02-28"
