"""IB307: folder and type of a playbook agree."""

from __future__ import annotations

from collections.abc import Callable

PATH = "playbooks/availability/database-failover.md"
Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_other_type(said: Said, base: Base) -> None:
    assert said({PATH: base(PATH, "type: availability", "type: capacity")}) == [
        f"{PATH}:4:7 IB307 This playbook is for the type `capacity` and lies in the folder `availability`"
    ]


def test_a_type_that_is_none_is_said_by_the_schema_alone(said: Said, base: Base) -> None:
    found = said({PATH: base(PATH, "type: availability", "type: outage")})
    assert [line.split()[1] for line in found] == ["IB104"]
