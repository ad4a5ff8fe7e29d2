"""IB609: evidence that can be looked up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook import git_command

PATH = "postmortems/2025/INC-2025-001.md"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.fixture
def proven(base: Base) -> Callable[[str, str], dict[str, str]]:
    def files(kind: str, ref: str) -> dict[str, str]:
        done = f"status: done\n    completed: 2025-02-01\n    evidence: [{{kind: {kind}, ref: '{ref}'}}]"
        return {PATH: base(PATH, "status: in-progress", done)}

    return files


@pytest.mark.parametrize(
    ("kind", "ref", "message"),
    [
        ("pull-request", "of Monday", "`of Monday` is not the address of a pull request"),
        ("pull-request", "https://git.example/app", "`https://git.example/app` is not the address of a pull request"),
        ("commit", "main", "`main` names no commit"),
    ],
)
def test_what_names_nothing(
    said: Said, proven: Callable[[str, str], dict[str, str]], kind: str, ref: str, message: str
) -> None:
    (found,) = said(proven(kind, ref))
    assert found.startswith(f"{PATH}:12:")
    assert found.endswith(f" IB609 {message}")


@pytest.mark.parametrize(("has", "count"), [(False, 1), (True, 0), (None, 0)])
def test_a_commit_of_this_repository_is_looked_up(
    said: Said,
    proven: Callable[[str, str], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    has: bool | None,  # noqa: FBT001
    count: int,
) -> None:
    monkeypatch.setattr(git_command, "has_commit", lambda *_: has)
    found = said(proven("commit", "7be41c0"))
    assert len(found) == count
    assert all("There is no commit 7be41c0 in this repository" in line for line in found)
    assert said(proven("commit", "https://elsewhere.example/app/commit/7be41c0")) == []
    assert said(proven("document", "7be41c0")) == []
