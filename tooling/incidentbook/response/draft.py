"""A record that is being changed: read under the lock, edited in memory, and written whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from incidentbook import edit, files, source
from incidentbook.document import Document
from incidentbook.errors import EditError, UnreadableError
from incidentbook.records.build import build
from incidentbook.records.incident import Incident
from incidentbook.reorder import reorder
from incidentbook.response import committing, journal
from incidentbook.writer import lock, sweep, write_text


class Draft:
    """The text of a record on its way to the next one; comments and layout stay.

    Attributes:
        path: relative to the root.
        document: what the text says by now.
        committed: what became of it in Git, once it is written and where that was asked for.

    """

    def __init__(self, path: str, text: str) -> None:
        """Begin with ``text``. Raises UnreadableError where it is no record that can be edited."""
        self.path, self.document = path, source.load_as(path, text)
        self.committed = committing.Committed()
        self._built: tuple[Document, Incident] | None = None
        if self.document.problems or not isinstance(self.document.value, dict):
            problem = next(iter(self.document.problems), None)
            where = f"{path}:{problem.span.line}:{problem.span.column}: {problem.message}" if problem else path
            raise UnreadableError(
                f"The record cannot be written to before it can be read: {where}",
                hint=f"`inc check {path}` says what to mend; nothing was written.",
            )

    @property
    def text(self) -> str:
        """The text so far."""
        return self.document.text

    @property
    def incident(self) -> Incident:
        """The record so far."""
        if self._built is None or self._built[0] is not self.document:
            self._built = self.document, build(Incident, self.document.value) or Incident()
        return self._built[1]

    def get(self, *path: str) -> Any:
        """Return the plain value at ``path``; None where it leads nowhere."""
        value: Any = self.document.value
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def set(self, path: Sequence[str | int], value: object) -> None:
        """Make the value at ``path`` be ``value``. Raises EditError."""
        self.document = edit.set_in(self.document, path, value)[1]

    def remove(self, path: Sequence[str | int]) -> None:
        """Take the key at ``path`` out, with its value. Raises EditError."""
        self.document = edit.remove_in(self.document, path)[1]

    def append(self, path: Sequence[str | int], value: object) -> None:
        """Add ``value`` at the end of the list at ``path``, which is made where it is missing. Raises EditError."""
        self.document = edit.append_in(self.document, path, value)[1]

    def move_last(self, path: Sequence[str | int], index: int) -> None:
        """Move the last item of the list at ``path`` to ``index``; it stays where its layout leaves a doubt."""
        last = len(self.get(*map(str, path))) - 1
        change = reorder(self.document, path, [*range(index), last, *range(index, last)])
        if change is not None:
            self.document = source.load_as(self.path, edit.apply(self.document.text, [change]))


def read(root: Path, path: str) -> Draft:
    """Return the record at ``path`` to look at. Raises UnreadableError."""
    return Draft(path, _text(root, path))


@contextlib.contextmanager
def changing(root: Path, path: str, what: str, *, commit: bool = False) -> Iterator[Draft]:
    """Change one record, as `changing_together` does several."""
    with changing_together(root, [path], what, commit=commit) as (draft,):
        yield draft


@contextlib.contextmanager
def changing_together(
    root: Path, paths: Sequence[str], what: str, *, commit: bool = False
) -> Iterator[tuple[Draft, ...]]:
    """Hold the lock, hand out the records at ``paths``, and write what became of them; an error leaves all as they were.

    They are written in the order of ``paths``, each whole or not at all. One note names all of them, so `undo` takes back what a
    killed process got done.

    Args:
        root: of the knowledge base.
        paths: of the records, relative to ``root``.
        what: what is done, in a few words, for whoever undoes it.
        commit: whether to commit it, too.

    Raises:
        UnreadableError: a file is no record that can be edited.
        LockedError: somebody else has been writing all the while.

    """
    with lock(root):
        texts = [_text(root, path) for path in paths]
        drafts = tuple(map(Draft, paths, texts))
        yield drafts
        changed = [
            journal.Write(draft.path, before, draft.text)
            for draft, before in zip(drafts, texts, strict=True)
            if draft.text != before
        ]
        if changed:
            drafts[0].committed = _write(root, what, changed, commit=commit)


def _text(root: Path, path: str) -> str:
    data = files.read_bytes(root, path)
    if isinstance(data, files.Refusal):
        raise UnreadableError(f"{path}: {data.message}", hint=data.hint)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path} is not UTF-8", hint=f"`inc check {path}` says where.") from error


def create(root: Path, path: str, text: str, what: str, *, commit: bool = False) -> committing.Committed:
    """Write a new record; the caller holds the lock. Raises EditError where the file is there already."""
    if (root / path).exists():
        raise EditError(f"{path} is there already; nothing was written")
    return _write(root, what, [journal.Write(path, None, text)], commit=commit)


def _write(root: Path, what: str, writes: Sequence[journal.Write], *, commit: bool) -> committing.Committed:
    journal.note(root, what, writes)
    for write in writes:
        sweep((root / write.path).parent, f"{Path(write.path).name}.")
        write_text(root / write.path, write.after)
    if not commit:
        return committing.Committed()
    paths = [write.path for write in writes]
    return committing.commit(root, paths, committing.message(paths[0], what))
