"""The working tree from the cache of facts: the same figures as from the files, and nothing read twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import files, memo, metrics, periods, repository
from incidentbook.repository import Repository
from incidentbook.snapshot import tree
from incidentbook.snapshot.store import FILE, Store
from kb import ROOT, write

KB = {"policy/knowledge-base.yml": {"name": "Small"}}
RECORD = "incidents/2025/INC-2025-001.yml"


def loaded(root: Path) -> Repository:
    """Load as a command does, and have every record made; what is asked later finds the cache closed."""
    with Store.of(root) as store:
        repo = tree.load(root, store)
        repo.all_incidents()
        return repo


def incident(**more: object) -> dict[str, object]:
    return {
        "id": "INC-2025-001", "title": "Checkout fails", "severity": "sev1", "status": "resolved",
        "milestones": {"started": "2025-01-02T10:00:00Z", "resolved": "2025-01-02T11:00:00Z"}, **more,
    }  # fmt: skip


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that were read, and files whose times prove something however new they are."""
    found: list[str] = []
    read = files.read_bytes

    def noted(root: Path, path: str) -> Any:
        found.append(path)
        return read(root, path)

    monkeypatch.setattr(files, "newest", lambda: 2**62)
    monkeypatch.setattr(files, "read_bytes", noted)
    return found


@pytest.mark.parametrize("again", [False, True], ids=["first", "from the cache"])
def test_the_figures_are_those_of_the_whole_records(example: Path, *, again: bool) -> None:
    whole = repository.load(example)
    windows = periods.parse("monthly", whole.now(), whole.zone)
    if again:
        loaded(example)
    for window in windows:
        assert metrics.measure(loaded(example), window, whole.now()) == metrics.measure(whole, window, whole.now())


def test_what_has_not_changed_is_not_read_again(example: Path, reads: list[str]) -> None:
    loaded(example)
    reads.clear()
    loaded(example)
    assert reads == []
    changed = example / "incidents" / "2025" / "INC-2025-001.yml"
    changed.write_text(changed.read_text(encoding="utf-8") + "# later\n", encoding="utf-8")
    loaded(example)
    assert set(reads) == {"incidents/2025/INC-2025-001.yml"}


def test_a_change_is_seen(tmp_path: Path) -> None:
    root = write(tmp_path, KB | {RECORD: incident()})
    loaded(root)
    write(root, {RECORD: incident(severity="sev2")})
    (found,) = loaded(root).all_incidents()
    assert str(found.severity) == "sev2"


def test_a_file_that_went_away_is_gone(tmp_path: Path) -> None:
    root = write(tmp_path, KB | {RECORD: incident()})
    loaded(root)
    (root / RECORD).unlink()
    assert loaded(root).all_incidents() == []


def test_the_document_is_the_whole_file(tmp_path: Path) -> None:
    root = write(tmp_path, KB | {RECORD: incident(summary="A long story")})
    for _ in range(2):
        (entry,) = loaded(root).incidents
        assert entry.record is not None
        assert entry.record.summary == "", "figures need no story"
        assert entry.document.value["summary"] == "A long story"


@pytest.mark.parametrize(
    "text",
    [
        "id: [",
        "- a list\n",
        "",
        "id: INC-2025-001\nid: INC-2025-002\n",
        "x: .inf\n",
        f"severity: 1{'0' * 400}\n",
        "\udcff",
    ],
)
def test_what_cannot_be_kept_is_read_each_time(tmp_path: Path, text: str) -> None:
    root = write(tmp_path, KB)
    path = root / RECORD
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    want = repository.load(root).incidents[0]
    for _ in range(2):
        (entry,) = loaded(root).incidents
        assert entry.is_readable == want.is_readable
        assert [problem.message for problem in entry.document.problems] == [p.message for p in want.document.problems]


def damaged(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)


def from_another_version(path: Path) -> None:
    import sqlite3  # noqa: PLC0415 - here only

    with sqlite3.connect(path) as base:
        base.execute("update form set version = '0.0.0-0'")
        base.execute("update facts set says = ?", [json.dumps({"id": "INC-1999-001"}).encode()])
    base.close()


def a_folder(path: Path) -> None:
    for part in path.parent.glob("facts.sqlite*"):
        part.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [damaged, from_another_version, a_folder])
def test_a_cache_that_cannot_be_used_changes_nothing(example: Path, spoil: Callable[[Path], None]) -> None:
    want = [item.id for item in loaded(example).all_incidents()]
    for part in (example / ".incidentbook").glob("facts.sqlite-*"):
        part.unlink()
    spoil(example / FILE)
    assert [item.id for item in loaded(example).all_incidents()] == want
    assert [item.id for item in loaded(example).all_incidents()] == want


def test_deleting_the_cache_changes_nothing(example: Path) -> None:
    want = [item.milestones for item in loaded(example).all_incidents()]
    shutil.rmtree(example / ".incidentbook")
    assert [item.milestones for item in loaded(example).all_incidents()] == want


def test_what_stands_for_the_content_changes_with_any_file(tmp_path: Path) -> None:
    root = write(tmp_path, KB | {RECORD: incident()})
    first = loaded(root).content
    assert first == loaded(root).content != ""
    write(root, {RECORD: incident(severity="sev2")})
    second = loaded(root).content
    (root / RECORD).rename(root / "incidents/2025/INC-2025-002.yml")
    assert len({first, second, loaded(root).content}) == 3


def test_results_are_made_once(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> bytes:
        made.append("x")
        return b"[1, 2]"

    for _ in range(2):
        with Store.of(tmp_path) as store:
            assert store.remember("mean of 1, 3", make) == b"[1, 2]"
    assert made == ["x"]


def test_this_repository_reads_alike(inc: object) -> None:
    del inc
    assert [item.id for item in loaded(ROOT).all_incidents()] == [i.id for i in repository.load(ROOT).all_incidents()]


def test_damaged_rows_are_as_good_as_none(example: Path) -> None:
    import sqlite3  # noqa: PLC0415 - here only

    want = [item.id for item in loaded(example).all_incidents()]
    with sqlite3.connect(example / FILE) as base:
        base.execute("update facts set says = ?", [b"{"])
        base.execute("insert or replace into results values ('x 1', '{')")
    base.close()
    assert [item.id for item in loaded(example).all_incidents()] == want
    with Store.of(example) as store:
        assert memo.remembered(Damaged(store), "x", [1], lambda: [2]) == [2]


class Damaged:
    """Keeps what is no JSON."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def remember(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is damaged."""
        del key, make
        return self.store.remember("x 1", lambda: b"{")
