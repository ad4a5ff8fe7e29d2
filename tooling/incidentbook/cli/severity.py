"""``inc severity``: it is worse, or milder, than it was said to be."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity
from incidentbook.response import moves
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  inc severity sev2 --reason "Half of the traffic is served again"
"""


@click.command(epilog=EPILOG)
@click.argument("severity", type=click.Choice(_respond.LEVELS))
@click.option("--reason", required=True, help="What makes it so: the impact, not the symptom.")
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, severity: str, reason: str, at: str, named: str, *, as_json: bool) -> None:
    """Change the severity of the current incident."""
    why = " ".join(reason.split())
    if not why:
        raise click.BadParameter("Say what makes it so.", param_hint="--reason")
    place = _respond.desk(ctx)
    moment = place.when(at)

    def edit(record: Draft) -> list[str]:
        before = moves.change_severity(record, Severity(severity), moment, place.now, why)
        told = [f"{before} → {severity} at {place.clock(moment)}", why]
        override = record.incident.classification.override
        if override and override.severity and override.severity != severity:
            hint = f"inc classify --override {severity} --reason …"
            told.append(f"the override in its classification still says {override.severity}: {hint}")
        return [*told, *_otherwise(place, record)]

    _respond.change(place, named, f"inc severity {severity}", edit, as_json=as_json)


def _otherwise(place: _respond.Desk, record: Draft) -> list[str]:
    """Return the line that says that the facts in the record give another severity; none where they do not, or there are none."""
    if not record.get("classification"):
        return []
    from incidentbook.response import judging  # noqa: PLC0415 - only a record with facts is judged by them

    if judging.by_service_level(place.house.policy(Severities)):
        return []  # nobody waits for the lock until five thousand records are read
    found = judging.verdict(place.house, record.incident, place.now, lambda: place.house)
    if not judging.differs(found, record.incident):
        return []
    return [f"the matrix says {found.severity} ({judging.because(found, briefly=True)}): see inc classify"]
