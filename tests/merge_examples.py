"""A small record by hand, and what two people make of it."""

from __future__ import annotations

from incidentbook.merge import Merged, merge
from incidentbook.merge.by_lines import merge_text

RECORD = """\
# yaml-language-server: $schema=../../schemas/incident.schema.json
id: INC-2025-001
title: Checkout fails   # as customers say
status: declared
severity: sev2
services: [api, db]  # two

milestones:
  started: 2025-01-15T02:30:00Z

transitions:
  - {id: x1, to: declared, at: 2025-01-15T02:32:00Z}
severity_history:
  - {id: s1, to: sev2, at: 2025-01-15T02:32:00Z}
roles:
  - {id: r1, role: scribe, holder: sre, from: 2025-01-15T02:33:00Z}
impact:
  phases:
    - {id: p1, level: outage, from: 2025-01-15T02:30:00Z}
timeline:
  # what we saw
  - {id: t1, at: 2025-01-15T02:30:00Z, text: "alert"}
  - id: t2
    at: 2025-01-15T02:40:00Z
    text: found
remediation:
  immediate:
    - {text: Restart, status: planned}
"""
TIME = "2025-01-15T{}:00Z"


def after(text: str, *steps: tuple[str, str]) -> str:
    """Return ``text`` with each first place at which an old text stands replaced."""
    for old, new in steps:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def below(key: str, line: str) -> tuple[str, str]:
    """Return the step that puts a line at the top of the list below ``key``."""
    return f"{key}:\n", f"{key}:\n{line}\n"


def both(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> Merged:
    """Merge what two people made of the record."""
    return merge(RECORD, after(RECORD, *ours), after(RECORD, *theirs), merge_text)


def taken(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> str:
    """Merge both ways, without a conflict, to the same data; return the text, ours first."""
    one, other = both(ours, theirs), both(theirs, ours)
    assert (one.conflicts, other.conflicts) == ((), ())
    return one.text
