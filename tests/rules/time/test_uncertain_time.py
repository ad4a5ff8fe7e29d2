"""IB209: ranges that exclude their own time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"
DETECTED = "detected: 2025-01-15T02:32:00Z"
Said = Callable[..., list[str]]
Base = Callable[..., str]
EARLY, MIDDLE, LATE = "2025-01-15T02:31:00Z", "2025-01-15T02:32:00Z", "2025-01-15T02:33:00Z"


@pytest.mark.parametrize(
    ("value", "column", "message"),
    [
        (f"{{at: {EARLY}, earliest: {MIDDLE}}}", 18, f"`at` is {EARLY}, before `earliest` at {MIDDLE}"),
        (f"{{at: {LATE}, latest: {MIDDLE}}}", 18, f"`at` is {LATE}, after `latest` at {MIDDLE}"),
        (
            f"{{at: {MIDDLE}, earliest: {LATE}, latest: {EARLY}}}",
            50,
            f"`earliest` is {LATE}, after `latest` at {EARLY}",
        ),
    ],
)
def test_impossible(said: Said, base: Base, value: str, column: int, message: str) -> None:
    assert said({RECORD: base(RECORD, DETECTED, f"detected: {value}")}) == [f"{RECORD}:10:{column} IB209 {message}"]


@pytest.mark.parametrize(
    "value",
    [
        f"{{at: {MIDDLE}, earliest: {EARLY}, latest: {LATE}}}",
        f"{{at: {MIDDLE}, earliest: {MIDDLE}, latest: {MIDDLE}}}",
        f"{{at: {MIDDLE}, latest: 2025-01-15T03:32:00+01:00}}",
        MIDDLE,
    ],
)
def test_possible(said: Said, base: Base, value: str) -> None:
    assert said({RECORD: base(RECORD, DETECTED, f"detected: {value}")}) == []


def test_in_the_timeline(said: Said, base: Base) -> None:
    text = base(RECORD, "{id: t1, at: 2025-01-15T02:30:00Z", f"{{id: t1, at: {{at: {LATE}, latest: {EARLY}}}")
    assert said({RECORD: text}) == [f"{RECORD}:19:23 IB209 `at` is {LATE}, after `latest` at {EARLY}"]


def test_each_time_is_one_finding(said: Said, base: Base) -> None:
    good, bad = f"{{at: {MIDDLE}, latest: {LATE}}}", f"{{at: {LATE}, latest: {EARLY}}}"
    text = base(RECORD, DETECTED, f"detected: {good}\n  declared: {bad}\n  identified: {bad}")
    assert [line.split()[:2] for line in said({RECORD: text})] == [
        [f"{RECORD}:11:18", "IB209"],
        [f"{RECORD}:12:20", "IB209"],
    ]
