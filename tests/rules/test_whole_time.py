"""Times written out: only where one instant can be meant."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.records.time import parse_time
from incidentbook.rules.context import Context
from incidentbook.rules.whole_time import stated_zone, twice_or_never, written_out
from kb import at, repo

LISBON, UTC = ZoneInfo("Europe/Lisbon"), ZoneInfo("UTC")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("2025-01-15T02:30:00", "2025-01-15T02:30:00+00:00"),
        ("2025-07-15 02:30", "2025-07-15T02:30:00+01:00"),
        ("2025-07-15 02:30:00,5", "2025-07-15T02:30:00.5+01:00"),
        ("2025-07-15t02:30:00z", "2025-07-15T02:30:00Z"),
        ("2025-07-15 02:30:00 UTC", "2025-07-15T02:30:00Z"),
        ("2025-07-15T02:30:00+0530", "2025-07-15T02:30:00+05:30"),
        ("2025-07-15T02:30:00-05", "2025-07-15T02:30:00-05:00"),
        ("2025-07-15T02:30Z\n", "2025-07-15T02:30:00Z"),
        ("2016-12-31 23:59:60Z", "2016-12-31T23:59:60Z"),
    ],
)
def test_the_one_instant(text: str, whole: str) -> None:
    assert written_out(text, LISBON) == whole


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-30T01:30:00",  # the clocks went from 1 to 2
        "2025-10-26T01:30:00",  # they showed it twice
        "2025-10-26 01:00",
        "1911-12-31T12:00:00",  # the offset of that day has seconds
        "2016-12-31T23:59:60",  # leap seconds are inserted in UTC
        "2025-01-15T02:30-05",  # or from 02:30 to 05?
        "2025-01-15T02:30.5",
        "2025-01-15T24:00:00",
        "2025-02-30T02:30:00",
        "0000-01-01T02:30:00",
        "2025-01-15",
        "02:30",
        "15.01.2025 02:30",
        "2025-01-15T02:30:00 CET",
        "2025-01-15T02:30:00+1",
        "2025-01-15T02:30:00+25:00",
        "\uff12025-01-15T02:30:00",
        "",
    ],
)
def test_more_than_one_or_none(text: str) -> None:
    assert written_out(text, LISBON) is None


@pytest.mark.parametrize(
    "text", ["2025-03-30T01:00:00", "2025-10-26T01:59:59", "2025-10-26 01:30", "2025-10-26T01:30:00,5"]
)
def test_the_hour_that_is_twice_or_never(text: str) -> None:
    assert twice_or_never(text, LISBON)
    assert not twice_or_never(text, UTC)
    assert not twice_or_never(f"{text}Z", LISBON)
    assert not twice_or_never(text, None)


@pytest.mark.parametrize(
    "text", ["2025-03-30T00:59:59", "2025-03-30T02:00:00", "2025-10-26T00:59:59", "2025-10-26T02:00:00"]
)
def test_the_hours_around_it_are_plain(text: str) -> None:
    assert not twice_or_never(text, LISBON)
    assert written_out(text, LISBON) is not None


@pytest.mark.parametrize("text", ["yesterday", "2025-10-26", "2025-10-26T01:60:00"])
def test_what_is_no_local_time_was_not_shown_twice(text: str) -> None:
    assert not twice_or_never(text, LISBON)


def test_west_of_greenwich_and_off_the_hour() -> None:
    assert written_out("2025-01-15T02:30:00", ZoneInfo("America/St_Johns")) == "2025-01-15T02:30:00-03:30"
    assert written_out("2025-01-15T02:30:00", ZoneInfo("Asia/Kathmandu")) == "2025-01-15T02:30:00+05:45"


def test_utc_is_written_as_z() -> None:
    assert written_out("2025-01-15T02:30:00", UTC) == "2025-01-15T02:30:00Z"


def test_no_zone_no_offset() -> None:
    assert written_out("2025-01-15T02:30:00", None) is None
    assert written_out("2025-01-15 02:30:00Z", None) == "2025-01-15T02:30:00Z"


@pytest.mark.parametrize(
    ("policy", "zone"),
    [
        ({"time_zone": "Europe/Lisbon"}, "Europe/Lisbon"),
        ({"time_zone": "UTC"}, "UTC"),
        ({"time_zone": "Europe/Lisboa"}, None),
        ({"time_zone": 1}, None),
        ({}, None),
    ],
)
def test_a_zone_counts_where_it_is_stated(policy: dict[str, object], zone: str | None) -> None:
    knowledge_base = repo(knowledge_base=policy)
    knowledge_base.policies["knowledge-base"].document.value = policy
    found = stated_zone(Context(knowledge_base, at("2025-03-01 00:00")))
    assert (found.key if found else None) == zone
    assert stated_zone(Context(repo(), at("2025-03-01 00:00"))) is None


@given(
    st.datetimes(at("1000-01-01").replace(tzinfo=None), at("9998-12-31").replace(tzinfo=None)),
    st.sampled_from(
        ["Europe/Lisbon", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "UTC", "Australia/Lord_Howe"]
    ),
)
def test_the_offset_is_what_the_clocks_showed(moment: dt.datetime, name: str) -> None:
    zone = ZoneInfo(name)
    whole = written_out(moment.isoformat(), zone)
    instant = parse_time(whole)
    if instant is None:
        assert whole is None
        return
    assert instant.astimezone(zone).replace(tzinfo=None) == moment
    assert written_out(whole or "", zone) == whole
