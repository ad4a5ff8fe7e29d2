"""``inc install``: the merge driver in this clone."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

import click

from incidentbook import errors
from incidentbook.cli import _context

EPILOG = """\b
Examples:
  inc install              once in each clone
  inc install --check      is it there? (exit status 1: no)
  inc install --uninstall
"""


@click.command(epilog=EPILOG)
@click.option("--check", is_flag=True, help="Only say whether it is there; 1 where it is not.")
@click.option("--uninstall", is_flag=True, help="Take it away again.")
@_context.json_option
@click.pass_context
def command(ctx: click.Context, *, check: bool, uninstall: bool, as_json: bool) -> int:
    """Let Git merge records and post-mortems by what they say, in this clone."""
    from incidentbook.merge import install  # noqa: PLC0415 - `--help` needs none of it

    if check and uninstall:
        raise click.UsageError("--check and --uninstall say two different things.")
    root, inc = _context.root_of(ctx), _program()
    done: list[str] = []
    if uninstall:
        done = install.uninstall(root)
    elif not check:
        done = install.install(root, inc)
    now = install.state(root)
    there = now.attributes and bool(now.driver)
    if as_json:
        _context.print_json({"installed": there, "attributes": now.attributes, "driver": now.driver, "done": done})
    else:
        click.echo("\n".join(_said(now.attributes, now.driver, done, there=there)))
    return errors.FINDINGS if check and not there else errors.CLEAN


def _said(attributes: bool, driver: str, done: list[str], *, there: bool) -> list[str]:
    if there:
        return ["The merge driver is installed", *(f"  {line}" for line in done)]
    lines = ["The merge driver is not installed", *(f"  {line}" for line in done)]
    if attributes:
        lines.append("  .gitattributes names it, and Git does not know it in this clone yet")
    if driver:
        lines.append("  Git knows it in this clone, and no .gitattributes names it")
    return [*lines, "`inc install` lets Git merge records by what they say."]


def _program() -> str:
    """Return this program as a shell calls it, by its place: the path may be another when Git merges."""
    beside = Path(sys.executable).parent / "inc"
    found = str(beside) if beside.is_file() else shutil.which("inc")
    return shlex.quote(found) if found else f"{shlex.quote(sys.executable)} -m incidentbook"
