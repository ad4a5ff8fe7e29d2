"""Why it has the severity that it has: each criterion of policy that the record can answer, met or not, and the targets."""

from __future__ import annotations

from incidentbook import reports
from incidentbook.classification import Judged
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity
from incidentbook.report_model import Fields, Group
from incidentbook.reports.sections import severity as report
from incidentbook.site import markup
from incidentbook.site.links import Place


def part(made: reports.ReportContext, place: Place) -> str:
    """Return the severity with what policy says to it; nothing for a record that no process rule applies to."""
    found = report.build(made)
    if found is None:
        return ""
    blocks = [item for item in found.parts if isinstance(item, Fields)]
    pairs = [pair for item in blocks for pair in item.pairs if pair[0] != "Severity"]  # the card says it
    targets = [item for item in found.parts if isinstance(item, Group) and item.title != "Criteria"]
    facts = markup.facts((label, place.inline(value)) for label, value in pairs)
    told = [(item.title, "".join(markup.report_block(one, place.inline) for one in item.blocks)) for item in targets]
    return facts + markup.columns([_criteria(made), *told])


def _criteria(made: reports.ReportContext) -> tuple[str, str]:
    """Return a title and a list of what the matrix judged for the severity that it gives; the record's own may be another one."""
    verdict = made.verdict
    given = verdict.severity or Severity.UNCLASSIFIED
    label = made.repo.policy(Severities).label(given)
    ordered = sorted(verdict.criteria, key=lambda item: (not item.met, not item.deciding))
    return f"Criteria of {label}", markup.bullets(map(_criterion, ordered), "ib-criteria")


def _criterion(item: Judged) -> str:
    weight = "decides" if item.deciding else "supports"
    state = f"<b>Met</b>, {weight}" if item.met else "<i>Not met</i>"
    return f"{state}: {markup.said(item.name)}, {markup.said(item.text)}"
