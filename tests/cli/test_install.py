"""`inc install`: the driver comes into a clone, once, and goes again; what else is there stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clones import run
from incidentbook.merge import install
from kb import Inc, write

LINES = "".join(f"{line}\n" for line in (install.COMMENT, *install.ATTRIBUTES))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = write(tmp_path / "kb", {})
    run(made, "git", "init", "--quiet")
    return made


def test_it_is_installed_once_and_says_what_it_did(inc: Inc, root: Path) -> None:
    first = inc("install", root=root)
    assert "The merge driver is installed\n  .gitattributes is new and names the driver" in first.out
    before = (root / ".gitattributes").read_text(encoding="utf-8"), (root / ".git/config").read_text(encoding="utf-8")
    assert before[0] == LINES
    assert inc("install", root=root).out == "The merge driver is installed\n"
    assert ((root / ".gitattributes").read_text(encoding="utf-8"), (root / ".git/config").read_text("utf-8")) == before


@pytest.mark.parametrize("others", ["* text=auto", "# mine\n*.yml merge=union\n", "*.png binary\r\n"])
def test_other_attributes_stay_and_come_first(inc: Inc, root: Path, others: str) -> None:
    (root / ".gitattributes").write_bytes(others.encode())
    inc("install", root=root)
    newline = "\r\n" if "\r" in others else "\n"
    with_ours = (root / ".gitattributes").read_bytes().decode()
    assert with_ours == f"{others.rstrip()}{newline}{LINES.replace(chr(10), newline)}"
    inc("install", "--uninstall", root=root)
    assert (root / ".gitattributes").read_bytes().decode() == f"{others.rstrip()}{newline}"


def test_check_says_what_is_missing(inc: Inc, root: Path) -> None:
    result = inc("install", "--check", root=root)
    assert result.status == 1
    assert "no .gitattributes names it\n  Git does not know it in this clone\n" in result.out
    inc("install", root=root)
    assert inc("install", "--check", root=root).status == 0
    assert json.loads(inc("install", "--check", "--json", root=root).out)["installed"] is True


def test_taken_away_nothing_of_it_is_left(inc: Inc, root: Path) -> None:
    before = (root / ".git/config").read_text(encoding="utf-8")
    inc("install", root=root)
    assert inc("install", "--uninstall", root=root).status == 0
    assert not (root / ".gitattributes").exists()
    assert (root / ".git/config").read_text(encoding="utf-8") == before
    assert inc("install", "--uninstall", root=root).out == "The merge driver is not installed\n"


def test_a_knowledge_base_in_a_folder_of_the_repository(inc: Inc, tmp_path: Path) -> None:
    run(tmp_path, "git", "init", "--quiet")
    root = write(tmp_path / "ops" / "incident book", {})
    assert inc("install", root=root).status == 0
    asked = run(
        tmp_path, "git", "check-attr", "merge", "--", "ops/incident book/incidents/2025/INC-2025-001.yml", "x.yml"
    )
    assert asked.stdout.splitlines()[0].endswith("merge: incidentbook")
    assert asked.stdout.splitlines()[1].endswith("merge: unspecified")


def test_an_attribute_that_overrides_it_is_named(inc: Inc, root: Path) -> None:
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/attributes").write_text("*.yml merge=union\n", encoding="utf-8")
    result = inc("install", root=root)
    assert result.status == 2
    assert "Something overrides .gitattributes" in result.err


def test_outside_git_there_is_nothing_to_install_into(inc: Inc, tmp_path: Path) -> None:
    result = inc("install", root=write(tmp_path / "kb", {}))
    assert result.status == 2
    assert "`git init` makes one" in result.err


def test_a_new_knowledge_base_names_the_driver_already(inc: Inc, tmp_path: Path) -> None:
    inc("init", root=tmp_path)
    assert (tmp_path / ".gitattributes").read_text(encoding="utf-8") == LINES
