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
