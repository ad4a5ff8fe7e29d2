"""What the figures were computed from: a short commit, `+changes` where the records differ from it, nothing without Git."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from incidentbook.history import commit_label
from kb import write

PINNED = {
    "GIT_AUTHOR_DATE": "2025-01-15T06:00:00Z",
    "GIT_COMMITTER_DATE": "2025-01-15T06:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")
    command = ["git", *identity, "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | PINNED).stdout.strip()


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    root = write(tmp_path / "repo", {"README.md": "x", "incidents/2025/INC-2025-001.yml": {"id": "INC-2025-001"}})
    git(tmp_path, "init", "-q", "repo")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    return root


def test_the_short_commit(committed: Path) -> None:
    assert commit_label(committed) == git(committed, "rev-parse", "--short", "HEAD")


def test_a_changed_or_new_record_is_told(committed: Path) -> None:
    label = commit_label(committed)
    record = committed / "incidents/2025/INC-2025-001.yml"
    record.write_text("id: INC-2025-001\ntitle: T\n", encoding="utf-8")
    assert commit_label(committed) == f"{label}+changes"
    git(committed, "checkout", "-q", "--", ".")
    assert commit_label(committed) == label
    write(committed, {"incidents/2025/INC-2025-002.yml": {"id": "INC-2025-002"}})
    assert commit_label(committed) == f"{label}+changes"


def test_changes_elsewhere_change_no_figure(committed: Path) -> None:
    (committed / "README.md").write_text("y", encoding="utf-8")
    (committed / "notes.txt").write_text("z", encoding="utf-8")
    assert "+changes" not in commit_label(committed)


def test_a_knowledge_base_below_the_top_of_its_repository(committed: Path) -> None:
    write(committed / "ops", {})
    assert commit_label(committed / "ops").endswith("+changes"), "its policy is not committed yet"
    git(committed, "add", ".")
    git(committed, "commit", "-q", "-m", "second")
    assert commit_label(committed / "ops") == git(committed, "rev-parse", "--short", "HEAD")


def test_without_git_without_a_commit_or_with_a_broken_one(tmp_path: Path, committed: Path) -> None:
    assert commit_label(write(tmp_path / "plain", {})) == ""
    git(tmp_path, "init", "-q", "empty")
    assert commit_label(write(tmp_path / "empty", {})) == ""
    assert commit_label(tmp_path / "nowhere") == ""
    (committed / ".git/HEAD").write_text("ref: refs/heads/../../etc\n", encoding="utf-8")
    assert commit_label(committed) == ""


def test_where_no_git_is_installed(committed: Path) -> None:
    script = "import sys, pathlib\nfrom incidentbook import history\nprint(repr(history.commit_label(pathlib.Path(sys.argv[1]))))"
    command = [sys.executable, "-W", "error", "-c", script, str(committed)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={"PATH": "/nonexistent"})
    assert (done.stdout, done.stderr) == ("''\n", "")


def test_where_git_refuses_a_folder_of_somebody_else(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # Git's own switch for this case
    assert commit_label(committed) == ""
