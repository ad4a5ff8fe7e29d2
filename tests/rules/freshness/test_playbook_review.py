"""IB701: a playbook is read again in time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PATH = "playbooks/availability/database-failover.md"


@pytest.mark.parametrize(("now", "late"), [("2025-07-31 22:59:59", False), ("2025-07-31 23:00", True)])
def test_due_with_the_end_of_the_day(said: Callable[..., list[str]], now: str, *, late: bool) -> None:
    message = "This playbook was to be reviewed again by 2025-07-31; the last review was on 2025-02-01"
    assert said({}, now=now) == ([f"{PATH}:8:16 IB701 {message}"] if late else [])


def test_a_retired_one_is_left_alone(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    assert said({PATH: base(PATH, "status: active", "status: retired")}, now="2026-01-01 00:00") == []
