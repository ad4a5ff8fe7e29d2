"""``inc install``: the merge driver in this clone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentbook import errors
from incidentbook.cli import _context

if TYPE_CHECKING:
    from incidentbook.merge.install import State

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
    root = _context.root_of(ctx)
    done = install.uninstall(root) if uninstall else [] if check else install.install(root, install.program())
    now = install.state(root)
    there = now.attributes and bool(now.driver)
    if as_json:
        _context.print_json({"installed": there, "attributes": now.attributes, "driver": now.driver, "done": done})
    else:
        head = "The merge driver is installed" if there else "The merge driver is not installed"
        click.echo("\n".join([head, *(f"  {line}" for line in done), *(_missing(now) if check and not there else ())]))
    return errors.FINDINGS if check and not there else errors.CLEAN


def _missing(now: State) -> list[str]:
    """Return what is not there, and what to do about it."""
    lines = []
    if not now.attributes:
        lines.append("  no .gitattributes names it")
    if not now.driver:
        lines.append("  Git does not know it in this clone")
    return [*lines, "`inc install` lets Git merge records by what they say."]
