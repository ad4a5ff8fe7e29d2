"""What the policies answer: deadlines, targets, names, review days."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

import pytest

from incidentbook.finding import Grade
from incidentbook.records.build import build
from incidentbook.records.playbook import Playbook
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.policy.checks import Addresses, ChecksPolicy, PathChecks
from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.policy.metrics import AvailabilityDefinition, BetweenFailures
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Disclosure, PhaseLevel, Severity, Status

T = TypeVar("T")


def read(cls: type[T], plain: dict[str, Any]) -> T:
    made = build(cls, plain)
    assert made is not None
    return made


def test_deadlines_by_severity_and_priority() -> None:
    policy = read(ActionsPolicy, {"deadlines": {"sev1": {"high": "14d", "low": "soon"}}})
    assert policy.deadline(Severity.SEV1, "high") == dt.timedelta(days=14)
    assert policy.deadline(Severity.SEV1, "low") is None
    assert policy.deadline(Severity.SEV1, "medium") is None
    assert policy.deadline(Severity.SEV2, "high") is None
    assert policy.deadline(None, "high") is None


def test_targets_and_labels_of_a_severity() -> None:
    matrix = read(Severities, {"severities": {"sev1": {"name": "Critical", "targets": {"acknowledge": "5m"}}}})
    assert matrix.level(Severity.SEV1).target("acknowledge") == dt.timedelta(minutes=5)
    assert matrix.level(Severity.SEV1).target("resolve") is None
    assert matrix.level(None).target("acknowledge") is None
    assert [matrix.label(item) for item in (Severity.SEV1, Severity.SEV2, Severity.UNCLASSIFIED, None)] == [
        "SEV-1 (Critical)", "SEV-2", "Unclassified", "unknown severity",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cls", "method", "plain"),
    [
        (KnowledgeBase, "team_name", {"teams": {"a": {"name": "Team A"}, "b": {}}}),
        (Services, "name", {"services": {"a": {"name": "Team A"}, "b": {}}}),
        (Factors, "name", {"factors": {"a": {"name": "Team A"}, "b": {}}}),
    ],
)
def test_a_slug_without_a_name_is_its_own(cls: type[Any], method: str, plain: dict[str, Any]) -> None:
    name = getattr(read(cls, plain), method)
    assert [name(slug) for slug in ("a", "b", "c")] == ["Team A", "b", "c"]


def test_weights_and_exposure() -> None:
    weights = AvailabilityDefinition({"outage": 1.0})
    assert [weights.weight(level) for level in (PhaseLevel.OUTAGE, PhaseLevel.PARTIAL, None)] == [1.0, 0.0, 0.0]
    assert BetweenFailures(exposure="90d").exposure_length == dt.timedelta(days=90)
    assert BetweenFailures(exposure="forever").exposure_length == dt.timedelta(days=360)


def test_when_a_playbook_wants_to_be_read_again() -> None:
    assert read(Playbook, {"last_reviewed": "2025-01-01", "review_every": "180d"}).review_due == dt.date(2025, 6, 30)
    assert read(Playbook, {"last_reviewed": "2025-01-01"}).review_due is None
    assert read(Playbook, {"review_every": "180d"}).review_due is None


def test_each_level_includes_those_before_it() -> None:
    shown = {(reader.value, level.value) for reader in Disclosure for level in Disclosure if reader.shows(level)}
    assert shown == {
        ("public", "public"), ("internal", "public"), ("internal", "internal"), ("restricted", "public"),
        ("restricted", "internal"), ("restricted", "restricted"),
    }  # fmt: skip


def test_what_is_open() -> None:
    still = {status.value for status in Status if status.is_open}
    assert still == {"declared", "investigating", "identified", "mitigated", "monitoring"}


def test_settings_of_the_checker() -> None:
    plain = {
        "ignore": ["IB6", 7],
        "grades": {"IB803": "info", "IB804": "loud"},
        "paths": [{"match": ["a/**"], "grades": {"blame": "error"}, "reason": "old"}, "all"],
        "addresses": {"allowed": ["198.51.100.0/24"]},
    }
    assert read(ChecksPolicy, plain) == ChecksPolicy(
        ("IB6",),
        {"IB803": Grade.INFO},
        (PathChecks(("a/**",), grades={"blame": Grade.ERROR}, reason="old"),),
        Addresses(("198.51.100.0/24",)),
    )
