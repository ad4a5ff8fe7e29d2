"""IB201: days that do not exist, and texts that are no days."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

POSTMORTEM = "postmortems/2025/INC-2025-001.md"


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2030-02-30", "`due` is 2030-02-30, and February 2030 has 28 days"),
        ("' 2030-02-30 '", "`due` is 2030-02-30, and February 2030 has 28 days"),
        ("2025-13-01", "`due` is 2025-13-01, and there is no month 13"),
        ("2025-00-10", "`due` is 2025-00-10, and there is no month 0"),
        ("2025-04-31", "`due` is 2025-04-31, and April 2025 has 30 days"),
        ("1900-02-29", "`due` is 1900-02-29, and February 1900 has 28 days"),
        ("0025-04-30", "`due` is 0025-04-30, and years before 1000 are not meant here"),
        ("30/04/2025", "`due` is not a day: `30/04/2025`"),
        ("2025-4-30", "`due` is not a day: `2025-4-30`"),
        ("next week", "`due` is not a day: `next week`"),
        ("2025-04-30T00:00:00Z", "`due` is not a day: `2025-04-30T00:00:00Z`"),
    ],
)
def test_day_that_is_none(said: Callable[..., list[str]], base: Callable[..., str], day: str, message: str) -> None:
    found = said({POSTMORTEM: base(POSTMORTEM, "due: 2025-04-30", f"due: {day}")})
    assert found == [f"{POSTMORTEM}:12:10 IB201 {message}"]


def test_a_leap_day_is_a_day(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    assert said({POSTMORTEM: base(POSTMORTEM, "due: 2025-04-30", "due: 2028-02-29")}) == []


def test_digits_are_filled_up_only_where_that_makes_a_day(
    check: Callable[..., list[Finding]], base: Callable[..., str]
) -> None:
    for day, fixed in [("2025-2-8", True), ("2025-2-30", False), ("2025-13-5", False)]:
        (found,) = check({POSTMORTEM: base(POSTMORTEM, "due: 2025-04-30", f"due: {day}")})
        assert (found.code, found.fix is not None) == ("IB201", fixed)
