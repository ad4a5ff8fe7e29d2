"""A value of the wrong type: text for a number, one value for a list.

What it checks
    Numbers are numbers, lists are lists, texts are texts, and nothing that is given is empty. YAML 1.2 decides: `no` and `02:30`
    are text, `1e3` is a number, a value in quotes is always text.

Why it matters
    A figure cannot be computed from `"about 40"`, and `services: api` names no list of services.

Bad example
    # incidents/2025/INC-2025-001.yml
    services: public-api

Good example
    # incidents/2025/INC-2025-001.yml
    services: [public-api]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.finding import Grade
from incidentbook.repository import Entry
from incidentbook.rules import Hit, Place, mistakes, words
from incidentbook.rules.context import Context
from incidentbook.yaml12 import dump_flow, resolve

CODE = "IB103"
NAME = "wrong-type"
SUMMARY = "A value has the wrong type"
GRADE = Grade.ERROR
_EXPECTED = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping (keys with values)",
    "null": "empty",
}
_FORMATS = {"date": "a day such as 2025-01-16", "date-time": "a time such as 2025-01-15T02:30:00Z"}
_BOOLEANS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every value of the wrong type; at its key where there is no value at all."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.TYPE):
        error = mistake.error
        types: list[str] = error.expected if isinstance(error.expected, list) else [error.expected]
        wanted = _FORMATS.get(error.schema.get("format", ""), " or ".join(_EXPECTED.get(name, name) for name in types))
        subject = words.subject(mistake.path)
        if error.instance is None:
            hint = "Write the value, or remove the key." if subject != "the file" else ""
            is_key = bool(mistake.path) and isinstance(mistake.path[-1], str)
            yield Hit(
                Place(entry, mistake.path, key=is_key),
                f"{words.sentence(subject)} has no value: it has to be {wanted}",
                hint,
            )
            continue
        written = str(getattr(entry.document.node(mistake.path), "value", ""))
        message = f"{words.sentence(subject)} has to be {wanted}, and it is {_actual(error.instance, written)}"
        yield Hit(Place(entry, mistake.path), message, _hint(error.instance, written, types, mistake.path))


def _actual(value: Any, written: str) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"the {'text' if isinstance(value, str) else 'value'} `{words.shown(written)}`"


def _hint(value: Any, written: str, types: list[str], path: tuple[str | int, ...]) -> str:
    if isinstance(value, str):
        if "boolean" in types and value.lower() in _BOOLEANS:
            return f"Write `{_BOOLEANS[value.lower()]}`: in YAML 1.2, `{value}` is text."
        if {"number", "integer"} & set(types) and isinstance(resolve(value), int | float):
            return "Remove the quotes."
        if {"number", "integer"} & set(types):
            return "Write digits only, with a dot for decimals: no unit, no thousands separator."
    if "array" in types and not isinstance(value, dict) and path:
        return f"Write a list: `{path[-1]}: [{words.shown(written, 30)}]`."
    if "string" in types and not isinstance(value, dict | list):
        return f"Put it in quotes: `{dump_flow(words.shown(written, 30))}`."
    return ""
