"""The README's incident, played by three clones: every command is run in its clone, and what is shown is what comes out.

Clocks run, so times, ids of commits and stretches of time are compared by their form. A line `…` stands for any lines.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from clones import INC, Clone, clones, run
from project.test_readme import BLOCK, matches
from test_three_clones import files

ROOT = Path(__file__).resolve().parents[2]
PROMPT = re.compile(r"^(commander|operations|support|network)\$ ", re.MULTILINE)
FORMS = (
    (r"\d{4}-\d\d-\d\d", "DAY"),
    (r"\d?\d:\d\d:\d\d", "TIME"),
    (r"INC-\d{4}-\d{3}", "INC"),
    (r"incidents/\d{4}/", "incidents/YEAR/"),
    (r"\b\d+ (?:s|min|h)\b(?: \d+ (?:s|min))?", "SPAN"),
    (r"for SPAN|in SPAN|SPAN late", "SPAN"),
    (r" {2,}", "  "),
)


def steps() -> list[tuple[str, str, list[str]]]:
    """Return who types what, and what the README shows below it."""
    (block,) = [
        block for block in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")) if PROMPT.search(block)
    ]
    parts = PROMPT.split(block)[1:]
    return [(who, *_split(rest.rstrip("\n").split("\n"))) for who, rest in zip(parts[::2], parts[1::2], strict=True)]


def _split(lines: list[str]) -> tuple[str, list[str]]:
    return lines[0], lines[1:]


def formed(lines: list[str], folder: Path) -> list[str]:
    """Return lines with forms in place of what a clock, a folder or chance decides."""
    found = []
    for line in lines:
        text = line.replace(str(folder), "…")
        for pattern, form in FORMS:
            text = re.sub(pattern, form, text)
        found.append(text.rstrip())
    return found


def test_the_incident_in_the_readme_is_what_happens(tmp_path: Path) -> None:
    names = ("commander", "operations", "support")
    people = dict(zip(names, clones(tmp_path, files()), strict=True))
    remote = tmp_path / "remote.git"
    for who, command, shown in steps():
        if who == "network":
            here, there = (remote, tmp_path / "cut.git") if command == "cut" else (tmp_path / "cut.git", remote)
            here.rename(there)
            continue
        printed = typed(people[who], command)
        assert matches(formed(shown, tmp_path), formed(printed, tmp_path)), f"{who}$ {command}\n" + "\n".join(printed)


def typed(clone: Clone, command: str) -> list[str]:
    """Return all that a command prints; `2>&1` is what a terminal does."""
    done = run(clone.root, INC, *shlex.split(command)[1:])
    return [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
