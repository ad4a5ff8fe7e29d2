"""What an answer of GitHub asks for: how long to wait, and when it is about something else."""

from __future__ import annotations

import pytest

from incidentbook.github.patience import pause, wait

NOW = 1_750_000_000.0
SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
SPENT = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) + 90)}


@pytest.mark.parametrize(
    ("status", "headers", "data", "seconds"),
    [
        (403, SPENT, {}, 91),
        (429, SPENT, {}, 91),
        (403, {**SPENT, "x-ratelimit-reset": "1"}, {}, 1),
        (403, {"x-ratelimit-remaining": "0"}, {}, 60),
        (403, {"retry-after": "7", **SPENT}, SECONDARY, 7),
        (403, {"x-ratelimit-remaining": "4000"}, SECONDARY, 60),
        (429, {}, "not even JSON", 60),
        (400, SPENT, {"errors": [{"type": "RATE_LIMITED"}]}, 91),
        (403, {"x-ratelimit-remaining": "4000"}, {"message": "Resource not accessible by integration"}, None),
        (400, SPENT, {"errors": [{"type": "FORBIDDEN"}, "odd"]}, None),
        (500, SPENT, {}, None),
        (403, {"retry-after": "soon"}, {}, None),
    ],
)
def test_a_limit_says_how_long(status: int, headers: dict[str, str], data: object, seconds: float | None) -> None:
    assert wait(status, headers, data, NOW, 0) == seconds


def test_a_secondary_limit_that_comes_again_is_waited_for_twice_as_long() -> None:
    assert [wait(429, {}, {}, NOW, times) for times in range(4)] == [60, 120, 240, 480]


def test_faults_are_met_with_growing_pauses() -> None:
    assert [pause(faults) for faults in (1, 2, 3)] == [1, 2, 4]
