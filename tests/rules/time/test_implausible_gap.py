"""IB207: times of another year."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"
ENTRY = "{id: t1, at: 2025-01-15T02:30:00Z"
Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_time_of_another_year(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, ENTRY, "{id: t1, at: 2015-01-15T02:30:00Z")}) == [
        f"{RECORD}:19:18 IB207 `at` is 2015-01-15T02:30:00Z, and the id is of 2025"
    ]
    assert said({RECORD: base(RECORD, "{id: t2, at: 2025", "{id: t2, at: 2015")})[0] == (
        f"{RECORD}:20:18 IB207 `at` is 2015-01-15T04:45:00Z, and the id is of 2025"
    )


@pytest.mark.parametrize("at", ["2024-12-31T23:00:00Z", "2023-12-31T23:30:00-01:00"])
def test_the_year_is_that_which_is_written(said: Said, base: Base, at: str) -> None:
    found = said({RECORD: base(RECORD, ENTRY, f"{{id: t1, at: {at}")})
    assert [line.split()[1] for line in found] == (["IB207"] if at.startswith("2023") else [])


def test_milestones_more_than_a_year_apart(said: Said, base: Base) -> None:
    text = base(RECORD, "detected: 2025-01-15T02:32:00Z", "detected: 2024-01-01T00:00:00Z")
    text = text.replace("timeline:\n", "timeline:\n  - {id: t0, at: 2024-01-01T00:00:00Z, text: x}\n")
    assert said({RECORD: text}) == [
        f"{RECORD}:9:12 IB207 `started` is 2025-01-15T02:30:00Z, 380 days 2 hours after `detected`"
    ]


def test_a_leap_year_apart_is_fine_and_of_two_at_once_the_lower_is_named(said: Said, base: Base) -> None:
    two = "detected: {0}\n  declared: {0}"
    text = base(RECORD, "timeline:\n", "timeline:\n  - {id: t0, at: 2024-01-15T02:30:00Z, text: x}\n")
    old = "detected: 2025-01-15T02:32:00Z"
    assert said({RECORD: text.replace(old, two.format("2024-01-15T02:30:00Z"))}) == []
    assert said({RECORD: text.replace(old, two.format("2024-01-15T02:29:59Z"))}) == [
        f"{RECORD}:9:12 IB207 `started` is 2025-01-15T02:30:00Z, 366 days after `declared`"
    ]


def test_an_uncertain_time_is_of_the_year_of_its_at(said: Said, base: Base) -> None:
    for year, codes in [(2025, []), (2024, []), (2023, ["IB207"])]:
        text = base(RECORD, ENTRY, f"{{id: t1, at: {{at: {year}-01-15T02:30:00Z, confidence: low}}")
        assert [line.split()[1] for line in said({RECORD: text})] == codes


def test_two_years_later_is_too_late(said: Said, base: Base) -> None:
    for year, codes in [(2026, []), (2027, ["IB207"])]:
        said_late = f"{{id: c1, at: {year}-01-15T02:30:00Z, audience: public, channel: status-page, text: x}}"
        found = said({RECORD: base(RECORD) + f"communications: [{said_late}]\n"}, now="2028-01-01 00:00")
        assert [line.split()[1] for line in found if "IB207" in line] == codes


@pytest.mark.parametrize("kind", ["security", "data-loss"])
def test_what_was_found_late_may_be_old(said: Said, base: Base, kind: str) -> None:
    text = base(RECORD, ENTRY, "{id: t1, at: 2022-01-15T02:30:00Z")
    assert said({RECORD: text.replace("type: availability", f"type: {kind}")}) == []


def test_an_old_change_is_fine(said: Said, base: Base) -> None:
    change = "changes:\n  - {id: c1, at: 2019-01-15T02:30:00Z, kind: deploy, text: x}\nplaybooks:"
    assert said({RECORD: base(RECORD, "playbooks:", change)}) == []


def test_a_future_time_is_said_once(said: Said, base: Base) -> None:
    assert [line.split()[1] for line in said({RECORD: base(RECORD, ENTRY, "{id: t1, at: 2125-01-15T02:30:00Z")})] == [
        "IB205",
        "IB210",
    ]
