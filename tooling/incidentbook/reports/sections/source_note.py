"""Where an imported record came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Section, fields, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 140


def build(context: ReportContext) -> Section | None:
    """Source, page, id there, address, and when it was last seen."""
    origin = context.incident.provenance
    if origin is None:
        return None
    return section(
        "Source",
        fields(
            ("Imported from", origin.source),
            ("Page", origin.page),
            ("ID there", origin.id),
            ("Address", origin.url),
            ("Last seen", origin.last_seen.written if origin.last_seen else None),
        ),
    )
