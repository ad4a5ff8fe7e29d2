"""``inc metrics restate``: what became of figures that were reported earlier."""

from __future__ import annotations

import contextlib
import dataclasses
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from incidentbook import periods
from incidentbook.chronicle.seen import Seen
from incidentbook.cli import _context, _figures, _seen
from incidentbook.differences import Difference
from incidentbook.errors import NotFoundError
from incidentbook.history.about import Commit
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.snapshot import commits

if TYPE_CHECKING:
    from rich.console import Console

    from incidentbook.alterations import Edit
    from incidentbook.chronicle.renumbered import Renumbered
    from incidentbook.figures import Figure
    from incidentbook.outputs import metrics_restate as printed
    from incidentbook.restatement import Moved, Restatement

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
@_context.json_by("metrics-restate-output")
@_context.audience_option("Count only what a reader of this level may see.")
@click.pass_context
def restate(
    ctx: click.Context, since: str, period: str | None, rev: str | None, *, as_json: bool, audience: str
) -> None:
    """Say which figures have moved since they were reported, and which edits moved them.

    Both states are measured at the same "now", that of the earlier one: what differs is the work of edits, never of time. What an
    edit did is measured by making it alone.
    """
    from incidentbook import alterations, hindsight, restatement  # noqa: PLC0415 - takes all metrics along, which a plain `inc metrics` has anyway

    with contextlib.ExitStack() as states:
        then = states.enter_context(_figures.state(ctx, since, None, audience))
        now = states.enter_context(_figures.state(ctx, rev, None, audience))
        fork, notes = _fork(then, now, since, rev)
        if fork != then.revision:
            then = states.enter_context(_figures.state(ctx, fork, None, audience))
        reader = Disclosure(audience)
        narrower = _seen.seen(now, reader)
        length = period or then.repo.policy(MetricsPolicy).windows.get("default", "30d")
        windows = periods.parse(length, then.now, then.repo.zone)
        after = hindsight.until(now.repo, then.now)
        before = _before(then, now, narrower, reader)
        edits = alterations.edits(before.repo, after)
        total = len(windows) * max(len(edits), 1)
        steps = iter(_context.progress(range(total), total, "Making each edit alone"))
        found = [
            restatement.restate(before.repo, after, window, then.now, (edit for edit in edits if next(steps, 0) >= 0))
            for window in windows
        ]
        made = commits.between(then.repo.root, then.revision, now.revision or "HEAD")
        for path, old in before.former.items():
            made[path] = [*made.get(old, []), *made.get(path, [])]
        if narrower:
            made = {path: [commit.without_words() for commit in found] for path, found in made.items()}
        head: printed.Head = {
            "since": then.commit, "now": now.commit, "as_of": utc_text(then.now), "edits": len(edits),
            "renumbered": [{"before": old, "after": new} for old, new in before.numbers], "notes": notes,
        }  # fmt: skip
        if as_json:
            said: printed.Output = {**head, "restatements": [_plain(item, made, narrower) for item in found]}
            _context.print_output("metrics-restate-output", said)
        else:
            _print(then.repo.knowledge_base.name, head, found, made, narrower)


def _before(then: _figures.State, now: _figures.State, narrower: Seen | None, reader: Disclosure) -> Renumbered:
    """Return the earlier state by today's numbers, as far as the reader may see it: whether he may, its number of today says."""
    from incidentbook import disclosure, hindsight  # noqa: PLC0415 - as above
    from incidentbook.chronicle.renumbered import renumbered  # noqa: PLC0415 - likewise

    found = renumbered(*(hindsight.until(state.whole, then.now) for state in (then, now)))
    if narrower is None:
        return found
    shown = narrower.then(disclosure.view(found.repo, reader))
    seen = {entry.record.id for entry in shown.incidents if entry.record}
    return dataclasses.replace(found, repo=shown, numbers=[pair for pair in found.numbers if pair[1] in seen])


def _fork(then: _figures.State, now: _figures.State, since: str, rev: str | None) -> tuple[str, list[str]]:
    """Return the commit to begin with, and what is to be said of it: an edit is one only where it was made since.

    Raises:
        NotFoundError: nothing can have moved between the two, or nobody can say what.

    """
    fork = commits.fork(then.whole.root, then.revision, now.revision or "HEAD")
    name = rev or "what is here"
    if not fork:
        raise NotFoundError(
            f"{since} and {name} have no commit in common, so nobody can say which edits lie between them",
            hint="Choose a commit of this line: `git log` shows them; in a shallow clone `git fetch --unshallow` gets the rest.",
        )
    if fork == now.revision != then.revision:
        raise NotFoundError(
            f"{since} comes after {name}, so nothing can have moved since", hint="Change --since and --rev about."
        )
    if fork == then.revision:
        return fork, []
    short = fork[: len(then.commit)]
    return fork, [f"{since} is not in the past of {rev or 'HEAD'}: measured from {short}, where their lines part."]


def _plain(item: Restatement, made: Mapping[str, Sequence[Commit]], narrower: Seen | None) -> printed.Restatement:
    return {
        "window": item.before.window.plain(),
        "moved": [moved.plain() for moved in item.moved],
        "edits": [
            {
                "record": edit.name,
                "paths": edit.paths,
                "what": edit.verb,
                "facts": [difference.plain() for difference in _seen.facts(edit, narrower)],
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
    if head["renumbered"]:
        numbers = ", ".join(f"{pair['before']} → {pair['after']}" for pair in head["renumbered"])
        console.print(f"Renumbered, which moves no figure: {numbers}.", style="dim")
    for note in head["notes"]:
        console.print(note, style="yellow")
    for item in found:
        console.print(f"\n{item.before.window.label}", style="bold")
        _print_window(console, item, made, narrower)


def _print_window(
    console: Console, item: Restatement, made: Mapping[str, Sequence[Commit]], narrower: Seen | None
) -> None:
    from incidentbook.restatement import said  # noqa: PLC0415 - as above

    shown = [moved for moved in item.moved if moved.shows]
    if shown:
        table = _context.table("Figure", "Then", "Now", fold="Figure")
        for moved in shown:
            table.add_row(moved.name, *(said(figure) for figure in (moved.before, moved.after)))
        console.print(table)
        for edit in item.movers:
            alone = [(moved, figure) for moved, figure in item.effects_of(edit) if said(moved.before) != said(figure)]
            if alone:
                _print_edit(console, alone, edit, _commits(edit, made), _seen.facts(edit, narrower))
        together = [moved.name for moved in shown if not moved.effects]
        if together:
            console.print(f"\nOnly together do the edits move: {', '.join(together)}.")
    else:
        console.print("No figure has moved by as much as shows." if item.moved else "No figure has moved.")
    hidden = len(item.moved) - len(shown)
    if hidden:
        count = "1 figure has" if hidden == 1 else f"{hidden} figures have"
        console.print(f"{count} moved by less than shows: --json has {'it' if hidden == 1 else 'them'}.", style="dim")


def _print_edit(
    console: Console,
    effects: Sequence[tuple[Moved, Figure | None]],
    edit: Edit,
    told: Sequence[Commit],
    differ: Sequence[Difference],
) -> None:
    from incidentbook.restatement import said  # noqa: PLC0415 - as above

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
    for moved, alone in effects:
        text = f"alone: {moved.name} {said(moved.before)} → {said(alone)}"
        whole = text.replace("n = ", "n\u00a0=\u00a0")  # so that no line ends inside it
        lines = textwrap.fill(whole, console.width - 2, initial_indent="  ", subsequent_indent="    ")
        console.print(lines.replace("\u00a0", " "), style="cyan")
