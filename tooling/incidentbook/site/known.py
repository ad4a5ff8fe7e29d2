"""Services, factors and teams that a view speaks of: those of policy first, then those that only records name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.services import Services
from incidentbook.repository import Repository

_TWICE = 2  # a service that policy does not know has a page once it was hit again: imports name hundreds once


def services(repo: Repository) -> list[str]:
    """Return the services that have a page."""
    policy = list(repo.policy(Services).services)
    hit = Counter(slug for entry in repo.incidents if entry.record for slug in set(entry.record.services))
    return _unique([*policy, *sorted(slug for slug, count in hit.items() if count >= _TWICE)])


def factors(repo: Repository) -> list[str]:
    """Return the contributing factors that have a page."""
    told = (
        slug
        for entry in repo.postmortems
        if entry.record
        for slug in (
            *(node.factor for node in entry.record.causes.nodes),
            *(factor for item in entry.record.action_items for factor in item.factors),
        )
    )
    return _unique([*repo.policy(Factors).factors, *sorted(set(told))])


def teams(repo: Repository) -> list[str]:
    """Return the teams that have a page: those of policy, and whoever owns a service, a playbook or an action item."""
    owners = [service.team for service in repo.policy(Services).services.values()]
    owners += [entry.record.owner for entry in repo.playbooks if entry.record]
    owners += [item.owner for _, _, item in repo.action_items()]
    return _unique([*repo.knowledge_base.teams, *sorted(set(owners))])


def _unique(slugs: Iterable[str]) -> list[str]:
    return [slug for slug in dict.fromkeys(slugs) if slug.strip()]
