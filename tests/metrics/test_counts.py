"""Counts and rates, by severity, type, service, factor and team; near misses and drills apart; and one slice by itself."""

from __future__ import annotations

import pytest
from scipy.stats import chi2

from incidentbook import metrics, slices
from incidentbook.figures import Figure
from incidentbook.periods import Window
from incidentbook.population import by_stretch
from incidentbook.repository import Repository
from kb import Plain, at, incident, record, repo
from metrics_of import END, measured

JANUARY = Window(at("2025-01-01"), END, "January")
HOUSE: Plain = {"teams": {"platform": {"name": "Platform"}}}
SERVICES: Plain = {
    "services": {"api": {"name": "API", "team": "platform"}, "db": {"name": "Database", "team": "data"}},
}
CAUSES: Plain = {"nodes": [{"id": "a", "factor": "dns"}, {"id": "b", "factor": "load"}]}


@pytest.fixture
def base() -> Repository:
    return repo(
        incident(1, services=["api", "db"], severity="sev1"),
        incident(2, services=["api"], type="security"),
        incident(3, services=[]),
        incident(4, exercise=True, services=["db"]),
        postmortems=[{"incidents": ["INC-2025-001"], "causes": CAUSES}],
        services=SERVICES,
        knowledge_base=HOUSE,
        severities={"severities": {"sev1": {}, "sev2": {}, "sev3": {}}},
    )


def test_counts_by_what_was_hit_and_why(base: Repository) -> None:
    found = measured(base)
    assert found["incidents.by-service"].parts == {"API": 2, "Database": 1}
    assert found["incidents.by-factor"].parts == {"dns": 1, "load": 1}
    assert found["incidents.by-team"].parts == {"Platform": 2, "data": 1}
    for dimension, missing in (("service", 1), ("factor", 2), ("team", 1)):
        figure = found[f"incidents.by-{dimension}"]
        assert (figure.value, figure.n, figure.missing, figure.excluded) == (3, 3 - missing, missing, {"drill": 1})
        assert figure.definition.endswith("one incident may count several times")
        assert figure.detail, "the short table has the severities and types"


def test_two_services_of_one_name_are_told_apart() -> None:
    made = repo(incident(1, services=["a", "b"]), services={"services": {"a": {"name": "API"}, "b": {"name": "API"}}})
    assert measured(made)["incidents.by-service"].parts == {"API (a)": 1, "API (b)": 1}


def test_near_misses_and_drills_are_counted_apart() -> None:
    made = repo(
        incident(1),
        incident(2, near_miss=True),
        incident(3, exercise=True),
        incident(4, exercise=True, status="investigating"),
        incident(5, exercise=True, near_miss=True),
        incident(6, "2024-12-31T23:59:59Z", exercise=True),
    )
    found = measured(made)
    assert (found["near-misses"].value, found["incidents"].value) == (1, 1)
    assert (found["drills"].value, found["drills"].n, found["drills"].open) == (2, 3, 1), "one is still running"


def test_they_are_counted_apart_where_policy_lets_them_into_other_figures_too() -> None:
    made = repo(incident(1, exercise=True), metrics={"exclude": []})
    found = measured(made)
    assert (found["incidents"].value, found["drills"].value) == (1, 1)


def test_the_rate_is_for_thirty_days_of_the_window(base: Repository) -> None:
    rate = measured(base)["rate"]
    assert rate.value == pytest.approx(3 / 31 * 30)
    assert rate.text == "2.90 per 30 days"
    assert rate.low == pytest.approx(chi2.ppf(0.025, 6) / 2 / 31 * 30)
    assert rate.high == pytest.approx(chi2.ppf(0.975, 8) / 2 / 31 * 30)
    assert (rate.n, rate.excluded) == (3, {"drill": 1})


def test_rates_by_severity_and_type(base: Repository) -> None:
    found = measured(base)
    assert found["rate.sev1"].value == pytest.approx(30 / 31)
    assert found["rate.security"].name == "Incident rate, Security"
    none = found["rate.sev3"]
    assert (none.value, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(2.9957 / 31 * 30, rel=1e-4), "none in a month says that there are few"
    assert "rate.sev4" not in found, "policy does not know it, and there was none"
    assert "rate.capacity" not in found


def test_a_window_across_a_change_of_the_clocks_is_as_long_as_it_was() -> None:
    window = metrics.measure(repo(incident(1)), _berlin("2025-03"), at("2025-04-10")).window
    assert window.seconds == (31 * 24 - 1) * 3600
    autumn = metrics.measure(repo(incident(1, "2025-10-31T22:59:59Z")), _berlin("2025-10"), at("2025-11-10"))
    rate = autumn.figure("rate")
    assert rate is not None
    assert rate.value == pytest.approx(30 * 24 / (31 * 24 + 1)), "its last hour belongs to October there"


def _berlin(text: str) -> Window:
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from incidentbook import periods  # noqa: PLC0415

    return periods.parse(text, at("2025-12-01"), ZoneInfo("Europe/Berlin"))[0]


def test_stretches_end_with_the_window_and_there_are_eight_or_none() -> None:
    starts = ["2025-01-31T23:00:00Z", "2025-01-25T00:00:00Z", "2025-01-24T23:59:59Z", "2024-12-05T00:00:00Z"]
    made = [record(**incident(number, start)) for number, start in enumerate(starts, 1)]
    weeks = Window(at("2024-12-05"), END, "58 days")
    assert by_stretch(made, weeks) == [0, 0, 0, 0, 0, 0, 1, 2], "the first two days are in no whole week"
    assert by_stretch(made, Window(at("2024-06-06"), END, "240 days")) == [0, 0, 0, 0, 0, 0, 1, 3]
    assert by_stretch(made, JANUARY) == []


def test_counts_that_vary_more_than_chance_makes_them_widen_the_interval() -> None:
    burst = [incident(number, f"2025-01-30T{number:02}:00:00Z") for number in range(1, 13)]
    rate = measured(repo(*burst), start="2024-11-01")["rate"]
    assert rate.method.startswith("quasi-Poisson")
    assert rate.low is not None
    assert rate.low < chi2.ppf(0.025, 24) / 2 / 92 * 30


def sliced(base: Repository, dimension: str) -> dict[str, dict[str, Figure]]:
    found = metrics.sliced(base, JANUARY, END, "abc", dimension)
    return {item.slice: {figure.key: figure for figure in item.figures} for item in found}


def test_a_slice_has_the_figures_of_its_incidents_alone(base: Repository) -> None:
    found = sliced(base, "service")
    assert list(found) == ["API", "Database", "none named"]
    assert [figures["incidents"].value for figures in found.values()] == [2, 1, 1]
    assert found["Database"]["incidents"].excluded == {"drill": 1}
    assert found["API"]["incidents"].excluded == {}
    assert found["API"]["rate"].value == pytest.approx(2 / 31 * 30)
    assert found["API"]["mtbf"].n == 2


@pytest.mark.parametrize("dimension", slices.DIMENSIONS)
def test_what_is_about_everything_together_is_not_told_by_slice(base: Repository, dimension: str) -> None:
    for figures in sliced(base, dimension).values():
        assert not [key for key in figures if key.startswith(("availability", "error-budget", "actions", "downtime"))]
        assert "change-failure-rate" not in figures, "of the changes it is known in all only how many there were"


@pytest.mark.parametrize("dimension", slices.DIMENSIONS)
def test_every_incident_is_in_a_slice_and_those_that_cannot_overlap_add_up(base: Repository, dimension: str) -> None:
    sizes = [figures["incidents"].n for figures in sliced(base, dimension).values()]
    assert sum(sizes) >= 3
    assert slices.overlap(dimension) or sum(sizes) == 3


def test_the_slices_of_nothing_are_none() -> None:
    assert metrics.sliced(repo(), JANUARY, END, "", "team") == []
    with pytest.raises(KeyError):
        metrics.sliced(repo(), JANUARY, END, "", "moon")
