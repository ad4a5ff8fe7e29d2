"""The line of first parents, as Git tells it: what each commit changed in the knowledge base's folders.

A merge stands for all that it brought: what its branch held before it, nobody on this one knew. So every state on the line is one
that the branch really was in, and each follows from the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from incidentbook import files, git_command

_MARK = b"\x01"
_FILE = b"100"  # how the mode of a regular file begins: 100644 or 100755
NO_BLOB = ""
LINK = "link"


class Touch(NamedTuple):
    """What became of a file in a commit.

    Attributes:
        path: relative to the knowledge base.
        blob: the name of its content; `NO_BLOB` where it is gone, `LINK` where it is no regular file.

    """

    path: str
    blob: str


class Step(NamedTuple):
    """A commit of the line.

    Attributes:
        commit: its whole name.
        at: its committer's time, in seconds of the epoch.
        parent: its first parent; empty where it has none, or none that is here.
        touches: the files that are not as they were in its first parent.

    """

    commit: str
    at: int
    parent: str
    touches: list[Touch]


def steps(root: Path, tip: str, behind: str = "", *, below: bool = True) -> Iterator[Step]:
    """Yield the commits from ``tip`` down along first parents, the newest first.

    Args:
        root: the knowledge base.
        tip: the name of a commit.
        behind: a commit at which to end, if it lies on the way: it is the last then. What it has for ancestors is left out
            wherever the line meets them.
        below: whether the knowledge base is but a folder of its repository. Git then looks at this folder only; where it is all
            there is, that look takes longer than to pass over what is none of ours.

    Raises:
        GitFailedError: Git cannot tell it.

    """
    exclude = [f"^{behind}^@"] if behind else []
    how = ("--first-parent", "-m", "--sparse", "--root", "--no-renames", "--relative", "--no-show-signature")
    form = ("--raw", "-z", "--no-abbrev", "--no-color", "--format=%x01%H %ct %P")
    folders = files.FOLDERS if below else ()
    yield from _steps(git_command.pieces(root, "log", *how, *form, tip, *exclude, "--", *folders))


def _steps(pieces: Iterator[bytes]) -> Iterator[Step]:
    """Take the output of `git log --raw -z` apart: a line about each commit, then pairs of what changed and where."""
    step: Step | None = None
    change = b""
    paths: dict[bytes, str] = {}  # which recur; empty for one of a file that nobody reads
    for part in _parts(pieces):
        if change:
            assert step is not None  # noqa: S101 - Git names the commit first
            path = paths.get(part)
            if path is None:
                path = part.decode("utf-8", "surrogateescape")
                path = paths[part] = path if files.is_read(path) else ""
            if path:
                step.touches.append(Touch(path, _blob(change)))
            change = b""
        elif part.startswith(_MARK):
            if step is not None:
                yield step
            commit, at, *parents = part[1:].decode("ascii").split(" ")
            step = Step(commit, int(at), parents[0], [])
        else:
            change = part.lstrip(b"\n")
    if step is not None:
        yield step


def _parts(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what stands between the NULs."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    if rest:
        yield rest


def _blob(change: bytes) -> str:
    """Return the name of the content that ``:100644 100755 OLD NEW M`` leaves."""
    _, mode, _, name, _ = change.split(b" ")
    if mode.startswith(_FILE):
        return name.decode("ascii")
    return NO_BLOB if mode == b"000000" else LINK
