"""``inc policy``: the organisation's own rules, and what a change of them makes of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentbook.cli import _context, _policy_ends
from incidentbook.errors import FINDINGS
from incidentbook.records.vocabulary import Disclosure

if TYPE_CHECKING:
    from incidentbook.outputs import policy_diff as printed

EPILOG = """\b
Examples:
  inc policy diff                          what this branch changes
  inc policy diff HEAD                     only what is not committed
  inc policy diff main..HEAD --markdown    for a pull-request comment
  inc policy diff 2024-12-31..HEAD --json | jq '.concerns[].sentences'
"""


@click.group(epilog=EPILOG)
def command() -> None:
    """Hold a changed policy against the past: what would be judged otherwise."""


@command.command("diff", epilog=EPILOG)
@click.argument("ends", required=False, default="", metavar="[BASE..HEAD|BASE]")
@click.option(
    "--windows",
    type=click.Choice(("months", "own")),
    default="months",
    show_default=True,
    help="Judge objectives by calendar months, or over their own windows at each incident's end.",
)
@_context.as_of_option
@_context.json_by("policy-diff-output")
@click.option("--markdown", is_flag=True, help="Print Markdown for a pull-request comment.")
@click.option("--fail", is_flag=True, help="Leave with 1 when anything is judged otherwise.")
@_context.audience_option("Judge only what a reader of this level may see.")
@click.pass_context
def diff(
    ctx: click.Context,
    ends: str,
    windows: str,
    as_of: str | None,
    *,
    as_json: bool,
    markdown: bool,
    fail: bool,
    audience: str,
) -> None:
    """Say which past incidents the policies of HEAD judge otherwise than those of BASE.

    Both are held against the same records, those of HEAD: without ..HEAD the working tree. BASE is a commit, a branch or a
    date; without one it is where this branch left the main branch. What started before a policy's effective_from is not judged
    by it; what it would say, had it held then, is told apart. It is information: the exit status is 0 unless --fail is given.
    """
    from incidentbook import backtest  # noqa: PLC0415 - takes the metrics along, which --help has no use for
    from incidentbook.cli import _policy_text  # noqa: PLC0415 - likewise
    from incidentbook.reports import backtest as written  # noqa: PLC0415 - likewise

    with _policy_ends.pair(ctx, ends, as_of, audience) as both:
        repo = both.head.repo
        found = backtest.run(repo, both.base.policies, both.head.now, own_windows=windows == "own")
        if audience != Disclosure.RESTRICTED:
            found = found.without_facts()
        name = repo.knowledge_base.name
        lines = (both.words, both.as_of)
    if as_json:
        said: printed.Output = {"knowledge_base": name, **both.origin, **found.plain()}
        _context.print_output("policy-diff-output", said)
    elif markdown:
        click.echo(written.to_markdown(found, name, lines), nl=False)
    else:
        _policy_text.show(found, name, lines)
    if fail and found.reclassified:
        ctx.exit(FINDINGS)
