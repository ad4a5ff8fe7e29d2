"""What two states of a record say differently, fact by fact."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.differences import differences, shown

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
PLAIN = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


@pytest.mark.parametrize(
    ("before", "after", "want"),
    [
        ({"severity": "sev2"}, {"severity": "sev1"}, ["severity: sev2 → sev1"]),
        ({}, {"services": ["api", "web"]}, ["services: api, web (new)"]),
        ({"summary": "x"}, {}, ["summary: x (gone)"]),
        (
            {"milestones": {"resolved": "2025-01-15T04:45:00Z"}},
            {"milestones": {"resolved": "2025-01-15T05:10:00Z"}},
            ["milestones.resolved: 2025-01-15T04:45:00Z → 05:10:00Z"],
        ),
        (
            {"at": "2025-01-15T04:45:00Z"},
            {"at": "2025-01-16T05:10:00Z"},
            ["at: 2025-01-15T04:45:00Z → 2025-01-16T05:10:00Z"],
        ),
        (
            {"timeline": [{"id": "t1", "text": "One"}, {"id": "t2", "text": "Two"}]},
            {"timeline": [{"id": "t2", "text": "Too"}, {"id": "t3", "kind": "note", "text": "Three"}]},
            ["timeline[t1]: text One (gone)", "timeline[t2].text: Two → Too", "timeline[t3]: kind note, text Three (new)"],
        ),
        ({"tags": ["a", "b"]}, {"tags": ["b"]}, ["tags: a, b → b"]),
        ({"near_miss": False}, {"near_miss": True}, ["near_miss: false → true"]),
        ({"steps": [{"id": "s1"}, {"id": "s1"}]}, {"steps": []}, ["steps: ,  → none"]),
    ],
)  # fmt: skip
def test_in_words(before: Any, after: Any, want: list[str]) -> None:
    assert [str(found) for found in differences(before, after)] == want


def test_the_order_of_entries_is_no_fact() -> None:
    one, two = {"id": "a", "x": 1}, {"id": "b", "x": 2}
    assert list(differences({"timeline": [one, two]}, {"timeline": [two, one]})) == []


def test_a_long_value_is_cut() -> None:
    assert len(shown("word " * 30)) == 48


@given(PLAIN)
def test_nothing_differs_from_itself(value: Any) -> None:
    assert list(differences({"x": value}, {"x": copy.deepcopy(value)})) == []


@given(PLAIN, PLAIN)
def test_what_differs_is_told_both_ways(one: Any, other: Any) -> None:
    there, back = (list(differences({"x": a}, {"x": b})) for a, b in ((one, other), (other, one)))
    assert sorted((d.path, d.before, d.after) for d in there) == sorted((d.path, d.after, d.before) for d in back)
