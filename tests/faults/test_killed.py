"""A command that is killed at any system call leaves the old record or the new one, and the next command goes on from there.

So do commands whose disk is full, broken or cannot be written: they say so, and leave the old record and nothing else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from incidentbook.response import current
from kb import ROOT, Inc, write
from node_tools import go_without

COMMANDS = ("log", "start", "undo")
AT_RANDOM = {"log": 300, "start": 120, "undo": 80}  # 500 in all
SEED = "20261126"
WORKERS = 2
CHANGING = {"openat", "write", "fchmod", "fsync", "rename", "close"}
PATH = "incidents/2025/INC-2025-001.yml"


@pytest.fixture(scope="module")
def traced() -> None:
    """Go without where no process may trace another."""
    why = subprocess.run([sys.executable, ROOT / "tests/faults/tracing.py"], check=True, capture_output=True, text=True)
    if why.stdout.strip():
        go_without("commands that are killed, and whose disk refuses", "ptrace", why.stdout.strip())


def in_parts(folder: Path, script: str, *arguments: str, parts: int = WORKERS) -> list[dict[str, Any]]:
    """Run a script in several processes, each with a part of the work, and return what they found."""
    running = []
    for part in range(parts):
        (folder / str(part)).mkdir()
        split = (str(part), str(parts)) if parts > 1 else ()
        command = [sys.executable, str(ROOT / "tests/faults" / script), str(folder / str(part)), *arguments, *split]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
    said = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * parts
    return [json.loads(text) for text in said]


@pytest.mark.usefixtures("traced")
@pytest.mark.parametrize("command", COMMANDS)
def test_killed_before_and_after_every_call_that_changes_a_file(tmp_path: Path, command: str) -> None:
    found = in_parts(tmp_path, "killing.py", command, "each", SEED)
    assert [wrong for part in found for wrong in part["wrong"]] == []
    left = sum((Counter(part["left"]) for part in found), Counter())
    assert sum(left.values()) == found[0]["stops"]
    assert min(left["old"], left["new"]) > 0
    assert set(found[0]["calls"]) >= CHANGING | ({"unlink"} if command == "undo" else {"mkdir", "flock"})


@pytest.mark.usefixtures("traced")
@pytest.mark.parametrize("command", COMMANDS)
def test_killed_at_random_moments(tmp_path: Path, command: str) -> None:
    found = in_parts(tmp_path, "killing.py", command, str(AT_RANDOM[command]), SEED)
    assert [wrong for part in found for wrong in part["wrong"]] == []
    assert sum(sum(part["left"].values()) for part in found) == AT_RANDOM[command]


@pytest.mark.usefixtures("traced")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_refuses(tmp_path: Path, command: str) -> None:
    (found,) = in_parts(tmp_path, "failing.py", command, parts=1)
    assert found["wrong"] == []
    refused = {end.split()[0] for end in found["ends"] if end.endswith("2 old")}
    assert refused >= {"openat", "write", "fchmod", "fsync", "rename", "flock"}


def test_what_a_killed_write_left_is_no_record(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path, {"policy/knowledge-base.yml": {"name": "Test", "as_of": "2025-01-15T03:00:00Z"}})
    inc("start", "Checkout answers with errors", "--severity", "sev1", root=root)
    before = inc("check", "--json", root=root).out
    text = (root / PATH).read_text("utf-8")
    (root / PATH).with_name(f".{Path(PATH).name}.x1y2z3.tmp").write_text(text[: len(text) // 2], "utf-8")
    assert json.loads(inc("check", "--json", root=root).out) == json.loads(before)
    assert inc("log", "Next", root=root).status == 0
    assert [path.name for path in (root / PATH).parent.iterdir()] == [Path(PATH).name]


@pytest.mark.parametrize(
    "damage", ["", "{", '{"version": 1}', "[]", "\x00" * 40, '{"version": "x", "closed": {"a": 1}}']
)
def test_own_files_that_are_damaged_are_made_anew_or_named(
    inc: Inc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(current, "_TICK", -(10**9))  # what was written just now is not indexed otherwise
    closed = {"id": "INC-2025-002", "title": "Over", "status": "closed"}
    root = write(
        tmp_path,
        {
            "policy/knowledge-base.yml": {"name": "Test", "as_of": "2025-01-15T03:00:00Z"},
            "incidents/2025/INC-2025-002.yml": closed,
        },
    )
    inc("start", "Checkout answers with errors", "--severity", "sev1", root=root)
    inc("log", "First", root=root)
    kept = sorted((root / ".incidentbook").rglob("*.json"))
    assert [path.parent.name for path in kept] == [".incidentbook", "undo", "undo"]
    for path in kept:
        path.write_text(damage, "utf-8")
    assert inc("current", root=root).status == 0
    assert inc("log", "Second", root=root).status == 0
    assert "Took back “inc log 'Second'”" in inc("undo", root=root).out
    said = inc("undo", root=root)
    assert (said.status, said.out) == (2, "")
    assert "cannot be read, so nothing was undone" in said.err
