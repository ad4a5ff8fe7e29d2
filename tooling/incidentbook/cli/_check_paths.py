"""Which knowledge base `inc check` looks at, which of its files it was asked about, and how it calls them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from incidentbook import files
from incidentbook.cli import _context
from incidentbook.errors import NotAKnowledgeBaseError, NotFoundError


def root(ctx: click.Context, paths: Sequence[Path]) -> Path:
    """Return the knowledge base that is checked: the one around the current folder, else the one around the first path."""
    for path in paths:
        if not path.exists() and not path.is_symlink():
            inside = "" if ctx.find_root().obj == Path() else " Paths start at the current folder, with -C too."
            raise NotFoundError(f"There is no file or folder {path}", hint=f"Nothing was checked.{inside}")
    try:
        return _context.root_of(ctx)
    except NotAKnowledgeBaseError:
        if not paths or ctx.find_root().obj != Path():
            raise
        return files.find_root(paths[0] if paths[0].is_dir() else paths[0].parent)


def wanted(top: Path, paths: Sequence[Path], known: Sequence[str]) -> frozenset[str]:
    """Return the files that ``paths`` name, and say which of these are none of the knowledge base's.

    pre-commit hands over whatever its pattern matches; under it (PRE_COMMIT is set) such a path is passed over in silence.
    """
    found: set[str] = set()
    notes: list[str] = []
    known_files = frozenset(known)
    for path in paths:
        place = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
        if not place.is_relative_to(top):
            notes.append(f"not checked, outside the knowledge base {top}: {path}")
            continue
        inside = place.relative_to(top).as_posix()
        # a file is looked up, not looked for: pre-commit hands over thousands
        below = (
            [] if inside in known_files else [name for name in known if inside == "." or name.startswith(f"{inside}/")]
        )
        named = [inside] if inside in known_files else below
        found.update(named)
        if not named:
            notes.append(f"not checked, no record, post-mortem, playbook or policy: {path}")
    if not os.environ.get("PRE_COMMIT"):
        for note in notes:
            click.echo(note, err=True)
        if not found:
            raise NotFoundError(f"None of the paths belongs to the knowledge base {top}", hint="Nothing was checked.")
    return frozenset(found)


def prefix(root: Path, *, github: bool) -> str:
    """Return what to put before a path so that the reader's terminal, or GitHub, finds the file."""
    workspace = os.environ.get("GITHUB_WORKSPACE") if github else None
    here = Path(workspace).resolve() if workspace else Path.cwd().resolve()
    if root == here:
        return ""
    if root.is_relative_to(here) or here.is_relative_to(root):
        return f"{os.path.relpath(root, here)}/"
    return f"{root}/"
