"""What belongs to an incident: others, pages elsewhere, the playbooks that were used, and the one it turns out to be."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from incidentbook.errors import IncidentbookError
from incidentbook.records.vocabulary import Status
from incidentbook.response import moves
from incidentbook.response.current import Choice, find
from incidentbook.response.draft import Draft, read


def relate(draft: Draft, other: str) -> None:
    """Link another incident. Raises IncidentbookError where that is itself, or linked already."""
    if other == draft.incident.id:
        raise IncidentbookError(f"{other} is this incident itself")
    if other in draft.incident.links.related:
        raise IncidentbookError(f"{other} is linked already")
    draft.append(("links", "related"), other)


def external(draft: Draft, url: str, title: str) -> None:
    """Link a page elsewhere. Raises IncidentbookError where it is linked already, or is no page that a browser may open."""
    if not url.lower().startswith(("http://", "https://")):
        raise IncidentbookError(f"{url} is no page elsewhere", hint="A link begins with https:// or http://.")
    if any(link.url == url for link in draft.incident.links.external):
        raise IncidentbookError(f"{url} is linked already")
    draft.append(("links", "external"), {"title": title, "url": url})


def playbook(draft: Draft, name: str) -> None:
    """Say that a playbook was used. Raises IncidentbookError where the record says so already."""
    if name in draft.incident.playbooks:
        raise IncidentbookError(f"{name} is named already")
    draft.append(("playbooks",), name)


def refuse_merged(root: Path, target: Choice, duplicate: str) -> None:
    """Refuse a target that was merged itself, and name the incident that goes on in the end. Raises IncidentbookError."""
    end, passed = target, {target.id}
    while (into := read(root, end.path).incident.links.merged_into) and into not in passed:
        end = find(root, into)
        passed.add(end.id)
    if end.id == duplicate:
        raise IncidentbookError(f"{target.id} was itself merged into {duplicate}, which is the incident that is meant")
    if end.id != target.id:
        raise IncidentbookError(
            f"{target.id} was itself merged into {end.id}", hint=f"`inc merge-into {end.id} --incident {duplicate}`"
        )


def merge(duplicate: Draft, target: Draft, at: dt.datetime, now: dt.datetime, reason: str = "") -> None:
    """Say that ``duplicate`` is the same as ``target``, which goes on in its place; both say so.

    Done again after a half was lost, it says nothing twice.

    Raises:
        IncidentbookError: they are one record, or either cannot take it.

    """
    here, there = duplicate.incident, target.incident
    if there.status is Status.MERGED:
        raise IncidentbookError(f"{there.id} was itself merged into {there.links.merged_into}")
    if there.status is Status.CANCELLED:
        raise IncidentbookError(
            f"{there.id} was cancelled, so it cannot go on for another", hint="`inc reopen` opens it again."
        )
    moves.move(duplicate, Status.MERGED, at, now, reason)
    duplicate.set(("links", "merged_into"), there.id)
    if here.id not in there.links.related:
        relate(target, here.id)
        moves.log(target, f"{here.id} is the same incident and goes on here", at, now)
