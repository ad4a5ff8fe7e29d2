"""A knowledge base for tests of `inc check`, which they may change, and one for those of the responder's commands."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import repository
from incidentbook.records.incident import Incident
from kb import ROOT, Inc, write


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of tests/kb_minimal, with the current folder at its root and no CI around."""
    for name in ("PRE_COMMIT", "GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR", "INC_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "kb"
    shutil.copytree(ROOT / "tests" / "kb_minimal", root)
    monkeypatch.chdir(root)
    return root


Run = Callable[..., str]


@pytest.fixture
def run(inc: Inc, root: Path) -> Run:
    """Run a command in the test's own ``root`` that is to succeed, and return what it prints."""

    def call(*arguments: str) -> str:
        result = inc(*arguments, root=root)
        assert (result.status, result.err) == (0, ""), arguments
        return result.out

    return call


class Desk:
    """A knowledge base of responders that stands still at `NOW`, and the commands that they give."""

    NOW = "2025-01-15T03:00:00Z"
    PATH = "incidents/2025/INC-2025-001.yml"

    def __init__(self, inc: Inc, root: Path) -> None:
        self._inc = inc
        self.root = write(
            root,
            {
                "policy/knowledge-base.yml": {"name": "Test", "as_of": self.NOW, "time_zone": "Europe/Lisbon"},
                "policy/services.yml": {"services": {name: {"name": name, "team": "sre"} for name in ("api", "web")}},
                "policy/severities.yml": (ROOT / "policy" / "severities.yml").read_text(encoding="utf-8"),
            },
        )

    def start(self, *more: str) -> Desk:
        """Declare an incident that started at 02:00."""
        self.run("start", "Checkout fails", "--severity", "sev2", "--at", "-1h", *more)
        return self

    def run(self, *arguments: str) -> list[str]:
        """Run a command that is to succeed, and return the lines that it prints, without what is due."""
        result = self._inc(*arguments, root=self.root)
        assert (result.status, result.err) == (0, ""), (arguments, result)
        return [line.strip() for line in result.out.split("Due next\n")[0].splitlines()]

    def json(self, *arguments: str) -> Any:
        """Run a command that is to succeed with `--json`, and return what it says."""
        return json.loads(self._inc(*arguments, "--json", root=self.root).out)

    def refused(self, *arguments: str) -> str:
        """Run a command that is to be refused; nothing may be written. Returns what it says."""
        before = self.texts()
        result = self._inc(*arguments, root=self.root)
        assert result.status == 2, (arguments, result)
        assert self.texts() == before
        return " ".join(result.err.split())

    def texts(self) -> dict[str, str]:
        """Return what every record says, by path."""
        found = sorted(self.root.glob("incidents/**/*.yml"))
        return {path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8") for path in found}

    def record(self, number: int = 1) -> Incident:
        """Return a record."""
        found = repository.load(self.root).incident(f"INC-2025-{number:03}")
        assert found is not None
        return found


@pytest.fixture
def desk(inc: Inc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A knowledge base in which responders work."""
    monkeypatch.delenv("INC_CURRENT", raising=False)
    return Desk(inc, tmp_path / "desk")
