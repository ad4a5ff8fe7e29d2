"""The burn-down: numbers at the end of each stretch, by what Git held then, that add up from one to the next."""

from __future__ import annotations

import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import periods
from incidentbook.chronicle.burndown import Level, levels, stretches
from incidentbook.chronicle.lives import lives
from incidentbook.periods import Window
from kb import at
from past_of import PATH, State, item, past

UTC, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")


def months(first: int, last: int, zone: ZoneInfo = UTC) -> list[Window]:
    return [periods.calendar(2025, month, 1, zone) for month in range(first, last + 1)]


def burn(windows: list[Window], *commits: tuple[str, State]) -> list[Level]:
    return levels(lives(past(*commits)), windows)


def numbers(found: list[Level]) -> list[tuple[int | None, ...]]:
    return [(level.open, level.overdue, level.done) for level in found]


def test_open_overdue_and_done_at_each_months_end() -> None:
    found = burn(
        months(1, 4),
        ("2025-01-10", {PATH: (item("proposed"), item("not-started", 2, due="2025-02-15"))}),
        ("2025-02-01", {PATH: (item("in-progress", due="2025-03-31"), item("not-started", 2, due="2025-02-15"))}),
        ("2025-03-05", {PATH: (item("in-progress", due="2025-03-31"), item("done", 2, due="2025-02-15"))}),
    )
    assert numbers(found) == [(1, 0, 0), (2, 1, 0), (1, 1, 1), (1, 1, 1)]
    assert [(level.committed, level.finished) for level in found] == [(1, 0), (1, 0), (0, 1), (0, 0)]


def test_a_due_day_counts_as_it_stood_then() -> None:
    found = burn(
        months(1, 2),
        ("2025-01-10", {PATH: (item("in-progress", due="2025-01-20"),)}),
        ("2025-02-10", {PATH: (item("in-progress", due="2025-06-30"),)}),
    )
    assert [level.overdue for level in found] == [1, 0], "moving the day later does not undo that it was overdue"


def test_an_occurrence_that_was_done_is_overdue_no_more() -> None:
    found = burn(
        months(1, 3),
        ("2025-01-10", {PATH: (item("scheduled", due="2025-01-20"),)}),
        ("2025-02-10", {PATH: (item("scheduled", due="2025-01-20", turn="2025-03-20"),)}),
    )
    assert [level.overdue for level in found] == [1, 0, 1]


def test_a_waiver_that_holds_and_an_accepted_risk() -> None:
    found = burn(
        months(1, 3),
        (
            "2025-01-10",
            {
                PATH: (
                    item("in-progress", due="2025-01-20", waived_until="2025-02-10"),
                    item("accepted-risk", 2, due="2025-01-01", accepted_until="2025-03-15"),
                )
            },
        ),
    )
    assert [level.overdue for level in found] == [0, 1, 2]


def test_the_day_that_an_item_is_due_ends_in_the_zone() -> None:
    commits = ("2025-01-10", {PATH: (item("in-progress", due="2025-01-31"),)})
    assert [level.overdue for level in burn(months(1, 1, BERLIN), commits)] == [1]
    assert [
        level.overdue
        for level in burn([Window(at("2025-01-01"), at("2025-01-31T22:59:59"), "x", "Europe/Berlin")], commits)
    ] == [0]


def test_a_commit_at_midnight_belongs_to_the_month_that_begins() -> None:
    found = burn(months(1, 2, BERLIN), ("2025-01-05", {}), ("2025-01-31T23:00:00", {PATH: (item("in-progress"),)}))
    assert [(level.open, level.committed) for level in found] == [(0, 0), (1, 1)]


def test_what_is_not_over_holds_what_was_committed_just_now() -> None:
    now = at("2025-01-15T12:00:00")
    (level,) = burn(periods.parse("2025-01", now, UTC), ("2025-01-15T12:00:00", {PATH: (item("in-progress"),)}))
    assert (level.window.partial, level.open) == (True, 1)


def test_reopened_dropped_and_restored() -> None:
    found = burn(
        months(1, 6),
        ("2025-01-10", {PATH: (item("done"), item("in-progress", 2))}),
        ("2025-02-10", {PATH: (item("in-progress"), item("cancelled", 2))}),
        ("2025-03-10", {PATH: (item("in-progress"), item("in-progress", 2))}),
        ("2025-04-10", {PATH: None}),
        ("2025-05-10", {PATH: (item("in-progress"), item("in-progress", 2))}),
        ("2025-06-10", {PATH: (item("in-progress"), item("", 2))}),
    )
    told = [(level.committed, level.finished, level.reopened, level.dropped, level.open) for level in found]
    assert told == [
        (2, 1, 0, 0, 1),
        (0, 0, 1, 1, 1),
        (0, 0, 1, 0, 2),
        (0, 0, 0, 2, 0),
        (2, 0, 0, 0, 2),
        (0, 0, 0, 1, 1),
    ]


def test_before_the_past_begins_nothing_is_known() -> None:
    found = burn(months(1, 2), ("2025-02-10", {PATH: (item("in-progress"),)}))
    assert numbers(found) == [(None, None, None), (1, 0, 0)]
    assert burn(months(1, 1))[0].open is None
    assert found[0].plain() == {
        "window": found[0].window.plain(), "committed": None, "finished": None, "reopened": None, "dropped": None, "open": None,
        "overdue": None, "done": None,
    }  # fmt: skip


def test_what_lies_before_the_first_stretch_counts_at_its_end() -> None:
    found = burn(months(3, 3), ("2025-01-10", {PATH: (item("in-progress"),)}))
    assert (found[0].open, found[0].committed) == (1, 0)


_STATES = st.sampled_from(
    ["", "proposed", "not-started", "in-progress", "accepted-risk", "done", "verified", "cancelled"]
)


@given(st.lists(st.none() | st.lists(_STATES, min_size=1, max_size=3), min_size=1, max_size=12))
def test_what_opens_and_what_closes_adds_up(states: list[list[str] | None]) -> None:
    commits = [
        (
            f"2025-{month:02}-15",
            {PATH: None if some is None else tuple(item(state, number) for number, state in enumerate(some, 1))},
        )
        for month, some in enumerate(states, 1)
    ]
    found = burn(months(1, 12), *commits)
    assert found[0].open == found[0].committed - found[0].finished  # type: ignore[operator]
    for before, after in itertools.pairwise(found):
        counts = (before.open, after.committed, after.reopened, after.finished, after.dropped)
        opened, committed, reopened, finished, dropped = (count or 0 for count in counts)
        assert after.open == opened + committed + reopened - finished - dropped


@pytest.mark.parametrize(
    ("period", "by", "labels"),
    [
        ("2025-Q1", "", ["2025-01", "2025-02", "2025-03"]),
        ("2025-02", "", ["2025-W05", "2025-W06", "2025-W07", "2025-W08", "2025-W09"]),
        ("2025-02", "month", ["2025-02"]),
        ("2024-12-30..2025-01-06", "week", ["2025-W01", "2025-W02"]),
        ("2025-03-24..2025-04-06", "week", ["2025-W13", "2025-W14"]),  # the clocks go forward in between
    ],
)
def test_a_period_in_stretches(period: str, by: str, labels: list[str]) -> None:
    (window,) = periods.parse(period, at("2025-12-01"), BERLIN)
    found = stretches(window, by)
    assert [part.label for part in found] == labels
    assert found[0].start == window.start
    assert found[-1].end == window.end
    assert all(before.end == after.start for before, after in itertools.pairwise(found))
    assert not any(part.partial for part in found)


def test_the_stretch_that_is_not_over() -> None:
    (window,) = periods.parse("2025-02", at("2025-02-12"), UTC)
    assert [(part.label, part.partial) for part in stretches(window)] == [
        ("2025-W05", False),
        ("2025-W06", False),
        ("2025-W07", True),
    ]
