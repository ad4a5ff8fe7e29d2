"""A knowledge base for tests of `inc check`, which they may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb import ROOT


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of tests/kb_minimal, with the current folder at its root and no CI around."""
    for name in ("PRE_COMMIT", "GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR", "INC_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "kb"
    shutil.copytree(ROOT / "tests" / "kb_minimal", root)
    monkeypatch.chdir(root)
    return root
