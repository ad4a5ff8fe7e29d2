"""Who may see what: the one place that narrows a knowledge base to what a reader of some level may see.

Everything published is made from a view. A view holds no documents, so nothing can leak by way of a file's text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, TypeVar

from incidentbook.records.incident import Incident, Links
from incidentbook.records.playbook import Playbook
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Entry, Repository
from incidentbook.source import Document

R = TypeVar("R")


def level_of_incident(repo: Repository, incident: Incident) -> Disclosure:
    """Return an incident's level: its own, else the knowledge base's default."""
    return incident.disclosure or repo.knowledge_base.default_disclosure


def level_of_postmortem(repo: Repository, postmortem: Postmortem) -> Disclosure:
    """Return a post-mortem's level: never wider than any incident that it covers.

    An incident that does not exist counts as restricted: nobody can say what it was.
    """
    levels = [postmortem.disclosure] if postmortem.disclosure else []
    for incident_id in postmortem.incidents:
        incident = repo.incident(incident_id)
        levels.append(level_of_incident(repo, incident) if incident else Disclosure.RESTRICTED)
    return max(levels, key=lambda level: level.rank, default=repo.knowledge_base.default_disclosure)


def level_of_playbook(repo: Repository, playbook: Playbook) -> Disclosure:
    """Return a playbook's level: its own, else the knowledge base's default."""
    return playbook.disclosure or repo.knowledge_base.default_disclosure


def view(repo: Repository, reader: Disclosure) -> Repository:
    """Return the knowledge base as a reader of level ``reader`` may see it.

    Records wider than the level stay; narrower entries, fields, links to hidden records and hidden records themselves go.
    """
    shown = [e for e in repo.incidents if e.record and reader.shows(level_of_incident(repo, e.record))]
    playbooks = [e for e in repo.playbooks if e.record and reader.shows(level_of_playbook(repo, e.record))]
    known = {e.record.id for e in shown if e.record} | {e.record.id for e in playbooks if e.record}
    incidents = [_bare(e, _incident(e.record, reader, known)) for e in shown if e.record]
    postmortems = [
        _bare(e, _narrow(e.record, reader))
        for e in repo.postmortems
        if e.record and e.record.incidents and reader.shows(level_of_postmortem(repo, e.record))
    ]
    return repo.with_records(incidents, postmortems, [_bare(e, e.record) for e in playbooks if e.record])


def _bare(entry: Entry[R], record: R) -> Entry[R]:
    return Entry(entry.path, entry.kind, Document(""), record)


def _incident(incident: Incident, reader: Disclosure, known: set[str]) -> Incident:
    result: Incident = incident
    for path, level in incident.field_disclosure.items():
        if not reader.shows(level):
            result = _without(result, path.split("."))
    result = _narrow(result, reader)
    links = Links(
        related=tuple(item for item in result.links.related if item in known),
        duplicate_of=result.links.duplicate_of if result.links.duplicate_of in known else "",
        merged_into=result.links.merged_into if result.links.merged_into in known else "",
        external=result.links.external,
    )
    provenance = result.provenance
    if provenance is not None and reader is Disclosure.PUBLIC:
        provenance = dataclasses.replace(provenance, original={})
    playbooks = tuple(item for item in result.playbooks if item in known)
    return dataclasses.replace(result, links=links, playbooks=playbooks, provenance=provenance, field_disclosure={})


def _narrow(record: R, reader: Disclosure) -> R:
    """Return ``record`` without the entries, at any depth, that ``reader`` may not see."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            kept = tuple(
                _narrow(item, reader) if dataclasses.is_dataclass(item) else item for item in value if _visible(item, reader)
            )
            if kept != value:
                changes[field.name] = kept
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            inner = _narrow(value, reader)
            if inner is not value:
                changes[field.name] = inner
    return dataclasses.replace(record, **changes) if changes else record  # type: ignore[type-var]


def _visible(item: object, reader: Disclosure) -> bool:
    if getattr(item, "private", False):
        return reader is Disclosure.RESTRICTED
    level = getattr(item, "disclosure", None)
    return not isinstance(level, Disclosure) or reader.shows(level)


def _without(record: Any, path: list[str]) -> Any:
    """Return ``record`` with the field at ``path`` set back to its default, or the key taken out of a mapping."""
    head, rest = path[0], path[1:]
    if isinstance(record, Mapping):
        kept = {key: value for key, value in record.items() if key != head or rest}
        if rest and head in kept:
            kept[head] = _without(kept[head], rest)
        return kept
    field = next((item for item in dataclasses.fields(record) if item.name.rstrip("_") == head), None)
    if field is None:
        return record
    if rest and (dataclasses.is_dataclass(value := getattr(record, field.name)) or isinstance(value, Mapping)):
        return dataclasses.replace(record, **{field.name: _without(value, rest)})
    return dataclasses.replace(record, **{field.name: _default(field)})


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
