"""Schema and records cannot drift apart: whatever the schema accepts is in the record that is read from it, to the last field.

Values are generated along the schema's own properties, with its examples as leaves, and filtered by the validator.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from incidentbook import resources, schema
from incidentbook.records.build import build
from incidentbook.records.incident import Incident
from incidentbook.records.money import Money
from incidentbook.records.playbook import Playbook
from incidentbook.records.policy.obligations import Obligations
from incidentbook.records.policy.rotation import RotationPolicy
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import Moment

RECORDS: dict[str, type[Any]] = {
    "incident": Incident, "postmortem": Postmortem, "playbook": Playbook, "obligations": Obligations, "rotation": RotationPolicy,
}  # fmt: skip
TIMES = [
    "2025-01-15T02:30:00Z", "2025-01-15T03:30:00+01:00", "2024-02-29T23:59:59.5-11:30", "2016-12-31T23:59:60Z",
    "2025-01-15T02:30:00-00:00", "1999-12-31T00:00:00.123456789Z",
]  # fmt: skip
DAYS = ["2025-01-15", "2024-02-29", "2000-01-01"]
NUMBERS = [0, 1, 0.5, 40, 100, 99.95, 12_345]
TEXTS = ["x", "no", "02:30", "a: b", "Fährausfall 🚢", "two\nlines", "1_000"]
# What is kept in the file for other programs and that no code of ours reads: key -> why.
UNTYPED = {
    "provenance": "of an entry: re-imports read it from the file itself",
    "affected_pct": "an own estimate beside the measured one; the classification counts",
}


def values(name: str, node: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for what the subschema ``node`` of the schema ``name`` may accept."""
    node = schema._resolved(resources.schema(name), node)
    types = node.get("type", "string")
    choices = [_of_type(name, node, kind) for kind in (types if isinstance(types, list) else [types])]
    return st.one_of(choices)


def _of_type(name: str, node: Mapping[str, Any], kind: str) -> st.SearchStrategy[Any]:
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if kind == "object":
        return _mappings(name, node)
    if kind == "array":
        inner = schema._resolved(resources.schema(name), node["items"])
        if "pattern" in inner and "examples" not in inner:
            inner = {**inner, "examples": [member for example in node["examples"] for member in example]}
        some = st.lists(values(name, inner), min_size=1, max_size=2, unique_by=str)
        return some if node.get("minItems") else some | st.just([])
    if kind in ("number", "integer"):
        return st.sampled_from([number for number in NUMBERS if kind == "number" or isinstance(number, int)])
    if kind == "boolean":
        return st.booleans()
    plain = {"date-time": TIMES, "date": DAYS}.get(node.get("format", ""))
    if plain is None:
        plain = node.get("examples") or TEXTS
    return st.sampled_from(plain if "pattern" in node else [*plain, *TEXTS])


def _mappings(name: str, node: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    inner = {key: values(name, value) for key, value in node.get("properties", {}).items()}
    if not inner:
        free = node.get("additionalProperties")
        of_text = st.sampled_from(["impact.business", "title"])
        return st.dictionaries(of_text, values(name, free)) if isinstance(free, dict) else st.just({"k": 1})
    required = {key: inner.pop(key) for key in node.get("required", ()) if key in inner}
    whole = st.fixed_dictionaries(required | inner)
    return st.one_of(whole, whole, st.fixed_dictionaries(required, optional=inner))


GENERATED = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.large_base_example]


@pytest.mark.parametrize("kind", RECORDS)
@settings(
    max_examples=40,
    suppress_health_check=GENERATED,
)
@given(data=st.data())
def test_no_known_field_is_lost(kind: str, data: st.DataObject) -> None:
    plain = data.draw(values(kind, resources.schema(kind)))
    assume(schema.valid(kind, plain))
    record = build(RECORDS[kind], plain)
    assert record is not None
    lost = [
        f"{'.'.join(map(str, path))}: {wrote!r} became {read!r}" for path, wrote, read in differences(plain, record, ())
    ]
    assert not lost


@pytest.mark.parametrize("kind", RECORDS)
def test_an_example_with_every_key_is_accepted_and_kept(kind: str) -> None:
    plain = everything(kind, resources.schema(kind))
    assert list(schema.errors(kind, plain)) == []
    assert list(differences(plain, build(RECORDS[kind], plain), ())) == []


def everything(name: str, node: Mapping[str, Any]) -> Any:
    """Return a value with every property that the subschema knows, each with its first example."""
    node = schema._resolved(resources.schema(name), node)
    if "properties" in node and node.get("type") == "object":
        return {key: everything(name, value) for key, value in node["properties"].items()}
    if node.get("type") == "array" and "properties" in schema._resolved(resources.schema(name), node["items"]):
        return [everything(name, node["items"])]
    return node["examples"][0]


def differences(plain: Any, read: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any, Any]]:
    """Yield what a record does not hold as it was written: (path, written, read)."""
    if isinstance(read, Moment):
        yield from differences(plain, _moment(read) if isinstance(plain, dict) else read.written, path)
    elif isinstance(read, Money):
        yield from differences(plain, {"amount": read.amount, "currency": read.currency}, path)
    elif isinstance(plain, dict):
        for key, value in plain.items():
            if key.startswith("x-") or (key in UNTYPED and path):
                continue
            inner = (
                read.get(key)
                if isinstance(read, Mapping)
                else getattr(read, key, getattr(read, f"{key}_", "no such field"))
            )
            yield from differences(value, inner, (*path, key))
    elif isinstance(plain, list):
        if not isinstance(read, tuple | list) or len(plain) != len(read):
            yield path, plain, read
            return
        for index, (value, inner) in enumerate(zip(plain, read, strict=True)):
            yield from differences(value, inner, (*path, index))
    elif _leaf(read) != plain:
        yield path, plain, read


def _moment(read: Moment) -> dict[str, Any]:
    given = {"at": read.written, "earliest": read.earliest, "latest": read.latest}
    return {**given, "confidence": read.confidence, "source": read.source}


def _leaf(read: Any) -> Any:
    if isinstance(read, enum.Enum):
        return read.value
    if isinstance(read, dt.datetime):
        return Instant(read)
    if isinstance(read, dt.date):
        return read.isoformat()
    return float(read) if isinstance(read, Decimal) else read


class Instant:
    """A time that equals every text that means it."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __eq__(self, other: object) -> bool:
        moment = Moment.from_plain(other)
        return moment is not None and moment.at == self.moment

    __hash__ = None  # type: ignore[assignment]
