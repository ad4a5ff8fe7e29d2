"""Who is on call, from when to when."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.rotation.shifts import Why, now_and_next, on_call, shifts
from kb import at
from rotation.rota import LISBON, NEW_YORK, UTC, found, local, override, policy

YEAR = {"start": "2024-12-30T09:00:00Z"}


@pytest.mark.parametrize(
    ("zone", "start", "window", "expected"),
    [
        (LISBON, "2025-03-17T09:00:00Z", ("2025-03-17 12:00", "2025-04-08 00:00"),
         ["03-17 09:00 red", "03-24 09:00 green", "03-31 09:00 blue", "04-07 09:00 red"]),
        (LISBON, "2025-10-13T08:00:00Z", ("2025-10-14 00:00", "2025-11-03 12:00"),
         ["10-13 09:00 red", "10-20 09:00 green", "10-27 09:00 blue", "11-03 09:00 red"]),
        (NEW_YORK, "2025-03-03T14:00:00Z", ("2025-03-04 00:00", "2025-03-17 20:00"),
         ["03-03 09:00 red", "03-10 09:00 green", "03-17 09:00 blue"]),
        (UTC, "2024-12-23T09:00:00Z", ("2024-12-24 00:00", "2025-01-07 00:00"),
         ["12-23 09:00 red", "12-30 09:00 green", "01-06 09:00 blue"]),
    ],
)  # fmt: skip
def test_a_handover_keeps_its_time_when_the_clocks_change(
    zone: ZoneInfo, start: str, window: tuple[str, str], expected: list[str]
) -> None:
    assert local(found(policy(start=start), *window, zone), zone) == expected


def test_a_handover_that_the_clocks_skip_is_an_hour_later() -> None:
    made = policy(type="daily", start="2025-03-28T01:30:00Z")
    assert local(found(made, "2025-03-29 12:00", "2025-03-31 12:00", LISBON), LISBON) == [
        "03-29 01:30 green", "03-30 02:30 blue", "03-31 01:30 red",
    ]  # fmt: skip


def test_a_handover_that_the_clocks_show_twice_is_the_first() -> None:
    made = policy(type="daily", start="2025-10-24T00:30:00Z")  # 01:30 in Lisbon, twice on the 26th
    handover = found(made, "2025-10-26 12:00", "2025-10-26 13:00", LISBON)[0].start
    assert handover == at("2025-10-26 00:30")


@pytest.mark.parametrize(
    ("rotation", "window", "expected"),
    [
        ({"type": "daily", "start": "2024-02-28T09:00:00Z"}, ("2024-02-28 10:00", "2024-03-02 10:00"),
         ["02-28 09:00 red", "02-29 09:00 green", "03-01 09:00 blue", "03-02 09:00 red"]),
        ({"type": "weekly", "every": 2}, ("2025-01-07 00:00", "2025-02-04 00:00"),
         ["01-06 09:00 red", "01-20 09:00 green", "02-03 09:00 blue"]),
        ({"type": "monthly", "start": "2025-01-31T09:00:00Z"}, ("2025-02-01 00:00", "2025-05-31 00:00"),
         ["01-31 09:00 red", "02-28 09:00 green", "03-31 09:00 blue", "04-30 09:00 red"]),
        ({"type": "monthly", "start": "2025-01-15T09:00:00Z", "teams": ["red"]}, ("2025-02-01 00:00", "2025-03-01 00:00"),
         ["01-15 09:00 red", "02-15 09:00 red"]),
        ({"type": "follow-the-sun", "start": "2025-01-06T06:00:00Z"}, ("2025-01-08 00:00", "2025-01-09 00:00"),
         ["01-07 22:00 blue", "01-08 06:00 red", "01-08 14:00 green", "01-08 22:00 blue"]),
        ({"type": "follow-the-sun", "every": 5, "teams": ["red", "green"]}, ("2025-01-08 00:00", "2025-01-09 00:00"),
         ["01-07 21:00 green", "01-08 09:00 red", "01-08 21:00 green"]),
        ({"every": 4000}, ("2025-01-07 00:00", "2025-01-14 00:00"), ["01-06 09:00 red", "01-13 09:00 green"]),
        ({"zone": "No/Such"}, ("2025-01-07 00:00", "2025-01-08 00:00"), ["01-06 09:00 red"]),
    ],
)  # fmt: skip
def test_kinds_of_rotation(rotation: dict[str, Any], window: tuple[str, str], expected: list[str]) -> None:
    assert local(found(policy(**rotation), *window), UTC) == expected


def test_a_rotation_has_clocks_of_its_own() -> None:
    made = policy(zone="America/New_York", start="2025-03-03T14:00:00Z")
    assert local(found(made, "2025-03-10 12:00", "2025-03-11 00:00", LISBON), NEW_YORK) == [
        "03-03 09:00 red",
        "03-10 09:00 green",
    ]


def test_teams_with_hours_of_their_own() -> None:
    hours = {"red": "06:00-14:00", "green": "13:00-21:00", "blue": "23:00-02:00"}
    made = policy(type="follow-the-sun", hours=hours, zone="Europe/Lisbon", start="2025-03-29T00:00:00Z")
    assert local(found(made, "2025-03-29 00:00", "2025-03-30 12:00", LISBON), LISBON) == [
        "03-29 00:00 blue", "03-29 02:00 nobody", "03-29 06:00 red", "03-29 13:00 green", "03-29 21:00 nobody",
        "03-29 23:00 blue", "03-30 02:00 nobody", "03-30 06:00 red",
    ]  # fmt: skip


def test_the_day_of_twenty_three_hours_is_shared_too() -> None:
    made = policy(type="follow-the-sun", start="2025-03-28T00:00:00Z")
    shown = found(made, "2025-03-30 00:00", "2025-03-31 00:00", LISBON)
    assert local(shown, LISBON)[:3] == ["03-30 00:00 red", "03-30 08:00 green", "03-30 16:00 blue"]
    assert [(one.end - one.start).total_seconds() / 3600 for one in shown][:3] == [7, 8, 8]


@pytest.mark.parametrize(
    "rotation", [{"teams": []}, {"start": None}, {"start": "2026-01-01T00:00:00Z"}, {"start": "9998-12-31T00:00:00Z"}]
)
def test_nobody(rotation: dict[str, Any]) -> None:
    made = policy(**rotation)
    (shift,) = found(made, "2025-01-07 00:00", "2025-02-01 00:00")
    assert (shift.team, shift.why, shift.start, shift.end) == (
        "", Why.NOBODY, at("2025-01-07 00:00"), at("2025-02-01 00:00"),
    )  # fmt: skip
    assert on_call(made, "incident-commander", UTC, at("2025-01-07 00:00")) == ""


def test_who_comes_after_nobody() -> None:
    made = policy(start="2025-06-01T00:00:00Z")
    now, coming = now_and_next(made, made.rotations[0], UTC, at("2025-01-07 00:00"))
    assert now.team == ""
    assert coming is not None
    assert (coming.team, coming.start) == ("red", at("2025-06-01 00:00"))
    never = policy(teams=[])
    assert now_and_next(never, never.rotations[0], UTC, at("2025-01-07 00:00"))[1] is None


def test_an_override_takes_part_of_a_turn_and_the_turn_goes_on() -> None:
    made = policy([override("black", "2025-01-08T00:00", "2025-01-09T00:00", "Move")])
    shown = found(made, "2025-01-07 00:00", "2025-01-12 00:00")
    assert local(shown, UTC) == ["01-06 09:00 red", "01-08 00:00 black", "01-09 00:00 red"]
    assert [(one.why, one.reason) for one in shown] == [(Why.TURN, ""), (Why.OVERRIDE, "Move"), (Why.TURN, "")]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (("2025-01-09T00:00", "2025-01-10T00:00"), ["black", "white", "black", "red"]),
        (("2025-01-08T00:00", "2025-01-09T00:00"), ["white", "black", "red"]),  # both start then: the later in the file
        (("2025-01-07T00:00", "2025-01-10T00:00"), ["white", "black", "red"]),
        (("2025-01-10T00:00", "2025-01-09T00:00"), ["black", "red"]),  # ends before it starts
    ],
)
def test_of_two_overrides_the_one_that_starts_last_wins(second: tuple[str, str], expected: list[str]) -> None:
    made = policy([override("black", "2025-01-08T00:00", "2025-01-11T00:00"), override("white", *second)])
    shown = [one.team for one in found(made, "2025-01-06 09:00", "2025-01-12 00:00")]
    assert shown[-len(expected) :] == expected


def test_an_override_of_another_rotation_and_one_before_the_start() -> None:
    other = override("black", "2025-01-07T00:00", "2025-01-08T00:00") | {"rotation": "other"}
    early = override("white", "2025-01-01T00:00", "2025-01-02T00:00")
    assert local(found(policy([other, early]), "2025-01-01 00:00", "2025-01-10 00:00"), UTC) == [
        "01-01 00:00 white", "01-02 00:00 nobody", "01-06 09:00 red",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "where", "taken"),
    [("", "", True), ("", "US", False), ("US", "US", True), ("DE-HH", "DE", True), ("DE", "DE-HH", False)],
)
def test_holidays(place: str, where: str, taken: bool) -> None:  # noqa: FBT001 - a parameter
    made = policy(holidays=[{"date": "2025-01-08", "name": "Day", "place": where}], place=place, on_holidays="black")
    shown = found(made, "2025-01-07 00:00", "2025-01-10 00:00", NEW_YORK)
    expected = ["01-06 04:00 red", "01-08 00:00 black", "01-09 00:00 red"] if taken else ["01-06 04:00 red"]
    assert local(shown, NEW_YORK) == expected


def test_an_override_wins_over_a_holiday() -> None:
    made = policy(
        [override("white", "2025-01-07T20:00", "2025-01-08T06:00")],
        [{"date": "2025-01-08", "name": "Day"}],
        on_holidays="black",
    )
    assert local(found(made, "2025-01-07 00:00", "2025-01-10 00:00"), UTC) == [
        "01-06 09:00 red", "01-07 20:00 white", "01-08 06:00 black", "01-09 00:00 red",
    ]  # fmt: skip


def test_without_a_team_for_them_turns_go_on_over_holidays() -> None:
    made = policy(holidays=[{"date": "2025-01-08", "name": "Day"}])
    assert local(found(made, "2025-01-07 00:00", "2025-01-10 00:00"), UTC) == ["01-06 09:00 red"]


def test_of_two_rotations_of_a_role_the_first_that_has_somebody() -> None:
    made = policy(start="2026-01-01T00:00:00Z")
    both = type(made)(rotations=(*made.rotations, *policy(teams=["black"]).rotations))
    assert on_call(both, "incident-commander", UTC, at("2025-02-01 00:00")) == "black"
    assert on_call(both, "scribe", UTC, at("2025-02-01 00:00")) == ""


MINUTES = st.integers(-60 * 24 * 20, 60 * 24 * 420)
START = at("2025-01-06 09:00")
TYPES = st.sampled_from(["daily", "weekly", "monthly", "follow-the-sun"])


@st.composite
def policies(draw: st.DrawFn) -> Any:
    overrides = [
        override("black", *(f"{START + dt.timedelta(minutes=m):%Y-%m-%dT%H:%M}" for m in (since, since + length)))
        for since, length in draw(st.lists(st.tuples(MINUTES, st.integers(1, 40_000)), max_size=4))
    ]
    days = draw(st.lists(st.dates(dt.date(2025, 1, 1), dt.date(2026, 3, 1)), max_size=3))
    more: dict[str, Any] = {
        "type": draw(TYPES),
        "every": draw(st.integers(1, 3)),
        "on_holidays": draw(st.sampled_from(["", "holy"])),
    }
    if more["type"] == "follow-the-sun" and draw(st.booleans()):
        more["hours"] = draw(st.dictionaries(st.sampled_from(["red", "green", "blue"]), HOURS, min_size=1))
    return policy(overrides, [{"date": str(day), "name": "Day"} for day in days], **more)


HOURS = st.tuples(st.integers(0, 23), st.integers(0, 23)).map(lambda pair: f"{pair[0]:02}:00-{pair[1]:02}:30")


@given(policies(), MINUTES, st.integers(1, 60 * 24 * 40), st.floats(0, 1), st.sampled_from([LISBON, NEW_YORK, UTC]))
def test_shifts_cover_a_window_without_gap_or_overlap_and_every_instant_agrees(
    made: Any, since: int, length: int, part: float, zone: ZoneInfo
) -> None:
    start = START + dt.timedelta(minutes=since)
    end = start + dt.timedelta(minutes=length)
    shown = shifts(made, made.rotations[0], zone, start, end)
    assert shown[0].start <= start
    assert shown[-1].end >= end
    assert all(one.start < one.end for one in shown)
    assert all(one.end == other.start for one, other in pairwise(shown))
    moment = start + int(length * part * 0.999) * dt.timedelta(minutes=1)
    of_window = next(one for one in shown if one.start <= moment < one.end)
    now, coming = now_and_next(made, made.rotations[0], zone, moment)
    assert (now.team, now.why) == (of_window.team, of_window.why)
    assert now.team == on_call(made, "incident-commander", zone, moment)
    if now.team:
        assert now == of_window
        assert coming is not None
        assert coming.start == now.end
