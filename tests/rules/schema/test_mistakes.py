"""The schema rules together: every keyword of every schema has a rule, and one mistake is one message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from incidentbook import resources, schema
from incidentbook.finding import Finding
from incidentbook.rules.mistakes import keyword_kind
from incidentbook.rules.schema import (
    missing_key,
    unknown_key,
    unknown_value,
    wrong_form,
    wrong_size,
    wrong_type,
)

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
