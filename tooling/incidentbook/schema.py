"""Validation of data against the JSON Schemas: a fast gate, and exact errors for what does not pass it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from incidentbook import resources

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema_rs import Draft202012Validator as FastValidator


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One disagreement between data and schema.

    Attributes:
        path: keys and indexes from the root to the value that is wrong.
        keyword: the JSON Schema keyword that failed (``required``, ``enum``, …).
        expected: what the keyword asks for, as it stands in the schema.
        instance: the value that is wrong.
        schema: the subschema that it was held against.

    """

    path: tuple[str | int, ...]
    keyword: str
    expected: Any
    instance: Any
    schema: Any


def valid(name: str, value: object) -> bool:
    """Whether ``value`` agrees with the schema called ``name``. Raises KeyError when there is no such schema."""
    try:
        return _fast(name).is_valid(value)
    except ValueError:  # a number that the gate cannot hold: let the exact path decide
        return next(errors(name, value), None) is None


def errors(name: str, value: object) -> Iterator[SchemaError]:
    """Yield every disagreement, deepest branch of an if/then first resolved to what it asks for."""
    for error in _exact(name).iter_errors(value):
        yield from _leaves(error)


def _leaves(error: ValidationError) -> Iterator[SchemaError]:
    if error.context and error.validator in ("allOf", "anyOf", "oneOf"):
        for inner in error.context:
            yield from _leaves(inner)
        return
    yield SchemaError(
        tuple(error.absolute_path), str(error.validator), error.validator_value, error.instance, error.schema
    )


@functools.cache
def _fast(name: str) -> FastValidator:
    import jsonschema_rs  # noqa: PLC0415 - 36 ms that only a check needs

    return jsonschema_rs.Draft202012Validator(resources.schema(name))


@functools.cache
def _exact(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 115 ms that only a finding needs

    return Draft202012Validator(resources.schema(name))
