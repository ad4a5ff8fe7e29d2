"""The specification's script: every call that it shows, run from a folder of its own, does the real thing."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from incidentbook import repository, source
from kb import ROOT

SCRIPT = ROOT / "scripts/analyze-incident-response.sh"
HOUSE = "policy/knowledge-base.yml"


def call(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    machine = {key: value for key, value in os.environ.items() if key != "INC_CURRENT"}
    return subprocess.run(
        [str(SCRIPT), *arguments], cwd=folder, capture_output=True, text=True, check=False, env=machine, timeout=120
    )


def done(*arguments: str, folder: Path) -> str:
    result = call(*arguments, folder=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture
def example_folder(example: Path) -> Path:
    """A folder in a copy of the example, so that nothing is written into this repository."""
    folder = example / "desk"
    folder.mkdir()
    return folder


def test_start(example: Path, example_folder: Path) -> None:
    said = done("--severity", "sev1", "--type", "availability", "--start", folder=example_folder)
    assert "declared SEV-1" in said
    (made,) = [one for one in repository.load(example).all_incidents() if one.status == "declared" and one.id in said]
    assert (made.title, made.severity, made.type) == ("SEV-1 availability incident", "sev1", "availability")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--start", "Checkout fails", "--severity=SEV-2", "--type", "data_loss"],
        ["--severity", "2", "--start=Checkout fails"],
        ["--type=data loss", "--start", "Checkout fails", "--severity", "Sev 2"],
    ],
)
def test_start_takes_a_title_and_options_in_any_order(
    example: Path, example_folder: Path, arguments: list[str]
) -> None:
    said = done(*arguments, folder=example_folder)
    (made,) = [one for one in repository.load(example).all_incidents() if one.title == "Checkout fails"]
    assert made.id in said
    assert made.severity == "sev2"
    assert made.type in ("data-loss", None)


def test_post_mortem(tmp_path: Path) -> None:
    done("--post-mortem", "--incident-id", "INC-2025-001", "--output", "post-mortem.md", folder=tmp_path)
    text = (tmp_path / "post-mortem.md").read_text(encoding="utf-8")
    assert source.load_front_matter(text).value["incidents"] == ["INC-2025-001"]
    for heading in ("## What went well", "## What could be improved", "## Lessons learned"):
        assert heading in text


def test_report(tmp_path: Path) -> None:
    done("--report", "--incident-id", "INC-2025-001", "--format", "pdf", folder=tmp_path)
    assert (tmp_path / "INC-2025-001.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("text", "Incident Response Analysis\n──"),
        ("markdown", "# Incident Response Analysis\n"),
        ("html", "<!DOCTYPE html>"),
        ("json", "{"),
    ],
)
def test_report_in_every_form(tmp_path: Path, form: str, begins: str) -> None:
    assert done("--report", "--format", form, "--incident-id", "INC-2025-001", folder=tmp_path).startswith(begins)
    done("--report", "--incident-id=INC-2025-001", f"--format={form}", "--output=out", folder=tmp_path)
    assert (tmp_path / "out").read_text(encoding="utf-8").startswith(begins)


def test_metrics(tmp_path: Path) -> None:
    done("--metrics", "--period", "monthly", "--output", "metrics.json", folder=tmp_path)
    measured = json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))["measurements"]
    assert [one["window"]["label"] for one in measured][-1].startswith("2025-01")
    assert len(measured) == 12


@pytest.mark.parametrize("kind", ["availability", "performance", "security", "data-loss"])
def test_playbook(tmp_path: Path, kind: str) -> None:
    done("--playbook", "--type", kind, "--output", f"{kind}-playbook.md", folder=tmp_path)
    front = source.load_front_matter((tmp_path / f"{kind}-playbook.md").read_text(encoding="utf-8")).value
    assert front["type"] == kind
    assert all({"actor", "action", "expect", "on_failure"} <= set(step) for step in front["steps"])


def test_help_shows_every_call(tmp_path: Path) -> None:
    said = done("--help", folder=tmp_path)
    for option in ("--start", "--post-mortem", "--report", "--metrics", "--playbook"):
        assert option in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Say what to do"),
        (["--start"], "--start needs --severity"),
        (["--report"], "--report needs --incident-id"),
        (["--playbook"], "--playbook needs --type"),
        (["--playbook", "--type", "capacity"], "is not one of"),
        (["--start", "--metrics"], "--start and --metrics are two different calls"),
        (["--severity", "--start"], "--severity needs a value"),
        (["--metrics", "--incident-id", "INC-2025-001"], "--incident-id says nothing to --metrics"),
        (["--report", "--incident-id", "INC-1999-001"], "There is no incident INC-1999-001"),
        (["--verbose"], "--verbose is no option of this script"),
        (["extra"], "extra is no option"),
    ],
)
def test_what_it_cannot_do_it_says(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = call(*arguments, folder=tmp_path)
    assert (result.returncode, said in result.stderr) == (2, True), result.stderr
    assert not re.search(r"Traceback|: line \d+:", result.stderr)


def test_it_is_found_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/analyze").symlink_to(SCRIPT)
    (tmp_path / "analyze").symlink_to("bin/analyze")
    result = subprocess.run(
        [str(tmp_path / "analyze"), "--report", "--incident-id", "INC-2025-001"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ | {"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")


def test_it_works_on_the_knowledge_base_around_it(tmp_path: Path) -> None:
    made = subprocess.run([str(ROOT / ".venv/bin/inc"), "init", "ops"], cwd=tmp_path, capture_output=True, check=False)
    assert made.returncode == 0
    said = done("--severity", "sev3", "--start", "Own", folder=tmp_path / "ops/incidents")
    assert "declared SEV-3" in said
    assert list((tmp_path / "ops/incidents").rglob("INC-*.yml"))
