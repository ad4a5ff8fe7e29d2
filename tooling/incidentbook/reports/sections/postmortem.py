"""What the post-mortem found: what went well, what could be improved, lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Bullets, Numbered, Section, fields, group, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 80


def build(context: ReportContext) -> Section | None:
    """State of the post-mortem, and the list items under its headings."""
    postmortem, notes = context.postmortem, context.notes
    if postmortem is None:
        return None
    others = [item for item in postmortem.incidents if item != context.incident.id]
    return section(
        "Post-Mortem Analysis",
        fields(
            ("Status", postmortem.status.replace("-", " ")),
            ("Scheduled", str(postmortem.scheduled) if postmortem.scheduled and not postmortem.held else None),
            ("Held", str(postmortem.held) if postmortem.held else None),
            ("Also covers", ", ".join(others)),
            ("Skipped because", postmortem.skip_reason),
        ),
        group("What Went Well", Bullets(notes.get("what went well", ()))),
        group("What Could Be Improved", Bullets(notes.get("what could be improved", ()))),
        group("Where We Got Lucky", Bullets(notes.get("where we got lucky", ()))),
        group("Lessons Learned", Numbered(notes.get("lessons learned", ()))),
    )
