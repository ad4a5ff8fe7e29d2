"""Writing the exported site into a folder of its own: all of it or none, and over nothing that somebody else put there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from incidentbook.errors import IncidentbookError

MANIFEST = ".incidentbook-pages.json"
BUILT = "site"  # what an engine makes of the pages, beside them; it and hidden files are left where they are


class FolderError(IncidentbookError):
    """A folder cannot be taken for pages: it holds something else."""


def write(target: Path, files: Mapping[str, bytes]) -> None:
    """Make ``target`` hold exactly ``files``, besides what an engine built there; a killed process leaves the old or the new.

    A file that is as it was keeps its time, so that an engine that goes by times builds only what changed.

    Raises:
        FolderError: the folder holds what this did not write, or what was changed since.

    """
    before = _written(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    fresh = _beside(target)
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            if before.get(name) == _digest(content):
                found = (target / name).stat()
                os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
        manifest = {name: _digest(content) for name, content in files.items()}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        _replace(target, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def remove(target: Path) -> int:
    """Take away what `write` left in ``target``, and the folder where nothing else is in it; return how many files that were.

    Raises:
        FolderError: there are no pages, or the folder holds what `write` did not write, or what was changed since.

    """
    written = _written(target)
    if not written:
        raise FolderError(f"There are no pages in {target}", hint="`inc site pages --to DIR` writes them.")
    aside = _beside(target)
    (aside / "kept").mkdir(parents=True)
    _move_theirs(target, aside / "kept")
    target.rename(aside / "old")
    if any((aside / "kept").iterdir()):
        (aside / "kept").rename(target)
    shutil.rmtree(aside)
    return len(written)


def _written(target: Path) -> dict[str, str]:
    """Return what an earlier call wrote there, by path; empty for a new or empty folder. Raises FolderError."""
    hint = "Choose a new folder, or an empty one."
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise FolderError(f"{target} is no folder", hint=hint)
    found = {path.relative_to(target).as_posix(): path for path in _files(target)} if target.is_dir() else {}
    try:
        known: dict[str, str] = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    for name, path in found.items():
        if name not in known:
            raise FolderError(f"{target} holds {name}, which `inc site pages` did not write", hint=hint)
        if _digest(path.read_bytes()) != known[name]:
            raise FolderError(f"{path} was changed since `inc site pages` wrote it", hint=hint)
    return {name: known[name] for name in found}


def _files(target: Path) -> Iterator[Path]:
    """Yield every file below a folder but what is hidden at its top, or was built there."""
    for item in sorted(target.iterdir()):
        if _theirs(item):
            continue
        yield from sorted(path for path in item.rglob("*") if not path.is_dir()) if item.is_dir() else [item]


def _replace(target: Path, fresh: Path) -> None:
    """Put the new folder in the place of the old one; what was built, or is hidden, moves over."""
    if not target.exists():
        fresh.rename(target)
        return
    _move_theirs(target, fresh)
    aside = _beside(target)
    target.rename(aside)
    fresh.rename(target)
    shutil.rmtree(aside)


def _move_theirs(target: Path, to: Path) -> None:
    """Move what `write` did not write: what an engine built, and what is hidden."""
    for item in target.iterdir():
        if item.name != MANIFEST and _theirs(item):
            item.rename(to / item.name)


def _theirs(item: Path) -> bool:
    return item.name.startswith(".") or item.name == BUILT


def _beside(target: Path) -> Path:
    """Return a new name for a folder that is in the way or not yet whole; `_sweep` knows it by that."""
    return target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")


def _sweep(target: Path) -> None:
    """Take away what killed calls left, after putting the old pages back where one was killed between two renames."""
    left = [item for item in target.parent.glob(f".{target.name}.*.tmp") if item.is_dir()]
    for item in left:
        if not target.exists() and (item / MANIFEST).exists():
            item.rename(target)
        else:
            shutil.rmtree(item)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
