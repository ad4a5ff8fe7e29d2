"""scripts/browser.sh: an installed browser first, then Playwright's, then Debian's, and an honest skip without any."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import browsers
from kb import ROOT

RUNS, STUB = "echo Chromium 156", "echo 'install the snap' >&2; exit 1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with the script, and a PATH of its own in `bin` without any browser; this user is nobody special."""
    (tmp_path / "scripts").mkdir()
    shutil.copy2(ROOT / "scripts" / "browser.sh", tmp_path / "scripts")
    (tmp_path / "bin").mkdir()
    for name in ("cat", "dirname", "env", "mkdir", "rm", "sh", "tr"):
        found = shutil.which(name)
        assert found
        (tmp_path / "bin" / name).symlink_to(found)
    program(tmp_path / "bin/id", "echo 1000")
    program(tmp_path / ".venv/bin/python", "echo 'Error: getaddrinfo EAI_AGAIN'; exit 1")
    return tmp_path


def program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def find(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["scripts/browser.sh"],
        cwd=project,
        env={"PATH": str(project / "bin"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_an_installed_browser_is_used_and_then_left_alone(project: Path, name: str) -> None:
    here = program(project / "bin" / name, RUNS)
    done = find(project)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Tests in a browser use {here}\n", "")
    assert (browsers.want(project / ".venv/browser"), browsers.program(project / ".venv/browser")) == ("", str(here))
    assert find(project, INCIDENTBOOK_REQUIRE="browser").stdout == ""


def test_a_stub_that_runs_nothing_is_passed_over(project: Path) -> None:
    program(project / "bin/chromium-browser", STUB)
    here = program(project / "bin/google-chrome", RUNS)
    assert find(project).stdout == f"Tests in a browser use {here}\n"


def test_a_browser_that_is_gone_is_looked_for_anew(project: Path) -> None:
    program(project / "bin/chromium", RUNS)
    find(project)
    (project / "bin/chromium").unlink()
    assert browsers.want(project / ".venv/browser").endswith("is gone: make browser")
    here = program(project / "bin/google-chrome", RUNS)
    assert str(here) in find(project).stdout


def test_playwrights_own_is_kept_beside_the_environment(project: Path) -> None:
    here = project / ".venv/browser/playwright/chrome"
    body = f'case "$*" in *install*) [ "$PLAYWRIGHT_BROWSERS_PATH/chrome" = {here} ];; *) echo {here};; esac'
    program(project / ".venv/bin/python", body)
    program(here, RUNS)
    assert find(project).stdout == f"Tests in a browser use {here}\n"


def test_debians_package_is_installed_by_root_alone(project: Path) -> None:
    here = project / "bin/chromium"
    program(project / "package", RUNS)
    program(project / "bin/apt-get", f'case "$*" in *" chromium") {shutil.which("cp")} {project}/package {here};; esac')
    assert "only root may install Debian's package" in find(project).stdout
    program(project / "bin/id", "echo 0")
    assert find(project).stdout == f"Tests in a browser use {here}\n"
    assert browsers.want(project / ".venv/browser") == ""  # the reason of the first time is gone


@pytest.mark.parametrize(
    ("playwright", "apt", "reason"),
    [
        ("exit 1", "", "Playwright's cannot be downloaded; this is no Debian, whose package could be installed"),
        (
            "echo /bin/false",
            "",
            "Playwright's does not run here, for want of a library of the system; this is no Debian",
        ),
        ("exit 1", "exit 100", "Playwright's cannot be downloaded; Debian's package cannot be installed"),
        ("exit 1", "exit 0", "Playwright's cannot be downloaded; Debian's package does not run"),
    ],
)
def test_where_none_can_be_had_the_reason_is_kept(project: Path, playwright: str, apt: str, reason: str) -> None:
    program(project / ".venv/bin/python", playwright)
    program(project / "bin/id", "echo 0")
    if apt:
        program(project / "bin/apt-get", apt)
    done = find(project)
    kept = browsers.want(project / ".venv/browser")
    assert kept.startswith(f"no Chromium is installed; {reason}")
    assert (done.returncode, done.stdout) == (0, f"Tests in a browser will be skipped: {kept}\n")
    assert find(project, INCIDENTBOOK_REQUIRE="browsers").returncode == 0
    done = find(project, INCIDENTBOOK_REQUIRE="node,browser")
    assert (done.returncode, done.stderr) == (2, f"error: {kept}\n")


def test_nobody_has_looked_yet(tmp_path: Path) -> None:
    assert browsers.want(tmp_path) == "no browser was looked for yet: make browser"


def test_ci_takes_no_skip_for_an_answer_and_make_test_looks_first() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^export INCIDENTBOOK_REQUIRE=(\S*,)?browser\b", script, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test: .*\bbrowser\b", makefile, re.MULTILINE)
