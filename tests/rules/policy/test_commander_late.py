"""IB504: an incident commander within the policy's minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

RECORD = "incidents/2025/INC-2025-001.yml"
POLICY = "policy/severities.yml"
ROLE = "roles:\n  - {id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:32:00Z, to: 2025-01-15T04:45:00Z}\n"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.fixture
def files(base: Base) -> Callable[..., dict[str, str]]:
    """The record with its roles and milestones changed, and five minutes for a commander."""

    def made(roles: str, declared: str = "", more: str = "") -> dict[str, str]:
        record = base(RECORD, ROLE, roles + more).replace("  resolved:", f"{declared}  resolved:")
        policy = base(POLICY, "    name: Critical\n", "    name: Critical\n    targets: {commander: 5m}\n")
        return {RECORD: record, POLICY: policy}

    return made


def role(start: str, name: str = "incident-commander") -> str:
    return f"roles:\n  - {{id: r1, role: {name}, holder: database, from: {start}}}\n"


def test_what_is_past_fails_no_run(check: Callable[..., list[Finding]], files: Callable[..., dict[str, str]]) -> None:
    """Nobody can come in time any more; that nobody is named at all can be mended."""
    grades = [
        found.grade
        for roles in (role("2025-01-15T02:35:01Z"), "")
        for found in check(files(roles))
        if found.code == "IB504"
    ]
    assert grades == [Grade.INFO, Grade.WARNING]


def test_late(said: Said, files: Callable[..., dict[str, str]]) -> None:
    assert [line for line in said(files(role("2025-01-15T02:35:01Z"))) if "IB504" in line] == [
        (
            f"{RECORD}:14:64 IB504 An incident commander was there from 2025-01-15T02:35:01Z, after 5 minutes 1 second: "
            "policy gives a sev1 5 minutes from the start at 2025-01-15T02:30:00Z"
        )
    ]


@pytest.mark.parametrize("roles", ["", role("2025-01-15T02:31:00Z", "scribe")])
def test_nobody(said: Said, files: Callable[..., dict[str, str]], roles: str) -> None:
    found = said(files(roles))
    assert [line for line in found if "IB504" in line] == [
        (
            f"{RECORD}:4:11 IB504 INC-2025-001 has no incident commander: "
            "policy gives a sev1 5 minutes from the start at 2025-01-15T02:30:00Z"
        )
    ]


@pytest.mark.parametrize(
    ("start", "declared"),
    [
        ("2025-01-15T02:35:00Z", ""),
        ("2025-01-15T02:45:00Z", "  declared: 2025-01-15T02:40:00Z\n"),
        ("2025-01-15T02:10:00Z", ""),
        ("{at: 2025-01-15T02:50:00Z, earliest: 2025-01-15T02:34:00Z}", ""),
    ],
)
def test_in_time(said: Said, files: Callable[..., dict[str, str]], start: str, declared: str) -> None:
    assert [line for line in said(files(role(start), declared)) if "IB504" in line] == []


def test_minutes_run_from_when_it_became_so_severe(said: Said, files: Callable[..., dict[str, str]]) -> None:
    history = (
        "severity_history:\n  - {id: s1, to: sev3, at: 2025-01-15T02:31:00Z}\n"
        "  - {id: s2, to: sev1, at: 2025-01-15T03:00:00Z}\n"
    )
    assert said(files(role("2025-01-15T03:05:00Z"), more=history)) == []
    (found,) = said(files(role("2025-01-15T03:06:00Z"), more=history))
    assert found.endswith("policy gives a sev1 5 minutes from the change of severity at 2025-01-15T03:00:00Z")


def test_a_drill_is_not_judged(said: Said, files: Callable[..., dict[str, str]]) -> None:
    changed = files("")
    changed[RECORD] = changed[RECORD].replace("disclosure: public", "disclosure: public\nexercise: true")
    assert said(changed) == []


def test_without_a_target_nobody_is_late(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, ROLE, "")}) == []
