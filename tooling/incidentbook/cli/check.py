"""``inc check``: everything that is wrong, with file, line, column and a sentence."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import files, reporters
from incidentbook.cli import _check_adopting, _check_fix, _check_paths, _check_prose, _check_report, _context
from incidentbook.errors import CLEAN, FINDINGS
from incidentbook.finding import Finding, narrow
from incidentbook.results import fingerprint, standing
from incidentbook.results.settled import Settled
from incidentbook.results.store import Store

if TYPE_CHECKING:
    from incidentbook.rules import Rule
    from incidentbook.rules.context import Context
    from incidentbook.rules.engine import RuleError

EPILOG = """\b
Examples:
  inc check                                    everything
  inc check incidents/2025                     one folder, and what it breaks
  inc check postmortems/2025/INC-2025-001.md   one file
  inc check --format github                    annotations on a pull request
  inc check --output findings.sarif            for code scanning
  inc check --ignore freshness --as-of 2025-06-30
  inc check --fix                              mend it; --diff only shows it
  inc check --prose draft.md                   the language of any Markdown
  inc check --statistics                       how much there is of what
  inc check --update-baseline                  only what is new from now on

The whole knowledge base is always indexed; findings are reported for the files given and for what they affect.

Exit status: 0 clean, 1 findings (errors or warnings), 2 wrong use or a missing path, 3 a bug.
"""


@click.command(epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(reporters.names()), help="Form of the report (default: text).")
@_context.json_option
@_context.as_of_option
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file; its ending says the form."
)
@click.option("--exit-zero", is_flag=True, help="Leave with 0 even when there are findings.")
@click.option(
    "--select", multiple=True, metavar="RULES", help="Only these rules: codes, starts of codes, names or families."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="All but these rules.")
@click.option(
    "--cache/--no-cache", default=True, help="Keep results below .incidentbook/ and use those kept (default)."
)
@_check_fix.options
@_check_adopting.options
@click.option("--prose", is_flag=True, help="PATHS are any Markdown files: check their language only.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    format_: str | None,
    as_of: str | None,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    as_json: bool,
    exit_zero: bool,
    cache: bool,
    fix: bool,
    diff: bool,
    baseline_file: Path | None,
    no_baseline: bool,
    update_baseline: bool,
    statistics: bool,
    prose: bool,
) -> None:
    """Check records, post-mortems, playbooks and policy; PATHS narrow what is reported."""
    words = _words(select), _words(ignore)
    chosen = functools.cache(lambda: _chosen(*words))
    if any(words):
        chosen()  # a word that names no rule is refused before anything is read
    name = "json" if as_json else format_ or (reporters.ENDINGS.get(output.suffix, "text") if output else "text")
    _check_fix.refuse(fix=fix, diff=diff, prose=prose, other=as_json or bool(format_ or output))
    render = _check_adopting.renderer(name, statistics=statistics)
    if update_baseline:
        _check_adopting.is_whole(narrowed=bool(paths or any(words) or prose))
        _check_fix.refuse_baseline(fix=fix, diff=diff)
    if prose:
        report = _check_prose.report(paths, chosen(), file=output is not None)
        _check_report.deliver(ctx, report, render(report), output, exit_zero=exit_zero)
        return
    root = _check_paths.root(ctx, paths)
    adopting = _check_adopting.read(root, baseline_file, left_alone=no_baseline, update=update_baseline)
    read, unread = files.listing(root)
    wanted = _check_paths.wanted(root, paths, [*read, *unread]) if paths else None

    def check() -> tuple[Sequence[Finding], Sequence[RuleError]]:
        policies = fingerprint.policies(root, read)
        store = Store(root, fingerprint.of(root, policies, words, _plugins), policies) if cache else None
        kept = standing.findings(root, read, unread, store) if store and as_of is None else None
        return (kept, ()) if kept is not None else _run(root, (read, unread), chosen, store, as_of)

    def settle(some: Sequence[Finding], texts: Mapping[str, str]) -> Settled:
        known = None if update_baseline else adopting.known
        ran = chosen if any(words) else None
        return _check_adopting.settled(
            root, some, texts, known=known, selected=words[0], ran=ran, failed=bool(failures)
        )

    found, failures = check()
    fixes = None
    if fix or diff:
        context = _context_of(root, (read, unread), as_of)
        left = settle(found, _texts(root, found)).findings
        fixes = _check_fix.plan(context, left, chosen(), wanted, lambda *these: settle(*these).findings)
        if diff:
            _check_fix.show(fixes)
            ctx.exit(FINDINGS if fixes.texts and not exit_zero else CLEAN)
        fixes = _check_fix.write(root, fixes)
        _check_fix.tell(fixes, _check_report.prefix(root, name), aside=name != "text" or output is not None)
        found, failures = check()
    shown = found if wanted is None else narrow(found, wanted)
    texts = _texts(root, shown)
    settled = settle([each for each in found if each.path in texts], texts)
    if update_baseline:
        _check_report.leave_on(failures)
        _check_adopting.update(adopting, settled, texts)
        return
    if wanted is not None:
        settled = settled.narrowed(wanted)
    report = replace(
        _check_report.of_files(
            settled.findings if fixes is None else _check_fix.left(settled.findings, wanted),
            texts,
            read,
            wanted,
            file=output is not None,
        ),
        prefix=_check_report.prefix(root, name),
        rules=chosen() if name in _check_report.FOR_SERVERS else (),
        fixes=fixes,
        kept=settled.counts,
        mended=0 if any(words) or failures else settled.mended,
        baseline=adopting.shown,
    )
    _check_report.deliver(ctx, report, render(report), output, exit_zero=exit_zero, failures=failures)


def _texts(root: Path, findings: Sequence[Finding]) -> dict[str, str]:
    return {path: _text(root, path) for path in {each.path for each in findings}}


def _chosen(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    from incidentbook import rules  # noqa: PLC0415 - where all is as it was, no rule is needed

    return rules.choose(rules.discover(), select, ignore)


def _plugins() -> Iterator[str]:
    from incidentbook import rules  # noqa: PLC0415 - only where somebody else's rules are installed

    return rules.foreign_files()


def _run(
    root: Path,
    listing: tuple[list[str], list[str]],
    chosen: Callable[[], tuple[Rule, ...]],
    store: Store | None,
    as_of: str | None,
) -> tuple[Sequence[Finding], Sequence[RuleError]]:
    """Look at what may have changed."""
    from incidentbook.rules import incremental  # noqa: PLC0415 - where all is as it was, no record is needed

    with _context.no_collection():
        outcome = incremental.run(_context_of(root, listing, as_of), chosen, store, _context.progress)
    return outcome.findings, outcome.failures


def _context_of(root: Path, listing: tuple[list[str], list[str]], as_of: str | None) -> Context:
    from incidentbook import repository  # noqa: PLC0415 - as above
    from incidentbook.rules.context import Context  # noqa: PLC0415 - as above

    read, unread = listing
    repo = repository.lazily(root, read, digested=True)
    return Context(repo, _context.now(repo, as_of), unread)


def _words(options: Sequence[str]) -> list[str]:
    return [word.strip() for option in options for word in option.split(",") if word.strip()]


def _text(root: Path, path: str) -> str:
    data = files.read_bytes(root, path)
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
