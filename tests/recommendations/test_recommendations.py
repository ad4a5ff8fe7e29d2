"""Recommendations as a whole: rules explain themselves, nothing is said without evidence, and what is cited exists."""

from __future__ import annotations

import datetime as dt
import functools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advised import advised, said
from incidentbook import recommendations, repository
from incidentbook.recommendations import Advice, Kind, Reason, Recommendation, Strength
from incidentbook.repository import Repository
from kb import ROOT, Plain, incident, repo

RULES = recommendations.registry()
YEAR = 360
SAMPLE = {
    "severity-guidelines": "Update incident severity classification guidelines",
    "timeline-generation": "Implement automated incident timeline generation",
    "communication-templates": "Create stakeholder communication templates",
    "commander-rotation": "Establish incident commander rotation",
    "metrics-dashboard": "Implement incident metrics dashboard",
    "failover-testing": "Implement automated failover testing in CI/CD pipeline",
    "chaos-exercises": "Conduct chaos engineering exercises quarterly",
    "response-training": "Establish incident response training for all engineers",
    "slo-error-budgets": "Implement service-level objectives (SLOs) and error budgets",
    "severity-playbooks": "Create incident severity playbooks for common scenarios",
}


@functools.cache
def example() -> Repository:
    return repository.load(ROOT)


def of(house: Repository) -> list[Recommendation]:
    return advised(house, example().now(), YEAR)


# -- the rules ----------------------------------------------------------------------------------------------------------------


def test_every_rule_explains_itself_in_the_same_way() -> None:
    for slug, module in RULES.items():
        first, calls, silent = (module.__doc__ or "").strip().split("\n\n")
        assert first.endswith("."), slug
        assert calls.startswith("What calls for it: "), slug
        assert silent.startswith("Silent when: "), slug


def test_every_rule_has_a_kind_and_says_what_to_do() -> None:
    assert list(RULES) == sorted(RULES)
    assert {module.KIND for module in RULES.values()} == set(Kind)
    what = [module.WHAT for module in RULES.values()]
    assert len(set(what)) == len(what)
    assert not [text for text in what if text.endswith(".") or text[0].islower()]


def test_the_ideas_of_the_specification_are_rules_in_its_words() -> None:
    assert {slug: RULES[slug].WHAT for slug in SAMPLE} == SAMPLE
    kinds = [RULES[slug].KIND for slug in SAMPLE]
    assert kinds == [Kind.PROCESS] * 5 + [Kind.SYSTEM] * 5


# -- how strong ---------------------------------------------------------------------------------------------------------------


def made(*reasons: Reason) -> Recommendation:
    return Recommendation.of("rule", Kind.PROCESS, "Do it", Advice(reasons))


@pytest.mark.parametrize(
    ("count", "strength"), [(1, "weak"), (2, "moderate"), (3, "moderate"), (4, "strong"), (9, "strong")]
)
def test_strength_goes_by_the_number_of_incidents(count: int, strength: str) -> None:
    names = tuple(f"INC-2025-{number:03}" for number in range(1, count + 1))
    # one that calls for it twice counts once
    one = made(Reason("so", names), Reason("and so", names[:1]))
    assert one.strength is Strength(strength)
    assert len(one.incidents) == count


def test_numbers_of_incidents_are_sorted_as_numbers() -> None:
    assert made(Reason("so", ("INC-2025-1000", "INC-2025-999"))).incidents == ("INC-2025-999", "INC-2025-1000")


# -- the example --------------------------------------------------------------------------------------------------------------


def test_the_example_calls_for_what_the_sample_recommends() -> None:
    found = {one.slug: one for one in of(example())}
    assert SAMPLE.keys() <= found.keys()
    said_otherwise = {slug for slug in SAMPLE if found[slug].what != SAMPLE[slug]}
    assert said_otherwise == {"slo-error-budgets"}, (
        "every service of the example has an objective; its budgets are spent"
    )
    assert found["severity-guidelines"].incidents == ("INC-2024-004", "INC-2024-009", "INC-2024-011", "INC-2024-013")
    assert found["commander-rotation"].incidents == ("INC-2025-001",), (
        "database-engineering had the turn, sre commanded"
    )


def test_process_comes_first_and_then_what_most_incidents_call_for() -> None:
    found = of(example())
    order = [(list(Kind).index(one.kind), -len(one.incidents)) for one in found]
    assert order == sorted(order)
    assert len({one.key for one in found}) == len(found)


def test_what_the_example_does_well_is_not_recommended() -> None:
    slugs = {one.slug for one in of(example())}
    # its post-mortems and updates were in time, its one late item has a waiver, its playbooks are reviewed, alarms found most
    assert not slugs & {
        "late-postmortems",
        "update-cadence",
        "overdue-actions",
        "playbook-reviews",
        "customer-detection",
    }


def test_without_incidents_there_is_nothing_to_recommend() -> None:
    assert of(example().with_records([], example().postmortems, example().playbooks)) == []
    assert advised(repo()) == []


def test_incidents_outside_the_window_call_for_nothing() -> None:
    old: list[Plain] = [incident(number, "2020-01-10T00:00:00Z", type="security") for number in (1, 2, 3)]
    assert [one.slug for one in advised(repo(*old))] == []


@given(st.data())
def test_every_citation_exists_and_no_figure_is_larger_than_its_whole(data: st.DataObject) -> None:
    """Whatever incidents and post-mortems are taken away, and whenever one looks."""
    house = example()
    kept = data.draw(st.lists(st.sampled_from(house.incidents), unique_by=id))
    told = data.draw(st.lists(st.sampled_from(house.postmortems), unique_by=id))
    some = house.with_records(kept, told, house.playbooks)
    now = house.now() - dt.timedelta(days=data.draw(st.integers(0, 700)))
    incidents = {item.id for item in some.all_incidents()}
    others = {item.id for _, _, item in some.action_items()} | {e.record.id for e in some.playbooks if e.record}
    for one in advised(some, now, data.draw(st.sampled_from([30, 90, YEAR]))):
        assert one.incidents
        assert incidents.issuperset(one.incidents)
        for reason in one.reasons:
            assert (incidents | others).issuperset(reason.also)
            assert reason.text
            assert reason.of is None or len(reason.incidents) <= reason.of


def test_drills_near_misses_and_cancelled_records_call_for_nothing() -> None:
    bare: Plain = {"severity": "sev1", "detection": {"by": "customer"}}
    for apart in ({"exercise": True}, {"near_miss": True}, {"status": "cancelled"}, {"status": "merged"}):
        assert advised(repo(*(incident(number, **bare, **apart) for number in (1, 2)))) == []


def test_imported_incidents_are_not_judged_by_how_they_were_handled() -> None:
    imported: Plain = {"provenance": {"source": "statuspage", "id": "x"}, "detection": {"by": "customer"}}
    found = advised(repo(*(incident(number, **imported) for number in (1, 2))))
    assert {one.kind for one in found} == {Kind.SYSTEM}
    assert said("customer-detection", *(incident(number, **imported) for number in (1, 2)))
