"""Commits where the knowledge base asks for them: what was written and nothing else, and a word where it could not be."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from incidentbook.response import committing
from kb import Inc, write

PATH = "incidents/2025/INC-2025-001.yml"
HOUSE = {"name": "Test", "as_of": "2025-01-15T03:00:00Z", "commit": True}


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("INC_CURRENT", raising=False)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Responders")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "responders@incidents.example")
    house = write(tmp_path / "kb", {"policy/knowledge-base.yml": HOUSE})
    git(house, "init", "--quiet", "--initial-branch=main")
    git(house, "add", "--all")
    git(house, "commit", "--quiet", "--message", "Begin")
    return house


def messages(root: Path) -> list[str]:
    return git(root, "log", "--reverse", "--format=%s").splitlines()[1:]


def test_each_command_is_a_commit_that_says_what_it_did(inc: Inc, root: Path) -> None:
    said = [
        inc("start", "Checkout fails", "--severity", "sev1", root=root).out,
        inc("log", "Failover begins", root=root).out,
        inc("resolve", root=root).out,
    ]
    assert messages(root) == [
        "INC-2025-001: start 'Checkout fails'",
        "INC-2025-001: log 'Failover begins'",
        "INC-2025-001: resolve",
    ]
    names = git(root, "log", "--reverse", "--format=%h").split()[1:]
    assert [f"  committed {name}\n" in text for name, text in zip(names, said, strict=True)] == [True, True, True]
    assert git(root, "status", "--porcelain") == ""


def test_undo_commits_too_and_what_is_gone_is_gone(inc: Inc, root: Path) -> None:
    inc("start", "Checkout fails", "--severity", "sev1", root=root)
    undone = inc("undo", root=root)
    name = git(root, "rev-parse", "--short", "HEAD").strip()
    assert undone.out == f"Took back “inc start 'Checkout fails'”: {PATH} removed, committed {name}.\n"
    assert messages(root)[1:] == ["INC-2025-001: take back start 'Checkout fails'"]
    assert git(root, "ls-files", "incidents") == ""


def test_what_somebody_has_staged_and_changed_stays_theirs(inc: Inc, root: Path) -> None:
    (root / "notes.txt").write_text("staged\n", encoding="utf-8")
    git(root, "add", "notes.txt")
    (root / "policy/knowledge-base.yml").write_text(
        (root / "policy/knowledge-base.yml").read_text(encoding="utf-8") + "# mine\n", encoding="utf-8"
    )
    inc("start", "Checkout fails", "--severity", "sev1", root=root)
    assert git(root, "show", "--format=", "--name-only").split() == [PATH]
    assert sorted(git(root, "status", "--porcelain").splitlines()) == [" M policy/knowledge-base.yml", "A  notes.txt"]


def test_hooks_do_not_stand_in_the_way(inc: Inc, root: Path) -> None:
    hook = root / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    inc("start", "Checkout fails", "--severity", "sev1", root=root)
    assert messages(root) == ["INC-2025-001: start 'Checkout fails'"]


def test_where_git_refuses_the_entry_stays_and_the_reason_is_told(
    inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inc("start", "Checkout fails", "--severity", "sev1", root=root)
    (root / ".git/index.lock").touch()
    result = inc("log", "Failover begins", root=root)
    assert result.status == 0
    assert result.err.startswith("warning: written, but not committed: fatal: Unable to create")
    assert "Failover begins" in (root / PATH).read_text(encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    assert "not committed: error: Git cannot be run" in inc("log", "It goes on", root=root).err


def test_outside_git_it_says_so(inc: Inc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INC_CURRENT", raising=False)
    bare = write(tmp_path / "bare", {"policy/knowledge-base.yml": HOUSE})
    result = inc("start", "Checkout fails", "--severity", "sev1", root=bare)
    assert (result.status, result.err) == (0, "warning: written, but not committed: this is no Git repository\n")
    assert (bare / PATH).is_file()


def test_without_the_policy_nothing_is_committed(inc: Inc, root: Path) -> None:
    policy = root / "policy/knowledge-base.yml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("commit: true", "commit: false"), encoding="utf-8")
    assert "committed" not in inc("start", "Checkout fails", "--severity", "sev1", root=root).out
    assert messages(root) == []


def test_two_files_are_one_commit_and_one_undo(inc: Inc, root: Path) -> None:
    for _ in range(2):
        inc("start", "Checkout fails", "--severity", "sev1", root=root)
    said = inc("merge-into", "INC-2025-001", "--incident", "INC-2025-002", root=root).out
    assert f"  committed {git(root, 'rev-parse', '--short', 'HEAD').strip()}\n" in said
    assert messages(root)[-1] == "INC-2025-001: merge INC-2025-002 into INC-2025-001"
    assert git(root, "show", "--format=", "--name-only", "HEAD").splitlines() == [PATH, PATH.replace("001", "002")]
    inc("undo", root=root)
    assert messages(root)[-1] == "INC-2025-001: take back merge INC-2025-002 into INC-2025-001"
    assert git(root, "diff", "HEAD~2", "--stat") == git(root, "status", "--porcelain") == ""


def test_a_private_entry_is_in_no_subject(inc: Inc, root: Path) -> None:
    inc("start", "Checkout fails", "--severity", "sev1", root=root)
    inc("log", "The vault key was seen", "--private", root=root)
    assert messages(root)[1:] == ["INC-2025-001: log (private)"]


def test_what_a_merge_left_to_people_stays_theirs(inc: Inc, root: Path) -> None:
    inc("start", "Checkout fails", "--severity", "sev1", root=root)
    git(root, "branch", "other")
    for branch, title in (("main", "All fails"), ("other", "Some fails")):
        git(root, "switch", "--quiet", branch)
        text = (root / PATH).read_text(encoding="utf-8").replace("Checkout fails\n", f"{title}\n", 1)
        (root / PATH).write_text(text, encoding="utf-8")
        git(root, "commit", "--quiet", "--all", "--message", title)
    subprocess.run(["git", "-C", str(root), "merge", "main"], capture_output=True, check=False)
    unmerged = git(root, "ls-files", "--unmerged")
    assert committing.commit(root, [PATH], "x").problem == f"a merge has left {PATH} to people"
    assert git(root, "ls-files", "--unmerged") == unmerged != ""
