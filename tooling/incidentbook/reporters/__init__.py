"""Findings to text, annotations or files for programs: one module a format, found by its name, each with ``render(report)``."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from incidentbook.finding import Finding, Grade
from incidentbook.frozen import frozen

if TYPE_CHECKING:
    from incidentbook.rules import Rule

if TYPE_CHECKING:
    from incidentbook.rules.fixing import Result

ENDINGS = {".json": "json", ".sarif": "sarif", ".txt": "text", ".xml": "junit"}


@frozen
class Report:
    """What a reporter prints.

    Attributes:
        findings: in the order in which they are printed.
        checked: how many files of each kind were looked at, by the kind's name in the plural (``incidents``).
        sources: the text of each file that has a finding, by its path; a file without one is shown without a code frame.
        prefix: what leads from the reader's folder to the root of the knowledge base, with a slash at its end; mostly empty.
        colour: whether the reader sees ANSI colours.
        width: how many columns the reader has.
        rules: those that ran, for the formats that list them.
        fixes: what ``--fix`` has done before; None where it was not asked for.
        kept: how many findings are kept back, by what (comment, policy, baseline).
        mended: how many findings of the baseline there are no more; 0 where that was not asked.
        baseline: the name of the baseline, for people; empty where there is none.

    """

    findings: Sequence[Finding]
    checked: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    colour: bool = False
    width: int = 80
    rules: Sequence[Rule] = ()
    fixes: Result | None = None
    kept: Mapping[str, int] = field(default_factory=dict)
    mended: int = 0
    baseline: str = ""

    def count(self, grade: Grade) -> int:
        """Return the number of findings of ``grade``."""
        return sum(finding.grade is grade for finding in self.findings)

    @property
    def by_rule(self) -> list[tuple[str, str, int]]:
        """Code, name and number of findings of each rule, the most frequent first."""
        counted = Counter((finding.code, finding.rule) for finding in self.findings)
        return sorted(((code, rule, n) for (code, rule), n in counted.items()), key=lambda row: (-row[2], row[0]))

    def fixable(self, code: str = "") -> int:
        """Return how many findings, of the rule with that code or of any, the tool can mend safely."""
        return sum(found.code.startswith(code) and found.fix is not None and found.fix.safe for found in self.findings)

    @property
    def scope(self) -> str:
        """What was looked at: ``20 incidents, 14 post-mortems``."""
        said = [f"{n:,} {kind if n != 1 else kind.removesuffix('s')}" for kind, n in self.checked.items() if n]
        return ", ".join(said) or "nothing"


def names() -> list[str]:
    """Return the names of all formats, sorted."""
    return sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_"))


def render(name: str, findings: Report | Sequence[Finding]) -> str:
    """Return ``findings``, or a whole report, in the format called ``name``. Raises KeyError when there is no such format."""
    report = findings if isinstance(findings, Report) else Report(findings)
    return _renderer(name)(report)


def statistics(name: str, report: Report) -> str:
    """Return counts by rule in the format called ``name``, which is text or JSON."""
    from incidentbook.reporters import _statistics  # noqa: PLC0415 - it imports this module

    return _statistics.render(name, report)


@functools.cache
def _renderer(name: str) -> Callable[[Report], str]:
    if name not in names():
        raise KeyError(name)
    function: Callable[[Report], str] = importlib.import_module(f"{__name__}.{name}").render
    return function
