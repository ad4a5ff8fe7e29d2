"""``inc pr-summary``: what a proposed change comes to, for those who review it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentbook import hindsight, periods
from incidentbook.cli import _context, _figures, _seen
from incidentbook.entry import POLICY_TYPES
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.snapshot import base

if TYPE_CHECKING:
    from incidentbook.backtest.model import Backtest
    from incidentbook.outputs import pr_summary as printed
    from incidentbook.proposal import Proposal

EPILOG = """\b
Examples:
  inc pr-summary                        this branch, as it lies here
  inc pr-summary main...HEAD --markdown >> "$GITHUB_STEP_SUMMARY"
  inc pr-summary HEAD~1..HEAD --period 2025-Q1
  inc pr-summary --json | jq '.promises[] | select(.what == "committed")'
"""


@click.command(epilog=EPILOG)
@click.argument("ends", required=False, default="", metavar="[BASE..HEAD|BASE]")
@click.option("--period", metavar="PERIOD", help=f"{periods.GRAMMAR}. Default: the window in policy/metrics.yml.")
@_context.as_of_option
@_context.json_by("pr-summary-output")
@click.option("--markdown", is_flag=True, help="Print Markdown for a pull request or a job summary.")
@_context.audience_option("Tell only what a reader of this level may see.")
@click.pass_context
def command(
    ctx: click.Context,
    ends: str,
    period: str | None,
    as_of: str | None,
    *,
    as_json: bool,
    markdown: bool,
    audience: str,
) -> None:
    """Sum a proposed change up: records, figures before and after, promises, clocks of post-mortems, policies.

    Without ..HEAD it is the working tree that is held against BASE. BASE is a commit, a branch or a date; without one it is where
    this branch left the main branch. Both states are seen at the same "now", so that what differs is the work of the change.
    """
    from incidentbook import proposal  # noqa: PLC0415 - takes all metrics along, which --help has no use for
    from incidentbook.reports import pull_request as written  # noqa: PLC0415 - likewise

    asked, reader = base.ends(_context.root_of(ctx), ends), Disclosure(audience)
    with (
        _figures.state(ctx, asked.head or None, as_of, audience, whole=True) as head,
        _figures.state(ctx, asked.base, None, audience, whole=True) as old,
    ):
        narrower = _seen.seen(head, reader)
        before = hindsight.until(old.whole if narrower is None else narrower.then(old.repo), head.now)
        length = period or head.repo.policy(MetricsPolicy).windows.get("default", "30d")
        window = periods.parse(length, head.now, head.repo.zone)[-1]
        found = proposal.proposal(before, head.repo, window, head.now)
        judged = _judged(asked, head, found, reader)
        facts = {edit.unit: _seen.facts(edit, narrower) for edit in found.edits}
        how = "" if asked.how == old.commit else f" ({asked.how})"
        told = written.Told(
            head.repo.knowledge_base.name,
            f"{old.commit}{how}",
            head.commit or "the working tree",
            head.now,
            facts,
            judged,
        )
        if as_json:
            said: printed.Output = {
                "knowledge_base": told.name,
                "ends": {"base": old.commit, "how": asked.how, "head": head.commit},
                "as_of": utc_text(head.now),
                "window": window.plain(),
                **written.plain(found, told),
            }
            _context.print_output("pr-summary-output", said)
        elif markdown:
            click.echo(written.to_markdown(found, told), nl=False)
        else:
            from rich.markdown import Markdown  # noqa: PLC0415 - only a terminal reads it

            _context.console().print(Markdown(written.to_markdown(found, told)))


def _judged(asked: base.Ends, head: _figures.State, found: Proposal, reader: Disclosure) -> Backtest | None:
    """Return what the changed policies make of the past; None where none has changed."""
    from incidentbook import backtest  # noqa: PLC0415 - as above
    from incidentbook.cli import _policy_ends  # noqa: PLC0415 - likewise

    judging = set(POLICY_TYPES) - {"knowledge-base"}
    if not any(edit.unit[0] in judging for edit in found.edits):
        return None
    both = _policy_ends.against(head.whole.root, asked, head)
    judged = backtest.run(head.repo, both.base.policies, head.now)
    return judged if reader is Disclosure.RESTRICTED else judged.without_facts()
