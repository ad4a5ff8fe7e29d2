"""Who may read each text of a file: the level of its record, narrowed by the entry and the field that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from incidentbook import disclosure
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Disclosure
from incidentbook.rules import KeyPath, passages
from incidentbook.rules.context import Context
from incidentbook.rules.passages import Passage

_BY_WORD = {level.value: level for level in Disclosure}


def of_file(context: Context, entry: Entry[Any]) -> Disclosure:
    """Return the level of a record, a post-mortem or a playbook."""
    record: Any = entry.record
    match record:
        case Incident() as incident:
            return disclosure.level_of_incident(context.house, incident)
        case Postmortem() as postmortem:
            return disclosure.narrowest(
                context.house, postmortem, [context.level(name) for name in postmortem.incidents]
            )
        case _:
            return disclosure.level_of_playbook(context.house, record)


def texts(context: Context, entry: Entry[Any]) -> Iterator[tuple[Passage, Disclosure]]:
    """Yield every text of a file with its level."""
    level, value = of_file(context, entry), entry.document.value
    fields = value.get("field_disclosure")
    narrow = {
        tuple(path.split(".")): _level(word) for path, word in (fields.items() if isinstance(fields, Mapping) else ())
    }
    for passage in passages.every(entry):
        found = [level, *_around(value, passage.path)]
        found += [at for path, at in narrow.items() if at is not None and passage.path[: len(path)] == path]
        yield passage, max(found, key=lambda each: each.rank)


def _around(value: Any, path: KeyPath) -> Iterator[Disclosure]:
    """Yield the levels of the entries that a value stands in."""
    for step in path:
        value = value[step]
        if isinstance(value, Mapping):
            level = Disclosure.RESTRICTED if value.get("private") is True else _level(value.get("disclosure"))
            if level is not None:
                yield level


def _level(word: Any) -> Disclosure | None:
    return _BY_WORD.get(word) if isinstance(word, str) else None
