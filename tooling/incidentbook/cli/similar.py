"""``inc similar``: past incidents that resemble one, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentbook.cli import _context, _named
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from incidentbook.outputs import similar as printed
    from incidentbook.similar import Likeness

EPILOG = """\b
Examples:
  inc similar INC-2025-001
  inc similar INC-2025-001 --count 10 --later
  inc similar INC-2025-001 --json | jq -r '.similar[].id'
"""


@click.command(epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@click.option("--count", type=click.IntRange(1), default=3, show_default=True, help="How many at most.")
@click.option("--later", is_flag=True, help="Look also at incidents that started after it.")
@_context.json_by("similar-output")
@_context.audience_option("Look only at what a reader of this level may see.")
@click.pass_context
def command(ctx: click.Context, incident_id: str, count: int, audience: str, *, later: bool, as_json: bool) -> None:
    """Find past incidents that resemble one, and say why.

    The words of records and post-mortems are compared, with services and contributing factors: the rarer what two have in
    common, the closer they are.
    """
    from incidentbook import similar  # noqa: PLC0415 - `--help` needs none of it

    repo = _context.load(ctx)
    view, incident = _named.seen_by(repo, incident_id, audience, "nothing is compared with it")
    found = similar.alike(view, incident, count, later=later)
    if as_json:
        made: printed.Output = {
            "knowledge_base": repo.knowledge_base.name,
            "incident": incident.id,
            "similar": [_plain(one) for one in found],
        }
        _context.print_output("similar-output", made)
        return
    console = _context.console()
    console.print(f"{incident.id}: {printable(incident.title)}", style="bold", soft_wrap=True)
    if not found:
        console.print(f"\nNo {'other' if later else 'earlier'} incident resembles it.")
    for one in found:
        console.print(f"\n{one.incident.id}  {one.score:.2f}  {printable(one.incident.title)}", soft_wrap=True)
        for line in reasons(one):
            console.print(f"  {line}", style="dim", soft_wrap=True)


def reasons(one: Likeness) -> list[str]:
    """Return why an incident is taken for similar, a line for each kind of reason."""
    other = [name for name in one.lessons if name not in one.factors]
    said: Sequence[tuple[str, Sequence[str]]] = (
        ("Both name the factors", one.factors),
        ("Its other factors" if one.factors else "Its factors", other),
        ("Both touch", one.services),
        ("Both speak of", one.terms),
    )
    return [f"{label}: {printable(', '.join(names))}" for label, names in said if names]


def _plain(one: Likeness) -> printed.Similar:
    return {
        "id": one.incident.id,
        "title": one.incident.title,
        "score": one.score,
        "terms": one.terms,
        "factors": one.factors,
        "services": one.services,
        "all_factors": one.lessons,
    }
