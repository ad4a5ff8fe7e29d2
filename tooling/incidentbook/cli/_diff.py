"""What a command would change, as a diff that `git apply` and `patch -p1` take at the knowledge base's root."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping

import click

from incidentbook.cli import _context
from incidentbook.terminal_text import clean

_COLOURS = {"-": "31", "+": "32", "@": "36"}
_FILE = re.compile(r"(?:---|\+\+\+) ")


def show(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Print the change of each file in ``after``, in colour where that is wanted."""
    for line in unified(before, after, colour=_context.colour(terminal=sys.stdout.isatty())):
        click.echo(line, nl=False, color=True)


def unified(before: Mapping[str, str], after: Mapping[str, str], *, colour: bool) -> Iterator[str]:
    """Yield the change of each file in ``after`` as lines of a unified diff, coloured for a terminal with ``colour``."""
    import difflib  # noqa: PLC0415 - only a diff needs it

    for path, text in sorted(after.items()):
        for line in difflib.unified_diff(_lines(before[path]), _lines(text), f"a/{path}", f"b/{path}"):
            whole = line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            yield _painted(whole) if colour else whole


def _lines(text: str) -> list[str]:
    """Return the lines of ``text`` with their ends; a carriage return belongs to its line, as it does for Git."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _painted(line: str) -> str:
    """Return a line for a terminal: coloured, and with nothing in it that steers the terminal."""
    code = "1" if _FILE.match(line) else _COLOURS.get(line[0], "")
    shown = "\n".join(clean(part.removesuffix("\r")) for part in line.split("\n"))
    return f"\x1b[{code}m{shown[:-1]}\x1b[0m\n" if code else shown
