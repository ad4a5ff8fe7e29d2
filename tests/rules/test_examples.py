"""The examples in a rule's documentation are true: the bad one is found by that rule, the good one by none."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from incidentbook import source
from incidentbook.finding import Finding
from incidentbook.rules import HEADINGS, Rule, discover
from incidentbook.yaml12 import dump
from kb import ROOT

_FILE = re.compile(r"^# (\S+)( \(whole\))?$", re.MULTILINE)
RULES = {rule.code: rule for rule in discover()}


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


@pytest.mark.parametrize("code", RULES)
def test_bad_example_is_found(code: str, check: Callable[..., list[Finding]]) -> None:
    found = check(files(section(RULES[code], "Bad example")))
    assert code in {finding.code for finding in found}


@pytest.mark.parametrize("code", RULES)
def test_good_example_is_not(code: str, check: Callable[..., list[Finding]]) -> None:
    assert code not in {finding.code for finding in check(files(section(RULES[code], "Good example")))}


@pytest.mark.parametrize("code", RULES)
def test_documentation_is_whole(code: str) -> None:
    rule = RULES[code]
    assert all(section(rule, heading).strip() for heading in HEADINGS)
    assert rule.documentation.split("\n", 1)[0].endswith(".")
    assert not rule.summary.endswith(".")


def test_the_base_of_all_these_tests_is_clean(check: Callable[..., list[Finding]]) -> None:
    assert check({}) == []
