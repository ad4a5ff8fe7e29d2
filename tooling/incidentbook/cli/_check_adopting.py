"""What `inc check` has for a repository that is older than the check: a baseline, counts, and the stage that applies them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from incidentbook import files, reporters
from incidentbook.cli import _check_paths
from incidentbook.errors import NotFoundError
from incidentbook.finding import Finding
from incidentbook.reporters import Report
from incidentbook.results.settled import Settled
from incidentbook.writer import write_text

if TYPE_CHECKING:
    from incidentbook.rules import Rule

_POLICY = "policy/checks.yml"
F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option(
        "--baseline",
        "baseline_file",
        type=click.Path(path_type=Path, dir_okay=False),
        help=f"Leave out what this file lists (default: {files.BASELINE} at the root, where there is one).",
    ),
    click.option("--no-baseline", is_flag=True, help="Report what the baseline lists, too."),
    click.option(
        "--update-baseline", is_flag=True, help="Write what there is now into the baseline, and report nothing."
    ),
    click.option("--statistics", is_flag=True, help="Counts by rule in place of the findings (as text or JSON)."),
)


def options(function: F) -> F:
    """Add the options."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


class Baseline(NamedTuple):
    """The baseline of a run.

    Attributes:
        path: where it is, or would be.
        shown: its name as the reader finds it.
        known: the fingerprints in it; None where there is none, or it is left alone.

    """

    path: Path
    shown: str
    known: frozenset[str] | None = None


def renderer(name: str, *, statistics: bool) -> Callable[[Report], str]:
    """Return what makes the report in the form ``name``. Raises click.UsageError for a form that has no counts."""
    if statistics and name not in ("json", "text"):
        raise click.UsageError(f"--statistics comes as text or JSON, not as {name}.")
    return functools.partial(reporters.statistics if statistics else reporters.render, name)


def is_whole(*, narrowed: bool) -> None:
    """Refuse to write a baseline of a part: it would lose the findings of the rest. Raises click.UsageError."""
    if narrowed:
        raise click.UsageError(
            "--update-baseline is about everything: leave out paths, --select, --ignore and --prose."
        )


def read(root: Path, given: Path | None, *, left_alone: bool, update: bool) -> Baseline:
    """Return the baseline that holds for a run.

    Raises:
        BaselineError: the file is none.
        NotFoundError: the one that was named does not exist.
        click.UsageError: it is both named and refused.

    """
    if left_alone and (given is not None or update):
        raise click.UsageError("--no-baseline goes with neither --baseline nor --update-baseline.")
    path = given if given is not None else root / files.BASELINE
    shown = str(given) if given is not None else _check_paths.prefix(root, github=False) + files.BASELINE
    if left_alone or not path.is_file():
        if given is not None and not update:
            raise NotFoundError(f"There is no baseline {given}", hint="`inc check --update-baseline` writes one.")
        return Baseline(path, shown)
    from incidentbook.results import baseline  # noqa: PLC0415 - only where there is one

    text = path.read_bytes().decode("utf-8", "replace")
    if update and baseline.is_baseline(text):  # it is written anew, so a line that a merge has broken is no matter
        return Baseline(path, shown, baseline.listed(text))
    return Baseline(path, shown, baseline.read(shown, text))


def settled(
    root: Path,
    findings: Sequence[Finding],
    texts: Mapping[str, str],
    *,
    known: frozenset[str] | None,
    selected: Sequence[str],
    ran: Callable[[], Sequence[Rule]] | None,
    failed: bool,
) -> Settled:
    """Return what is reported and kept back of ``findings``; `rules.settle` says what the parameters mean."""
    if not findings:
        return Settled(mended=len(known or ()))
    from incidentbook import repository  # noqa: PLC0415 - where nothing was found, nothing of this is needed
    from incidentbook.records.policy.checks import ChecksPolicy  # noqa: PLC0415 - likewise
    from incidentbook.rules import settle  # noqa: PLC0415 - likewise

    policy = repository.lazily(root, [_POLICY] if (root / _POLICY).is_file() else []).policy(ChecksPolicy)
    return settle.settle(findings, texts, policy, settle.Terms(known, selected, ran, failed))


def update(before: Baseline, found: Settled, texts: Mapping[str, str]) -> None:
    """Write the baseline anew, and say what has changed in it."""
    from incidentbook.results import baseline  # noqa: PLC0415 - only here

    listed = [finding for finding in found.findings if baseline.may_be_known(finding)]
    text = baseline.dump(listed, texts)
    write_text(before.path, text)
    now, known = baseline.listed(text), before.known or frozenset()
    change = f" ({len(now - known):,} new, {len(known - now):,} gone)" if before.known is not None else ""
    click.echo(f"wrote {before.shown}: {len(now):,} known finding{'' if len(now) == 1 else 's'}{change}")
    left = len(found.findings) - len(listed)
    if left:
        click.echo(f"not in it, since they are about suppressions: {left:,} (`inc check` shows them)")
