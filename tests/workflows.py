"""The steps of a workflow, taken out of its file and run where a test wants them, as a runner would."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

import gh
from clones import Clone, clones
from incidentbook import initialise
from kb import ROOT, incident

FOLDER = ROOT / ".github" / "workflows"
RECORD, POSTMORTEM = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md"
OVERDUE = "Fail on overdue action items"
ITEM = """\
---
incidents: [INC-2025-001]
status: published
held: 2025-01-11
action_items:
  - id: AI-2025-001-1
    title: Alert on the queue
    priority: high
    owner: responders
    # half of what was promised
    due: 2025-02-01
    status: in-progress
---

## What happened

The queue stood still, and nothing told.
"""
TOOL = ("Makefile", "requirements.lock", "pyproject.toml")
_EXPRESSION = re.compile(r"\$\{\{ *(.+?) *\}\}")


def jobs(name: str) -> dict[str, Any]:
    """Return the jobs of a workflow."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))["jobs"]
    return found


@dataclass
class Runner:
    """A clone in which steps are run, with what GitHub gives to them."""

    clone: Clone
    folder: Path
    context: dict[str, str] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What the steps have written into the summary of the run."""
        return (self.folder / "summary.md").read_text(encoding="utf-8")

    @property
    def github(self) -> dict[str, Any]:
        """What stands at GitHub."""
        found: dict[str, Any] = json.loads((self.folder / "bin/state.json").read_text(encoding="utf-8"))
        return found

    def set(self, state: Mapping[str, Any]) -> None:
        """Let this stand at GitHub."""
        (self.folder / "bin/state.json").write_text(json.dumps(state), encoding="utf-8")

    def run(self, workflow: str, job: str) -> dict[str, subprocess.CompletedProcess[str]]:
        """Run the steps of a job that are commands, in their order; return what each did, by its name.

        After one that fails, only those run that say so (``!cancelled()``).
        """
        done: dict[str, subprocess.CompletedProcess[str]] = {}
        for step in jobs(workflow)[job]["steps"]:
            failed = any(one.returncode for one in done.values())
            if "run" in step and (not failed or "!cancelled()" in step.get("if", "")):
                done[step["name"]] = self.step(step)
        return done

    def step(self, step: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        """Run one step that is a command."""
        assert "${{" not in step["run"], "text of others gets into a command through the environment alone"
        own = {name: _EXPRESSION.sub(self._value, str(value)) for name, value in step.get("env", {}).items()}
        return self.call("bash", "-e", "-c", step["run"], **own)

    def call(self, *command: str, **own: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the clone, with what a runner has in its environment and ``own``."""
        machine = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "INC"))}
        environment = machine | {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_WORKSPACE": str(self.clone.root),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GH_STATE": str(self.folder / "bin/state.json"),
        }
        return subprocess.run(
            command,
            cwd=self.clone.root,
            env=environment | own,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def _value(self, found: re.Match[str]) -> str:
        return self.context[found[1]]


def runner(folder: Path, files: dict[str, object]) -> Runner:
    """Return a clone of a knowledge base that holds ``files``, with the Makefile and the scripts that workflows call."""
    scripts = {f"scripts/{path.name}": path for path in (ROOT / "scripts").glob("*.sh")}
    tool = {name: ROOT / name for name in TOOL} | scripts
    (clone,) = clones(folder, {name: path.read_text(encoding="utf-8") for name, path in tool.items()} | files, "a")
    for name in scripts:
        (clone.root / name).chmod(0o755)
    clone.git("config", "core.fileMode", "false")
    stamp = Path(sys.prefix, ".lock-installed")
    assert stamp.read_bytes() == (ROOT / "requirements.lock").read_bytes(), "make env would make this environment anew"
    (clone.root / ".venv").symlink_to(sys.prefix)
    (clone.root / ".git/info/exclude").write_text(".venv\nbuild\nsite\n.incidentbook\n", encoding="utf-8")
    gh.put(folder / "bin")
    return Runner(clone, folder, {"github.base_ref": "main", "github.token": "token"})


def files(day: str) -> dict[str, object]:
    """Return a knowledge base that stands still at a day, with one incident and one promise until 1 February."""
    planned = initialise.plan(initialise.templates(), name="Small", time_zone="UTC", today=dt.date(2024, 7, 1))
    made: dict[str, object] = {path: text for path, text in planned.items() if not path.startswith("schemas/")}
    house = str(made["policy/knowledge-base.yml"])
    made["policy/knowledge-base.yml"] = f"{house}\nas_of: {day}T06:00:00Z\n"
    services = str(made["policy/services.yml"])
    made["policy/services.yml"] = services.replace(
        "services: {}", "services: {website: {name: Website, team: responders}}"
    )
    timeline = [{"id": "t1", "at": "2025-01-10T00:00:00Z", "kind": "alert", "text": "The queue grows"}]
    phases = [{"id": "p1", "level": "outage", "from": "2025-01-10T00:00:00Z", "to": "2025-01-10T01:00:00Z"}]
    held = {"id": "r1", "role": "incident-commander", "holder": "responders", "from": "2025-01-10T00:05:00Z"}
    whole = {"services": ["website"], "roles": [held], "timeline": timeline, "impact": {"phases": phases}}
    return made | {RECORD: incident(1, **whole), POSTMORTEM: ITEM}


def statuses(done: Mapping[str, subprocess.CompletedProcess[str]]) -> dict[str, int]:
    """Return the status of each step by its name."""
    return {name: one.returncode for name, one in done.items()}


def needs() -> str:
    """Say what this machine lacks to run steps; empty where it has all."""
    missing = [name for name in ("bash", "git", "make") if shutil.which(name) is None]
    return f"not on this machine: {', '.join(missing)}" if missing else ""


RUNNABLE = pytest.mark.skipif(bool(needs()), reason=needs())  # of tests that run steps
