"""``inc recommend``: what the incidents of some time call for, with the figures and records that show it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

from incidentbook import periods
from incidentbook.cli import _context, _figures
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from incidentbook.metrics import Scope
    from incidentbook.outputs import recommend as printed
    from incidentbook.periods import Window
    from incidentbook.recommendations import Reason, Recommendation

_CITED = 6
_STYLES = {"strong": "bold", "moderate": "bold", "weak": ""}
EPILOG = """\b
Examples:
  inc recommend                     what the last year calls for
  inc recommend --period 2024-Q4
  inc recommend --strong            only what four incidents or more call for
  inc recommend --rules             the rules, and what calls for each
  inc recommend --json | jq '.recommendations[].what'
"""


@click.command(epilog=EPILOG)
@click.option(
    "--period",
    metavar="PERIOD",
    help=f'{periods.GRAMMAR}. Default: the exposure of `mtbf` in policy/metrics.yml, to "now".',
)
@click.option("--strong", is_flag=True, help="Leave out what fewer than four incidents call for.")
@click.option("--all", "every", is_flag=True, help=f"Name all reasons and incidents, not only {_CITED} of each.")
@click.option("--rules", is_flag=True, help="Explain the rules instead.")
@_figures.rev_option
@_context.as_of_option
@_context.json_by("recommend-output")
@_context.audience_option("Look only at what a reader of this level may see.")
@click.pass_context
def command(
    ctx: click.Context,
    period: str | None,
    rev: str | None,
    as_of: str | None,
    *,
    strong: bool,
    every: bool,
    rules: bool,
    as_json: bool,
    audience: str,
) -> None:
    """Recommend what the incidents of some time call for: process improvements first, then what to change in systems.

    Each recommendation names its figures and the incidents that show it. Where no incident calls for anything, nothing is
    recommended. How strong it is goes by the number of incidents: one is weak, two or three are moderate, four or more strong.
    """
    from incidentbook import recommendations  # noqa: PLC0415 - `--help` needs none of it
    from incidentbook.metrics import Scope, Whole  # noqa: PLC0415 - likewise

    if rules:
        _print_rules(recommendations.registry())
        return
    with _figures.state(ctx, rev, as_of, audience) as at:
        scope = Scope(Whole(at.repo, at.now, at.store), _window(at, period))
        found = [
            one
            for one in recommendations.recommend(scope)
            if not strong or one.strength is recommendations.Strength.STRONG
        ]
    if as_json:
        _context.print_output("recommend-output", _plain(found, scope, at))
    else:
        _print(_context.console(), found, scope, at, every=every, strong=strong)


def _window(at: _figures.State, period: str | None) -> Window:
    """Return the one window that is meant. Raises click.BadParameter for a series of them."""
    windows = periods.parse(period or at.repo.policy(MetricsPolicy).mtbf.exposure, at.now, at.repo.zone)
    if len(windows) > 1:
        raise click.BadParameter(
            f"{period} means {len(windows)} periods; name one, such as {windows[-1].label}.", param_hint="--period"
        )
    return windows[0]


def _plain(found: Sequence[Recommendation], scope: Scope, at: _figures.State) -> printed.Output:
    return {
        "knowledge_base": at.repo.knowledge_base.name,
        "window": scope.window.plain(),
        "as_of": utc_text(at.now),
        "commit": at.commit,
        "incidents": len(scope.population.counted),
        "excluded": scope.population.excluded,
        "recommendations": [one.plain() for one in found],
    }


def _print(
    console: Console,
    found: Sequence[Recommendation],
    scope: Scope,
    at: _figures.State,
    *,
    every: bool,
    strong: bool,
) -> None:
    count, window = len(scope.population.counted), scope.window
    incidents = f"{count} incident{'' if count == 1 else 's'}"
    said = f"{len(found)} recommendation{'' if len(found) == 1 else 's'} from {incidents}"
    console.print(f"{at.repo.knowledge_base.name}: {said}", style="bold")
    head = f"{utc_text(window.start)} to {utc_text(window.end)} ({window.zone}), {at.as_of}, {at.origin}"
    _say(console, head, "", style="dim")
    if not found:
        console.print(f"\n{_nothing(count, strong=strong)}")
    heading = ""
    for number, one in enumerate(found, 1):
        if one.kind.heading != heading:
            heading = one.kind.heading
            console.print(f"\n{heading}", style="bold underline")
        _print_one(console, number, one, every=every)


def _nothing(count: int, *, strong: bool) -> str:
    if not count:
        return "No incident, so nothing calls for a change."
    return f"Nothing that {'four incidents or more' if strong else 'they'} show calls for a change."


def _print_one(console: Console, number: int, one: Recommendation, *, every: bool) -> None:
    lead = f"{number:>2}. "
    indent = " " * len(lead)
    console.print()
    _say(console, one.what, lead, style=_STYLES[one.strength.value])
    count = len(one.incidents)
    strength = f"{one.strength}: {count} incident{'' if count == 1 else 's'}"
    console.print(f"{indent}{strength}  ({one.slug})", style="dim")
    shown = one.reasons if every or len(one.reasons) <= _CITED + 1 else one.reasons[:_CITED]
    for reason in shown:
        _say(console, _reason(reason, every=every), f"{indent}- ")
    if len(shown) < len(one.reasons):
        console.print(f"{indent}- and {len(one.reasons) - len(shown)} more reasons; --all has them", style="dim")


def _reason(reason: Reason, *, every: bool) -> str:
    cited = [_cited(names, every=every) for names in (reason.incidents, reason.also) if names]
    return f"{reason.text}: {'; '.join(cited)}" if cited else reason.text


def _cited(names: Sequence[str], *, every: bool) -> str:
    shown = names if every or len(names) <= _CITED + 1 else names[:_CITED]
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return f"{', '.join(shown)}{more}"


def _say(console: Console, text: str, lead: str, **more: Any) -> None:
    lines = textwrap.wrap(
        text, console.width - 2, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False
    )
    console.print("\n".join(lines), **more)


def _print_rules(known: dict[str, Any]) -> None:
    console = _context.console()
    for slug, module in known.items():
        console.print(f"{slug}: {module.WHAT}", style="bold", soft_wrap=True)
        for part in (module.__doc__ or "").split("\n\n"):
            _say(console, " ".join(part.split()), "  ")
        console.print()
