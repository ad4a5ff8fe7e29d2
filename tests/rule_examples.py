"""The examples in a rule's documentation as files of a knowledge base."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from incidentbook import source
from incidentbook.rules import Rule
from incidentbook.yaml12 import dump
from kb import ROOT

_FILE = re.compile(r"^# (\S+)( \(whole\))?$", re.MULTILINE)


def section(rule: Rule, heading: str) -> str:
    """Return the text below a heading of a rule's documentation."""
    lines = rule.documentation.split(f"\n{heading}\n", 1)[1].split("\n")
    end = next((n for n, line in enumerate(lines) if line and not line.startswith(" ")), len(lines))
    return textwrap.dedent("\n".join(lines[:end])).strip("\n") + "\n"


def files(example: str) -> dict[str, str]:
    """Return an example's files: each as it stands when it is whole, else its keys put over those of tests/kb_minimal."""
    marks = list(_FILE.finditer(example))
    found: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        text = example[mark.end() + 1 : following.start() if following else None]
        existing = ROOT / "tests" / "kb_minimal" / mark[1]
        found[mark[1]] = (
            text if mark[2] or not existing.exists() else put_over(existing.read_text(encoding="utf-8"), text)
        )
    return found


def put_over(base: str, text: str) -> str:
    markdown = base.startswith("---\n")
    document: Any = (source.load_front_matter if markdown else source.load)(base)
    merged = dump(over(document.value, source.load(text).value))
    return f"---\n{merged}---\n{document.body}" if markdown else merged


def over(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **{key: over(below.get(key), value) for key, value in above.items()}}
    return above
