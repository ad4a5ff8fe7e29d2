"""`inc hypothesis`: possible causes, and the evidence for or against each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from incidentbook import resources
from incidentbook.response import hypotheses

if TYPE_CHECKING:
    from conftest import Desk


@pytest.fixture
def two(desk: Desk) -> Desk:
    desk.start()
    assert desk.run("hypothesis", "add", "The", "primary", "is", "down")[1:] == ["1  The primary is down (open)"]
    assert desk.run("hypothesis", "add", "The network is parted", "--at", "-10m")[1:] == [
        "2  The network is parted (open)"
    ]
    return desk


def test_rejected_by_what_was_seen(two: Desk) -> None:
    said = two.run("hypothesis", "reject", "1", "--evidence", "Heartbeat is steady", "--kind", "metric", "--at", "-5m")
    assert said[1:] == ["open → rejected: The primary is down", "metric: Heartbeat is steady"]
    record = two.record()
    (piece,) = record.investigation.evidence
    assert (piece.kind, piece.text, piece.ref) == ("metric", "Heartbeat is steady", "")
    assert [(item.status, item.evidence) for item in record.investigation.hypotheses] == [
        ("rejected", (piece.id,)),
        ("open", ()),
    ]
    assert next((entry.kind, entry.text, entry.at.written) for entry in record.timeline if entry.at) == (
        "finding",
        "Ruled out: The primary is down",
        "2025-01-15T02:55:00Z",
    )


def test_confirmed_by_an_address_with_words_or_without(two: Desk) -> None:
    two.run(
        "hypothesis", "confirm", "parted", "--evidence", "No route: https://logs.example/q/1",
        "--evidence", "https://git.example/c/2", "--primary",
    )  # fmt: skip
    found = two.record().investigation
    assert [(piece.text, piece.ref) for piece in found.evidence] == [
        ("No route", "https://logs.example/q/1"),
        ("Speaks for: The network is parted", "https://git.example/c/2"),
    ]
    assert found.hypotheses[1].evidence == tuple(piece.id for piece in found.evidence)
    assert found.primary_cause == "The network is parted"


def test_more_evidence_for_what_is_known_is_no_second_finding(two: Desk) -> None:
    two.run("hypothesis", "confirm", "2", "--evidence", "one")
    said = two.run("hypothesis", "confirm", "2", "--evidence", "two")
    assert said[1:] == ["confirmed → confirmed: The network is parted (as before, with more evidence)", "other: two"]
    record = two.record()
    assert len(record.investigation.hypotheses[1].evidence) == 2
    assert [entry.kind for entry in record.timeline].count("finding") == 1


def test_a_cause_that_turns_out_to_be_none(two: Desk) -> None:
    two.run("hypothesis", "confirm", "2", "--evidence", "one")
    assert two.run("hypothesis", "reject", "2", "--evidence", "two")[1] == "confirmed → rejected: The network is parted"


def test_the_list(two: Desk) -> None:
    two.run("hypothesis", "reject", "1", "--evidence", "Heartbeat: https://m.example/1", "--kind", "metric")
    assert two.run("hypothesis") == [
        "INC-2025-001 (the only one open)",
        "1 [-] The primary is down (rejected)",
        "metric: Heartbeat https://m.example/1",
        "2 [?] The network is parted (open)",
    ]
    first = two.json("hypothesis", "list")[0]
    assert (first["status"], first["evidence"][0]["ref"]) == ("rejected", "https://m.example/1")


def test_what_is_refused(two: Desk) -> None:
    assert "Missing option '--evidence'" in two.refused("hypothesis", "confirm", "1")
    assert "by evidence Add --evidence" in two.refused("hypothesis", "confirm", "1", "--evidence", " ")
    assert "There is no hypothesis 'disk'" in two.refused("hypothesis", "reject", "disk", "--evidence", "x")
    assert "fits more than one hypothesis" in two.refused("hypothesis", "reject", "the", "--evidence", "x")
    assert "It is listed already" in two.refused("hypothesis", "add", "The primary is down")
    two.run("hypothesis", "confirm", "1", "--evidence", "x", "--primary")
    said = two.refused("hypothesis", "confirm", "2", "--evidence", "x", "--primary")
    assert "The record names a primary cause already: The primary is down" in said


def test_the_kinds_of_evidence_are_those_of_the_schema() -> None:
    evidence = resources.schema("incident")["$defs"]["evidence"]["properties"]
    assert list(hypotheses.KINDS) == evidence["kind"]["enum"]
