"""From when until when records tell: silence after the last import is not a time without incidents."""

from __future__ import annotations

import datetime as dt

import pytest

from incidentbook import trends
from incidentbook.periods import Window
from incidentbook.population import OUTSIDE, Everybody
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.repository import Repository
from incidentbook.watch import Watch
from kb import Plain, at, incident, repo, z
from metrics_of import measured

NOW = at("2030-01-01")
SERVICES = {"services": {"api": {"name": "API", "slo": {"availability": 99.9}}}}
DUMP_ENDS = at("2025-12-31")


def imports(*days: int, **more: object) -> list[Plain]:
    """Return imported incidents, one on each of those days of 2025."""
    return [
        incident(
            number,
            (started := z(at("2025-01-01") + dt.timedelta(days=day))),
            provenance={"source": "statuspage", "id": str(number), "last_seen": started},
            **more,
        )
        for number, day in enumerate(days, 1)
    ]


def dump(**policy: object) -> Repository:
    """Return a year of imports, one every ten days, of which the last is of 27 December."""
    return repo(*imports(*range(0, 361, 10)), services=SERVICES, metrics=policy)


def watch(made: Repository) -> Watch:
    return Everybody(made, made.policy(MetricsPolicy)).watch


def year(number: int) -> Window:
    return Window(at(f"{number}-01-01"), at(f"{number + 1}-01-01"), str(number))


def test_imports_reach_as_far_as_the_last_one_saw_and_a_silence_that_chance_explains() -> None:
    found = watch(dump())
    assert found.seen == at("2025-12-27")
    assert found.until == at("2025-12-27") + dt.timedelta(days=20), "twice ten days"
    assert found.of(year(2025)) == year(2025)
    assert found.of(year(2026)) == Window(at("2026-01-01"), at("2026-01-16"), "2026")
    assert found.note(year(2026)) == "until 2026-01-15, since imports saw nothing after 2025-12-27"
    assert found.of(year(2027)) is None
    assert found.note(year(2027)) == "imports saw nothing after 2025-12-27"


def test_what_is_written_here_goes_on() -> None:
    assert watch(repo(*imports(0, 10), incident(9))).until is None
    assert watch(repo(*imports(0))).until is None, "of one incident nobody knows how often there are any"
    assert watch(repo()).until is None
    assert watch(dump(records_go_on=True)).until is None


def test_policy_says_until_when() -> None:
    found = watch(dump(records_until="2025-06-30"))
    assert (found.until, found.seen) == (at("2025-07-01"), None)
    assert found.of(year(2025)) == Window(at("2025-01-01"), at("2025-07-01"), "2025")
    assert found.note(year(2025)) == "until 2025-06-30, when records end"
    assert found.note(year(2026)) == "records end on 2025-06-30"


def test_records_that_end_before_they_begin_tell_of_nothing() -> None:
    found = watch(dump(records_from="2025-06-01", records_until="2025-05-01"))
    assert found.of(year(2025)) is None


def test_no_figure_is_perfect_after_the_end() -> None:
    found = measured(dump(records_until="2024-12-31"), now=NOW)
    names = ("availability", "availability.api", "downtime", "rate", "mtbf", "error-budget.api", "burn-rate.api")
    assert {name: found[name].value for name in names} == dict.fromkeys(names)
    assert found["mtbf"].n == 0
    assert "records end on 2024-12-31" in found["rate"].note


def test_no_change_is_found_where_only_the_records_ended() -> None:
    count = trends.changes(dump(), year(2025), year(2026), NOW)[0].comparison
    assert count.verdict == "noise"
    later = trends.changes(dump(), year(2025), year(2027), NOW)[0].comparison
    assert (later.verdict, later.refused) == ("refused", "imports saw nothing after 2025-12-27")
    ongoing = trends.changes(dump(records_go_on=True), year(2025), year(2027), NOW)[0].comparison
    assert ongoing.verdict == "lower", "where policy says that imports go on, silence is news"


@pytest.mark.parametrize("policy", [{"records_from": "2025-01-15"}, {"records_until": "2025-01-05"}])
def test_what_is_on_record_from_outside_is_in_no_figure_and_told(policy: dict[str, object]) -> None:
    found = measured(repo(incident(1, "2025-01-10T00:00:00Z"), metrics=policy))
    assert (found["incidents"].value, found["incidents"].excluded) == (0, {OUTSIDE: 1})
