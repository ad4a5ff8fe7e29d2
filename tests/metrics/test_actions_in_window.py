"""Action items of a window, by the days in them: opened, closed, done on time by priority and owner; and how late the rest is."""

from __future__ import annotations

from typing import Any

import pytest

from incidentbook import metrics, periods
from incidentbook.figures import Figure
from kb import Plain, at, repo
from metrics_of import measured

TOKYO: Plain = {"name": "x", "time_zone": "Asia/Tokyo", "teams": {"sre": {"name": "SRE"}}}


def held(*items: Plain, day: str | None = "2025-01-15", **more: Any) -> Plain:
    plain: Plain = {
        "incidents": ["INC-2025-001"],
        "action_items": [{"id": f"AI-{i}", **item} for i, item in enumerate(items)],
    }
    return plain | ({"held": day} if day else {}) | more


def promised(due: str = "2025-01-20", status: str = "in-progress", **more: Any) -> Plain:
    return {"due": due, "status": status} | more


def found(*postmortems: Plain, **more: Any) -> dict[str, Figure]:
    return measured(repo(postmortems=postmortems), **more)


def test_an_item_is_opened_on_the_day_of_its_postmortem() -> None:
    figure = found(
        held(promised(), promised(status="proposed")),
        held(promised(), day="2024-12-31"),
        held(promised(), day=None, published="2025-01-31"),
        held(promised(), promised(), day=None),
    )["actions-opened"]
    assert (figure.value, figure.n, figure.missing) == (2, 3, 2)


def test_an_item_is_closed_on_the_day_that_it_names() -> None:
    figure = found(
        held(
            promised(status="done", completed="2025-01-31"),
            promised(status="verified", completed="2024-12-31"),
            promised(status="done"),
            promised(status="in-progress", completed="2025-01-02"),
        )
    )["actions-closed"]
    assert (figure.value, figure.n, figure.missing) == (1, 2, 1)


def test_each_day_is_in_one_month_only_whatever_the_zone() -> None:
    made = repo(
        postmortems=[
            held(*(promised(status="done", completed=f"2025-{day}") for day in ("01-31", "02-01", "02-28", "03-01")))
        ],
        knowledge_base=TOKYO,
    )
    counts = []
    for month in ("2025-01", "2025-02", "2025-03"):
        window = periods.parse(month, at("2025-04-10"), made.zone)[0]
        figure = metrics.measure(made, window, at("2025-04-10")).figure("actions-closed")
        assert figure is not None
        counts.append(figure.value)
    assert counts == [1, 2, 1]


def on_time(*items: Plain, **more: Any) -> tuple[object, int]:
    figure = found(held(*items), **more)["actions-on-time"]
    return figure.value, figure.n


def test_done_by_the_due_day_is_on_time() -> None:
    assert on_time(promised(status="done", completed="2025-01-20")) == (100.0, 1)
    assert on_time(promised(status="done", completed="2025-01-21")) == (0.0, 1)
    assert on_time(promised()) == (0.0, 1)
    assert on_time(promised("2025-01-31", status="done", completed="2025-01-02")) == (100.0, 1), (
        "its day ended with January"
    )


@pytest.mark.parametrize("due", ["2024-12-31", "2025-02-01", "2025-02-20"])
def test_what_came_due_at_another_time_is_judged_then(due: str) -> None:
    assert on_time(promised(due)) == (None, 0)


def test_what_is_not_due_yet_is_not_judged() -> None:
    assert on_time(promised("2025-01-20"), now=at("2025-01-20 23:59")) == (None, 0)
    assert on_time(promised("2025-01-20"), now=at("2025-01-21")) == (0.0, 1)


def test_what_was_accepted_or_names_no_day_is_told() -> None:
    figure = found(
        held(
            promised(status="done", completed="2025-01-20"),
            promised(status="done"),
            promised(status="accepted-risk", accepted_until="2025-06-30"),
            promised(waiver={"until": "2025-03-01"}),
            promised(status="cancelled"),
        )
    )["actions-on-time"]
    assert (figure.value, figure.n, figure.missing) == (50.0, 2, 1)
    assert (figure.excluded, figure.note) == ({"accepted as a risk": 1}, "1 late with a waiver")


def test_by_priority_and_by_owner() -> None:
    made = repo(
        postmortems=[
            held(
                promised(status="done", completed="2025-01-20", priority="high", owner="sre"),
                promised(priority="high", owner="data"),
                promised(status="done", completed="2025-01-20", owner="sre"),
            )
        ],
        knowledge_base=TOKYO,
    )
    figures = measured(made)
    shares = {key: (figure.value, figure.n) for key, figure in figures.items() if key.startswith("actions-on-time.")}
    assert shares == {
        "actions-on-time.priority.high": (50.0, 2),
        "actions-on-time.priority.unsaid": (100.0, 1),
        "actions-on-time.owner.sre": (100.0, 2),
        "actions-on-time.owner.data": (0.0, 1),
    }
    assert figures["actions-on-time.owner.sre"].name == "Action items done on time, SRE"
    assert figures["actions-on-time.priority.unsaid"].name == "Action items done on time, no priority"
    high = figures["actions-on-time.priority.high"]
    assert (round(high.low or 0, 1), round(high.high or 0, 1)) == (9.5, 90.5), "Wilson's interval of 1 of 2"


def test_without_items_there_is_no_share_and_nothing_was_opened() -> None:
    figures = found()
    assert [figures[key].value for key in ("actions-opened", "actions-closed", "actions-on-time")] == [0, 0, None]


def test_how_late_the_late_ones_are() -> None:
    figure = found(
        held(
            promised("2025-01-25"),
            promised("2025-01-24", waiver={"until": "2025-06-01"}),
            promised("2024-06-01"),
            promised("2025-01-24", status="done"),
            promised("2025-03-01"),
        )
    )["actions-age"]
    assert (figure.text, figure.n) == ("8.0 days", 3), "7, 8 and 245 calendar days"
    assert figure.parts == {"up to 7 days": 1, "8 to 30 days": 1, "over 90 days": 1}
    assert (figure.note, figure.detail) == ("the oldest 245 days", False)


def test_an_age_is_in_days_of_the_house() -> None:
    """At 20:00 UTC on 31 January it is 1 February in Tokyo."""
    late = held(promised("2025-01-30"))
    assert measured(repo(postmortems=[late]), now=at("2025-01-31 20:00"))["actions-age"].value == 1
    assert (
        measured(repo(postmortems=[late], knowledge_base=TOKYO), now=at("2025-01-31 20:00"))["actions-age"].value == 2
    )


def test_nothing_late_has_no_age() -> None:
    figure = found(held(promised("2025-03-01")))["actions-age"]
    assert (figure.value, figure.parts, figure.detail) == (None, {}, True)


def test_each_occurrence_of_an_item_that_recurs_is_a_promise() -> None:
    told = [
        {"due": "2025-01-06", "completed": "2025-01-06"},
        {"due": "2025-01-13", "completed": "2025-01-14"},
        {"due": "2025-01-20", "reason": "Nobody was there"},
    ]
    weekly = promised(due="2025-01-06", status="scheduled", recurrence="FREQ=WEEKLY", occurrences=told)
    figure = found(held(weekly))["actions-on-time"]
    assert (figure.value, figure.n) == (pytest.approx(100 / 3), 3), (
        "one in time, one late, one owed; one left out on purpose"
    )
