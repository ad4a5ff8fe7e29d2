"""What the records say of a figure of which a text claims a change, with n and with the test."""

from __future__ import annotations

import datetime as dt

import pytest

from incidentbook import claimed
from incidentbook.claimed import Outcome
from incidentbook.periods import Window
from incidentbook.prose.claimed_figures import Measure
from incidentbook.repository import Repository
from incidentbook.slices import Subset
from kb import Plain, at, incident, phase, repo, z

BEFORE = Window(at("2024-10-01"), at("2025-01-01"), "2024-Q4")
AFTER = Window(at("2025-01-01"), at("2025-04-01"), "2025-Q1")
NOW = at("2025-06-01")
POLICY: Plain = {"durations": {"ttr": {"name": "Time to resolve", "from": "started", "to": "resolved"}}}


def said(kb: Repository, measure: Measure, before: Window = BEFORE, after: Window = AFTER) -> Outcome:
    found = claimed.of(kb, measure, before, after, NOW)
    assert found is not None
    return found


def every(days: int, window: Window, first: int = 1, **more: object) -> list[Plain]:
    """Return an incident every so many days of a window."""
    count = int(window.seconds // (days * 86_400))
    return [
        incident(first + index, z(window.start + dt.timedelta(days=days * index)), **more) for index in range(count)
    ]


def hurt(number: int, start: str, hours: float) -> Plain:
    begun = at(start)
    return incident(number, z(begun), impact={"phases": [phase(z(begun), z(begun + dt.timedelta(hours=hours)))]})


def test_a_duration_and_the_count_are_those_of_trends() -> None:
    kb = repo(*every(7, BEFORE), *every(9, AFTER, 101), metrics=POLICY)
    assert said(kb, Measure.RESOLVED).words == "Median time to resolve: 1 hour before, 1 hour after. No change."
    assert said(kb, Measure.COUNT).words.startswith(
        "Incidents: 13 in 92 days before, 10 in 90 days after (rate -21 %). This cannot"
    )


def test_a_duration_that_policy_does_not_define() -> None:
    assert claimed.of(repo(metrics=POLICY), Measure.DETECTED, BEFORE, AFTER, NOW) is None


def test_of_several_times_to_a_milestone_that_from_the_start_is_meant() -> None:
    late: Plain = {"name": "Time to mend", "from": "detected", "to": "resolved"}
    kb = repo(metrics={"durations": {"mend": late, **POLICY["durations"]}})
    assert said(kb, Measure.RESOLVED).words.startswith("Median time to resolve: not compared")


def test_the_time_between_failures_is_tested_by_their_counts_and_goes_the_other_way() -> None:
    kb = repo(*every(3, BEFORE), *every(30, AFTER, 101), metrics=POLICY)
    found = said(kb, Measure.BETWEEN)
    assert found.comparison.verdict == "higher"
    assert found.words == (
        "Mean time between failures: 3.1 days before, 30.0 days after (+878 %). This is higher, by more than noise "
        "(p < 0.001)."
    )
    assert found.beside(BEFORE, AFTER) == "2024-Q4, n = 30 failures; then 2025-Q1, n = 3 failures"


def test_only_failures_are_between_failures() -> None:
    kb = repo(*every(3, BEFORE, severity="sev4"), *every(30, AFTER, 101), metrics=POLICY)
    assert said(kb, Measure.BETWEEN).words.startswith("Mean time between failures: not known before, 30.0 days after")


def test_availability_of_quarters_is_tested_by_their_weeks() -> None:
    kb = repo(
        *[hurt(week, z(BEFORE.start + dt.timedelta(days=7 * week)), 2) for week in range(13)],
        *[hurt(100 + week, z(AFTER.start + dt.timedelta(days=7 * week)), 0.5) for week in range(12)],
        metrics=POLICY,
    )
    found = said(kb, Measure.AVAILABILITY)
    assert (
        found.words
        == "Availability: 98.822 % before, 99.722 % after (+1 points). This is higher, by more than noise (p < 0.001)."
    )
    assert found.beside(BEFORE, AFTER) == "2024-Q4, n = 13 weeks; then 2025-Q1, n = 12 weeks"


def test_availability_of_two_quarters_with_an_outage_each_is_noise() -> None:
    found = said(repo(hurt(1, "2024-11-05", 3), hurt(2, "2025-02-05", 2), metrics=POLICY), Measure.AVAILABILITY)
    assert found.comparison.verdict == "noise"
    assert found.words.startswith("Availability: 99.864 % before, 99.907 % after")


def test_availability_of_months_is_tested_by_their_days() -> None:
    before, after = (Window(at(f"2025-0{month}-01"), at(f"2025-0{month + 1}-01"), f"2025-0{month}") for month in (1, 2))
    kb = repo(hurt(1, "2025-01-05", 3), hurt(2, "2025-02-05", 3), metrics=POLICY)
    assert (
        said(kb, Measure.AVAILABILITY, before, after).beside(before, after)
        == "2025-01, n = 31 days; then 2025-02, n = 28 days"
    )


def test_an_availability_that_nobody_knows() -> None:
    found = said(repo(*every(9, BEFORE), hurt(200, "2025-02-05", 2), metrics=POLICY), Measure.AVAILABILITY)
    assert found.comparison.verdict == "refused"
    assert "no incident of a window says when it hurt" in found.words.lower()
    assert found.words.endswith("10 incidents say nothing of when they hurt.")


def test_downtime_is_availability_seen_from_the_other_side() -> None:
    kb = repo(
        *[hurt(week, z(BEFORE.start + dt.timedelta(days=7 * week)), 2) for week in range(13)],
        *[hurt(100 + week, z(AFTER.start + dt.timedelta(days=7 * week)), 0.5) for week in range(12)],
        metrics=POLICY,
    )
    assert said(kb, Measure.DOWNTIME).words == (
        "Downtime: 1 hour 58 minutes a week before, 28 minutes a week after (-76 %). This is lower, by more than noise "
        "(p < 0.001)."
    )
    assert said(repo(metrics=POLICY), Measure.DOWNTIME).comparison.verdict == "refused"


def test_where_weeks_and_their_sum_disagree_nothing_is_said() -> None:
    weeks = [hurt(week, z(BEFORE.start + dt.timedelta(days=7 * week)), 1) for week in range(13)]
    found = said(repo(*weeks, hurt(100, "2025-02-05", 40), metrics=POLICY), Measure.AVAILABILITY)
    assert found.comparison.verdict == "refused"
    assert "Most weeks went one way and their sum the other" in found.words


def caused(number: int, start: str) -> Plain:
    return incident(number, start, changes=[{"id": "c", "caused": True}])


def test_the_share_of_changes_that_failed() -> None:
    months = {f"2024-{month}": 10 for month in (10, 11, 12)} | {f"2025-0{month}": 10 for month in (1, 2, 3)}
    failed = [caused(day, f"2024-10-{day:02}T00:00:00Z") for day in range(1, 13)]
    kb = repo(*failed, caused(99, "2025-01-05T00:00:00Z"), metrics=POLICY | {"changes": months})
    found = said(kb, Measure.CHANGES)
    assert found.comparison.verdict == "lower"
    assert found.words.startswith("Change-failure rate: 40 % before, 3 % after (-37 points)")
    assert found.beside(BEFORE, AFTER) == "2024-Q4, n = 30 changes; then 2025-Q1, n = 30 changes"


def test_a_share_whose_denominator_is_not_known_says_which() -> None:
    found = said(repo(caused(1, "2024-10-05T00:00:00Z"), metrics=POLICY | {"changes": {"2024-10": 9}}), Measure.CHANGES)
    assert found.comparison.verdict == "refused"
    assert "does not say how many changes there were in 2024-11, 2024-12" in found.words


def test_post_mortems_that_were_written_and_those_in_time() -> None:
    kb = repo(
        *every(9, BEFORE),
        *every(9, AFTER, 101),
        postmortems=[
            {"incidents": [f"INC-2025-{number}"], "status": "published", "held": "2025-04-30"}
            for number in range(101, 111)
        ],
        severities={"severities": {"sev2": {"postmortem": "required", "postmortem_within": "48h"}}},
        metrics=POLICY,
    )
    assert said(kb, Measure.WRITTEN).words.startswith("Post-mortem coverage: 0 % before, 100 % after (+100 points)")
    assert said(kb, Measure.WRITTEN).comparison.verdict == "higher"
    assert said(kb, Measure.IN_TIME).words.startswith("Post-mortems held in time: 0 % before, 0 % after")


def test_action_items_done_on_time() -> None:
    def item(number: int, due: str, completed: str) -> Plain:
        return {"id": f"AI-{number}", "status": "done", "due": due, "completed": completed}

    items = [item(n, "2024-11-10", "2024-12-10") for n in range(9)] + [
        item(50 + n, "2025-02-10", "2025-02-09") for n in range(9)
    ]
    kb = repo(
        postmortems=[{"incidents": ["INC-2025-001"], "held": "2024-10-05", "action_items": items}], metrics=POLICY
    )
    found = said(kb, Measure.ON_TIME)
    assert (found.comparison.verdict, found.comparison.before.n) == ("higher", 9)
    assert found.words.startswith("Action items done on time: 0 % before, 100 % after")


SEVERE = Subset((("severity", ("sev1",)),))
OF_DB = Subset((("service", ("db",)),))


def told(kb: Repository, measure: Measure, subset: Subset) -> Outcome:
    found = claimed.of(kb, measure, BEFORE, AFTER, NOW, subset)
    assert found is not None
    return found


def test_only_the_incidents_that_a_claim_names_are_compared() -> None:
    kb = repo(
        *every(5, BEFORE, severity="sev1"),
        *every(30, AFTER, 101, severity="sev1"),
        *every(5, AFTER, 201),
        metrics=POLICY,
    )
    assert told(kb, Measure.COUNT, SEVERE).comparison.verdict == "lower"
    assert told(kb, Measure.COUNT, SEVERE).about == "SEV-1 incidents"
    assert said(kb, Measure.COUNT).comparison.verdict == "noise"
    assert said(kb, Measure.COUNT).about == "all incidents"
    assert told(kb, Measure.RESOLVED, SEVERE).comparison.after.n == 3


def test_the_time_between_failures_of_a_severity_counts_it_though_policy_does_not() -> None:
    kb = repo(*every(3, BEFORE, severity="sev4"), *every(30, AFTER, 101, severity="sev4"), metrics=POLICY)
    found = told(kb, Measure.BETWEEN, Subset((("severity", ("sev4",)),)))
    assert (found.comparison.verdict, found.about) == ("higher", "SEV-4 incidents")


def test_availability_is_told_of_one_service() -> None:
    weeks = [hurt(week, z(BEFORE.start + dt.timedelta(days=7 * week)), 2) for week in range(13)]
    elsewhere = {"impact": {"phases": [phase("2025-02-05T00:00:00Z", "2025-02-07T00:00:00Z")]}, "services": ["db"]}
    kb = repo(*weeks, incident(50, "2025-02-05T00:00:00Z", **elsewhere), metrics=POLICY)
    assert told(kb, Measure.AVAILABILITY, OF_DB).words.startswith("Availability: 100.000 % before, 97.778 % after")
    assert told(kb, Measure.AVAILABILITY, OF_DB).about == "db"


@pytest.mark.parametrize(
    ("measure", "about"), [(Measure.CHANGES, "all changes"), (Measure.ON_TIME, "all action items")]
)
def test_what_belongs_to_no_incident_is_told_of_the_whole(measure: Measure, about: str) -> None:
    assert told(repo(metrics=POLICY), measure, SEVERE).about == about


def test_availability_of_a_severity_is_that_of_all_services() -> None:
    assert told(repo(metrics=POLICY), Measure.AVAILABILITY, SEVERE).about == "all services"


@pytest.mark.parametrize("measure", list(Measure))
def test_an_empty_knowledge_base_bears_out_nothing(measure: Measure) -> None:
    found = claimed.of(repo(metrics=POLICY), measure, BEFORE, AFTER, NOW)
    assert found is None or found.comparison.verdict in ("refused", "noise")


def test_where_nothing_was_compared_the_values_are_told_with_their_intervals() -> None:
    kb = repo(*every(11, BEFORE), *every(30, AFTER, 101), metrics=POLICY)
    found = said(kb, Measure.RESOLVED)
    assert found.comparison.verdict == "refused"
    assert found.beside(BEFORE, AFTER) == "2024-Q4: 1 hour (95 %: 1 hour to 1 hour), n = 8; then 2025-Q1: 1 hour, n = 3"


def test_a_time_before_the_first_record_is_not_compared() -> None:
    kb = repo(hurt(1, "2025-02-05", 2), metrics=POLICY)
    for measure in (Measure.BETWEEN, Measure.AVAILABILITY):
        assert "not compared. Records begin on 2025-02-05." in said(kb, measure).words
