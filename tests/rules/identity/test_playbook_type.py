"""IB307: folder and type of a playbook agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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


def test_the_folder_is_the_first_of_an_id_with_several(said: Said, base: Base) -> None:
    deep = "playbooks/availability/databases/failover.md"
    text = base(PATH, "id: availability/database-failover", "id: availability/databases/failover")
    found = said({deep: text.replace("type: availability", "type: capacity")})
    assert [line for line in found if "IB307" in line] == [
        f"{deep}:4:7 IB307 This playbook is for the type `capacity` and lies in the folder `availability`"
    ]


@pytest.mark.parametrize("name", ["id: availability", "id: 7", "slug: availability/database-failover"])
def test_an_id_that_names_no_folder_is_said_by_others(said: Said, base: Base, name: str) -> None:
    text = base(PATH, "id: availability/database-failover", name).replace("type: availability", "type: capacity")
    assert not [line for line in said({PATH: text}) if "IB307" in line]
