"""What a file's data has against its schema, as mistakes: one for each thing that somebody has to mend.

A misspelt key is one mistake, though the validator counts two errors: one key too many, and one too few. The schema and time
rules each say the mistakes of their own kind in words.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from incidentbook import schema
from incidentbook.document import Document
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.rules import limits, walk, words
from incidentbook.rules.context import Context
from incidentbook.schema import Condition, SchemaError

KeyPath = tuple[str | int, ...]


class Kind(enum.IntEnum):
    """What kind of mistake; of several at one value, the first kind here is the one that matters."""

    TYPE = 1
    CHOICE = 2
    DATE = 3
    TIME = 4
    FORM = 5
    SIZE = 6
    MISSING = 7
    UNKNOWN = 8


@frozen
class Mistake:
    """One mistake.

    Attributes:
        path: the value that is wrong; for a missing key the mapping that lacks it; for an unknown key that key.
        key: the missing or unknown key, or the key whose name is wrong; empty for a value.
        error: the validation error behind it.

    """

    kind: Kind
    path: KeyPath
    key: str
    error: SchemaError


def of(entry: Entry[Any], context: Context, *kinds: Kind) -> list[Mistake]:
    """Return the mistakes of ``kinds`` in a file, in the order in which the validator meets them."""
    found = context.once_a_file(("mistakes",), lambda: _all(entry))
    return [mistake for mistake in found if mistake.kind in kinds]


def keyword_kind(keyword: str) -> Kind:
    """Return the kind of mistake that a failed JSON Schema keyword is. Raises KeyError for one that no schema here uses."""
    return _KINDS[keyword]


def _all(entry: Entry[Any]) -> list[Mistake]:
    value = entry.document.value
    if value is None or not schema.exists(entry.kind) or schema.valid(entry.kind, value):
        return []
    found = (mistake for error in schema.errors(entry.kind, value) for mistake in _classified(error))
    mistakes = _one_each(limits.until_too_many(found, lambda mistake: mistake.kind))
    return [mistake for mistake in mistakes if not _is_known(mistake, entry.document)]


def _is_known(mistake: Mistake, document: Document) -> bool:
    """Whether a mapping is wrong only as some of its keys cannot be read, which `syntax` says."""
    return mistake.kind is not Kind.UNKNOWN and document.lacks_keys(mistake.path)


_KINDS = {
    "type": Kind.TYPE,
    "enum": Kind.CHOICE,
    "pattern": Kind.FORM,
    "not": Kind.FORM,
    "format": Kind.FORM,
    "minLength": Kind.SIZE,
    "maxLength": Kind.SIZE,
    "minItems": Kind.SIZE,
    "minProperties": Kind.SIZE,
    "uniqueItems": Kind.SIZE,
    "minimum": Kind.SIZE,
    "maximum": Kind.SIZE,
    "exclusiveMinimum": Kind.SIZE,
    "required": Kind.MISSING,
    "additionalProperties": Kind.UNKNOWN,
    "false": Kind.UNKNOWN,
}
_FORMATS = {"date": Kind.DATE, "date-time": Kind.TIME}


def _classified(error: SchemaError) -> Iterator[Mistake]:
    kind = _KINDS[error.keyword]
    if kind is Kind.MISSING:
        for key in error.expected:
            if key not in error.instance:
                yield Mistake(kind, error.path, key, error)
    elif error.keyword == "additionalProperties":
        for key in _extra(error.schema, error.instance):
            yield Mistake(kind, (*error.path, key), key, error)
    elif error.keyword == "false":
        yield Mistake(kind, error.path, str(error.path[-1]), error)
    elif error.of_key:
        yield Mistake(kind, (*error.path, error.instance), error.instance, error)
    else:
        if kind is Kind.FORM:
            kind = _FORMATS.get(error.schema.get("format"), kind)
        yield Mistake(kind, error.path, "", error)


def _extra(subschema: Mapping[str, Any], instance: Mapping[str, Any]) -> Iterator[str]:
    for key in instance:
        if key not in subschema["properties"] and not any(
            re.search(own, key) for own in subschema["patternProperties"]
        ):
            yield key


def _one_each(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Drop what is said already: a second error of one value, and a key that is missing because it is misspelt."""
    best: dict[tuple[KeyPath, str], Mistake] = {}
    for mistake in mistakes:
        place = (mistake.path, mistake.key)
        known = best.get(place)
        if known is None or _rank(mistake) < _rank(known):
            best[place] = mistake
    unknown: dict[KeyPath, list[str]] = {}
    for mistake in best.values():
        if mistake.kind is Kind.UNKNOWN:
            unknown.setdefault(mistake.path[:-1], []).append(mistake.key)
    return [mistake for mistake in best.values() if not (mistake.kind is Kind.MISSING and _misspelt(mistake, unknown))]


def _rank(mistake: Mistake) -> tuple[int, bool]:
    """Order mistakes at one place: what a branch of the schema asks for is narrower than what is asked for anyway."""
    return (mistake.kind, mistake.error.condition is None)


def _misspelt(missing: Mistake, unknown: Mapping[KeyPath, Iterable[str]]) -> bool:
    return any(words.close(key, [missing.key]) for key in unknown.get(missing.path, ()))


def reason(condition: Condition, value: Any, kind: str) -> tuple[str, KeyPath]:
    """Say why a branch of the schema asks for something (``an action item that is done``), and which value makes it ask."""
    whole = words.thing(kind, condition.path)
    key = condition.schema["required"][0]
    path = (*condition.path, key)
    if "properties" not in condition.schema:
        return f"{whole} that has `{key}`", path
    said = "is" if key == "status" else f"has the {key}"
    return f"{whole} that {said} {words.shown(walk.at(value, path))}", path
