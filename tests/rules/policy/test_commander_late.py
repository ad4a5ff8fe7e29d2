"""IB504: an incident commander within the policy's minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade
from kb import ROOT

RECORD = "incidents/2025/INC-2025-001.yml"
POLICY = "policy/severities.yml"
HOUSE = "policy/knowledge-base.yml"
MINIMAL = ROOT / "tests" / "kb_minimal"
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


def history(*changes: tuple[str, str]) -> str:
    lines = [f"  - {{id: s{n}, to: {to}, at: 2025-01-15T{at}:00Z}}\n" for n, (to, at) in enumerate(changes)]
    return "severity_history:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("changes", "since"),
    [
        ([("sev1", "03:00")], "start at 2025-01-15T02:30:00Z"),
        ([("sev3", "02:20"), ("sev1", "02:30")], "start at 2025-01-15T02:30:00Z"),
        ([("sev3", "02:31"), ("sev2", "03:00")], "start at 2025-01-15T02:30:00Z"),
        ([("sev1", "02:31"), ("sev1", "03:00")], "start at 2025-01-15T02:30:00Z"),
        ([("sev1", "03:00"), ("sev3", "02:31")], "change of severity at 2025-01-15T03:00:00Z"),
        ([("sev3", "02:31"), ("sev1", "03:00"), ("sev2", "03:10"), ("sev1", "03:20")],
         "change of severity at 2025-01-15T03:20:00Z"),
    ],
)  # fmt: skip
def test_what_the_minutes_run_from(
    said: Said, files: Callable[..., dict[str, str]], changes: list[tuple[str, str]], since: str
) -> None:
    found = said(files(role("2025-01-15T04:00:00Z"), more=history(*changes)))
    assert [line.split(" from the ")[1] for line in found if "IB504" in line] == [since]


def test_minutes_run_from_the_declaration_where_there_is_one(said: Said, files: Callable[..., dict[str, str]]) -> None:
    found = said(files(role("2025-01-15T02:46:00Z"), "  declared: 2025-01-15T02:40:00Z\n"))
    assert [line.split(" from the ")[1] for line in found] == ["declaration at 2025-01-15T02:40:00Z"]


@pytest.mark.parametrize(("clock", "codes"), [("02:34:59", []), ("02:35:00", []), ("02:35:01", ["IB504"])])
def test_nobody_is_missed_before_the_minutes_are_over(
    said: Said, files: Callable[..., dict[str, str]], clock: str, codes: list[str]
) -> None:
    record = files("")[RECORD].replace("status: resolved", "status: investigating")
    record = record.replace("  resolved: 2025-01-15T04:45:00Z\n", "").replace("  acknowledged:", "  # acknowledged:")
    found = said(files("") | {RECORD: record}, now=f"2025-01-15 {clock}")
    assert [line.split()[1] for line in found if "IB504" in line] == codes


def test_what_was_closed_without_being_resolved_is_over(said: Said, files: Callable[..., dict[str, str]]) -> None:
    changed = files("")
    changed[RECORD] = changed[RECORD].replace("  resolved: 2025-01-15T04:45:00Z", "  closed: 2025-01-15T02:34:00Z")
    assert [line for line in said(changed) if "IB504" in line] == []


@pytest.mark.parametrize(
    ("first_day", "zone", "started", "is_judged"),
    [
        ("2025-01-15", "Europe/Lisbon", "2025-01-15T02:30:00Z", True),
        ("2025-01-16", "Europe/Lisbon", "2025-01-15T02:30:00Z", False),
        ("2025-01-15", "Pacific/Auckland", "2025-01-14T11:30:00Z", True),
        ("2025-01-15", "America/Los_Angeles", "2025-01-15T07:30:00Z", False),
    ],
)
def test_policy_judges_from_its_first_day_on_in_the_zone_of_the_knowledge_base(
    said: Said, files: Callable[..., dict[str, str]], first_day: str, zone: str, started: str, *, is_judged: bool
) -> None:
    changed = files("") | {HOUSE: (MINIMAL / HOUSE).read_text("utf-8").replace("Europe/Lisbon", zone)}
    changed[RECORD] = changed[RECORD].replace("started: 2025-01-15T02:30:00Z", f"started: {started}")
    changed[POLICY] = changed[POLICY].replace("effective_from: 2024-01-01", f"effective_from: {first_day}")
    assert ["IB504" in line for line in said(changed) if "IB504" in line] == [True] * is_judged
