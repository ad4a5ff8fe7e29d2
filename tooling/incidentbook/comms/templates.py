"""Templates of messages: the knowledge base's own before those that ship, rendered in a sandbox."""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from incidentbook.comms.audience import LEVELS
from incidentbook.comms.message import PHASES
from incidentbook.errors import IncidentbookError, NotFoundError
from incidentbook.records.incident import Incident
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.repository import Repository

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "policy/templates"
SHIPPED = Path(__file__).parent / "templates"
_LATEST = 3  # entries of the timeline


class TemplateError(IncidentbookError):
    """A template cannot be read, or asks for what there is not."""


class Place(NamedTuple):
    """Which file serves an audience and a phase.

    Attributes:
        own: whether it is the knowledge base's own.

    """

    audience: str
    phase: str
    name: str
    own: bool


def places(root: Path) -> Iterator[Place]:
    """Yield the template of every audience and phase, in the order of the schema."""
    for audience in LEVELS:
        for phase in PHASES:
            name = f"{audience}/{phase}.j2"
            own = (root / FOLDER / name).is_file()
            if own or (SHIPPED / name).is_file():
                yield Place(audience, phase, name, own)


def told(house: Repository, incident: Incident, at: dt.datetime, next_update: dt.datetime | None) -> dict[str, Any]:
    """Return what a template may use: plain text, of nothing but what the audience may know.

    Args:
        house: whose policies name severities and services.
        incident: as the audience may know it.
        at: when the message is sent.
        next_update: by when the next one is promised.

    """
    zone, services = house.zone, house.policy(Services)

    def clock(moment: dt.datetime | None) -> str:
        local = moment.astimezone(zone) if moment else None
        if local is None:
            return ""
        day = "" if local.date() == at.astimezone(zone).date() else f" on {local.day} {local:%B %Y}"
        return f"{local:%H:%M} {local.tzname()}{day}"

    resolved = incident.milestone("resolved")
    return {
        "id": incident.id,
        "title": incident.title,
        "severity": house.policy(Severities).label(incident.severity),
        "type": incident.type.label.lower() if incident.type else "",
        "status": str(incident.status or ""),
        "services": [services.name(slug) for slug in incident.services],
        "impact": incident.impact.summary,
        "summary": incident.summary,
        "resolution": incident.resolution,
        "started": clock(incident.started),
        "resolved": clock(resolved.at if resolved else None),
        "latest": [entry.text for entry in incident.timeline[-_LATEST:]],
        "roles": {role.role: house.knowledge_base.team_name(role.holder) for role in incident.roles if role.to is None},
        "now": clock(at),
        "next_update": clock(next_update),
        "organisation": house.knowledge_base.organisation,
    }


def render(root: Path, audience: str, phase: str, values: dict[str, Any]) -> tuple[str, str]:
    """Return the subject (the template's first line) and the body.

    Raises:
        NotFoundError: nothing serves that audience and phase.
        TemplateError: the template cannot be read, leaves its sandbox, or asks for what there is not.

    """
    import jinja2  # noqa: PLC0415 - only a draft needs it

    name = f"{audience}/{phase}.j2"
    try:
        text = _environment(root).get_template(name).render(values)
    except jinja2.TemplateNotFound as error:
        raise NotFoundError(
            f"There is no template {error.name or name}", hint="`inc comms templates` lists those that there are."
        ) from error
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(
            f"{_shown(root, error.name or name)}:{error.lineno}: {error.message}",
            hint="Mend that line of the template.",
        ) from error
    except (
        jinja2.TemplateError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
        MemoryError,
    ) as error:
        line = next(
            (
                f":{frame.lineno}"
                for frame in reversed(traceback.extract_tb(error.__traceback__))
                if frame.filename.endswith(".j2")
            ),
            "",
        )
        raise TemplateError(
            f"{_shown(root, name)}{line}: {error}", hint=f"A template may use: {', '.join(sorted(values))}."
        ) from error
    lines = [line.rstrip() for line in text.strip().splitlines()]
    if not lines:
        raise TemplateError(
            f"{_shown(root, name)} gives no text", hint="Its first line is the subject, the rest the message."
        )
    return lines[0], re.sub(r"\n{3,}", "\n\n", "\n".join(lines[1:])).strip() or lines[0]


def _environment(root: Path) -> Environment:
    from jinja2 import StrictUndefined  # noqa: PLC0415 - as above

    from incidentbook.comms import sandbox  # noqa: PLC0415 - it is made of Jinja2's

    made = sandbox.Sandbox(
        loader=sandbox.Inside([root / FOLDER, SHIPPED]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    made.filters["listed"] = _listed
    return made


def _listed(names: list[str]) -> str:
    """Join names as a sentence does: `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _shown(root: Path, name: str) -> str:
    return (
        f"{FOLDER}/{name}" if (root / FOLDER / name).is_file() else f"the template {name} that ships with incidentbook"
    )
