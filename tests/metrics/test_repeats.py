"""What came back: factors in several incidents, and incidents with a factor against which something had been done."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from incidentbook.figures import Figure
from incidentbook.metrics import Scope, Whole, repeats
from incidentbook.periods import Window
from kb import Plain, at, incident, repo
from metrics_of import END, measured

NAMES: Plain = {"factors": {"dns": {"name": "Name resolution"}}}
EXPOSURE: Plain = {"mtbf": {"severities": ["sev1"], "exposure": "90d"}}


def told(number: int, *factors: str, items: list[Plain] | None = None) -> Plain:
    nodes = [{"id": f"n{index}", "factor": factor} for index, factor in enumerate(factors)]
    return {"incidents": [f"INC-2025-{number:03}"], "causes": {"nodes": nodes}, "action_items": items or []}


def item(completed: str | None, *factors: str, **more: Any) -> Plain:
    plain: Plain = {"id": "AI-1", "status": "done", "factors": list(factors)} | more
    return plain | ({"completed": completed} if completed else {})


def found(*incidents: Plain, postmortems: list[Plain], **more: Any) -> dict[str, Figure]:
    return measured(repo(*incidents, postmortems=postmortems, factors=NAMES, metrics=EXPOSURE, **more))


def test_factors_of_two_or_more_incidents_of_the_exposure() -> None:
    figure = found(
        incident(1),
        incident(2, "2024-11-10T00:00:00Z"),
        incident(3, "2024-10-01T00:00:00Z"),
        incident(4, exercise=True),
        incident(5),
        postmortems=[told(1, "dns", "dns", "load"), told(2, "dns"), told(3, "load"), told(4, "load")],
    )["repeat-factors"]
    assert (figure.value, figure.parts) == (1, {"Name resolution": 2}), "one incident names it twice"
    assert (figure.n, figure.missing, figure.excluded) == (2, 1, {"drill": 1})
    assert figure.window is not None
    assert figure.window.seconds == 90 * 86_400


def test_where_no_postmortem_names_a_factor_nobody_can_say() -> None:
    figures = found(incident(1), postmortems=[])
    for key in ("repeat-factors", "recurrence", "recurrence.any-service"):
        assert (figures[key].value, figures[key].missing) == (None, 1), key


def again(completed: str | None, **more: Any) -> Figure:
    """Return the figure of an incident of 10 January, after an item of an earlier one was done."""
    return found(
        incident(1, "2024-12-01T00:00:00Z"),
        incident(2, **more),
        postmortems=[told(1, "dns", items=[item(completed, "dns")]), told(2, "dns", "load")],
    )["recurrence"]


def test_an_incident_after_something_was_done_against_its_factor() -> None:
    figure = again("2025-01-05")
    assert (figure.value, figure.n) == (100.0, 1)
    assert figure.parts == {"INC-2025-002": 1}
    assert figure.note == "INC-2025-002 (Name resolution) after AI-1"


@pytest.mark.parametrize(("completed", "value"), [("2025-01-09", 100.0), ("2025-01-10", 0.0), ("2025-01-11", 0.0)])
def test_done_means_on_a_day_before_it_started(completed: str, value: float) -> None:
    assert again(completed).value == value


def test_the_day_is_that_of_the_house() -> None:
    """The 9th of January ends in Los Angeles eight hours after the incident started."""
    made: Any = {"knowledge_base": {"name": "x", "time_zone": "America/Los_Angeles"}}
    figure = found(
        incident(1, "2024-12-01T00:00:00Z"),
        incident(2),
        postmortems=[told(1, "dns", items=[item("2025-01-09", "dns")]), told(2, "dns")],
        **made,
    )["recurrence"]
    assert figure.value == 0.0


def test_another_service_is_another_matter_and_told_apart() -> None:
    figures = found(
        incident(1, "2024-12-01T00:00:00Z", services=["web"]),
        incident(2),
        postmortems=[told(1, "dns", items=[item("2025-01-05", "dns")]), told(2, "dns")],
    )
    assert (figures["recurrence"].value, figures["recurrence.any-service"].value) == (0.0, 100.0)
    assert figures["recurrence.any-service"].detail


def test_an_item_of_its_own_postmortem_is_no_promise_that_was_broken() -> None:
    figure = found(incident(1), postmortems=[told(1, "dns", items=[item("2025-01-05", "dns")])])["recurrence"]
    assert figure.value == 0.0


@pytest.mark.parametrize(
    "plain", [item("2025-01-05", "load"), item("2025-01-05"), item("2025-01-05", "dns", status="in-progress")]
)
def test_what_is_against_another_factor_or_not_done_does_not_count(plain: Plain) -> None:
    figure = found(
        incident(1, "2024-12-01T00:00:00Z"), incident(2), postmortems=[told(1, "dns", items=[plain]), told(2, "dns")]
    )["recurrence"]
    assert figure.value == 0.0


def test_an_item_that_does_not_say_when_it_was_done_is_told() -> None:
    figure = again(None)
    assert (figure.value, figure.note) == (0.0, "1 finished items name no day and are passed over")


def test_the_items_whose_question_is_open_again_are_named() -> None:
    house = repo(
        incident(1, "2024-12-01T00:00:00Z"), incident(2), incident(3), incident(4, services=["web"]),
        postmortems=[
            told(1, "dns", "load", items=[item("2025-01-05", "dns", "load"), item("2024-12-05", "dns", id="AI-2")]),
            told(2, "dns", "load"), told(3, "load"), told(4, "dns"),
        ],
    )  # fmt: skip
    assert repeats.again(Scope(Whole(house, END), Window(at("2025-01-01"), END, "January"))) == [
        repeats.Again("AI-1", dt.date(2025, 1, 5), ("dns", "load"), ("INC-2025-002", "INC-2025-003")),
        repeats.Again("AI-2", dt.date(2024, 12, 5), ("dns",), ("INC-2025-002",)),
    ]
