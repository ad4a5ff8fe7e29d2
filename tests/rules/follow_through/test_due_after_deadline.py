"""IB604: due days within the severity's deadline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

PATH = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
POLICY = "policy/actions.yml"
TERMS = (
    "effective_from: 2024-01-01\nevidence_required: true\nwaiver_max: 60d\n"
    "deadlines:\n  sev1: {high: 21d, medium: 45d, low: 90d}\n"
)
Check = Callable[..., list[Finding]]
Base = Callable[..., str]
LATE = "priority: high\n    due: 2025-02-06"


def test_a_day_too_late(check: Check, base: Base) -> None:
    (found,) = check({PATH: base(PATH, "due: 2025-04-30", LATE), POLICY: TERMS}, now="2025-01-20 00:00")
    assert (found.code, found.span.line, found.span.column, found.grade) == ("IB604", 13, 10, Grade.WARNING)
    assert found.message == (
        "AI-2025-001-1 is due on 2025-02-06, 1 day after 2025-02-05: "
        "policy gives high priority 21 days after the start of a sev1"
    )
    assert found.hint == "Promise an earlier day, or let a waiver say who allows the later one, and why."
    assert [(near.path, near.span.line, near.span.column) for near in found.related] == [(POLICY, 5, 16)]


@pytest.mark.parametrize(
    "due",
    [
        "priority: high\n    due: 2025-02-05",
        "priority: medium\n    due: 2025-03-01",
        "due: 2025-02-06",
        f"{LATE}\n    recurrence: FREQ=MONTHLY",
        f"{LATE}\n    waiver: {{owner: platform, reason: The cluster first, until: 2025-02-06}}",
    ],
)
def test_in_time_without_a_deadline_or_let_off(check: Check, base: Base, due: str) -> None:
    assert check({PATH: base(PATH, "due: 2025-04-30", due), POLICY: TERMS}, now="2025-01-20 00:00") == []


def test_a_waiver_that_ends_before_the_due_day_lets_nobody_off(check: Check, base: Base) -> None:
    due = f"{LATE}\n    waiver: {{owner: platform, reason: The cluster first, until: 2025-02-05}}"
    found = check({PATH: base(PATH, "due: 2025-04-30", due), POLICY: TERMS}, now="2025-01-20 00:00")
    assert [one.code for one in found] == ["IB604"]


@pytest.mark.parametrize(
    "status",
    ["proposed", "cancelled\n    reason: x", "accepted-risk\n    reason: x\n    accepted_until: 2025-03-01"],
)
def test_what_is_no_open_promise(check: Check, base: Base, status: str) -> None:
    text = base(PATH, "due: 2025-04-30", LATE).replace("status: in-progress", f"status: {status}")
    assert check({PATH: text, POLICY: TERMS}, now="2025-01-20 00:00") == []


def test_policy_does_not_judge_what_was_before_it(check: Check, base: Base) -> None:
    later = TERMS.replace("2024-01-01", "2025-01-16")
    assert check({PATH: base(PATH, "due: 2025-04-30", LATE), POLICY: later}, now="2025-01-20 00:00") == []


def test_of_several_incidents_the_longest_counts(check: Check, base: Base) -> None:
    other = (
        "id: INC-2025-002\ntitle: x\nstatus: declared\nseverity: sev3\nmilestones: {started: 2025-01-16T00:00:00Z}\n"
    )
    text = base(PATH, "due: 2025-04-30", LATE).replace("[INC-2025-001]", "[INC-2025-001, INC-2025-002]")
    files = {PATH: text, "incidents/2025/INC-2025-002.yml": other}
    for high, codes in (("30d", []), ("10d", ["IB604"])):
        terms = f"{TERMS}  sev3: {{high: {high}, medium: 90d, low: 180d}}\n"
        assert [one.code for one in check({**files, POLICY: terms}, now="2025-01-20 00:00")] == codes
    assert check({**files, POLICY: TERMS}, now="2025-01-20 00:00") == [], "an incident without a deadline gives none"


def test_each_item_is_judged_by_itself(check: Check, base: Base) -> None:
    second = f"due: 2025-04-30\n  - id: AI-2025-001-2\n    title: x\n    status: in-progress\n    owner: platform\n    {LATE}"
    found = check({PATH: base(PATH, "due: 2025-04-30", second), POLICY: TERMS}, now="2025-01-20 00:00")
    assert [(one.code, one.span.line) for one in found] == [("IB604", 18)]


@pytest.mark.parametrize(("due", "codes"), [("2025-08-06", []), ("2025-08-07", ["IB604"])])
def test_days_are_those_of_the_knowledge_base(check: Check, base: Base, due: str, codes: list[str]) -> None:
    """In Lisbon it is the 16th, half an hour past midnight; so the first day of the policy and three weeks later the last."""
    files = {
        RECORD: base(RECORD).replace("2025-01-15T02:", "2025-07-15T23:").replace("2025-01-15T04:", "2025-07-16T00:"),
        PATH: base(PATH, "due: 2025-04-30", f"priority: high\n    due: {due}"),
        POLICY: TERMS.replace("2024-01-01", "2025-07-16"),
    }
    assert [one.code for one in check(files, now="2025-07-17 00:00")] == codes


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PATH, "incidents: [INC-2025-001]", "incidents: [INC-2025-001, INC-2023-999]"),
        (PATH, "incidents: [INC-2025-001]", "incidents: []"),
        (RECORD, "  started: 2025-01-15T02:30:00Z\n", ""),
        (RECORD, "severity: sev1\n", ""),
    ],
)
def test_what_nobody_knows_gives_no_deadline(check: Check, base: Base, path: str, old: str, new: str) -> None:
    files = {PATH: base(PATH, "due: 2025-04-30", LATE), RECORD: base(RECORD), POLICY: TERMS}
    files[path] = files[path].replace(old, new)
    found = check(files, now="2025-01-20 00:00")
    assert found, "other rules say what is wrong"
    assert "IB604" not in [one.code for one in found]


def test_a_front_matter_that_is_no_mapping_is_said_by_the_schema_alone(check: Check) -> None:
    found = check({PATH: "---\n- INC-2025-001\n---\n", POLICY: TERMS})
    assert not [one.code for one in found if one.path == PATH and not one.code.startswith("IB1")]
