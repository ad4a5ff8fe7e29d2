"""Handing out what was drafted: to the screen, to a file, or to its place in the knowledge base."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from incidentbook.cli import _context
from incidentbook.errors import EditError

if TYPE_CHECKING:
    from incidentbook.repository import Repository

F = TypeVar("F", bound=Callable[..., Any])


def options(function: F) -> F:
    """Add ``--output``, ``--write`` and ``--force``."""
    function = click.option("--force", is_flag=True, help="Take the place of a file that is there.")(function)
    function = click.option("--write", is_flag=True, help="Write to its place in the knowledge base.")(function)
    return click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.")(function)


def hand_out(repo: Repository, place: str, text: str, output: Path | None, *, write: bool, force: bool) -> None:
    """Write a draft where it is wanted, or to the screen; a record that is there is not lost to it."""
    if write and output is not None:
        raise click.UsageError("--write knows the place: leave out --output.")
    if output is None and not write:
        click.echo(text, nl=False)
        click.echo(f"its place: {place} (--write puts it there)", err=True)
        return
    target = repo.root / place if write else output
    assert target is not None  # noqa: S101 - one of the two was given
    if target.is_file() and not force and target.read_bytes() != text.encode("utf-8"):
        raise EditError(f"{target} is there already; nothing was written", hint="--force writes over it.")
    if write:
        target.parent.mkdir(parents=True, exist_ok=True)
    _context.write_output(target, text)
