"""What was and will be done, in three horizons; a step that became an action item leads to it, and has its status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from incidentbook.records.entries import Remedy
from incidentbook.records.incident import Incident
from incidentbook.site import markup, parts, promises, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_OVER, _OPEN = ("done", "verified"), ("in-progress", "not-started", "scheduled")


def part(site: Site, incident: Incident, place: Place) -> str:
    """Return the steps, then the action items of the post-mortem: who promised what, by when, and how it stands."""
    status = site.shared.action_status
    steps = incident.remediation
    horizons = (
        ("During the incident", steps.immediate), ("Within 24 hours", steps.short_term), ("Within 30 days", steps.long_term),
    )  # fmt: skip
    pieces = [markup.columns((title, markup.bullets(_lines(found, place, status))) for title, found in horizons)]
    postmortem = site.repo.postmortem_of(incident.id)
    if postmortem and postmortem.action_items:
        items = (_promise(site, place, one) for one in promises.of(site, postmortem))
        pieces.append(markup.heading("Action items") + markup.bullets(items))
    return "".join(pieces)


def _promise(site: Site, place: Place, promise: promises.Promise) -> str:
    item = promise.item
    owner = markup.said(site.team(item.owner))
    said = " ".join(one for one in (place.action(item.id), place.inline(item.title), promises.state(promise)) if one)
    more = ", ".join(one for one in (owner, promises.due(site, promise)) if one)
    return f"{said}<br><small>{more}</small>" if more else said


def _lines(found: Iterable[Remedy], place: Place, status: Mapping[str, str]) -> Iterable[str]:
    for step in found:
        state = status.get(step.action, step.status)
        kind = "over" if state in _OVER else "open" if state in _OPEN else "void"
        chip = f" {parts.chip(wording.label(state), kind)}" if state else ""
        item = f" {place.action(step.action)}" if step.action else ""
        yield f"{place.inline(step.text)}{chip}{item}"
