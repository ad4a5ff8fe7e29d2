"""Wilson's interval: by hand, and against statsmodels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from incidentbook.statistics.proportions import proportion

PAIRS = st.integers(1, 5000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


@given(PAIRS)
def test_it_is_the_interval_of_statsmodels(pair: tuple[int, int]) -> None:
    found = proportion(*pair)
    assert (found.low, found.high) == pytest.approx(proportion_confint(*pair, method="wilson"), abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_half_of_ten_by_hand() -> None:
    """The score interval is symmetric about a half: 0.5 ± 0.5 z / sqrt(n + z^2)."""
    found = proportion(5, 10)
    assert (found.value, found.n, found.method) == (0.5, 10, "Wilson")
    assert found.low == pytest.approx(0.5 - 0.5 * 1.959964 / (10 + 1.959964**2) ** 0.5)


def test_none_and_all_have_an_interval_that_ends_where_shares_end() -> None:
    assert proportion(0, 12).low == 0.0
    assert proportion(12, 12).high == 1.0
    assert proportion(1, 1).low == pytest.approx(0.2065, abs=1e-4)


def test_a_share_of_nothing_is_not_known() -> None:
    found = proportion(0, 0)
    assert (found.value, found.low, found.refused) == (None, None, "n = 0: nothing was measured")


@pytest.mark.parametrize(("successes", "trials"), [(3, 2), (-1, 2), (0, -1)])
def test_what_is_no_proportion_is_a_mistake_of_the_caller(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="is no proportion"):
        proportion(successes, trials)


@given(st.integers(1, 400))
def test_more_trials_of_the_same_share_make_it_narrower(half: int) -> None:
    few, more = proportion(half, 2 * half), proportion(half + 1, 2 * half + 2)
    assert more.high - more.low < few.high - few.low
