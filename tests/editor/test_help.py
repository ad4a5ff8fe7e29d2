"""What the editor offers while one types, and what it says of the thing under the pointer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from editor.conftest import RECORD, Show, front
from editor.lsp import LanguageServer, Position, units
from incidentbook import resources, schema
from kb import ROOT

# kind, a text with the cursor in it, and the path in the schema whose `enum` is offered there
VALUES = [
    ("incident", RECORD.replace("declared", "▮"), ("status",)),
    ("incident", RECORD.replace("sev1", "▮"), ("severity",)),
    ("incident", f"{RECORD}type: ▮\n", ("type",)),
    ("incident", f"{RECORD}timeline:\n  - id: t1\n    kind: ▮\n", ("timeline", 0, "kind")),
    ("incident", f"{RECORD}timeline:\n  - {{id: t1, kind: ▮}}\n", ("timeline", 0, "kind")),
    ("postmortem", "status: ▮\n", ("status",)),
    ("postmortem", "action_items:\n  - id: AI-2025-001-1\n    priority: ▮\n", ("action_items", 0, "priority")),
    ("playbook", "type: ▮\n", ("type",)),
    ("communications", "channels:\n  chat:\n    audience:\n      - ▮\n", ("channels", "chat", "audience", 0)),
    ("factors", "factors:\n  x:\n    category: ▮\n", ("factors", "x", "category")),
    ("knowledge-base", "default_disclosure: ▮\n", ("default_disclosure",)),
    ("metrics", "durations:\n  ttd:\n    from: ▮\n", ("durations", "ttd", "from")),
    ("obligations", "obligations:\n  - id: x\n    starts_at: ▮\n", ("obligations", 0, "starts_at")),
    ("rotation", "rotations:\n  - id: x\n    type: ▮\n", ("rotations", 0, "type")),
    ("severities", "severities:\n  sev1:\n    postmortem: ▮\n", ("severities", "sev1", "postmortem")),
]
# kind, a text with the cursor in it, and the path in the schema whose keys are offered there
KEYS = [
    ("incident", f"{RECORD}timeline:\n  - ▮\n", ("timeline", 0)),
    ("incident", f"{RECORD}timeline:\n  - {{id: t1, k▮}}\n", ("timeline", 0)),
    ("incident", f"{RECORD}impact:\n  phases:\n    - id: p1\n      ▮\n", ("impact", "phases", 0)),
    (
        "incident",
        RECORD.replace("started: 2025-01-15T02:30:00Z", "started:\n    at: 2025-01-15T02:30:00Z\n    ▮"),
        ("milestones", "started"),
    ),
    ("postmortem", "action_items:\n  - id: AI-2025-001-1\n    ▮\n", ("action_items", 0)),
    ("playbook", "steps:\n  - ▮\n", ("steps", 0)),
    ("services", "services:\n  public-api:\n    ▮\n", ("services", "public-api")),
    ("severities", "severities:\n  sev1:\n    targets:\n      ▮\n", ("severities", "sev1", "targets")),
]
KeyPath = tuple[str | int, ...]
KINDS = resources.schema_names()


def offered(server: LanguageServer, show: Show, kind: str, text: str) -> dict[str, dict[str, Any]]:
    """Return what is offered at the cursor, by label."""
    text, place = Position.of_cursor(text)
    uri = show(kind, text)
    return {item["label"]: item for item in server.completions(uri, Position(place.line + 1, place.character))}


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_is_offered_every_key_and_a_whole_frame(kind: str, show: Show, server: LanguageServer) -> None:
    described = resources.schema(kind)
    found = offered(server, show, kind, "▮")
    needed = described.get("required", ())  # the frame holds what a file needs; one that needs nothing has none
    assert set(described["properties"]) | ({described["title"]} if needed else set()) == set(found)
    frame = found[described["title"]]["insertText"] if needed else ""
    assert re.findall(r"^([a-z_]+):", frame, re.MULTILINE) == [key for key in described["properties"] if key in needed]
    for key in described["properties"]:
        assert found[key]["documentation"] == schema.describe(kind, (key,))["description"]


@pytest.mark.parametrize(("kind", "text", "path"), VALUES)
def test_values_are_offered_with_their_meaning(
    kind: str, text: str, path: KeyPath, show: Show, server: LanguageServer
) -> None:
    described = schema.describe(kind, path)
    found = offered(server, show, kind, text)
    assert set(described["enum"]) <= set(found)
    for value, meaning in zip(described["enum"], described.get("enumDescriptions", ()), strict=False):
        assert found[value]["documentation"] == meaning


@pytest.mark.parametrize(("kind", "text", "path"), KEYS)
def test_keys_are_offered_where_they_belong(
    kind: str, text: str, path: KeyPath, show: Show, server: LanguageServer
) -> None:
    written = set(re.findall(r"^ +(?:- \{?)?([a-z_]+): \S", text, re.MULTILINE)) & {"id", "at"}
    assert set(schema.describe(kind, path)["properties"]) - written <= set(offered(server, show, kind, text))


def test_keys_that_are_there_already_are_not_offered_again(show: Show, server: LanguageServer) -> None:
    found = offered(server, show, "incident", f"{RECORD}▮")
    assert not {"id", "title", "status", "severity", "milestones"} & set(found)
    assert "services" in found


@pytest.mark.parametrize("text", [f"{RECORD}timeline:\n  - id: t1\n    ▮\n", RECORD.replace("started", "▮\n  started")])
def test_a_time_is_offered_in_its_short_form(text: str, show: Show, server: LanguageServer) -> None:
    found = offered(server, show, "incident", text)
    inserted = found["at" if "at" in found else "detected"]["insertText"]
    assert re.fullmatch(r"(at|detected): \$\{1:2025-01-15T02:3\d:\d\dZ\}", inserted)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_in_use_is_explained_under_the_pointer(kind: str, show: Show, server: LanguageServer) -> None:
    text = without_modeline(front(sample(kind).read_text(encoding="utf-8")))
    uri = show(kind, text)
    explained = set()
    for path, place in keys(yaml.compose(text, Loader=yaml.SafeLoader), text.split("\n")):
        described = schema.describe(kind, path)
        general = tuple(step for step in path if isinstance(step, str))
        if not described or general in explained:
            continue
        shown = server.hover(uri, Position(place.line + 1, place.character)).replace("\\", "")
        assert f"#### {described['title']}\n\n{described['description']}" in shown, path
        assert "Example:\n\n```yaml\n" in shown, path
        example = described["examples"][0]
        assert isinstance(example, dict | list | bool) or plain(example) in " ".join(shown.split()), path
        explained.add(general)
    assert {(key,) for key in resources.schema(kind).get("required", ())} <= explained


def sample(kind: str) -> Path:
    """Return a file of the repository that uses much of its schema."""
    records = {
        "incident": "incidents/2025/INC-2025-001.yml",
        "postmortem": "postmortems/2025/INC-2025-001.md",
        "playbook": "playbooks/availability/database-failover.md",
    }
    return ROOT / records.get(kind, f"policy/{kind}.yml")


def plain(example: str | float) -> str:
    """Return an example as the server writes it."""
    return example if isinstance(example, str) else f"{example:.15g}"


def without_modeline(text: str) -> str:
    """Return a text without a first line that names its schema."""
    return text.partition("\n")[2] if text.startswith("# yaml-language-server") else text


def keys(node: yaml.Node | None, lines: list[str], path: KeyPath = ()) -> Iterator[tuple[KeyPath, Position]]:
    """Yield the path of every key, and the place after its first character: before it, the server sees what ends there."""
    if isinstance(node, yaml.SequenceNode):
        for index, inner in enumerate(node.value):
            yield from keys(inner, lines, (*path, index))
    elif isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            mark = key.start_mark
            yield (*path, key.value), Position(mark.line, units(lines[mark.line][: mark.column + 1]))
            yield from keys(inner, lines, (*path, key.value))
