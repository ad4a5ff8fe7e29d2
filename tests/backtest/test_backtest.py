"""A backtest as a whole: only what changed is judged, both ends alike, and nothing that a policy does not cover."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtests import NOW, backtested, outcome, rows
from incidentbook import backtest, repository
from incidentbook.backtest.model import Backtest
from kb import ROOT, Plain, at, incident, phase


def matrix(share: float, since: str | None = None, **targets: str) -> Plain:
    """Return a matrix that makes a SEV-1 of what hits that share of customers, and a SEV-2 of half of it."""
    levels = {
        "sev1": {"any": [{"measure": "customers_affected_pct", "at_least": share}], "targets": targets},
        "sev2": {"any": [{"measure": "customers_affected_pct", "at_least": share / 2}]},
        "sev3": {"any": []},
    }
    return {"severities": {"severities": levels} | ({"effective_from": since} if since else {})}


def hit(number: int, share: float, started: str = "2025-01-10T00:00:00Z", **more: Any) -> Plain:
    return incident(number, started, classification={"customers_affected_pct": share}, **more)


def test_no_policy_changed() -> None:
    found = backtested(matrix(50), matrix(50), hit(1, 40))
    assert (found.changes, found.outcomes, found.notes, found.reclassified) == ((), (), (), [])


def test_what_changed_is_told_by_its_meaning() -> None:
    (change,) = backtested(matrix(50), matrix(40), hit(1, 40)).changes
    assert (change.path, change.tested) == ("policy/severities.yml", True)
    assert [str(fact) for fact in change.facts] == [
        "severities.sev1.any.customers_affected_pct.at_least: 50.0 → 40.0",
        "severities.sev2.any.customers_affected_pct.at_least: 25.0 → 20.0",
    ]


def test_only_the_concern_that_reads_what_changed_is_judged() -> None:
    found = backtested(matrix(50, acknowledge="5m"), matrix(50, acknowledge="10m"), hit(1, 40))
    assert {item.key for item in found.outcomes} == {"targets", "figures"}


def test_a_changed_name_judges_nothing() -> None:
    named = {"rotation": {"rotations": [{"id": "a", "role": "incident-commander"}]}}
    found = backtested(matrix(50), matrix(50) | named, hit(1, 40))
    assert ([(change.path, change.tested) for change in found.changes], found.outcomes) == (
        [("policy/rotation.yml", False)],
        (),
    )


@pytest.mark.parametrize(
    ("why", "more"),
    [
        ("drill", {"exercise": True}),
        ("near miss", {"near_miss": True}),
        ("cancelled", {"status": "cancelled"}),
        ("merged", {"status": "merged"}),
        ("imported", {"provenance": {"source": "statuspage"}}),
        ("unclassified", {"severity": "unclassified"}),
        ("without a start", {"milestones": {}}),
        ("not begun", {"milestones": {"started": "2025-03-02T00:00:00Z"}}),
    ],
)
def test_who_is_not_judged_is_counted_by_reason(why: str, more: Plain) -> None:
    found = outcome(backtested(matrix(50), matrix(40), hit(1, 45, **more), hit(2, 45)), "matrix")
    assert (found.judged, dict(found.left_out)) == (1, {why: 1})
    assert [item.incident for item in found.reclassified] == ["INC-2025-002"]


def test_what_began_before_the_policy_takes_effect_is_told_apart() -> None:
    before, after = matrix(50, "2024-01-01"), matrix(40, "2025-01-20")
    found = backtested(
        before, after, hit(1, 45), hit(2, 45, "2025-01-20T00:00:00Z"), hit(3, 45, "2023-12-31T00:00:00Z")
    )
    judged = outcome(found, "matrix")
    assert [item.incident for item in judged.reclassified] == ["INC-2025-002"]
    assert [item.incident for item in judged.supposed] == ["INC-2025-001", "INC-2025-003"]
    assert (judged.judged, dict(judged.left_out)) == (1, {"from before 2025-01-20": 2})
    assert judged.sentences[0] == "1 of 1 past incidents would be SEV-1 instead of SEV-2"
    assert judged.supposed_sentences[0] == "2 of 2 past incidents would be SEV-1 instead of SEV-2"
    assert found.notes == (
        "policy/severities.yml takes effect on 2025-01-20 instead of 2024-01-01: 1 past incident is no longer judged by it",
    )


def test_the_day_is_that_of_the_knowledge_base() -> None:
    west = {"knowledge_base": {"time_zone": "America/New_York"}}
    late = hit(1, 45, "2025-01-20T03:00:00Z")  # in New York still the nineteenth
    found = backtested(matrix(50), matrix(40, "2025-01-20"), late, both=west)
    assert [item.incident for item in outcome(found, "matrix").supposed] == ["INC-2025-001"]


def test_a_policy_that_is_new_judges_what_none_judged() -> None:
    found = backtested({}, matrix(50), hit(1, 60))
    assert rows(found, "matrix") == [("INC-2025-001", "", "no severity", "SEV-1")]


def test_what_is_uncertain_is_told_and_not_counted() -> None:
    clock = {"id": "gdpr", "status": "in-force", "effective_from": "2018-05-25", "starts_at": "aware"}
    clock |= {"due": [{"id": "n", "name": "Notice", "within": "72h"}]}
    found = backtested({}, {"obligations": {"obligations": [clock]}}, incident(1, type="security"))
    assert len(outcome(found, "obligations").reclassified) == 1
    assert found.reclassified == []


def test_json_says_all_of_it() -> None:
    plain = backtested(matrix(50), matrix(40), hit(1, 45)).plain()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["reclassified"] == 1
    assert plain["concerns"][0]["reclassified"] == [
        {
            "incident": "INC-2025-001",
            "concern": "matrix",
            "about": None,
            "recorded": "SEV-2",
            "before": "SEV-2",
            "after": "SEV-1",
            "because": "Customer impact: 45% of customers affected (threshold 40%)",
            "certain": True,
        }
    ]


def test_every_concern_says_how_it_judges_and_is_found_by_its_name() -> None:
    modules = backtest.registry()
    assert [module.ORDER for module in modules] == sorted({module.ORDER for module in modules})
    assert all(module.TITLE and module.NOTE.endswith(".") and module.__doc__ for module in modules)


# -- properties: over policies of any strictness and incidents of any kind ---------------------------------------------------

MINUTES = st.integers(min_value=1, max_value=300)
SHARES = st.sampled_from([5, 10, 20, 40, 50, 80])
TIMES = MINUTES.map(lambda minutes: f"{minutes}m")


@st.composite
def policies(draw: st.DrawFn) -> Plain:
    """A whole set of policies, each of which may be stricter or milder than another's."""
    share = draw(SHARES)
    level = {
        "targets": {
            name: draw(TIMES) for name in ("acknowledge", "commander", "update", "mitigate", "resolve", "duration")
        },
        "postmortem": draw(st.sampled_from(["required", "optional"])),
        "postmortem_within": draw(st.sampled_from(["1d", "2d", "9d"])),
    }
    since = draw(st.sampled_from([None, "2025-01-05", "2025-01-12"]))
    severities = {
        "severities": {
            "sev1": {"any": [{"measure": "customers_affected_pct", "at_least": share}], **level},
            "sev2": {"any": [{"measure": "slo_breached", "is": True}], **level},
            "sev3": {"any": []},
        }
    }
    objective = {"availability": draw(st.sampled_from([99.0, 99.9])), "window": draw(st.sampled_from(["7d", "30d"]))}
    credit = {"from": 0, "below": draw(st.sampled_from([99.0, 99.9])), "percent": draw(st.sampled_from([5, 10]))}
    agreement = {"availability": 99.9, "fee": {"amount": 1000, "currency": "EUR"}, "credits": [credit]}
    return {
        "severities": severities | ({"effective_from": since} if since else {}),
        "services": {"services": {"api": {"name": "API", "slo": objective, "sla": agreement}}},
        "communications": {"cadence": {"sev2": {"every": draw(TIMES), "audiences": ["public"]}}},
        "escalation": {"escalation": {"sev2": [{"after": draw(TIMES), "notify": "executives", "by": "phone"}]}},
        "actions": {"deadlines": {"sev2": {"high": draw(st.sampled_from(["5d", "20d"]))}}, "waiver_max": "3d"},
        "metrics": {"availability": {"weights": {"outage": 1, "partial": draw(st.sampled_from([0.5, 1]))}}},
    }


@st.composite
def records(draw: st.DrawFn) -> tuple[list[Plain], list[Plain]]:
    """Up to three incidents that lasted some minutes, each with a post-mortem or none."""
    found: list[Plain] = []
    for number in range(1, draw(st.integers(min_value=0, max_value=3)) + 1):
        day, length = draw(st.integers(min_value=1, max_value=20)), draw(MINUTES)
        start = f"2025-01-{day:02}T00:00:00Z"
        end = f"2025-01-{day:02}T{length // 60:02}:{length % 60:02}:00Z"
        told = [{"id": "c", "at": start, "audience": "public", "channel": "page"}] if draw(st.booleans()) else []
        found.append(
            hit(
                number,
                draw(SHARES),
                start,
                severity=draw(st.sampled_from(["sev1", "sev2", "sev3"])),
                milestones={"started": start, "acknowledged": end, "mitigated": end, "resolved": end},
                impact={"phases": [phase(start, end, draw(st.sampled_from(["outage", "partial"])))]},
                communications=told,
            )
        )
    items = [{"id": "AI-1", "priority": "high", "due": "2025-01-25", "status": "done"}]
    postmortem = {"status": "published", "held": "2025-01-21", "action_items": items}
    return found, [postmortem | {"incidents": [one["id"]]} for one in found if draw(st.booleans())]


@given(policies(), records())
def test_base_against_itself_reclassifies_nothing(both: Plain, kept: tuple[list[Plain], list[Plain]]) -> None:
    found = backtested(both, both, *kept[0], postmortems=kept[1])
    assert (found.changes, found.outcomes, found.reclassified) == ((), (), [])


@given(policies(), policies(), records())
def test_swapping_the_ends_swaps_before_and_after(
    one: Plain, other: Plain, kept: tuple[list[Plain], list[Plain]]
) -> None:
    there = backtested(one, other, *kept[0], postmortems=kept[1])
    back = backtested(other, one, *kept[0], postmortems=kept[1])
    assert answers(there) == answers(back, swapped=True)
    assert [(item.key, item.judged, item.left_out) for item in there.outcomes] == [
        (item.key, item.judged, item.left_out) for item in back.outcomes
    ]


def answers(found: Backtest, *, swapped: bool = False) -> Counter[tuple[object, ...]]:
    """Return everything that differs; a window of figures is HEAD's, so only their names are told."""
    said: Counter[tuple[object, ...]] = Counter()
    for one in found.outcomes:
        for covered, items in ((True, one.reclassified), (False, one.supposed)):
            for item in items:
                pair = (item.after, item.before) if swapped else (item.before, item.after)
                said[(item.concern, covered, item.incident, item.about, *pair)] += 1
    return said


def test_the_example_against_itself() -> None:
    book = repository.load(ROOT)
    assert backtest.run(book, book.policies, at(NOW)).plain() == {
        "changed_policies": [],
        "reclassified": 0,
        "concerns": [],
        "notes": [],
    }
