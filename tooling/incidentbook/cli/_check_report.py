"""The report of `inc check`: what it counts, where it leads, and the status with which the command leaves."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import files
from incidentbook.cli import _check_paths, _context
from incidentbook.errors import FINDINGS
from incidentbook.finding import Finding, Grade
from incidentbook.reporters import Report

if TYPE_CHECKING:
    from incidentbook.rules.engine import RuleError

FOR_SERVERS = ("gitlab", "junit", "sarif")
_KINDS = {"incidents": "records", "postmortems": "post-mortems", "playbooks": "playbooks", "policy": "policy files"}


def of_files(
    findings: Sequence[Finding],
    texts: Mapping[str, str],
    read: Sequence[str],
    wanted: Collection[str] | None,
    *,
    file: bool,
) -> Report:
    """Return the report on the files ``wanted`` of those that were ``read``; ``file`` says that it goes into a file."""
    counted = Counter(path.split("/", 1)[0] for path in read if wanted is None or path in wanted)
    checked = {name: counted[folder] for folder, name in _KINDS.items()}
    return of(findings, checked, texts, file=file)


def of(findings: Sequence[Finding], checked: Mapping[str, int], texts: Mapping[str, str], *, file: bool) -> Report:
    """Return the report on what was ``checked``: how many of what."""
    terminal = not file and sys.stdout.isatty()
    columns = shutil.get_terminal_size().columns if terminal else 80
    return Report(
        findings,
        checked,
        texts,
        colour=not file and _context.colour(terminal=terminal),
        width=min(max(columns, 60), 120),
    )


def prefix(root: Path, name: str) -> str:
    """Return what leads to the knowledge base: from the repository's root where a server reads the report, else from here."""
    if name not in FOR_SERVERS:
        return _check_paths.prefix(root, github=name == "github")
    top = files.git_top(root) or root
    return f"{root.relative_to(top).as_posix()}/" if top != root else ""


def deliver(
    ctx: click.Context,
    report: Report,
    text: str,
    output: Path | None,
    *,
    exit_zero: bool,
    failures: Sequence[RuleError] = (),
) -> None:
    """Print or write the report, and leave with the status that it asks for."""
    if output is None:
        click.echo(text, nl=False, color=True)  # the reporter has decided on colour
    else:
        _context.write_output(output, text)
    leave_on(failures)
    if not exit_zero and any(found.grade in (Grade.ERROR, Grade.WARNING) for found in report.findings):
        ctx.exit(FINDINGS)


def leave_on(failures: Sequence[RuleError]) -> None:
    """Say which rules failed, if any did, and leave as for any bug; INC_DEBUG=1 shows their tracebacks."""
    if not failures:
        return
    import traceback  # noqa: PLC0415 - only a bug needs it

    for failure in failures:
        if os.environ.get("INC_DEBUG") and failure.__cause__ is not None:
            traceback.print_exception(failure.__cause__)
    for failure in failures[1:]:
        click.echo(f"error: {failure}", err=True)
    raise failures[0]
