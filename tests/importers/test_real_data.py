"""Imports of real status pages: the counts add up, every record is valid, and a second import changes not one byte.

The data is not part of this repository. It is looked for where INCIDENTBOOK_TEST_DATA says, else beside the repository in
``shared/data``; without it these tests are skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from incidentbook import repository, schema
from incidentbook.importers import _apply, load
from incidentbook.importers._report import to_plain
from incidentbook.repository import Repository
from kb import ROOT

DATA = Path(os.environ.get("INCIDENTBOOK_TEST_DATA") or ROOT.parent / "shared" / "data") / "1_status"
GITHUB = DATA / "github_full_incidents" / "incidents_2010-2018_dev.json"
UNION = DATA / "statuspage_union"
SNAPSHOTS = DATA / "statuspage_snapshots"
GCP = DATA / "gcp" / "gcp_incidents_2020-12-23_83c30194.json"
SLACK = DATA / "slack" / "slack_incidents_union.json"
pytestmark = pytest.mark.no_cover  # thousands of records go through lines that test_apply.py goes through, too
Into = Callable[[str, Sequence[Path]], dict[str, Any]]


def needs(path: Path) -> pytest.MarkDecorator:
    """Skip a test by name where its data is absent."""
    return pytest.mark.skipif(
        not path.exists(), reason=f"the real data is absent: no {path.name} under INCIDENTBOOK_TEST_DATA"
    )


@pytest.fixture
def into(base: Path) -> Into:
    """Import files and hold that the report's counts add up to what stands in them."""

    def call(name: str, paths: Sequence[Path]) -> dict[str, Any]:
        files = _apply.read_files(load(name), paths)
        report = to_plain(_apply.run(base, name, files, (), lambda items, _total, _label: items, dry_run=False))
        assert sum(report["counts"].values()) == report["records"] == sum(map(records_in, paths))
        return report

    return call


def records_in(path: Path) -> int:
    """Count the records of a file without the importer."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(data, list):
        return len(data)
    return sum(len(data.get(key, ())) for key in ("incidents", "scheduled_maintenances"))


def state(base: Path) -> dict[Path, tuple[bytes, int]]:
    files = (path for path in base.rglob("*.*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files if ".incidentbook" not in path.parts}


def whole(base: Path, count: int) -> Repository:
    """Hold that every record can be read, agrees with the schema and names only services that policy has."""
    repo = repository.load(base)
    assert len(repo.incidents) == len(repo.all_incidents()) == count
    known = repo.policies["services"].document.value["services"]
    for entry in repo.entries:
        assert not entry.document.problems
        assert schema.valid(entry.kind, entry.document.value), entry.path
    for entry in repo.incidents:
        assert set(entry.document.value.get("services", ())) <= known.keys(), entry.path
    return repo


@needs(GITHUB)
def test_all_832_incidents_of_one_provider(into: Into, base: Path) -> None:
    report = into("statuspage", [GITHUB])
    assert report["counts"] == {"imported": 832, "updated": 0, "unchanged": 0, "not-imported": 0}
    assert report["oddities"] == {"zero-duration": 832, "html-in-text": 832}
    whole(base, 832)
    before = state(base)
    assert into("statuspage", [GITHUB])["counts"]["unchanged"] == 832
    assert state(base) == before
    _originals_are_known_again(base)


def _originals_are_known_again(base: Path) -> None:
    """Hold that a file of one incident is taken for the record that came with all of them."""
    paths = sorted((GITHUB.parent / "raw").glob("*.json"))
    files = _apply.read_files(load("statuspage"), paths)
    report = to_plain(_apply.run(base, "statuspage", files, (), lambda items, _total, _label: items, dry_run=True))
    assert report["counts"] == {"imported": 0, "updated": 0, "unchanged": len(paths), "not-imported": 0}


@needs(UNION)
def test_thirteen_pages_on_which_nothing_is_resolved(into: Into, base: Path) -> None:
    paths = sorted(UNION.glob("*.json"))
    report = into("statuspage", paths)
    assert report["counts"] == {"imported": 2426, "updated": 0, "unchanged": 0, "not-imported": 225}
    assert report["reasons"] == {"scheduled-maintenance": 225}
    assert report["oddities"] == {"html-in-text": 36, "start-after-creation": 29}
    assert report["unresolved_when_last_seen"] == 2426
    assert all(record.unresolved_when_last_seen for record in whole(base, 2426).all_incidents())
    before = state(base)
    assert into("statuspage", paths)["counts"]["unchanged"] == 2426
    assert state(base) == before


@needs(GCP)
def test_148_incidents_with_real_durations(into: Into, base: Path) -> None:
    report = into("gcp", [GCP])
    assert report["counts"]["imported"] == 148
    assert report["oddities"] == {}
    lengths = [record.seconds_between("started", "resolved") for record in whole(base, 148).all_incidents()]
    assert all(length is not None and length > 0 for length in lengths)
    before = state(base)
    assert into("gcp", [GCP])["counts"]["unchanged"] == 148
    assert state(base) == before


@needs(SLACK)
def test_352_incidents_that_state_no_start(into: Into, base: Path) -> None:
    report = into("slack", [SLACK])
    assert report["counts"]["imported"] == 352
    assert report["oddities"]["start-not-stated"] == 352
    whole(base, 352)
    before = state(base)
    assert into("slack", [SLACK])["counts"]["unchanged"] == 352
    assert state(base) == before


@needs(SNAPSHOTS)
def test_snapshots_in_order_update_the_same_records(into: Into, base: Path) -> None:
    """The snapshots of one page, one import each: one incident grows and keeps its id."""
    page = sorted((SNAPSHOTS / "jira").glob("*.json"))
    outcomes = []
    for path in page:
        outcomes += [result["outcome"] for result in into("statuspage", [path])["results"]]
        before = state(base)
        into("statuspage", [path])
        assert state(base) == before
    assert outcomes == ["imported", "updated", "updated", "updated", "updated"]
    record = repository.load(base).all_incidents()[0]
    assert (record.id, len(record.communications)) == ("INC-2022-001", 47)


@needs(SNAPSHOTS)
def test_all_snapshots_of_all_pages_in_one_run(into: Into, base: Path) -> None:
    into("statuspage", sorted(SNAPSHOTS.glob("*/*.json")))
    whole(base, 18)
