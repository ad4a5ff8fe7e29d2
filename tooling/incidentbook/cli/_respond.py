"""What the responder's commands share: the incident that is meant, the time, what was written and what is due next."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from incidentbook import repository
from incidentbook.cli import _context, _on_call
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import short, utc_text
from incidentbook.records.vocabulary import Severity
from incidentbook.records.when import GRAMMAR, parse_when
from incidentbook.repository import Repository
from incidentbook.response import current, draft
from incidentbook.response.committing import Committed
from incidentbook.response.due import Due, due, nobody

if TYPE_CHECKING:
    from incidentbook.records.policy.services import Services

F = TypeVar("F", bound=Callable[..., Any])
LEVELS = [level.value for level in Severity if level is not Severity.UNCLASSIFIED]
_POLICIES = ("knowledge-base", "severities", "communications", "escalation", "rotation")
_SHOWN = 4


def incident_option(function: F) -> F:
    """Add ``--incident``."""
    text = f"Which incident. Default: ${current.VARIABLE}, the one in the branch's name, or the only one that is open."
    return click.option("--incident", "named", metavar="ID", default="", help=text)(function)


def services_option(function: F) -> F:
    """Add ``--service``, which may be given again."""
    return click.option(
        "--service", "services", multiple=True, metavar="SLUG", help="What is hit; may be given again."
    )(function)


def at_option(function: F) -> F:
    """Add ``--at``, the time of the event."""
    return click.option("--at", "at", metavar="TIME", default="now", show_default=True, help=f"When: {GRAMMAR}.")(
        function
    )


def reason_option(function: F) -> F:
    """Add ``--reason``."""
    return click.option("--reason", default="", help="Why, in a sentence that a stranger understands.")(function)


def said(words: Sequence[str], ask: str) -> str:
    """Return the words of TEXT as one line. Raises click.BadParameter, which asks for them, where there are none."""
    text = " ".join(" ".join(words).split())
    if not text:
        raise click.BadParameter(ask, param_hint="TEXT")
    return text


class Desk(NamedTuple):
    """Where a command works: the knowledge base with nothing but its policies, and "now"."""

    root: Path
    house: Repository
    now: dt.datetime

    def when(self, text: str, option: str = "--at") -> dt.datetime:
        """Read a time as typed. Raises click.BadParameter."""
        try:
            return parse_when(text, self.now, self.house.zone)
        except ValueError as error:
            raise click.BadParameter(f"{error}.", param_hint=option) from error

    def clock(self, moment: dt.datetime) -> str:
        """Say an instant in the knowledge base's zone, with the day where it is another than today."""
        local, today = moment.astimezone(self.house.zone), self.now.astimezone(self.house.zone).date()
        day = "" if local.date() == today else f"{local:%Y-%m-%d} "
        return f"{day}{local:%H:%M:%S} {local.tzname()}"

    def team(self, slug: str, option: str) -> str:
        """Return ``slug``. Raises click.BadParameter where policy names teams, and not this one."""
        if self.house.knowledge_base.teams:
            _context.known([slug], self.house.knowledge_base.teams, option)
        return slug

    def services(self) -> Services:
        """Return the services of the knowledge base, which few commands ask for."""
        from incidentbook.entry import Entry  # noqa: PLC0415 - only a command that names a service needs the policy
        from incidentbook.records.policy.services import Services  # noqa: PLC0415 - likewise

        if (self.root / "policy/services.yml").is_file():
            self.house.add(Entry.of_file(self.root, "policy/services.yml"))
        return self.house.policy(Services)

    def known_services(self, slugs: Sequence[str]) -> None:
        """Refuse a service that policy does not name. Raises click.BadParameter."""
        if not slugs:
            return
        known = self.services().services
        if not known:
            raise click.BadParameter(
                "policy/services.yml names no service yet: add yours there.", param_hint="--service"
            )
        _context.known(slugs, known, "--service")

    def due(self, incident: Incident, *, names: bool = True) -> list[Due]:
        """Return what is due next; ``names`` says which team is on call for a role, which takes longer than all the rest."""
        policy = self.house.policy
        return due(
            incident,
            policy(Severities),
            policy(CommunicationsPolicy),
            policy(EscalationPolicy),
            (lambda role, at: _on_call.team(self.house, role, max(at, self.now))) if names else nobody,
            self.house.knowledge_base.default_disclosure,
        )


def desk(ctx: click.Context) -> Desk:
    """Return the desk of the knowledge base that the command works on."""
    root = _context.root_of(ctx)
    paths = [f"policy/{name}.yml" for name in _POLICIES if (root / "policy" / f"{name}.yml").is_file()]
    house = repository.lazily(root, paths)
    return Desk(root, house, house.now())


def chosen(place: Desk, named: str) -> current.Choice:
    """Return the incident that is meant."""
    return current.choose(place.root, named, os.environ.get(current.VARIABLE, ""))


def change(
    place: Desk,
    named: str | current.Choice,
    what: str,
    edit: Callable[[draft.Draft], list[str]],
    *,
    as_json: bool = False,
    names: bool = False,
    more: Mapping[str, object] | None = None,
) -> None:
    """Make one change to the incident that is meant, and tell what was written and what is due next.

    Args:
        place: where the command works.
        named: the incident that the command line names, or the one that was found by it.
        what: what is done, for whoever undoes it.
        edit: changes the draft and returns what to tell, a line each.
        as_json: tell it to a program.
        names: say which team is on call for what is due.
        more: what else a program is told; ``edit`` may fill it.

    """
    choice = chosen(place, named) if isinstance(named, str) else named
    with draft.changing(place.root, choice.path, what, commit=place.house.knowledge_base.commit) as record:
        lines = edit(record)
    tell(place, choice, record.incident, [*lines, *said_of(record.committed)], as_json=as_json, names=names, more=more)


def editing(
    place: Desk, paths: Sequence[str], what: str, *, dry_run: bool
) -> AbstractContextManager[tuple[draft.Draft, ...]]:
    """Hand out the files at ``paths`` to be changed together; with ``dry_run`` nothing of it is written."""
    if dry_run:
        return nullcontext(tuple(draft.read(place.root, path) for path in paths))
    return draft.changing_together(place.root, paths, what, commit=place.house.knowledge_base.commit)


def look(place: Desk, named: str) -> tuple[current.Choice, draft.Draft]:
    """Return the incident that is meant and its record, which nobody writes to. Raises UnreadableError."""
    choice = chosen(place, named)
    return choice, draft.read(place.root, choice.path)


def said_of(committed: Committed) -> list[str]:
    """Return the line that says in which commit something is; where there is none, a warning says why."""
    if committed.problem:
        click.echo(f"warning: written, but not committed: {committed.problem}", err=True)
    return [f"committed {committed.name}"] if committed.name else []


def tell(
    place: Desk,
    choice: current.Choice,
    incident: Incident,
    lines: list[str],
    *,
    as_json: bool,
    names: bool = False,
    more: Mapping[str, object] | None = None,
) -> None:
    """Print what was written and what is due next; ``names`` says which team is on call."""
    coming = place.due(incident, names=names)
    if as_json:
        _context.print_json(
            {
                "id": choice.id,
                "path": choice.path,
                "status": incident.status.value if incident.status else None,
                "severity": incident.severity.value if incident.severity else None,
                "wrote": lines,
                "due": [{"at": utc_text(item.at), "what": item.what, "late": item.late(place.now)} for item in coming],
            }
            | dict(more or {})
        )
        return
    click.secho(f"{choice.id} ({choice.because})", bold=True)
    for line in lines:
        click.echo(f"  {line}")
    shown = coming[:_SHOWN]
    if shown:
        click.secho("Due next", bold=True)
    for item in shown:
        apart = short(abs((item.at - place.now).total_seconds()))
        late = item.late(place.now)
        said = f"{apart} late" if late else f"in {apart}"
        click.secho(f"  {place.clock(item.at)}  {item.what} ({said})", fg="red" if late else None)
    if len(coming) > _SHOWN:
        click.echo(f"  and {len(coming) - _SHOWN} more")
