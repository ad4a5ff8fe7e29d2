"""The hooks: what they look at, and that a bad record does not get past them in a clone of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kb import ROOT

LOCAL = {
    hook["id"]: hook
    for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    for hook in repo["hooks"]
}
OFFERED = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def test_local_hooks_need_neither_network_nor_an_activated_environment() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in LOCAL.values():
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")


def test_other_repositories_get_the_same_three_hooks() -> None:
    assert sorted(OFFERED) == ["incidentbook-actions-overdue", "incidentbook-check", "incidentbook-postmortem-due"]
    for name, hook in OFFERED.items():
        assert hook["language"] == "python"
        assert hook["files"] == LOCAL[name]["files"]
        assert LOCAL[name]["entry"] == f".venv/bin/{hook['entry']}"
        assert hook.get("pass_filenames", True) is LOCAL[name].get("pass_filenames", True)
        assert hook.get("stages") == LOCAL[name].get("stages")


@pytest.mark.parametrize(
    "path",
    [
        "incidents/2025/INC-2025-001.yml",
        "postmortems/2025/INC-2025-001.md",
        "playbooks/availability/x.md",
        "policy/teams.yaml",
    ],
)
def test_files_of_the_knowledge_base_are_checked(path: str) -> None:
    assert re.search(OFFERED["incidentbook-check"]["files"], path)


@pytest.mark.parametrize(
    "path", ["README.md", "tests/kb_small/incidents/2025/INC-2025-001.yml", "docs/policy/x.md", "schemas/x.json"]
)
def test_other_files_are_not(path: str) -> None:
    assert not re.search(OFFERED["incidentbook-check"]["files"], path)


def git(*arguments: str, cwd: Path) -> str:
    """Run Git with a pinned author and none of the user's configuration."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in AUTHOR.items()},
    }
    done = subprocess.run(["git", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


AUTHOR = {"NAME": "incidentbook tests", "EMAIL": "tests@harbourline.example", "DATE": "2025-01-15T06:00:00Z"}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a clone of this repository whose `.venv` is the environment that runs the tests."""
    if not (ROOT / ".git").exists():
        pytest.skip("this tree is not a Git repository, so there is nothing to clone")
    folder = tmp_path / "clone"
    git("clone", "--quiet", str(ROOT), str(folder), cwd=tmp_path)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def pre_commit(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pre-commit with an empty HOME, a PATH without the environment, and an index that answers nobody."""
    home = clone.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        "HOME": str(home),
        "PATH": os.pathsep.join(
            dict.fromkeys(str(Path(shutil.which(name) or "/usr/bin/x").parent) for name in ("git", "sh"))
        ),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    command = [str(clone / ".venv/bin/pre-commit"), "run", "--color=never", *arguments]
    return subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)


def test_this_repository_passes_its_own_hooks(clone: Path) -> None:
    done = pre_commit(clone, "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr


RECORD = """\
id: INC-2024-990
title: A record with an unknown service and an end before its start
status: resolved
severity: sev3
type: availability
services: [no-such-service]
summary: Planted by a test.
milestones:
  started: 2024-12-01T10:00:00Z
  resolved: 2024-12-01T11:00:00Z
impact:
  phases:
    - {id: p1, level: outage, from: 2024-12-01T10:30:00Z, to: 2024-12-01T10:10:00Z}
timeline:
  - {id: t1, at: 2024-12-01T10:00:00Z, kind: alert, text: The alert fires}
"""
POSTMORTEM = """\
---
incidents: [INC-2024-990]
status: draft
action_items:
  - id: AI-2024-990-1
    title: Nobody has promised this
    priority: high
    due: 2030-03-01
    status: in-progress
  - id: AI-2024-990-2
    title: Due on a day that does not exist
    priority: low
    owner: sre
    due: 2030-02-30
    status: not-started
---
## What happened

Planted by a test.
"""


def test_a_bad_record_fails_with_its_line_and_column(clone: Path) -> None:
    record, copy = "incidents/2024/INC-2024-990.yml", "incidents/2024/INC-2024-991.yml"
    postmortem = "postmortems/2024/INC-2024-990.md"
    (clone / record).write_text(RECORD, encoding="utf-8")
    (clone / copy).write_text(RECORD, encoding="utf-8")
    (clone / postmortem).write_text(POSTMORTEM, encoding="utf-8")
    git("add", "--", record, copy, postmortem, cwd=clone)

    done = pre_commit(clone)  # what a commit of these three files would run

    assert done.returncode == 1
    found = re.findall(r"^(\S+:\d+:\d+): error (IB\d+) \S+\n  (.+)$", done.stdout, re.MULTILINE)
    expected = {
        (f"{record}:6:12", "IB401", "There is no service `no-such-service` in policy/services.yml"),
        (f"{record}:13:63", "IB203", "Phase `p1` ends at 2024-12-01T10:10:00Z, before it starts at"),
        (f"{copy}:1:5", "IB303", "The id `INC-2024-990` is taken by another incident:"),
        (f"{postmortem}:9:13", "IB101", "`owner` is missing: an action item that is in-progress needs an owner"),
        (f"{postmortem}:14:10", "IB201", "`due` is 2030-02-30, and February 2030 has 28 days"),
    }
    assert expected <= set(found), done.stdout
    assert "-> The team that will do it: a key under teams in policy/knowledge-base.yml." in done.stdout


OWED = (
    RECORD.replace("sev3", "sev2")
    .replace("no-such-service", "public-api")
    .replace("T10:30", "T10:00")
    .replace("T10:10", "T11:00")
)


def test_a_late_post_mortem_stops_a_push_and_no_commit(clone: Path) -> None:
    (clone / "incidents/2024/INC-2024-990.yml").write_text(OWED, encoding="utf-8")
    git("add", "--", "incidents", cwd=clone)
    assert "no post-mortem is overdue" not in pre_commit(clone).stdout
    for stage in ("pre-push", "manual"):
        done = pre_commit(clone, "--all-files", "--hook-stage", stage, "incidentbook-postmortem-due")
        assert (done.returncode, "INC-2024-990  A record" in done.stdout) == (1, True), done.stdout


def test_a_late_action_item_stops_a_commit_of_post_mortems_and_no_other(clone: Path) -> None:
    late = POSTMORTEM.replace("    due: 2030-03-01\n", "    owner: sre\n    due: 2024-12-20\n")
    postmortem = "postmortems/2024/INC-2024-990.md"
    (clone / postmortem).write_text(late, encoding="utf-8")
    (clone / "README.md").write_text("Something else\n", encoding="utf-8")
    git("add", "--", "README.md", cwd=clone)
    assert pre_commit(clone, "incidentbook-actions-overdue").returncode == 0
    git("add", "--", postmortem, cwd=clone)
    done = pre_commit(clone, "incidentbook-actions-overdue")
    assert (done.returncode, f"OVERDUE ({postmortem}:9)" in done.stdout) == (1, True), done.stdout
