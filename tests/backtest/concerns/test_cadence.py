"""The cadence of updates backtested."""

from __future__ import annotations

from backtests import backtested, outcome, rows
from kb import Plain, incident

TOLD = [{"id": "c", "at": "2025-01-10T00:20:00Z", "audience": "public", "channel": "page"}]
ONE = incident(1, communications=TOLD)  # an hour long: silences of 20 and of 40 minutes


def owes(every: str, *audiences: str) -> Plain:
    return {"communications": {"cadence": {"sev2": {"every": every, "audiences": list(audiences or ("public",))}}}}


def test_a_silence_that_is_too_long_for_the_new_cadence() -> None:
    found = backtested(owes("40m"), owes("39m"), ONE)
    assert rows(found, "cadence") == [("INC-2025-001", "", "told of in time", "silent for too long")]
    (one,) = outcome(found, "cadence").reclassified
    assert one.because == "longest silence 40 minutes; every 40 minutes to public → every 39 minutes to public"


def test_broken_under_both() -> None:
    assert rows(backtested(owes("30m"), owes("10m"), ONE), "cadence") == []


def test_another_audience_that_heard_nothing() -> None:
    assert rows(backtested(owes("45m"), owes("45m", "support"), ONE), "cadence") == [
        ("INC-2025-001", "", "told of in time", "silent for too long")
    ]


def test_a_promise_is_held_to_under_both() -> None:
    promised = [TOLD[0] | {"next_update": "2025-01-10T01:00:00Z"}]
    assert rows(backtested(owes("40m"), owes("30m"), incident(1, communications=promised)), "cadence") == []


def test_nobody_outside_is_owed_a_word_of_what_is_restricted() -> None:
    hidden = incident(1, communications=TOLD, disclosure="restricted")
    assert outcome(backtested(owes("40m"), owes("10m"), hidden), "cadence").judged == 0


def test_a_cadence_that_is_new() -> None:
    assert rows(backtested({}, owes("10m"), ONE), "cadence") == [
        ("INC-2025-001", "", "owed no update", "silent for too long")
    ]
