"""Process improvements: what calls for each, with its figure, and what does not."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from advised import reasons, said
from incidentbook.records.build import build
from incidentbook.records.policy.rotation import RotationPolicy
from incidentbook.rotation import shifts
from kb import Plain, at, incident, phase

COMMAND: Plain = {
    "role": "incident-commander",
    "holder": "sre",
    "from": "2025-01-10T00:00:00Z",
    "to": "2025-01-10T01:00:00Z",
}


def commanded(**more: Any) -> Plain:
    return {"roles": [COMMAND | more]}


# -- severity-guidelines ------------------------------------------------------------------------------------------------------

MATRIX: Plain = {"severities": {"sev1": {"any": [{"measure": "customers_affected_pct", "at_least": 50}]}, "sev2": {}}}


def test_a_severity_that_changed() -> None:
    raised = [
        {"id": "a", "to": "sev3", "at": "2025-01-10T00:00:00Z"},
        {"id": "b", "to": "sev2", "at": "2025-01-10T00:20:00Z"},
    ]
    kept = [raised[1]]
    found = reasons(
        "severity-guidelines", incident(1, severity_history=raised), incident(2, severity_history=kept), incident(3)
    )
    assert found == [("1 of 3 incidents changed severity on the way", ("001",))]


def test_a_severity_against_the_matrix_and_one_decided_against_it() -> None:
    hit: Plain = {"customers_affected_pct": 80}
    found = reasons(
        "severity-guidelines",
        incident(1, classification=hit),
        incident(2, classification=hit | {"override": {"severity": "sev2", "reason": "A test tenant"}}),
        incident(3, classification={"customers_affected_pct": 2}),
        severities=MATRIX,
    )
    assert found == [
        ("1 of 3 incidents had a severity decided against the matrix", ("002",)),
        ("1 of 3 incidents had another severity than the matrix gives", ("001",)),
    ]


def test_a_service_level_that_decides_is_looked_at() -> None:
    breached: Plain = {"severities": {"sev1": {"any": [{"measure": "slo_breached", "is": True}]}, "sev2": {}}}
    services: Plain = {"services": {"api": {"slo": {"availability": 99.9}}}}
    down = incident(1, impact={"phases": [phase("2025-01-10T00:00:00Z", "2025-01-10T01:00:00Z")]})
    found = reasons(
        "severity-guidelines", down, incident(2, "2025-01-02T00:00:00Z"), severities=breached, services=services
    )
    assert found == [("1 of 2 incidents had another severity than the matrix gives", ("001",))]


# -- timeline-generation ------------------------------------------------------------------------------------------------------


def test_timelines_from_memory() -> None:
    sourced, bare = {"id": "a", "text": "x", "source": "pager"}, {"id": "b", "text": "y"}
    found = reasons(
        "timeline-generation",
        incident(1, timeline=[sourced, bare]),
        incident(2, timeline=[sourced, bare, bare | {"id": "c"}]),
        incident(3),
    )
    assert found == [
        ("1 of 3 incidents had no source for most of the timeline (2 of 5 entries in all name one)", ("002",)),
        ("1 of 3 incidents had no timeline", ("003",)),
    ]


# -- communication-templates --------------------------------------------------------------------------------------------------

MAJOR: Plain = {"severities": {"sev2": {"postmortem": "required"}}}


def sent(*audiences: str) -> Plain:
    return {
        "communications": [
            {"id": f"c{index}", "at": "2025-01-10T00:10:00Z", "audience": audience}
            for index, audience in enumerate(audiences)
        ]
    }


def test_an_audience_that_heard_of_some_major_incidents() -> None:
    found = reasons(
        "communication-templates",
        incident(1, **sent("public", "executives")),
        incident(2, **sent("customers")),
        incident(3, severity="sev3"),
        severities=MAJOR,
    )
    assert found == [("1 of 2 major incidents sent nothing to executives, whom 1 other told", ("002",))]


def test_nobody_outside_is_told_of_a_restricted_incident() -> None:
    told = incident(1, **sent("public"))
    assert reasons("communication-templates", told, incident(2, disclosure="restricted"), severities=MAJOR) == []
    assert reasons("communication-templates", told, incident(2), severities=MAJOR) == [
        ("1 of 2 major incidents sent nothing to those outside, whom 1 other told", ("002",))
    ]


# -- commander-rotation -------------------------------------------------------------------------------------------------------


def rota(start: str) -> Plain:
    one = {"id": "r", "role": "incident-commander", "teams": ["sre", "platform"], "type": "weekly", "start": start}
    return {"rotations": [one]}


def test_without_a_rotation_nobody_knows_whose_turn_it_is() -> None:
    want = [("1 of 1 incidents had no rotation that says whose turn it is to command", ("001",))]
    assert reasons("commander-rotation", incident(1, **commanded())) == want
    assert reasons("commander-rotation", incident(1, **commanded()), rotation=rota("2025-03-03T09:00:00Z")) == want, (
        "not begun"
    )


def test_another_team_than_the_one_whose_turn_it_was() -> None:
    begun = rota("2025-01-06T09:00:00Z")  # the week of 10 January is sre's
    assert said("commander-rotation", incident(1, **commanded()), rotation=begun) == []
    found = reasons(
        "commander-rotation", incident(1, **commanded()), incident(2, **commanded(holder="dba")), rotation=begun
    )
    assert found == [
        (
            "1 of 2 incidents since the rotation began had another team in command than the one whose turn it was",
            ("002",),
        )
    ]


def test_whose_turn_it_was_is_what_the_rota_says() -> None:
    """Turns of two rotations, with an override, looked at all at once: the same as asked one by one."""
    days = [f"2025-01-{day:02}T{hour:02}:00:00Z" for day in range(4, 31) for hour in (8, 9, 10)]
    some = [incident(number, day, **commanded(**{"from": day})) for number, day in enumerate(days, 1)]
    second = {
        "id": "s",
        "role": "incident-commander",
        "teams": ["dba"],
        "type": "daily",
        "start": "2025-01-01T00:00:00Z",
    }
    policy = {
        "rotations": [*rota("2025-01-06T09:00:00Z")["rotations"], second],
        "overrides": [{"rotation": "r", "team": "dba", "from": "2025-01-20T00:00:00Z", "to": "2025-01-21T00:00:00Z"}],
    }
    typed = build(RotationPolicy, policy)
    assert typed is not None
    turns = {day: shifts.on_call(typed, "incident-commander", ZoneInfo("UTC"), at(day)) for day in days}
    assert set(turns.values()) == {"sre", "platform", "dba"}
    other = tuple(f"{number:03}" for number, day in enumerate(days, 1) if turns[day] != "sre")
    assert reasons("commander-rotation", *some, rotation=policy)[0][1] == other


def test_a_commander_who_came_late_or_never() -> None:
    within = {"severities": {"sev2": {"targets": {"commander": "15m"}}}}
    found = reasons(
        "commander-rotation",
        incident(1, **commanded()),
        incident(2, **commanded(**{"from": "2025-01-10T00:20:00Z"})),
        incident(3),
        rotation=rota("2025-01-06T09:00:00Z"),
        severities=within,
    )
    assert found == [("2 of 3 incidents had no commander within the time that their severity allows", ("002", "003"))]


def test_one_team_that_commands_most() -> None:
    begun = rota("2025-01-06T09:00:00Z")
    four = [incident(number, **commanded()) for number in range(1, 5)]
    assert reasons("commander-rotation", *four[:3], rotation=begun) == [], "three say little"
    assert reasons("commander-rotation", *four, rotation=begun) == [
        ("4 of 4 incidents had sre in command", ("001", "002", "003", "004"))
    ]


# -- metrics-dashboard --------------------------------------------------------------------------------------------------------

TARGETS: Plain = {"severities": {"sev2": {"targets": {"acknowledge": "10m", "resolve": "90m"}}}}


def test_targets_that_were_missed_those_of_open_incidents_too() -> None:
    times = {
        "started": "2025-01-10T00:00:00Z",
        "acknowledged": "2025-01-10T00:11:00Z",
        "resolved": "2025-01-10T01:30:00Z",
    }
    found = reasons(
        "metrics-dashboard",
        incident(1, milestones=times),
        incident(2, status="investigating", milestones={"started": "2025-01-31T23:55:00Z"}),
        incident(
            3,
            status="investigating",
            milestones={"started": "2025-01-31T21:00:00Z", "acknowledged": "2025-01-31T21:10:00Z"},
        ),
        severities=TARGETS,
    )
    assert found == [
        ("1 of 3 incidents missed the target to acknowledge", ("001",)),
        ("1 of 3 incidents missed the target to resolve", ("003",)),
    ]


def test_records_without_the_times_that_figures_need() -> None:
    metrics: Plain = {"durations": {"ttd": {"from": "started", "to": "detected"}}}
    found = reasons("metrics-dashboard", incident(1), incident(2, status="investigating"), metrics=metrics)
    assert found == [("1 of 1 resolved incidents came without a time that response times are computed from", ("001",))]


# -- missing-handoffs ---------------------------------------------------------------------------------------------------------


def long(number: int, *roles: Plain) -> Plain:
    times = {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T12:00:00Z"}
    return incident(number, milestones=times, roles=list(roles))


def test_a_command_that_outlasts_a_shift() -> None:
    first, second = COMMAND | {"to": "2025-01-10T07:00:00Z"}, COMMAND | {"from": "2025-01-10T07:00:00Z"}
    del second["to"]
    found = reasons(
        "missing-handoffs",
        long(1, first, second),
        long(2, COMMAND | {"to": "2025-01-10T08:00:00Z"}),
        long(3, COMMAND | {"to": "2025-01-11T00:00:00Z"}),
        long(4),
    )
    text = (
        "1 of 3 incidents with a commander stayed with one team for longer than 8 hours at a stretch (the longest 12 h)"
    )
    assert found == [(text, ("003",))], "the third was over at 12:00"


# -- update-cadence -----------------------------------------------------------------------------------------------------------

CADENCE: Plain = {"cadence": {"sev2": {"every": "30m", "audiences": ["public"]}}}


def test_a_silence_longer_than_policy_allows() -> None:
    def update(minute: int) -> Plain:
        return {"id": f"c{minute}", "at": f"2025-01-10T00:{minute}:00Z", "audience": "public"}

    often = incident(1, communications=[update(25), update(50)])
    seldom = incident(2, communications=[update(45)])
    text = "1 of 2 incidents that owed updates had a silence longer than policy allows (the longest 45 min)"
    assert reasons("update-cadence", often, seldom, incident(3, severity="sev3"), communications=CADENCE) == [
        (text, ("002",))
    ]
    assert reasons("update-cadence", often, communications=CADENCE) == []


# -- late-postmortems ---------------------------------------------------------------------------------------------------------

OWED: Plain = {"severities": {"sev2": {"postmortem": "required", "postmortem_within": "48h"}}}


def test_postmortems_that_are_missing_or_late() -> None:
    def told(number: int, **more: str) -> Plain:
        return {"incidents": [f"INC-2025-{number:03}"], "status": "published", **more}

    found = reasons(
        "late-postmortems",
        *(incident(number) for number in (1, 2, 3)),
        incident(4, "2025-01-31T12:00:00Z"),
        incident(5, severity="sev3"),
        postmortems=[told(1, held="2025-01-11"), told(2, held="2025-01-20")],
        severities=OWED,
    )
    noun = "4 incidents that owe a post-mortem"
    assert found == [
        (f"1 of {noun} had none by the end of its time", ("003",)),
        (f"1 of {noun} had it late, or will have it late", ("002",)),
    ]


# -- overdue-actions ----------------------------------------------------------------------------------------------------------


def promised(*items: Plain, incidents: tuple[int, ...] = (1,)) -> Plain:
    base: Plain = {"status": "not-started", "owner": "sre", "due": "2025-01-20"}
    return {
        "incidents": [f"INC-2025-{number:03}" for number in incidents],
        "action_items": [base | {"id": f"AI-2025-001-{index}"} | item for index, item in enumerate(items, 1)],
    }


def test_a_team_that_is_late() -> None:
    house = {"teams": {"sre": {"name": "Site Reliability"}}}
    items = promised({}, {"due": "2025-01-30"}, {"due": "2025-03-01"}, {"status": "done"}, {"status": "proposed"})
    (one,) = said("overdue-actions", incident(1), postmortems=[items], knowledge_base=house)
    assert (one.key, one.what) == (
        "overdue-actions.sre",
        "Finish overdue action items, or plan them anew: Site Reliability",
    )
    (reason,) = one.reasons
    assert reason.text == "2 of 3 open action items of Site Reliability are overdue, the oldest by 12 days"
    assert (reason.incidents, reason.also) == (("INC-2025-001",), ("AI-2025-001-1", "AI-2025-001-2"))


def test_waivers_and_items_of_nobody_knows_which_incident_are_passed_over() -> None:
    waived = {"waiver": {"owner": "sre", "reason": "Freeze", "until": "2025-02-28"}}
    assert said("overdue-actions", incident(1), postmortems=[promised(waived)]) == []
    assert said("overdue-actions", incident(1), postmortems=[promised({}, incidents=(9,))]) == []
    (one,) = said("overdue-actions", incident(1), postmortems=[promised({"owner": ""})])
    assert one.key == "overdue-actions.no-owner"


# -- playbook-reviews ---------------------------------------------------------------------------------------------------------


def test_a_playbook_whose_day_has_passed() -> None:
    book = {"id": "availability/failover", "type": "availability", "last_reviewed": "2024-01-01", "review_every": "90d"}
    hit, elsewhere = incident(1), incident(2, type="security")
    (one,) = said("playbook-reviews", hit, elsewhere, playbooks=[book])
    (reason,) = one.reasons
    assert reason.text == "availability/failover was to be reviewed by 2024-03-31, and 1 of 2 incidents are of its kind"
    assert (reason.incidents, reason.also) == (("INC-2025-001",), ("availability/failover",))
    for silent in ({"last_reviewed": "2025-01-01"}, {"status": "retired"}, {"services": ["web"]}, {"review_every": ""}):
        assert said("playbook-reviews", hit, playbooks=[book | silent]) == []


# -- action-effect ------------------------------------------------------------------------------------------------------------


def test_a_factor_that_came_back_after_something_was_done() -> None:
    def told(number: int, *items: Plain) -> Plain:
        return {
            "incidents": [f"INC-2025-{number:03}"],
            "causes": {"nodes": [{"id": "n", "factor": "dns"}]},
            "action_items": list(items),
        }

    done = {"id": "AI-1", "status": "done", "completed": "2025-01-05", "factors": ["dns"]}
    first, again = incident(1, "2025-01-01T00:00:00Z"), incident(2)
    found = reasons("action-effect", first, again, postmortems=[told(1, done), told(2)])
    assert found == [
        ("1 of 2 analysed incidents had a factor against which something had been finished before", ("002",)),
        ("1 incident had dns after something against it had been finished on 2025-01-05", ("002",)),
    ]
    (advice,) = said("action-effect", first, again, postmortems=[told(1, done), told(2)])
    assert [reason.also for reason in advice.reasons] == [(), ("AI-1",)], (
        "the item whose question is open again is named"
    )
    open_ = done | {"status": "in-progress"}
    assert reasons("action-effect", first, again, postmortems=[told(1, open_), told(2)]) == []
