"""Who reads a message, what they may know, and whether a text says more than that."""

from __future__ import annotations

import dataclasses
import re
import textwrap
from collections.abc import Iterator, Mapping

from incidentbook import disclosure
from incidentbook.entry import Entry
from incidentbook.errors import IncidentbookError
from incidentbook.records.incident import Incident
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

LEVELS = {
    "responders": Disclosure.RESTRICTED,
    "executives": Disclosure.INTERNAL,
    "support": Disclosure.INTERNAL,
    "customers": Disclosure.PUBLIC,
    "public": Disclosure.PUBLIC,
    "regulator": Disclosure.INTERNAL,
}
ALSO = {"status-page": "public", "stakeholders": "executives", "internal": "responders"}  # what people call them
_FEWEST = 4  # words: shorter texts are alike by chance
_WORD = re.compile(r"\w+")
_PROSE = ("text", "summary", "notes", "reason", "resolution", "title", "primary_cause", "reputation", "risk")


class TooNarrowError(IncidentbookError):
    """A message says what its audience may not know."""


def seen_by(house: Repository, entry: Entry[Incident], audience: str) -> Incident | None:
    """Return the incident as ``audience`` may know it; None where they may know nothing of the record."""
    shown = disclosure.view(house.with_records([entry], [], []), LEVELS[audience])
    return shown.incidents[0].record if shown.incidents else None


def narrower(house: Repository, incident: Incident, audience: str) -> str:
    """Return the level of a message for ``audience``, where that is narrower than the record it is written into; else nothing."""
    level = LEVELS[audience]
    return level.value if level.rank > disclosure.level_of_incident(house, incident).rank else ""


def admit(house: Repository, incident: Incident, audience: str) -> None:
    """Refuse to tell anybody but those who may read it of a restricted record. Raises TooNarrowError."""
    level, reader = disclosure.level_of_incident(house, incident), LEVELS[audience]
    if level is Disclosure.RESTRICTED and not reader.shows(level):
        raise TooNarrowError(
            f"{incident.id} is restricted, and {audience} may know only what is {reader}",
            hint="Tell the responders; whoever may decide it can change that: inc disclose LEVEL.",
        )


def refuse(house: Repository, entry: Entry[Incident], audience: str, text: str) -> None:
    """Refuse a text that says more than ``audience`` may know. Of an internal record one may be told in words of one's own.

    Raises:
        TooNarrowError: the text repeats what stands in a narrower part of the record.

    """
    reader, record = LEVELS[audience], entry.record or Incident()
    level = disclosure.level_of_incident(house, record)
    known = {
        message.text for message in record.communications if LEVELS.get(message.audience, level).rank <= reader.rank
    }
    known.update(_strings(seen_by(house, entry, audience)))
    told = _words(text)
    for path, passage in _passages(entry.document.value, ""):
        words = _words(passage)
        if passage not in known and len(words.split()) >= _FEWEST and words in told:
            raise TooNarrowError(
                f"The message repeats `{path}`, which {audience} may not know: {textwrap.shorten(passage, 60)}",
                hint=f"Say it in words that are fit for {audience}; nothing was sent.",
            )


def _passages(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the prose of a record as plain data, each with its keys."""
    if isinstance(value, str):
        if path.rpartition(".")[2].partition("[")[0] in _PROSE:
            yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _passages(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _passages(item, f"{path}[{index}]")


def _strings(value: object) -> Iterator[str]:
    """Yield every text in a typed record, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))


def _words(text: str) -> str:
    """Return the words of a text between blanks: case and punctuation hide nothing."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
