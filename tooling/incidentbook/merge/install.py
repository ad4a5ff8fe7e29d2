"""The merge driver in a clone: the attributes that name it, which travel with the repository, and settings, which do not."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from incidentbook import git_command
from incidentbook.errors import IncidentbookError
from incidentbook.writer import write_text

NAME = "incidentbook"
TITLE = "records and post-mortems, by what they say"
COMMENT = "# Records and post-mortems are merged by what they say, in clones in which `inc install` has run."
ATTRIBUTES = (f"incidents/**/*.yml merge={NAME}", f"postmortems/**/*.md merge={NAME}")
FILE = ".gitattributes"
_SAMPLES = ("incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md")
_KEYS = (f"merge.{NAME}.name", f"merge.{NAME}.driver")


class State(NamedTuple):
    """What of the driver is there.

    Attributes:
        attributes: whether Git would ask for it, by all the attributes that it knows.
        driver: the command that Git would call; empty where it knows none.

    """

    attributes: bool
    driver: str


def program() -> str:
    """Return the path of this program: what is on the path may be another when Git merges."""
    beside = Path(sys.executable).parent / "inc"
    return str(beside) if beside.is_file() else shutil.which("inc") or "inc"


def driver(inc: str) -> str:
    """Return the command that Git is to call, where ``inc`` is the path of this program.

    By then it may be gone, or its environment, which would look like a conflict to Git and leave ours alone in the file. So it
    has to answer first, then the one on the path, and where none does Git merges lines. Source of the placeholders:
    gitattributes(5), "Defining a custom merge driver".
    """
    program = shlex.quote(inc.replace("%", "%%"))
    return (
        f"for inc in {program} inc; do "
        '"$inc" --version >/dev/null 2>&1 || continue; '
        '"$inc" git-merge %O %A %B %L %P; status=$?; test $status -le 1 && exit $status; done; '
        "echo 'incidentbook does not answer: merged by lines' >&2; "
        "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    )


def state(root: Path) -> State:
    """Return what is there for the knowledge base at ``root``. Raises IncidentbookError outside a Git repository."""
    asked = _git(root, "check-attr", "merge", "--", *_SAMPLES)
    found = [line.rpartition(": ")[2] for line in asked.splitlines()]
    try:
        command = _git(root, "config", "--local", "--get", _KEYS[1]).removesuffix("\n")
    except _GitError:
        command = ""
    return State(found == [NAME] * len(_SAMPLES), command)


def install(root: Path, inc: str) -> list[str]:
    """Install the driver and return what was done, a line each; nothing where all was as it should be."""
    before, done = state(root), []
    if not before.attributes:
        text = _read(root / FILE)
        write_text(root / FILE, with_lines(text))
        done.append(f"{FILE} {'now names' if text else 'is new and names'} the driver; commit it for everybody")
    if before.driver != driver(inc):
        for key, value in zip(_KEYS, (TITLE, driver(inc)), strict=True):
            _git(root, "config", "--local", key, value)
        done.append(f"Git calls {inc} for it, in this clone")
    if not state(root).attributes:
        raise IncidentbookError(
            f"Something overrides {FILE}: Git would not call the driver",
            hint=f"`git check-attr merge {_SAMPLES[0]}` says what it does instead; look at .git/info/attributes.",
        )
    return done


def uninstall(root: Path) -> list[str]:
    """Take the driver away and return what was done; other lines and settings stay."""
    done, path = [], root / FILE
    text = _read(path)
    rest = without_lines(text)
    if rest != text:
        if rest:
            write_text(path, rest)
        else:
            path.unlink()
        done.append(f"{FILE} {'names it no more' if rest else 'held nothing else and is gone'}")
    if state(root).driver:
        _git(root, "config", "--local", "--remove-section", f"merge.{NAME}")
        done.append("Git knows it no more, in this clone")
    return done


def with_lines(text: str) -> str:
    """Return the attributes in ``text`` with those of the driver behind them, so that they hold."""
    newline = "\r\n" if "\r\n" in text else "\n"
    rest = without_lines(text)
    if rest and not rest.endswith("\n"):
        rest += newline
    return rest + "".join(f"{line}{newline}" for line in (COMMENT, *ATTRIBUTES))


def without_lines(text: str) -> str:
    """Return the attributes in ``text`` without those of the driver."""
    return "".join(line for line in text.splitlines(keepends=True) if line.strip() not in (COMMENT, *ATTRIBUTES))


class _GitError(IncidentbookError):
    """Git refused."""


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else ""


def _git(root: Path, *arguments: str) -> str:
    done = git_command.run(root, *arguments)
    if done.status:
        hint = "`git init` makes one." if "not a git repository" in done.err else ""
        raise _GitError(f"Git refuses: {done.why.removeprefix('fatal: ')}", hint=hint)
    return done.out
