"""IB502: the zone exists."""

from __future__ import annotations

from collections.abc import Callable

PATH = "policy/knowledge-base.yml"


def test_misspelt_zone(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    assert said({PATH: base(PATH, "time_zone: Europe/Lisbon", "time_zone: Europe/Lisboa")}) == [
        f"{PATH}:3:12 IB502 There is no time zone `Europe/Lisboa`; did you mean `Europe/Lisbon`?"
    ]


def test_utc_is_a_zone(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    assert said({PATH: base(PATH, "time_zone: Europe/Lisbon", "time_zone: UTC")}) == []


def test_what_is_no_name_at_all_is_said_once(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    found = said({PATH: base(PATH, "time_zone: Europe/Lisbon", "time_zone: Europe/")})
    assert [line.split()[1] for line in found] == ["IB105"]


def test_another_mistake_in_the_file_hides_nothing(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    text = base(PATH, "time_zone: Europe/Lisbon", "time_zone: Europe/Lisboa")
    text = text.replace("database: {name: Database}", "Data_base: {name: Database}")
    assert {"IB105", "IB502"} <= {line.split()[1] for line in said({PATH: text})}


def test_a_file_that_holds_no_mapping_has_no_zone(said: Callable[..., list[str]]) -> None:
    assert [line for line in said({PATH: "- time_zone: Europe/Lisboa\n"}) if "IB502" in line] == []
