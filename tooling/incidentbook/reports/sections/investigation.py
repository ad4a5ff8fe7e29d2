"""Why it happened: primary cause, contributing factors, 5 whys, hypotheses with their evidence, linked changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Bullets, Numbered, Section, fields, group, section

if TYPE_CHECKING:
    from incidentbook.records.entries import Change, Hypothesis
    from incidentbook.reports import ReportContext

ORDER = 40
TITLE = "Technical Investigation"


def build(context: ReportContext) -> Section | None:
    """Causes come from the post-mortem, the primary one and the hypotheses from the record."""
    found, postmortem = context.incident.investigation, context.postmortem
    nodes = postmortem.causes.nodes if postmortem else ()
    primary = found.primary_cause or next((node.text for node in nodes if node.primary), "")
    factors = tuple(node.text or context.factors.name(node.factor) for node in nodes if not node.primary)
    whys = tuple(f"{step.why} {step.because}" for step in postmortem.five_whys) if postmortem else ()
    return section(
        TITLE,
        fields(("Primary Cause", primary)),
        group("Contributing Factors", Numbered(factors)),
        group("Root Cause Analysis (5 Whys)", Numbered(whys)),
        group("Hypotheses", Bullets(tuple(_hypothesis(context, item) for item in found.hypotheses))),
        group("Linked changes", Bullets(tuple(_change(item) for item in context.incident.changes))),
    )


def _hypothesis(context: ReportContext, item: Hypothesis) -> str:
    evidence = {piece.id: piece.text for piece in context.incident.investigation.evidence}
    texts = [evidence.get(piece, piece) for piece in item.evidence]
    said = f" (evidence: {'; '.join(texts)})" if texts else ""
    return f"{item.status.capitalize()}: {item.text}{said}"


def _change(item: Change) -> str:
    cleared = "suspected, cleared" if item.caused is False else "suspected"
    role = "caused or contributed" if item.caused else cleared if item.suspected else "near in time"
    when = f"{item.at.written} " if item.at else ""
    return f"{when}{item.kind}: {item.text} ({role})"
