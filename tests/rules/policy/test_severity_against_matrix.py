"""IB503: the severity that the facts give, or a reason for another."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

RECORD = "incidents/2025/INC-2025-001.yml"
POLICY = "policy/severities.yml"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.fixture
def files(base: Base) -> Callable[..., dict[str, str]]:
    """The record with a severity and facts."""

    def made(severity: str, facts: str) -> dict[str, str]:
        text = base(RECORD, "severity: sev1", f"severity: {severity}")
        return {RECORD: text.replace("impact:\n", f"classification: {{{facts}}}\nimpact:\n")}

    return made


def test_worse_than_it_says(check: Callable[..., list[Finding]], files: Callable[..., dict[str, str]]) -> None:
    (found,) = check(files("sev3", "customers_affected_pct: 60"))
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB503", RECORD, 4, 11)
    assert found.grade is Grade.WARNING
    assert found.message == (
        "The incident is sev3, and the impact matrix gives sev1: 60% of customers affected (threshold 50%)"
    )
    assert [near.path for near in found.related] == [POLICY]


def test_milder_than_it_says(said: Said, files: Callable[..., dict[str, str]]) -> None:
    assert said(files("sev1", "customers_affected_pct: 49")) == [
        (
            f"{RECORD}:4:11 IB503 The incident is sev1, and the impact matrix gives sev3: "
            "49% of customers affected (threshold 1%)"
        )
    ]
    assert said(files("sev1", "customers_affected_pct: 0")) == [
        f"{RECORD}:4:11 IB503 The incident is sev1, and the impact matrix gives sev3: no fact of the record makes it sev1"
    ]


@pytest.mark.parametrize(
    ("severity", "facts"),
    [
        ("sev1", "customers_affected_pct: 50"),
        ("sev3", "customers_affected_pct: 49"),
        ("sev1", "data_loss: none"),
        ("sev1", "data_exposed: false"),
        ("unclassified", "customers_affected_pct: 60"),
        ("sev3", "customers_affected_pct: 60, override: {severity: sev3, reason: A demo system, decided_by: scribe}"),
    ],
)
def test_as_the_matrix_says_or_with_a_reason(
    said: Said, files: Callable[..., dict[str, str]], severity: str, facts: str
) -> None:
    assert said(files(severity, facts)) == []


def test_override_of_another_severity(said: Said, files: Callable[..., dict[str, str]]) -> None:
    facts = "override: {severity: sev3, reason: A demo system, decided_by: scribe}"
    found = said(files("sev1", facts))
    assert [line.split(" ", 1)[1] for line in found] == [
        "IB503 The override says sev3, and the severity of the incident is sev1"
    ]
    assert found[0].startswith(f"{RECORD}:15:39 ")


@pytest.mark.parametrize("more", ["exercise: true", "near_miss: true", "provenance: {source: statuspage}"])
def test_who_is_not_judged(said: Said, files: Callable[..., dict[str, str]], more: str) -> None:
    record = files("sev3", "customers_affected_pct: 60")[RECORD]
    assert said({RECORD: record.replace("disclosure: public", f"disclosure: public\n{more}")}) == []


def test_policy_does_not_judge_what_was_before_it(said: Said, base: Base, files: Callable[..., dict[str, str]]) -> None:
    later = base(POLICY, "effective_from: 2024-01-01", "effective_from: 2025-01-16")
    assert said(files("sev3", "customers_affected_pct: 60") | {POLICY: later}) == []


@pytest.mark.parametrize(("target", "codes"), [("99.95", ["IB503"]), ("1", [])])
def test_service_level_where_it_decides(
    said: Said, base: Base, files: Callable[..., dict[str, str]], target: str, codes: list[str]
) -> None:
    slo = f"slo: {{availability: {target}, window: 30d}}, team: platform, depends_on"
    policy = {
        POLICY: base(
            POLICY, "[{measure: customers_affected_pct, at_least: 50}]", "[{measure: slo_breached, is: true}]"
        ),
        "policy/services.yml": base("policy/services.yml", "team: platform, depends_on", slo),
    }
    assert [line.split()[1] for line in said(files("sev3", "customers_affected_pct: 10") | policy)] == codes


def test_every_reason_is_named(said: Said, base: Base, files: Callable[..., dict[str, str]]) -> None:
    facts = "customers_affected_pct: 60, data_exposed: true"
    share = "{measure: customers_affected_pct, at_least: %s}"
    exposed = "{measure: data_exposed, is: true}"
    worse = {POLICY: base(POLICY, f"[{share % 50}]", f"[{share % 50}, {exposed}]")}
    (found,) = said(files("sev3", facts) | worse)
    assert found.endswith("gives sev1: 60% of customers affected (threshold 50%); yes")
    milder = {POLICY: base(POLICY, share % 50, share % 90).replace(f"[{share % 1}]", f"[{share % 1}, {exposed}]")}
    (found,) = said(files("sev1", facts) | milder)
    assert found.endswith("gives sev3: 60% of customers affected (threshold 1%); yes")


def test_a_severity_that_the_matrix_does_not_know_is_not_judged(
    said: Said, files: Callable[..., dict[str, str]]
) -> None:
    assert [line for line in said(files("sev2", "customers_affected_pct: 60")) if "IB503" in line] == []


@pytest.mark.parametrize(("share", "codes"), [("100", ["IB503"]), ("100.5", []), ("-1", [])])
def test_what_is_no_share_is_no_fact(
    said: Said, files: Callable[..., dict[str, str]], share: str, codes: list[str]
) -> None:
    found = said(files("sev3", f"customers_affected_pct: {share}"))
    assert [line.split()[1] for line in found if "IB503" in line] == codes


@pytest.mark.parametrize(
    ("target", "windows", "codes"),
    [
        ("99.69", "", ["IB503"]),  # 135 minutes of 30 days are 99.6875 %
        ("99.69", "windows: {quarter: 90d}\n", ["IB503"]),
        ("99.68", "windows: {quarter: 90d}\n", []),
        ("99", "windows: {default: 7d}\n", ["IB503"]),
        ("99", "windows: {default: 30d}\n", []),
    ],
)
def test_service_level_over_the_window_that_policy_names(
    said: Said, base: Base, files: Callable[..., dict[str, str]], target: str, windows: str, codes: list[str]
) -> None:
    breached = "[{measure: slo_breached, is: true}]"
    slo = f"slo: {{availability: {target}, window: 30d}}, team: platform, depends_on"
    policy = {
        POLICY: base(POLICY, "[{measure: customers_affected_pct, at_least: 50}]", breached),
        "policy/services.yml": base("policy/services.yml", "team: platform, depends_on", slo),
    }
    if windows:
        policy["policy/metrics.yml"] = f"effective_from: 2024-01-01\n{windows}"
    found = said(files("sev3", "customers_affected_pct: 10") | policy)
    assert [line.split()[1] for line in found if "IB503" in line] == codes


def test_an_override_is_held_to_the_record_without_any_matrix(said: Said, files: Callable[..., dict[str, str]]) -> None:
    facts = "override: {severity: sev3, reason: A demo system, decided_by: scribe}"
    found = said(files("sev1", facts) | {POLICY: None})
    assert [line.split(" ", 2)[2] for line in found if "IB503" in line] == [
        "The override says sev3, and the severity of the incident is sev1"
    ]
