"""The report of an import as text, Markdown or JSON. Pure; nothing is left out: every record that is not here has its line."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook.importers import _values as values
from incidentbook.importers._apply import Report
from incidentbook.importers._model import Oddity, Outcome, Reason, Result
from incidentbook.markdown import calling_nobody
from incidentbook.repository import id_key
from incidentbook.terminal_text import printable

WIDTH = 80
EXAMPLES = 3
FILES = 15
_WORDS = {
    Outcome.IMPORTED: "imported",
    Outcome.UPDATED: "updated",
    Outcome.UNCHANGED: "unchanged",
    Outcome.NOT_IMPORTED: "not imported",
}


def to_plain(report: Report) -> dict[str, Any]:
    """Return the report as plain data for JSON: counts, files, and one object a record."""
    counts = Counter(result.outcome for result in report.results)
    return {
        "source": report.source,
        "dry_run": report.dry_run,
        "records": report.records,
        "counts": {outcome.value: counts[outcome] for outcome in Outcome},
        "reasons": {reason.value: len(found) for reason, found in by_reason(report)},
        "oddities": {oddity.value: len(found) for oddity, found in by_oddity(report)},
        "unresolved_when_last_seen": sum(1 for result in report.results if result.unresolved),
        "services_added": list(report.services),
        "files": [
            {
                "file": file.name,
                "page": file.parsed.page,
                "url": file.parsed.url,
                "records": file.records,
                "notes": [*file.notes, *file.parsed.notes],
            }
            for file in report.files
        ],
        "results": [_result_plain(result) for result in report.results],
    }


def _result_plain(result: Result) -> dict[str, Any]:
    return {
        "file": result.file,
        "index": result.index,
        "source_id": result.label,
        "title": result.title,
        "outcome": result.outcome.value,
        "incident": result.incident or None,
        "reason": result.reason.value if result.reason else None,
        "detail": result.detail,
        "oddities": [oddity.value for oddity in result.oddities],
        "kept_as_edited_here": list(result.kept),
        "entries_added": result.added,
        "unresolved_when_last_seen": result.unresolved,
    }


def by_reason(report: Report) -> list[tuple[Reason, list[Result]]]:
    """Return the records that were not imported, by reason, the commonest first."""
    groups = [(reason, [result for result in report.results if result.reason is reason]) for reason in Reason]
    return sorted(((reason, found) for reason, found in groups if found), key=lambda group: -len(group[1]))


def by_oddity(report: Report) -> list[tuple[Oddity, list[Result]]]:
    """Return the records that are odd, by oddity, the commonest first; one record may stand under several."""
    groups = [(oddity, [result for result in report.results if oddity in result.oddities]) for oddity in Oddity]
    return sorted(((oddity, found) for oddity, found in groups if found), key=lambda group: -len(group[1]))


def summary(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the lines of the summary, at most 80 columns wide unless a name is longer, each with its style."""
    yield from _head(report)
    yield from _counts(report)
    groups = [(reason.value, reason.says, found) for reason, found in by_reason(report)]
    yield from _groups("Not imported, by reason", groups)
    odd = [(oddity.value, oddity.says, found) for oddity, found in by_oddity(report)]
    yield from _groups("What the source has wrong, kept as it is", odd)
    edited = [result for result in report.results if result.kept]
    if edited:
        yield "", ""
        yield "bold", "Edited here, and kept where the source says something else"
        yield from (("", _clip(f"  {result.incident}: {', '.join(result.kept)}")) for result in edited[:10])
        if len(edited) > 10:  # noqa: PLR2004 - the report file has them all
            yield "", f"  and {len(edited) - 10:,} more"
    if report.services:
        yield "", ""
        verb = "would be added" if report.dry_run else "added"
        yield "bold", f"Services {verb} to policy/services.yml ({len(report.services)}), under the team `unassigned`"
        yield from (("", line) for line in _wrapped(_some(report.services, 12), "  "))


def _head(report: Report) -> Iterator[tuple[str, str]]:
    yield "bold", f"Import from {report.source}" + (" (dry run: nothing was written)" if report.dry_run else "")
    shown = report.files if len(report.files) <= FILES else report.files[: FILES - 1]
    for file in shown:
        page = f" of {values.shown(file.parsed.page)}" if file.parsed.page else ""
        yield "", _clip(f"  {values.shown(file.name.rsplit('/', 1)[-1])}: {_plural(file.records, 'record')}{page}")
        for note in (*file.notes, *file.parsed.notes):
            yield from (("dim", line) for line in _wrapped(values.shown(note), "    "))
    if len(shown) < len(report.files):
        yield "", f"  and {len(report.files) - len(shown)} more files"
    yield "", ""


def _counts(report: Report) -> Iterator[tuple[str, str]]:
    counts = Counter(result.outcome for result in report.results)
    width = len(f"{max(report.records, 1):,}")
    for outcome in Outcome:
        new = sorted({result.incident for result in report.results if result.outcome is outcome} - {""}, key=id_key)
        ids = f"  {new[0]}" + (f" to {new[-1]}" if len(new) > 1 else "") if new and outcome is Outcome.IMPORTED else ""
        yield "", f"  {counts[outcome]:>{width},}  {_WORDS[outcome]}{ids}"
    yield (
        "bold",
        f"  {sum(counts.values()):>{width},}  of {_plural(report.records, 'record')} in the file{_s(report.files)}",
    )
    unresolved = sum(1 for result in report.results if result.unresolved)
    if unresolved:
        yield "dim", f"  {unresolved:>{width},}  of them unresolved when last seen"


def _groups(title: str, groups: Sequence[tuple[str, str, list[Result]]]) -> Iterator[tuple[str, str]]:
    if not groups:
        return
    yield "", ""
    yield "bold", title
    width = max(len(f"{len(found):,}") for _, _, found in groups)
    for name, says, found in groups:
        head, *more = textwrap.wrap(f"{name}: {says}", WIDTH - width - 4, break_on_hyphens=False)
        yield "", f"  {len(found):>{width},}  {head}"
        yield from (("", f"  {'':>{width}}  {line}") for line in more)
        names = sorted((values.shown(result.incident or result.label) for result in found), key=id_key)
        yield "dim", _clip(f"  {'':>{width}}  {_some(names, EXAMPLES)}")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _some(names: Sequence[str], limit: int) -> str:
    more = f" and {len(names) - limit:,} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more


def _clip(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _s(files: Sequence[object]) -> str:
    return "" if len(files) == 1 else "s"


def to_text(report: Report) -> str:
    """Return the summary and one line for each record of which there is something to say."""
    lines = [line for _, line in summary(report)] + ["", "Record by record"]
    lines += [f"  {_place(result)}: {_said(result)}" for result in report.results]
    return "\n".join(lines) + "\n"


def to_markdown(report: Report) -> str:
    """Return the report as Markdown: counts, reasons, oddities, and a table with every record."""
    counts = Counter(result.outcome for result in report.results)
    lines = [f"# Import from {report.source}", ""]
    lines += ["Nothing was written: this was a dry run.", ""] if report.dry_run else []
    lines += ["| File | Page | Records |", "| --- | --- | ---: |"]
    lines += [f"| {_cell(file.name)} | {_cell(file.parsed.page)} | {file.records:,} |" for file in report.files]
    notes = [
        f"- {_cell(file.name)}: {_cell(note)}" for file in report.files for note in (*file.notes, *file.parsed.notes)
    ]
    lines += ["", *notes] if notes else []
    lines += ["", "| Outcome | Records |", "| --- | ---: |"]
    lines += [f"| {_WORDS[outcome]} | {counts[outcome]:,} |" for outcome in Outcome]
    lines += [f"| all records in the file{_s(report.files)} | {report.records:,} |"]
    for title, groups in (
        ("Not imported", by_reason(report)),
        ("What the source has wrong, kept as it is", by_oddity(report)),
    ):
        if groups:
            lines += ["", f"## {title}", ""]
            lines += [f"- `{kind.value}` ({len(found):,}): {kind.says}" for kind, found in groups]
    lines += [
        "",
        "## Record by record",
        "",
        "| Source id | Title | Incident | What happened |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {_cell(result.label)} | {_cell(result.title)} | {result.incident} | {_cell(_said(result))} |"
        for result in report.results
    ]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """Return ``text`` for a table's cell: a title is not trusted to be no Markdown, nor to call nobody from a pull request."""
    plain = calling_nobody(printable(text).replace("\\", "\\\\").replace("|", "\\|"))
    return plain.replace("<", "&lt;").replace("[", "\\[").replace("`", "\\`").replace("*", "\\*").replace("_", "\\_")


def _place(result: Result) -> str:
    return values.shown(f"{result.label} {result.title}".strip()) + (f" ({result.incident})" if result.incident else "")


def _said(result: Result) -> str:
    parts = [_WORDS[result.outcome]]
    if result.reason:
        detail = f" ({values.shown(result.detail)})" if result.detail else ""
        parts[0] += f", {result.reason.value}: {result.reason.says}{detail}"
    if result.added:
        parts.append(
            f"{_plural(result.added, 'entry').replace('entrys', 'entries')} added to a record that was edited here"
        )
    if result.kept:
        parts.append(f"kept as edited here: {', '.join(result.kept)}")
    if result.unresolved:
        parts.append("unresolved when last seen")
    parts += [f"{oddity.value}: {oddity.says}" for oddity in result.oddities]
    return "; ".join(parts)
