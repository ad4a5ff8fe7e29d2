"""When commits were made, also where clocks were wrong: no commit is before the one that it follows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.history.clock import settled


@pytest.mark.parametrize(
    ("times", "want"),
    [
        ([], []),
        ([5], [5]),
        ([1, 2, 2, 3], [1, 2, 2, 3]),
        ([10, 20, 5, 30], [10, 20, 20, 30]),  # a clock that was reset
        ([10, 999, 20, 30], [10, 10, 20, 30]),  # one that ran ahead poisons no later commit
        ([999, 10, 20], [10, 10, 20]),  # and none before it
        ([20, 5, 30], [20, 20, 30]),  # of two that disagree, the one that is closer to what follows
        ([10, 999, 20], [10, 10, 20]),  # or, at the end, the earlier one
        ([1, 5, 4, 6], [1, 5, 5, 6]),
    ],
)
def test_the_fewest_commits_are_doubted(times: list[int], want: list[int]) -> None:
    assert settled(times) == want


@given(st.lists(st.integers(0, 50), max_size=30))
def test_what_comes_out_never_falls_and_trusts_as_many_as_can_be(times: list[int]) -> None:
    found = settled(times)
    assert len(found) == len(times)
    assert all(before <= after for before, after in itertools.pairwise(found))
    assert set(found) <= set(times)
    if len(times) <= 10:
        longest = max(
            (
                len(some)
                for size in range(len(times) + 1)
                for some in itertools.combinations(times, size)
                if list(some) == sorted(some)
            ),
            default=0,
        )
        assert sum(one == other for one, other in zip(times, found, strict=True)) >= longest
