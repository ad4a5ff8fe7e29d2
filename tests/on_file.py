"""Every finding that a test of the rules sees, word for word: one file a rule in tests/goldens/findings, to be read in review.

A test asserts what it is about. This holds the rest: the other sentence, the hint, the end of the place, what else is pointed at.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from incidentbook.finding import Finding
from kb import ROOT

FOLDER = ROOT / "tests" / "goldens" / "findings"
_lines: dict[Path, set[str]] = {}
_seen: dict[Path, set[str]] = {}


def compare(findings: Iterable[Finding], *, update: bool) -> None:
    """Fail on a finding that is not on file; with ``update``, put it there."""
    for finding in findings:
        path, line = FOLDER / f"{finding.code}.txt", told(finding)
        _seen.setdefault(path, set()).add(line)
        if path not in _lines:
            _lines[path] = set(path.read_text(encoding="utf-8").split("\n")) if path.exists() else set()
        if update and line not in _lines[path]:
            _lines[path].add(line)
            _write(path, _lines[path])
        assert line in _lines[path], f"{line}\nis not in {path.relative_to(ROOT)}: if it should be, --update-goldens"


def write_anew() -> None:
    """Put on file what was seen and nothing else: what no test sees any more goes away. For a run of all tests of the rules."""
    for path in FOLDER.glob("*.txt"):
        if path not in _seen:
            path.unlink()
    for path, lines in _seen.items():
        _write(path, lines)


def _write(path: Path, lines: set[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(sorted(lines)).lstrip("\n") + "\n", encoding="utf-8")


def told(finding: Finding) -> str:
    """Return on one line all that a finding holds: sentence, hint, place, other places, and what a fix would write."""
    at = finding.span
    parts = [f"{finding.grade}: {finding.message}"]
    parts += [f"hint: {finding.hint}"] if finding.hint else []
    parts += [f"{finding.path}:{at.line}:{at.column}-{at.end_line}:{at.end_column}"]
    parts += [f"also {near.path}:{near.span.line}:{near.span.column} {near.message}" for near in finding.related]
    if finding.fix:
        written = ", ".join(f"{edit.start}-{edit.end} {edit.text!r}" for edit in finding.fix.edits)
        parts.append(f"{'safe' if finding.fix.safe else 'unsafe'} fix, {finding.fix.title}: {written}")
    return " | ".join(
        part.strip().encode("unicode_escape").decode() if not part.isprintable() else part.strip() for part in parts
    )
