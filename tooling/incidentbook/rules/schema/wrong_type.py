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

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Fix, Grade
from incidentbook.rules import Hit, Place, mistakes, offers, words
from incidentbook.rules.context import Context
from incidentbook.rules.mistakes import Mistake
from incidentbook.yaml12 import dump_flow, resolve

CODE = "IB103"
NAME = "wrong-type"
SUMMARY = "A value has the wrong type"
GRADE = Grade.ERROR
FIX = """\
A number that has to be text is put in quotes, and one in quotes that has to be a number loses them. `yes` and `no` become `true`
and `false` where nothing else is allowed, and one word where a list has to be becomes a list."""
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
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z", re.ASCII)
_BOOLEANS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
_WORDS = {
    "yes": "true",
    "no": "false",
    "true": "true",
    "false": "false",
}  # those that nobody can take for anything else


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every value of the wrong type; at its key where there is no value at all."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.TYPE):
        error = mistake.error
        types: list[str] = error.expected if isinstance(error.expected, list) else [error.expected]
        wanted = _FORMATS.get(error.schema.get("format"), " or ".join(_EXPECTED[name] for name in types))
        subject = words.subject(mistake.path)
        if error.instance is None:
            place = Place(entry, mistake.path, key=isinstance(mistake.path[-1], str))
            message = f"{words.sentence(subject)} has no value: it has to be {wanted}"
            yield Hit(place, message, "Write the value, or remove the key.")
            continue
        written = str(getattr(entry.document.node(mistake.path), "value", ""))
        message = f"{words.sentence(subject)} has to be {wanted}, and it is {_actual(error.instance, written)}"
        hint = "" if "format" in error.schema else _hint(error.instance, written, types, mistake.path)
        yield Hit(Place(entry, mistake.path), message, hint, fix=_fix(entry, mistake, written, types))


def _fix(entry: Entry[Any], mistake: Mistake, written: str, types: list[str]) -> Fix | None:
    """Offer the same value as the one type that is asked for."""
    value, path = mistake.error.instance, mistake.path
    if len(types) != 1:
        return None
    if types == ["string"] and isinstance(value, int | float):
        return offers.raw(entry, path, f"'{written}'", "Put it in quotes")
    if types[0] in ("number", "integer") and isinstance(value, str) and _is_number(value, types[0]):
        return offers.raw(entry, path, value, "Remove the quotes")
    if types == ["boolean"] and isinstance(value, str) and value.lower() in _WORDS:
        return offers.raw(entry, path, _WORDS[value.lower()], f"Write `{_WORDS[value.lower()]}`")
    if types == ["array"] and isinstance(value, str):
        return offers.listed(entry, path)
    return None


def _is_number(text: str, kind: str) -> bool:
    """Whether ``text`` without quotes is a number in decimal digits, and a whole one where ``kind`` asks for that."""
    value = resolve(text)
    return isinstance(value, int if kind == "integer" else int | float) and _DECIMAL.match(text) is not None


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
