"""``inc link``: what else belongs to this incident."""

from __future__ import annotations

import difflib
import re

import click

from incidentbook import files
from incidentbook.cli import _context, _respond
from incidentbook.errors import NotFoundError
from incidentbook.response import current, links
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  inc link INC-2024-014                         something in common
  inc link https://vendor.example/advisories/12 --title "Vendor's advisory"
  inc link availability/database-failover       the playbook that was used
"""
_INCIDENT = re.compile(r"INC-[0-9]", re.IGNORECASE)
_URL = re.compile(r"[a-z][a-z0-9+.-]*:[^ \n]+\Z")


@click.command(epilog=EPILOG)
@click.argument("target", metavar="INC-…|URL|PLAYBOOK")
@click.option("--title", default="", help="What the reader will find at a URL.")
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, target: str, title: str, named: str, *, as_json: bool) -> None:
    """Link an incident, a page elsewhere, or the playbook that was used."""
    place = _respond.desk(ctx)
    said = " ".join(title.split())
    is_page = bool(_URL.match(target))
    if is_page and not said:
        raise click.BadParameter("Say what the reader will find there.", param_hint="--title")
    if said and not is_page:
        raise click.BadParameter("Only a page elsewhere is given a title.", param_hint="--title")
    if is_page:
        name = target
    elif _INCIDENT.match(target):
        name = current.find(place.root, target).id
    else:
        name = _playbook(place, target)

    def edit(record: Draft) -> list[str]:
        if is_page:
            links.external(record, name, said)
            return [f"links {said}: {name}"]
        if _INCIDENT.match(target):
            links.relate(record, name)
            return [f"links {name}"]
        links.playbook(record, name)
        return [f"used the playbook {name}"]

    _respond.change(place, named, f"inc link {name}", edit, as_json=as_json)


def _playbook(place: _respond.Desk, said: str) -> str:
    """Return the id of the playbook that is meant. Raises NotFoundError."""
    name = said.removeprefix("playbooks/").removesuffix(".md")
    known = [
        path.removeprefix("playbooks/").removesuffix(".md") for path in files.listing(place.root, ["playbooks"])[0]
    ]
    if name in known:
        return name
    close = difflib.get_close_matches(name, known, 1)
    hint = f"Did you mean {close[0]}?" if close else "Give an incident's id, a full address, or TYPE/PLAYBOOK."
    raise NotFoundError(f"There is no playbook {name}", hint=hint)
