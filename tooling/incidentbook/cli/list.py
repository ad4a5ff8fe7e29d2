"""``inc list``: all incidents in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentbook import periods
from incidentbook.cli import _context
from incidentbook.records.incident import Incident
from incidentbook.records.policy.services import Services
from incidentbook.records.time import clock, utc_text
from incidentbook.records.vocabulary import IncidentType, Severity, Status
from incidentbook.repository import Repository
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from incidentbook.outputs import incidents

EPILOG = """\b
Examples:
  inc list
  inc list --severity sev1 --severity sev2 --period 2024
  inc list --open
  inc list --service payments --json
"""


@click.command(epilog=EPILOG)
@click.option("--severity", multiple=True, type=click.Choice([item.value for item in Severity]), help="Only these.")
@_context.one_of("--status", [item.value for item in Status], "Only these", multiple=True)
@_context.one_of("--type", [item.value for item in IncidentType], "Only these", name="type_", multiple=True)
@click.option("--service", multiple=True, metavar="SLUG", help="Only incidents of these services.")
@click.option("--period", metavar="PERIOD", help=f"Only those that started in it: {periods.GRAMMAR}.")
@click.option("--open", "only_open", is_flag=True, help="Only those that are not over.")
@_context.as_of_option
@_context.json_by("incidents-output")
@click.pass_context
def command(
    ctx: click.Context,
    severity: tuple[str, ...],
    status: tuple[str, ...],
    type_: tuple[str, ...],
    service: tuple[str, ...],
    period: str | None,
    as_of: str | None,
    *,
    only_open: bool,
    as_json: bool,
) -> None:
    """List incidents, the newest first."""
    repo, now = _context.then(_context.load(ctx), as_of)
    windows = periods.parse(period, now, repo.zone) if period else []
    _context.known(service, _services(repo), "--service")
    found = [
        item
        for item in reversed(repo.all_incidents())
        if (not severity or item.severity in severity)
        and (not status or item.status in status)
        and (not type_ or item.type in type_)
        and (not service or set(service) & set(item.services))
        and (not windows or any(window.holds(item.started) for window in windows))
        and (not only_open or item.is_open)
    ]
    found.sort(key=lambda item: item.started.timestamp() if item.started else 0.0, reverse=True)
    if as_json:
        _context.print_json([_plain(item) for item in found])
        return
    _print(repo, found)


def _services(repo: Repository) -> set[str]:
    """Return every service that policy lists or a record names."""
    return {*repo.policy(Services).services, *(slug for item in repo.all_incidents() for slug in item.services)}


def _plain(item: Incident) -> incidents.Incident:
    return {
        "id": item.id,
        "title": item.title,
        "severity": item.severity.value if item.severity else None,
        "status": item.status.value if item.status else None,
        "type": item.type.value if item.type else None,
        "services": list(item.services),
        "started": utc_text(item.started) if item.started else None,
        "seconds_to_resolve": item.seconds_between("started", "resolved"),
        "exercise": item.exercise,
        "near_miss": item.near_miss,
        "last_seen": item.provenance.last_seen.written if item.provenance and item.provenance.last_seen else None,
    }


def _print(repo: Repository, found: list[Incident]) -> None:
    from rich.text import Text  # noqa: PLC0415

    console = _context.console()
    if not found:
        console.print(
            "No incident matches." if repo.incidents else "There is no incident yet: `inc import` or a new file."
        )
        return
    table = _context.table("ID", "Start", "Sev", "Status", "Took", "Title", right=["Took"], fold="Title")
    for item in found:
        took = item.seconds_between("started", "resolved")
        day = f"{item.started.astimezone(repo.zone):%Y-%m-%d}" if item.started else "unknown"
        style = {Severity.SEV1: "bold red", Severity.SEV2: "yellow"}.get(item.severity or Severity.SEV4, "")
        table.add_row(
            printable(item.id),
            day,
            Text(item.severity.label.replace("Unclassified", "-") if item.severity else "?", style=style),
            (item.status.value if item.status else "?") + ("*" if item.unresolved_when_last_seen else ""),
            clock(took) if took else "",
            Text(printable(item.title) + (" (drill)" if item.exercise else " (near miss)" if item.near_miss else "")),
        )
    console.print(table)
    if any(item.unresolved_when_last_seen for item in found):
        console.print("* unresolved when its source was last seen; nothing says how it went on.", style="dim")
    console.print(f"{len(found)} of {len(repo.all_incidents())} incidents", style="dim")
