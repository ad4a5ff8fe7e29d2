"""Cases of the corpus: each a text file that says what is laid over tests/kb_minimal, and what `inc check` says of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import builders
from incidentbook.errors import CLEAN, FINDINGS, USAGE
from incidentbook.terminal_text import clean
from kb import ROOT, Result

FOLDER = ROOT / "tests" / "corpus"
MINIMAL = ROOT / "tests" / "kb_minimal"
_STEP = re.compile(r"^=== (file|change|build|remove|expect)(?: (\S+))?(?: ([a-z_0-9]+))?\n", re.MULTILINE)
_SHOWN = 8  # findings of one case that are written out


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done to the knowledge base: ``file``, ``change``, ``build`` or ``remove`` a path."""

    verb: str
    path: str
    builder: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    Attributes:
        name: its family and its slug, ``syntax/tab``.
        says: why such input is bad, or why it is not.
        expect: the findings, one a line and its hint below; ``pass`` where there are none.

    """

    name: str
    says: str
    steps: tuple[Step, ...]
    expect: str

    @property
    def is_built(self) -> bool:
        """Whether its bytes, its size or the type of its file is the point: such a case runs in a process of its own, too."""
        return any(step.verb == "build" for step in self.steps)

    @property
    def status(self) -> int:
        """The exit status that goes with what is expected."""
        said = [line for line in self.expect.splitlines() if not line.startswith(" ") and line != "pass"]
        if said and said[0].startswith("error:"):
            return USAGE
        return FINDINGS if any("(information)" not in line for line in said) else CLEAN

    def lay(self, root: Path) -> Path:
        """Write the knowledge base of this case to ``root``."""
        shutil.copytree(MINIMAL, root)
        for step in self.steps:
            path = root / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            if step.verb == "file":
                path.write_text(step.text, encoding="utf-8", newline="")
            elif step.verb == "change":
                path.write_text(changed(path.read_text(encoding="utf-8"), step.text), encoding="utf-8", newline="")
            elif step.verb == "build":
                getattr(builders, step.builder)(path)
            else:
                path.unlink()
        return root

    def rewrite(self, told: str) -> None:
        """Make ``told`` what is expected."""
        path = FOLDER / f"{self.name}.txt"
        before = path.read_text(encoding="utf-8").split("=== expect\n", 1)[0]
        path.write_text(f"{before}=== expect\n{told}", encoding="utf-8", newline="")


def every() -> list[Case]:
    """Return all cases, in the order of their names."""
    return [read(path) for path in sorted(FOLDER.glob("*/*.txt"))]


def read(path: Path) -> Case:
    """Read the case in a file."""
    says, *parts = _STEP.split(path.read_bytes().decode("utf-8"))
    found = [Step(*(part or "" for part in parts[at : at + 4])) for at in range(0, len(parts), 4)]
    assert found[-1:] != [], f"{path} has no parts"
    assert found[-1].verb == "expect", f"{path} does not end in a part `=== expect`"
    name = path.relative_to(FOLDER).with_suffix("").as_posix()
    return Case(name, says.strip(), tuple(found[:-1]), found[-1].text)


def changed(text: str, change: str) -> str:
    """Return ``text`` with the lines marked ``-`` replaced by those marked ``+``; lines marked with a blank stay.

    A line ``@@`` parts two changes. A change of added lines only stands at the end.
    """
    for hunk in re.split(r"^@@\n", change, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        assert {line[0] for line in lines} <= set(" +-"), hunk
        old = "".join(line[1:] for line in lines if line[0] != "+")
        new = "".join(line[1:] for line in lines if line[0] != "-")
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
        text = text.replace(old, new) if old else text + new
    return text


def told(result: Result) -> str:
    """Return what `inc check --json` found as a case writes it down."""
    if not result.out:
        return clean_lines(result.err.splitlines())
    found = json.loads(result.out)["findings"]
    lines = [line for each in found[:_SHOWN] for line in _lines(each)]
    if len(found) > _SHOWN:
        lines += [f"and {len(found) - _SHOWN} more"]
    return clean_lines(lines or ["pass"])


def clean_lines(lines: Sequence[str]) -> str:
    """Return lines of which none holds a control character."""
    return "".join(f"{clean(line)}\n" for line in lines)


def _lines(found: dict[str, str]) -> list[str]:
    grade = "" if found["grade"] != "info" else "(information) "
    at = f"{found['path']}:{found['line']}:{found['column']}"
    return [f"{at} {found['code']} {grade}{found['message']}", *([f"  -> {found['hint']}"] if found["hint"] else [])]
