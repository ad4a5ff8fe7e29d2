"""The schema rules together: every keyword of every schema has a rule, and one mistake is one message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from incidentbook import resources, schema
from incidentbook.entry import Entry
from incidentbook.finding import Finding
from incidentbook.repository import Repository
from incidentbook.rules import limits, mistakes
from incidentbook.rules.context import Context
from incidentbook.rules.mistakes import keyword_kind
from incidentbook.rules.schema import (
    missing_key,
    unknown_key,
    unknown_value,
    wrong_form,
    wrong_size,
    wrong_type,
)
from kb import ROOT, at

ANNOTATIONS = {
    "$schema", "$id", "$ref", "$defs", "$comment", "title", "description", "examples", "default", "deprecated",
    "patternErrorMessage", "enumDescriptions",
}  # fmt: skip
STRUCTURE = {
    "properties",
    "patternProperties",
    "dependentSchemas",
    "items",
    "propertyNames",
    "allOf",
    "anyOf",
    "oneOf",
    "if",
    "then",
    "else",
}


def keywords(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from keywords(item)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        yield key
        if key in ("properties", "patternProperties", "dependentSchemas", "$defs"):
            for inner in value.values():
                yield from keywords(inner)
        elif key != "examples":
            yield from keywords(value)


@pytest.mark.parametrize("name", resources.schema_names())
def test_every_keyword_has_a_rule(name: str) -> None:
    for keyword in set(keywords(resources.schema(name))) - ANNOTATIONS - STRUCTURE:
        assert keyword_kind(keyword)


def below(root: Any, node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every mapping that a schema speaks of, with the path of a value that it is about."""
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        target = root
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        yield from below(root, target, path)
    yield path, node
    for key, inner in node.get("properties", {}).items():
        yield from below(root, inner, (*path, key))
    for inner in [*node.get("allOf", ()), *node.get("dependentSchemas", {}).values(), node.get("then")]:
        yield from below(root, inner, path)
    yield from below(root, node.get("items"), (*path, 0))
    yield from below(root, node.get("additionalProperties"), (*path, "any"))


@pytest.mark.parametrize("name", resources.schema_names())
def test_what_the_messages_take_from_the_schemas_is_there(name: str) -> None:
    root = resources.schema(name)
    for path, node in below(root, root):
        for key in node.get("required", ()):
            described = schema.describe(name, (*path, key))
            assert described["description"], (path, key)
            assert described["examples"], (path, key)
        assert "pattern" not in node or node["patternErrorMessage"], path
        assert "not" not in node or "pattern" in node, path
        assert node.get("additionalProperties") is not False or {"properties", "patternProperties"} <= set(node), path
        assert {node.get(least, 1) for least in ("minItems", "minLength", "minProperties")} == {1}, path
        if "if" in node:
            first, *others = node["if"]["required"]
            assert {first, *others} >= set(node["if"].get("properties", {})), path
            assert "status" not in others, path


def test_the_rules_share_the_mistakes_without_overlap() -> None:
    codes = [module.CODE for module in (missing_key, unknown_key, unknown_value, wrong_form, wrong_size, wrong_type)]
    assert len(set(codes)) == 6


def test_several_mistakes_in_one_file(check: Callable[..., list[Finding]]) -> None:
    text = "id: INC-2025-002\ntitl: x\nstatus: Declared\nseverity: 1\nmilestones: {started: yesterday}\nservices: api\n"
    found = check({"incidents/2025/INC-2025-002.yml": text})
    assert [(f.span.line, f.span.column, f.code) for f in found] == [
        (2, 1, "IB102"), (3, 9, "IB104"), (4, 11, "IB103"), (5, 23, "IB202"), (6, 11, "IB103"),
    ]  # fmt: skip


def test_the_condition_of_an_if_is_known() -> None:
    value = {
        "incidents": ["INC-2025-001"],
        "status": "draft",
        "action_items": [{"id": "AI-2025-001-1", "title": "x", "status": "done"}],
    }
    asked = {error.condition.comment for error in schema.errors("postmortem", value) if error.condition}
    assert asked == {"A commitment has an owner and a day.", "Done is shown, not said."}


def test_what_the_schema_says_of_a_value() -> None:
    described = schema.describe("postmortem", ("action_items", 0, "due"))
    assert described["format"] == "date"
    assert described["description"]
    assert schema.describe("services", ("services", "any-slug", "team"))["type"] == "string"
    assert schema.describe("incident", ("nonsense", 3)) == {}


def test_gate_and_exact_path_agree_on_numbers_that_the_gate_cannot_hold() -> None:
    value = {"id": "INC-2025-001", "title": "x", "status": "declared", "severity": "sev1",
             "milestones": {"started": "2025-01-15T02:30:00Z"},
             "impact": {"customer": {"failed_transactions": 10**30}}}  # fmt: skip
    assert schema.valid("incident", value) == (not list(schema.errors("incident", value)))


def test_of_what_a_value_has_to_be_the_narrower_is_said(said: Callable[..., list[str]]) -> None:
    """A criterion may be held against text; one that asks for yes or no may not."""
    path = "policy/severities.yml"
    text = "effective_from: 2024-01-01\nseverities:\n  sev1:\n    name: x\n    postmortem: required\n    any: [{%s}]\n"
    assert said({path: text % "measure: data_exposed, is: 3"}) == [
        f"{path}:6:39 IB103 `is` has to be true or false, and it is the value `3`"
    ]
    assert f"{path}:6:21 IB104 `measure` cannot be `mood`" in [
        line.split(";")[0] for line in said({path: text % "measure: mood, is: 3"})
    ]
    assert said({path: text % "measure: duration"}) == [
        f"{path}:6:21 IB101 `more_than` is missing: a criterion that has the measure duration needs it"
    ]


def test_a_condition_can_be_that_a_key_is_there(said: Callable[..., list[str]]) -> None:
    path = "policy/maturity.yml"
    text = (ROOT / path).read_text(encoding="utf-8").replace("        by: sre\n", "", 1)
    assert [line for line in said({path: text}) if "IB101" in line] == [
        f"{path}:52:19 IB101 `by` is missing: a criterion that has `attested` needs it"
    ]


def test_a_file_of_nothing_and_one_without_a_schema_are_no_business_of_these_rules(
    said: Callable[..., list[str]],
) -> None:
    assert said({"policy/factors.yml": "null\n"}) == ["policy/factors.yml:1:1 IB001 The file holds no data"]
    assert [line.split()[1] for line in said({"policy/factor.yml": "factors: 3\n"})] == ["IB003"]


def test_a_file_of_nothing_but_mistakes_is_read_to_a_limit() -> None:
    text = (ROOT / "tests/kb_minimal/incidents/2025/INC-2025-001.yml").read_text(encoding="utf-8")
    entry = Entry.of_text("incidents/2025/INC-2025-001.yml", f"{text}systems: [{'1, ' * (limits.TOO_MANY + 1)}]\n")
    context = Context(Repository(ROOT), at("2025-03-01 00:00"))
    assert len(mistakes.of(entry, context, *mistakes.Kind)) == limits.TOO_MANY
    half = limits.TOO_MANY - 1
    entry = Entry.of_text(
        "incidents/2025/INC-2025-001.yml", f"{text}systems: [{'1, ' * half}]\nx: 1\nlinks: {{y: 1}}\n"
    )
    with context.looking_at():
        assert len(mistakes.of(entry, context, *mistakes.Kind)) == half + 2


def test_of_a_mapping_whose_keys_cannot_all_be_read_only_what_stands_there_is_said(
    said: Callable[..., list[str]], base: Callable[..., str]
) -> None:
    record = "incidents/2025/INC-2025-001.yml"
    text = base(record, "  started: 2025-01-15T02:30:00Z\n", "  [started]: 2025-01-15T02:30:00Z\n  begun: x\n")
    assert [line.split()[:2] for line in said({record: text})] == [
        [f"{record}:9:3", "IB001"],
        [f"{record}:10:3", "IB102"],
    ]
    assert [line.split()[1] for line in said({record: text.replace("severity: sev1\n", "")})] == [
        "IB101",
        "IB001",
        "IB102",
    ]
