"""Periods: one grammar, windows in elapsed time, calendar months in the knowledge base's zone."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import periods
from incidentbook.periods import PeriodError, Window
from kb import at, z

UTC, BERLIN, BEIRUT = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Beirut")
NOW = at("2025-01-15 06:00")
HOUR = 3600


def one(text: str, now: dt.datetime = NOW, zone: ZoneInfo = UTC) -> Window:
    (window,) = periods.parse(text, now, zone)
    return window


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("30d", "2024-12-16 06:00", "2025-01-15 06:00", "30 days to 2025-01-15"),
        ("1d", "2025-01-14 06:00", "2025-01-15 06:00", "1 day to 2025-01-15"),
        ("48h", "2025-01-13 06:00", "2025-01-15 06:00", "48 hours to 2025-01-15"),
        ("90m", "2025-01-15 04:30", "2025-01-15 06:00", "90 minutes to 2025-01-15"),
        ("15s", "2025-01-15 05:59:45", "2025-01-15 06:00", "15 seconds to 2025-01-15"),
        ("2024", "2024-01-01", "2025-01-01", "2024"),
        ("2024-Q4", "2024-10-01", "2025-01-01", "2024-Q4"),
        ("2024-q1", "2024-01-01", "2024-04-01", "2024-Q1"),
        ("2024-12", "2024-12-01", "2025-01-01", "2024-12"),
        ("2024-02", "2024-02-01", "2024-03-01", "2024-02"),
        ("2024-10-01..2024-12-31", "2024-10-01", "2025-01-01", "2024-10-01 to 2024-12-31"),
        ("2024-10-01..2024-10-01", "2024-10-01", "2024-10-02", "2024-10-01 to 2024-10-01"),
        ("2024-10-01..2024-10-02T12:00:00Z", "2024-10-01", "2024-10-02 12:00", "2024-10-01 to 2024-10-02T12:00:00Z"),
    ],
)
def test_every_form_of_the_grammar(text: str, start: str, end: str, label: str) -> None:
    window = one(text)
    assert (window.start, window.end, window.label) == (at(start), at(end), label)
    assert not window.partial


def test_monthly_is_the_last_twelve_months_and_the_running_one_is_partial() -> None:
    windows = periods.parse("monthly", NOW, UTC)
    assert [window.label for window in windows] == [f"2024-{month:02}" for month in range(2, 13)] + ["2025-01"]
    assert [window.partial for window in windows] == [False] * 11 + [True]
    assert windows[-1].end == NOW
    assert all(first.end == second.start for first, second in itertools.pairwise(windows))


def test_quarterly_is_the_last_eight_quarters() -> None:
    windows = periods.parse("quarterly", NOW, UTC)
    assert [window.label for window in windows] == [
        "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1",
    ]  # fmt: skip


@pytest.mark.parametrize(("series", "last"), [("monthly", "2025-01"), ("quarterly", "2024-Q4")])
def test_a_series_at_the_end_of_a_day_belongs_to_that_day(series: str, last: str) -> None:
    # `--as-of 2025-01-31` is the first instant of February, and no February has begun.
    now = at("2025-02-01") if series == "monthly" else at("2025-01-01")
    window = periods.parse(series, now, UTC)[-1]
    assert (window.label, window.partial, window.end) == (last, False, now)


def test_a_length_at_the_end_of_a_day_is_called_by_that_day() -> None:
    assert one("30d", at("2025-01-16")).label == "30 days to 2025-01-15"
    assert one("30d", at("2025-01-15 23:00"), BERLIN).label == "30 days to 2025-01-15"


def test_a_period_that_is_not_over_is_cut_off_at_now() -> None:
    for text in ("2025-01", "2025-Q1", "2025", "2025-01-01..2025-12-31"):
        window = one(text)
        assert (window.start, window.end, window.partial) == (at("2025-01-01"), NOW, True)
        assert window.plain()["partial"] is True


@pytest.mark.parametrize(
    "text", ["2025-02", "2026", "2025-Q2", "2025-01-16..2025-01-20", "2025-01-15T06:00:00Z..2025-02-01"]
)
def test_a_period_that_has_not_begun_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="has not begun at 2025-01-15T06:00:00Z"):
        one(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "30", "d", "-30d", "0d", "30 d", "30w", "1.5d", "weekly", "2025-Q5", "2025-Q0", "2025-13", "2025-00",
        "2025-1", "25-01", "2024-02-30..2024-03-01", "2024-10-01", "2024-10-01..", "..2024-10-01", "2024-10-01..x",
        "2024-10-01...2024-10-02",
        "2024-W01-1..2024-W02-1", "2024-10-01T12:00:00..2024-10-02",
        "\uff12\uff10\uff12\uff14", "\u0663\u0660d", "30d ", "0000", "0001", "9999", "9998",
        "0001-01-01..2024-01-01", "2024-01-01..9999-12-31", "99999999999999999999d", "100001d", "999999999d",
    ],
)  # fmt: skip
def test_what_is_not_a_period_says_what_is(text: str) -> None:
    with pytest.raises(PeriodError) as caught:
        one(text)
    assert "30d, 48h, monthly, quarterly, 2025, 2025-Q1, 2025-01, or FROM..TO" in caught.value.hint


@pytest.mark.parametrize("text", ["2024-12-31..2024-10-01", "2024-10-01T12:00:00Z..2024-10-01T13:00:00+01:00"])
def test_a_period_that_ends_before_it_starts_or_where_it_starts(text: str) -> None:
    with pytest.raises(PeriodError, match="ends before it starts"):
        one(text)


def test_the_whole_grammar_survives_an_early_now() -> None:
    with pytest.raises(PeriodError, match="begins before the calendar"):
        one("100000d", at("0100-01-01"))


def test_months_begin_in_the_zone() -> None:
    window = one("2024-07", NOW, BERLIN)
    assert (z(window.start), z(window.end)) == ("2024-06-30T22:00:00Z", "2024-07-31T22:00:00Z")
    assert window.plain()["time_zone"] == "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("2024-03", 31 * 24 - 1),  # summer time begins
        ("2024-10", 31 * 24 + 1),  # and ends
        ("2024-Q1", 91 * 24 - 1),
        ("2024", 366 * 24),
        ("2024-03-31..2024-03-31", 23),
        ("2024-10-27..2024-10-27", 25),
        ("2024-07", 31 * 24),
    ],
)
def test_lengths_are_elapsed_time_whatever_the_clocks_do(text: str, hours: int) -> None:
    window = one(text, NOW, BERLIN)
    assert window.seconds == hours * HOUR
    assert (window.end - window.start).total_seconds() == hours * HOUR, "plain subtraction says the same"


def test_thirty_days_are_720_hours_across_summer_time() -> None:
    now = dt.datetime(2024, 4, 15, tzinfo=BERLIN)  # what `--as-of 2024-04-14` makes
    assert one("30d", now, BERLIN) == one("30d", now.astimezone(dt.UTC), BERLIN)
    assert one("30d", now, BERLIN).seconds == 720 * HOUR


def test_a_day_that_has_no_midnight_begins_with_its_first_instant() -> None:
    # Beirut's clocks went from 2024-03-30T24:00 to 2024-03-31T01:00.
    window = one("2024-03-31..2024-03-31", NOW, BEIRUT)
    assert (z(window.start), window.seconds) == ("2024-03-30T22:00:00Z", 23 * HOUR)


def test_a_window_holds_its_start_and_not_its_end() -> None:
    window = one("2024-12")
    assert window.holds(at("2024-12-01"))
    assert window.holds(at("2024-12-31 23:59:59"))
    assert not window.holds(at("2025-01-01"))
    assert not window.holds(at("2024-12-01 00:30+01:00")), "half an hour before the first in UTC"
    assert not window.holds(None)


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)), st.sampled_from([UTC, BERLIN, BEIRUT]))  # noqa: DTZ001
def test_months_follow_each_other_without_gap_or_overlap(moment: dt.datetime, zone: ZoneInfo) -> None:
    now = moment.replace(tzinfo=dt.UTC)
    month = periods.month_of(now, zone)
    assert month.holds(now)
    assert periods.month_of(month.end, zone).start == month.end
    series = periods.parse("monthly", now, zone)
    assert [first.end for first in series[:-1]] == [second.start for second in series[1:]]
    assert series[-1].end == min(now, series[-1].end)


def test_the_one_before_is_called_by_days_of_the_zone() -> None:
    now = at("2025-06-30T22:30:00Z")  # half past midnight of the first of July in Berlin
    (window,) = periods.parse("30d", now, BERLIN)
    assert periods.previous(window, BERLIN).label == "2025-05-02 to 2025-06-01"
    assert periods.previous(window, UTC).label == "2025-05-01 to 2025-05-31"
