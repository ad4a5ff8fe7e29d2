"""What commands print for programs: one module a command, whose typed ``Output`` is both what is printed and its schema.

The type checker holds what is printed against the types, and ``python -m incidentbook.outputs`` writes the published schemas from
them, so the two cannot part. Keys are added within a version, never taken away or changed in meaning.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
import types
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin

from incidentbook import resources

_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_SHARED = "metrics-output"  # whose definitions of a window, a figure and an instant all outputs share
_OWN = ("common", "__main__")
_TAKEN = ("title", "description", "type", "properties", "additionalProperties")
# Of the schema of a kind of file: what has to be there, and what speaks to authors only.
_LEFT = (
    "$comment", "allOf", "enumDescriptions", "examples", "minItems", "minLength", "minProperties", "patternErrorMessage",
    "patternProperties", "required",
)  # fmt: skip


@functools.cache
def registry() -> dict[str, ModuleType]:
    """Return the modules of all outputs by the name of their schema (``history-output``)."""
    names = sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)]))
    return {
        f"{name.replace('_', '-')}-output": importlib.import_module(f"{__name__}.{name}")
        for name in names
        if name not in _OWN
    }


def identity(name: str) -> str:
    """Return the `$id` of the schema called ``name``, which stands in the output under ``schema``."""
    return f"urn:incidentbook:schema:{name}:v1"


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an output. Raises KeyError when there is none of that name."""
    module, made = registry()[name], _Schema()
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identity(name),
        "title": f"{_title(name.removesuffix('-output').replace('-', '_'))} output",
    }
    if not typing.is_typeddict(module.Output):  # a bare list, which cannot name its schema
        listed = {"description": module.SAYS, **made.node(module.Output)}
        return head | listed | {"$defs": dict(sorted(made.definitions.items()))}
    whole = made.of_object(module.Output)
    own = {
        "title": "Schema",
        "description": "The `$id` of the schema that this output keeps to.",
        "const": identity(name),
    }
    return head | {
        "description": whole["description"],
        "type": "object",
        "required": ["schema", *whole["required"]],
        "properties": {"schema": own, **whole["properties"]},
        "additionalProperties": False,
        "$defs": dict(sorted(made.definitions.items())),
    }


class _Schema:
    """A schema in the making: types to nodes, and every type with keys, or with a name elsewhere, among the definitions."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def of_object(self, kind: Any) -> dict[str, Any]:
        hints = typing.get_type_hints(kind, include_extras=True)
        return {
            "title": _title(_name(kind)),
            "description": " ".join(kind.__doc__.split()),
            "type": "object",
            "required": [
                key
                for key, hint in hints.items()
                if key in kind.__required_keys__ and get_origin(hint) is not NotRequired
            ],
            "properties": {key: {"title": _title(key), **self.node(hint)} for key, hint in hints.items()},
            "additionalProperties": False,
        }

    def node(self, hint: Any) -> dict[str, Any]:
        hint = get_args(hint)[0] if get_origin(hint) is NotRequired else hint
        if get_origin(hint) is Annotated:
            base, *extras = get_args(hint)
            marks = {type(extra): extra for extra in extras}
            node = self._marked(marks) or self.node(base)
            if str in marks:
                node = {"description": marks[str], **node}
            return node | (marks[More].keys if More in marks else {})
        if typing.is_typeddict(hint):
            name = _name(hint)
            if name not in self.definitions:
                self.definitions[name] = {}  # a place, in case it holds itself
                self.definitions[name] = self.of_object(hint)
            return {"$ref": f"#/$defs/{name}"}
        if hint is object:
            return {}
        if isinstance(hint, type) and hint in _SIMPLE:
            return {"type": _SIMPLE[hint]}
        if get_origin(hint) in (Union, types.UnionType):
            parts = [self.node(part) for part in get_args(hint)]
            if all(part.keys() == {"type"} for part in parts):
                return {"type": [part["type"] for part in parts]}
            return {"anyOf": parts}
        if get_origin(hint) is Sequence:
            return {"type": "array", "items": self.node(get_args(hint)[0])}
        if get_origin(hint) is Mapping:
            return {"type": "object", "additionalProperties": self.node(get_args(hint)[1])}
        raise TypeError(f"{hint} has no place in a schema")

    def _marked(self, marks: Mapping[type, Any]) -> dict[str, Any] | None:
        """Return what a mark says instead of the type; None where none does."""
        if View in marks:
            return self.view(marks[View].kind)
        return self.shared(marks[Shared].name) if Shared in marks else None

    def view(self, kind: str) -> dict[str, Any]:
        """Take over the schema of a kind of file, of which a view may leave out anything."""
        whole = resources.schema(kind)
        for name, node in whole["$defs"].items():
            self.definitions[f"{kind}_{name}"] = _loosened(node, kind)
        self.definitions[f"{kind}_view"] = _loosened({key: whole[key] for key in _TAKEN if key in whole}, kind)
        return {"$ref": f"#/$defs/{kind}_view"}

    def shared(self, name: str) -> dict[str, Any]:
        """Take over a definition, and those that it needs, from the schema of `inc metrics`."""
        if name not in self.definitions:
            found = resources.schema(_SHARED)["$defs"][name]
            self.definitions[name] = found
            for other in sorted(_named(found)):
                self.shared(other)
        return {"$ref": f"#/$defs/{name}"}


class More:
    """A mark: what a schema says of a value besides its type."""

    def __init__(self, **keys: object) -> None:
        self.keys = keys


class View:
    """A mark: a record of that kind of file, as an audience sees it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Shared:
    """A mark: the definition of that name in the schema of `inc metrics`."""

    def __init__(self, name: str) -> None:
        self.name = name


def _loosened(node: Any, kind: str) -> Any:
    """Return a part of the schema of ``kind`` without what it asks for, and without keys that a record does not hold."""
    if isinstance(node, list):
        return [_loosened(part, kind) for part in node]
    if not isinstance(node, dict):
        return node.replace("#/$defs/", f"#/$defs/{kind}_") if isinstance(node, str) else node
    return {key: _loosened(value, kind) for key, value in node.items() if key not in _LEFT}


def _named(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"].rsplit("/", 1)[1]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(_named, node.values()))
    return set().union(*map(_named, node)) if isinstance(node, list) else set()


def _name(kind: Any) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


def _title(key: str) -> str:
    return f"{key[:1].upper()}{key[1:].replace('_', ' ')}"
