"""Reporting clocks backtested: what could have been touched, and never more than the record says."""

from __future__ import annotations

from typing import Any

import pytest

from backtests import backtested, outcome, rows
from kb import Plain, incident

SECURITY = incident(1, type="security")
EXPOSED = incident(2, classification={"data_exposed": True})
OUTAGE = incident(3, classification={"data_exposed": False})


def clock(within: str = "72h", **more: Any) -> Plain:
    due = [{"id": "n", "name": "Notice", "within": within, "calendar": "elapsed", "to": "authority"}]
    made = {"id": "gdpr-33-1", "status": "in-force", "effective_from": "2018-05-25", "starts_at": "aware", "due": due}
    return {"obligations": {"obligations": [made | more]}}


def test_one_that_is_added_or_removed() -> None:
    found = backtested({}, clock(), SECURITY, EXPOSED, OUTAGE)
    assert rows(found, "obligations") == [
        ("INC-2025-001", "gdpr-33-1", "not in the catalogue", "Notice 72h from aware"),
        ("INC-2025-002", "gdpr-33-1", "not in the catalogue", "Notice 72h from aware"),
    ]
    assert [item.because for item in outcome(found, "obligations").reclassified] == ["type security", "data exposed"]
    gone = backtested(clock(), {}, SECURITY)
    assert rows(gone, "obligations")[0][2:] == ("Notice 72h from aware", "not in the catalogue")


def test_in_words_that_claim_no_more_than_the_record() -> None:
    found = outcome(backtested(clock("72h"), clock("24h"), SECURITY, OUTAGE), "obligations")
    assert found.sentences == (
        "gdpr-33-1: its clocks could have run otherwise in 1 of 1 incidents of security or exposed data",
    )
    assert "Whether a law applied" in found.notes[0]
    assert [item.sure for item in found.reclassified] == [False]


@pytest.mark.parametrize(
    "other",
    [{"title": "Tell them"}, {"notes": "x"}, {"source": "y"}],
)
def test_words_set_no_clock(other: Plain) -> None:
    assert backtested(clock(), clock(**other), SECURITY).outcomes == ()


def test_one_that_is_proposed_or_binds_only_later_touches_nothing() -> None:
    found = backtested({}, clock(status="proposed"), SECURITY)
    assert (rows(found, "obligations"), outcome(found, "obligations").judged) == ([], 1)
    assert rows(backtested({}, clock(effective_from="2026-09-11"), SECURITY), "obligations") == []


def test_another_start_and_a_second_limit() -> None:
    limit = {"within": "24h", "after": "aware"}
    due = [
        {
            "id": "i",
            "name": "Initial",
            "within": "4h",
            "calendar": "elapsed",
            "to": "x",
            "after": "classified",
            "at_most": limit,
        }
    ]
    found = backtested(clock(), clock(due=due), SECURITY)
    assert rows(found, "obligations")[0][3] == "Initial 4h from classified, at most 24h from aware"
