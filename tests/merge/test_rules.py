"""What fields mean where both sides changed one: which value holds, and what follows from it."""

from __future__ import annotations

import pytest

from merge_examples import TIME, below, both, taken


@pytest.mark.parametrize(("log", "field", "ours", "theirs", "last"), [
    ("transitions", "status", ("investigating", "02:40"), ("identified", "02:50"), "identified"),
    ("transitions", "status", ("resolved", "03:10"), ("mitigated", "03:00"), "resolved"),
    ("severity_history", "severity", ("sev1", "02:50"), ("sev3", "02:40"), "sev1"),
])  # fmt: skip
def test_the_last_change_by_time_says_how_it_stands(
    log: str, field: str, ours: tuple[str, str], theirs: tuple[str, str], last: str
) -> None:
    before = {"status": "declared", "severity": "sev2"}[field]
    sides = [
        [(f"{field}: {before}", f"{field}: {to}"), below(log, f"  - {{id: n{to}, to: {to}, at: {TIME.format(at)}}}")]
        for to, at in (ours, theirs)
    ]
    text = taken(*sides)
    assert f"\n{field}: {last}\n" in text
    assert text.count("{id: n") == 2


def test_a_status_back_at_what_it_was_holds_when_it_came_last() -> None:
    ours = [
        ("status: declared", "status: resolved"),
        below("transitions", f"  - {{id: x2, to: resolved, at: {TIME.format('03:00')}}}"),
    ]
    monitoring = f"  - {{id: x3, to: monitoring, at: {TIME.format('03:05')}}}\n"
    again = f"  - {{id: x4, to: declared, at: {TIME.format('03:06')}}}"
    theirs = [below("transitions", monitoring + again)]
    assert "\nstatus: declared\n" in taken(ours, theirs)


@pytest.mark.parametrize(
    ("name", "kept"), [("acknowledged", "02:40"), ("detected", "02:40"), ("resolved", "02:45"), ("closed", "02:45")]
)
def test_of_two_times_the_first_or_the_last_holds(name: str, kept: str) -> None:
    sides = [[below("milestones", f"  {name}: {TIME.format(at)}")] for at in ("02:45", "02:40")]
    assert f"  {name}: {TIME.format(kept)}\n" in taken(*sides)


def test_a_milestone_that_both_corrected_is_a_conflict() -> None:
    result = both(
        [("started: 2025-01-15T02:30", "started: 2025-01-15T02:20")],
        [("started: 2025-01-15T02:30", "started: 2025-01-15T02:25")],
    )
    assert result.conflicts == ("milestones.started",)


def test_a_role_that_both_handed_on_passes_from_one_to_the_next() -> None:
    def handed(to: str, at: str) -> list[tuple[str, str]]:
        interval = f"  - {{id: {to}, role: scribe, holder: {to}, from: {TIME.format(at)}}}"
        return [("from: 2025-01-15T02:33:00Z}\n", f"from: 2025-01-15T02:33:00Z, to: {TIME.format(at)}}}\n{interval}\n")]

    text = taken(handed("dba", "02:41"), handed("web", "02:43"))
    assert "holder: sre, from: 2025-01-15T02:33:00Z, to: 2025-01-15T02:41:00Z}\n" in text
    assert "holder: dba, from: 2025-01-15T02:41:00Z, to: 2025-01-15T02:43:00Z}\n" in text
    assert "holder: web, from: 2025-01-15T02:43:00Z}\n" in text


def test_a_phase_that_both_ended_lasts_until_the_later_end() -> None:
    sides = [
        [("from: 2025-01-15T02:30:00Z}", f"from: 2025-01-15T02:30:00Z, to: {TIME.format(at)}}}")]
        for at in ("03:00", "03:05")
    ]
    assert "to: 2025-01-15T03:05:00Z}" in taken(*sides)
