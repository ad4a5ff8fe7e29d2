"""The updates of one incident, whatever a source calls their keys: in order, and what of them has no field here. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from incidentbook.frozen import frozen
from incidentbook.importers import _values as values
from incidentbook.importers._model import Oddity


@frozen
class Update:
    """One update that has a readable time.

    Attributes:
        raw: as the source gives it.
        at: when it was published, as written.
        id: its entry id here.
        text: its text, verbatim.
        status: its status at the source; empty where it has none.

    """

    raw: Mapping[str, Any]
    at: str
    id: str
    text: str
    status: str


@frozen
class Dialect:
    """How a source writes updates.

    Attributes:
        times: keys of times, the one that readers were shown first.
        text: key of the text.
        make_id: from an update, its time and the ids before it to an id that is not among them.
        taken: the keys of an update that have a field of their own here.

    """

    times: Sequence[str]
    text: str
    make_id: Callable[[Mapping[str, Any], str, Collection[str], set[Oddity]], str]
    taken: Callable[[Update], Collection[str]]


def read(items: object, dialect: Dialect, odd: set[Oddity]) -> tuple[list[Update], list[Any]]:
    """Return the updates in order, and what has no field here: a rest for each entry id, and updates without a time whole."""
    if items is not None and not isinstance(items, list):
        odd.add(Oddity.UNEXPECTED_SHAPE)
        return [], [items]
    found: list[Update] = []
    left: list[Any] = []
    ids: set[str] = set()
    for raw in items or ():
        at = _shown_at(raw, dialect.times, odd) if isinstance(raw, Mapping) else ""
        if not at:
            odd.add(Oddity.UPDATE_WITHOUT_TIME if isinstance(raw, Mapping) else Oddity.UNEXPECTED_SHAPE)
            left.append(values.without_nulls(raw))
            continue
        made = dialect.make_id(raw, at, ids, odd)
        ids.add(made)
        update = Update(raw, at, made, values.text_of(raw, dialect.text), values.text_of(raw, "status"))
        found.append(update)
        odd |= values.odd_text(update.text)
        if rest := values.rest(raw, dialect.taken(update)):
            left.append({"id": made, **{"source_id" if key == "id" else key: value for key, value in rest.items()}})
    if not items:
        odd.add(Oddity.NO_UPDATES)
    return sorted(found, key=lambda update: (values.instant(update.at), update.id)), left


def _shown_at(raw: Mapping[str, Any], keys: Sequence[str], odd: set[Oddity]) -> str:
    times = [values.time_of(raw, key, odd) for key in keys]
    return next((text for text in times if text), "")


def communication(update: Update, phase: str) -> dict[str, Any]:
    """Return an update of a public page as an entry of ``communications``."""
    return {
        "id": update.id,
        "at": update.at,
        "audience": "public",
        "channel": "status-page",
        "phase": phase,
        "text": update.text,
    }


def last_seen(raw: Mapping[str, Any], keys: Sequence[str], items: object, dialect: Dialect) -> str:
    """Return the latest time that an incident and its updates give: up to there its account is known to hold."""
    own = [values.time_of(raw, key, set()) for key in keys]
    updates = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    return values.later(*own, *(values.time_of(item, key, set()) for item in updates for key in dialect.times))
