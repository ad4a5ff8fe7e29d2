"""What all metrics share: the population of a window, what policy leaves out of it, and what stands beside every figure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import kb
from incidentbook import metrics, periods, population, repository
from incidentbook.figures import Figure
from incidentbook.metrics import Measurement, error_budget
from incidentbook.periods import Window
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.vocabulary import Severity
from incidentbook.repository import Repository
from kb import at, incident, record, repo

NOW = at("2025-02-01")
JANUARY = Window(at("2025-01-01"), NOW, "2025-01")


def measure(knowledge_base: Repository, window: Window = JANUARY, now: dt.datetime = NOW) -> Measurement:
    return metrics.measure(knowledge_base, window, now)


def figure(measurement: Measurement, key: str) -> Figure:
    found = measurement.figure(key)
    assert found is not None, key
    return found


def test_an_incident_belongs_to_the_window_in_which_it_started() -> None:
    starts = [
        "2024-12-31T23:59:59Z",
        "2025-01-01T00:00:00Z",
        "2025-01-31T23:59:59Z",
        "2025-02-01T00:00:00Z",
        "2025-01-01T00:30:00+01:00",
    ]
    made = repo(*(incident(number, start) for number, start in enumerate(starts, 1)))
    counted = population.population(made, MetricsPolicy(), JANUARY).counted
    assert [item.id for item in counted] == ["INC-2025-002", "INC-2025-003"]


def test_it_is_in_the_order_of_time_then_id() -> None:
    made = repo(incident(3), incident(1, "2025-01-20T00:00:00Z"), incident(2))
    counted = population.population(made, MetricsPolicy(), JANUARY).counted
    assert [item.id[-1] for item in counted] == ["2", "3", "1"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"exercise": True}, "drill"),
        ({"near_miss": True}, "near miss"),
        ({"status": "cancelled"}, "cancelled"),
        ({"status": "merged"}, "merged"),
        ({"status": "cancelled", "exercise": True}, "drill"),  # one reason each
    ],
)
def test_what_policy_leaves_out_and_why(changes: dict[str, Any], reason: str | None) -> None:
    assert population.exclusion(record(**incident(1) | changes), MetricsPolicy()) == reason
    assert population.exclusion(record(**incident(1) | changes), MetricsPolicy(exclude=())) is None


def test_what_was_left_out_is_told_by_reason() -> None:
    made = repo(incident(1), incident(2, exercise=True), incident(3, exercise=True), incident(4, status="merged"))
    count = figure(measure(made), "incidents")
    assert (count.value, count.excluded, count.left_out) == (1, {"drill": 2, "merged": 1}, "2 drill, 1 merged")


def test_a_record_without_a_start_is_counted_nowhere_and_told() -> None:
    found = measure(repo(incident(1), incident(2, milestones={"resolved": "2025-01-10T00:00:00Z"})))
    assert figure(found, "incidents").value == 1
    assert found.plain()["records_without_a_start"] == 1


def test_counts_by_severity_show_zeroes_of_policy_and_whatever_else_there_is() -> None:
    policy = {"severities": {"sev1": {}, "sev2": {}, "sev3": {}}}
    made = repo(
        incident(1),
        incident(2, severity="unclassified"),
        incident(3, severity="sev4"),
        incident(4, severity="x"),
        severities=policy,
    )
    assert figure(measure(made), "incidents").parts == {
        "SEV-1": 0,
        "SEV-2": 1,
        "SEV-3": 0,
        "SEV-4": 1,
        "Unclassified": 1,
    }


def test_counts_by_type_tell_what_has_none() -> None:
    by_type = figure(
        measure(repo(incident(1), incident(2, type="data-loss"), incident(3, type=None))), "incidents.by-type"
    )
    assert (by_type.parts, by_type.missing) == ({"Availability": 1, "Data loss": 1}, 1)


def test_open_incidents_are_told_apart_from_imported_ones() -> None:
    seen = {"provenance": {"source": "statuspage", "last_seen": "2025-01-20T00:00:00Z"}}
    made = repo(incident(1), incident(2, status="declared"), incident(3, status="declared", **seen))
    assert figure(measure(made), "incidents").note == "1 unresolved when last seen"
    assert figure(measure(made), "incidents").still_open == "1 still open, and counted"


def test_every_figure_has_a_definition_and_a_window() -> None:
    durations = {"durations": {"ttr": {"name": "Time to resolve", "from": "started", "to": "resolved"}}}
    found = measure(repo(incident(1), metrics=durations))
    assert len({item.key for item in found.figures}) == len(found.figures), "keys are for programs"
    for item in found.figures:
        assert item.definition
        assert item.window is not None
        assert set(item.plain()) >= {"key", "value", "unit", "definition", "n", "missing", "excluded", "open", "window"}


def test_an_empty_knowledge_base_has_no_figures_and_no_errors() -> None:
    found = measure(repo())
    assert figure(found, "incidents").value == 0
    assert figure(found, "availability").value is None, "nobody recorded anything, perfect days neither"
    assert figure(found, "mtbf").text == "N/A"
    assert figure(found, "revenue-loss").text == "N/A"


def test_the_population_of_some_severities() -> None:
    made = repo(
        incident(1),
        incident(2, severity="sev3"),
        incident(3, severity="sev3", exercise=True),
        incident(4, exercise=True),
    )
    some = population.population(made, MetricsPolicy(), JANUARY, [Severity.SEV2])
    assert ([item.id[-1] for item in some.counted], some.excluded) == (["1"], {"drill": 1})


def test_a_series_measures_each_window() -> None:
    made = repo(incident(1, "2024-12-31T00:00:00Z"), incident(2))
    windows = periods.parse("monthly", NOW, made.zone)[-2:]
    counts = [figure(item, "incidents").value for item in metrics.series(made, windows, NOW)]
    assert counts == [1, 1]


def test_of_a_series_only_the_figures_that_are_asked_for_are_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = repo(incident(1, "2024-12-31T00:00:00Z"), incident(2))
    windows = periods.parse("monthly", NOW, made.zone)[-2:]
    keys = ["availability", "incidents", "mtbf"]
    whole = list(metrics.series(made, windows, NOW))
    monkeypatch.setattr(error_budget, "compute", lambda _: pytest.fail("it comes after all of them"))
    few = list(metrics.series(made, windows, NOW, keys=keys))
    assert [[figure.key for figure in item.figures] for item in few] == [["incidents", "mtbf", "availability"]] * 2
    assert [[item.figure(key) for key in keys] for item in few] == [
        [item.figure(key) for key in keys] for item in whole
    ]


def test_a_metric_gives_no_figure_but_those_that_it_names() -> None:
    made = repository.load(kb.ROOT)
    scope = metrics.Scope(metrics.Whole(made, made.now()), periods.parse("365d", made.now(), made.zone)[0])
    named = [module for module in metrics.registry() if hasattr(module, "KEYS")]
    assert len(named) > 3
    for module in named:
        given = {figure.key.partition(".")[0] for figure in module.compute(scope)}
        assert given, module.__name__
        assert given <= module.KEYS, module.__name__


def test_third_parties_add_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    import types  # noqa: PLC0415

    theirs = types.ModuleType("weather")
    theirs.ORDER = 5  # type: ignore[attr-defined]
    theirs.compute = lambda scope: [
        Figure("sunny", "Sunny days", "count", scope.population.counted[0].id.count("1"), "d")
    ]  # type: ignore[attr-defined]

    class Point:
        name = "weather"

        @staticmethod
        def load() -> types.ModuleType:
            return theirs

    monkeypatch.setattr(metrics, "entry_points", lambda group: [Point] if group == "incidentbook.metrics" else [])
    metrics.registry.cache_clear()
    try:
        found = measure(repo(incident(1)))
    finally:
        metrics.registry.cache_clear()
    assert found.figures[0].key == "sunny"
    assert found.figures[0].window == JANUARY
