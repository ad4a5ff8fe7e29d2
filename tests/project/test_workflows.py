"""Workflows and the action: pinned, bounded, and with no right that they do not need."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<action>\S+?)@(?P<commit>\S+)(?:\s+#\s*(?P<version>\S+))?\s*$", re.MULTILINE)


def jobs(path: Path) -> dict[str, Any]:
    """Return the jobs of a workflow."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


def test_there_are_the_three_workflows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["check", "overdue", "publish"]


def test_actions_are_pinned_by_commit_with_the_version_beside_it() -> None:
    pinned: dict[str, set[tuple[str, str]]] = {}
    for path in [*WORKFLOWS, ROOT / "action.yml"]:
        text = path.read_text(encoding="utf-8")
        found = list(USES.finditer(text))
        assert len(found) == len(re.findall(r"\buses:", text)), path
        for use in found:
            assert re.fullmatch(r"[0-9a-f]{40}", use["commit"]), f"{path.name}: {use[0].strip()}"
            assert re.fullmatch(r"v\d+\.\d+\.\d+", use["version"] or ""), f"{path.name}: {use[0].strip()}"
            pinned.setdefault(use["action"], set()).add((use["commit"], use["version"]))
    assert all(len(pins) == 1 for pins in pinned.values()), "one action, one commit everywhere"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_and_time_are_bounded(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    for name, job in jobs(path).items():
        assert job["timeout-minutes"] <= 30, name
        assert job["permissions"], name
        for right, level in job["permissions"].items():
            assert level == "read" or (path.stem == "publish" and name == "deploy"), f"{name}: {right}"
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name


def test_a_pull_request_is_checked_with_annotations_and_stopped_by_an_overdue_action_item() -> None:
    commands = [step.get("run") for step in jobs(ROOT / ".github/workflows/check.yml")["knowledge-base"]["steps"]]
    assert ".venv/bin/inc check --format github" in commands
    assert ".venv/bin/inc actions overdue --fail --format github" in commands


def test_every_make_target_that_a_workflow_calls_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = {
        target
        for path in [*WORKFLOWS, ROOT / ".ci" / "run"]
        for target in re.findall(r"^[^#\n]*\bmake ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert called
    assert called <= targets
