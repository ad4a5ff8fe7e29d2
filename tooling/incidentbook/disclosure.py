"""Who may see what: the one place that narrows a knowledge base to what a reader of some level may see.

Everything published is made from a view. The records of a view have no documents, so nothing can leak by way of a file's text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from incidentbook import schema
from incidentbook.document import Document
from incidentbook.entry import Entry
from incidentbook.records.build import changed
from incidentbook.records.incident import Incident, Links, Remediation
from incidentbook.records.playbook import Playbook
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

R = TypeVar("R")
_ALL: Any = object()


def level_of_incident(repo: Repository, incident: Incident) -> Disclosure:
    """Return an incident's level: its own, else the knowledge base's default."""
    return incident.disclosure or repo.knowledge_base.default_disclosure


def level_of_postmortem(repo: Repository, postmortem: Postmortem) -> Disclosure:
    """Return a post-mortem's level: never wider than any incident that it covers."""
    covered = [
        [level_of_incident(repo, incident) for incident in repo.incidents_named(incident_id)]
        for incident_id in postmortem.incidents
    ]
    return narrowest(repo, postmortem, [narrowest_of(levels) for levels in covered])


def narrowest(house: Repository, postmortem: Postmortem, covered: Sequence[Disclosure | None]) -> Disclosure:
    """Return the level of a post-mortem, given those of the incidents that it covers.

    An incident that does not exist (None) counts as restricted: nobody can say what it was.
    """
    levels = [postmortem.disclosure] if postmortem.disclosure else []
    levels += [level or Disclosure.RESTRICTED for level in covered]
    return narrowest_of(levels) or house.knowledge_base.default_disclosure


def narrowest_of(levels: Iterable[Disclosure]) -> Disclosure | None:
    """Return the narrowest of ``levels``; None where there are none."""
    return max(levels, key=lambda level: level.rank, default=None)


def level_of_playbook(repo: Repository, playbook: Playbook) -> Disclosure:
    """Return a playbook's level: its own, else the knowledge base's default."""
    return playbook.disclosure or repo.knowledge_base.default_disclosure


def view(repo: Repository, reader: Disclosure) -> Repository:
    """Return the knowledge base as a reader of level ``reader`` may see it.

    Records wider than the level stay; narrower entries, fields, links to hidden records and hidden records themselves go. A
    record of which a field should be hidden that nobody can find is hidden itself, and so is one whose text readers of YAML may
    take in two ways (a key given twice) or that has a key nobody knows: the level that it was meant to have may be the one that
    was not read.
    """
    narrowed = [
        (e, e.record if _uniform(e) else _fields(e.record, reader))
        for e in repo.incidents
        if e.record and _plain(e, reader) and reader.shows(level_of_incident(repo, e.record))
    ]
    whole = [(e, record) for e, record in narrowed if record is not None]
    ids = {record.id for _, record in whole}
    told = [
        (e, e.record if _uniform(e) else _narrow(e.record, reader))
        for e in repo.postmortems
        if e.record
        and _plain(e, reader)
        and e.record.incidents
        and ids.issuperset(e.record.incidents)
        and reader.shows(level_of_postmortem(repo, e.record))
    ]
    playbooks = [
        _bare(e, e.record)
        for e in repo.playbooks
        if e.record and _plain(e, reader) and reader.shows(level_of_playbook(repo, e.record))
    ]
    known = ids | {e.record.id for e in playbooks if e.record}
    known |= {item.id for _, record in told for item in record.action_items}
    incidents = [_bare(e, _linked(record, known, reader)) for e, record in whole]
    evidence = {e.record.id: {item.id for item in e.record.investigation.evidence} for e in incidents if e.record}
    shown = repo.with_records(incidents, [_bare(e, _proved(record, evidence, reader)) for e, record in told], playbooks)
    shown.until = repo.until
    shown.policies = _policies(shown, reader)
    return shown


def _policies(shown: Repository, reader: Disclosure) -> dict[str, Entry[Any]]:
    """Return the policies without how services hang together and whose they are, for readers who learn no more than names.

    Policy files have no level of their own, so the rest of them has that of a record that names none.
    """
    entry = shown.policies.get("services")
    if entry is None or entry.record is None or reader.shows(shown.knowledge_base.default_disclosure):
        return shown.policies
    named = {
        slug: dataclasses.replace(service, description="", depends_on=(), team="")
        for slug, service in entry.record.services.items()
    }
    return {
        **shown.policies,
        "services": entry.saying(dataclasses.replace(entry.record, services=named), entry.content),
    }


def doubtful(entry: Entry[Any]) -> bool:
    """Whether nobody can be sure what level a file's parts were meant to have: see `schema.doubtful`."""
    if entry.known is not None:
        return bool(entry.known()["doubtful"])
    return schema.doubtful(entry.kind, entry.document)


def _uniform(entry: Entry[Any]) -> bool:
    """Whether it is known that nothing within a file says who may see it, so that all of it has the file's own level."""
    return entry.known is not None and not entry.known()["mixed"]


def _plain(entry: Entry[Any], reader: Disclosure) -> bool:
    """Whether a file may be taken at its word, as far as ``reader`` has to care: who may see everything sees that too."""
    return reader is Disclosure.RESTRICTED or not doubtful(entry)


def _bare(entry: Entry[R], record: R) -> Entry[R]:
    bare = Entry(entry.path, entry.kind, Document(""), record)
    bare.content = entry.content
    return bare


def _fields(incident: Incident, reader: Disclosure) -> Incident | None:
    """Return an incident without the fields and entries that ``reader`` may not see; None where a field is not to be found."""
    result: Any = incident
    for path, level in incident.field_disclosure.items():
        if not reader.shows(level):
            result = _without(result, path.split("."))
        if result is _ALL:
            return None
    narrowed: Incident = _narrow(result, reader)
    return narrowed


def _linked(incident: Incident, known: set[str], reader: Disclosure) -> Incident:
    """Return an incident that names no record, action item or piece of evidence but those in the view."""
    links, provenance, found = incident.links, incident.provenance, incident.investigation
    evidence = {item.id for item in found.evidence}
    hypotheses = tuple(
        dataclasses.replace(item, evidence=tuple(name for name in item.evidence if name in evidence))
        for item in found.hypotheses
    )
    steps = {
        field.name: tuple(
            step if step.action in known else dataclasses.replace(step, action="")
            for step in getattr(incident.remediation, field.name)
        )
        for field in dataclasses.fields(Remediation)
    }
    if provenance is not None and reader is Disclosure.PUBLIC:
        provenance = dataclasses.replace(provenance, original={})
    shown = {
        "investigation": dataclasses.replace(found, hypotheses=hypotheses),
        "remediation": Remediation(**steps),
        "links": Links(
            related=tuple(item for item in links.related if item in known),
            duplicate_of=links.duplicate_of if links.duplicate_of in known else "",
            merged_into=links.merged_into if links.merged_into in known else "",
            external=links.external,
        ),
        "playbooks": tuple(item for item in incident.playbooks if item in known),
        "provenance": provenance,
        "field_disclosure": {},
    }
    return changed(incident, **shown)


def _proved(postmortem: Postmortem, evidence: Mapping[str, set[str]], reader: Disclosure) -> Postmortem:
    """Return a post-mortem whose causes name only evidence that the view shows.

    Nor do items of the public view name their issues: the name of a repository that is not public may say something.
    """
    shown = {name for incident_id in postmortem.incidents for name in evidence.get(incident_id, ())}
    nodes = tuple(
        dataclasses.replace(node, evidence=tuple(name for name in node.evidence if name in shown))
        for node in postmortem.causes.nodes
    )
    items = postmortem.action_items
    if reader is Disclosure.PUBLIC:
        items = tuple(dataclasses.replace(item, issue="") for item in items)
    causes = dataclasses.replace(postmortem.causes, nodes=nodes)
    return changed(postmortem, causes=causes, action_items=items)


def _narrow(record: R, reader: Disclosure) -> R:
    """Return ``record`` without the entries, at any depth, that ``reader`` may not see."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, tuple):
            kept = tuple(
                _narrow(item, reader) if dataclasses.is_dataclass(item) else item
                for item in value
                if _visible(item, reader)
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


def _without(value: Any, path: Sequence[str]) -> Any:
    """Return ``value`` without what stands at ``path``: a field set back to its default, a key taken out of a mapping.

    Where the path leads into something that has no such part (a list, a misspelt field), the smallest whole that holds it goes:
    `_ALL` says that this is ``value`` itself.
    """
    if not path:
        return _ALL
    head, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        inner = _without(value[head], rest) if head in value else _ALL
        return {key: item for key, item in value.items() if key != head} | ({} if inner is _ALL else {head: inner})
    if value is None or not dataclasses.is_dataclass(value) or isinstance(value, type):
        return None if value is None else _ALL
    field = next((item for item in dataclasses.fields(value) if item.name.rstrip("_") == head), None)
    if field is None:
        return value if head.startswith("x-") else _ALL  # a record holds no x- keys
    inner = _without(getattr(value, field.name), rest)
    if inner is _ALL:
        inner = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    return _ALL if inner is dataclasses.MISSING else dataclasses.replace(value, **{field.name: inner})
