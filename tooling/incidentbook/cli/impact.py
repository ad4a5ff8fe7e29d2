"""``inc impact``: how bad it is, from when to when, and in figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import click

from incidentbook.cli import _context, _respond
from incidentbook.records.entries import Phase
from incidentbook.records.incident import Incident
from incidentbook.records.time import Moment, short
from incidentbook.records.vocabulary import PhaseLevel
from incidentbook.response.draft import Draft

OVER = "over"
EPILOG = """\b
Examples:
  inc impact outage --at 14:02
  inc impact partial --fraction 0.3      30% fail now; that ends the outage
  inc impact over --at -5m               nobody is hit any more
  inc impact --failed-transactions 15842 --support-tickets 40
  inc impact --note "Labels cannot be printed"
  inc impact degraded --at 14:40 --until 15:10
  inc impact                             how it stands
"""
FIGURES = {  # by option: how it is called, and where it stands in the record
    "failed_transactions": ("failed transactions", ("impact", "customer", "failed_transactions")),
    "support_tickets": ("support tickets", ("impact", "customer", "support_tickets")),
    "accounts": ("accounts affected", ("impact", "customer", "accounts_affected")),
    "customers_pct": ("customers affected, per cent", ("classification", "customers_affected_pct")),
    "summary": ("summary", ("impact", "summary")),
}
_GAP = 60  # seconds between the start and the first phase that are worth a word


@click.command(epilog=EPILOG)
@click.argument("level", required=False, type=click.Choice([*(level.value for level in PhaseLevel), OVER]))
@_respond.services_option
@click.option("--fraction", type=click.FloatRange(0, 1), help="Measured share of requests or users hit, 0 to 1.")
@click.option("--at", "at", metavar="TIME", help="Since when, or when it was over: -5m, 14:05, …  [default: now]")
@click.option("--until", metavar="TIME", help="When it ended, for what is noted afterwards.")
@click.option("--failed-transactions", type=click.IntRange(0), metavar="N", help="How many failed.")
@click.option("--support-tickets", type=click.IntRange(0), metavar="N", help="How many customers opened.")
@click.option("--accounts", type=click.IntRange(0), metavar="N", help="How many accounts were hit.")
@click.option(
    "--customers-pct", type=click.FloatRange(0, 100), metavar="P", help="Share of all customers hit, in per cent."
)
@click.option("--summary", metavar="TEXT", help="The impact in one sentence.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="What no number says; may be given again.")
@click.option(
    "--about",
    type=click.Choice(("customer", "business", "technical")),
    default="customer",
    show_default=True,
    help="What a note is about.",
)
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    level: str | None,
    services: tuple[str, ...],
    fraction: float | None,
    at: str | None,
    until: str | None,
    notes: tuple[str, ...],
    about: str,
    named: str,
    *,
    as_json: bool,
    **said: float | str | None,
) -> None:
    """Say how bad it is: outage, partial or degraded, from now until another LEVEL or `over`; and figures of it.

    A new level ends the one that was open for the same services. Without anything, shows how it stands.
    """
    from incidentbook.response import impact  # noqa: PLC0415 - counts downtime, which no other command of a responder needs

    _make_sense(level, services=services, fraction=fraction, at=at, until=until)
    place = _respond.desk(ctx)
    figures = {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in said.items()}
    figures = {name: value for name, value in figures.items() if value not in (None, "")}
    texts = [text for text in (" ".join(note.split()) for note in notes) if text]
    if level is None and not figures and not texts:
        _show(place, named, as_json=as_json)
        return
    place.known_services(services)
    moment = place.when(at or "now")
    end = place.when(until, "--until") if until else None
    more: dict[str, object] = {}

    def edit(record: Draft) -> list[str]:
        lines: list[str] = []
        if level == OVER:
            lines += [_ended(place, phase, moment) for phase in impact.end(record, moment, services)]
        elif level is not None:
            phase = Phase("", PhaseLevel(level), fraction, services, Moment.of(moment), Moment.of(end) if end else None)
            lines += [_ended(place, old, moment) for old in impact.begin(record, phase, place.now)]
            lines += _begun(place, record.incident)
        for name, value in figures.items():
            label, path = FIGURES[name]
            record.set(path, _number(value))
            lines.append(f"{label}: {_said(value)}")
        for text in texts:
            record.append(("impact", about, "notes"), text)
            lines.append(f"{about}: {text}")
        totals = impact.totals(record.incident, place.now)
        more["impact_seconds"] = {level.value: round(seconds) for level, seconds in totals.items()}
        return [*lines, *_so_far(totals)]

    what = " ".join(["inc impact", *([level] if level else []), *(f"--{name.replace('_', '-')}" for name in figures)])
    _respond.change(place, named, what, edit, as_json=as_json, more=more)


def _make_sense(level: str | None, **given: object) -> None:
    """Refuse options of a phase without a level, and those that ending one does not know. Raises click.BadParameter."""
    wrong = [
        name for name in given if given[name] not in (None, ()) and (level is None or name in ("fraction", "until"))
    ]
    if wrong and level is None:
        raise click.BadParameter("Say what it was: outage, partial, degraded or over.", param_hint=f"--{wrong[0]}")
    if wrong and level == OVER:
        raise click.BadParameter("What is over has none.", param_hint=f"--{wrong[0]}")


def _show(place: _respond.Desk, named: str, *, as_json: bool) -> None:
    from incidentbook.response import impact  # noqa: PLC0415 - as above

    choice, record = _respond.look(place, named)
    totals = impact.totals(record.incident, place.now)
    if as_json:
        plain = {"id": choice.id, "impact": record.get("impact") or {}}
        _context.print_json(
            plain | {"impact_seconds": {level.value: round(seconds) for level, seconds in totals.items()}}
        )
        return
    phases = record.incident.impact.phases
    lines = [_phase(place, phase) for phase in phases]
    customer = record.get("impact", "customer") or {}
    lines += [f"{name.replace('_', ' ')}: {_said(value)}" for name, value in customer.items() if isinstance(value, int)]
    share = record.incident.classification.customers_affected_pct
    lines += [f"{FIGURES['customers_pct'][0]}: {share:g}"] if share is not None else []
    lines += _so_far(totals)
    click.secho(f"{choice.id} ({choice.because})", bold=True)
    for line in lines or ["No impact is recorded yet: `inc impact outage --at TIME` begins."]:
        click.echo(f"  {line}")


def _phase(place: _respond.Desk, phase: Phase) -> str:
    since = place.clock(phase.from_.at) if phase.from_ else "?"
    until = f"to {place.clock(phase.to.at)}" if phase.to else "and goes on"
    return f"{_called(phase)} from {since} {until}"


def _called(phase: Phase) -> str:
    share = f" ({phase.fraction:.0%})" if phase.fraction is not None else ""
    of = f" of {', '.join(phase.services)}" if phase.services else ""
    return f"{phase.level or '?'}{share}{of}"


def _ended(place: _respond.Desk, phase: Phase, at: dt.datetime) -> str:
    lasted = f" after {short((at - phase.from_.at).total_seconds())}" if phase.from_ else ""
    return f"{_called(phase)} ended at {place.clock(at)}{lasted}"


def _begun(place: _respond.Desk, incident: Incident) -> list[str]:
    """Say which phase was added; and where the first one leaves a gap behind the start, that it does."""
    phase = incident.impact.phases[-1]
    lines = [_phase(place, phase).removesuffix(" and goes on")]
    started = incident.milestone("started")
    gap = (phase.from_.at - started.at).total_seconds() if phase.from_ and started else 0
    if len(incident.impact.phases) == 1 and started and gap > _GAP:
        lines.append(f"the incident began {short(gap)} before: if so did this, inc undo, then --at {started.written}")
    return lines


def _so_far(totals: Mapping[PhaseLevel, float]) -> list[str]:
    said = ", ".join(f"{level} {short(seconds)}" for level, seconds in totals.items())
    return [f"so far: {said}"] if said else []


def _number(value: float | str | None) -> float | str | None:
    """Return a whole number without a point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _said(value: object) -> str:
    return f"{value:,g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
