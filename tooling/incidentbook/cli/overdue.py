"""``inc overdue``: all that is late, for whoever looks after it each morning, be it a person or a workflow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import disclosure, errors, hindsight
from incidentbook.cli import _context
from incidentbook.follow_up import overdue as late
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    import datetime as dt

    from incidentbook.outputs import overdue as printed
    from incidentbook.repository import Repository

EPILOG = """\b
Examples:
  inc overdue
  inc overdue --fail                     exit 1 when something is
  inc overdue --fail --as-of 2025-02-01  what tonight's check will say then
  inc overdue --output overdue.md        for an issue, or a channel
"""


@click.command(epilog=EPILOG)
@click.option("--fail", is_flag=True, help="Leave with status 1 when something is late.")
@click.option("--markdown", is_flag=True, help="Print Markdown.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write Markdown to a file, too.")
@_context.as_of_option
@_context.json_by("overdue-output")
@_context.audience_option("Tell only what a reader of this level may see.")
@click.pass_context
def command(
    ctx: click.Context,
    output: Path | None,
    as_of: str | None,
    audience: str,
    *,
    fail: bool,
    markdown: bool,
    as_json: bool,
) -> None:
    """List all that is late: committed action items, post-mortems that are owed, playbooks that nobody has reviewed.

    Items that a waiver covers are not late. What cannot be read is listed, too: nobody can tell of it.
    """
    whole = _context.load(ctx)
    now = _context.now(whole, as_of)
    reader = Disclosure(audience)
    names = [entry.path if reader is Disclosure.RESTRICTED else "" for entry in whole.unreadable]
    repo = hindsight.until(whole if reader is Disclosure.RESTRICTED else disclosure.view(whole, reader), now)
    found = late.overdue(repo, now, names)
    if output is not None:
        _context.write_output(output, late.markdown(repo, found, now))
    if as_json:
        _context.print_output("overdue-output", _plain(repo, found, now))
    elif markdown:
        click.echo(late.markdown(repo, found, now), nl=False)
    else:
        _print(repo, found, now)
    if fail and found:
        ctx.exit(errors.FINDINGS)


def _print(repo: Repository, found: Sequence[late.Late], now: dt.datetime) -> None:
    console = _context.console()
    for kind in late.Kind:
        some = [one for one in found if one.kind is kind]
        if not some:
            continue
        console.print(f"{kind.heading} ({len(some)})", style="bold")
        for one in some:
            console.print(f"  {printable(one.name)}  {printable(one.title)}".rstrip(), style="bold red", soft_wrap=True)
            where = f"({one.place})" if one.path else ""
            console.print(f"    {printable(f'{late.facts(repo, one, now)} {where}')}", soft_wrap=True)
        console.print(f"  {kind.ask}", style="dim", soft_wrap=True)
    counted = f"{len(found)} overdue" if found else "Nothing is overdue"
    console.print(f"{counted} as of {utc_text(now)}", style="dim")


def _plain(repo: Repository, found: Sequence[late.Late], now: dt.datetime) -> printed.Output:
    return {
        "knowledge_base": repo.knowledge_base.name,
        "as_of": utc_text(now),
        "overdue": [
            {
                "kind": one.kind.value,
                "name": one.name,
                "title": one.title,
                "owner": one.owner or None,
                "since": utc_text(one.since) if one.since else None,
                "said": one.said,
                "path": one.path or None,
                "line": one.line or None,
            }
            for one in found
        ],
    }
