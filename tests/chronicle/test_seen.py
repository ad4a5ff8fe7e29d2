"""What a reader is told of the past: what no level hid from him then, and none hides from him now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from incidentbook import disclosure, repository, yaml12
from incidentbook.chronicle.seen import Seen
from incidentbook.entry import Entry
from incidentbook.records.vocabulary import Disclosure
from kb import Plain, incident, write

RECORD, POSTMORTEM = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md"
NAME = "INC-2025-001"
POLICY: dict[str, object] = {"policy/knowledge-base.yml": {"name": "Small", "default_disclosure": "public"}}


def seen(root: Path, files: Mapping[str, object], reader: Disclosure = Disclosure.PUBLIC) -> Seen:
    """Return the past of a knowledge base that holds ``files`` now, as ``reader`` may see it."""
    whole = repository.load(write(root, POLICY | files))
    return Seen(whole, disclosure.view(whole, reader), reader)


def told(past: Seen, path: str, **plain: Any) -> Mapping[str, Any]:
    """Return what is told of a version at ``path`` that said ``plain``."""
    text = yaml12.dump(plain)
    text = f"---\n{text}---\n" if path.endswith(".md") else text
    found: Mapping[str, Any] = past.reading(NAME)(Entry.of_text(path, text)).data
    return found


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ({"disclosure": "public"}, True),
        ({"disclosure": "internal"}, False),
        ({"disclosre": "public"}, False),  # nobody knows what was meant
        ({"title": [NAME]}, True),
    ],
)
def test_a_record_is_told_of_while_it_can_be_seen(tmp_path: Path, now: Plain, *, shown: bool) -> None:
    past = seen(tmp_path, {RECORD: incident(**now)})
    assert past.shows(NAME) is shown
    assert bool(told(past, RECORD, **incident())) is shown


def test_what_is_nowhere_has_the_level_that_its_versions_have(tmp_path: Path) -> None:
    past = seen(tmp_path, {})
    assert past.shows(NAME)
    assert told(past, RECORD, **incident())
    assert not told(past, RECORD, **incident(disclosure="internal"))


def test_what_is_nowhere_may_be_in_a_file_that_nobody_can_read(tmp_path: Path) -> None:
    past = seen(tmp_path, {RECORD: "id: [", POSTMORTEM: "---\nincidents: [\n---\n"})
    assert not past.shows(NAME)
    assert not past.shows("AI-2025-001-1")
    assert not told(past, RECORD, **incident())


def test_fields_and_entries_that_are_hidden_now_are_in_no_version(tmp_path: Path) -> None:
    steps = [{"text": "Wipe", "status": "done", "disclosure": "internal"}, {"text": "Restart", "status": "done"}]
    entries = [{"id": "t1", "text": "Open", "at": "2025-01-10T00:00:00Z"}]
    entries.append(entries[0] | {"id": "t2", "text": "Narrow", "disclosure": "internal"})
    levels = {"impact.business": "internal", "resolution": "internal", "services.api": "internal"}
    now = incident(remediation={"immediate": steps}, timeline=entries, field_disclosure=levels)
    bare = [{key: value for key, value in entry.items() if key != "disclosure"} for entry in entries]
    then = incident(
        remediation={"immediate": [{"text": "Wipe", "status": "started"}, {"text": "Restart"}]},
        timeline=[bare[0], bare[1] | {"text": "Wider"}],
        impact={"business": {"notes": ["Lost"]}, "summary": "Slow"},
        resolution="Wiped",
    )
    found = told(seen(tmp_path, {RECORD: now}), RECORD, **then)
    assert found["remediation"]["immediate"] == [{"text": "Restart"}]
    assert [entry["id"] for entry in found["timeline"]] == ["t1"]
    assert found["impact"] == {"summary": "Slow"}
    assert not {"resolution", "services"} & found.keys(), "a path that leads nowhere hides what it leads into"


def test_an_earlier_state_has_nothing_that_is_hidden_now(tmp_path: Path) -> None:
    items = [{"id": f"AI-2025-001-{number}", "title": "Do", "status": "proposed"} for number in (1, 2)]
    review: Plain = {"incidents": [NAME], "status": "published", "action_items": items}
    other = "incidents/2025/INC-2025-002.yml"
    files: dict[str, object] = {RECORD: incident(), POSTMORTEM: review, other: incident(2)}
    then = repository.load(write(tmp_path / "then", POLICY | files))
    items[1]["disclosure"] = "internal"
    past = seen(tmp_path / "now", files | {other: incident(2, disclosure="internal")})
    found = past.then(disclosure.view(then, Disclosure.PUBLIC))
    assert [one.id for one in found.all_incidents()] == [NAME]
    assert [item.id for _, _, item in found.action_items()] == ["AI-2025-001-1"]


def test_a_version_names_only_records_that_can_be_seen(tmp_path: Path) -> None:
    others = {
        f"incidents/2025/INC-2025-{number:03}.yml": incident(number, disclosure=level)
        for number, level in ((2, "public"), (3, "internal"))
    }
    found = told(
        seen(tmp_path, {RECORD: incident(), **others}),
        RECORD,
        **incident(links={"related": ["INC-2025-002", "INC-2025-003"]}),
    )
    assert found["links"] == {"related": ["INC-2025-002"]}


def test_a_post_mortem_is_told_with_all_incidents_that_it_covers(tmp_path: Path) -> None:
    other = {"incidents/2025/INC-2025-002.yml": incident(2, disclosure="internal")}
    past = seen(tmp_path, {RECORD: incident(), **other})
    assert told(past, POSTMORTEM, incidents=[NAME], status="draft") == {"incidents": [NAME], "status": "draft"}
    assert told(past, POSTMORTEM, incidents=[NAME, "INC-2025-002"], status="draft") == {}
