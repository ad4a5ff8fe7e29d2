"""`inc postmortem causes`: a tree in the terminal, a form by the file's ending, and an answer where there is nothing to show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import Inc, Plain, incident, write

REVIEW = "postmortems/2025/INC-2025-001.md"
CAUSES: Plain = {
    "causes": {
        "nodes": [
            {"id": "full", "factor": "capacity", "primary": True, "text": "The disk was full"},
            {"id": "unseen", "text": "Nobody was told of it"},
        ],
        "edges": [{"from": "unseen", "to": "full"}],
    },
    "five_whys": [
        {"why": "Why did it stop?", "because": "No write went through"},
        {"why": "Why?", "because": "Full", "node": "full"},
    ],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files: dict[str, object] = {
        "policy/knowledge-base.yml": {"name": "Test", "as_of": "2025-01-16T00:00:00Z"},
        "policy/factors.yml": {"factors": {"capacity": {"name": "Capacity exhaustion"}}},
        "incidents/2025/INC-2025-001.yml": incident(1),
        "incidents/2025/INC-2025-002.yml": incident(2),
        REVIEW: {"incidents": ["INC-2025-001"], "status": "draft", **CAUSES},
    }
    return write(tmp_path / "kb", files)


TREE = """\
INC-2025-001 Incident 1
└─ No write went through [why 1]
   └─ The disk was full [primary; Capacity exhaustion; why 2]
      └─ Nobody was told of it
"""


def test_a_tree_from_what_happened_down(inc: Inc, root: Path) -> None:
    assert inc("postmortem", "causes", "inc-2025-001", root=root).out == TREE


def test_the_same_for_a_program(inc: Inc, root: Path) -> None:
    said = json.loads(inc("postmortem", "causes", "INC-2025-001", "--json", root=root).out)
    assert [cause["id"] for cause in said["causes"]] == ["full", "unseen", "why-1"]
    assert {"from": "why-1", "to": None, "path_of_the_whys": True, "closes_a_loop": False} in said["links"]


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("svg", b"<svg"),
        ("png", b"\x89PNG"),
        ("txt", TREE.encode()),
        ("json", b"{"),
        ("dot", b"digraph"),
        ("mmd", b"flowchart"),
    ],
)
def test_the_ending_of_the_file_says_the_form(inc: Inc, root: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    out = tmp_path / f"causes.{ending}"
    assert inc("postmortem", "causes", "INC-2025-001", "--output", str(out), root=root).status == 0
    assert out.read_bytes().startswith(begins)


def test_another_ending_is_refused(inc: Inc, root: Path, tmp_path: Path) -> None:
    said = inc("postmortem", "causes", "INC-2025-001", "--output", str(tmp_path / "causes.gif"), root=root)
    assert said.status == 2
    assert ".svg, .png, .txt" in said.err


def test_without_a_post_mortem_it_says_how_to_begin_one(inc: Inc, root: Path) -> None:
    said = inc("postmortem", "causes", "INC-2025-002", root=root)
    assert said.status == 2
    assert "inc postmortem new INC-2025-002 --write" in said.err


def test_without_causes_it_says_where_they_belong(inc: Inc, root: Path) -> None:
    write(root, {REVIEW: {"incidents": ["INC-2025-001"], "status": "draft"}})
    said = inc("postmortem", "causes", "INC-2025-001", root=root)
    assert said.status == 2
    assert "`causes` or `five_whys`" in said.err
