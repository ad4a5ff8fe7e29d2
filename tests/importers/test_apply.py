"""Imports into a knowledge base: ids, what changes at the second time, and what was edited here."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import repository, schema, source
from incidentbook.importers import _record, statuspage
from incidentbook.writer import lock, write_text
from kb import Inc

DATA = Path(__file__).parent / "data"
Bring = Callable[..., dict[str, Any]]


def state(base: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file of a knowledge base with its bytes and its time of change."""
    files = (path for path in base.rglob("*") if path.is_file() and ".incidentbook" not in path.parts)
    return {str(path.relative_to(base)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def value(base: Path, incident: str) -> dict[str, Any]:
    text = (base / "incidents" / incident[4:8] / f"{incident}.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = source.load(text).value
    return loaded


def assert_valid(base: Path) -> None:
    for entry in repository.load(base).entries:
        assert not entry.document.problems, entry.path
        assert schema.valid(entry.kind, entry.document.value), (
            entry.path,
            list(schema.errors(entry.kind, entry.document.value)),
        )


def test_ids_follow_the_start_within_the_year_that_the_source_wrote(bring: Bring, base: Path) -> None:
    report = bring("statuspage", "page.json")
    assert {result["source_id"]: result["incident"] for result in report["results"]} == {
        "lp1": "INC-2023-001",
        "lp2": "INC-2023-002",
        "lp3": "INC-2024-001",
    }
    assert_valid(base)


def test_files_of_one_run_are_numbered_together_by_start(bring: Bring) -> None:
    report = bring("statuspage", "summary_monday.json", "page.json")
    ids = {result["source_id"]: result["incident"] for result in report["results"] if result["incident"]}
    assert ids == {"lp1": "INC-2023-001", "lp2": "INC-2023-002", "lp3": "INC-2024-001", "bq7": "INC-2024-002"}


def test_numbers_go_on_after_records_files_and_post_mortems_that_are_here(bring: Bring, base: Path) -> None:
    here = base / "incidents" / "2023"
    here.mkdir()
    (here / "INC-2023-1007.yml").write_text("id: INC-2023-008\ntitle: Renumbered\n", encoding="utf-8")
    told = base / "postmortems" / "2024"
    told.mkdir()
    (told / "INC-2024-041.md").write_text("---\nincidents: [INC-2024-041]\nstatus: draft\n---\n", encoding="utf-8")
    report = bring("statuspage", "page.json")
    assert {result["incident"] for result in report["results"]} == {"INC-2023-1008", "INC-2023-1009", "INC-2024-042"}


@pytest.mark.parametrize(
    ("name", "file"), [("statuspage", "page.json"), ("statuspage", "odd.json"), ("gcp", "gcp.json")]
)
def test_importing_twice_changes_nothing(inc: Inc, base: Path, name: str, file: str) -> None:
    inc("import", name, str(DATA / file), root=base)
    before = state(base)
    again = json.loads(inc("import", name, str(DATA / file), "--json", root=base).out)
    assert state(base) == before
    assert again["counts"]["imported"] == again["counts"]["updated"] == 0
    assert again["counts"]["unchanged"] > 0
    assert_valid(base)


def test_every_record_has_one_outcome_and_a_broken_one_makes_the_status_1(bring: Bring) -> None:
    report = bring("statuspage", "odd.json", status=1)
    assert report["counts"] == {"imported": 4, "updated": 0, "unchanged": 0, "not-imported": 5}
    assert report["reasons"] == {
        "scheduled-maintenance": 1,
        "duplicate-in-file": 1,
        "not-an-object": 1,
        "no-id": 1,
        "no-start-time": 1,
    }


def test_a_newer_snapshot_updates_the_record_under_its_id(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_monday.json")
    report = bring("statuspage", "summary_later.json")
    assert report["results"][0]["outcome"] == "updated"
    record = value(base, "INC-2024-001")
    assert record["status"] == "identified"
    assert [entry["id"] for entry in record["communications"]] == ["sp-b71", "sp-b72"]
    assert bring("statuspage", "summary_later.json")["counts"]["unchanged"] == 1


def test_an_older_snapshot_does_not_take_back_what_is_known(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_later.json")
    before = state(base)
    report = bring("statuspage", "summary_monday.json")
    assert report["results"][0]["reason"] == "older-than-here"
    assert state(base) == before


def test_snapshots_of_one_run_follow_one_another(bring: Bring, base: Path) -> None:
    report = bring("statuspage", "summary_monday.json", "summary_later.json")
    assert [result["outcome"] for result in report["results"]] == [
        "imported",
        "not-imported",
        "updated",
        "not-imported",
    ]
    assert value(base, "INC-2024-001")["status"] == "identified"


def edited(base: Path) -> Path:
    """Classify the first record of 2024 by hand, with a comment."""
    path = base / "incidents" / "2024" / "INC-2024-001.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("severity: unclassified", "severity: sev3  # agreed in the review"), encoding="utf-8")
    return path


def test_an_edited_record_keeps_its_edits_and_gets_new_entries(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_monday.json")
    path = edited(base)
    report = bring("statuspage", "summary_later.json")["results"][0]
    assert (report["outcome"], report["entries_added"]) == ("updated", 2)
    assert report["kept_as_edited_here"] == ["status", "severity", "milestones"]
    assert "severity: sev3  # agreed in the review\n" in path.read_text(encoding="utf-8")
    record = value(base, "INC-2024-001")
    assert [entry["id"] for entry in record["communications"]] == ["sp-b71", "sp-b72"]
    assert [change["to"] for change in record["transitions"]] == ["investigating", "identified"]
    assert record["provenance"]["last_seen"] == "2024-05-06T11:20:00Z"
    before = state(base)
    again = bring("statuspage", "summary_later.json")["results"][0]
    assert (again["outcome"], again["reason"]) == ("not-imported", "edited-here")
    assert state(base) == before


def test_a_comment_alone_counts_as_an_edit_and_survives(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_monday.json")
    path = base / "incidents" / "2024" / "INC-2024-001.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# to be classified\n", encoding="utf-8")
    assert bring("statuspage", "summary_monday.json")["results"][0]["outcome"] == "unchanged"
    bring("statuspage", "summary_later.json")
    assert path.read_text(encoding="utf-8").endswith("# to be classified\n")


def test_a_record_with_windows_line_ends_is_still_ours(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_monday.json")
    path = base / "incidents" / "2024" / "INC-2024-001.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert bring("statuspage", "summary_monday.json")["results"][0]["outcome"] == "unchanged"
    assert bring("statuspage", "summary_later.json")["results"][0]["kept_as_edited_here"] == []


def test_a_renumbered_record_is_known_again(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_monday.json")
    old = base / "incidents" / "2024" / "INC-2024-001.yml"
    old.with_name("INC-2024-017.yml").write_text(
        old.read_text(encoding="utf-8").replace("id: INC-2024-001", "id: INC-2024-017"), encoding="utf-8"
    )
    old.unlink()
    result = bring("statuspage", "summary_monday.json")["results"][0]
    assert (result["incident"], result["outcome"]) == ("INC-2024-017", "unchanged")


def test_of_two_accounts_in_one_file_the_later_one_is_taken(bring: Bring, base: Path, tmp_path: Path) -> None:
    first = json.loads((DATA / "summary_monday.json").read_text(encoding="utf-8"))
    later = json.loads((DATA / "summary_later.json").read_text(encoding="utf-8"))
    first["incidents"] += later["incidents"]
    (tmp_path / "both.json").write_text(json.dumps(first), encoding="utf-8")
    report = bring("statuspage", str(tmp_path / "both.json"))
    assert [result["reason"] or result["outcome"] for result in report["results"][:2]] == [
        "duplicate-in-file",
        "imported",
    ]
    assert value(base, "INC-2024-001")["status"] == "identified"


def test_a_dry_run_reports_the_same_and_writes_nothing(bring: Bring, base: Path) -> None:
    before = state(base)
    dry = bring("statuspage", "page.json", "--dry-run")
    assert state(base) == before
    wet = bring("statuspage", "page.json")
    assert (dry["results"], dry["services_added"]) == (wet["results"], wet["services_added"])
    assert (dry["dry_run"], wet["dry_run"]) == (True, False)


def test_an_unreadable_record_here_stops_the_import(inc: Inc, base: Path) -> None:
    (base / "incidents" / "2024").mkdir()
    (base / "incidents" / "2024" / "INC-2024-001.yml").write_text("id: [\n", encoding="utf-8")
    result = inc("import", "statuspage", str(DATA / "page.json"), root=base)
    assert result.status == 2
    assert result.err.startswith("error: incidents/2024/INC-2024-001.yml:")
    assert "Nothing was imported" in result.err


def test_a_record_that_lost_its_id_is_known_by_its_file(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_monday.json")
    (path,) = (base / "incidents").rglob("*.yml")
    path.write_text(path.read_text(encoding="utf-8").replace(f"id: {path.stem}\n", ""), encoding="utf-8")
    assert bring("statuspage", "page.json")["services_added"], "new services are dated by the records that are here"


def test_an_import_that_was_cut_short_is_finished_by_the_next_one(
    inc: Inc, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(base, whole)
    inc("import", "statuspage", str(DATA / "page.json"), root=whole)
    written: list[Path] = []

    def fail_at_the_fourth(path: Path, text: str) -> None:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        write_text(path, text)

    with monkeypatch.context() as patch:
        patch.setattr("incidentbook.importers._apply.write_text", fail_at_the_fourth)
        result = inc("import", "statuspage", str(DATA / "page.json"), root=base)
    assert (result.status, result.err) == (2, "error: No space left on device\n")
    assert_valid(base)
    inc("import", "statuspage", str(DATA / "page.json"), root=base)
    assert {path: data for path, (data, _) in state(base).items()} == {
        path: data for path, (data, _) in state(whole).items()
    }


def test_a_second_writer_waits_its_turn(inc: Inc, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidentbook.importers._apply.lock", lambda root: lock(root, seconds=0.1))
    with lock(base):
        result = inc("import", "statuspage", str(DATA / "page.json"), root=base)
    assert result.status == 2
    assert "Another process" in result.err


def test_a_record_that_the_schema_would_refuse_is_reported_not_written(
    bring: Bring, base: Path, tmp_path: Path
) -> None:
    data = json.loads((DATA / "page.json").read_text(encoding="utf-8"))
    deep: Any = "bottom"
    for _ in range(95):
        deep = [deep]
    data["incidents"][0]["nest"] = deep
    (tmp_path / "deep.json").write_text(json.dumps(data), encoding="utf-8")
    report = bring("statuspage", str(tmp_path / "deep.json"), status=1)
    assert report["results"][0]["reason"] == "breaks-schema"
    assert report["counts"]["imported"] == 2
    assert not (base / "incidents" / "2024").exists()


HOSTILE = [
    "no",
    "1_000",
    "0o14",
    "---",
    "a: b # c",
    "\u2028",
    "\x00\x1b[31m",
    "é\u0301 \U0001f600\nx",
    "\ufeff",
    "<<",
    " \n ",
    "\ud83d",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_any_text_comes_back_as_it_was(bring: Bring, base: Path, tmp_path: Path, text: str) -> None:
    data = json.loads((DATA / "page.json").read_text(encoding="utf-8"))
    data["incidents"][0]["incident_updates"][0]["body"] = text
    data["incidents"][0]["note"] = {text: [text, {text: text}]}
    (tmp_path / "hostile.json").write_text(json.dumps(data), encoding="utf-8")
    bring("statuspage", str(tmp_path / "hostile.json"))
    assert_valid(base)
    record = value(base, "INC-2024-001")
    expected = text.encode("utf-8", "backslashreplace").decode("utf-8")
    assert record["communications"][-1]["text"] == expected
    assert record["provenance"]["original"]["note"] == {expected: [expected, {expected: expected}]}
    assert bring("statuspage", str(tmp_path / "hostile.json"))["counts"]["unchanged"] == 3


def test_an_edited_record_of_another_shape_is_left_alone(bring: Bring, base: Path) -> None:
    bring("statuspage", "summary_monday.json")
    path = base / "incidents" / "2024" / "INC-2024-001.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("communications:"), text.index("provenance:")
    path.write_text(text[:start] + "communications: see the chat\n" + text[end:], encoding="utf-8")
    before = state(base)
    result = bring("statuspage", "summary_later.json")["results"][0]
    assert (result["reason"], result["detail"]) == ("edited-here", "`communications` is not a list")
    assert state(base) == before


def test_a_newer_account_that_the_schema_would_refuse_changes_nothing(bring: Bring, base: Path, tmp_path: Path) -> None:
    bring("statuspage", "summary_monday.json")
    data = json.loads((DATA / "summary_later.json").read_text(encoding="utf-8"))
    deep: Any = {}
    for _ in range(95):
        deep = {"in": deep}
    data["incidents"][0]["nest"] = deep
    (tmp_path / "deep.json").write_text(json.dumps(data), encoding="utf-8")
    result = bring("statuspage", str(tmp_path / "deep.json"), status=1)["results"][0]
    assert (result["reason"], result["incident"]) == ("breaks-schema", "INC-2024-001")
    assert value(base, "INC-2024-001")["status"] == "investigating"


def test_a_fault_says_which_field_the_schema_refuses() -> None:
    draft = statuspage.parse(json.loads((DATA / "page.json").read_text(encoding="utf-8"))).drafts[0]
    record = _record.compose(draft, "INC-2024-001", ("Not A Slug",))
    assert _record.fault(record).startswith("services.0: pattern asks for")
    assert _record.fault(_record.compose(draft, "INC-2024-001", ("a-slug",))) == ""
