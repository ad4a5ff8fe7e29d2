"""Maturity: every criterion up to a level, the lowest dimension decides, attestations count from their day on."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from incidentbook import maturity
from incidentbook.maturity import Assessment
from kb import at, repo

UTC, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")
NOW = at("2025-01-15 06:00")


def criterion(level: int, attested: str | None = "2024-01-01") -> dict[str, Any]:
    return {"id": f"c{level}", "level": level, "text": f"asks for {level}"} | (
        {"attested": attested} if attested else {}
    )


def assess(now: Any = NOW, zone: ZoneInfo = UTC, target: int = 4, **dimensions: list[dict[str, Any]]) -> Assessment:
    plain = {"target": target, "dimensions": {name: {"criteria": items} for name, items in dimensions.items()}}
    found = maturity.assess(repo(maturity=plain, knowledge_base={"time_zone": str(zone)}), now)
    assert found is not None
    return found


def test_without_a_rubric_there_is_no_assessment() -> None:
    assert maturity.assess(repo(), NOW) is None


@pytest.mark.parametrize(
    ("attested", "level"),
    [((), 1), ((2,), 2), ((2, 3), 3), ((2, 3, 4), 4), ((2, 3, 4, 5), 5), ((3, 4, 5), 1), ((2, 4, 5), 2)],
)
def test_a_level_needs_every_level_below(attested: tuple[int, ...], level: int) -> None:
    asked = [criterion(number, "2024-01-01" if number in attested else None) for number in (2, 3, 4, 5)]
    assert assess(process=asked).level == level


def test_one_missing_criterion_of_several_holds_a_level_back() -> None:
    assert assess(process=[criterion(2), criterion(3), criterion(3, None), criterion(4)]).level == 2


def test_the_lowest_dimension_decides() -> None:
    found = assess(process=[criterion(2), criterion(3)], people=[criterion(2), criterion(3, None)])
    assert [(item.name, item.level) for item in found.dimensions] == [("process", 3), ("people", 2)]
    assert found.level == 2


def test_nobody_reaches_a_level_that_nothing_asks_for() -> None:
    assert assess(process=[criterion(2), criterion(3)]).level == 3
    assert assess(process=[]).level == 1
    assert assess(process=[criterion(2), criterion(3), criterion(4), criterion(5)], people=[]).level == 1


def test_what_is_missing_goes_up_to_the_target() -> None:
    (found,) = assess(
        target=4, process=[criterion(2), criterion(3, None), criterion(4, None), criterion(5, None)]
    ).dimensions
    assert [verdict.criterion.level for verdict in found.missing(4)] == [3, 4]


def test_an_attestation_counts_from_its_day_on_in_the_zone() -> None:
    def level(now: str, zone: ZoneInfo = UTC) -> int:
        return assess(at(now), zone, process=[criterion(2, "2025-01-15")]).level

    assert level("2025-01-14 23:59:59") == 1
    assert level("2025-01-15") == 1, "the end of the 14th, as `--as-of 2025-01-14` gives it"
    assert level("2025-01-15 00:00:01") == 2
    assert level("2025-01-16") == 2
    assert level("2025-01-14 23:30", BERLIN) == 2, "half past midnight there"


def test_a_day_that_does_not_exist_attests_nothing() -> None:
    assert assess(process=[criterion(2, "2025-02-30")]).level == 1
    assert assess(process=[criterion(2, "9999-12-31")], now=at("2025-01-15")).level == 1
