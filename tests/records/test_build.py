"""Reading is tolerant: one bad value takes nothing else away. Only what hides something is read the other way."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook import metrics, reports
from incidentbook.records.build import build, having, lazily
from incidentbook.records.incident import Incident
from incidentbook.records.money import Money
from incidentbook.records.playbook import Playbook
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.policy.maturity import MaturityPolicy
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Disclosure, IncidentType, PhaseLevel, Severity, Status
from kb import at, incident, record, repo

NOT_A_NUMBER = [math.nan, math.inf, -math.inf, 10**400, True, "5", None, [], {}]


def test_a_record_is_read_field_by_field() -> None:
    read = record(
        id="INC-2025-001", title="T", status="resolved", severity="sev1", type="data-loss", services=["api"],
        impact={"phases": [{"id": "p1", "level": "outage", "fraction": 0.5, "from": "2025-01-15T02:30:00Z"}]},
        roles=[{"role": "scribe", "holder": "sre", "from": "2025-01-15T02:30:00Z"}],
    )  # fmt: skip
    assert (read.status, read.severity, read.type) == (Status.RESOLVED, Severity.SEV1, IncidentType.DATA_LOSS)
    assert read.impact.phases[0].level is PhaseLevel.OUTAGE
    assert read.impact.phases[0].from_ is not None, "`from` is a reserved word of Python"
    assert read.roles[0].from_ is not None


def test_one_bad_value_takes_nothing_else_away() -> None:
    read = record(
        id="INC-2025-001", title=5, status="done", severity=["sev1"], services=["api", 5, None], timeline=[5, {"text": "kept"}],
        milestones={"started": "2025-01-15T02:30:00Z", "resolved": "02:30"}, impact="bad", unknown={"key": 1},
    )  # fmt: skip
    assert (read.id, read.title, read.status, read.severity) == ("INC-2025-001", "", None, None)
    assert read.services == ("api",)
    assert [entry.text for entry in read.timeline] == ["kept"]
    assert list(read.milestones) == ["started"]
    assert read.impact.phases == ()


@pytest.mark.parametrize("plain", [None, 5, "text", [], True])
@pytest.mark.parametrize("cls", [Incident, Postmortem, Playbook, Services])
def test_what_is_no_mapping_is_no_record(cls: type[Any], plain: object) -> None:
    assert build(cls, plain) is None


@pytest.mark.parametrize("value", NOT_A_NUMBER)
def test_what_is_no_number_is_absent(value: object) -> None:
    assert record(classification={"customers_affected_pct": value}).classification.customers_affected_pct is None


@pytest.mark.parametrize("value", [*NOT_A_NUMBER, 10**19, -(10**19)])
def test_what_is_no_amount_is_no_money(value: object) -> None:
    assert Money.from_plain({"amount": value, "currency": "USD"}) is None


@pytest.mark.parametrize("plain", [None, 5, [], {}, {"amount": 5}, {"currency": "USD"}, {"amount": 5, "currency": 978}])
def test_money_needs_both_halves(plain: object) -> None:
    assert Money.from_plain(plain) is None


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("191250", "USD", "$191,250"), ("191250.00", "USD", "$191,250"), ("191250.5", "CHF", "191,250.50 CHF"),
        ("0", "EUR", "€0"), ("-5", "GBP", "£-5"), ("1000000000000000000", "JPY", "1,000,000,000,000,000,000 JPY"),
    ],
)  # fmt: skip
def test_money_is_written_for_people(amount: str, currency: str, text: str) -> None:
    assert str(Money(Decimal(amount), currency)) == text


def test_a_decimal_amount_is_what_was_written() -> None:
    money = Money.from_plain({"amount": 0.1, "currency": "USD"})
    assert money is not None
    assert money.times(Decimal(3)) == Money(Decimal("0.30"), "USD")


@pytest.mark.parametrize("level", ["restrcited", "", 5, True, ["public"], {}, "PUBLIC"])
def test_a_level_that_cannot_be_read_is_restricted(level: object) -> None:
    assert record(disclosure=level).disclosure is Disclosure.RESTRICTED
    assert record(timeline=[{"text": "t", "disclosure": level}]).timeline[0].disclosure is Disclosure.RESTRICTED
    assert record(field_disclosure={"title": level}).field_disclosure == {"title": Disclosure.RESTRICTED}
    default = build(KnowledgeBase, {"default_disclosure": level})
    assert default is not None
    assert default.default_disclosure is Disclosure.RESTRICTED


def test_a_level_that_is_not_given_is_absent() -> None:
    assert record().disclosure is None
    assert record(disclosure=None).disclosure is None


@pytest.mark.parametrize(
    ("value", "private"),
    [(True, True), (False, False), ("yes", True), ("no", True), (1, True), (0, True), (None, False)],
)
def test_anything_but_false_is_private(value: object, private: bool) -> None:  # noqa: FBT001
    assert record(timeline=[{"text": "t", "private": value}]).timeline[0].private is private


TRANSITIONS = (
    {"to": "declared", "at": "2025-01-15T02:00:00Z"},
    {"to": "mitigated", "at": "2025-01-15T03:00:00Z"},
    {"to": "resolved", "at": "2025-01-15T04:00:00Z"},
    {"to": "investigating", "at": "2025-01-15T05:00:00Z"},
    {"to": "mitigated", "at": "2025-01-15T06:00:00Z"},
    {"to": "resolved", "at": "2025-01-15T07:00:00Z"},
)


def milestones(**more: Any) -> Incident:
    return record(**({"status": "resolved", "transitions": list(TRANSITIONS)} | more))


def test_the_first_mitigation_and_the_last_resolution() -> None:
    assert milestones().milestone("mitigated") == milestones().transitions[1].at
    assert milestones().milestone("resolved") == milestones().transitions[5].at


def test_a_reopened_incident_is_not_resolved_until_it_is_again() -> None:
    reopened = milestones(status="investigating", milestones={"resolved": "2025-01-15T04:00:00Z"})
    assert reopened.milestone("resolved") is None
    assert reopened.seconds_between("declared", "resolved") is None
    assert reopened.milestone("mitigated") is not None


def test_what_is_given_goes_before_what_is_derived() -> None:
    given_one = milestones(milestones={"declared": "2025-01-15T01:00:00Z"})
    assert given_one.seconds_between("declared", "resolved") == 6 * 3600


def test_a_milestone_that_does_not_exist() -> None:
    assert milestones().milestone("celebrated") is None
    assert milestones().milestone("closed") is None
    assert milestones().seconds_between("resolved", "declared") == -5 * 3600


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["2025-01-15T02:30:00Z", "2025-01-16", "9999-12-31",
        "0001-01-01T00:00:00+14:00", "sev1", "30d", "public", "INC-²"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def shaped(cls: type[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings with the keys of a record and anything at all as their values."""
    names = [name.rstrip("_") for name in cls.__dataclass_fields__]
    return st.dictionaries(st.sampled_from(names), plain_values, max_size=len(names))


@pytest.mark.parametrize(
    "cls",
    [Incident, Postmortem, Playbook, KnowledgeBase, Severities, Services, MetricsPolicy, ActionsPolicy, MaturityPolicy],
)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_nothing_that_yaml_can_hold_breaks_the_reading(cls: type[Any], data: st.DataObject) -> None:
    assert build(cls, data.draw(shaped(cls))) is not None


FACTS = ["customers_affected_pct", "data_loss", "revenue_per_hour"]
phases = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["outage", "x"]),
        "fraction": plain_values,
        "from": plain_values,
        "to": plain_values,
    },
)


@settings(max_examples=40, deadline=None)
@given(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["INC-2025-001", "INC-²", "9" * 5000]) | st.text(max_size=5)},
        optional={
            "status": st.sampled_from(["resolved", "declared", "x"]),
            "severity": st.sampled_from(["sev1", 5]),
            "milestones": st.dictionaries(st.sampled_from(["started", "resolved", "detected"]), plain_values),
            "impact": st.fixed_dictionaries({"phases": st.lists(phases, max_size=3)}),
            "classification": st.dictionaries(
                st.sampled_from(["customers_affected_pct", "data_loss", "revenue_per_hour"]), plain_values
            ),
            "timeline": st.lists(st.fixed_dictionaries({"at": plain_values, "text": plain_values}), max_size=3),
        },
    )
)
def test_whatever_was_read_can_be_measured_and_shown(plain: dict[str, Any]) -> None:
    knowledge_base = repo(plain, incident(2))
    shared = reports.share(knowledge_base, at("2025-02-01"))
    for found in knowledge_base.all_incidents():
        reports.build(reports.context(shared, found))
    assert metrics.measure(knowledge_base, shared.window, shared.now).figures


TIMELINE: dict[str, Any] = {
    "timeline": [
        {"id": "t1", "at": "2025-01-15T02:30:00Z", "kind": "escalation"},
        {"id": "t2", "at": "2025-01-15T02:31:00Z", "kind": "note"},
        "no entry",
        {"id": "t3", "at": "yesterday", "kind": "escalation"},
        {"id": "t4", "at": "2025-01-15T02:32:00Z"},
    ]
}


@pytest.mark.parametrize("make", [build, lazily])
@pytest.mark.parametrize(("kind", "ids"), [("escalation", ["t1", "t3"]), ("alert", [])])
def test_some_items_of_a_list_are_found_whether_the_others_are_read_or_not(
    make: Callable[..., Any], kind: str, ids: list[str]
) -> None:
    assert [entry.id for entry in having(make(Incident, TIMELINE), "timeline", "kind", kind)] == ids
    assert having(make(Incident, {"timeline": "none"}), "timeline", "kind", kind) == ()
    assert having(make(Incident, {}), "timeline", "kind", kind) == ()


def test_what_a_record_holds_is_read_when_it_is_asked_for_too() -> None:
    plain = {**TIMELINE, "impact": {"phases": [{"id": "p", "level": "outage", "from": "2025-01-15T02:30:00Z"}, 7]}}
    whole, later = build(Incident, plain), lazily(Incident, plain)
    assert whole is not None
    assert [entry.at for entry in later.timeline] == [entry.at for entry in whole.timeline]
    assert [(phase.level, phase.from_, phase.to) for phase in later.impact.phases] == [
        (phase.level, phase.from_, phase.to) for phase in whole.impact.phases
    ]
