"""``inc check --fix`` and ``--diff``: files mended on disk, or shown as they would be."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from incidentbook.cli import _diff
from incidentbook.finding import Finding
from incidentbook.terminal_text import clean

if TYPE_CHECKING:
    from incidentbook.rules import Rule
    from incidentbook.rules.context import Context
    from incidentbook.rules.fixing import Found, Result

F = TypeVar("F", bound=Callable[..., Any])


def options(function: F) -> F:
    """Add ``--fix`` and ``--diff``."""
    fix = click.option("--fix", is_flag=True, help="Mend what is safe to mend, then report what is left.")
    diff = click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
    return fix(diff(function))


def refuse(*, fix: bool, diff: bool, prose: bool, other: bool) -> None:
    """Refuse what does not go together. Raises click.UsageError."""
    if fix and diff:
        raise click.UsageError("--diff shows what --fix would do: give one of the two.")
    if prose and (fix or diff):
        raise click.UsageError("--prose finds what only its author can put otherwise: there is nothing for --fix.")
    if diff and other:
        raise click.UsageError("--diff prints a diff: there is no --format, --json or --output for it.")


def refuse_baseline(*, fix: bool, diff: bool) -> None:
    """Refuse to mend and to take note of what is not mended at once. Raises click.UsageError."""
    if fix or diff:
        raise click.UsageError("--update-baseline lists what is left: mend first, then write it.")


def plan(
    context: Context,
    findings: Sequence[Finding],
    chosen: Sequence[Rule],
    wanted: Collection[str] | None,
    reported: Callable[[Sequence[Finding], Mapping[str, str]], Sequence[Finding]],
) -> Result:
    """Work out what the fixes that ``chosen`` rules offer make of the files, without touching any.

    All rules judge a fix, whichever were chosen: what is mended by one must not become another's finding. What comment, policy or
    baseline let stand is left as it is: ``reported`` says what of some findings, in files with these texts, is not.
    """
    from incidentbook.rules import discover, fixing, trial  # noqa: PLC0415 - only who mends needs them

    paths = dict.fromkeys(each.path for each in findings if each.fix and (wanted is None or each.path in wanted))
    texts = {path: context.entries[path].text for path in paths}
    codes = frozenset(rule.code for rule in chosen)

    def named(now: Mapping[str, str], found: Found) -> Iterator[Finding]:
        every = sorted((each for members in found.values() for each in members), key=lambda each: each.sort_key)
        return (each for each in reported(every, now) if each.code in codes)

    return fixing.mend(texts, trial.looker(context, discover()), named)


def write(root: Path, result: Result) -> Result:
    """Write the files and return what has been done; a file that is not as it was read, or must not be written, stays."""
    from incidentbook.rules.fixing import Refusal  # noqa: PLC0415 - as above
    from incidentbook.writer import lock  # noqa: PLC0415 - as above

    if not result.texts:
        return result
    refused = list(result.refused)
    written: dict[str, str] = {}
    with lock(root):
        for path, text in result.texts.items():
            trouble = _write(root / path, result.before[path], text)
            if trouble:
                refused += [Refusal(found, trouble) for found in result.mended if found.path == path]
            else:
                written[path] = text
    mended = tuple(found for found in result.mended if found.path in written)
    return replace(
        result, texts=written, mended=mended, refused=tuple(sorted(refused, key=lambda each: each.finding.sort_key))
    )


def _write(path: Path, before: str, after: str) -> str:
    """Write a file; return why not, where it is not written."""
    from incidentbook.writer import write_text  # noqa: PLC0415 - as above

    try:
        if path.is_symlink():
            return "the file is a link; mend the one that it leads to"
        if not path.stat().st_mode & 0o222:
            return "the file is read-only"
        if path.read_bytes() != before.encode("utf-8"):
            return "the file has changed meanwhile; run it again"
        write_text(path, after)
    except OSError as error:
        return f"the file cannot be written: {error.strerror or error}"
    return ""


def tell(result: Result, prefix: str, *, aside: bool) -> None:
    """Say what was mended, and what was not and why: before the report, or on standard error where that is for a program."""
    lines = [f"mended {_title(found, prefix)}" for found in result.mended]
    for each in result.refused:
        because = textwrap.wrap(clean(each.because), 80, initial_indent="  because ", subsequent_indent="  ")
        lines += [f"left {_title(each.finding, prefix)}", *because]
    if lines:
        click.echo("\n".join(lines) + ("" if aside else "\n"), err=aside)


def _title(found: Finding, prefix: str) -> str:
    return clean(f"{prefix}{found.path}:{found.span.line}: {found.code} {found.fix.title if found.fix else ''}")


def left(findings: Sequence[Finding], wanted: Collection[str] | None) -> tuple[Finding, ...]:
    """Return ``findings`` after a run of --fix: what is left in the files that it went over is not for the next one either."""
    return tuple(found if wanted and found.path not in wanted else replace(found, fix=None) for found in findings)


def show(result: Result) -> None:
    """Print the diff, and say on standard error what it comes to."""
    _diff.show(result.before, result.texts)
    tell(replace(result, mended=()), "", aside=True)
    n, files = len(result.mended), len(result.texts)
    what = f"{n:,} finding{'' if n == 1 else 's'} in {files:,} file{'' if files == 1 else 's'}"
    click.echo(f"`inc check --fix` mends {what}" if n else "there is nothing that `inc check --fix` mends", err=True)
