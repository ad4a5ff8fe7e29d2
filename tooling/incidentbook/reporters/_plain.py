"""What reporters share: the last line, and those below it."""

from __future__ import annotations

from incidentbook.finding import Grade
from incidentbook.reporters import Report
from incidentbook.results.settled import KEEPERS


def summary(report: Report) -> str:
    """Return the last line: what was checked and how much was found."""
    counted = [(report.count(grade), grade.value) for grade in Grade]
    said = [f"{n:,} {name}{'' if n == 1 else 's'}" for n, name in counted if n]
    if not said:
        return f"checked {report.scope}: no findings"
    files = len({finding.path for finding in report.findings})
    return f"checked {report.scope}: {', '.join(said)} in {files:,} file{'' if files == 1 else 's'}"


def kept_back(report: Report) -> list[str]:
    """Return the lines below the summary: how many findings are kept back, and by what; none where there are none."""
    comments, policy, known = (report.kept.get(by, 0) for by in KEEPERS)
    said = []
    if comments or policy:
        parts = [f"{comments:,} by comments"] * bool(comments) + [f"{policy:,} by policy/checks.yml"] * bool(policy)
        said.append(f"kept back: {', '.join(parts)}")
    if known:
        said.append(f"{known:,} known finding{'s are' if known > 1 else ' is'} in the baseline, {report.baseline}")
    if report.mended:
        are, them = ("are", "them") if report.mended > 1 else ("is", "it")
        said.append(f"{report.mended:,} of the baseline {are} mended: `inc check --update-baseline` takes {them} out")
    return said
