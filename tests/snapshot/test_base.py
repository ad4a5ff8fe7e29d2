"""Two states as a reader writes them, and where a branch left the main one."""

from __future__ import annotations

from pathlib import Path

import pytest

from commits import Repo
from incidentbook.errors import NotFoundError
from incidentbook.snapshot import base


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A main branch of three commits, of which a branch left at the second and has one of its own."""
    made = Repo.new(tmp_path / "book")
    made.commit("2025-01-01T00:00:00Z", {}, "first")
    made.commit("2025-01-02T00:00:00Z", {}, "second")
    made.git("branch", "ours")
    made.commit("2025-01-03T00:00:00Z", {}, "third")
    made.git("checkout", "--quiet", "ours")
    made.commit("2025-01-04T00:00:00Z", {}, "ours")
    return made


def named(repo: Repo, name: str) -> str:
    return repo.git("rev-parse", name)


@pytest.mark.parametrize(
    ("text", "base_", "head", "how"),
    [
        ("main", "main", "", "main"),
        ("main..ours", "main", "ours", "main"),
        ("2025-01-01..2025-01-03", "2025-01-01", "2025-01-03", "2025-01-01"),
        ("main..", "main", "HEAD", "main"),
        ("", "main~1", "", "where HEAD left main"),
        ("..ours", "main~1", "ours", "where ours left main"),
        ("main...ours", "main~1", "ours", "where ours left main"),
        ("main...", "main~1", "HEAD", "where HEAD left main"),
    ],
)
def test_what_a_text_means(repo: Repo, text: str, base_: str, head: str, how: str) -> None:
    found = base.ends(repo.root, text)
    assert (found.head, found.how) == (head, how)
    assert found.base == (named(repo, base_) if "left" in how else base_)


def test_on_the_main_branch_only_what_is_not_committed_is_new(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "main")
    assert base.ends(repo.root, "") == (named(repo, "main"), "", "where HEAD left main")


def test_the_remote_says_which_branch_is_the_main_one(repo: Repo, tmp_path: Path) -> None:
    repo.git("checkout", "--quiet", "main")
    clone = Repo(tmp_path / "clone")
    repo.git("clone", "--quiet", str(repo.root), str(clone.root))
    clone.commit("2025-01-05T00:00:00Z", {}, "not pushed")
    assert base.ends(clone.root, "") == (named(clone, "origin/main"), "", "where HEAD left origin/main")


def test_no_main_branch(repo: Repo) -> None:
    repo.git("branch", "--quiet", "-D", "main")
    assert base.ends(repo.root, "") == ("HEAD", "", "HEAD, as there is no main branch")


def test_nothing_in_common(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "--orphan", "other")
    repo.commit("2025-01-06T00:00:00Z", {}, "another beginning")
    with pytest.raises(NotFoundError, match="Git finds nothing that main and other both come from: nothing is common"):
        base.ends(repo.root, "main...other")
    with pytest.raises(NotFoundError, match="nothing is common to both"):
        base.ends(repo.root, "")


def test_no_such_commit(repo: Repo) -> None:
    with pytest.raises(NotFoundError, match="Not a valid object name nowhere"):
        base.ends(repo.root, "nowhere...ours")


@pytest.mark.parametrize("branches", ["--no-single-branch", "--single-branch"])
def test_a_shallow_clone_never_compares_with_itself(repo: Repo, tmp_path: Path, branches: str) -> None:
    source = f"file://{repo.root}"
    repo.git("checkout", "--quiet", "main")
    repo.git("clone", "--quiet", "--depth=1", branches, "--branch=ours", source, str(tmp_path / "shallow"))
    with pytest.raises(NotFoundError) as told:
        base.ends(tmp_path / "shallow", "")
    assert "--unshallow" in str(told.value.hint)
