"""IB607: what is finished says since when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

PATH = "postmortems/2025/INC-2025-001.md"
PROOF = "evidence: [{kind: drill, ref: replayed on the standby}]"
Check = Callable[..., list[Finding]]
Base = Callable[..., str]


@pytest.mark.parametrize("status", ["done", "verified"])
def test_missing(check: Check, base: Base, status: str) -> None:
    (found,) = check({PATH: base(PATH, "status: in-progress", f"status: {status}\n    {PROOF}")})
    assert (found.code, found.span.line, found.span.column, found.grade) == ("IB607", 10, 13, Grade.INFO)
    assert found.message == f"AI-2025-001-1 is {status}, and `completed` does not say since when"


def test_given(check: Check, base: Base) -> None:
    text = base(PATH, "status: in-progress", f"status: done\n    completed: 2025-02-01\n    {PROOF}")
    assert check({PATH: text}) == []


def test_what_is_not_finished_owes_none(check: Check) -> None:
    assert check({}) == []
