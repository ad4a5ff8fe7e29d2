"""The README tells the truth: every `$ inc …` in it is run, and what it shows is what comes out.

A line `…` stands for any number of lines. Lines are compared without trailing blanks.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
INC = [sys.executable, "-m", "incidentbook"]


def transcripts() -> list[tuple[str, list[str]]]:
    """Return each command of the README with the lines shown below it; `make` and other programs are not run here."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = part.rstrip("\n").split("\n")
            found.append((command.split("#")[0].strip(), [line.rstrip() for line in lines]))
    return found


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether ``shown``, in which `…` stands for any number of lines, is what was printed."""
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


RUN_HERE = [
    (command, shown) for command, shown in transcripts() if command.startswith("inc ") and "init" not in command
]
EXAMPLE = [item for item in RUN_HERE if item[1]]


@pytest.mark.parametrize(("command", "shown"), EXAMPLE, ids=[command for command, _ in EXAMPLE])
def test_a_command_prints_what_the_readme_shows(command: str, shown: list[str]) -> None:
    done = subprocess.run([*INC, *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    printed = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
    assert matches(shown, printed), "\n".join(printed)


def test_the_readme_shows_the_result_of_make() -> None:
    """What `make` prints is put together from commands that are run here one by one."""
    shown = next(lines for command, lines in transcripts() if command == "make")
    printed: list[str] = []
    for arguments in (["check"], ["metrics"]):
        done = subprocess.run([*INC, *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
        printed += [line.rstrip() for line in done.stdout.splitlines()]
    until = shown.index("Where it is")
    assert matches(["…", *shown[: until - 1], "…"], printed), "\n".join(printed)


def test_a_new_knowledge_base_is_clean_as_the_readme_says(tmp_path: Path) -> None:
    """The commands under "Start your own", in an empty folder, with a small file of the importer's tests."""
    shutil.copy(ROOT / "tests/importers/data/page.json", tmp_path / "incidents.json")
    folder = tmp_path
    for command in ("init ops", "import statuspage ../incidents.json", "check", "site build"):
        done = subprocess.run([*INC, *shlex.split(command)], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"inc {command}\n{done.stdout}{done.stderr}"
        folder = tmp_path / "ops"
