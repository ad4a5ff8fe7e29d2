"""``inc metrics restate``: what became of figures that were reported earlier."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from incidentbook import periods
from incidentbook.chronicle.seen import Seen
from incidentbook.cli import _context, _figures
from incidentbook.differences import Difference, differences
from incidentbook.history.about import Commit
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.snapshot import commits

if TYPE_CHECKING:
    from rich.console import Console

    from incidentbook.figures import Figure
    from incidentbook.outputs import metrics_restate as printed
    from incidentbook.restatement import Edit, Restatement

_FACTS = 6  # of an edit that are listed; --json has all
EPILOG = """\b
Examples:
  inc metrics restate --since 2025-04-01 --period 2025-Q1
  inc metrics restate --since v2025.1 --period monthly
  inc metrics restate --since HEAD~20 --json | jq '.restatements[].moved'
"""


@click.command("restate", epilog=EPILOG)
@click.option(
    "--since",
    metavar="COMMIT|DATE",
    required=True,
    help="The state that was reported: a date (the last commit until then), a hash, a branch or a tag.",
)
@click.option("--period", metavar="PERIOD", help=f"{periods.GRAMMAR}. Default: the window in policy/metrics.yml.")
@_figures.rev_option
@_context.json_option
@_context.audience_option("Count only what a reader of this level may see.")
@click.pass_context
def restate(
    ctx: click.Context, since: str, period: str | None, rev: str | None, *, as_json: bool, audience: str
) -> None:
    """Say which figures have moved since they were reported, and which edits moved them.

    Both states are measured at the same "now", that of the earlier one: what differs is the work of edits, never of time. What an
    edit did is measured by making it alone.
    """
    from incidentbook import disclosure, hindsight, restatement  # noqa: PLC0415 - takes all metrics along, which a plain `inc metrics` has anyway

    with _figures.state(ctx, since, None, audience) as then, _figures.state(ctx, rev, None, audience) as now:
        reader = Disclosure(audience)
        # what a commit says of itself has no level, nor has a policy; and what is hidden by now is not told of either
        narrower = (
            None if reader is Disclosure.RESTRICTED else Seen(now.whole, disclosure.view(now.whole, reader), reader)
        )
        before = narrower.then(then.repo) if narrower else then.repo
        length = period or then.repo.policy(MetricsPolicy).windows.get("default", "30d")
        windows = periods.parse(length, then.now, then.repo.zone)
        after = hindsight.until(now.repo, then.now)
        edits = restatement.edits(before, after)
        total = len(windows) * max(len(edits), 1)
        steps = iter(_context.progress(range(total), total, "Making each edit alone"))
        found = [
            restatement.restate(before, after, window, then.now, (edit for edit in edits if next(steps, 0) >= 0))
            for window in windows
        ]
        made = commits.between(then.repo.root, then.revision, now.revision or "HEAD")
        if narrower:
            made = {path: [commit.without_words() for commit in found] for path, found in made.items()}
        head: printed.Head = {
            "since": then.commit, "now": now.commit, "as_of": utc_text(then.now), "edits": len(edits),
        }  # fmt: skip
        if as_json:
            said: printed.Output = {**head, "restatements": [_plain(item, made, narrower) for item in found]}
            _context.print_output("metrics-restate-output", said)
        else:
            _print(then.repo.knowledge_base.name, head, found, made, narrower)


def _facts(edit: Edit, narrower: Seen | None) -> list[Difference]:
    """Return what an edit changed; of a policy, which has no level, only to who may read everything."""
    if narrower is None:
        return edit.differences
    if edit.unit[0] != "incident":
        return []
    return list(differences(narrower.data(edit.before), narrower.data(edit.after)))


def _plain(item: Restatement, made: Mapping[str, Sequence[Commit]], narrower: Seen | None) -> printed.Restatement:
    return {
        "window": item.before.window.plain(),
        "moved": [moved.plain() for moved in item.moved],
        "edits": [
            {
                "record": edit.name,
                "paths": edit.paths,
                "what": edit.verb,
                "facts": [difference.plain() for difference in _facts(edit, narrower)],
                "commits": [commit.plain() for commit in _commits(edit, made)],
            }
            for edit in item.movers
        ],
    }


def _commits(edit: Edit, made: Mapping[str, Sequence[Commit]]) -> list[Commit]:
    found = {commit.short: commit for path in edit.paths for commit in made.get(path, ())}
    return sorted(found.values(), key=lambda commit: commit.at)


def _print(
    name: str,
    head: printed.Head,
    found: Sequence[Restatement],
    made: Mapping[str, Sequence[Commit]],
    narrower: Seen | None,
) -> None:
    console = _context.console()
    console.print(f"{name}: restated since {head['since']}", style="bold")
    console.print(
        f"both as of {head['as_of']}; {head['edits']} edit{'' if head['edits'] == 1 else 's'} since, up to {head['now']}",
        style="dim",
    )
    for item in found:
        console.print(f"\n{item.before.window.label}", style="bold")
        if not item.moved:
            console.print("No figure has moved.")
            continue
        table = _context.table("Figure", "Then", "Now", fold="Figure")
        for moved in item.moved:
            table.add_row(moved.name, *(_said(figure) for figure in (moved.before, moved.after)))
        console.print(table)
        for edit in item.movers:
            _print_edit(console, item, edit, _commits(edit, made), _facts(edit, narrower))
        together = [moved.name for moved in item.moved if not moved.effects]
        if together:
            console.print(f"\nOnly together do the edits move: {', '.join(together)}.")


def _said(figure: Figure | None) -> str:
    if figure is None:
        return "-"
    parts = "/".join(map(str, figure.parts.values()))
    return f"{figure.text} ({parts})" if parts else f"{figure.text} (n = {figure.n})"


def _print_edit(
    console: Console, item: Restatement, edit: Edit, told: Sequence[Commit], differ: Sequence[Difference]
) -> None:
    console.print(f"\n{edit.name} {edit.verb}", style="bold")
    facts = differ if edit.verb in ("changed", "moved") else []
    for fact in facts[:_FACTS]:
        console.print(f"  {fact}")
    if len(facts) > _FACTS:
        console.print(f"  and {len(facts) - _FACTS} more facts: --json has all", style="dim")
    for commit in told:
        console.print(
            f"  {commit.short}  {utc_text(commit.at)[:10]}  {commit.subject}",
            style="dim",
            no_wrap=True,
            overflow="ellipsis",
        )
    if not told:
        console.print("  not committed", style="dim")
    for moved, alone in item.effects_of(edit):
        text = f"alone: {moved.name} {_said(moved.before)} → {_said(alone)}"
        whole = text.replace("n = ", "n\u00a0=\u00a0")  # so that no line ends inside it
        lines = textwrap.fill(whole, console.width - 2, initial_indent="  ", subsequent_indent="    ")
        console.print(lines.replace("\u00a0", " "), style="cyan")
