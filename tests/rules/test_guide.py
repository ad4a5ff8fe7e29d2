"""The guide's table of rules is the registry's."""

from __future__ import annotations

import re

from incidentbook.rules import discover
from kb import ROOT

GUIDE = ROOT / "docs" / "guide" / "checking.md"


def test_the_guide_lists_every_rule() -> None:
    rows = re.findall(r"^\| ([A-Z]+[0-9]{3}) \| (\S+) \| (.+) \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    marks = {"warning": " (warning)"}
    assert rows == [(rule.code, rule.name, rule.summary + marks.get(rule.grade, "")) for rule in discover()]
