"""Workflows and the action: pinned, bounded, and with no right that they do not need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb import ROOT
from workflows import FOLDER, jobs

WORKFLOWS = sorted(FOLDER.glob("*.yml"))
WRITES = {  # the only rights beyond reading, and whose they are
    ("nightly", "overdue"): {"issues"},
    ("publish", "deploy"): {"pages", "id-token"},
    ("report", "record"): {"contents", "pull-requests"},
}
USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<action>\S+?)@(?P<commit>\S+)(?:\s+#\s*(?P<version>\S+))?\s*$", re.MULTILINE)


def steps() -> Iterator[dict[str, Any]]:
    """Yield every step of every workflow."""
    for path in WORKFLOWS:
        for job in jobs(path.stem).values():
            yield from job["steps"]


def test_there_are_the_four_workflows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["check", "nightly", "publish", "report"]


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
    for name, job in jobs(path.stem).items():
        assert job["timeout-minutes"] <= 30, name
        assert job["permissions"], name
        written = {right for right, level in job["permissions"].items() if level != "read"}
        assert written == WRITES.get((path.stem, name), set()), name
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False, name


def test_a_pull_request_is_checked_with_annotations_and_stopped_by_an_overdue_action_item() -> None:
    commands = [step.get("run") for step in jobs("check")["knowledge-base"]["steps"]]
    assert ".venv/bin/inc check --format github" in commands
    assert ".venv/bin/inc actions overdue --fail --format github" in commands


def test_the_site_of_a_pull_request_is_attached() -> None:
    (attach,) = (step for step in jobs("check")["knowledge-base"]["steps"] if "upload-artifact" in step.get("uses", ""))
    assert (attach["with"]["path"], attach["with"]["if-no-files-found"]) == ("site", "error")


def test_text_of_others_gets_into_no_command_and_the_token_into_no_step_that_does_without() -> None:
    for step in steps():
        assert "${{" not in step.get("run", ""), step["name"]
        holds_token = "github.token" in str(step.get("env", {}))
        assert holds_token == ("scripts/tracking-issue.sh" in step.get("run", "") or "propose-report" in str(step)), (
            step
        )


def test_who_reports_does_not_start_the_import() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/incident.yml").read_text(encoding="utf-8"))
    text = (FOLDER / "report.yml").read_text(encoding="utf-8")
    assert jobs("report")["record"]["if"] == "${{ github.event.label.name == 'incident' }}"
    assert "types: [labeled]" in text
    assert "incident" not in form["labels"], "a label that a form sets says nothing of who set it"


def test_owners_are_the_teams_of_policy() -> None:
    teams = yaml.safe_load((ROOT / "policy/knowledge-base.yml").read_text(encoding="utf-8"))["teams"]
    lines = (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    for path, *owners in rules:
        assert path == "*" or (ROOT / path.strip("/")).exists(), path
        assert {owner.removeprefix("@harbourline/") for owner in owners} <= teams.keys(), path
    assert {"/policy/", "/policy/severities.yml", "/policy/rotation.yml"} <= {path for path, *_ in rules}


def test_every_make_target_that_a_workflow_calls_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = {
        target
        for path in [*WORKFLOWS, ROOT / ".ci" / "run"]
        for target in re.findall(r"^[^#\n]*\bmake ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert called
    assert called <= targets


def test_a_private_remote_is_only_asked_with_the_token() -> None:
    script = (ROOT / "scripts/propose-report.sh").read_text(encoding="utf-8")
    assert re.findall(r"^ *(\S+) (?:fetch|push) ", script, re.MULTILINE) == ["remote", "remote"]
    assert "persist-credentials: false" in (FOLDER / "report.yml").read_text(encoding="utf-8")
