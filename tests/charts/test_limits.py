"""Names beside a control chart never stand on one another, and every point looks like what it is."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.charts import axes, limits
from incidentbook.charts.theme import HEIGHT, colour


@given(st.lists(st.floats(0, 240), max_size=5))
def test_names_are_moved_apart_in_their_order(places: list[float]) -> None:
    places.sort()
    moved = limits.apart(places)
    assert all(after - before > 14.999 for before, after in pairwise(moved))
    assert sum(moved) == pytest.approx(sum(places))
    if all(after - before >= 15 for before, after in pairwise(places)):
        assert moved == pytest.approx(places)


def test_names_move_no_further_than_they_must() -> None:
    assert limits.apart([10, 12, 100]) == [3.5, 18.5, 100]
    assert limits.apart([50, 50, 50]) == [35, 50, 65]


def test_a_place_on_the_logarithmic_axis() -> None:
    low, high = axes.ends(60, 86400)
    place = limits.on_log(60, 86400)
    assert place(low) == pytest.approx(HEIGHT)
    assert place(high) == pytest.approx(0)
    assert place(math.sqrt(low * high)) == pytest.approx(HEIGHT / 2)


def test_a_point_looks_like_what_it_is() -> None:
    plain = limits.look({"signals": [], "open": False, "highlight": False}, 10)
    assert (plain["shape"], plain["fill"], plain["size"]) == ("circle", colour("mark"), 55)
    signal = limits.look({"signals": ["beyond the limits"]}, 10)
    assert (signal["shape"], signal["fill"]) == ("diamond", colour("signal"))
    still = limits.look({"signals": [], "open": True}, 10)
    assert (still["shape"], still["fill"], still["stroke"]) == ("triangle-up", colour("ground"), colour("mark"))
    pointed = limits.look({"signals": [], "highlight": True}, 10)
    assert (pointed["stroke"], pointed["size"]) == (colour("ink"), 170)
    assert limits.look({"signals": []}, 100)["size"] == 30


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (2, [0, 1, 2]),
        (7, [0, 2, 4, 6, 8]),
        (35, [0, 10, 20, 30, 40]),
        (417, [0, 100, 200, 300, 400, 500]),
    ],
)
def test_ticks_are_whole_and_few(most: float, ticks: list[int]) -> None:
    assert axes.numbers(most) == ticks


@given(st.floats(0, 1e9))
def test_ticks_reach_the_highest(most: float) -> None:
    ticks = axes.numbers(most)
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 7


@pytest.mark.parametrize(("least", "most"), [(7200, 7200), (1, 2), (3600, 3 * 3600), (60, 7 * 86400), (1, 3e9)])
def test_an_axis_of_durations_has_labels(least: float, most: float) -> None:
    low, high = axes.ends(least, most)
    assert low < least <= most < high
    assert 1 <= len(axes.steps(low, high)) <= 9
