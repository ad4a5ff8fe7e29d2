"""What this checkout wrote last, so that it can be undone: each file with the text before and what was left in it.

The notes lie in `.incidentbook/undo/`, one file each, the last twenty. A note is written before the record is, so a killed
process leaves one that was never made good; it is known by the record, which still holds what was there before.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from incidentbook.errors import EditError, NotFoundError
from incidentbook.writer import lock, state_folder, sweep, write_text

_KEPT = 20


class Write(NamedTuple):
    """What was written to one file.

    Attributes:
        path: of the file, relative to the root.
        before: its text before; None where there was no file.
        after: the text that was written.

    """

    path: str
    before: str | None
    after: str

    def was_made(self, root: Path, what: str) -> bool:
        """Whether the file holds it. Raises EditError where it holds neither that nor what was there before."""
        now = _text_of(root / self.path)
        if now not in (self.after, self.before):
            raise EditError(
                f"{self.path} has changed since “{what}”, so it cannot be undone without losing that",
                hint=f"Edit it by hand; `git diff {self.path}` shows what is not committed.",
            )
        return now == self.after

    def take_back(self, root: Path) -> None:
        """Put back what was there before."""
        if self.before is None:
            (root / self.path).unlink()
        else:
            write_text(root / self.path, self.before)


class Note(NamedTuple):
    """What one command wrote.

    Attributes:
        what: what was done, in a few words.
        writes: to each file, in the order in which they were made.

    """

    what: str
    writes: tuple[Write, ...]


def note(root: Path, what: str, writes: Sequence[Write]) -> None:
    """Note writes that are about to be made; the caller holds the lock."""
    folder = state_folder(root) / "undo"
    sweep(folder)
    kept = _files(folder)
    number = int(kept[-1].stem) + 1 if kept else time.time_ns()
    write_text(folder / f"{number}.json", json.dumps({"what": what, "writes": [write._asdict() for write in writes]}))
    for old in kept[: max(0, len(kept) + 1 - _KEPT)]:
        old.unlink(missing_ok=True)


def undo(root: Path) -> Note:
    """Take back what the last command of this checkout wrote, and return it.

    Where the process was killed between two files, the one that it came to is taken back.

    Raises:
        NotFoundError: there is nothing to undo.
        EditError: a file has changed since, so that undoing would lose what somebody else wrote; nothing is taken back.

    """
    with lock(root):
        folder = root / ".incidentbook" / "undo"
        for file in reversed(_files(folder)):
            last = _read(file)
            made = [write for write in last.writes if write.was_made(root, last.what)]
            for write in reversed(made):
                write.take_back(root)
            file.unlink()
            if made:  # else the process ended before it wrote anything
                return last
    raise NotFoundError("There is nothing to undo in this checkout")


def _text_of(path: Path) -> str | None:
    """Return what a file says, None where there is none."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return None


def _files(folder: Path) -> list[Path]:
    return sorted((path for path in folder.glob("*.json") if path.stem.isdecimal()), key=lambda path: int(path.stem))


def _read(file: Path) -> Note:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return Note(kept["what"], tuple(Write(**write) for write in kept["writes"]))
    except (ValueError, TypeError, KeyError) as error:
        raise EditError(f"{file} cannot be read, so nothing was undone", hint="Delete it.") from error
