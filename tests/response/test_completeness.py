"""What a record lacks for its status: the same as the schema's conditions, and said to who made the move."""

from __future__ import annotations

from typing import Any

import pytest

from incidentbook import resources
from incidentbook.records.vocabulary import Severity, Status
from incidentbook.response.completeness import NEEDED, lacking, said


def test_the_table_is_that_of_the_schema() -> None:
    found: dict[str, list[str]] = {}
    for rule in resources.schema("incident")["allOf"]:
        conditions = rule["if"]["properties"]
        assert conditions["severity"]["enum"] == [level.value for level in Severity if level != "unclassified"]
        for status in conditions["status"]["enum"]:
            found[status] = rule["then"]["required"]
    assert {status.value: list(keys) for status, keys in NEEDED.items()} == found


@pytest.mark.parametrize(
    ("record", "missing"),
    [
        ({"status": "declared", "severity": "sev1"}, []),
        ({"status": "identified", "severity": "sev1", "type": "other"}, ["services"]),
        ({"status": "resolved", "severity": "unclassified"}, []),
        ({"status": "resolved", "severity": "sev4", "timeline": []}, ["type", "services", "impact"]),
        ({"status": Status.CLOSED.value}, []),
        ("no record", []),
    ],
)
def test_what_is_lacking(record: Any, missing: list[str]) -> None:
    assert lacking(record) == missing


def test_each_is_said_with_what_mends_it() -> None:
    assert said({"status": "resolved", "severity": "sev4", "timeline": [], "services": []}) == [
        "still missing: type (inc classify --type …), impact (inc impact outage --at …)"
    ]
    assert said({"status": "declared", "severity": "sev4"}) == []
