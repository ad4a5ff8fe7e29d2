"""What the importer of Slack's status API makes of incidents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import repository
from incidentbook.errors import ImportFileError
from incidentbook.importers import Draft, Oddity, Reason, ServiceRef, slack

DATA = json.loads((Path(__file__).parent / "data" / "slack.json").read_text(encoding="utf-8"))
FIRST = DATA["active_incidents"][0]


def drafts() -> tuple[Draft, ...]:
    return slack.parse(DATA).drafts


def test_the_time_of_posting_stands_in_for_a_start_that_nobody_states() -> None:
    record = drafts()[0].record
    assert record["milestones"] == {
        "started": {
            "at": "2024-03-05T02:20:00-08:00",
            "confidence": "unknown",
            "source": "date_created; the source states no start",
        },
        "declared": "2024-03-05T02:20:00-08:00",
    }
    assert Oddity.START_NOT_STATED in drafts()[0].oddities


def test_notes_are_ordered_and_what_has_no_field_is_kept() -> None:
    record = drafts()[0].record
    assert [entry["id"] for entry in record["communications"]] == ["slack-20240305T102000", "slack-20240305T123100"]
    assert record["communications"][0]["text"] == "Some messages are late.\r\n\r\nWe look into it."
    assert record["provenance"]["original"] == {"type": "incident", "status": "active", "services": FIRST["services"]}
    assert record["provenance"]["last_seen"] == "2024-03-05T04:31:00-08:00"


def test_an_active_incident_is_open_and_a_resolved_one_has_no_time_of_its_end() -> None:
    active, resolved = drafts()
    assert (active.record["status"], resolved.record["status"]) == ("declared", "resolved")
    assert "resolved" not in resolved.record["milestones"]
    assert Oddity.RESOLVED_WITHOUT_TIME in resolved.oddities


def test_planned_work_is_no_incident() -> None:
    assert [(item.label, item.reason) for item in slack.parse(DATA).rejected] == [
        ("2103", Reason.SCHEDULED_MAINTENANCE)
    ]


def test_services_are_known_by_their_names() -> None:
    assert drafts()[0].services == (ServiceRef("Messaging", "Messaging"), ServiceRef("Login/SSO", "Login/SSO"))


def test_the_history_is_a_list_of_the_same_incidents() -> None:
    assert slack.parse(DATA["active_incidents"]) == slack.parse(DATA)
    assert slack.parse([]).drafts == slack.parse({"status": "ok", "active_incidents": []}).drafts == ()


def test_two_notes_of_one_instant_have_two_ids() -> None:
    note = FIRST["notes"][0]
    draft = slack.parse([{**FIRST, "notes": [note, {**note, "body": "Two."}]}]).drafts[0]
    assert len({entry["id"] for entry in draft.record["communications"]}) == 2


def test_records_without_what_is_needed_have_a_reason() -> None:
    rejected = slack.parse([FIRST, 7, {"date_created": FIRST["date_created"]}, {"id": 1, "notes": []}]).rejected
    assert [item.reason for item in rejected] == [Reason.NOT_AN_OBJECT, Reason.NO_ID, Reason.NO_START_TIME]


def test_what_is_odd_is_named() -> None:
    raw = {**FIRST, "type": "purple", "status": "purple", "title": " ", "services": ["Search", 7]}
    draft = slack.parse([raw]).drafts[0]
    assert draft.record["title"] == "Slack incident 2101"
    assert draft.oddities == {
        Oddity.START_NOT_STATED, Oddity.NO_TITLE, Oddity.UNKNOWN_IMPACT, Oddity.UNKNOWN_STATUS, Oddity.UNEXPECTED_SHAPE
    }  # fmt: skip


@pytest.mark.parametrize("data", [{}, {"incidents": []}, ["a"], [{"id": "x", "name": "y"}], "x"])
def test_another_shape_is_refused(data: object) -> None:
    with pytest.raises(ImportFileError, match="expected an object with `active_incidents`"):
        slack.parse(data)


def test_a_second_import_changes_nothing(bring: Callable[..., dict[str, Any]], base: Path) -> None:
    assert bring("slack", "slack.json")["counts"]["imported"] == 2
    assert bring("slack", "slack.json")["counts"]["unchanged"] == 2
    assert repository.load(base).all_incidents()[0].unresolved_when_last_seen
