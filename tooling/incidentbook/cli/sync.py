"""``inc sync``: everybody's entries in every clone."""

from __future__ import annotations

import click

from incidentbook.cli import _context

EPILOG = """\b
Examples:
  inc sync          take in what others wrote, send what was written here
  inc sync --keep   leave both values of a contradiction
"""


@click.command(epilog=EPILOG)
@click.option("--keep", is_flag=True, help="Leave a conflict as it stands in the file, instead of taking it back.")
@_context.json_option
@click.pass_context
def command(ctx: click.Context, *, keep: bool, as_json: bool) -> None:
    """Take in what other clones wrote and send what this one wrote, until both hold the same.

    Records that are not committed yet are committed first. Entries of both sides stay, in the order of time. It is tried again
    where somebody else was faster; while the remote cannot be reached everything waits here, and nothing is lost.
    """
    from incidentbook import sync  # noqa: PLC0415 - the merge driver and all that it needs
    from incidentbook.merge import install  # noqa: PLC0415 - likewise

    report = sync.sync(_context.root_of(ctx), install.program(), keep=keep)
    if as_json:
        moved = [move._asdict() for move in report.moved]
        _context.print_json(report._asdict() | {"moved": moved})
        return
    for line in report.installed:
        click.echo(f"installed the merge driver: {line}")
    if report.committed:
        click.echo(f"committed {', '.join(dict.fromkeys(report.committed))}")
    for move in report.moved:
        click.echo(f"{move.old} is {move.new} now: others had that number first")
    if report.changed:
        click.echo(f"others changed {', '.join(report.changed)}")
    numbers = f"took in {_commits(report.taken)}, sent {_commits(report.sent)}"
    click.echo(f"{numbers}: this clone and {report.upstream} hold the same")


def _commits(count: int) -> str:
    return f"{count} commit{'' if count == 1 else 's'}" if count else "nothing"
