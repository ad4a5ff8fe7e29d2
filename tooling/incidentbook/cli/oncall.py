"""``inc oncall``: who is on call, until when, and who comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from incidentbook.cli import _context, _oncall_text, _respond
from incidentbook.errors import NotFoundError, UnreadableError
from incidentbook.records.policy.rotation import Rotation, RotationPolicy
from incidentbook.records.when import GRAMMAR_EITHER, parse_either

FORMATS = {".ics": "ical", ".json": "json", ".txt": "text"}
FEED_WEEKS = 12
_MOST_WEEKS = 260
_FAR = dt.timedelta(days=3660)
EPILOG = """\b
Examples:
  inc oncall
  inc oncall --at +2d --role incident-commander
  inc oncall --weeks 4
  inc oncall --output on-call.ics
"""


@click.command(epilog=EPILOG)
@click.option("--at", metavar="TIME", default="now", show_default=True, help=f"When: {GRAMMAR_EITHER}.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="Only this role; may be given again.")
@click.option(
    "--weeks", metavar="N", type=click.IntRange(1, _MOST_WEEKS),
    help=f"List the shifts of the coming N weeks (a calendar holds {FEED_WEEKS} unless you say so).",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(sorted(FORMATS.values())), help="Default: by the file, else text.")
@click.option("--ical", is_flag=True, help="The same as --format ical: a calendar to subscribe to.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.ics, .json or .txt.")
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context,
    at: str,
    roles: tuple[str, ...],
    weeks: int | None,
    form: str | None,
    output: Path | None,
    *,
    ical: bool,
    as_json: bool,
) -> None:
    """Say who is on call for each role, until when, and who comes next.

    An override wins over a holiday, a holiday over a turn, and of two overrides the one that starts last.
    """
    place = _respond.desk(ctx)
    moment = _when(place, at)
    policy = place.house.policy(RotationPolicy)
    rotations = _wanted(place, policy, roles)
    form = "json" if as_json else "ical" if ical else form or (FORMATS.get(output.suffix) if output else None) or "text"
    rota = _oncall_text.Rota(place.house, policy, rotations, moment)
    text = _written(rota, form, weeks)
    if output:
        _context.write_output(output, click.unstyle(text))
    else:
        click.echo(text, nl=False)


def _written(rota: _oncall_text.Rota, form: str, weeks: int | None) -> str:
    """Return what to print."""
    match form, weeks:
        case "ical", _:
            return _oncall_text.calendar(rota, weeks or FEED_WEEKS)
        case "json", None:
            return _oncall_text.json_now(rota)
        case "json", _:
            return _oncall_text.json_listed(rota, weeks or 1)
        case _, None:
            return _oncall_text.now(rota)
        case _:
            return _oncall_text.listed(rota, weeks or 1)


def _when(place: _respond.Desk, text: str) -> dt.datetime:
    try:
        moment = parse_either(text, place.now, place.house.zone)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--at") from error
    if abs(moment - place.now) > _FAR:
        raise click.BadParameter("It is more than ten years away; nobody plans that far.", param_hint="--at")
    return moment


def _wanted(place: _respond.Desk, policy: RotationPolicy, roles: Sequence[str]) -> list[Rotation]:
    """Return the rotations asked for.

    Raises:
        NotFoundError: there is none.
        UnreadableError: the file that names them cannot be read.
        click.BadParameter: a role is unknown.

    """
    if any(entry.kind == "rotation" for entry in place.house.unreadable):
        raise UnreadableError("policy/rotation.yml cannot be read", hint="`inc check policy/rotation.yml` says why.")
    if not policy.rotations:
        raise NotFoundError(
            "No role goes round: policy/rotation.yml names no rotation",
            hint="The guide's page “Who is on call” shows how to write one.",
        )
    _context.known(roles, [rotation.role for rotation in policy.rotations], "--role")
    return [rotation for rotation in policy.rotations if not roles or rotation.role in roles]
