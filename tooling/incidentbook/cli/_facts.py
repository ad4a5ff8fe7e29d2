"""The facts of business impact as a responder types them, by an option or as answers."""

from __future__ import annotations

import re
import sys
from typing import Any

import click

from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities

LOSSES = ("none", "recoverable", "permanent")
_MONEY = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?) ?([A-Z]{3})?\Z")


def at_a_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(incident: Incident, policy: Severities) -> dict[str, Any]:
    """Ask for the facts that the matrix judges; an empty answer leaves one as it is."""
    known = incident.classification
    click.echo("What does it do to the business? Enter leaves a line as it is.", err=True)
    questions: dict[str, tuple[str, Any, Any]] = {
        "customers_affected_pct": ("Customers affected, per cent", known.customers_affected_pct, _percent),
        "revenue_per_hour": (
            "Revenue lost per hour (85000 USD)",
            known.revenue_per_hour,
            lambda text: money(text, incident),
        ),
        "data_loss": (f"Data loss ({', '.join(LOSSES)})", known.data_loss or None, _one_of(LOSSES)),
        "data_exposed": ("Data exposed to others (yes, no)", known.data_exposed, _yes_or_no),
        "safety_risk": ("People could come to harm (yes, no)", known.safety_risk, _yes_or_no),
    }
    used = {criterion.measure for level in policy.severities.values() for criterion in level.any}
    found = {}
    for name, (question, present, read) in questions.items():
        if name in used:
            shown = f"{question} [{said(present) if present is not None else 'not stated'}]"
            answer = click.prompt(shown, default="", show_default=False, value_proc=_or_nothing(read), err=True)
            if answer is not None:
                found[name] = whole(answer)
    return found


def _or_nothing(read: Any) -> Any:
    """Read an answer; an empty one is None."""
    return lambda text: read(text.strip()) if text.strip() else None


def _percent(text: str) -> float:
    share: float = click.FloatRange(0, 100)(text.removesuffix("%").strip())
    return share


def _one_of(words: tuple[str, ...]) -> Any:
    return click.Choice(words)


def _yes_or_no(text: str) -> bool:
    said: bool = click.BOOL(text)
    return said


def money(text: str, incident: Incident) -> dict[str, Any]:
    """Read an amount with its currency, or with that which the record has. Raises click.BadParameter."""
    match = _MONEY.match(text.strip())
    before = incident.classification.revenue_per_hour
    currency = (match[2] if match else None) or (before.currency if before else None)
    if match is None or currency is None:
        raise click.BadParameter("Write an amount and its currency: 85000 USD.", param_hint="--revenue-per-hour")
    return {"amount": whole(float(match[1].replace(",", ""))), "currency": currency}


def whole(value: Any) -> Any:
    """Return a whole number without a point, and everything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def said(value: object) -> str:
    """Say a fact as the record has it, or as an option gave it."""
    if isinstance(value, dict):
        return f"{value['amount']:,} {value['currency']}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}%" if isinstance(value, int | float) else str(value)
