"""What became of reported figures: each moved one with the edits that moved it, and nothing that only time did."""

from __future__ import annotations

import copy

import pytest

from incidentbook import alterations, hindsight, restatement
from incidentbook.periods import Window
from incidentbook.repository import Repository
from incidentbook.restatement import Restatement
from kb import Plain, at, incident, phase, repo

MONTH = Window(at("2025-01-01"), at("2025-02-01"), "January")
POLICY: Plain = {
    "metrics": {"durations": {"ttr": {"name": "Time to resolve", "from": "started", "to": "resolved"}}},
    "severities": {"severities": {"sev1": {"name": "Critical"}, "sev2": {"name": "Major"}}},
}


def base(*incidents: Plain, **policies: Plain) -> Repository:
    return repo(*incidents, **(POLICY | policies))


def restated(before: Repository, after: Repository) -> Restatement:
    return restatement.restate(before, after, MONTH, at("2025-02-01"), alterations.edits(before, after))


def moved(found: Restatement) -> dict[str, tuple[object, object, list[str]]]:
    return {
        item.name: (
            item.before.value if item.before else None,
            item.after.value if item.after else None,
            [effect.edit.name for effect in item.effects],
        )
        for item in found.moved
    }


def test_nothing_has_moved() -> None:
    assert restated(base(incident(1)), base(copy.deepcopy(incident(1)))).moved == ()


def test_a_corrected_end_moves_the_times_that_rest_on_it() -> None:
    first, second = incident(1), incident(2)
    later = first | {"milestones": {**first["milestones"], "resolved": "2025-01-10T03:00:00Z"}}
    found = restated(base(first, second), base(later, second))
    assert moved(found)["Median time to resolve"] == (3600.0, 7200.0, ["INC-2025-001"])
    assert "Incident count" not in moved(found)
    (edit,) = found.movers
    assert [str(fact) for fact in edit.differences] == [
        "milestones.resolved: 2025-01-10T01:00:00Z → 03:00:00Z",
    ]


@pytest.mark.parametrize("back", [False, True])
def test_a_sum_that_was_not_known_is_one_figure_with_what_it_became(*, back: bool) -> None:
    whole = incident(1, impact={"phases": [phase("2025-01-10T00:00:00Z", "2025-01-10T02:00:00Z")]})
    priced = whole | {"classification": {"revenue_per_hour": {"amount": 10, "currency": "USD"}}}
    states = base(whole), base(priced)
    found = restated(*(reversed(states) if back else states))
    (loss,) = [item for item in found.moved if item.name.startswith("Revenue loss")]
    assert loss.before is not None
    assert loss.after is not None
    assert [figure.text for figure in (loss.before, loss.after)] == (["$20", "N/A"] if back else ["N/A", "$20"])
    assert [effect.edit.name for effect in loss.effects] == ["INC-2025-001"]


def test_an_edit_that_moves_no_figure_is_no_mover() -> None:
    before = base(incident(1), incident(2))
    after = base(incident(1, title="A better title"), incident(2, severity="sev1"))
    assert [edit.name for edit in alterations.edits(before, after)] == ["INC-2025-001", "INC-2025-002"]
    assert [edit.name for edit in restated(before, after).movers] == ["INC-2025-002"]


def test_two_edits_are_told_apart() -> None:
    long = {"milestones": {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T05:00:00Z"}}
    found = restated(base(incident(1), incident(2)), base(incident(1, **long), incident(3), incident(2)))
    assert [(edit.name, edit.verb) for edit in found.movers] == [("INC-2025-001", "changed"), ("INC-2025-003", "added")]
    count = next(item for item in found.moved if item.name == "Incident count")
    assert [(effect.edit.name, effect.figure.value) for effect in count.effects] == [("INC-2025-003", 3)]


def test_one_that_was_removed() -> None:
    found = restated(base(incident(1), incident(2)), base(incident(1)))
    assert moved(found)["Incident count"] == (2, 1, ["INC-2025-002"])
    assert [edit.verb for edit in found.movers] == ["removed"]


def test_a_policy_moves_figures_too() -> None:
    hit = {"impact": {"phases": [phase("2025-01-10T00:00:00Z", "2025-01-10T01:00:00Z", "partial")]}}
    half = {"metrics": {**POLICY["metrics"], "availability": {"weights": {"partial": 0.5}}}}
    whole = {"metrics": {**POLICY["metrics"], "availability": {"weights": {"partial": 1}}}}
    found = restated(base(incident(1, **hit), **half), base(incident(1, **hit), **whole))
    assert moved(found)["Downtime-equivalent"] == (1800.0, 3600.0, ["policy/metrics.yml"])


def test_time_alone_moves_nothing() -> None:
    going_on = incident(1, status="declared", milestones={"started": "2025-01-10T00:00:00Z"})
    going_on |= {"impact": {"phases": [phase("2025-01-10T00:00:00Z", None)]}}
    assert restated(base(going_on), base(copy.deepcopy(going_on))).moved == ()


@pytest.mark.parametrize("count", [1, 3])
def test_what_an_edit_does_alone_is_measured_in_the_earlier_state(count: int) -> None:
    before = [incident(number) for number in range(1, 4)]
    after = [
        incident(n, milestones=before[0]["milestones"]) if n > count else incident(n, severity="sev1")
        for n in (1, 2, 3)
    ]
    found = restated(base(*before), base(*after))
    (item,) = (item for item in found.moved if item.name == "Incident count")
    assert [dict(effect.figure.parts)["SEV-1"] for effect in item.effects] == [1] * count


def test_an_edit_that_takes_a_figure_away_is_named() -> None:
    hit = {"impact": {"phases": [phase("2025-01-10T00:00:00Z", "2025-01-10T01:00:00Z")]}}
    slo = {"services": {"services": {"api": {"slo": {"availability": 99.9}}}}}
    found = restated(base(incident(1, **hit), **slo), base(incident(1, **hit), services={"services": {"api": {}}}))
    (gone,) = (item for item in found.moved if item.before and item.before.key == "availability.api")
    assert (gone.after, [effect.edit.name for effect in gone.effects]) == (None, ["policy/services.yml"])


def test_a_number_of_changes_that_nobody_wrote_anew_moves_nothing() -> None:
    """Read a month later it would be that of the whole month, of which the fortnight is a part; written anew it is."""
    fortnight = Window(at("2025-01-01"), at("2025-01-15"), "fortnight")
    failed = incident(changes=[{"id": "c1", "caused": True}])
    before, after, anew = (repo(failed, metrics={"changes": {"2025-01": count}}) for count in (140, 140, 620))
    before.written, after.written, anew.written = at("2025-01-15"), at("2025-02-15"), at("2025-02-15")

    def counts(other: Repository) -> list[tuple[int, ...]]:
        found = restatement.restate(before, other, fortnight, fortnight.end, alterations.edits(before, other)).moved
        figures = ((one.before, one.after, one.effects[0].figure) for one in found)
        return [tuple(figure.n for figure in some if figure) for some in figures]

    assert counts(after) == []
    assert counts(anew) == [(140, 280, 280)]


def test_what_was_cut_off_at_now_is_no_edit() -> None:
    """A record that ends later has no text of its own as of now; what it does not say there has not been edited."""
    first = incident(
        classification={"revenue_per_hour": {"amount": 6500, "currency": "USD"}}, detection={"by": "unknown"}
    )
    open_ = first | {"status": "declared", "milestones": {"started": first["milestones"]["started"]}}
    after = hindsight.until(base(first | {"title": "A better title"}), at("2025-01-10T00:30:00Z"))
    (edit,) = alterations.edits(base(open_), after)
    assert [str(fact) for fact in edit.differences] == ["title: Incident 1 → A better title"]
