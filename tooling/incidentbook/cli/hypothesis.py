"""``inc hypothesis``: what might be the cause, and what the evidence says."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _listing, _respond
from incidentbook.response import hypotheses
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  inc hypothesis add "The database primary is down"
  inc hypothesis reject 1 --evidence "Heartbeat is steady" --kind metric
  inc hypothesis confirm parted --evidence "No route: https://logs.example/4"
  inc hypothesis confirm 2 --evidence https://git.example/7be41c0 --primary
  inc hypothesis list
"""
_MARKS = {"open": "?", "confirmed": "+", "rejected": "-"}


@click.group(cls=_listing.Listing, epilog=EPILOG)
def command() -> None:
    """Hypotheses: possible causes, and the evidence for or against each. Without a subcommand: the list."""


@command.command(epilog=EPILOG)
@click.argument("text", nargs=-1, required=True)
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def add(ctx: click.Context, text: tuple[str, ...], at: str, named: str, *, as_json: bool) -> None:
    """Write TEXT down as a possible cause: a statement that evidence can support or refute."""
    said = _respond.said(text, "Say what might be the cause.")
    place = _respond.desk(ctx)
    moment = place.when(at)

    def edit(record: Draft) -> list[str]:
        return [f"{hypotheses.add(record, said, moment, place.now)}  {said} (open)"]

    _respond.change(place, named, f"inc hypothesis add {said[:60]!r}", edit, as_json=as_json)


def _judging(name: str, status: str, summary: str) -> click.Command:
    @click.command(name, help=summary, epilog=EPILOG)
    @click.argument("which", nargs=-1, required=True, metavar="N|TEXT|ID")
    @click.option(
        "--evidence",
        multiple=True,
        metavar="TEXT|URL",
        help="What shows it, and where; may be given again.",
        required=True,
    )
    @click.option(
        "--kind", type=click.Choice(hypotheses.KINDS), default="other", show_default=True, help="What sort of evidence."
    )
    @click.option(
        "--primary",
        is_flag=True,
        help="It is the primary cause, too." if status == "confirmed" else "",
        hidden=status != "confirmed",
    )
    @_respond.at_option
    @_respond.incident_option
    @_context.json_option
    @click.pass_context
    def judge(
        ctx: click.Context,
        which: tuple[str, ...],
        evidence: tuple[str, ...],
        kind: str,
        at: str,
        named: str,
        *,
        primary: bool,
        as_json: bool,
    ) -> None:
        place = _respond.desk(ctx)
        moment = place.when(at)
        said = " ".join(which)

        def edit(record: Draft) -> list[str]:
            count = len(record.incident.investigation.evidence)
            before = hypotheses.judge(record, said, hypotheses.Found(status, evidence, kind), moment, place.now)
            if primary:
                hypotheses.primary(record, before.text)
            again = "" if before.status != status else " (as before, with more evidence)"
            added = record.incident.investigation.evidence[count:]
            return [
                f"{before.status} → {status}: {before.text}{again}",
                *(f"{piece.kind}: {piece.text}{f' {piece.ref}' if piece.ref else ''}" for piece in added),
                *(["it is the primary cause"] if primary else []),
            ]

        _respond.change(place, named, f"inc hypothesis {name} {said[:60]!r}", edit, as_json=as_json)

    return judge


command.add_command(_judging("confirm", "confirmed", "Say that it is the cause, or one of them, and what shows it."))
command.add_command(_judging("reject", "rejected", "Say that it is not the cause, and what shows it."))


@command.command("list", epilog=EPILOG)
@_respond.incident_option
@_context.json_option
@click.pass_context
def list_(ctx: click.Context, named: str, *, as_json: bool) -> None:
    """List the hypotheses with their numbers."""
    place = _respond.desk(ctx)
    choice, record = _respond.look(place, named)
    known = record.incident.investigation.hypotheses
    pieces = {piece.id: piece for piece in record.incident.investigation.evidence}
    if as_json:
        plain = [
            {
                "number": number,
                "id": item.id,
                "text": item.text,
                "status": item.status,
                "evidence": [
                    {"id": piece.id, "kind": piece.kind, "text": piece.text, "ref": piece.ref or None}
                    for piece in map(pieces.get, item.evidence)
                    if piece
                ],
            }
            for number, item in enumerate(known, 1)
        ]
        _context.print_json(plain)
        return
    click.secho(f"{choice.id} ({choice.because})", bold=True)
    if not known:
        click.echo('  No hypothesis yet: inc hypothesis add "TEXT"')
    for number, item in enumerate(known, 1):
        click.echo(f"  {number:>3} [{_MARKS.get(item.status, '?')}] {item.text} ({item.status})")
        for piece in filter(None, map(pieces.get, item.evidence)):
            click.echo(f"          {piece.kind}: {piece.text}{f' {piece.ref}' if piece.ref else ''}")
