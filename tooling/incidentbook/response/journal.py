"""What this checkout wrote last, so that it can be undone: each write with the text before it and what it left.

The notes lie in `.incidentbook/undo/`, one file each, the last twenty. A note is written before the record is, so a killed
process leaves one that was never made good; it is known by the record, which still holds what was there before.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import NamedTuple

from incidentbook.errors import EditError, NotFoundError
from incidentbook.writer import lock, state_folder, sweep, write_text

_KEPT = 20


class Note(NamedTuple):
    """One write.

    Attributes:
        what: what was done, in a few words.
        path: of the file, relative to the root.
        before: its text before; None where there was no file.
        after: the text that was written.

    """

    what: str
    path: str
    before: str | None
    after: str


def note(root: Path, what: str, path: str, before: str | None, after: str) -> None:
    """Note a write that is about to be made; the caller holds the lock."""
    folder = state_folder(root) / "undo"
    sweep(folder)
    kept = _files(folder)
    number = int(kept[-1].stem) + 1 if kept else time.time_ns()
    made = Note(what, path, before, after)
    write_text(folder / f"{number}.json", json.dumps(made._asdict()))
    for old in kept[: max(0, len(kept) + 1 - _KEPT)]:
        old.unlink(missing_ok=True)


def undo(root: Path) -> Note:
    """Take the last write of this checkout back, and return it.

    Raises:
        NotFoundError: there is nothing to undo.
        EditError: the file has changed since, so that undoing would lose what somebody else wrote.

    """
    with lock(root):
        folder = root / ".incidentbook" / "undo"
        for file in reversed(_files(folder)):
            last = _read(file)
            now = _text_of(root / last.path)
            if now == last.before:
                file.unlink()  # it was never made: the process ended first
                continue
            if now != last.after:
                raise EditError(
                    f"{last.path} has changed since “{last.what}”, so it cannot be undone without losing that",
                    hint=f"Edit it by hand; `git diff {last.path}` shows what is not committed.",
                )
            if last.before is None:
                (root / last.path).unlink()
            else:
                write_text(root / last.path, last.before)
            file.unlink()
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
        return Note(**json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise EditError(f"{file} cannot be read, so nothing was undone", hint="Delete it.") from error
