"""The schemas as a contract: valid, self-contained, and explained on every property."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from incidentbook import resources

NAMES = resources.schema_names()
EXPECTED = {
    "incident", "postmortem", "playbook", "knowledge-base", "severities", "services", "escalation", "communications",
    "rotation", "metrics", "actions", "factors", "obligations", "maturity", "checks",
}  # fmt: skip
ASSERTIONS = {"if", "then", "else", "not"}  # they restrict properties and declare none
DIALECT_TRAPS = re.compile(
    r"\(\?|\\[dDwWsSbBAZz]|\\p"
)  # lookaround, classes and anchors that dialects read differently


def properties(node: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every declared property below ``node`` with its path, maps' values included."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from properties(item, f"{path}/{index}")
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key in ASSERTIONS or key == "examples":
            continue
        if key in ("properties", "patternProperties"):
            for name, declared in value.items():
                yield f"{path}/{key}/{name}", declared
                yield from properties(declared, f"{path}/{key}/{name}")
            continue
        if key == "additionalProperties" and isinstance(value, dict):
            yield f"{path}/{key}", value
        yield from properties(value, f"{path}/{key}")


def nodes(node: object) -> Iterator[dict[str, Any]]:
    """Yield every object of the schema document that is not an example."""
    if isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key != "examples":
                yield from nodes(value)
    elif isinstance(node, list):
        for item in node:
            yield from nodes(item)


@functools.cache
def declared(name: str) -> list[tuple[str, dict[str, Any]]]:
    return list(properties(resources.schema(name)))


def test_there_is_one_schema_for_each_kind_of_file() -> None:
    assert set(NAMES) == EXPECTED


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_valid_versioned_2020_12_schema(name: str) -> None:
    schema = resources.schema(name)
    Draft202012Validator.check_schema(schema)
    jsonschema_rs.Draft202012Validator(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:incidentbook:schema:{name}:v1"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_self_contained_and_without_branches_that_blur_errors(name: str) -> None:
    schema = resources.schema(name)
    references: set[str] = set()
    for node in nodes(schema):
        assert not {"oneOf", "anyOf"} & node.keys()
        if isinstance(node.get("$ref"), str):
            references.add(node["$ref"])
    assert references == {f"#/$defs/{key}" for key in schema["$defs"]}


@pytest.mark.parametrize("name", NAMES)
def test_every_property_has_title_description_and_examples(name: str) -> None:
    own = {"$ref": "#/$defs/own"}
    lacking = [
        f"{path} lacks {word}"
        for path, node in declared(name)
        if node != own
        for word in ("title", "description", "examples")
        if not node.get(word)
    ]
    assert lacking == []


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_valid_for_its_property(name: str) -> None:
    definitions = resources.schema(name)["$defs"]
    wrong: list[str] = []
    for path, node in declared(name):
        alone = {**node, "$defs": definitions}
        exact = Draft202012Validator(alone, format_checker=Draft202012Validator.FORMAT_CHECKER)
        fast = jsonschema_rs.Draft202012Validator(alone, validate_formats=True)
        wrong += [
            f"{path}: {example!r}"
            for example in node.get("examples", [])
            if not (exact.is_valid(example) and fast.is_valid(example))
        ]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_objects_with_known_keys_are_closed_but_for_x_keys(name: str) -> None:
    schema = resources.schema(name)
    for node in [schema, *schema["$defs"].values(), *(node for _, node in declared(name)), *nodes(schema)]:
        if "properties" in node and "object" in str(node.get("type")):
            assert node["additionalProperties"] is False
            assert list(node["patternProperties"]) == ["^x-"]


@pytest.mark.parametrize("name", NAMES)
def test_patterns_mean_the_same_in_python_rust_and_javascript(name: str) -> None:
    for node in nodes(resources.schema(name)):
        pattern = node.get("pattern")
        if isinstance(pattern, str):
            re.compile(pattern)
            assert not DIALECT_TRAPS.search(pattern), pattern
            assert pattern == r"\n" or (pattern.startswith("^") and pattern.endswith("$"))


@pytest.mark.parametrize("name", NAMES)
def test_enumerated_values_are_described_one_by_one_or_not_at_all(name: str) -> None:
    for node in nodes(resources.schema(name)):
        if "enumDescriptions" in node:
            assert len(node["enumDescriptions"]) == len(node["enum"])


def test_definitions_of_one_name_are_the_same_in_every_file() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for name in NAMES:
        for key, definition in resources.schema(name)["$defs"].items():
            text = json.dumps(definition, ensure_ascii=False)  # key order counts: it is what an editor shows
            first, expected = seen.setdefault(key, (name, text))
            assert text == expected, f"$defs/{key} differs between {first} and {name}"


def test_files_are_written_in_one_style() -> None:
    for name in NAMES:
        path = resources.schemas_dir() / f"{name}.schema.json"
        canonical = json.dumps(resources.schema(name), indent=2, ensure_ascii=False) + "\n"
        assert path.read_text(encoding="utf-8") == canonical, (
            f"{path.name}: indent by two spaces, one newline at the end"
        )


@pytest.mark.parametrize("name", NAMES)
def test_no_form_lets_a_line_end_slip_in_behind_it(name: str) -> None:
    """`$` is the very end to JSON Schema, and to validators in Python also the place before a last line end."""
    open_ended = [
        node["pattern"]
        for node in nodes(resources.schema(name))
        if str(node.get("pattern", "")).endswith("$") and node.get("not", {}).get("pattern") != "\\n"
    ]
    assert open_ended == []
