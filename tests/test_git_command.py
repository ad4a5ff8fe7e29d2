"""Git as a process: what it says comes piece by piece, its errors are told, and it has ended when nobody listens any more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from commits import Repo
from incidentbook import git_command
from incidentbook.git_command import GitFailedError


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo.new(tmp_path / "repo")
    made.commit("2025-01-01T10:00:00Z", {"policy/knowledge-base.yml": {"name": "Small"}})
    return made


def children() -> set[str]:
    """Return the processes that this one has begun and that have not ended."""
    return set(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def test_all_that_git_says(repo: Repo) -> None:
    said = b"".join(git_command.pieces(repo.root, "log", "--format=%s"))
    assert said == b"Change records\n"


def test_more_than_a_piece_comes_in_several(repo: Repo) -> None:
    (repo.root / "large").write_bytes(os.urandom(1_000_000))
    repo.git("add", "large")
    pieces = list(git_command.pieces(repo.root, "cat-file", "blob", ":large"))
    assert len(pieces) > 1
    assert b"".join(pieces) == (repo.root / "large").read_bytes()


def test_an_error_is_told_in_gits_words(repo: Repo) -> None:
    with pytest.raises(GitFailedError, match="`git log` has failed: fatal: ambiguous argument 'nowhere'"):
        list(git_command.pieces(repo.root, "log", "nowhere"))


def test_where_no_git_is_installed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(GitFailedError, match="Git cannot be run: No such file or directory"):
        list(git_command.pieces(repo.root, "log"))


def test_the_process_has_ended_when_nobody_listens_any_more(repo: Repo) -> None:
    (repo.root / "large").write_bytes(os.urandom(3_000_000))
    repo.git("add", "large")
    before = children()
    saying = git_command.pieces(repo.root, "cat-file", "blob", ":large")
    next(saying)
    assert children() > before
    saying.close()
    assert children() == before
