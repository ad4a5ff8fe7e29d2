"""Post-mortems backtested: asked for or late under one policy only."""

from __future__ import annotations

import pytest

from backtests import backtested, outcome, rows
from kb import Plain, incident


def asks(asked: str = "required", within: str = "48h", since: str = "") -> Plain:
    policy = {"severities": {"sev2": {"postmortem": asked, "postmortem_within": within}}}
    return {"severities": policy | ({"effective_from": since} if since else {})}


def held(day: str, *covered: str) -> Plain:
    return {"incidents": list(covered or ("INC-2025-001",)), "status": "published", "held": day}


ONE = incident(1)  # resolved on 2025-01-10 at 01:00


@pytest.mark.parametrize(
    ("before", "after", "answers"),
    [
        (asks(within="48h"), asks(within="24h"), ("in time", "late")),
        (asks(within="24h"), asks(within="48h"), ("late", "in time")),
        (asks("optional"), asks(within="48h"), ("not asked for", "in time")),
        (asks("optional"), asks(within="24h"), ("not asked for", "late")),
        (asks(within="48h"), asks("optional"), ("in time", "not asked for")),
    ],
)
def test_held_on_the_second_day(before: Plain, after: Plain, answers: tuple[str, str]) -> None:
    found = backtested(before, after, ONE, postmortems=[held("2025-01-12")])
    assert rows(found, "postmortems") == [("INC-2025-001", "", *answers)]


def test_in_words() -> None:
    found = outcome(backtested(asks(), asks(within="24h"), ONE, postmortems=[held("2025-01-12")]), "postmortems")
    assert found.sentences == (
        "1 of 1 post-mortems of incidents whose policy changed would be late instead of in time",
    )
    assert found.reclassified[0].because == "held on 2025-01-12; required within 2 days → required within 1 day"


@pytest.mark.parametrize(
    ("now", "answer"), [("2025-01-11 00:59", "not due yet"), ("2025-01-11 01:00", "missing"), ("2025-03-01", "missing")]
)
def test_one_that_is_not_there(now: str, answer: str) -> None:
    found = backtested(asks("optional"), asks(within="24h"), ONE, now=now)
    assert rows(found, "postmortems") == [("INC-2025-001", "", "not asked for", answer)]


def test_one_that_is_skipped_gives_its_reason() -> None:
    skipped = {"incidents": ["INC-2025-001"], "status": "skipped", "skip_reason": "Same as INC-2024-001"}
    found = backtested(asks("optional"), asks(), ONE, postmortems=[skipped])
    assert rows(found, "postmortems") == [("INC-2025-001", "", "not asked for", "skipped, which it may not be")]
    lenient = asks()
    lenient["severities"]["severities"]["sev2"]["postmortem_skippable"] = True
    found = backtested(asks(), lenient, ONE, postmortems=[skipped])
    assert rows(found, "postmortems") == [("INC-2025-001", "", "skipped, which it may not be", "skipped with a reason")]


def test_one_that_covers_several_is_held_to_the_one_resolved_last() -> None:
    later = incident(2, "2025-01-11T12:00:00Z")
    both = [held("2025-01-12", "INC-2025-001", "INC-2025-002")]
    found = backtested(asks(within="48h"), asks(within="24h"), ONE, later, postmortems=both)
    assert (rows(found, "postmortems"), outcome(found, "postmortems").judged) == ([], 2)


def test_what_is_not_resolved_owes_none() -> None:
    going_on = incident(1, status="declared", milestones={"started": "2025-01-10T00:00:00Z"})
    found = outcome(backtested(asks("optional"), asks(), going_on), "postmortems")
    assert (found.judged, dict(found.left_out)) == (0, {"not resolved": 1})


def test_a_missing_one_is_owed_by_what_was_resolved_since_the_policy_holds() -> None:
    over = incident(1, "2025-01-10T23:30:00Z")  # resolved on the eleventh
    found = outcome(backtested(asks("optional"), asks(since="2025-01-11"), over), "postmortems")
    assert [(item.before, item.after) for item in found.reclassified] == [("not asked for", "missing")]
    late = outcome(
        backtested(asks("optional"), asks(since="2025-01-11"), over, postmortems=[held("2025-02-01")]), "postmortems"
    )
    assert ([*late.reclassified], [item.after for item in late.supposed]) == ([], ["late"])
