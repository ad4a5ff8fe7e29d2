"""`inc check --prose`: the rules about language over any Markdown files, without a knowledge base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import files
from incidentbook.cli import _check_report
from incidentbook.errors import NotFoundError, UnreadableError
from incidentbook.reporters import Report

if TYPE_CHECKING:
    from incidentbook.rules import Rule


def report(paths: Sequence[Path], chosen: Sequence[Rule], *, file: bool) -> Report:
    """Check Markdown files by the rules about language alone.

    Raises:
        click.UsageError: there are none.
        NotFoundError: one of them is no file.
        UnreadableError: one is too large to be read.

    """
    from incidentbook.records.policy.checks import ChecksPolicy  # noqa: PLC0415 - only this needs it
    from incidentbook.rules import plain_prose, settle  # noqa: PLC0415 - likewise

    texts: dict[str, str] = {}
    for path in paths:
        if not path.is_file():
            raise NotFoundError(f"There is no file {path}", hint="Nothing was checked. --prose takes files.")
        if path.stat().st_size > files.MAX_SIZE:
            raise UnreadableError(f"{path}: {files.TOO_LARGE.message}", hint=files.TOO_LARGE.hint)
        texts[path.as_posix()] = path.read_bytes().decode("utf-8", errors="replace")
    if not texts:
        raise click.UsageError("--prose needs the files to check.")
    findings = [found for path, text in texts.items() for found in plain_prose.findings(path, text, chosen)]
    settled = settle.settle(sorted(findings, key=lambda found: found.sort_key), texts, ChecksPolicy())
    made = _check_report.of(settled.findings, {"texts": len(texts)}, texts, file=file)
    ran = [rule for rule in chosen if rule.family == "language"]
    return replace(made, rules=ran, kept=settled.counts)
