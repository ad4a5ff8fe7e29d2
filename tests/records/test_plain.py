"""A typed record as plain data: what it was built of comes out again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from incidentbook import repository
from incidentbook.entry import RECORD_TYPES
from incidentbook.records.build import build, lazily
from incidentbook.records.plain import plain
from kb import ROOT, incident, record

HOUSE = repository.load(ROOT)
ENTRIES = [*HOUSE.incidents, *HOUSE.postmortems, *HOUSE.playbooks]


@pytest.mark.parametrize("make", [build, lazily])
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.path)
def test_the_same_record_is_built_from_it(entry: Any, make: Any) -> None:
    kind = RECORD_TYPES[entry.kind]
    said = plain(make(kind, entry.document.value))
    assert json.loads(json.dumps(said)) == said
    assert build(kind, said) == build(kind, entry.document.value)


def test_what_a_file_says_comes_out_as_it_says_it() -> None:
    said = incident(
        classification={"revenue_per_hour": {"amount": 6500.5, "currency": "EUR"}, "data_exposed": False},
        timeline=[
            {"id": "t1", "at": {"at": "2025-01-10T00:05:00Z", "latest": "2025-01-10T00:10:00+01:00"}, "text": "x"}
        ],
        changes=[{"id": "c1", "caused": False}],
    )
    assert plain(record(**said)) == said


def test_what_nobody_said_is_not_there() -> None:
    assert plain(record(**incident())) == incident()
    assert plain(record(id="INC-2025-001", detection={"by": "unknown"}, impact={"phases": []})) == {
        "id": "INC-2025-001"
    }
