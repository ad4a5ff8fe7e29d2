"""IB210: the lines of a timeline follow each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

RECORD = "incidents/2025/INC-2025-001.yml"
LAST = "{id: t2, at: 2025-01-15T04:45:00Z"
Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_before_the_one_above(check: Callable[..., list[Finding]], base: Base) -> None:
    (found,) = check({RECORD: base(RECORD, LAST, "{id: t2, at: 2025-01-15T02:29:59Z")})
    assert (found.code, found.span.line, found.span.column, found.grade) == ("IB210", 20, 18, Grade.INFO)
    assert found.message == (
        "This timeline entry is of 2025-01-15T02:29:59Z, and the one above it of 2025-01-15T02:30:00Z"
    )
    assert [(near.path, near.span.line) for near in found.related] == [(RECORD, 19)]


@pytest.mark.parametrize(
    "at",
    [
        "2025-01-15T02:30:00Z",
        "2025-01-15T03:31:00+01:00",
        "{at: 2025-01-15T02:29:00Z, latest: 2025-01-15T02:30:00Z}",
    ],
)
def test_same_instant_offset_and_doubt_are_fine(said: Said, base: Base, at: str) -> None:
    assert said({RECORD: base(RECORD, LAST, f"{{id: t2, at: {at}")}) == []


def test_one_that_stands_too_high_is_said_once(said: Said, base: Base) -> None:
    more = LAST.replace("t2", "t0") + ", text: x}\n  - {id: t3, at: 2025-01-15T03:00:00Z, text: y}\n  - " + LAST
    assert [line.split()[0] for line in said({RECORD: base(RECORD, LAST, more)})] == [f"{RECORD}:21:18"]


def test_an_entry_without_a_time_is_passed_over(said: Said, base: Base) -> None:
    text = base(RECORD, LAST, "{id: t2, at: soon, text: x}\n  - {id: t3, at: 2025-01-15T02:00:00Z")
    assert [line.split()[:2] for line in said({RECORD: text})] == [
        [f"{RECORD}:20:18", "IB202"],
        [f"{RECORD}:21:18", "IB210"],
    ]


EARLIER = "{id: t2, at: 2025-01-15T02:00:00Z, text: x}"


@pytest.mark.parametrize(
    ("new", "fixed"),
    [
        (f"  - {EARLIER}", True),
        (f"  - a word\n  - {EARLIER}", False),
        (f"  - &x {EARLIER}\n  - *x", False),
    ],
)
def test_it_is_put_in_order_where_all_of_it_can_move(
    check: Callable[..., list[Finding]], base: Base, new: str, *, fixed: bool
) -> None:
    last = "  - {id: t2, at: 2025-01-15T04:45:00Z, kind: recovery, text: Requests succeed again}"
    found = [each for each in check({RECORD: base(RECORD, last, new)}) if each.code == "IB210"]
    assert {each.fix is not None for each in found} == {fixed}


def test_a_timeline_that_is_no_list_is_not_put_in_order(check: Callable[..., list[Finding]], base: Base) -> None:
    text = base(RECORD, "timeline:\n  - ", "timeline:\n  a: ").replace("  - {id: t2", "  b: {id: t2")
    found = check({RECORD: text.replace("b: {id: t2, at: 2025-01-15T04:45", "b: {id: t2, at: 2025-01-15T02:00")})
    assert [each.fix for each in found if each.code == "IB210"] == [None]
