"""``inc maturity``: where incident response stands on five levels, what shows it, and what is next."""

from __future__ import annotations

import functools
import textwrap
from typing import TYPE_CHECKING, Any

import click

from incidentbook.cli import _context, _figures
from incidentbook.errors import NotFoundError
from incidentbook.records.policy.maturity import MaturityPolicy
from incidentbook.records.time import utc_text
from incidentbook.snapshot import revision

if TYPE_CHECKING:
    from rich.console import Console

    from incidentbook.maturity import Assessment, Verdict
    from incidentbook.outputs import maturity as printed

_CITED, _HIGHEST = 3, 5
_MARKS = {True: ("✓", "green"), False: ("✗", "red")}
EPILOG = """\b
Examples:
  inc maturity                     level, target, and the next steps between
  inc maturity --all               every criterion with what shows it
  inc maturity --rev 2024-12-31    as it stood then
  inc maturity --checks            what can be computed
  inc maturity --json | jq .level
"""


@click.command(epilog=EPILOG)
@click.option("--all", "every", is_flag=True, help="Show criteria above the target, too.")
@click.option("--checks", is_flag=True, help="Explain the checks that a rubric can compute evidence by.")
@_figures.rev_option
@_context.as_of_option
@_context.json_by("maturity-output")
@_context.audience_option("Look only at what a reader of this level may see.")
@click.pass_context
def command(
    ctx: click.Context, rev: str | None, as_of: str | None, *, every: bool, checks: bool, as_json: bool, audience: str
) -> None:
    """Assess process, people, technology, culture and metrics by the rubric in policy/maturity.yml.

    Each criterion is computed from evidence in the knowledge base, or attested by a team on a day, and shown as such. A level is
    reached when every criterion up to it is met; the lowest dimension decides.
    """
    from incidentbook import maturity  # noqa: PLC0415 - `--help` needs none of it
    from incidentbook.maturity import evidence  # noqa: PLC0415 - likewise

    if checks:
        _print_checks({name: module.__doc__ or "" for name, module in evidence.registry().items()})
        return
    with _figures.state(ctx, rev, as_of, audience, whole=True) as at:
        there = functools.partial(revision.holds, at.repo.root, at.revision) if at.revision else None
        found = maturity.assess(at.repo, at.now, there, at.store)
        policy = at.repo.policy(MaturityPolicy)
        if found is None:
            raise NotFoundError(
                "There is no rubric: policy/maturity.yml is missing or names no dimension",
                hint="`inc init` writes one into a new folder, from which you can copy it.",
            )
        if as_json:
            _context.print_output("maturity-output", _plain(found, policy, at))
        else:
            _print(_context.console(), found, policy, at, every=every)


def _plain(found: Assessment, policy: MaturityPolicy, at: _figures.State) -> printed.Output:
    return {
        "knowledge_base": at.repo.knowledge_base.name,
        "as_of": utc_text(at.now),
        "commit": at.commit,
        "level": found.level,
        "target": found.target,
        "levels": {str(level): named.name for level, named in policy.levels.items()},
        "dimensions": [
            {"name": item.name, "level": item.level, "criteria": [verdict.plain() for verdict in item.verdicts]}
            for item in found.dimensions
        ],
    }


def _print(console: Console, found: Assessment, policy: MaturityPolicy, at: _figures.State, *, every: bool) -> None:
    console.print(f"{at.repo.knowledge_base.name}: level {policy.label(found.level)}", style="bold")
    console.print(f"target {policy.label(found.target)}; {at.as_of}, {at.origin}", style="dim")
    for item in found.dimensions:
        console.print()
        console.print(f"{item.name.capitalize():<12} {_bar(item.level)}  {policy.label(item.level)}", style="bold")
        for verdict in sorted(item.verdicts, key=lambda verdict: verdict.criterion.level):
            if every or verdict.criterion.level <= found.target:
                _print_verdict(console, verdict)
    if found.level >= found.target:
        console.print("\nThe target is reached.", style="green")
        return
    console.print(f"\nNext steps to level {policy.label(found.target)}", style="bold")
    for item in found.dimensions:
        for verdict in item.missing(found.target):
            _say(console, f"{item.name.capitalize()}, level {verdict.criterion.level}: {_step(verdict)}", "- ")


def _print_verdict(console: Console, verdict: Verdict) -> None:
    mark, style = _MARKS[verdict.met]
    _say(console, verdict.criterion.text, f"{mark} {verdict.criterion.level}  ", style=style)
    cites = f": {', '.join(verdict.cites[:_CITED])}" if verdict.cites and not verdict.met else ""
    more = f" and {len(verdict.cites) - _CITED} more" if cites and len(verdict.cites) > _CITED else ""
    _say(console, f"{verdict.means}: {verdict.said.removeprefix('attested ')}{cites}{more}", "     ", style="dim")


def _step(verdict: Verdict) -> str:
    """Say what is to be done: bring the evidence up, or attest."""
    text = verdict.criterion.text
    if verdict.means == "computed":
        return f"{text}. Now {verdict.said}"
    return (
        f"{text}. Attest it in policy/maturity.yml once it holds"
        if verdict.means == "open"
        else f"{text}: {verdict.said}"
    )


def _say(console: Console, text: str, lead: str, **more: Any) -> None:
    lines = textwrap.wrap(text, console.width - 2, initial_indent=lead, subsequent_indent=" " * len(lead))
    console.print("\n".join(lines), **more)


def _bar(level: int) -> str:
    return "■" * level + "□" * (_HIGHEST - level)


def _print_checks(checks: dict[str, str]) -> None:
    console = _context.console()
    for name, documentation in checks.items():
        console.print(name, style="bold")
        _say(console, " ".join(documentation.split()), "  ")
