"""What the Google Cloud importer makes of incidents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from incidentbook.errors import ImportFileError
from incidentbook.importers import Draft, Oddity, Reason, gcp

DATA = json.loads((Path(__file__).parent / "data" / "gcp.json").read_text(encoding="utf-8"))


def drafts() -> tuple[Draft, ...]:
    return gcp.parse(DATA).drafts


def test_begin_and_end_are_kept_as_written() -> None:
    record = drafts()[0].record
    assert record["milestones"] == {
        "started": "2024-03-05T10:00:00Z",
        "declared": "2024-03-05T10:20:00Z",
        "resolved": "2024-03-05T12:30:00Z",
    }
    assert record["status"] == "resolved"


def test_an_incident_without_an_end_is_open_and_nothing_is_made_up() -> None:
    record = drafts()[1].record
    assert record["status"] == "declared"
    assert "resolved" not in record["milestones"]
    assert record["provenance"]["last_seen"] == "2024-03-06T08:10:00Z"


def test_a_number_is_unique_only_within_its_service() -> None:
    assert [draft.source_id for draft in drafts()] == ["queue/24007", "storage/24007"]


def test_updates_are_ordered_and_what_has_no_field_is_kept() -> None:
    record = drafts()[0].record
    assert [entry["id"] for entry in record["communications"]] == ["gcp-20240305T102000", "gcp-20240305T123000"]
    assert record["communications"][0]["text"] == "Messages arrive late.\n\nWe look into it."
    original = record["provenance"]["original"]
    assert original["severity"] == "medium"
    assert original["service_name"] == "Queue Service "
    assert "most-recent-update" not in original, "it is one of the updates"
    assert {
        "id": "gcp-20240305T102000",
        "created": "2024-03-05T10:20:00Z",
        "modified": "2024-03-05T10:25:00Z",
    } in original["updates"]


def test_a_description_of_several_lines_gives_its_first_as_title_and_is_kept_whole() -> None:
    record = drafts()[1].record
    assert record["title"] == "Storage errors"
    assert record["provenance"]["original"]["external_desc"] == "Storage errors\nin one zone"


def test_an_incident_that_the_source_does_not_publish_stays_internal() -> None:
    raw = {**DATA[0], "public": False}
    assert gcp.parse([raw]).drafts[0].record["disclosure"] == "internal"


def test_two_updates_of_one_instant_have_two_ids() -> None:
    update = {"when": "2024-03-05T10:20:00Z", "text": "One."}
    draft = gcp.parse([{**DATA[0], "updates": [update, {**update, "text": "Two."}]}]).drafts[0]
    assert len({entry["id"] for entry in draft.record["communications"]}) == 2


def test_records_without_what_is_needed_have_a_reason() -> None:
    rejected = gcp.parse([*DATA, 7, {"begin": "2024-01-01T00:00:00Z"}, {"number": 1, "service_key": "x"}]).rejected
    assert [item.reason for item in rejected] == [Reason.NOT_AN_OBJECT, Reason.NO_ID, Reason.NO_START_TIME]


def test_an_unknown_severity_and_a_missing_begin_are_named() -> None:
    raw = {**DATA[0], "severity": "purple", "begin": None}
    assert gcp.parse([raw]).drafts[0].oddities == {Oddity.UNKNOWN_IMPACT, Oddity.START_NOT_STATED}


@pytest.mark.parametrize("data", [{}, {"incidents": []}, ["a"], [{"id": "x", "name": "y"}]])
def test_another_shape_is_refused(data: object) -> None:
    with pytest.raises(ImportFileError, match="expected a list of incidents"):
        gcp.parse(data)


def test_an_empty_list_holds_no_record() -> None:
    assert gcp.parse([]).drafts == ()
