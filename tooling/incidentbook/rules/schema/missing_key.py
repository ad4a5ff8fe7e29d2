"""A key that has to be there and is not.

What it checks
    The keys that every file of a kind needs, and those that a status asks for: a resolved incident needs its impact, an action
    item that is in progress needs an owner and a due date, one that is done needs evidence.

Why it matters
    What is asked for grows with the status, so that the first minute needs five keys and a closed record is complete.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on replication lag, status: in-progress, due: 2025-02-01}

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on replication lag, status: in-progress, due: 2025-02-01, owner: database}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from incidentbook import schema
from incidentbook.entry import Entry
from incidentbook.finding import Fix, Grade
from incidentbook.records.entries import content_id
from incidentbook.rules import Hit, KeyPath, Place, mistakes, offers, walk, words
from incidentbook.rules.context import Context
from incidentbook.rules.mistakes import Mistake
from incidentbook.yaml12 import dump_flow

CODE = "IB101"
NAME = "missing-key"
SUMMARY = "A key that is needed is missing"
GRADE = Grade.ERROR
FIX = """\
An entry of an incident's lists (timeline, phases, roles and so on) that has no `id` gets one, made from its content, so that the
same entry gets the same id wherever it is fixed. Of two entries that say the same, neither gets one."""
_LONG = 70  # characters of an example that a hint can hold
_NOUNS = {
    "owner": "an owner",
    "due": "a due date",
    "evidence": "evidence",
    "reason": "a reason",
    "skip_reason": "a reason",
    "accepted_until": "a last day",
    "type": "a type",
    "services": "its services",
    "impact": "its impact",
    "timeline": "a timeline",
    "summary": "a summary",
    "resolution": "a resolution",
    "effective_from": "a first day",
}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit for every missing key: at the status that asks for it, else at the mapping that lacks it."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.MISSING):
        key, condition = mistake.key, mistake.error.condition
        noun = _NOUNS.get(key, "it")
        if condition is None:
            whole = words.thing(entry.kind, mistake.path)
            every = whole if whole.startswith(("`", "policy/")) else f"every {whole.partition(' ')[2]}"
            place = Place(entry, mistake.path, key=bool(mistake.path) and isinstance(mistake.path[-1], str))
            message = f"`{key}` is missing: {every} needs {noun}"
        else:
            why, path = mistakes.reason(condition, entry.document.value, entry.kind)
            below = f" below `{mistake.path[-1]}`" if len(mistake.path) > len(condition.path) else ""
            place = Place(entry, path)
            message = f"`{key}` is missing{below}: {why} needs {noun}"
        yield Hit(place, message, _hint(entry.kind, (*mistake.path, key)), fix=_with_id(entry, context, mistake))


def _with_id(entry: Entry[Any], context: Context, mistake: Mistake) -> Fix | None:
    """Offer an id for an entry of a list that is known by one."""
    path = mistake.path
    if entry.kind != "incident" or mistake.key != "id" or not path or not isinstance(path[-1], int):
        return None
    made = content_id(mistake.error.instance)
    same = context.once_a_file(("made ids", path[:-1]), lambda: _made_ids(entry, path[:-1]))
    return offers.first_key(entry, path, "id", made) if same[made] == 1 else None


def _made_ids(entry: Entry[Any], path: KeyPath) -> Counter[str]:
    """Count the ids made from what the entries of a list say, whatever id they have."""
    items = (item for item in walk.at(entry.document.value, path) if isinstance(item, dict))
    return Counter(content_id({key: value for key, value in item.items() if key != "id"}) for item in items)


def _hint(kind: str, path: tuple[str | int, ...]) -> str:
    """Return what the key is for and an example, both from the schema."""
    described: Mapping[str, Any] = schema.describe(kind, path)
    text = described["description"].partition(". ")[0].removesuffix(".")
    example = dump_flow({path[-1]: described["examples"][0]})[1:-1]
    return f"{text}. For example: `{example}`." if len(example) <= _LONG else f"{text}."
