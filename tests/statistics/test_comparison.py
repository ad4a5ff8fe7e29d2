"""What a comparison says: its verdict, the correction over slices, and the sentence."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from incidentbook.statistics.comparison import Comparison, corrected, in_words
from incidentbook.statistics.intervals import Estimate

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def made(
    p: float | None, of: str = "duration", before: float | None = 4560, after: float | None = 3192, **more: Any
) -> Comparison:
    fields = {"change": -0.3, "leans": "lower", "n_needed": 154, "least_fall": 0.59} | more
    return Comparison(of, Estimate(before, 24), Estimate(after, 18), p=p, **fields)


def minutes(value: float) -> str:
    return f"{value / 60:.0f} min"


def test_a_change_that_cannot_be_told_from_noise_is_said_with_the_number_that_it_would_need() -> None:
    assert in_words(made(0.41), "Median time to resolve", minutes) == (
        "Median time to resolve: 76 min before, 53 min after (-30 %). This cannot be told from noise (p = 0.41); about 154 "
        "incidents a period would be needed to see a 30 % change."
    )


def test_a_change_that_can_be_told_is_said_with_its_direction() -> None:
    assert in_words(made(0.0123), "Median time to resolve", minutes) == (
        "Median time to resolve: 76 min before, 53 min after (-30 %). This is lower, by more than noise (p = 0.012)."
    )
    assert "by more than noise (p < 0.001)" in in_words(made(1e-9), "x", minutes)


def test_after_a_correction_the_adjusted_chance_decides_and_is_said() -> None:
    first, *_, last = corrected([made(0.03), made(None, refused="too few"), made(0.9), made(0.8)])
    assert (first.verdict, first.slices, first.adjusted_p) == ("noise", 3, pytest.approx(0.09))
    assert "(p = 0.09 after correction over 3 comparisons)" in in_words(first, "x", minutes)
    assert last.adjusted_p == pytest.approx(0.9)


def test_counts_and_shares_are_said_as_they_are() -> None:
    count = made(0.36, "count", 24.0, 18.0, change=-0.25, n_needed=1219)
    assert in_words(count, "SEV-1", minutes) == (
        "SEV-1: 24 before, 18 after (-25 %). This cannot be told from noise (p = 0.36); about 1,219 incidents a period would be "
        "needed to see a 25 % change."
    )
    share = made(0.6, "proportion", 0.75, 0.92, change=0.17, n_needed=74, leans="higher")
    assert in_words(share, "In time", lambda value: f"{100 * value:.0f} %", "post-mortems") == (
        "In time: 75 % before, 92 % after (+17 points). This cannot be told from noise (p = 0.6); about 74 post-mortems a period "
        "would be needed to see a change of 17 points."
    )


def test_a_small_change_is_said_with_what_would_have_been_seen() -> None:
    small = made(0.9, change=-0.004, n_needed=900_000)
    assert in_words(small, "x", minutes).endswith(
        "after. This cannot be told from noise (p = 0.9); with this many incidents only a fall of 59 % or more would be "
        "seen."
    )


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({"n_needed": 12}, "noise (p = 0.2)."),  # there were enough, and still: nothing to ask for
        ({"n_needed": None, "least_fall": None}, "noise (p = 0.2)."),
        ({"change": None, "least_fall": None, "leans": "higher"}, "noise (p = 0.2)."),
        ({"change": 0.0, "leans": "", "least_fall": None}, "53 min after. No change."),
    ],
)
def test_what_is_not_known_is_not_said(more: dict[str, object], end: str) -> None:
    assert in_words(made(0.2, **more), "x", minutes).endswith(end)


def test_a_refusal_is_said_with_its_reason() -> None:
    found = made(None, refused="5 before and 12 after: a comparison needs 8 on each side")
    assert found.verdict == "refused"
    assert in_words(found, "x", minutes) == "x: not compared. 5 before and 12 after: a comparison needs 8 on each side."


def test_an_unknown_median_is_said_so() -> None:
    assert "76 min before, not known after" in in_words(made(0.2, after=None, change=None), "x", minutes)


def test_it_is_plain_enough_for_json() -> None:
    found = json.loads(json.dumps(made(0.2).plain()))
    assert (found["verdict"], found["p"], found["before"]["n"]) == ("noise", 0.2, 24)


@given(CHANCES)
def test_the_correction_is_benjamini_and_hochbergs(chances: list[float]) -> None:
    found = [comparison.adjusted_p for comparison in corrected([made(p) for p in chances])]
    assert found == pytest.approx(multipletests(chances, method="fdr_bh")[1])
    assert all(p is not None and p >= before - 1e-12 for p, before in zip(found, chances, strict=True))


@given(CHANCES)
def test_the_correction_keeps_the_order_and_never_helps(chances: list[float]) -> None:
    found = corrected([made(p) for p in sorted(chances)])
    assert all(a.adjusted_p <= b.adjusted_p for a, b in itertools.pairwise(found))
    assert corrected([made(None)]) == (made(None),)
    assert corrected([]) == ()


@given(CHANCES, st.floats(0, 1))
def test_one_slice_more_that_shows_nothing_makes_none_stand_out_more(chances: list[float], p: float) -> None:
    with_more = corrected([*(made(chance) for chance in chances), made(max(p, *chances))])
    for before, after in zip(corrected([made(chance) for chance in chances]), with_more, strict=False):
        assert after.adjusted_p >= before.adjusted_p - 1e-12
