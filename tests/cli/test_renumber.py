"""`inc renumber` as people use it, and between clones that took the same number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clones import Clone, clones
from kb import Inc, incident, write

FIRST, SECOND = "INC-2025-001", "INC-2025-002"
RECORD, MOVED = f"incidents/2025/{FIRST}.yml", f"incidents/2025/{SECOND}.yml"
HOUSE: dict[str, object] = {"name": "Test", "time_zone": "UTC", "as_of": "2025-01-15T03:00:00Z"}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("INC_CURRENT", raising=False)
    files = {
        "policy/knowledge-base.yml": HOUSE,
        RECORD: incident(1, summary="Not https://wiki.example/INC-2025-001"),
        f"postmortems/2025/{FIRST}.md": {"incidents": [FIRST], "status": "draft"},
    }
    return write(tmp_path, files)


def test_it_says_what_moved_what_changed_and_what_did_not(inc: Inc, root: Path) -> None:
    expected = (
        f"{FIRST} is now {SECOND}\n"
        f"  {RECORD} → {MOVED}\n"
        f"  postmortems/2025/{FIRST}.md → postmortems/2025/{SECOND}.md\n"
        "Changed\n"
        f"  {MOVED}:1:5\n"
        f"  postmortems/2025/{SECOND}.md:3:3\n"
        "Left as it is\n"
        f"  {MOVED}:11:35  an address outside the knowledge base\n"
        f"`inc renumber {SECOND} {FIRST}` takes it back.\n"
    )
    assert inc("renumber", FIRST.lower(), root=root).out == expected


def test_a_dry_run_says_the_same_and_writes_nothing(inc: Inc, root: Path) -> None:
    said = inc("renumber", FIRST, "--dry-run", root=root).out
    assert said.startswith(f"{FIRST} would become {SECOND}\n")
    assert f"Would change\n  {RECORD}:1:5\n" in said
    assert (root / RECORD).is_file()
    assert not (root / MOVED).exists()


def test_json(inc: Inc, root: Path) -> None:
    said = json.loads(inc("renumber", FIRST, "INC-2025-009", "--json", root=root).out)
    assert [(one["old"], one["new"], one["dry_run"], one["unread"]) for one in said] == [
        (FIRST, "INC-2025-009", False, [])
    ]
    assert said[0]["moved"][0] == {"from": RECORD, "to": "incidents/2025/INC-2025-009.yml"}
    assert said[0]["mentions"][0] == {"path": RECORD, "line": 1, "column": 5, "left": ""}


def test_what_may_go_wrong_from_now_on_is_said(inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "policy/factors.yml").write_bytes(b"\xff")
    for arguments in ((FIRST, SECOND), (SECOND, FIRST, "--json")):
        monkeypatch.setenv("INC_CURRENT", arguments[0])
        assert inc("renumber", *arguments, root=root).err == (
            "warning: policy/factors.yml cannot be read, so what it names stays\n"
            f"warning: INC_CURRENT still says {arguments[0]}: export INC_CURRENT={arguments[1]}\n"
        )


@pytest.mark.parametrize("file", ["incidents/2025/INC-2025-001.yml", "absolute"])
def test_a_file_is_named_from_the_root_or_from_anywhere(inc: Inc, root: Path, file: str) -> None:
    assert inc("renumber", FIRST, "--file", str(root / RECORD) if file == "absolute" else file, root=root).status == 0
    assert (root / MOVED).is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Say which incident moves: OLD, or --clashes"),
        ((FIRST, "--clashes"), "Say which incident moves: OLD, or --clashes"),
        ((FIRST, "--file", "none.yml"), "There is no file none.yml in the knowledge base"),
        (("INC-2025-404",), "There is no incident INC-2025-404"),
        (("--clashes",), "Git knows no @{upstream} to compare with"),
    ],
)
def test_what_is_refused(inc: Inc, root: Path, arguments: tuple[str, ...], message: str) -> None:
    result = inc("renumber", *arguments, root=root)
    assert (result.status, result.out) == (2, "")
    assert message in " ".join(result.err.split())


@pytest.fixture
def two(tmp_path: Path) -> list[Clone]:
    policy = {"policy/knowledge-base.yml": HOUSE | {"commit": True}, ".gitignore": ".incidentbook/\n"}
    made = clones(tmp_path, policy, "ab")
    for clone, title in zip(made, ("Checkout fails", "Search is slow"), strict=True):
        clone.inc("start", title, "--severity", "sev2")
        clone.inc("log", f"{title}: seen", "--incident", FIRST)
    made[0].git("push", "--quiet", "origin", "HEAD:main")
    return made


def test_the_clash_is_found_moved_and_merged_without_a_conflict(two: list[Clone]) -> None:
    a, b = two
    ours = b.text(RECORD)
    b.git("fetch", "--quiet")
    assert b.inc("renumber", "--clashes", "--dry-run").startswith(f"{FIRST} would become {SECOND}\n")
    assert "committed " in b.inc("renumber", "--clashes")
    assert b.git("log", "-1", "--format=%s") == f"{SECOND}: was {FIRST}\n"
    b.git("merge", "--quiet", "--no-edit", "origin/main")
    assert b.text(MOVED) == ours.replace(FIRST, SECOND)
    assert b.text(RECORD) == a.text(RECORD)
    assert b.git("status", "--porcelain") == ""
    assert b.inc("renumber", "--clashes") == "No number of ours is taken by another incident in origin/main.\n"


def test_a_record_that_was_never_committed(two: list[Clone]) -> None:
    _, b = two
    b.git("fetch", "--quiet")
    b.git("reset", "--quiet", "--mixed", "HEAD~2")
    b.inc("renumber", "--clashes")
    assert b.git("log", "-1", "--format=%s") == f"{SECOND}: was {FIRST}\n"
    assert b.git("status", "--porcelain") == ""
