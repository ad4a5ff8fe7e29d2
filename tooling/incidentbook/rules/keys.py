"""What other files may ask about a file: the ids that it holds, and what it adds to the impact on services.

These are all that is known of a file without reading it again, so that a check of one file leaves the others alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from incidentbook import disclosure, downtime, population
from incidentbook.downtime import Impact, Segment
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.records.build import build
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.rules import walk

KeyPath = walk.KeyPath
Held = tuple[str, KeyPath]  # a name, and where it stands


@frozen
class Keys:
    """The keys of one file.

    Attributes:
        ids: of the incident or the playbook that it is; mostly one.
        covers: the incidents that it is the post-mortem of.
        actions: ids of its action items.
        level: of the incident that it is; empty for other files.
        readable: whether its data could be read.
        impact: what it adds to the impact on services, its last second open (None) where nothing says when it ended.

    """

    ids: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    actions: tuple[Held, ...] = ()
    level: str = ""
    readable: bool = True
    impact: tuple[tuple[str, str | None, float, tuple[str, ...]], ...] = ()

    def to_plain(self) -> list[Any]:
        """Return it as lists, texts and numbers, for a file that `from_plain` reads."""
        return [self.ids, self.covers, self.actions, self.level, self.readable, self.impact]

    @classmethod
    def from_plain(cls, plain: Any) -> Keys:
        """Return the keys that `to_plain` wrote."""
        ids, covers, actions, level, readable, impact = plain
        return cls(_tuple(ids), _tuple(covers), _tuple(actions), level, readable, _tuple(impact))

    def asked(self, entry_path: str) -> Iterator[str]:
        """Yield the questions whose answers depend on this file."""
        kind = entry_path.split("/", 1)[0].removesuffix("s")
        yield from (f"{kind} {name}" for name in self.ids)
        yield from (f"postmortem {name}" for name in self.covers)
        yield from (f"action {name}" for name, _ in self.actions)
        yield f"unreadable {stem(entry_path)}"


def _tuple(value: Any) -> Any:
    """Return JSON's lists as the tuples that they were."""
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def of(entry: Entry[Any], house: Repository) -> Keys:
    """Return the keys of a file; ``house`` holds the policies."""
    value = entry.document.value
    if not isinstance(value, dict):
        return Keys(readable=False)
    if entry.path.startswith("postmortems/"):
        covers = tuple(name for _, name in walk.texts(value, "incidents.*"))
        return Keys(covers=covers, actions=tuple((name, path) for path, name in walk.texts(value, "action_items.*.id")))
    if entry.path.startswith("policy/"):
        return Keys()
    ids = tuple(name for _, name in walk.texts(value, "id"))
    incident = build(Incident, {key: value[key] for key in _ASKED if key in value})
    if entry.kind != "incident" or incident is None:
        return Keys(ids=ids)
    return Keys(ids=ids, level=disclosure.level_of_incident(house, incident), impact=tuple(_impact(incident, house)))


# What an incident's keys are made of: the whole record would take five times as long.
_ASKED = (
    "id", "status", "disclosure", "services", "milestones", "transitions", "impact", "exercise", "near_miss", "provenance",
)  # fmt: skip


def _impact(incident: Incident, house: Repository) -> Iterator[tuple[str, str | None, float, tuple[str, ...]]]:
    policy = house.policy(MetricsPolicy)
    if not incident.id or population.exclusion(incident, policy) is not None:
        return
    for part in downtime.segments([incident], policy, _NEVER):
        end = None if part.end == _NEVER else part.end.isoformat()
        yield part.start.isoformat(), end, part.weight, tuple(sorted(part.services))


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def stem(path: str) -> str:
    """Return a file's name without its folders and its ending."""
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


@dataclass(slots=True)
class Index:
    """Who holds which key, as paths. Of a list, the first is the file named after the id, where there is such a file."""

    incidents: dict[str, list[str]] = field(default_factory=dict)
    playbooks: dict[str, list[str]] = field(default_factory=dict)
    postmortems: dict[str, list[str]] = field(default_factory=dict)
    actions: dict[str, list[tuple[str, KeyPath]]] = field(default_factory=dict)
    levels: dict[str, Disclosure] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    impact: Impact = field(default_factory=lambda: Impact([]))


def index(files: Iterable[tuple[str, Keys]]) -> Index:
    """Index the keys of ``files`` (path and keys), given in the order of their paths within a kind."""
    made = Index()
    segments: list[Segment] = []
    for path, keys in files:
        if not keys.readable:
            made.unreadable.add(stem(path))
        holders = made.playbooks if path.startswith("playbooks/") else made.incidents
        for name in keys.ids:
            known = holders.setdefault(name, [])
            known.insert(0 if is_named(path, name) else len(known), path)
            if keys.level:
                made.levels[name] = max(made.levels.get(name, Disclosure.PUBLIC), Disclosure(keys.level), key=_rank)
        segments += _segments(path, keys)
        for name in keys.covers:
            made.postmortems.setdefault(name, []).append(path)
        for name, at in keys.actions:
            made.actions.setdefault(name, []).append((path, at))
    made.impact = Impact(segments)
    return made


def _segments(incident: str, keys: Keys) -> Iterator[Segment]:
    for start, end, weight, services in keys.impact:
        until = dt.datetime.fromisoformat(end) if end else _NEVER
        yield Segment(dt.datetime.fromisoformat(start), until, weight, frozenset(services), incident)


def _rank(level: Disclosure) -> int:
    return level.rank


def is_named(path: str, record_id: str) -> bool:
    """Whether the file at ``path`` is named after ``record_id``, as it has to be."""
    bare = path.rsplit(".", 1)[0]
    return (
        bare.split("/", 1)[-1] == record_id if path.startswith("playbooks/") else bare.rsplit("/", 1)[-1] == record_id
    )
