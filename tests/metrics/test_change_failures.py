"""Changes: how many incidents one brought about, and how many of all changes did."""

from __future__ import annotations

from typing import Any

import pytest

from incidentbook.figures import Figure
from kb import Plain, at, incident, repo
from metrics_of import measured


def changed(number: int, *changes: Plain, start: str = "2025-01-10T00:00:00Z", **more: Any) -> Plain:
    return incident(
        number, start, changes=[{"id": f"ch{index}", **change} for index, change in enumerate(changes)], **more
    )


CAUSED: Plain = {"suspected": True, "caused": True}
CLEARED: Plain = {"suspected": True, "caused": False}
OPEN: Plain = {"suspected": True}
NEAR: Plain = {}


def found(*incidents: Plain, changes: dict[str, int] | None = None, **more: Any) -> dict[str, Figure]:
    return measured(repo(*incidents, metrics={"changes": changes or {}}), **more)


def test_the_share_of_incidents_that_a_change_caused() -> None:
    figure = found(
        changed(1, CAUSED),
        changed(2, CLEARED),
        changed(3, NEAR),
        changed(4),
        changed(5, OPEN),
        changed(6, OPEN, CAUSED),
    )
    share = figure["incidents-by-change"]
    assert (share.value, share.n, share.missing) == (40.0, 5, 1), "of the fifth nobody has judged the change yet"


def test_drills_are_caused_by_nothing() -> None:
    share = found(changed(1, CAUSED, exercise=True), changed(2))["incidents-by-change"]
    assert (share.value, share.n, share.excluded) == (0.0, 1, {"drill": 1})


def test_of_all_changes_of_a_month() -> None:
    rate = found(changed(1, CAUSED, CAUSED), changed(2, CAUSED), changes={"2025-01": 200})["change-failure-rate"]
    assert (rate.value, rate.n, rate.note) == (1.5, 200, "3 of 200 changes")


def test_a_change_that_caused_two_incidents_failed_once() -> None:
    same = CAUSED | {"ref": "CHG-1"}
    rate = found(changed(1, same), changed(2, same), changes={"2025-01": 10})["change-failure-rate"]
    assert (rate.value, rate.note) == (10.0, "1 of 10 changes")


def test_a_part_of_a_month_has_its_part_of_the_changes() -> None:
    rate = found(changed(1, CAUSED), changes={"2025-01": 31, "2024-12": 310}, start="2024-12-22")["change-failure-rate"]
    assert rate.n == 131, "ten days of December, and January"
    assert rate.note == "1 of 131 changes; the number of a month that lies partly in the window is taken by time"


def test_a_month_that_runs_is_counted_up_to_now() -> None:
    rate = found(changed(1, CAUSED), changes={"2025-01": 40}, now=at("2025-01-16"))["change-failure-rate"]
    assert rate.n == 40
    assert rate.note == '1 of 40 changes; the number of 2025-01 is taken as counted until "now"'


def test_a_month_that_is_over_by_now_was_none_that_ran() -> None:
    """As of an earlier day its number is that of all of it: it was counted when all of it had been told."""
    made = repo(changed(1, CAUSED), metrics={"changes": {"2025-01": 310}})
    made.written = at("2025-02-20")
    rate = measured(made, now=at("2025-01-11"))["change-failure-rate"]
    assert (rate.value, rate.n) == (1.0, 100), "ten days of 31"
    assert rate.note == "1 of 100 changes; the number of a month that lies partly in the window is taken by time"


def test_of_an_earlier_day_of_the_month_that_runs_its_number_is_taken_by_time() -> None:
    made = repo(changed(1, CAUSED), metrics={"changes": {"2025-01": 200}})
    made.written = at("2025-01-21")
    rate = measured(made, now=at("2025-01-11"))["change-failure-rate"]
    assert rate.n == 100, "ten days of twenty"
    assert rate.note.endswith("the number of 2025-01 is taken as counted until 2025-01-21")


def test_what_was_not_counted_yet_of_a_month_to_come_is_no_less() -> None:
    made = repo(changed(1, CAUSED), metrics={"changes": {"2025-01": 40}})
    made.written = at("2025-01-16")
    assert measured(made, now=at("2025-01-31"))["change-failure-rate"].n == 40


def test_a_knowledge_base_that_stands_still_counted_until_then() -> None:
    made = repo(metrics={"changes": {"2025-01": 40}}, knowledge_base={"name": "x", "as_of": "2025-01-21T00:00:00Z"})
    made.written = at("2026-01-01")
    assert measured(made, now=at("2025-01-11"))["change-failure-rate"].n == 20


def test_a_month_without_a_number_makes_no_rate() -> None:
    rate = found(changed(1, CAUSED), changes={"2025-01": 40}, start="2024-11-15")["change-failure-rate"]
    assert rate.value is None
    assert rate.note == "policy/metrics.yml does not say how many changes there were in 2024-11, 2024-12"


def test_months_begin_in_the_house_zone() -> None:
    """The window begins on 1 January in UTC, which in Sydney is eleven hours into January."""
    made = repo(
        metrics={"changes": {"2025-01": 744, "2025-02": 672}},
        knowledge_base={"name": "x", "time_zone": "Australia/Sydney"},
    )
    rate = measured(made, now=at("2025-04-01"))["change-failure-rate"]
    assert rate.n == 744 - 11 + 11, "eleven hours of January lie before it, and eleven of February in it"


@pytest.mark.parametrize("changes", [{}, {"2025-01": 0}])
def test_without_changes_there_is_no_rate(changes: dict[str, int]) -> None:
    assert found(changed(1, CAUSED), changes=changes)["change-failure-rate"].text == "N/A"


def test_a_number_below_what_is_known_to_have_failed_is_no_more_than_all() -> None:
    assert found(changed(1, CAUSED, CAUSED), changes={"2025-01": 1})["change-failure-rate"].value == 100.0
