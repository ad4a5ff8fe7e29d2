"""Evidence looked up in the repositories at hand, and said to be unverified where none is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from incidentbook.errors import IncidentbookError, NotFoundError
from incidentbook.records.action_item import ActionEvidence
from incidentbook.response import proof

HERE = "https://git.example/a/incidents"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def repository(folder: Path) -> str:
    """Make a repository with one commit, and return its id."""
    folder.mkdir()
    git(folder, "init", "-q")
    name = ("-c", "user.name=T", "-c", "user.email=t@example.org")
    git(folder, *name, "commit", "-q", "--allow-empty", "-m", folder.name)
    return git(folder, "rev-parse", "HEAD")


def look(root: Path, kind: str, ref: str) -> str:
    return proof.look(root, ActionEvidence(kind, ref))


def test_a_commit_of_this_repository(tmp_path: Path) -> None:
    root = tmp_path / "kb"
    name = repository(root)
    git(root, "remote", "add", "origin", "git@git.example:a/incidents.git")
    assert look(root, "commit", name) == look(root, "commit", f"{HERE}/commit/{name[:9]}") == ""
    for ref in ("0" * 40, f"{HERE}/commit/0000000"):
        with pytest.raises(NotFoundError, match="There is no commit 0000000"):
            look(root, "commit", ref)


def test_a_commit_of_a_repository_beside_it(tmp_path: Path) -> None:
    root = tmp_path / "kb"
    repository(root)
    name = repository(tmp_path / "app")
    assert look(root, "commit", f"../app@{name}") == ""
    with pytest.raises(NotFoundError, match=r"in \.\./app"):
        look(root, "commit", "../app@0000000")
    assert look(root, "commit", f"../gone@{name}") == "not verified: ../gone is not at hand"


def test_a_commit_of_a_repository_that_is_elsewhere(tmp_path: Path) -> None:
    root = tmp_path / "kb"
    repository(root)
    said = look(root, "commit", "https://git.example/a/app/commit/4f1c2ab")
    assert said == "not verified: https://git.example/a/app is not at hand"


def test_a_shallow_clone_and_no_clone_prove_nothing(tmp_path: Path) -> None:
    first = repository(tmp_path / "kb")
    git(
        tmp_path / "kb",
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.org",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "2",
    )
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path / 'kb'}", "shallow")
    plain = tmp_path / "plain"
    plain.mkdir()
    for root in (tmp_path / "shallow", plain):
        assert look(root, "commit", first) == "not verified: the history that is here does not reach it"


def test_a_drill_is_an_incident_of_the_knowledge_base(tmp_path: Path) -> None:
    (tmp_path / "incidents/2025").mkdir(parents=True)
    (tmp_path / "incidents/2025/INC-2025-014.yml").write_text("id: INC-2025-014\n", encoding="utf-8")
    assert look(tmp_path, "drill", "INC-2025-014") == ""
    with pytest.raises(NotFoundError, match="There is no incident INC-2025-015"):
        look(tmp_path, "drill", "INC-2025-015")


def test_files(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks/failover.md").write_text("")
    assert look(tmp_path, "document", "playbooks/failover.md#steps") == ""
    assert look(tmp_path, "test", "tests/elsewhere.py") == "not verified: it is not in this knowledge base"
    with pytest.raises(NotFoundError):
        look(tmp_path, "document", "./playbooks/gone.md")


@pytest.mark.parametrize(("kind", "ref"), [("commit", "the fix"), ("pull-request", "Monday")])
def test_what_names_nothing(tmp_path: Path, kind: str, ref: str) -> None:
    with pytest.raises(IncidentbookError):
        look(tmp_path, kind, ref)
