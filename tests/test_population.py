"""Every incident in the order of time: what a window holds, however many windows are asked for."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from incidentbook.periods import Window
from incidentbook.population import Everybody, exclusion
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.vocabulary import Severity
from kb import at, incident, repo, z

START = at("2025-01-01")
HOURS = st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.sampled_from(["sev1", "sev2"])), max_size=15)


@given(HOURS, st.integers(0, 100), st.integers(0, 100))
def test_a_window_holds_what_a_look_at_each_incident_finds(
    made: list[tuple[int, bool, str]], first: int, length: int
) -> None:
    base = repo(
        *(
            incident(number, z(START + dt.timedelta(hours=hour)), exercise=drill, severity=severity)
            for number, (hour, drill, severity) in enumerate(made, 1)
        )
    )
    policy = MetricsPolicy()
    window = Window(START + dt.timedelta(hours=first), START + dt.timedelta(hours=first + length), "")
    found = Everybody(base, policy).within(window, [Severity.SEV1])
    inside = [item for item in base.all_incidents() if window.holds(item.started) and item.severity is Severity.SEV1]
    assert sorted(item.id for item in found.counted) == [item.id for item in inside if not item.exercise]
    assert sorted(item.id for item in found.apart) == [item.id for item in inside if exclusion(item, policy)]
    assert list(found.counted) == sorted(found.counted, key=lambda item: (item.started, item.id))
    assert sum(found.excluded.values()) == len(found.apart)


def test_a_record_without_a_start_is_in_no_window_and_told() -> None:
    everybody = Everybody(repo(incident(1), incident(2, milestones={})), MetricsPolicy())
    assert everybody.unstarted == 1
    assert len(everybody.within(Window(at("1990-01-01"), at("2090-01-01"), "")).counted) == 1


def test_only_those_that_are_asked_for() -> None:
    everybody = Everybody(repo(incident(1), incident(2, exercise=True), incident(3)), MetricsPolicy())
    window = Window(START, at("2025-02-01"), "")
    found = everybody.within(window, holds=lambda item: item.id != "INC-2025-003")
    assert ([item.id[-1] for item in found.counted], found.excluded) == (["1"], {"drill": 1})
