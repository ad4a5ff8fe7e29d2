"""MTBF: which incidents are failures, over which exposure, and what is said where there are none."""

from __future__ import annotations

from incidentbook import metrics
from incidentbook.periods import Window
from kb import at, incident, repo
from metrics_of import END, measured

POLICY = {"mtbf": {"severities": ["sev1", "sev2"], "exposure": "30d"}}


def test_failures_are_incidents_of_the_severities_in_policy_that_started_in_the_exposure() -> None:
    made = repo(
        incident(1, "2025-01-10T00:00:00Z", severity="sev1"),
        incident(2, "2025-01-20T00:00:00Z"),
        incident(3, "2025-01-20T00:00:00Z", severity="sev3"),
        incident(4, "2025-01-01T00:00:00Z"),  # before the 30 days to 1 February
        incident(5, "2025-01-20T00:00:00Z", exercise=True),
        incident(6, "2025-01-20T00:00:00Z", severity="sev3", near_miss=True),
        metrics=POLICY,
    )
    found = measured(made)["mtbf"]
    assert (found.n, found.value, found.text) == (2, 15.0, "15.0 days")
    assert found.excluded == {"drill": 1}, "what is of another severity would not have counted anyway"
    assert found.definition == "30 days of exposure divided by the SEV-1 and SEV-2 incidents that started in them"
    assert found.window is not None
    assert found.window.seconds == 30 * 86_400


def test_the_exposure_is_policys_and_not_the_windows() -> None:
    made = repo(incident(1, "2025-01-10T00:00:00Z"), metrics=POLICY)
    assert measured(made, start="2025-01-31")["mtbf"].n == 1


def test_no_failure_has_no_mean_and_says_what_can_be_said() -> None:
    found = measured(repo(metrics=POLICY | {"records_from": "2024-01-01"}))["mtbf"]
    assert (found.value, found.text, found.high) == (None, "N/A", None)
    assert found.interval == "at least 10.0 days"
    assert found.note == "no failure in 30 days: at least 10.0 days with 95 % confidence"


def test_without_any_record_nobody_can_say_that_nothing_failed() -> None:
    found = measured(repo(metrics=POLICY))["mtbf"]
    assert (found.value, found.low, found.note) == (None, None, "there is no record")


def test_only_time_of_which_records_tell_is_exposure() -> None:
    told = {"records_from": "2025-01-12"}
    found = measured(repo(incident(1), incident(2, "2025-01-20T00:00:00Z"), metrics=POLICY | told))["mtbf"]
    assert (found.value, found.n, found.note) == (20.0, 1, "from 2025-01-12 on, when records begin")


def test_an_exposure_that_cannot_be_read_is_the_default() -> None:
    found = measured(repo(incident(1), metrics={"mtbf": {"exposure": "a year"}}))["mtbf"]
    assert found.value == 360.0


def test_a_slice_that_can_hold_no_failure_says_nothing() -> None:
    base = repo(incident(1, severity="sev1"), incident(2, severity="sev3"), metrics=POLICY)
    found = metrics.sliced(base, Window(at("2025-01-01"), END, "January"), END, "", "severity")
    assert {item.slice: item.figure("mtbf") is not None for item in found} == {"SEV-1": True, "SEV-3": False}
