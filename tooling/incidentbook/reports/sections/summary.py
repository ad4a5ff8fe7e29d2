"""The incident in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Paragraph, Section, fields, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 10


def build(context: ReportContext) -> Section | None:
    """Title, impact, systems, root cause, resolution."""
    incident, postmortem = context.incident, context.postmortem
    systems = incident.systems or tuple(context.services.name(slug) for slug in incident.services)
    return section(
        "Incident Summary",
        fields(
            ("Title", incident.title),
            ("Impact", incident.impact.summary),
            ("Affected Systems", ", ".join(systems)),
            ("Root Cause", postmortem.root_cause if postmortem else None),
            ("Resolution", incident.resolution),
        ),
        Paragraph(" ".join(incident.summary.split())),
    )
