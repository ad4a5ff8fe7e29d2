"""``inc history``: what was known of a record when."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import click

from incidentbook import disclosure, files, git_command
from incidentbook.chronicle import numbers, seen, trail
from incidentbook.chronicle.backdated import of_trail
from incidentbook.chronicle.lives import ActionLife, lives
from incidentbook.chronicle.steps import Reading, Step, whole
from incidentbook.cli import _context, _past
from incidentbook.cli._history_text import Told, lines, plain
from incidentbook.cli._past import Known
from incidentbook.errors import NotFoundError
from incidentbook.history.past import Past
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Disclosure

EPILOG = """\b
Examples:
  inc history INC-2025-001
  inc history INC-2025-001 --rev 2025-02-01      as it was known then
  inc history INC-2025-001 --late-after 1h       flag what came an hour late
  inc history AI-2025-001-2                      the life of an action item
  inc history INC-2025-001 --audience public     what the public may know
  inc history INC-2025-001 --json | jq '.commits[].backdated'
"""
_WIDEST = 120


@click.command(epilog=EPILOG)
@click.argument("record_id", metavar="INC-YYYY-NNN|AI-YYYY-NNN-N")
@click.option(
    "--rev", metavar="COMMIT|DATE", help="Tell it up to this commit: a date (the last one until then), a hash, a tag."
)
@click.option(
    "--late-after",
    metavar="DURATION",
    default="24h",
    show_default=True,
    help="Flag a fact that was committed longer than this after its time (90m, 24h, 7d).",
)
@click.option("--all", "everything", is_flag=True, help="Every change, also where a commit made many.")
@_context.json_by("history-output")
@_context.audience_option("Tell only what a reader of this level may see.")
@click.pass_context
def command(
    ctx: click.Context,
    record_id: str,
    rev: str | None,
    late_after: str,
    *,
    everything: bool,
    as_json: bool,
    audience: str,
) -> None:
    """Show what was known of an incident or an action item when, from Git.

    Each commit that touched the record or its post-mortem is told fact by fact, whatever the file was called then. A merge stands
    for what it brought. Facts that were written down long after their time are flagged with the delay.
    """
    limit = parse_duration(late_after)
    if limit is None:
        raise click.BadParameter("Write a duration: 90m, 24h, 7d.", param_hint="--late-after")
    known = _past.known(ctx, rev)
    life = _life(known.past, record_id)
    name = life.id if life else record_id.upper()
    reader = Disclosure(audience)
    later = "" if life else numbers.now(known.root, known.past, name)
    if reader is Disclosure.RESTRICTED:
        steps = _steps(known, name, life)
        if not steps:
            raise _unknown(known, record_id, rev)
    else:
        repo = _context.load(ctx)
        shown = seen.Seen(repo, disclosure.view(repo, reader), reader)
        may = shown.shows(name) and (not later or shown.shows(later))
        steps = shown.told(_steps(known, name, life, shown.reading(later or name))) if may else []
        if not steps:
            raise NotFoundError(f"No commit here has anything of {record_id} that this audience may see")
    notes = [] if rev else _uncommitted(known, steps)
    if later:
        notes.insert(0, f"{name} is {later} now; `inc history {later}` tells all of it.")
    late = {step.commit: [] for step in steps} if known.standing else of_trail(steps, limit)
    told = Told(name, known, steps, late, limit, life, notes)
    if as_json:
        _context.print_output("history-output", plain(told))
        return
    for line in lines(told, min(_context.console().width, _WIDEST), everything=everything):
        click.echo(line)


def _steps(known: Known, name: str, life: ActionLife | None, reading: Reading = whole) -> list[Step]:
    follow = trail.of_action if life else trail.of_incident
    return follow(known.root, known.past, name, reading)


def _life(past: Past, record_id: str) -> ActionLife | None:
    if record_id.upper().startswith("INC-"):
        return None
    found = lives(past).items
    return found.get(record_id) or found.get(record_id.upper())


def _uncommitted(known: Known, steps: Sequence[Step]) -> list[str]:
    """Say which of the files that were touched last have changes that no commit has."""
    paths = dict.fromkeys(touch.path for step in steps for touch in step.touches)
    changed = git_command.run(
        known.root, "--literal-pathspecs", "diff", "--name-only", "--relative", "-z", "HEAD", "--", *paths
    )
    names = git_command.names(changed.out)
    return [f"{name} has changes that are not committed, and not told here." for name in names]


def _unknown(known: Known, record_id: str, rev: str | None) -> NotFoundError:
    past = known.past
    if rev:
        return NotFoundError(
            f"Until {rev} no commit had {record_id}", hint="Choose a later one, or leave --rev out for all of the past."
        )
    if any(PurePath(path).stem == record_id.upper() for path in files.listing(known.root, ("incidents",))[0]):
        return NotFoundError(
            f"{record_id} is written, and in no commit yet", hint="`git add` and `git commit` it, or `inc sync`."
        )
    import difflib  # noqa: PLC0415 - only for a slip of the pen

    names = {past.incident(number).id for number in range(past.incidents.count)} | lives(past).items.keys()
    close = difflib.get_close_matches(record_id.upper(), names, 1, cutoff=0.8)
    hint = f"Did you mean {close[0]}?" if close else "`inc list` and `inc actions list --all` show those of today."
    return NotFoundError(f"No commit here has ever had {record_id}", hint=hint)
