"""Two windows compared: what is more than noise, what is not, and what it would take."""

from __future__ import annotations

import datetime as dt
import math
import random

import pytest

from incidentbook import trends
from incidentbook.periods import Window
from incidentbook.repository import Repository
from incidentbook.trends import Change
from kb import Plain, at, incident, repo, z

BEFORE = Window(at("2024-07-01"), at("2025-01-01"), "2024-H2")
AFTER = Window(at("2025-01-01"), at("2025-07-01"), "2025-H1")
NOW = at("2025-07-01")
TTR: Plain = {"durations": {"ttr": {"name": "Time to resolve", "from": "started", "to": "resolved"}}}


def many(window: Window, minutes: list[float], first: int, **more: object) -> list[Plain]:
    """Return incidents that lasted so many minutes each, spread evenly over a window."""
    step = (window.end - window.start) / max(len(minutes), 1)
    made = []
    for index, length in enumerate(minutes):
        start = window.start + index * step
        times = {"started": z(start), "resolved": z(start + dt.timedelta(minutes=length))}
        made.append(incident(first + index, z(start), milestones=times, **more))
    return made


def lognormal(seed: int, count: int, factor: float = 1.0) -> list[float]:
    draw = random.Random(seed)  # noqa: S311 - no secret
    return [round(60 * factor * math.exp(draw.gauss(0, 1.1)), 1) for _ in range(count)]


def compared(*made: Plain, by: str = "") -> list[Change]:
    return trends.changes(repo(*made, metrics=TTR), BEFORE, AFTER, NOW, by)


def words(found: list[Change]) -> dict[str, str]:
    return {f"{change.key} {change.slice}".strip(): change.words for change in found}


def test_noise_is_called_noise() -> None:
    found = compared(*many(BEFORE, lognormal(1, 24), 1), *many(AFTER, lognormal(2, 24), 101))
    assert [change.comparison.verdict for change in found] == ["noise", "noise"]
    assert "cannot be told from noise" in words(found)["ttr"]


def test_the_mean_may_move_by_a_fifth_and_still_be_noise() -> None:
    before, after = lognormal(3, 24), [length * 0.8 for length in lognormal(3, 24)]
    found = compared(*many(BEFORE, before, 1), *many(AFTER, after, 101))
    (ttr,) = (change for change in found if change.key == "ttr")
    assert ttr.comparison.change == pytest.approx(-0.2, abs=0.01)
    assert "cannot be told from noise" in ttr.words
    assert "would be needed to see a 20 % change" in ttr.words


def test_what_is_plain_is_told() -> None:
    found = compared(*many(BEFORE, lognormal(1, 40, 10), 1), *many(AFTER, lognormal(2, 8), 101))
    assert {change.key: change.comparison.verdict for change in found} == {"incidents": "lower", "ttr": "lower"}
    assert "This is lower, by more than noise" in words(found)["ttr"]


def test_few_are_not_compared() -> None:
    found = compared(*many(BEFORE, [10] * 3, 1), *many(AFTER, [20] * 9, 101))
    assert words(found)["ttr"] == (
        "Median time to resolve: not compared. 3 before and 9 after: a comparison needs 8 on each side."
    )


def test_open_ones_are_compared_by_what_they_have_lasted() -> None:
    still = [
        incident(
            200 + n, "2025-06-01T00:00:00Z", status="investigating", milestones={"started": "2025-06-01T00:00:00Z"}
        )
        for n in range(8)
    ]
    found = compared(*many(BEFORE, lognormal(1, 24), 1), *many(AFTER, lognormal(2, 24), 101), *still)
    (ttr,) = (change for change in found if change.key == "ttr")
    assert ttr.comparison.method == "log-rank"
    assert ttr.comparison.after.n == 32


def test_slices_are_corrected_for_being_many() -> None:
    made = []
    for index in range(10):
        kind = {"services": [f"s{index}"]}
        made += many(BEFORE, lognormal(index, 8), 1 + 20 * index, **kind)
        made += many(AFTER, lognormal(100 + index, 8), 500 + 20 * index, **kind)
    found = compared(*made, by="service")
    tested = [change.comparison for change in found if change.comparison.p is not None]
    assert len(tested) == 20
    assert all(item.slices == 20 for item in tested)
    assert all(item.adjusted_p is not None and item.p is not None and item.adjusted_p >= item.p for item in tested)


def test_drills_and_what_policy_leaves_out_count_in_neither() -> None:
    drills = many(AFTER, [10] * 5, 101, exercise=True)
    (count, _) = compared(*many(BEFORE, [10] * 5, 1), *drills)
    assert (count.comparison.before.n, count.comparison.after.n) == (5, 0)


def test_nothing_at_all() -> None:
    nothing = repo(metrics=TTR | {"records_from": "2024-01-01"})
    found = trends.changes(nothing, BEFORE, AFTER, NOW)
    assert [change.comparison.verdict for change in found] == ["noise", "refused"]


def test_no_records_are_not_no_incidents() -> None:
    nothing = trends.changes(repo(metrics=TTR), BEFORE, AFTER, NOW)
    assert nothing[0].words == "Incidents: not compared. There is no record."
    since = trends.changes(repo(*many(AFTER, [10.0] * 9, 1), metrics=TTR), BEFORE, AFTER, NOW)
    assert since[0].words == "Incidents: not compared. Records begin on 2025-01-01."


def test_a_period_of_which_records_tell_in_part_counts_as_long_as_they_do() -> None:
    told = TTR | {"records_from": "2024-10-01"}
    base = repo(
        *many(Window(at("2024-10-01"), AFTER.start, ""), [9.0] * 6, 1), *many(AFTER, [9.0] * 6, 101), metrics=told
    )
    assert trends.changes(base, BEFORE, AFTER, NOW)[0].words.startswith(
        "Incidents: 6 in 92 days before, 6 in 181 days after (rate -49 %)."
    )


def test_a_short_period_is_as_uncertain_as_the_weeks_before_it_were() -> None:
    """Incidents that come in storms of ten: one storm more is no trend, though Poisson would say so."""
    storms = [at("2025-01-06") + dt.timedelta(days=days) for days in (0, 40, 80, 130)]
    made = [
        incident(10 * place + n, z(start + dt.timedelta(hours=n)))
        for place, start in enumerate(storms)
        for n in range(10)
    ]
    before, after = (
        Window(at(start), at(end), "") for start, end in (("2025-04-06", "2025-05-06"), ("2025-05-06", "2025-06-05"))
    )
    (count, _) = trends.changes(repo(*made, metrics=TTR), before, after, at("2025-06-05"))
    assert (count.comparison.before.n, count.comparison.after.n) == (0, 10)
    assert count.comparison.method.startswith("quasi-Poisson")
    assert count.comparison.verdict == "noise"


def test_counts_that_vary_more_than_chance_are_not_taken_for_a_change() -> None:
    """One bad week of twenty in a year of none is no proof of a worse half-year."""
    storm = [incident(n, z(at("2025-03-03") + dt.timedelta(hours=n))) for n in range(20)]
    (count, _) = compared(*many(BEFORE, [10.0] * 6, 100), *storm, *many(AFTER, [10.0] * 6, 200))
    assert count.comparison.method.startswith("quasi-Poisson")
    assert count.comparison.verdict == "noise"


def test_one_figure_alone() -> None:
    base: Repository = repo(*many(BEFORE, [10.0] * 9, 1), *many(AFTER, [10.0] * 9, 101), metrics=TTR)
    found = trends.of_duration(base, "ttr", BEFORE, AFTER, NOW)
    assert found is not None
    assert found.comparison.method == "all values are the same"
    assert trends.of_duration(base, "ttx", BEFORE, AFTER, NOW) is None
