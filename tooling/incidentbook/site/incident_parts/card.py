"""What stands at the head of the page: chips, the facts that everybody asks for, response times, the post-mortem."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import durations
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import short
from incidentbook.site import markup, parts, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_MOST_SERVICES = 8


def card(site: Site, place: Place, incident: Incident) -> str:
    """Return the card; a merged or doubled record leads on from here."""
    chips = [
        _severity(site, incident),
        parts.status(incident),
        *([parts.chip(incident.type.label)] if incident.type else []),
    ]
    marks = parts.marks(incident)
    lead = next((role for role in incident.roles if role.role == "incident-commander"), None)
    by, links = incident.detection.by, incident.links
    facts = markup.facts(
        (
            ("Started", markup.said(site.exactly(incident.milestone("started")))),
            ("Resolved", markup.said(site.exactly(incident.milestone("resolved")))),
            ("Duration", text.unbroken(site.duration(incident))),
            ("Services", markup.said(site.services(incident, _MOST_SERVICES))),
            ("Detected by", markup.said(wording.label(by)) if by != "unknown" else ""),
            ("Incident commander", markup.said(site.team(lead.holder)) if lead else ""),
            ("Duplicate of", place.incident(links.duplicate_of) if links.duplicate_of else ""),
            ("Merged into", place.incident(links.merged_into) if links.merged_into else ""),
            (
                "Playbook",
                ", ".join(_playbook(site, place, name) for name in incident.playbooks),
            ),
        )
    )
    line = " ".join([*chips, *([marks] if marks else [])])
    return f'<div class="ib-card"><p class="ib-chips">{line}</p>{facts}</div>'


def _playbook(site: Site, place: Place, name: str) -> str:
    titles = (entry.record.title for entry in site.repo.playbooks if entry.record and entry.record.id == name)
    return place.playbook(name, markup.said(next(titles, "") or name))


def _severity(site: Site, incident: Incident) -> str:
    """Return the chip of the severity, with the name that policy gives it."""
    severity = incident.severity
    name = site.repo.policy(Severities).level(severity).name if severity else ""
    return parts.chip(f"{severity.label} {name}".strip(), severity.value) if severity else parts.severity(None)


def times(site: Site, incident: Incident) -> str:
    """Return a figure for every TTx that the record gives; policy says which there are, and each names its milestones."""
    return markup.tiles(_measured(site, incident))


def _measured(site: Site, incident: Incident) -> Iterator[tuple[str, str, str]]:
    for key, definition, seconds in durations.measured(incident, site.repo.policy(MetricsPolicy)):
        ends = (incident.milestone(definition.from_), incident.milestone(definition.to))
        about = "about " if any(moment and moment.uncertain for moment in ends) else ""
        yield about + short(seconds), definition.name or key, f"{definition.from_} to {definition.to}"


def postmortem(site: Site, place: Place, incident: Incident) -> str:
    """Lead to the post-mortem, with its summary; or say why there is none."""
    item = site.repo.postmortem_of(incident.id)
    if item is None:
        return ""
    if item.status == "skipped":
        reason = place.inline(item.skip_reason) or "no reason given"
        return markup.paragraph(f"No post-mortem was held: {reason}", "ib-note")
    label = markup.said(item.title or "Post-mortem")
    summary = f"<br>{place.inline(item.summary)}" if item.summary else ""
    state = text.escape(item.status.replace("-", " "))
    content = f"Post-mortem, {state}: <strong>{place.postmortem(incident.id, label)}</strong>{summary}"
    return markup.paragraph(content, "ib-note ib-note--postmortem")
