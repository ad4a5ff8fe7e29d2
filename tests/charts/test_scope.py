"""What charts ask: the usual window, months with their parts, and nothing before anybody kept records."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from chart_data import knowledge_base
from incidentbook import periods
from incidentbook.charts.scope import Scope, usual, whole
from incidentbook.periods import Window
from kb import Plain, at, incident

BERLIN = ZoneInfo("Europe/Berlin")
HOUSE: Plain = {"name": "Test", "time_zone": "Europe/Berlin"}


def test_the_usual_window_is_24_calendar_months_with_the_running_one() -> None:
    window = usual(at("2025-01-15 06:00"), BERLIN)
    assert (window.start, window.end) == (at("2023-02-01T00:00+01:00"), at("2025-01-15 06:00"))
    assert (window.label, window.zone) == ("24 months to 2025-01", "Europe/Berlin")
    assert usual(at("2025-01-31T23:30+00:00"), BERLIN).label == "24 months to 2025-02"  # it is February there
    assert usual(at("2025-02-01T00:00+01:00"), BERLIN).label == "24 months to 2025-01"  # and here it only just ends


def test_several_windows_are_one() -> None:
    windows = periods.parse("quarterly", at("2025-01-15 06:00"), BERLIN)
    found = whole(windows)
    assert (found.start, found.end, found.label) == (windows[0].start, windows[-1].end, "2023-Q2 to 2025-Q1")
    assert found.partial
    assert whole(windows[:1]) is windows[0]


@pytest.mark.parametrize(
    ("first", "months"),
    [
        ("2024-10-20T00:00:00Z", ["2024-10", "2024-11"]),
        ("2024-10-31T23:30:00Z", ["2024-11"]),  # November has begun in Berlin
        ("2023-01-01T00:00:00Z", ["2024-09", "2024-10", "2024-11"]),
        (None, ["2024-09", "2024-10", "2024-11"]),
    ],
)
def test_months_begin_with_the_first_record(first: str | None, months: list[str]) -> None:
    base = knowledge_base(*([incident(1, first)] if first else []), knowledge_base=HOUSE)
    window = Window(at("2024-09-10 00:00"), at("2024-11-15 00:00"), "", "Europe/Berlin")
    found = list(Scope(base, window, window.end).months())
    assert [month.label for month in found] == months
    assert found[-1].end == window.end
    assert found[-1].partial
    if months[0] == "2024-09":
        assert found[0].start == window.start
    for before, after in pairwise(found):
        assert before.end == after.start
        assert not before.partial


def test_a_month_with_a_change_of_the_clock_is_an_hour_longer() -> None:
    window = Window(at("2024-09-30T22:00+00:00"), at("2024-10-31T23:00+00:00"), "", "Europe/Berlin")
    (october,) = Scope(knowledge_base(knowledge_base=HOUSE), window, window.end).months()
    assert october.seconds == 31 * 86400 + 3600
    assert not october.partial


def test_times_stand_where_a_clock_of_the_zone_shows_them() -> None:
    window = Window(at("2024-01-01"), at("2025-01-01"), "", "Europe/Berlin")
    asked = Scope(knowledge_base(), window, window.end)
    assert asked.wall(at("2024-07-01 23:30")) == "2024-07-02T01:30:00"


def test_the_duration_is_that_to_resolve_if_nobody_says_another() -> None:
    window = Window(at("2024-01-01"), at("2025-01-01"), "")
    assert Scope(knowledge_base(), window, window.end).duration.name == "Time to resolve"
    assert Scope(knowledge_base(), window, window.end, duration="tta").duration.to == "acknowledged"
    only = {"durations": {"ttx": {"name": "Time to X", "from": "started", "to": "closed"}}}
    assert Scope(knowledge_base(metrics=only), window, window.end).duration.name == "Time to X"
    none = Scope(knowledge_base(metrics={}), window, window.end).duration
    assert (none.from_, none.to) == ("started", "resolved")
