"""IB208: one holder at a time, and five minutes for a hand-over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"
FIRST = "{id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:32:00Z, to: 2025-01-15T04:45:00Z}"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.fixture
def with_roles(base: Base) -> Callable[..., dict[str, str]]:
    """The record with a second interval; each is (role, to of the first, from of the second)."""

    def files(role: str, to: str, start: str) -> dict[str, str]:
        first = f"{{id: r1, role: {role}, holder: database, from: 2025-01-15T02:32:00Z{to and f', to: {to}'}}}"
        second = f"{{id: r2, role: {role}, holder: platform, from: {start}, to: 2025-01-15T04:45:00Z}}"
        return {RECORD: base(RECORD, FIRST, f"{first}\n  - {second}")}

    return files


def test_two_at_once(said: Said, with_roles: Callable[..., dict[str, str]]) -> None:
    (found,) = said(with_roles("incident-commander", "2025-01-15T03:35:01Z", "2025-01-15T03:30:00Z"))
    assert found == (
        f"{RECORD}:15:64 IB208 Two hold the role incident-commander at once for 5 minutes 1 second: "
        "`r2` begins, and `r1` has not ended"
    )


def test_forgotten_end(said: Said, with_roles: Callable[..., dict[str, str]]) -> None:
    assert said(with_roles("operations-lead", "", "2025-01-15T03:30:00Z")) == [
        f"{RECORD}:15:61 IB208 Two hold the role operations-lead at once: `r2` begins, and `r1` has no end"
    ]


def test_hand_over_and_gap_are_fine(said: Said, with_roles: Callable[..., dict[str, str]]) -> None:
    for start in ("2025-01-15T03:30:00Z", "2025-01-15T03:35:00Z", "2025-01-15T04:00:00Z"):
        assert said(with_roles("incident-commander", "2025-01-15T03:35:00Z", start)) == []


def test_uncertain_times_are_taken_at_their_least(said: Said, with_roles: Callable[..., dict[str, str]]) -> None:
    to = "{at: 2025-01-15T03:50:00Z, earliest: 2025-01-15T03:31:00Z}"
    assert said(with_roles("incident-commander", to, "2025-01-15T03:30:00Z")) == []


def test_roles_that_many_can_hold(said: Said, with_roles: Callable[..., dict[str, str]]) -> None:
    files = with_roles("responder", "", "2025-01-15T03:30:00Z")
    assert said(files) == []
    rotation = (
        "effective_from: 2024-01-01\nrotations:\n"
        "  - {id: x, role: responder, teams: [platform], type: weekly, start: 2025-01-06T09:00:00Z}\n"
    )
    assert [line.split()[1] for line in said(files | {"policy/rotation.yml": rotation})] == ["IB208"]


def test_two_roles_are_two(said: Said, base: Base) -> None:
    scribe = "{id: r2, role: scribe, holder: database, from: 2025-01-15T02:32:00Z}"
    assert said({RECORD: base(RECORD, FIRST, f"{FIRST}\n  - {scribe}")}) == []


def roles(base: Base, *intervals: str) -> dict[str, str]:
    """Return the record with these intervals of one day, each ``role from to``; ``-`` for no end, and no ids."""
    lines = []
    for interval in intervals:
        role, start, end = interval.split()
        to = "" if end == "-" else f", to: 2025-01-15T{end}:00Z"
        lines.append(f"{{role: {role}, holder: database, from: 2025-01-15T{start}:00Z{to}}}")
    return {RECORD: base(RECORD, FIRST, "\n  - ".join(lines))}


@pytest.mark.parametrize(
    ("intervals", "messages"),
    [
        (["scribe 02:32 -", "scribe 03:00 -"], ["scribe at once: `item 2` begins, and `item 1` has no end"]),
        (["scribe 03:00 -", "scribe 03:00 04:00"], ["scribe at once: `item 2` begins, and `item 1` has no end"]),
        (
            ["scribe 02:32 04:45", "scribe 03:00 03:05", "scribe 03:30 04:00"],
            ["scribe at once for 30 minutes: `item 3` begins, and `item 1` has not ended"],
        ),
        (
            ["scribe 02:32 04:45", "scribe 03:00 04:45", "scribe 04:00 04:10"],
            [
                "scribe at once for 1 hour 45 minutes: `item 2` begins, and `item 1` has not ended",
                "scribe at once for 10 minutes: `item 3` begins, and `item 1` has not ended",
            ],
        ),
        (
            ["scribe 02:32 03:00", "scribe 03:00 04:45", "scribe 04:00 04:10"],
            ["scribe at once for 10 minutes: `item 3` begins, and `item 2` has not ended"],
        ),
        (
            ["scribe 02:32 03:00", "scribe 03:00 -", "scribe 04:00 04:10"],
            ["scribe at once: `item 3` begins, and `item 2` has no end"],
        ),
        (
            ["scribe 02:32 03:00", "scribe 02:56 03:00", "scribe 02:50 02:58"],
            [
                "scribe at once for 8 minutes: `item 3` begins, and `item 1` has not ended",
            ],
        ),
        (
            ["responder 02:32 -", "scribe 02:32 04:00", "scribe 03:00 04:00"],
            ["scribe at once for 1 hour: `item 3` begins, and `item 2` has not ended"],
        ),
    ],
)
def test_who_is_named(said: Said, base: Base, intervals: list[str], messages: list[str]) -> None:
    found = [
        line.partition(" IB208 Two hold the role ")[2] for line in said(roles(base, *intervals)) if "IB208" in line
    ]
    assert found == messages
