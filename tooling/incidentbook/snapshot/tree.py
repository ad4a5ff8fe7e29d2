"""The working tree as figures need it: files that have not changed since they were last read are not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from incidentbook import files
from incidentbook.entry import Entry
from incidentbook.repository import Repository, machine_time
from incidentbook.snapshot import loading
from incidentbook.snapshot.loading import Content, Way
from incidentbook.snapshot.store import Store

Progress = Callable[[Iterable[Entry[Any]], int], Iterable[Entry[Any]]]


def load(root: Path, store: Store, progress: Progress | None = None, way: Way = loading.LEAN) -> Repository:
    """Read the knowledge base under ``root``: its records hold what ``way`` keeps, and their documents are read on demand."""
    repo = Repository(root, written=machine_time())
    paths, _ = files.listing(root)
    stamps = files.stamps(root, paths, files.newest())
    before = store.stamps()
    names = {path: _name(root, path, stamps[path], before.get(path)) for path in paths}
    found = loading.entries(
        store, names, lambda path: lambda: files.read_bytes(root, path), lambda some: _read(root, some), way
    )
    for entry in progress(found, len(paths)) if progress else found:
        repo.add(entry)
    now = {path: (stamps[path], names[path]) for path in paths if stamps[path] and names[path]}
    if now != before:
        store.keep(stamps=now)
    repo.content = loading.content(names)
    return repo


def _name(root: Path, path: str, stamp: str, known: tuple[str, str] | None) -> str:
    """Return the name of a file's content, without reading it where its stamp is the one under which the name is known."""
    if stamp and known is not None and known[0] == stamp:
        return known[1]
    data = files.read_bytes(root, path)
    return files.git_name(data) if isinstance(data, bytes) else ""


def _read(root: Path, paths: Iterable[str]) -> Iterator[Content]:
    for path in paths:
        data = files.read_bytes(root, path)
        yield Content(path, files.git_name(data) if isinstance(data, bytes) else "", data)
