"""OpenMetrics: what the official parser of Prometheus reads out of it is what the figures say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parsed
from prometheus_client.registry import Collector, CollectorRegistry

from incidentbook import metrics, periods
from incidentbook.exporters import openmetrics
from incidentbook.figures import Figure
from incidentbook.metrics import Measurement
from incidentbook.periods import Window
from incidentbook.records.money import Money
from kb import Inc, at, incident, repo

WINDOW = Window(at("2025-01-01"), at("2025-01-15 06:00"), "2025-01", "Europe/Berlin", partial=True)
FIGURES = (
    Figure(
        "mttr", "Mean time to resolve", "seconds", 8100.0, "started to resolved", n=3, missing=1, open=2, low=6600.0
    ),
    Figure("availability.public-api", "Availability, API", "percent", 99.12, "time not lost", target=99.95, n=3),
    Figure("mtbf", "MTBF", "days", 45.0, "d", n=8, low=22.8, high=104.2, excluded={"drill": 1}),
    Figure("loss.USD", "Loss", "money", Money(Decimal("191250.50"), "USD"), "d"),
    Figure("coverage", "Nothing", "percent", None, "d"),
    Figure("incidents", "Count", "count", 3, "d", n=3, parts={"SEV-1": 1, "SEV-2": 2}),
    Figure("incidents.by-service", "By service", "count", 3, "d", n=3, parts={'The "API"\\': 2, "two\nlines": 1}),
    Figure("rate.sev1", "Rate", "per 30 days", 2.5, "d"),
    Figure("rate.security", "Rate", "per 30 days", 0.0, "d"),
    Figure("on-time.owner.sre", "On time", "percent", 100.0, "d"),
    Figure("people-time", "Time", "hours", 1.5, "d", parts={"lead": 0.5}, part_unit="hours"),
    Figure("burn-rate.api", "Burn", "times", 62.5, "d"),
)
MEASURED = Measurement(WINDOW, at("2025-01-15 06:00"), "abc1234", FIGURES)


def families(text: str) -> dict[str, Any]:
    return {family.name: family for family in parsed(text)}


def values(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Return every sample by its name and labels, the window's apart; there are no two with the same."""
    found: dict[tuple[str, frozenset[tuple[str, str]]], float] = {}
    for family in parsed(text):
        for sample in family.samples:
            key = sample.name, frozenset(sample.labels.items())
            assert key not in found
            found[key] = sample.value
    return found


def one(name: str, **labels: str) -> float | None:
    found = values(openmetrics.render([MEASURED], "Test"))
    return found.get((f"incidentbook_{name}", frozenset({"window": "2025-01", **labels}.items())))


@pytest.mark.parametrize(
    ("name", "labels", "expected"),
    [
        ("mttr_seconds", {}, 8100.0),
        ("mttr_low_seconds", {}, 6600.0),
        ("mttr_high_seconds", {}, None),  # no bound on that side
        ("mttr_n", {}, 3.0),
        ("mttr_left_out", {"reason": "missing"}, 1.0),
        ("mttr_left_out", {"reason": "still open"}, 2.0),
        ("availability_by_service_ratio", {"service": "public-api"}, 0.9912),
        ("availability_by_service_target_ratio", {"service": "public-api"}, 0.9995),
        ("mtbf_seconds", {}, 45 * 86400.0),
        ("mtbf_high_seconds", {}, 9002880.0),  # 104.2 days
        ("mtbf_left_out", {"reason": "drill"}, 1.0),
        ("loss", {"currency": "USD"}, 191250.5),
        ("coverage_ratio", {}, None),  # N/A is no sample
        ("coverage_n", {}, 0.0),
        ("incidents", {}, 3.0),
        ("incidents_by_severity", {"severity": "sev2"}, 2.0),
        ("incidents_by_service", {"service": 'The "API"\\'}, 2.0),
        ("incidents_by_service", {"service": "two\nlines"}, 1.0),
        ("incidents_by_service", {}, None),  # all of them are `incidents`
        ("rate_by_severity_per_30_days", {"severity": "sev1"}, 2.5),
        ("rate_by_type_per_30_days", {"type": "security"}, 0.0),
        ("on_time_by_owner_ratio", {"owner": "sre"}, 1.0),
        ("people_time_seconds", {}, 5400.0),
        ("people_time_by_part_seconds", {"part": "lead"}, 1800.0),
        ("burn_rate_by_service_ratio", {"service": "api"}, 62.5),
        ("window_start_timestamp_seconds", {}, 1735689600.0),
        ("as_of_timestamp_seconds", {}, 1736920800.0),
    ],
)
def test_a_figure_in_base_units_under_its_labels(name: str, labels: dict[str, str], expected: float | None) -> None:
    assert one(name, **labels) == expected


def test_what_it_was_computed_from_is_an_info() -> None:
    found = families(openmetrics.render([MEASURED], 'A "base"\\\n'))["incidentbook_measurement"]
    assert found.type == "info"
    (sample,) = found.samples
    assert (sample.name, sample.value) == ("incidentbook_measurement_info", 1.0)
    assert sample.labels == {
        "window": "2025-01", "knowledge_base": 'A "base"\\\n', "commit": "abc1234", "time_zone": "Europe/Berlin",
        "partial": "true",
    }  # fmt: skip


def test_every_family_has_help_and_type_and_its_unit_as_suffix() -> None:
    text = openmetrics.render([MEASURED], "Test")
    assert text.endswith("\n# EOF\n")
    for name, family in families(text).items():
        assert family.documentation.endswith(".")
        assert family.type in ("gauge", "info")
        assert name.endswith(f"_{family.unit}" if family.unit else name)
        assert name.endswith(("_seconds", "_ratio", "_per_30_days")) == bool(family.unit)
    assert families(text)["incidentbook_mttr_seconds"].documentation == "Mean time to resolve: started to resolved."


def test_the_window_that_ends_now_keeps_its_label_from_day_to_day() -> None:
    windows = periods.parse("30d", at("2025-01-15"), repo().zone) + periods.parse("1h", at("2025-01-15"), repo().zone)
    assert [openmetrics.window_label(window) for window in windows] == ["30d", "1h"]
    assert openmetrics.window_label(periods.named("2024-12-01..2024-12-24", repo().zone)) == "2024-12-01 to 2024-12-24"


class Given(Collector):
    """Hands families over that were read before, so that Prometheus's own writer writes them."""

    def __init__(self, found: list[Any]) -> None:
        self.found = found

    def collect(self) -> list[Any]:
        """Return them."""
        return self.found


def test_the_writer_of_prometheus_says_the_same() -> None:
    ours = openmetrics.render([MEASURED], "Test")
    registry = CollectorRegistry()
    registry.register(Given(list(parsed(ours))))
    theirs = generate_latest(registry).decode()
    assert values(theirs) == values(ours)
    assert families(theirs).keys() == families(ours).keys()


@given(st.text(), st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_and_any_number_come_back(name: str, part: str, value: float) -> None:
    figure = Figure("x", name, "count", value, name, parts={part: value})
    found = values(openmetrics.render([Measurement(WINDOW, at("2025-01-15"), name, (figure,))], name))
    assert found["incidentbook_x", frozenset({("window", "2025-01")})] == value
    assert found["incidentbook_x_by_part", frozenset({("window", "2025-01"), ("part", part)})] == value


def test_the_example_month_by_month_and_nothing_at_all(inc: Inc) -> None:
    months = inc("metrics", "--period", "monthly", "--format", "openmetrics").out
    labels = {sample.labels["window"] for family in parsed(months) for sample in family.samples}
    assert len(labels) == 12
    assert len(values(months)) > 1000  # and no two alike
    empty = repo()
    measured = metrics.measure(empty, WINDOW, at("2025-01-15"))
    found = families(openmetrics.render([measured], "Empty"))
    assert not found.keys() & {"incidentbook_mttr_seconds", "incidentbook_mtbf_seconds"}
    assert found["incidentbook_incidents"].samples[0].value == 0


def test_the_example_says_what_the_json_says(inc: Inc) -> None:
    import json  # noqa: PLC0415

    figures = json.loads(inc("metrics", "--json").out)["measurements"][0]["figures"]
    found = values(inc("metrics", "--format", "openmetrics").out)
    mttr = next(figure for figure in figures if figure["key"] == "mttr")
    assert found["incidentbook_mttr_seconds", frozenset({("window", "30d")})] == mttr["value"] == 8100


@pytest.mark.parametrize("dimension", ["severity", "service", "factor", "team"])
def test_slices_are_told_apart_by_a_label(inc: Inc, dimension: str) -> None:
    found = values(inc("metrics", "--by", dimension, "--period", "quarterly", "--format", "openmetrics").out)
    slices = {dict(labels).get("slice") for _, labels in found}
    assert None not in slices
    assert len(slices) > 1


def test_a_count_of_zero_is_one_and_an_incident_is_one() -> None:
    measured = metrics.measure(repo(incident()), WINDOW, at("2025-01-15"))
    found = values(openmetrics.render([measured], "One"))
    assert found["incidentbook_incidents", frozenset({("window", "2025-01")})] == 1
