"""The periods that a claim names."""

from __future__ import annotations

import pytest

from incidentbook.prose.claimed_periods import periods


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("in Q4", "Q4", ""),
        ("in the fourth quarter", "Q4", ""),
        ("in the fourth quarter of 2024", "2024-Q4", ""),
        ("in the first half of 2024", "2024-H1", ""),
        ("in H2 2024", "2024-H2", ""),
        ("in May 2024", "2024-05", ""),
        ("in may 2024", "2024-05", ""),
        ("in March", "March", ""),
        ("since March", "", "March"),
        ("since the move in March", "", "March"),
        ("march on", "", ""),
        ("compared with last year", "", "last year"),
        ("than a year ago", "", "year before"),
        ("than in the same quarter last year", "", "year before"),
        ("in Q3, compared with the previous quarter", "Q3", "before"),
        ("than in the previous quarter", "", "last quarter"),
        ("from Q3 to Q4", "Q4", "Q3"),
        ("between Q2 and Q3", "Q3", "Q2"),
        ("in 2024 compared with 2023", "2024", "2023"),
        ("year over year", "this year", ""),
        ("YoY", "this year", ""),
        ("over the last six months", "last 6 months", ""),
        ("in the last 90 days", "last 90 days", ""),
        ("this quarter, from 14 % last quarter", "this quarter", "last quarter"),
        ("in May and June", "May..June", ""),
        ("in May, June and July 2024", "May..2024-07", ""),
        ("in Q3 and Q4", "Q3..Q4", ""),
        ("between May and June", "June", "May"),
        ("in May and June better than in March and April", "May..June", "March..April"),
        ("in May and in Q3", "May", ""),
        ("in May, and since June", "May", "June"),
        ("on 2025-01-15", "", ""),
        ("INC-2025-001", "", ""),
    ],
)
def test_a_period(text: str, after: str, before: str) -> None:
    assert periods(text) == (after, before)
