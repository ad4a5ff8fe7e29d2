"""Times as people write them: RFC 3339, kept as written, compared in UTC; days end in a zone; durations in words."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.records import time
from incidentbook.records.time import (
    Moment,
    clock,
    end_of_day,
    parse_date,
    parse_duration,
    parse_time,
    short,
    utc_text,
    words,
)
from kb import at


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-01-15T02:30:00Z", "2025-01-15 02:30"),
        ("2025-01-15T02:30:00+01:00", "2025-01-15 01:30"),
        ("2025-01-15T02:30:00-08:00", "2025-01-15 10:30"),
        ("2025-01-15T02:30:00-00:00", "2025-01-15 02:30"),
        ("2025-01-15T02:30:00.25Z", "2025-01-15 02:30:00.250000"),
        ("2025-01-15T02:30:00.1234567Z", "2025-01-15 02:30:00.123456"),
        ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59"),  # a leap second is read as the one before
        ("2024-02-29T00:00:00Z", "2024-02-29 00:00"),
    ],
)
def test_rfc_3339(text: str, utc: str) -> None:
    assert parse_time(text) == at(utc)


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-15T02:30:00", "2025-01-15 02:30:00Z", "2025-01-15T02:30Z", "2025-01-15", "02:30", "now", "", None, 5,
        "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-01-15T24:00:00Z", "2025-01-15T02:60:00Z", "2025-01-15t02:30:00z",
        "2025-01-15T02:30:00+25:00", "2025-01-15T02:30:00Z\n", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z", "\u0662025-01-15T02:30:00Z",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text: object) -> None:
    assert parse_time(text) is None


@given(st.datetimes(dt.datetime(2, 1, 1), dt.datetime(9998, 12, 31)), st.integers(-23 * 60, 23 * 60))  # noqa: DTZ001
def test_every_time_that_is_read_can_be_told_in_every_zone(moment: dt.datetime, offset: int) -> None:
    sign = "-" if offset < 0 else "+"
    text = f"{moment:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + f"{sign}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    read = parse_time(text)
    assert read is not None
    for zone in ("Pacific/Kiritimati", "Pacific/Niue", "UTC"):
        assert read.astimezone(ZoneInfo(zone)) == read
    assert parse_time(utc_text(read).rjust(20, "0")) == read


def test_a_moment_keeps_what_was_written() -> None:
    moment = Moment.from_plain("2025-01-15T03:30:00+01:00")
    assert moment is not None
    assert moment.written == "2025-01-15T03:30:00+01:00"
    assert moment.at == at("2025-01-15 02:30")
    assert not moment.uncertain


def test_an_uncertain_moment() -> None:
    plain = {"at": "2025-01-15T02:30:00Z", "earliest": "2025-01-15T02:00:00Z", "confidence": "low", "source": "syslog"}
    moment = Moment.from_plain(plain)
    assert moment is not None
    assert (moment.earliest, moment.latest, moment.source) == (at("2025-01-15 02:00"), None, "syslog")
    assert moment.uncertain


@pytest.mark.parametrize("confidence", ["medium", "low", "unknown"])
def test_less_than_high_confidence_is_uncertain(confidence: str) -> None:
    moment = Moment.from_plain({"at": "2025-01-15T02:30:00Z", "confidence": confidence})
    assert moment is not None
    assert moment.uncertain


def test_high_confidence_is_certain() -> None:
    moment = Moment.from_plain({"at": "2025-01-15T02:30:00Z", "confidence": "high"})
    assert moment is not None
    assert not moment.uncertain


@pytest.mark.parametrize("plain", [None, 5, [], {}, {"at": "yesterday"}, {"earliest": "2025-01-15T02:30:00Z"}, "soon"])
def test_what_is_no_moment_is_none(plain: object) -> None:
    assert Moment.from_plain(plain) is None


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-1-1", "20250101", "2025-W03-3", "2025-01-15T00:00:00Z", "", None, 20250115]
)
def test_what_is_no_calendar_date_is_none(text: object) -> None:
    assert parse_date(text) is None
    assert parse_date("2025-01-16") == dt.date(2025, 1, 16)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("30m", 1800), ("48h", 172_800), ("30d", 2_592_000), ("0m", 0), ("100000d", 8_640_000_000)],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "30", "m", "-5m", "1.5h", "30 m", "30M", "1h30m", "100001d", "9" * 5000 + "s", None, 30]
)
def test_what_is_no_duration_is_none(text: object) -> None:
    assert parse_duration(text) is None


def test_a_day_ends_in_its_zone() -> None:
    day = dt.date(2025, 1, 31)
    assert end_of_day(day, ZoneInfo("UTC")) == at("2025-02-01")
    assert end_of_day(day, ZoneInfo("Europe/Berlin")) == at("2025-01-31 23:00")
    assert end_of_day(day, ZoneInfo("America/Los_Angeles")) == at("2025-02-01 08:00")


@pytest.mark.parametrize("day", [dt.date.max, dt.date.min])
def test_the_ends_of_the_calendar_have_an_end_in_every_zone(day: dt.date) -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        assert end_of_day(day, ZoneInfo(zone)).astimezone(dt.UTC).year in (2, 9998)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 seconds"), (1, "1 second"), (135, "2 minutes 15 seconds"), (300, "5 minutes"), (8100, "2 hours 15 minutes"),
        (3600, "1 hour"), (3599.6, "1 hour"), (86_400 * 3 + 3600 * 4 + 59, "3 days 4 hours"), (86_400 + 60, "1 day"),
        (7215, "2 hours"), (-90, "minus 1 minute 30 seconds"), (86_400 * 1500, "1,500 days"),
    ],
)  # fmt: skip
def test_words_say_the_two_largest_units(seconds: float, text: str) -> None:
    assert words(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00:00"), (8100, "2:15:00"), (319_000, "3d 16h"), (-61, "-0:01:01"), (86_399.7, "1d 0h")],
)
def test_clock_for_a_narrow_column(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_short() -> None:
    assert (short(8100), short(135), short(86_400)) == ("2 h 15 min", "2 min 15 s", "1 d")


def test_utc_text_is_read_back() -> None:
    assert utc_text(at("2025-01-15 03:30+01:00")) == "2025-01-15T02:30:00Z"
    assert time.parse_time(utc_text(at("2025-01-15 03:30:00.5"))) == at("2025-01-15 03:30:00.5")
