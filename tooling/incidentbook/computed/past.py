"""The computed part that other records have a say in: past incidents that resemble this one, and what was at work in them."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.computed.case import Case
from incidentbook.markdown import escape
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.similar import alike


def similar(case: Case, incident: Incident) -> Iterator[str]:
    """Name the closest three with the factors of their post-mortems, and what they have in common."""
    known = case.house.policy(Factors)
    for one in alike(case.house, incident):
        yield f"- **{one.incident.id}:** {escape(one.incident.title)}"
        names = [known.name(slug) for slug in one.lessons]
        for label, values in (("Factors", names), ("Both touch", one.services), ("Both speak of", one.terms)):
            if values:
                yield f"    - {label}: {escape(', '.join(values))}"
