"""Who was told what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Log, Section, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 60
_SAID = {
    "responders": "Internal alert",
    "executives": "Stakeholder notification",
    "support": "Support notification",
    "customers": "Customer notification",
    "public": "Status page update",
    "regulator": "Regulator notification",
}


def build(context: ReportContext) -> Section | None:
    """The communication log."""
    rows = sorted(((item.at, item) for item in context.incident.communications if item.at), key=lambda row: row[0].at)
    said = [(context.moment(at), f"{_SAID.get(item.audience, item.audience)}: {item.text}") for at, item in rows]
    return section("Communication Log", Log(tuple(said)))
