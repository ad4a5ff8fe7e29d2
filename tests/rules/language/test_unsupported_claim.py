"""IB805: a claimed change, held against the records of the two periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from incidentbook.finding import Finding
from incidentbook.rules import discover
from kb import at, z

Check = Callable[..., list[Finding]]
Base = Callable[..., str]
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
ALONE = [rule for rule in discover() if rule.code == "IB805"]
METRICS = """\
effective_from: 2022-07-01
exclude: [exercise, near_miss, cancelled, merged]
windows: {default: 30d}
durations:
  ttr: {name: Time to resolve, abbreviation: TTR, mean_name: Mean TTR, mean_abbreviation: MTTR, from: started, to: resolved}
mtbf: {severities: [sev1, sev2], exposure: 360d}
availability:
  weights: {outage: 1, partial: 0.5, degraded: 0}
"""


def records(before: list[int], after: list[int], number: int = 100, **words: str) -> dict[str, str]:
    """Return incidents of the last quarter of 2024 and of January 2025 that lasted so many minutes."""
    made = {}
    said = {"severity": "sev3", "type": "performance", "services": "[public-api]", **words}
    facts = "\n".join(f"{key}: {value}" for key, value in said.items())
    for start, lengths, first in (("2024-10-02", before, number), ("2025-01-02", after, number + 100)):
        for index, minutes in enumerate(lengths):
            begun = at(start) + index * dt.timedelta(hours=18)
            year, own = begun.year, first + index
            times = (
                f"{{started: {z(begun)}, detected: {z(begun)}, resolved: {z(begun + dt.timedelta(minutes=minutes))}}}"
            )
            made[f"incidents/{year}/INC-{year}-{own}.yml"] = (
                f"id: INC-{year}-{own}\ntitle: Slow\nstatus: resolved\n{facts}\nmilestones: {times}\n"
            )
    return made


@pytest.fixture
def claimed(check: Check, base: Base) -> Callable[..., list[str]]:
    """Return what the rule says of a sentence in the body of a post-mortem, given the records of two periods."""

    def said(sentence: str, before: list[int] | None = None, after: list[int] | None = None, **more: str) -> list[str]:
        files = {**records(before or [], after or []), "policy/metrics.yml": METRICS, **more}
        found = check({**files, POSTMORTEM: f"{base(POSTMORTEM)}\n{sentence}\n"}, rules=ALONE)
        return [item.message for item in found]

    return said


SLOW, FAST, ALIKE = (
    [100, 130, 160, 190, 220, 250, 280, 310, 340],
    [5, 6, 7, 8, 9, 10, 11, 12, 13],
    [99, 131, 158, 192, 219, 251, 279, 312, 338],
)


def test_a_claim_that_stands(claimed: Callable[..., list[str]]) -> None:
    assert claimed("MTTR improved by 90 % compared with 2024-Q4.", SLOW, FAST) == []


@pytest.mark.parametrize(
    ("sentence", "after", "said"),
    [
        ("MTTR improved compared with 2024-Q4.", ALIKE, "cannot be told from noise"),
        ("MTTR worsened compared with 2024-Q4.", FAST, "This is lower, by more than noise"),
        ("MTTR improved compared with 2024-Q4.", FAST[:3], "a comparison needs 8 on each side"),
        (
            "There were more incidents than in 2024-Q4.",
            ALIKE,
            "Incidents: 9 in 92 days before, 10 in 14 days after",
        ),
        (
            "We should write a runbook, but MTTR improved by 20 % compared with Q4.",
            ALIKE,
            "n = 9; then since 2024-Q4, n = 10",
        ),
        (
            "MTTR improved by 20 % since the fourth quarter.",
            ALIKE,
            "(of all incidents: 2024-Q4, n = 9; then since 2024-Q4, n = 10)",
        ),
        (
            "MTTR improved in January compared with Q4.",
            ALIKE,
            "(of all incidents: 2024-Q4, n = 9; then 2025-01, n = 10)",
        ),
        ("MTBF improved compared with Q4.", ALIKE, "Mean time between failures: not known before"),
        ("Availability improved compared with Q4.", ALIKE, "Availability: not compared. No incident of a window says"),
        ("The change failure rate fell in January.", ALIKE, "does not say how many changes there were in 2025-01"),
        (
            "Post-mortem coverage rose in January compared with Q4.",
            ALIKE,
            "Post-mortem coverage: not compared. 0 before and",
        ),
        (
            "The on-time rate of action items rose since Q4.",
            ALIKE,
            "Action items done on time: not compared. 0 before and",
        ),
        ("MTTD improved since 2024-Q4.", ALIKE, "policy/metrics.yml defines no time to `detected`."),
    ],
)
def test_one_that_does_not(claimed: Callable[..., list[str]], sentence: str, after: list[int], said: str) -> None:
    (message,) = claimed(sentence, SLOW, after)
    assert message.startswith("The records do not bear this out: “")
    assert said in message


@pytest.mark.parametrize(
    ("figure", "about"),
    [
        ("MTTR of SEV-1 incidents", ""),
        ("MTTR of the identity service", ""),
        ("MTTR of security incidents", ""),
        (
            "MTTR of SEV-3 incidents",
            "This is higher, by more than noise (p < 0.001). (of SEV-3 incidents: 2024-Q4, n = 9;",
        ),
        (
            "MTTR of the Public API",
            "This is higher, by more than noise (p < 0.001). (of incidents of Public API: 2024-Q4,",
        ),
        ("Our MTTR", "a 77 % change. (of all incidents: 2024-Q4, n = 18;"),
        ("MTTR of the payments platform", "(of all incidents: 2024-Q4, n = 18;"),
    ],
)
def test_a_claim_is_held_against_the_incidents_that_it_names(
    claimed: Callable[..., list[str]], figure: str, about: str
) -> None:
    severe = records(SLOW, FAST, 300, severity="sev1", services="[identity]", type="security")
    found = claimed(f"{figure} improved compared with 2024-Q4.", FAST, SLOW, **severe)
    assert [about in message for message in found] == ([True] if about else [])


@pytest.mark.parametrize(
    "sentence", ["MTTR fell in December 2024 compared with 2024.", "MTTR fell in 2024-12 against 2025."]
)
def test_periods_that_overlap_or_come_later_are_not_compared_and_the_message_says_what_was(
    claimed: Callable[..., list[str]], sentence: str
) -> None:
    (message,) = claimed(sentence, SLOW, ALIKE)
    assert "n = 0; then 2024-12, n = 0" in message
    assert "(of all incidents: 2024-11 instead of 202" in message


def test_much_less_than_claimed(claimed: Callable[..., list[str]]) -> None:
    half = [minutes // 2 for minutes in SLOW] * 2
    assert claimed("MTTR fell by 50 % compared with 2024-Q4.", SLOW * 2, half) == []
    assert claimed("MTTR is down 40 % compared with 2024-Q4.", SLOW * 2, half) == []
    (message,) = claimed("MTTR fell by 100 % and more compared with 2024-Q4.", [m * 3 // 4 for m in SLOW] * 3, half * 2)
    assert "It is less than half of that" in message


def test_the_amount_is_that_of_the_claim_and_not_of_what_stands_before_it(claimed: Callable[..., list[str]]) -> None:
    half = [minutes // 2 for minutes in SLOW] * 3
    assert claimed("Load grew by 300 %, but MTTR fell by 50 % compared with 2024-Q4.", SLOW * 3, half) == []
    (message,) = claimed("Load grew by 5 %, but MTTR rose by 50 % compared with 2024-Q4.", SLOW * 3, half)
    assert "This is lower, by more than noise" in message


def test_without_a_period_the_90_days_before_count(claimed: Callable[..., list[str]]) -> None:
    (message,) = claimed("Overall, MTTR improved.", SLOW, ALIKE)
    assert "90 days to 2025" in message


@pytest.mark.parametrize(
    "sentence", ["We want to improve MTTR by 20 %.", "Did MTTR improve?", "> MTTR improved by 20 %."]
)
def test_what_claims_nothing(claimed: Callable[..., list[str]], sentence: str) -> None:
    assert claimed(sentence, SLOW, ALIKE) == []


def test_the_place(check: Check, base: Base) -> None:
    text = base(POSTMORTEM)
    found = check({"policy/metrics.yml": METRICS, POSTMORTEM: f"{text}\nAll well. Our **MTTR** improved by 20 %.\n"})
    (claim,) = (item for item in found if item.code == "IB805")
    line = len(text.splitlines()) + 2
    assert (claim.span.line, claim.span.column, claim.span.end_column) == (line, 17, 32)


def test_a_record_may_claim_too(check: Check, base: Base) -> None:
    record = "incidents/2025/INC-2025-001.yml"
    text = base(record) + "summary: There were fewer incidents than last month.\n"
    found = check({"policy/metrics.yml": METRICS, record: text})
    assert [item.code for item in found] == ["IB805"]
