"""IB602 and IB603: waivers and accepted risks end with their last day in the knowledge base's zone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

PATH = "postmortems/2025/INC-2025-001.md"
Check = Callable[..., list[Finding]]
Base = Callable[..., str]
WAIVER = "due: 2025-04-30\n    waiver: {owner: platform, reason: First the cluster, until: 2025-05-15}"
RISK = "due: 2025-04-30\n    accepted_until: 2025-05-15\n    reason: The hall closes"


@pytest.mark.parametrize(("now", "over"), [("2025-05-15 22:59:59", False), ("2025-05-15 23:00", True)])
def test_waiver_ends_with_its_day(check: Check, base: Base, now: str, *, over: bool) -> None:
    found = check({PATH: base(PATH, "due: 2025-04-30", WAIVER)}, now=now)
    assert [(f.code, f.span.line, f.span.column, f.message, f.grade) for f in found] == (
        [("IB602", 13, 65, "The waiver of AI-2025-001-1 ended on 2025-05-15", Grade.WARNING)] if over else []
    )


@pytest.mark.parametrize(("now", "over"), [("2025-05-15 22:59:59", False), ("2025-05-15 23:00", True)])
def test_accepted_risk_ends_with_its_day(check: Check, base: Base, now: str, *, over: bool) -> None:
    text = base(PATH, "due: 2025-04-30", RISK).replace("status: in-progress", "status: accepted-risk")
    found = check({PATH: text}, now=now)
    assert [(f.code, f.span.line, f.span.column, f.message, f.grade) for f in found] == (
        [("IB603", 13, 21, "The risk of AI-2025-001-1 was accepted until 2025-05-15", Grade.WARNING)] if over else []
    )


@pytest.mark.parametrize("status", ["cancelled", "proposed"])
def test_what_binds_nobody_needs_no_waiver(check: Check, base: Base, status: str) -> None:
    text = base(PATH, "due: 2025-04-30", f"{WAIVER}\n    reason: x").replace("status: in-progress", f"status: {status}")
    assert check({PATH: text}, now="2025-06-01 00:00") == []


def test_an_overdue_item_is_no_finding_of_check(check: Check) -> None:
    assert check({}, now="2025-06-01 00:00") == []


def test_a_day_until_which_no_risk_is_accepted_ends_nothing(check: Check, base: Base) -> None:
    found = check({PATH: base(PATH, "due: 2025-04-30", RISK)}, now="2025-06-01 00:00")
    assert "IB603" not in [one.code for one in found], "the item is in progress"
