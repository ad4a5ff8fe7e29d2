"""The next free number: of what lies here, and of every branch that this clone knows."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from incidentbook.response.numbers import next_id
from kb import write


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


def test_without_git(tmp_path: Path) -> None:
    root = write(tmp_path, {"incidents/2025/INC-2025-009.yml": "", "incidents/2024/INC-2024-050.yml": ""})
    assert (next_id(root, 2025), next_id(root, 2024), next_id(root, 2026)) == (
        "INC-2025-010",
        "INC-2024-051",
        "INC-2026-001",
    )


@pytest.mark.parametrize("below", ["", "ops/incidents-of-ours"])
def test_another_branch_has_taken_some(tmp_path: Path, below: str) -> None:
    root = write(tmp_path / below, {"incidents/2025/INC-2025-001.yml": "id: INC-2025-001\n"})
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "user.email", "test@example.org")
    git(tmp_path, "config", "user.name", "Test")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "One")
    git(tmp_path, "checkout", "-qb", "other")
    (root / "incidents/2025/INC-2025-1204.yml").write_text("id: INC-2025-1204\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Two")
    git(tmp_path, "checkout", "-q", "main")
    assert next_id(root, 2025) == "INC-2025-1205"
    assert next_id(root, 2026) == "INC-2026-001"
