"""The days on which something comes round again."""

from __future__ import annotations

import datetime as dt
import itertools
import time

import pytest

from incidentbook.records.recurrence import MOST, days


def first(count: int, rule: str, start: str) -> list[str]:
    return [str(day) for day in itertools.islice(days(rule, dt.date.fromisoformat(start)), count)]


@pytest.mark.parametrize(
    ("rule", "start", "found"),
    [
        ("FREQ=WEEKLY", "2025-03-24", ["2025-03-24", "2025-03-31", "2025-04-07"]),
        ("FREQ=MONTHLY;INTERVAL=3", "2025-04-01", ["2025-04-01", "2025-07-01", "2025-10-01"]),
        ("FREQ=MONTHLY", "2025-01-31", ["2025-01-31", "2025-03-31", "2025-05-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2025-01-31", ["2025-01-31", "2025-02-28", "2025-03-31"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2025-01-31", ["2025-01-31", "2025-02-28", "2025-03-28"]),
        ("FREQ=YEARLY", "2024-02-29", ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2025-01-15", ["2025-01-15", "2025-02-01", "2025-03-01"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;BYMONTH=3", "2025-03-24", ["2025-03-24", "2025-03-26", "2025-03-31"]),
        ("FREQ=DAILY;COUNT=2", "2025-03-30", ["2025-03-30", "2025-03-31"]),
        ("FREQ=WEEKLY;UNTIL=20250407T000000Z", "2025-03-31", ["2025-03-31", "2025-04-07"]),
        ("FREQ=WEEKLY;UNTIL=20250407", "2025-03-31", ["2025-03-31", "2025-04-07"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2025-01-01", ["2025-01-01"]),
    ],
)
def test_days_in_their_order(rule: str, start: str, found: list[str]) -> None:
    assert first(3, rule, start) == found


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "",
            "monthly",
            "FREQ=HOURLY",
            "freq=hourly",
            "FREQ=DAILY;BYHOUR=9,17",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=YEARLY;A=1",
        ),
        *(
            f"FREQ={word};INTERVAL={step}"
            for word in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
            for step in ("0", "00", "-1")
        ),
        "freq=daily;interval=0",
    ],
)
def test_of_what_is_no_rule_of_days_only_the_first_is_known(rule: str) -> None:
    assert first(3, rule, "2025-01-31") == ["2025-01-31"]


@pytest.mark.no_cover  # CPU time is measured
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYYEARDAY=200;BYMONTH=2",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=MONTHLY;BYSETPOS=40;BYDAY=MO",
    ],
)
def test_a_rule_that_no_day_fits_takes_no_time(rule: str) -> None:
    begin = time.process_time()
    assert first(3, rule, "2025-01-31") == ["2025-01-31"]
    assert time.process_time() - begin < 3


def test_the_years_end() -> None:
    assert first(3, "FREQ=YEARLY", "9998-01-01") == ["9998-01-01", "9999-01-01"]


@pytest.mark.no_cover  # CPU time is measured
def test_a_first_day_centuries_back_takes_no_time() -> None:
    begin = time.process_time()
    found = list(itertools.takewhile(lambda day: day < dt.date(2025, 1, 1), days("FREQ=DAILY", dt.date(1025, 1, 1))))
    assert time.process_time() - begin < 0.5
    assert (len(found), str(found[-1])) == (MOST, "1052-05-18")


def test_a_daily_rule_of_a_working_life_is_whole() -> None:
    assert dt.date(2025, 1, 1) in set(days("FREQ=DAILY", dt.date(1998, 1, 1)))
