"""The two commands and the others: what the documents name exists, and a machine that cannot run them is told why."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kb import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / ".github").glob("*.md")),
]
NAMED = re.compile(r"(?:`|\$ |^)make ([a-z][a-z-]*)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_targets_that_a_page_names_exist(page: Path) -> None:
    assert set(NAMED.findall(page.read_text(encoding="utf-8"))) <= TARGETS


def test_the_targets_that_the_product_promises_exist() -> None:
    assert {
        "all",
        "check",
        "metrics",
        "site",
        "serve",
        "test",
        "lint",
        "bench",
        "lock",
        "clean",
        "fmt",
        "help",
    } <= TARGETS


def test_help_explains_every_public_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+) +\S", shown, re.MULTILINE)) == {
        target for target in TARGETS if not target.startswith("lint-")
    }


def test_ci_calls_lint_and_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "make lint" in text
    assert "make test" in text


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with nothing but what bootstrap reads."""
    for name in ("scripts/bootstrap.sh", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / name)
    return tmp_path


def program(path: Path, body: str) -> str:
    """Write an executable shell script; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def bootstrap(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run bootstrap with only the given variables and a plain PATH."""
    variables = {"PATH": "/usr/bin:/bin", **environment}
    return subprocess.run(
        ["scripts/bootstrap.sh"], cwd=project, env=variables, capture_output=True, text=True, check=False
    )


def test_an_old_python_is_refused_by_its_version(project: Path) -> None:
    old = program(project / "old", '[ "$1" = --version ] && echo "Python 3.9.18" && exit 0\nexit 1')
    done = bootstrap(project, PYTHON=old)
    assert done.returncode == 2
    assert f"PYTHON={old} is Python 3.9.18, but incidentbook needs Python 3.11 or newer" in done.stderr


def test_a_missing_python_is_named(project: Path) -> None:
    done = bootstrap(project, PYTHON="python-of-nowhere")
    assert done.returncode == 2
    assert "PYTHON=python-of-nowhere is not a program on this machine" in done.stderr


def test_a_python_without_venv_is_told_what_to_install(project: Path) -> None:
    bare = program(project / "bare", 'case "$*" in *ensurepip*) exit 1;; --version) echo "Python 3.11.2";; esac')
    done = bootstrap(project, PYTHON=bare)
    assert done.returncode == 2
    assert "Python 3.11.2 has no venv module" in done.stderr
    assert "apt install python3-venv" in done.stderr


def test_an_environment_that_holds_this_lock_is_left_alone(project: Path) -> None:
    program(project / ".venv/bin/python", "echo touched >> touched; exit 1")
    program(project / ".venv/bin/inc", "exit 0")
    shutil.copy2(project / "requirements.lock", project / ".venv/.lock-installed")
    shutil.copy2(project / "pyproject.toml", project / ".venv/.project-linked")
    done = bootstrap(project, PYTHON="python-of-nowhere")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (project / "touched").exists()


def test_a_changed_lock_makes_the_environment_anew(project: Path) -> None:
    program(project / ".venv/bin/python", "exit 0")
    program(project / ".venv/bin/inc", "exit 0")
    (project / ".venv/.lock-installed").write_text("older\n", encoding="utf-8")
    log = project / "calls"
    fake = program(
        project / "fake", f'case "$1" in --version) echo "Python 3.13.0";; -m) echo "$*" >> {log}; exit 7;; esac'
    )
    done = bootstrap(project, PYTHON=fake)
    assert done.returncode == 7
    assert "Making .venv with Python 3.13.0" in done.stdout
    assert log.read_text(encoding="utf-8") == "-m venv --clear .venv\n"
