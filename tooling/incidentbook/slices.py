"""Dimensions by which incidents are told apart: severity, type, service, contributing factor, team."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.services import Services
from incidentbook.records.vocabulary import IncidentType, Severity
from incidentbook.repository import Repository

NONE = "(none)"  # the label of incidents that say nothing about a dimension
DIMENSIONS = ("severity", "type", "service", "factor", "team")
_OWNERS = {"service": "", "factor": "", "team": "team "}


@frozen
class Slice:
    """The incidents of a set that have one label; one that has several is in several slices."""

    label: str
    name: str
    incidents: tuple[Incident, ...]


@frozen
class Subset:
    """The incidents that have one of some labels along each of some dimensions: SEV-1 incidents of two services.

    Attributes:
        labels: the labels by dimension (a name in `DIMENSIONS`); without any, all incidents.

    """

    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def of(self, dimension: str) -> tuple[str, ...]:
        """Return the labels along a dimension; none where it does not matter."""
        return dict(self.labels).get(dimension, ())

    def holds(self, repo: Repository, incident: Incident) -> bool:
        """Whether an incident is one of them."""
        return all(not set(found).isdisjoint(labels(repo, incident, dimension)) for dimension, found in self.labels)

    def name(self, repo: Repository) -> str:
        """Return what they are, for people: ``SEV-1 security incidents of Public API``; ``all incidents``."""
        said = {
            dimension: " and ".join(_name(repo, dimension, label) for label in found)
            for dimension, found in self.labels
        }
        kinds = [
            said[dimension] if dimension == "severity" else said[dimension].lower()
            for dimension in ("severity", "type")
            if dimension in said
        ]
        owners = [f"{lead}{said[dimension]}" for dimension, lead in _OWNERS.items() if dimension in said]
        return " ".join([*(kinds or ([] if owners else ["all"])), "incidents", *(f"of {owner}" for owner in owners)])


EVERYTHING = Subset()


def slices(repo: Repository, incidents: Iterable[Incident], dimension: str) -> list[Slice]:
    """Return the slices of ``incidents`` along a dimension, the largest first; severities from the worst on.

    Raises KeyError for a dimension that there is not.
    """
    found: dict[str, list[Incident]] = {}
    for incident in incidents:
        for label in labels(repo, incident, dimension):
            found.setdefault(label, []).append(incident)
    order = sorted(
        found, key=lambda label: (label == NONE, label if dimension == "severity" else -len(found[label]), label)
    )
    return [Slice(label, _name(repo, dimension, label), tuple(found[label])) for label in order]


def labels(repo: Repository, incident: Incident, dimension: str) -> list[str]:
    """Return the labels of an incident along a dimension; `NONE` where its record says nothing. Raises KeyError likewise."""
    return _LABELS[dimension](repo, incident) or [NONE]


def nobody(dimension: str) -> str:
    """Say that there is no slice, since no incident was there to be told apart."""
    return f"No incident of that time has a {dimension}."


def overlap(dimension: str) -> bool:
    """Whether an incident may be in several slices of a dimension, so that they do not add up to the whole."""
    return dimension in ("service", "factor", "team")


def _severity(repo: Repository, incident: Incident) -> list[str]:
    del repo
    return [incident.severity.value] if incident.severity else []


def _type(repo: Repository, incident: Incident) -> list[str]:
    del repo
    return [incident.type.value] if incident.type else []


def _service(repo: Repository, incident: Incident) -> list[str]:
    del repo
    return list(dict.fromkeys(incident.services))


def _factor(repo: Repository, incident: Incident) -> list[str]:
    """Return the contributing factors that the incident's post-mortem found."""
    postmortem = repo.postmortem_of(incident.id)
    nodes = postmortem.causes.nodes if postmortem else ()
    return list(dict.fromkeys(node.factor for node in nodes if node.factor))


def _team(repo: Repository, incident: Incident) -> list[str]:
    """Return the teams that own what was hit; where no service says, the teams that held a role."""
    services = repo.policy(Services).services
    owners = [services[slug].team for slug in incident.services if slug in services and services[slug].team]
    return list(dict.fromkeys(owners or [role.holder for role in incident.roles if role.holder]))


_LABELS: dict[str, Callable[[Repository, Incident], list[str]]] = {
    "severity": _severity,
    "type": _type,
    "service": _service,
    "factor": _factor,
    "team": _team,
}


def _name(repo: Repository, dimension: str, label: str) -> str:
    if label == NONE:
        return "none named"
    match dimension:
        case "severity":
            return Severity(label).label
        case "service":
            return repo.policy(Services).name(label)
        case "team":
            return repo.knowledge_base.team_name(label)
        case "factor":
            return repo.policy(Factors).name(label)
        case _:
            return IncidentType(label).label
