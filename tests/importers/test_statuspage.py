"""What the Statuspage importer makes of incidents, and what it keeps of what it has no field for."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from incidentbook.errors import ImportFileError
from incidentbook.importers import Draft, Oddity, Reason, statuspage

DATA = Path(__file__).parent / "data"


def load(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def drafts(name: str) -> dict[str, Draft]:
    return {draft.source_id: draft for draft in statuspage.parse(load(name)).drafts}


def test_updates_become_communications_in_the_order_of_their_times_verbatim() -> None:
    said = drafts("page.json")["lp3"].record["communications"]
    assert [(entry["id"], entry["at"], entry["phase"], entry["text"]) for entry in said] == [
        ("sp-u31", "2024-03-20T09:05:00.000Z", "investigating", "Labels take minutes."),
        ("sp-u32", "2024-03-20T10:10:00.000Z", "identified", "The queue is full."),
        ("sp-u33", "2024-03-20T11:30:00.000Z", "monitoring", "A fix is in."),
    ]
    assert {(entry["audience"], entry["channel"]) for entry in said} == {("public", "status-page")}


def test_milestones_are_only_those_that_the_source_states() -> None:
    found = drafts("page.json")
    assert found["lp3"].record["milestones"] == {
        "started": "2024-03-20T09:00:00.000Z",
        "declared": "2024-03-20T09:05:00.000Z",
        "identified": "2024-03-20T10:10:00.000Z",
        "mitigated": "2024-03-20T11:30:00.000Z",
    }
    assert found["lp2"].record["milestones"] == {
        "started": "2023-12-31T23:50:00.000-08:00",
        "declared": "2024-01-01T00:20:00.000Z",
        "resolved": "2024-01-01T09:10:00.000Z",
    }


def test_a_status_that_stays_is_no_transition_and_a_post_mortem_is_none_either() -> None:
    changes = drafts("page.json")["lp2"].record["transitions"]
    assert [(change["to"], change["at"]) for change in changes] == [
        ("investigating", "2024-01-01T08:00:00.000Z"),
        ("resolved", "2024-01-01T09:10:00.000Z"),
    ]
    assert drafts("page.json")["lp2"].record["status"] == "resolved"


def test_a_public_page_gives_public_unclassified_records_of_no_type() -> None:
    record = drafts("page.json")["lp1"].record
    assert (record["severity"], record["disclosure"]) == ("unclassified", "public")
    assert "type" not in record


def test_last_seen_is_the_incidents_own_latest_time_not_the_pages() -> None:
    provenance = drafts("page.json")["lp3"].record["provenance"]
    assert provenance["last_seen"] == "2024-03-20T11:30:00.000Z"
    assert (provenance["page"], provenance["url"]) == ("Lanternpost", "https://stspg.example/lp3")


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif value is not None:
        yield str(value).removeprefix("sp-")


@pytest.mark.parametrize("name", ["page.json", "summary_later.json", "odd.json"])
def test_every_value_of_an_incident_that_is_not_null_is_in_its_record(name: str) -> None:
    data = load(name)
    for draft in statuspage.parse(data).drafts:
        raw = data["incidents"][draft.index]
        kept = {*leaves(draft.record), *(service.name for service in draft.services)}
        assert {text for text in leaves(raw) if text} - kept == set()


def test_html_is_counted_and_kept() -> None:
    draft = drafts("page.json")["lp1"]
    assert draft.oddities == {Oddity.HTML_IN_TEXT, Oddity.ZERO_DURATION}
    assert draft.record["communications"][0]["text"].startswith("<ul><li>12:00")


@pytest.mark.parametrize(
    ("source_id", "oddities"),
    [
        ("o1", {Oddity.ENDS_BEFORE_START, Oddity.NO_UPDATES}),
        ("o2", {Oddity.START_AFTER_CREATION, Oddity.EMPTY_TEXT}),
        ("o3", {Oddity.NO_TITLE, Oddity.UNKNOWN_STATUS, Oddity.UNKNOWN_IMPACT, Oddity.START_NOT_STATED}),
        (
            "o4",
            {
                Oddity.UNREADABLE_TIME,
                Oddity.START_NOT_STATED,
                Oddity.UPDATE_WITHOUT_TIME,
                Oddity.UPDATE_WITHOUT_ID,
                Oddity.UPDATE_ID_TWICE,
                Oddity.UNEXPECTED_SHAPE,
                Oddity.STATUS_DISAGREES,
                Oddity.RESOLVED_WITHOUT_TIME,
            },
        ),
    ],
)
def test_what_the_source_has_wrong_is_named(source_id: str, oddities: set[Oddity]) -> None:
    assert drafts("odd.json")[source_id].oddities == oddities


def test_what_is_wrong_is_not_mended() -> None:
    found = drafts("odd.json")
    assert found["o1"].record["milestones"]["resolved"] == "2024-02-01T09:00:00Z"
    assert found["o3"].record["provenance"]["original"]["status"] == "on fire"
    assert found["o3"].record["status"] == "declared"
    assert found["o4"].record["provenance"]["original"]["started_at"] == "2024-02-04 09:00"
    assert found["o4"].record["milestones"]["started"] == {
        "at": "2024-02-04T10:00:00Z",
        "confidence": "unknown",
        "source": "created_at; the source states no start",
    }
    assert "not an update" in found["o4"].record["provenance"]["original"]["incident_updates"]


def test_entries_of_one_record_have_different_ids_whatever_the_source_gives() -> None:
    for draft in drafts("odd.json").values():
        entries = [*draft.record.get("communications", []), *draft.record.get("transitions", [])]
        ids = [entry["id"] for entry in entries]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[A-Za-z0-9._-]{2,64}", entry_id) for entry_id in ids)


def test_records_that_make_no_incident_have_a_reason() -> None:
    rejected = statuspage.parse(load("odd.json")).rejected
    assert [(item.label, item.reason) for item in rejected] == [
        ("o5", Reason.NO_START_TIME),
        ("#6", Reason.NO_ID),
        ("o8", Reason.SCHEDULED_MAINTENANCE),
        ("#9", Reason.NOT_AN_OBJECT),
    ]


def test_a_summary_holds_both_kinds_and_says_what_was_not_read() -> None:
    parsed = statuspage.parse(load("summary_monday.json"))
    assert [draft.source_id for draft in parsed.drafts] == ["bq7"]
    assert [(item.label, item.reason) for item in parsed.rejected] == [("bqm1", Reason.SCHEDULED_MAINTENANCE)]
    assert parsed.notes == (
        "`components` holds no incident and was not read",
        "`status` holds no incident and was not read",
    )


def test_a_single_incident_gives_the_same_draft_as_the_list_that_it_stands_in() -> None:
    data = load("page.json")
    single = statuspage.parse({"page": data["page"], "incident": data["incidents"][0]})
    assert single.drafts == (statuspage.parse(data).drafts[0],)


def test_the_order_of_updates_in_the_file_does_not_matter() -> None:
    data = load("page.json")
    turned = copy.deepcopy(data)
    for raw in turned["incidents"]:
        raw["incident_updates"].reverse()
    for one, other in zip(statuspage.parse(data).drafts, statuspage.parse(turned).drafts, strict=True):
        assert one.record["communications"] == other.record["communications"]
        assert one.record.get("transitions") == other.record.get("transitions")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ([], "a list of 0"),
        ({"posts": []}, "an object with `posts`"),
        ({}, "an empty object"),
        ("text", "a text"),
        (None, "null"),
        ({"incidents": {}}, "an empty object"),
    ],
)
def test_another_shape_is_refused_with_what_was_expected_and_what_was_found(data: object, found: str) -> None:
    with pytest.raises(ImportFileError, match="expected") as caught:
        statuspage.parse(data)
    assert found in str(caught.value)
