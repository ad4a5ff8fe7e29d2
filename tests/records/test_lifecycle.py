"""The states of an incident and the ways between them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from incidentbook.records.lifecycle import ORDER, judge
from incidentbook.records.vocabulary import Status


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("declared", "investigating"),
        ("declared", "mitigated"),  # people recover before they know why
        ("investigating", "resolved"),
        ("resolved", "closed"),
        ("monitoring", "merged"),
        ("closed", "merged"),
    ],
)
def test_free(before: str, after: str) -> None:
    assert judge(Status(before), Status(after)) == ("", "")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("monitoring", "investigating", "It was monitoring already, and goes back"),
        ("resolved", "investigating", "It was resolved, and opens again"),
        ("closed", "monitoring", "It was closed, and opens again"),
        ("cancelled", "investigating", "It was cancelled, and opens again"),
        ("closed", "resolved", "It was closed already, and goes back"),
        ("mitigated", "closed", "It is mitigated, and would be closed before it was resolved"),
        ("declared", "cancelled", "Cancelling says that it was no incident"),
        ("closed", "cancelled", "Cancelling says that it was no incident"),
    ],
)
def test_with_a_reason(before: str, after: str, why: str) -> None:
    assert judge(Status(before), Status(after)) == ("", why)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("resolved", "resolved", "It is resolved already"),
        ("merged", "investigating", "It was merged into another incident, which goes on in its place"),
        ("cancelled", "closed", "It was cancelled, so it cannot be closed before it is opened again"),
    ],
)
def test_not_at_all(before: str, after: str, why: str) -> None:
    assert judge(Status(before), Status(after)) == (why, "")


def test_every_pair_has_an_answer_and_nothing_is_both_refused_and_reasoned() -> None:
    for before in Status:
        for after in Status:
            change = judge(before, after)
            assert not (change.refused and change.needs_reason), (before, after)


def test_the_way_to_the_close_is_free_step_by_step() -> None:
    for before, after in pairwise(ORDER):
        assert judge(before, after) == ("", "")
