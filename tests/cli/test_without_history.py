"""Whatever asks Git outside of a repository, before the first commit or without Git: what, where, what next, and one status."""

from __future__ import annotations

from pathlib import Path

import pytest

from commits import Repo
from kb import Inc, incident, write

CALLS = [
    ("history", "INC-2025-001"),
    ("history", "INC-2025-001", "--rev", "2025-01-31"),
    ("history", "AI-2025-001-1"),
    ("actions", "burndown"),
    ("actions", "burndown", "--rev", "HEAD"),
    ("actions", "list", "--ages"),
    ("metrics", "--rev", "HEAD~1"),
    ("metrics", "--rev", "2025-01-31"),
    ("metrics", "restate", "--since", "2025-01-31"),
    ("metrics", "restate", "--since", "v1", "--json"),
    ("metrics", "chart", "rate", "--rev", "v1"),
    ("policy", "diff", "HEAD~1..HEAD"),
    ("pr-summary", "HEAD~1..HEAD"),
]
RECORD = {"incidents/2025/INC-2025-001.yml": incident(1)}


@pytest.fixture(params=CALLS, ids=" ".join)
def call(request: pytest.FixtureRequest) -> tuple[str, ...]:
    found: tuple[str, ...] = request.param
    return found


def test_outside_of_a_repository(inc: Inc, tmp_path: Path, call: tuple[str, ...]) -> None:
    found = inc(*call, root=write(tmp_path, RECORD))
    assert (found.status, found.out) == (2, "")
    what, then = found.err.splitlines()
    assert what == f"error: The knowledge base in {tmp_path} is in no Git repository, so it has no history"
    assert (
        then
        == "  Work in a clone of its repository; where there is none, `git init`, `git add` and `git commit` begin one."
    )


def test_before_the_first_commit(inc: Inc, tmp_path: Path, call: tuple[str, ...]) -> None:
    repo = Repo.new(tmp_path / "book")
    found = inc(*call, root=write(repo.base, RECORD))
    assert (found.status, found.out) == (2, "")
    assert found.err.splitlines() == [
        f"error: Nothing has been committed here yet: the repository of {repo.base} is empty",
        "  `git add` and `git commit` begin a history.",
    ]


def test_without_git(inc: Inc, tmp_path: Path, call: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    found = inc(*call, root=write(tmp_path, RECORD))
    assert (found.status, found.out) == (2, "")
    assert found.err.splitlines() == [
        f"error: The history of {tmp_path} is in Git, and Git cannot be run: No such file or directory",
        "  Install Git, or put it on the PATH.",
    ]


def test_a_commit_that_is_not_there_is_told_apart(inc: Inc, tmp_path: Path) -> None:
    repo = Repo.new(tmp_path / "book")
    repo.commit("2025-01-10T10:00:00Z", RECORD)
    for rev in (("actions", "burndown", "--rev", "v1"), ("metrics", "--rev", "v1")):
        found = inc(*rev, root=repo.base)
        assert (found.status, "There is no commit 'v1' here" in found.err) == (2, True)
