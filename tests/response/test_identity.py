"""Identities of entries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from incidentbook.response.identity import entry_id
from kb import at


def test_twenty_six_characters_that_begin_with_the_time() -> None:
    """The time part of 2016-07-30T23:54:10.259Z is that of the example in the ULID specification."""
    made = entry_id(at("2016-07-30 23:54:10.259"))
    assert (len(made), made[:10]) == (26, "01ARZ3NDEK")
    assert set(made) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_they_sort_by_time_and_never_meet() -> None:
    now = at("2025-01-15 02:30")
    assert len({entry_id(now) for _ in range(1000)}) == 1000
    ids = [entry_id(now + timedelta(milliseconds=step)) for step in range(1, 50)]
    assert ids == sorted(ids)


def test_within_one_second_they_follow_the_clock_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    now = at("2025-01-15 02:30")
    ticks = iter(range(0, 10**9, 50_000_000))
    monkeypatch.setattr("time.time_ns", lambda: next(ticks))
    ids = [entry_id(now) for _ in range(20)]
    assert ids == sorted(ids)
