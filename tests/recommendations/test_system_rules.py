"""Recommendations for systems: what calls for each, with its figure, and what does not."""

from __future__ import annotations

import pytest

from advised import reasons, said
from kb import Plain, incident, phase


def told(number: int, *factors: str, items: list[Plain] | None = None) -> Plain:
    nodes = [{"id": f"n{index}", "factor": factor} for index, factor in enumerate(factors)]
    return {"incidents": [f"INC-2025-{number:03}"], "causes": {"nodes": nodes}, "action_items": items or []}


# -- failover-testing ---------------------------------------------------------------------------------------------------------


def test_a_failover_that_failed_and_one_that_nobody_had_tested() -> None:
    found = reasons(
        "failover-testing",
        *(incident(number) for number in range(1, 6)),
        postmortems=[
            told(1, "automation-defect"),
            told(2, "single-point-of-failure", "insufficient-testing"),
            told(3, "single-point-of-failure"),
            told(4, "insufficient-testing"),
        ],
    )
    of = "4 analysed incidents"
    assert found == [
        (f"1 of {of} had an automation that took the wrong turn, or a network that split", ("001",)),
        (f"1 of {of} had a part without a stand-in whose failure had not been tested", ("002",)),
    ]


# -- chaos-exercises ----------------------------------------------------------------------------------------------------------

DRILL: Plain = {"exercise": True, "severity": "sev2"}


def test_failures_that_spread_and_too_few_drills() -> None:
    hit, spread = incident(1), [told(1, "dependency-failure")]
    drills = [incident(number, f"2025-01-{number}T00:00:00Z", **DRILL) for number in (11, 12)]
    (one,) = said("chaos-exercises", hit, drills[0], postmortems=spread, days=200)
    assert [reason.text for reason in one.reasons] == [
        "1 of 1 analysed incidents began or grew with the failure of something that others depend on",
        "1 drill held in 200 days; one a quarter would be 2",
    ]
    assert one.incidents == ("INC-2025-001",), "the drill is shown, and calls for nothing"
    assert one.reasons[1].also == ("INC-2025-011",)
    assert said("chaos-exercises", hit, *drills, postmortems=spread, days=200) == []
    assert said("chaos-exercises", hit, postmortems=spread, days=89) == [], "shorter than a quarter"
    assert said("chaos-exercises", hit, postmortems=[told(1, "process-gap")], days=200) == []


# -- response-training --------------------------------------------------------------------------------------------------------


def held(team: str, role: str = "incident-commander") -> Plain:
    return {"id": f"{role}-{team}", "role": role, "holder": team, "from": "2025-01-10T00:00:00Z"}


def test_a_team_that_had_not_practised() -> None:
    drill = incident(9, "2025-01-05T00:00:00Z", roles=[held("sre")], **DRILL)
    found = reasons(
        "response-training",
        drill,
        incident(1, roles=[held("sre")]),
        incident(2, roles=[held("sre"), held("dba", "scribe")]),
    )
    assert found == [
        ("1 of 2 incidents had a team in a role that had taken part in no drill of the year before", ("002",))
    ]


@pytest.mark.parametrize("day", ["2025-01-10T12:00:00Z", "2024-01-10T00:00:00Z"])
def test_a_drill_afterwards_or_long_ago_is_no_practice(day: str) -> None:
    drill = incident(9, day, roles=[held("sre")], **DRILL)
    assert [names for _, names in reasons("response-training", drill, incident(1, roles=[held("sre")]))] == [("001",)]


def test_major_incidents_without_both_roles_and_late_answers() -> None:
    policy: Plain = {"severities": {"sev2": {"postmortem": "required", "targets": {"acknowledge": "5m"}}}}
    both = [held("sre"), held("support", "communications-lead")]
    drill = incident(9, "2025-01-05T00:00:00Z", roles=both, **DRILL)
    times = {"started": "2025-01-10T00:00:00Z", "declared": "2025-01-10T00:30:00Z", "resolved": "2025-01-10T02:00:00Z"}
    found = reasons(
        "response-training",
        drill,
        incident(1, roles=both, milestones=times | {"acknowledged": "2025-01-10T00:35:00Z"}),
        incident(2, roles=both[:1], milestones=times | {"acknowledged": "2025-01-10T00:36:00Z"}),
        severities=policy,
    )
    assert found == [
        ("1 of 2 major incidents had nobody for command or communication", ("002",)),
        ("1 of 2 incidents waited longer for an answer after the declaration than their severity allows", ("002",)),
    ]


# -- slo-error-budgets --------------------------------------------------------------------------------------------------------


def test_a_service_without_an_objective() -> None:
    (one,) = said("slo-error-budgets", incident(1), services={"services": {"api": {"name": "Public API"}}})
    assert one.what == "Implement service-level objectives (SLOs) and error budgets"
    assert [reason.text for reason in one.reasons] == ["1 of 1 incidents hit Public API, which has no objective"]


def test_the_service_that_was_hit_most_often_comes_first() -> None:
    (one,) = said("slo-error-budgets", incident(1), incident(2, services=["web"]), incident(3, services=["web", "dns"]))
    assert [reason.text.split(",")[0] for reason in one.reasons] == [
        "2 of 3 incidents hit web", "1 of 3 incidents hit api", "1 of 3 incidents hit dns",
    ]  # fmt: skip


def test_a_budget_that_is_spent() -> None:
    services: Plain = {"services": {"api": {"slo": {"availability": 99.9, "window": "30d"}}}}  # 43 min 12 s

    def lost(minutes: int) -> Plain:
        return incident(impact={"phases": [phase("2025-01-10T00:00:00Z", f"2025-01-10T00:{minutes}:00Z")]})

    assert said("slo-error-budgets", lost(43), services=services) == []
    (one,) = said("slo-error-budgets", lost(54), services=services)
    assert one.what == "Hold releases to service-level objectives (SLOs) and error budgets"
    assert [reason.text for reason in one.reasons] == ["api spent 125 % of its error budget of 30d, through 1 incident"]


# -- playbooks ----------------------------------------------------------------------------------------------------------------


def test_a_scenario_that_came_twice_without_a_playbook_in_use() -> None:
    found = reasons(
        "severity-playbooks",
        incident(1),
        incident(2, playbooks=["availability/failover"]),
        incident(3, severity="sev1"),
        incident(4, type="security", playbooks=["security/keys"]),
        incident(5, type="security", playbooks=["security/keys"]),
    )
    assert found == [("1 of 2 SEV-2 incidents of type availability named no playbook that was used", ("001",))]


def test_a_type_that_came_twice_and_has_no_playbook() -> None:
    both = [incident(1, type="third-party"), incident(2, type="third-party"), incident(3)]
    (one,) = said("playbook-missing", *both)
    assert (one.key, one.what) == ("playbook-missing.third-party", "Write a playbook for incidents of type third party")
    assert [reason.text for reason in one.reasons] == [
        "2 of 3 incidents had the type third party, for which there is no playbook"
    ]
    book = {"id": "third-party/dns", "type": "third-party", "status": "active"}
    assert said("playbook-missing", *both, playbooks=[book]) == []
    assert said("playbook-missing", *both, playbooks=[book | {"status": "retired"}])
    assert said("playbook-missing", *both[1:]) == [], "once is not twice"


# -- customer-detection -------------------------------------------------------------------------------------------------------


def test_found_by_customers_more_often_than_not() -> None:
    def by(number: int, who: str) -> Plain:
        return incident(number, detection={"by": who})

    some = [by(1, "customer"), by(2, "third-party"), by(3, "monitoring"), by(4, "unknown"), incident(5)]
    assert reasons("customer-detection", *some) == [
        ("2 of 3 incidents came to light through customers (1) or others outside (1)", ("001", "002"))
    ]
    assert reasons("customer-detection", *some, by(6, "internal-report")) == [], "half of them is not most"
    assert reasons("customer-detection", by(1, "customer")) == [], "one says little"


# -- dominant-service ---------------------------------------------------------------------------------------------------------


def down(number: int, hour: int, minutes: int, service: str) -> Plain:
    start, end = f"2025-01-10T{hour:02}:00:00Z", f"2025-01-10T{hour:02}:{minutes:02}:00Z"
    return incident(number, start, services=[service], impact={"phases": [phase(start, end)]})


def test_one_service_behind_most_of_the_downtime() -> None:
    (one,) = said("dominant-service", down(1, 1, 20, "api"), down(2, 2, 10, "api"), down(3, 3, 20, "web"))
    assert (one.key, one.what) == ("dominant-service.api", "Put reliability work into api first")
    assert one.reasons[0].text == "api was down for most of the downtime (30 min of 50 min, 60 %), through 2 incidents"
    assert one.incidents == ("INC-2025-001", "INC-2025-002")


def test_downtime_that_is_spread_or_of_one_incident() -> None:
    assert said("dominant-service", down(1, 1, 20, "api"), down(2, 2, 20, "web"), down(3, 3, 20, "dns")) == []
    assert said("dominant-service", down(1, 1, 50, "api"), down(2, 2, 10, "web")) == []
    assert said("dominant-service", down(1, 1, 20, "api"), down(2, 2, 20, "api")) == [], "there is no other"


# -- repeated-factor ----------------------------------------------------------------------------------------------------------


def item(number: int, status: str, *factors: str) -> Plain:
    return {"id": f"AI-2025-001-{number}", "status": status, "factors": list(factors)}


def test_a_factor_that_came_back_with_nothing_finished_against_it() -> None:
    names: Plain = {"factors": {"dns": {"name": "Name resolution"}}}
    pair = [incident(1), incident(2)]
    (one,) = said("repeated-factor", *pair, postmortems=[told(1, "dns", "load"), told(2, "dns")], factors=names)
    assert (one.key, one.what) == (
        "repeated-factor.dns",
        "Finish an action against a factor that came back: Name resolution",
    )
    assert [reason.text for reason in one.reasons] == [
        "2 of 2 analysed incidents had the factor Name resolution, and nobody has committed to anything against it"
    ]


@pytest.mark.parametrize(
    ("status", "silent", "text"),
    [
        ("done", True, ""),
        ("verified", True, ""),
        ("in-progress", False, "none of 1 action items against it is finished"),
        ("accepted-risk", False, "none of 1 action items against it is finished"),
        ("proposed", False, "nobody has committed to anything against it"),
    ],
)
def test_only_what_is_finished_counts(status: str, text: str, *, silent: bool) -> None:
    against = told(1, "dns", items=[item(1, status, "dns"), item(2, "done", "load")])
    found = said("repeated-factor", incident(1), incident(2), postmortems=[against, told(2, "dns")])
    assert (found == []) is silent
    assert [reason.text.endswith(text) for one in found for reason in one.reasons] == ([] if silent else [True])


# -- risky-changes ------------------------------------------------------------------------------------------------------------


def test_changes_that_brought_incidents_about() -> None:
    def changed(number: int, kind: str, *, caused: bool | None) -> Plain:
        return incident(number, changes=[{"id": "c", "kind": kind, "caused": caused}])

    caused = [
        changed(1, "deploy", caused=True),
        changed(2, "configuration", caused=True),
        changed(3, "deploy", caused=True),
    ]
    assert reasons("risky-changes", *caused, changed(4, "deploy", caused=False), incident(5)) == [
        ("3 of 5 incidents came about through a change (deploy 2, configuration 1)", ("001", "002", "003"))
    ]
    assert reasons("risky-changes", caused[0], changed(4, "deploy", caused=None)) == [], (
        "one, and one that nobody has judged"
    )
