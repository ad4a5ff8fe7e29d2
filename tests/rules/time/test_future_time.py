"""IB205: what a record says has happened lies before now."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

RECORD = "incidents/2025/INC-2025-001.yml"
END = "{id: t2, at: 2025-01-15T04:45:00Z"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2025-03-01T00:00:00Z", False),
        ("2025-03-01T00:00:01Z", True),
        ("2025-03-01T01:00:00+01:00", False),
        ("2025-02-28T23:59:59-01:00", True),
        ("2025-02-28T12:00:00Z", False),
        ("9998-12-31T23:59:59Z", True),
    ],
)
def test_now_is_the_limit(
    check: Callable[..., list[Finding]], base: Callable[..., str], at: str, *, expected: bool
) -> None:
    found = check({RECORD: base(RECORD, END, f"{{id: t2, at: {at}")})
    assert [(f.code, f.span.line, f.span.column, f.grade) for f in found] == (
        [("IB205", 20, 18, Grade.WARNING)] if expected else []
    )


def test_the_message_names_now(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    text = base(RECORD, END, "{id: t2, at: 2025-03-15T04:45:00Z")
    assert said({RECORD: text}) == [
        f"{RECORD}:20:18 IB205 `at` is 2025-03-15T04:45:00Z, and now is 2025-03-01T00:00:00Z"
    ]
    assert said({RECORD: text}, now="2025-03-16 00:00") == []


def test_an_uncertain_time_counts_from_its_earliest(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    at = "{at: 2025-03-01T00:10:00Z, earliest: 2025-02-28T23:50:00Z}"
    assert said({RECORD: base(RECORD, END, f"{{id: t2, at: {at}")}) == []
    at = "{at: 2025-03-01T00:10:00Z, earliest: 2025-03-01T00:00:01Z}"
    assert said({RECORD: base(RECORD, END, f"{{id: t2, at: {at}")}) == [
        f"{RECORD}:20:18 IB205 `at` is 2025-03-01T00:10:00Z, and now is 2025-03-01T00:00:00Z"
    ]
