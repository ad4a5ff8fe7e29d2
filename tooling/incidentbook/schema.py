"""Validation of data against the JSON Schemas: a fast gate, and exact errors for what does not pass it."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from incidentbook import resources
from incidentbook.frozen import frozen

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema_rs import Draft202012Validator as FastValidator

    from incidentbook.document import Document


@frozen
class Condition:
    """The ``if`` of a branch that asks for something.

    Attributes:
        path: keys and indexes from the root to the value that the ``if`` judges.
        schema: the ``if`` itself.
        comment: why the schema asks, in a sentence.

    """

    path: tuple[str | int, ...]
    schema: Mapping[str, Any]
    comment: str


@frozen
class SchemaError:
    """One disagreement between data and schema.

    Attributes:
        path: keys and indexes from the root to the value that is wrong.
        keyword: the JSON Schema keyword that failed (``required``, ``enum``, …); ``false`` where nothing is allowed.
        expected: what the keyword asks for, as it stands in the schema.
        instance: the value that is wrong.
        schema: the subschema that it was held against.
        of_key: whether it is the name of a key of the mapping at ``path`` that is wrong, not a value.
        condition: what made the schema ask, when a branch of an if/then did.

    """

    path: tuple[str | int, ...]
    keyword: str
    expected: Any
    instance: Any
    schema: Any
    of_key: bool = False
    condition: Condition | None = None


def exists(name: str) -> bool:
    """Whether there is a schema called ``name``."""
    return name in _names()


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(resources.schema_names())


def valid(name: str, value: object) -> bool:
    """Whether ``value`` agrees with the schema called ``name``. Raises KeyError when there is no such schema."""
    try:
        return _fast(name).is_valid(value)
    except ValueError:  # a number that the gate cannot hold: let the exact path decide
        return next(errors(name, value), None) is None


def errors(name: str, value: object) -> Iterator[SchemaError]:
    """Yield every disagreement, alternatives resolved to their leaves, with the ``if`` that asked for it."""
    for error in _exact(name).iter_errors(value):
        yield from _leaves(name, error, value)


def doubtful(name: str, document: Document) -> bool:
    """Whether nobody can be sure what level of disclosure a file's parts were meant to have.

    So it is where its YAML can be taken in two ways, and where it has a key that its schema does not know: that key may be a
    level misspelt (``disclosre: restricted``).
    """
    if document.problems:
        return True
    if document.value is None or valid(name, document.value):
        return False
    return any(error.keyword == "additionalProperties" for error in errors(name, document.value))


def describe(name: str, path: Sequence[str | int]) -> Mapping[str, Any]:
    """Return what the schema called ``name`` says of the value at ``path``: title, description, examples, type and keys.

    What stands beside a ``$ref`` goes before what it leads to. Empty where the schema knows no such value.
    """
    root = resources.schema(name)
    node: Mapping[str, Any] = root
    for step in path:
        if isinstance(step, int):
            inner = node.get("items")
        else:
            inner = node.get("properties", {}).get(step, node.get("additionalProperties"))
        if not isinstance(inner, Mapping):
            return {}
        node = _resolved(root, inner)
    return node


def _resolved(root: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = node.get("$ref")
    if not isinstance(reference, str):
        # A time is a text or a mapping with `at`: the keys that go with `at` are known there too.
        return {**node["dependentSchemas"]["at"], **node} if "dependentSchemas" in node else node
    target: Any = root
    for part in reference.removeprefix("#/").split("/"):
        target = target[part]
    return {**_resolved(root, target), **node}


def _leaves(name: str, error: ValidationError, value: Any) -> Iterator[SchemaError]:
    if error.context and error.validator in ("allOf", "anyOf", "oneOf"):
        for inner in error.context:
            yield from _leaves(name, inner, value)
        return
    path = tuple(error.absolute_path)
    if not error.validator:
        path = _forbidden_path(name, path, error.instance, value)
    yield SchemaError(
        path,
        str(error.validator) if error.validator else "false",
        error.validator_value,
        error.instance,
        error.schema,
        of_key="propertyNames" in error.absolute_schema_path,
        condition=_condition(name, error.schema, path),
    )


def _forbidden_path(name: str, path: tuple[str | int, ...], instance: Any, value: Any) -> tuple[str | int, ...]:
    """Return the path of a value that a branch forbids: jsonschema's error ends at the mapping around it."""
    for step in path:
        value = value[step]
    forbidden = {
        key
        for _, branch in _conditions(name).values()
        for key, subschema in branch["then"].get("properties", {}).items()
        if subschema is False
    }
    keys = [key for key in value if key in forbidden and value[key] is instance] if isinstance(value, Mapping) else []
    return (*path, *keys[:1])


def _condition(name: str, subschema: Any, path: tuple[str | int, ...]) -> Condition | None:
    found = _conditions(name).get(id(subschema)) if isinstance(subschema, Mapping) else None
    if found is None:
        return None
    below, branch = found
    return Condition(path[: len(path) - below], branch["if"], branch.get("$comment", ""))


@functools.cache
def _conditions(name: str) -> dict[int, tuple[int, Mapping[str, Any]]]:
    """Map the identity of every subschema of a ``then`` to its branch, and to how deep below it the subschema applies."""
    found: dict[int, tuple[int, Mapping[str, Any]]] = {}

    def mark(node: Any, below: int, branch: Mapping[str, Any]) -> None:
        if isinstance(node, Mapping):
            found[id(node)] = (below, branch)
            for inner in node.get("properties", {}).values():
                mark(inner, below + 1, branch)
            mark(node.get("items"), below + 1, branch)

    def walk(node: Any) -> None:
        if isinstance(node, Mapping):
            if "if" in node:
                mark(node.get("then"), 0, node)
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(resources.schema(name))
    return found


@functools.cache
def _fast(name: str) -> FastValidator:
    import jsonschema_rs  # noqa: PLC0415 - 36 ms that only a check needs

    return jsonschema_rs.Draft202012Validator(resources.schema(name))


@functools.cache
def _exact(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415 - 115 ms that only a finding needs

    quick: Any = validators.extend(Draft202012Validator, {"uniqueItems": _unique_items})  # type: ignore[no-untyped-call]
    made: Draft202012Validator = quick(resources.schema(name))
    return made


def _unique_items(validator: Any, wanted: bool, instance: Any, schema: Any) -> Iterator[ValidationError]:  # noqa: FBT001 - as jsonschema calls it
    """Do what jsonschema does in linear time: its own takes an hour for a list of a hundred thousand mappings."""
    from jsonschema import ValidationError  # noqa: PLC0415 - as above

    del schema
    if wanted and validator.is_type(instance, "array") and len(set(map(canonical, instance))) < len(instance):
        yield ValidationError("has non-unique elements")


def canonical(value: Any) -> str:
    """Return a text that is the same for all values that JSON Schema takes for equal, and for no others."""
    return json.dumps(_plain(value), sort_keys=True)


def _plain(value: Any) -> Any:
    """Return ``value`` with whole floats as integers, which JSON Schema takes for the same."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
