"""Links to teams, services and factors under their names; only the name where a view has no page for it."""

from __future__ import annotations

from incidentbook.records.policy.services import Services
from incidentbook.site import text
from incidentbook.site.context import Site
from incidentbook.site.links import Place


def team(site: Site, place: Place, slug: str) -> str:
    """Return the link to a team; empty for none."""
    return place.team(slug, text.escape(site.team(slug))) if slug else ""


def service(site: Site, place: Place, slug: str) -> str:
    """Return the link to a service."""
    return place.service(slug, text.escape(site.repo.policy(Services).name(slug)))


def factor(site: Site, place: Place, slug: str) -> str:
    """Return the link to a contributing factor."""
    return place.factor(slug, text.escape(site.factor(slug)))
