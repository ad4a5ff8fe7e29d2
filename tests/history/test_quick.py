"""The quick way to read a version says the same as the loader, whatever the text: where it cannot be sure, it asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook import yaml12
from incidentbook.entry import Entry
from incidentbook.history import facts
from incidentbook.history.facts import IncidentFacts, ItemFacts, PostmortemFacts
from incidentbook.history.quick import Reader
from kb import ROOT

RECORD, POSTMORTEM = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md"
INCIDENT = """\
# yaml-language-server: $schema=../../schemas/incident.schema.json
id: INC-2025-001
title: "Checkout: 100 % errors"   # as the board has it
status: resolved
severity: sev1
services: [public-api, primary-db]
summary: >-
  The primary failed.
    status: declared
milestones:
  started: 2025-01-15T02:30:00Z
  resolved: {at: '2025-01-15T04:45:00Z', confidence: low}
timeline:
  - {id: t1, at: 2025-01-15T02:30:00Z, text: "It's down",
     source: log}
  - id: t2
    at: 2025-01-15T02:40:00Z
    text: |
      status: closed
      - id: t3
    # nothing else
"""
FRONT = """\
---
incidents: [INC-2025-001]
status: in-review
action_items:
  - id: AI-2025-001-1
    title: Fix the script
    description: >-
      status: cancelled
    priority: high
    owner: database-engineering
    due: 2025-01-16
    status: in-progress
  - id: AI-2025-001-2
    status: accepted-risk
    accepted_until: '2025-06-30'
  - id: AI-2025-001-3
    status: done
    completed: 2025-01-20
    waiver:
      until: 2025-01-31
---
## What went well
"""


def both(path: str, data: bytes) -> tuple[facts.Facts | None, bool]:
    """Read in both ways, which have to agree; return what is read, and whether the quick way asked the loader."""
    reader = Reader()
    found = reader.read(path, data)
    assert found == facts.read(path, data)
    return found, bool(reader.asked)


def test_an_incident() -> None:
    assert both(RECORD, INCIDENT.encode()) == (IncidentFacts("INC-2025-001", "resolved", "sev1"), False)


def test_a_postmortem() -> None:
    found, asked = both(POSTMORTEM, FRONT.encode())
    assert not asked
    assert found == PostmortemFacts(
        "in-review",
        ("INC-2025-001",),
        (
            ItemFacts("AI-2025-001-1", "in-progress", "2025-01-16", "database-engineering", "high"),
            ItemFacts("AI-2025-001-2", "accepted-risk", accepted_until="2025-06-30"),
            ItemFacts("AI-2025-001-3", "done", completed="2025-01-20", waived_until="2025-01-31"),
        ),
    )


def test_occurrences_are_left_to_the_loader_and_say_what_is_owed() -> None:
    rule = "\n    recurrence: FREQ=WEEKLY;COUNT=2\n    occurrences: [{due: 2025-01-16, completed: 2025-01-15}]"
    found, _ = both(POSTMORTEM, FRONT.replace("    due: 2025-01-16", f"    due: 2025-01-16{rule}", 1).encode())
    assert isinstance(found, PostmortemFacts)
    assert (found.items[0].due, found.items[0].turn) == ("2025-01-16", "2025-01-23")
    both_done = rule.replace("}]", "}, {due: 2025-01-23, reason: x}]")
    found, _ = both(POSTMORTEM, FRONT.replace("    due: 2025-01-16", f"    due: 2025-01-16{both_done}", 1).encode())
    assert isinstance(found, PostmortemFacts)
    assert found.items[0].turn == "none"


def test_windows_line_ends() -> None:
    assert both(RECORD, INCIDENT.replace("\n", "\r\n").encode())[1] is False
    assert both(POSTMORTEM, FRONT.replace("\n", "\r\n").encode())[1] is False


def test_lists_that_stand_below_their_key() -> None:
    text = "---\n" + yaml12.dump(Entry.of_text(POSTMORTEM, FRONT).document.value) + "---\n"
    assert "\n- id: AI-2025-001-1\n" in text
    assert both(POSTMORTEM, text.encode()) == (facts.read(POSTMORTEM, FRONT.encode()), False)


def test_every_record_of_the_example_is_read_the_quick_way() -> None:
    paths = [*ROOT.glob("incidents/*/*.yml"), *ROOT.glob("postmortems/*/*.md")]
    assert paths
    assert not [path.name for path in paths if both(path.relative_to(ROOT).as_posix(), path.read_bytes())[1]]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("status: resolved", "status: &s resolved"),
        lambda text: text.replace("status: resolved", "status: !!str resolved"),
        lambda text: text.replace("status: resolved", "status: resolved\nstatus: closed"),  # the first counts
        lambda text: text.replace("severity: sev1", "severity: SEV-1"),
        lambda text: text.replace("severity: sev1", "severity:"),
        lambda text: text.replace("summary: >-\n", 'summary: "\nstatus: closed\n"\nx: >-\n'),  # a quote over lines
        lambda text: text.replace("services: [", "services: [a,\nstatus: closed, "),  # brackets over lines
        lambda text: text.replace("title:", "title: <<<<<<< HEAD\nx:"),
        lambda text: text.replace("title:", "<<<<<<< HEAD\ntitle:"),
        lambda text: text.replace("  resolved:", " resolved:"),
        lambda text: text.replace("  - id: t2", "    id: t2"),
        lambda text: text.replace("summary", "\tsummary"),
        lambda text: text + "---\nstatus: closed\n",
        lambda text: text.replace("down", "do\x00wn"),
        lambda text: text.replace("down", "do\u2028wn"),
        lambda text: "\ufeff" + text,
        lambda text: "[" + text,
        lambda text: text[:0],
        lambda text: "---\n" + text,
        lambda text: text.removesuffix("\n"),
    ],
)  # fmt: skip
def test_hostile_records(change: Callable[[str], str]) -> None:
    both(RECORD, change(INCIDENT).encode())


def test_bytes_that_are_no_text() -> None:
    assert both(RECORD, INCIDENT.encode() + b"# \xff\n") == (None, True)
    assert both(POSTMORTEM, FRONT.encode() + b"\xff\n") == (None, True)
    assert both(RECORD, INCIDENT.encode("utf-16")) == (None, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    due: 2025-01-16\n", "    due: 2025-02-30\n"),
        ("    due: 2025-01-16\n", "    due: 20250116\n"),
        ("    due: 2025-01-16\n", "    due: 2025-01-16\n    due: 2025-01-17\n"),
        ("    due: 2025-01-16\n", "    due:\n"),
        ("    due: 2025-01-16\n", "    due: 2025-01-16 # or so\n"),
        ("    owner: database-engineering\n", "    owner: null\n"),
        ("    owner: database-engineering\n", "    owner: 0x1f\n"),
        ("    owner: database-engineering\n", "    owner: [a, b]\n"),
        ("    owner: database-engineering\n", "    owner: 'it''s'\n"),
        ("    status: in-progress\n", "    status: nearly\n"),
        ("    status: in-progress\n", "    status: 'done'\n"),
        ("  - id: AI-2025-001-1\n", "  - {id: AI-2025-001-1, status: done}\n  - title: none\n"),
        ("  - id: AI-2025-001-1\n", "  - just a text\n  - id: AI-2025-001-1\n"),
        ("  - id: AI-2025-001-1\n", "  - id:x\n  - id: AI-2025-001-1\n"),
        ("  - id: AI-2025-001-1\n", "  - - id: AI-2025-001-1\n"),
        ("action_items:\n", "action_items: []\nx:\n"),
        ("action_items:\n", "action_items: &all\n"),
        ("action_items:\n", "action_items:\n  # the first is urgent\n"),
        ("action_items:\n", "action_items: [{id: AI-1}]\nx:\n"),
        ("[INC-2025-001]", "[INC-2025-001, 7, true, INC-2025-002]"),
        ("[INC-2025-001]", "\n  - INC-2025-001\n  - id: x"),
        ("[INC-2025-001]", "\n- INC-2025-001  \n- 7"),
        ("[INC-2025-001]", "[INC-2025-001 ]"),
        ("[INC-2025-001]", "INC-2025-001"),
        ("---\n## What", "--- \n## What"),
        ("---\n## What", "----\n---\n## What"),
        ("---\n## What went well\n", "---"),
        ("---\n## What", "## What"),
    ],
)
def test_hostile_front_matter(old: str, new: str) -> None:
    assert old in FRONT
    both(POSTMORTEM, FRONT.replace(old, new).encode())


_PIECES = st.sampled_from(
    [
        ":", ": ", " ", "  ", "\n", "-", "- ", "#", " # ", "'", '"', "[", "]", "{", "}", ",", ",\n", "\\", "|\n", ">-\n", "&a ",
        "*a", "!t ", "? ", "\t", "\r\n", "---\n", "...\n", "~", "null", "1", "<<: ", "\x85", "\u2028", "\ufeff", "ä",
        "status: done\n", "    status: done\n", "    due: '2025-01-17'\n", "    waiver: {until: 2025-02-01}\n", "  # note\n",
        "   \n", "x: |\n  text\n   more\n", "x: >\n  text\n more\n", "x: [a,\n  b]\n", "x: {a: b,\n status: closed}\n",
        'x: "a\nstatus: closed\nb"\n', "incidents:\n- INC-1\n",
    ]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """Return ``text`` with a few things put in, taken out, or moved by a column."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        how = draw(st.sampled_from(("put", "line", "take", "shift", "twice")))
        line = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at) + 1 or len(text)
        if how == "put":
            text = text[:at] + draw(_PIECES) + text[at:]
        elif how == "line":
            text = text[:line] + draw(_PIECES) + text[line:]
        elif how == "take":
            text = text[:at] + text[at + draw(st.integers(1, 4)) :]
        elif how == "shift":
            text = text[:line] + " " * draw(st.integers(1, 4)) + text[line:]
        else:
            text = text[:end] + text[line:end] + text[end:]
    return text


@settings(max_examples=400)
@given(st.data(), st.sampled_from([(RECORD, INCIDENT), (POSTMORTEM, FRONT)]))
def test_both_ways_agree_on_any_text(data: st.DataObject, kind: tuple[str, str]) -> None:
    path, text = kind
    both(path, data.draw(damaged(text)).encode("utf-8"))


_WORDS = st.text("abz019 -._/:#'\"äß,[]{}", max_size=12)


@settings(max_examples=150)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "status": _WORDS | st.sampled_from(["in-review", "published"]),
            "incidents": st.lists(_WORDS | st.integers(0, 9), max_size=3) | _WORDS,
            "action_items": st.lists(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "id": _WORDS, "status": st.sampled_from(["done", "proposed", "x", None, 1]), "owner": _WORDS | st.none(),
                        "due": st.dates().map(str) | _WORDS | st.booleans(), "description": st.text("ab\n -:#", max_size=20),
                        "waiver": st.fixed_dictionaries({}, optional={"until": st.dates().map(str), "reason": _WORDS}),
                        "evidence": st.lists(st.fixed_dictionaries({"kind": _WORDS, "ref": _WORDS}), max_size=2),
                    },
                )
                | _WORDS,
                max_size=3,
            )
            | st.none(),
        },
    )
)  # fmt: skip
def test_both_ways_agree_on_what_the_tool_writes(value: dict[str, object]) -> None:
    both(POSTMORTEM, f"---\n{yaml12.dump(value)}---\n".encode())
