"""IB501: who owes a post-mortem, and from when on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding
from kb import ROOT

POSTMORTEM = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.fixture
def without(base: Base) -> Callable[..., dict[str, str | None]]:
    """The knowledge base without its post-mortem, and its record changed."""

    def files(old: str = "", new: str = "") -> dict[str, str | None]:
        text = base(RECORD).replace(
            "remediation:\n  long_term: [{text: Alert on replication lag, action: AI-2025-001-1}]\n", ""
        )
        assert old in text
        return {POSTMORTEM: None, RECORD: text.replace(old, new) if old else text}

    return files


def test_due_once_the_time_has_passed(
    check: Callable[..., list[Finding]], without: Callable[..., dict[str, str | None]]
) -> None:
    assert check(without(), now="2025-01-17 04:44:59") == []
    (found,) = check(without(), now="2025-01-17 04:45")
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB501", RECORD, 4, 11)
    assert found.message == (
        "INC-2025-001 is sev1 and was resolved at 2025-01-15T04:45:00Z: policy asks for a post-mortem within 2 days, "
        "and there is none (due 2025-01-17T04:45:00Z)"
    )
    assert found.hint == "Write postmortems/2025/INC-2025-001.md."
    assert [near.path for near in found.related] == ["policy/severities.yml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("disclosure: public", "disclosure: public\nexercise: true"),
        ("disclosure: public", "disclosure: public\nnear_miss: true"),
        ("status: resolved", "status: cancelled"),
        ("severity: sev1", "severity: sev3"),
        ("severity: sev1", "severity: unclassified"),
        ("disclosure: public", "disclosure: public\nprovenance: {source: statuspage}"),
        ("status: resolved", "status: monitoring"),
    ],
)
def test_who_owes_none(said: Said, without: Callable[..., dict[str, str | None]], old: str, new: str) -> None:
    assert said(without(old, new)) == []


def test_where_policy_lets_one_be_skipped_it_says_so(
    check: Callable[..., list[Finding]], base: Base, without: Callable[..., dict[str, str | None]]
) -> None:
    policy = base("policy/severities.yml").replace(
        "postmortem: required", "postmortem: required\n    postmortem_skippable: true"
    )
    (found,) = check(without() | {"policy/severities.yml": policy})
    assert found.hint == "Write postmortems/2025/INC-2025-001.md; with `status: skipped` it gives its reason."


def test_a_skipped_one_is_not_missing(said: Said) -> None:
    text = "---\nincidents: [INC-2025-001]\nstatus: skipped\nskip_reason: Same as the one before\n---\n"
    assert [line for line in said({POSTMORTEM: text}) if "IB501" in line] == []


def test_policy_does_not_judge_what_was_before_it(
    said: Said, base: Base, without: Callable[..., dict[str, str | None]]
) -> None:
    policy = "policy/severities.yml"
    later = base(policy, "effective_from: 2024-01-01", "effective_from: 2025-01-16")
    assert said(without() | {policy: later}) == []


@pytest.mark.parametrize(
    ("first_day", "zone", "resolved", "is_judged"),
    [
        ("2025-01-15", "Europe/Lisbon", "2025-01-15T04:45:00Z", True),
        ("2025-01-16", "Pacific/Auckland", "2025-01-15T11:45:00Z", True),
        ("2025-01-15", "America/Los_Angeles", "2025-01-15T07:45:00Z", False),
    ],
)
def test_policy_judges_what_is_resolved_from_its_first_day_on(
    said: Said,
    without: Callable[..., dict[str, str | None]],
    first_day: str,
    zone: str,
    resolved: str,
    *,
    is_judged: bool,
) -> None:
    files = without("  resolved: 2025-01-15T04:45:00Z", f"  resolved: {resolved}")
    for name, old, new in (
        ("policy/severities.yml", "2024-01-01", first_day),
        ("policy/knowledge-base.yml", "Europe/Lisbon", zone),
    ):
        files[name] = (ROOT / "tests" / "kb_minimal" / name).read_text("utf-8").replace(old, new)
    assert ["IB501" in line for line in said(files) if "IB501" in line] == [True] * is_judged


def test_without_a_time_it_is_due_at_once(
    check: Callable[..., list[Finding]], base: Base, without: Callable[..., dict[str, str | None]]
) -> None:
    policy = "policy/severities.yml"
    found = check(without() | {policy: base(policy, "    postmortem_within: 48h\n", "")}, now="2025-01-15 04:45")
    assert [one.message for one in found] == [
        "INC-2025-001 is sev1 and was resolved at 2025-01-15T04:45:00Z: policy asks for a post-mortem, and there is none"
    ]


def test_it_belongs_where_the_record_does(check: Callable[..., list[Finding]], base: Base) -> None:
    text = base(RECORD, "id: INC-2025-001", "id: rota-7").replace("postmortem", "")
    found = check({RECORD: None, POSTMORTEM: None, "incidents/odd/rota-7.yml": text})
    assert [one.hint for one in found if one.code == "IB501"] == ["Write postmortems/odd/rota-7.md."]


def test_a_record_under_another_name_is_asked_for_its_name_first(
    check: Callable[..., list[Finding]], base: Base
) -> None:
    found = check({RECORD: None, POSTMORTEM: None, "incidents/2025/INC-2025-002.yml": base(RECORD)})
    assert "IB301" in [one.code for one in found]
    assert [one for one in found if one.code == "IB501"] == []


def test_a_post_mortem_that_cannot_be_read_is_there(check: Callable[..., list[Finding]]) -> None:
    found = check({POSTMORTEM: "---\nincidents: [INC-2025-001\n---\n"})
    assert "IB001" in [one.code for one in found]
    assert [one for one in found if one.code == "IB501"] == []
