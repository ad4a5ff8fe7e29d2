"""Counts, durations and proportions of two periods: against statsmodels, and where nothing can be said."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu
from statsmodels.duration.survfunc import survdiff
from statsmodels.stats.nonparametric import rank_compare_2indep
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from incidentbook.statistics.compare import EXACT, SAME, SCORE, counts, durations, proportions

COUNTS = st.integers(0, 200)
SIDE = st.lists(st.integers(0, 40).map(float), min_size=8, max_size=30)
OPEN = st.lists(st.integers(0, 40).map(float), max_size=10)


def lognormal(seed: int, n: int, factor: float = 1.0) -> list[float]:
    return (factor * np.random.default_rng(seed).lognormal(8, 1.1, n)).tolist()


@pytest.mark.parametrize(("before", "after"), [(24, 18), (1, 5), (40, 80), (300, 310)])
@pytest.mark.parametrize("exposures", [(1.0, 1.0), (90.0, 120.0)])
def test_counts_are_compared_by_the_exact_test(before: int, after: int, exposures: tuple[float, float]) -> None:
    oracle = poisson_test(before, exposures[0], after, exposures[1], method="etest-wald").pvalue
    found = counts(before, after, exposures)
    assert found.p == pytest.approx(oracle, abs=1e-5), "statsmodels leaves more of the tails out"
    assert found.method == EXACT
    assert found.change == pytest.approx(after / exposures[1] / (before / exposures[0]) - 1)
    assert (found.before.n, found.after.n) == (before, after)


def test_counts_that_vary_too_much_are_compared_by_a_quasi_poisson_model() -> None:
    before, after = [2, 11, 4, 0, 19, 6], [3, 9, 1, 14, 2, 1]
    model = sm.GLM(before + after, np.column_stack([np.ones(12), [0] * 6 + [1] * 6]), family=sm.families.Poisson())
    alone = sm.GLM([sum(before), sum(after)], np.ones(2), family=sm.families.Poisson()).fit().pearson_chi2
    phi = model.fit().pearson_chi2 / 10
    found = counts(sum(before), sum(after), (6.0, 6.0), (before, after))
    assert found.p == pytest.approx(1 - sm.stats.stattools.stats.f.cdf(alone / phi, 1, 10))
    assert found.method == f"quasi-Poisson score test, variance/mean {phi:.1f}"
    assert counts(sum(before), sum(after)).p < found.p
    assert found.n_needed > counts(sum(before), sum(after)).n_needed


def test_counts_that_vary_as_chance_makes_them_are_compared_exactly() -> None:
    assert counts(15, 9, by_period=([4, 5, 6], [3, 3, 3])).method == EXACT


def test_very_many_are_compared_by_the_limit_of_the_exact_test() -> None:
    found, oracle = counts(11_000, 11_400), poisson_test(11_000, 1, 11_400, 1, method="score").pvalue
    assert (found.method, found.p) == (SCORE, pytest.approx(oracle))


def test_no_events_on_either_side_are_no_change_and_one_side_alone_has_no_ratio() -> None:
    nothing, some = counts(0, 0), counts(0, 9)
    assert (nothing.p, nothing.verdict, nothing.change, nothing.n_needed, nothing.least_fall) == (
        1,
        "noise",
        None,
        None,
        None,
    )
    assert (some.verdict, some.change, some.n_needed) == ("higher", None, None)
    assert counts(9, 0).verdict == "lower"
    assert counts(9, 0).change == -1


def test_counts_over_no_time_are_refused() -> None:
    found = counts(3, 4, (0.0, 30.0))
    assert (found.verdict, found.p) == ("refused", None)
    assert found.refused == "no time was watched in which events could have been counted"


@given(COUNTS, COUNTS)
def test_the_two_sides_of_a_count_are_alike(before: int, after: int) -> None:
    there, back = counts(before, after), counts(after, before)
    assert there.p == pytest.approx(back.p, abs=1e-9)
    assert {there.leans, back.leans} in ({"lower", "higher"}, {""})
    assert there.p is not None
    assert 0 <= there.p <= 1


@pytest.mark.parametrize("factor", [1.0, 0.7, 0.4])
def test_durations_are_compared_by_brunner_and_munzel(factor: float) -> None:
    before, after = lognormal(1, 24), lognormal(2, 31, factor)
    found = durations(before, after)
    assert found.p == pytest.approx(rank_compare_2indep(before, after).pvalue)
    assert found.method == "Brunner-Munzel"
    assert found.leans == ("lower" if rank_compare_2indep(before, after).prob1 > 0.5 else "higher")


def test_durations_that_do_not_overlap_are_compared_by_mann_and_whitney_by_hand() -> None:
    """Of the C(16, 8) = 12870 orders of eight and eight, two are as far apart."""
    found = durations([1, 2, 3, 4, 5, 6, 7, 8], [11, 12, 13, 14, 15, 16, 17, 18])
    assert (found.method, found.p, found.verdict) == ("Mann-Whitney", pytest.approx(2 / math.comb(16, 8)), "higher")
    assert durations([9.0] * 8, [3.0] * 9).p == pytest.approx(mannwhitneyu([9.0] * 8, [3.0] * 9).pvalue)
    assert durations([9.0] * 8, [3.0] * 9).verdict == "lower"


def test_durations_of_which_some_are_open_are_compared_by_the_log_rank_test() -> None:
    rng = np.random.default_rng(20250115)
    ends, watched, later = rng.lognormal(8, 1.1, 60), rng.lognormal(8.5, 1, 60), np.arange(60) >= 25
    over, times = ends <= watched, np.minimum(ends, watched)
    sides = [times[side & state].tolist() for state in (over, ~over) for side in (~later, later)]
    found = durations(*sides)
    assert found.p == pytest.approx(survdiff(times, over, later)[1])
    assert (found.method, found.before.n, found.after.n) == ("log-rank", 25, 35)
    assert found.before.method == "Kaplan-Meier, log-log band"


def test_open_ones_are_not_taken_as_over() -> None:
    """Eight of the later ones are not over after an hour: they took longer, which those that are over do not show."""
    before, after = [60.0 * minute for minute in range(5, 21)], [60.0 * minute for minute in range(6, 14)]
    assert durations(before, after).verdict != "higher"
    assert durations(before, after, (), [3600.0] * 8).verdict == "higher"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (7, 30, "7 before and 30 after: a comparison needs 8 on each side"),
        (0, 0, "0 before and 0 after: a comparison needs 8 on each side"),
    ],
)
def test_too_few_durations_are_refused(before: int, after: int, words: str) -> None:
    found = durations(lognormal(1, before), lognormal(2, after))
    assert (found.refused, found.p, found.verdict) == (words, None, "refused")


def test_durations_that_are_all_open_or_never_watched_together_are_refused() -> None:
    assert durations([], [], [5.0] * 8, [6.0] * 8).refused == "none is over yet"
    found = durations([10.0] * 49, [], [], [1.0] * 8)
    assert found.refused == "what is open was not watched for as long as what is over took"


def test_durations_that_are_all_the_same_have_not_changed() -> None:
    found = durations([0.0] * 8, [0.0] * 9)
    assert (found.p, found.verdict, found.change, found.least_fall) == (1.0, "noise", None, None)
    assert durations([5.0] * 8, [5.0] * 9).change == 0


def test_a_duration_that_is_no_number_is_refused() -> None:
    assert durations([math.nan] * 8, [1.0] * 8).refused == "8 of 16 values are no finite numbers"
    assert durations([1.0] * 8, [1.0] * 8, [math.inf]).refused == "1 of 17 values is no finite number"


def test_negative_and_zero_durations_have_ranks_though_no_logarithm() -> None:
    found = durations([-5.0, 0.0, *map(float, range(1, 9))], [0.0] * 4 + [float(n) for n in range(3, 11)])
    assert found.p is not None
    assert found.n_needed is not None


@given(SIDE, SIDE, OPEN, OPEN)
def test_whatever_the_durations_p_is_a_chance_and_the_two_sides_are_alike(
    before: list[float], after: list[float], open_before: list[float], open_after: list[float]
) -> None:
    there, back = durations(before, after, open_before, open_after), durations(after, before, open_after, open_before)
    assert there.p == pytest.approx(back.p)
    if there.p is None:
        assert there.refused
    else:
        assert 0 <= there.p <= 1
        assert {there.leans, back.leans} in ({"lower", "higher"}, {""})


@given(SIDE, SIDE, st.sampled_from([60.0, 0.25]))
def test_another_unit_changes_no_p(before: list[float], after: list[float], unit: float) -> None:
    other = durations([unit * value for value in before], [unit * value for value in after])
    assert other.p == pytest.approx(durations(before, after).p)


def test_where_nothing_changed_one_in_twenty_stands_out() -> None:
    rng = np.random.default_rng(20250115)
    alarms = {"durations": 0, "open": 0, "counts": 0}
    for _ in range(400):
        first, second = rng.lognormal(8, 1.1, (2, 24))
        watched = rng.lognormal(9, 1, (2, 24))
        alarms["durations"] += durations(first.tolist(), second.tolist()).verdict != "noise"
        over = [pair[0] <= pair[1] for pair in ((first, watched[0]), (second, watched[1]))]
        alarms["open"] += (
            durations(
                first[over[0]].tolist(),
                second[over[1]].tolist(),
                watched[0][~over[0]].tolist(),
                watched[1][~over[1]].tolist(),
            ).verdict
            != "noise"
        )
        alarms["counts"] += counts(*rng.poisson(24, 2).tolist()).verdict != "noise"
    assert all(8 <= count <= 36 for count in alarms.values()), alarms


def test_two_periods_without_an_event_differ_in_nothing_though_others_had_storms() -> None:
    found = counts(0, 0, (30.0, 31.0), earlier=[0, 0, 0, 20, 0, 0, 0, 0])
    assert (found.verdict, found.p, found.method) == ("noise", 1.0, SAME)


def test_in_bunches_only_the_quasi_poisson_test_keeps_its_word() -> None:
    """Months of mean 8 and variance 24: the exact test of a Poisson process sees a change in every fourth year without one."""
    rng, exact, wide = np.random.default_rng(20250115), 0, 0
    for months in rng.negative_binomial(4, 4 / 12, (300, 2, 12)).tolist():
        before, after = sum(months[0]), sum(months[1])
        exact += counts(before, after).verdict != "noise"
        wide += counts(before, after, (12.0, 12.0), (months[0], months[1])).verdict != "noise"
    assert exact > 60
    assert wide < 30


def test_proportions_by_hand() -> None:
    """Fisher: of the C(8, 4) = 70 ways to place four successes, 1 + 16 on either side are as far apart as 1 and 3 of four."""
    found = proportions((1, 4), (3, 4))
    assert found.p == pytest.approx(34 / 70)
    assert (found.change, found.verdict, found.before.n) == (0.5, "noise", 4)
    assert proportions((2, 40), (30, 40)).verdict == "higher"


def test_a_share_of_none_is_refused() -> None:
    found = proportions((0, 0), (3, 4))
    assert (found.verdict, found.refused) == ("refused", "0 before and 4 after: a share of none is unknown")
