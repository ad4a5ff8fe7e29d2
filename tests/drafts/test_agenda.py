"""Agendas: shares of a meeting become times that add up to it, whatever its length."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.drafts import agenda
from incidentbook.errors import EditError
from kb import at


def table(*shares: int) -> str:
    return "\n".join(f"| {share} % | Point {number} |" for number, share in enumerate(shares))


def hour(minutes: int = 60) -> dt.timedelta:
    return dt.timedelta(minutes=minutes)


def test_shares_become_times_from_the_start() -> None:
    assert agenda.timed(table(25, 50, 25), hour(), None) == (
        "| 0:00 to 0:15 (15 min) | Point 0 |\n| 0:15 to 0:45 (30 min) | Point 1 |\n| 0:45 to 1:00 (15 min) | Point 2 |"
    )


def test_where_the_time_of_day_is_known_they_are_of_the_clock() -> None:
    assert agenda.timed(table(50, 50), hour(90), at("2025-01-16 09:30")).startswith("| 09:30 to 10:15 (45 min) |")


@given(st.lists(st.integers(0, 999), min_size=1, max_size=12), st.integers(12, 480))
def test_minutes_always_add_up_and_nothing_is_left_without_any(shares: list[int], length: int) -> None:
    found = [int(part) for part in re.findall(r"\((\d+) min\)", agenda.timed(table(*shares), hour(length), None))]
    assert len(found) == len(shares)
    assert sum(found) == length
    assert min(found) >= 1


def test_more_points_than_minutes_are_refused() -> None:
    with pytest.raises(EditError, match="3 points of an agenda do not fit into 2 minutes"):
        agenda.timed(table(1, 1, 1), hour(2), None)


def test_other_text_and_other_percents_stay() -> None:
    text = "About 8 % of it.\n\n| Name | 8 % |\n"
    assert agenda.timed(text, hour(), None) == text
