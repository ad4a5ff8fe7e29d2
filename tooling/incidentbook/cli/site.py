"""``inc site``: the published knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from incidentbook import files, repository
from incidentbook.cli import _context, _mkdocs, _site_pages
from incidentbook.errors import FINDINGS
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

BUILD_EPILOG = """\b
Examples:
  inc site build                       the public view, into site/
  inc site build --audience internal --output build/internal
  inc site build --as-of 2025-02-01    as it will look then
"""
SERVE_EPILOG = """\b
Examples:
  inc site serve                       http://127.0.0.1:8000
  inc site serve --port 8080 --audience internal
"""
_AUDIENCES = click.Choice([level.value for level in Disclosure])
_AUDIENCE = "For whom: nothing narrower gets into the site. Default: what mkdocs.yml says, else public."
_MADE = ("404.html", "sitemap.xml")


@click.group(epilog=BUILD_EPILOG)
def command() -> None:
    """The published knowledge base: build it, look at it while you write, or hand its pages to another engine."""


@command.command("build", epilog=BUILD_EPILOG)
@click.option("--audience", type=_AUDIENCES, help=_AUDIENCE)
@click.option(
    "--output", type=click.Path(path_type=Path), help="Into this folder. Default: site/ in the knowledge base."
)
@click.option(
    "--strict/--no-strict", default=True, show_default=True, help="Fail on a dead link or an unreadable record."
)
@_context.as_of_option
@click.pass_context
def build(ctx: click.Context, audience: str | None, output: Path | None, as_of: str | None, *, strict: bool) -> None:
    """Build the site."""
    repo = repository.lazily(_context.root_of(ctx), [files.MARKER])  # the plugin reads the records
    target = (output or repo.root / "site").resolve()
    _check(repo, target)
    with _mkdocs.messages() as said, _mkdocs.options(repo, _own(repo, audience, as_of)) as arguments:
        from mkdocs.exceptions import Abort  # noqa: PLC0415 - 0.2 s that only the site needs

        try:
            config = _mkdocs.build({**arguments, "site_dir": str(target), "strict": strict})
        except Abort:
            count = len(said.seen)
            click.echo(
                f"The site in {_short(target)} has {count} warning{'' if count == 1 else 's'}, named above.", err=True
            )
            ctx.exit(FINDINGS)
    options = config.plugins[_mkdocs.PLUGIN].config
    pages = sum(1 for _ in target.rglob("*.html"))
    now = utc_text(_context.now(repo, as_of).replace(microsecond=0))
    click.echo(f"Site: {_short(target / 'index.html')} ({pages:,} pages, {options['audience']} view, as of {now})")


@command.command("serve", epilog=SERVE_EPILOG)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="At 127.0.0.1:PORT.")
@click.option("--audience", type=_AUDIENCES, help=_AUDIENCE)
@_context.as_of_option
@click.pass_context
def serve(ctx: click.Context, port: int, audience: str | None, as_of: str | None) -> None:
    """Show the site at a local address, rebuilt on every change, until you press Ctrl+C."""
    repo = repository.lazily(_context.root_of(ctx), [files.MARKER])  # the plugin reads the records
    with _mkdocs.messages(), _mkdocs.options(repo, _own(repo, audience, as_of)) as arguments:
        click.echo(f"http://127.0.0.1:{port}/ shows the site in a moment. Ctrl+C ends it.", err=True)
        try:
            _mkdocs.serve({**arguments, "dev_addr": f"127.0.0.1:{port}"})
        except OSError as error:
            message = f"The site cannot be shown at 127.0.0.1:{port}: {error.strerror or error}"
            raise _mkdocs.SiteError(message, hint="Choose another one with --port.") from error


def _own(repo: Repository, audience: str | None, as_of: str | None) -> dict[str, Any]:
    """Return the options of our plugin that the command line gives."""
    given = {"audience": audience, "as_of": utc_text(_context.now(repo, as_of)) if as_of else None}
    return {name: value for name, value in given.items() if value is not None}


def _check(repo: Repository, target: Path) -> None:
    """Refuse a folder whose content is not a site: MkDocs empties the one that it builds into. Raises SiteError."""
    root = repo.root.resolve()
    records = [root / name for name in ("incidents", "postmortems", "playbooks", "policy", "docs")]
    hint = "Choose a folder of its own, such as site or build/site."
    if root.is_relative_to(target) or any(target.is_relative_to(folder) for folder in records):
        raise _mkdocs.SiteError(f"{target} holds the knowledge base, and building empties the folder", hint=hint)
    if target.is_file():
        raise _mkdocs.SiteError(f"{target} is a file, and a site is a folder", hint=hint)
    if target.is_dir() and _foreign(target):
        raise _mkdocs.SiteError(f"{target} holds files that are no site, and building empties the folder", hint=hint)


def _foreign(folder: Path) -> bool:
    """Whether a folder holds something, and not what an earlier build leaves; MkDocs spares hidden files."""
    names = {item.name for item in folder.iterdir() if not item.name.startswith(".")}
    return bool(names) and names.isdisjoint(_MADE)


def _short(path: Path) -> str:
    """Return a path as seen from the current folder, where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


command.add_command(_site_pages.pages)
