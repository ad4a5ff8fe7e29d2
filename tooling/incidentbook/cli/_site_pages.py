"""``inc site pages``: the pages as Markdown in a folder, for another engine."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import click

from incidentbook import disclosure, files, history, site
from incidentbook.cli import _context
from incidentbook.entry import Entry
from incidentbook.errors import CLEAN, FINDINGS, IncidentbookError
from incidentbook.history import reading
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.site import export, folder
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.page import Page
from incidentbook.snapshot.store import Store

EPILOG = """\b
Examples:
  inc site pages --to build/pages   then there: mkdocs build
  inc site pages --to build/pages --audience internal
  inc site pages --to build/pages --remove   takes them away again
"""
_LEVELS = click.Choice([level.value for level in Disclosure])


@click.command("pages", epilog=EPILOG)
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="Into this folder of their own.")
@click.option(
    "--audience", type=_LEVELS, default="public", show_default=True, help="For whom: nothing narrower gets into them."
)
@click.option("--site-url", default="", metavar="URL", help="Where the site will be; feeds then hold whole addresses.")
@click.option("--remove", is_flag=True, help="Take away what this command wrote there.")
@_context.json_option
@_context.as_of_option
@click.pass_context
def pages(
    ctx: click.Context, target: Path, audience: str, site_url: str, as_of: str | None, *, remove: bool, as_json: bool
) -> int:
    """Write the site's pages as Markdown with a configuration that MkDocs and Zensical read.

    A record that cannot be relied on is left out, named, and the command leaves with 1.
    """
    target = target.resolve()
    if remove:
        count = folder.remove(target)
        _say({"folder": str(target), "removed": count}, f"Took {count:,} files away from {target}.", as_json=as_json)
        return CLEAN
    repo, level = _context.load(ctx), Disclosure(audience)
    _check(repo, target)
    shown, made = _rendered(repo, level, as_of)
    data = site.data_of(shown, Addresses(site_url))
    own = _own(repo.root / export.DOCS)
    written = export.files(repo.knowledge_base, made, data, site.THEME / "assets", own, site_url)
    folder.write(target, written)
    now, doubtful = utc_text(shown.now), _doubtful(repo, level)
    plain = {"folder": str(target), "pages": len(made), "files": len(written), "audience": audience, "as_of": now}
    said = f"Pages: {target} ({len(made):,} pages in {len(written):,} files, {audience} view, as of {now})"
    _say({**plain, "left_out": doubtful}, said, as_json=as_json)
    for path in doubtful:
        click.echo(f"warning: {path} cannot be relied on, so it is left out; `inc check` says why", err=True)
    return FINDINGS if doubtful else CLEAN


def _rendered(repo: Repository, level: Disclosure, as_of: str | None) -> tuple[Site, list[Page]]:
    """Return the view and its pages, with what Git holds of other times unless the knowledge base stands still."""
    known, now = _context.then(repo, as_of)
    past = None
    if repo.knowledge_base.as_of is None:
        with contextlib.suppress(IncidentbookError):
            past = reading.past(repo.root)
    with Store.of(repo.root) as store:
        shown = site.prepare(known, now, level, history.commit_label(repo.root), store, past)
        return shown, site.pages_of(shown)


def _doubtful(repo: Repository, level: Disclosure) -> list[str]:
    """Return the records that a narrower reader cannot be shown, since nobody can be sure of their levels."""
    if level is Disclosure.RESTRICTED:
        return []
    found: list[Entry[Any]] = [*repo.incidents, *repo.postmortems, *repo.playbooks]
    return [entry.path for entry in found if entry.record and disclosure.doubtful(entry)]


def _own(docs: Path) -> dict[str, bytes]:
    """Return what the knowledge base keeps in its docs folder, by path; hidden files are nobody's pages."""
    found = (path for path in sorted(docs.rglob("*")) if path.is_file())
    named = ((path.relative_to(docs), path) for path in found)
    return {
        name.as_posix(): path.read_bytes()
        for name, path in named
        if not any(part.startswith(".") for part in name.parts)
    }


def _check(repo: Repository, target: Path) -> None:
    """Refuse a folder in which the knowledge base lies, or that lies in one of its own. Raises FolderError."""
    root = repo.root.resolve()
    own = [root / name for name in (*files.FOLDERS, export.DOCS)]
    if root.is_relative_to(target) or any(target.is_relative_to(place) for place in own):
        hint = "Choose a folder of its own, such as build/pages."
        raise folder.FolderError(f"{target} holds the knowledge base", hint=hint)


def _say(plain: dict[str, object], said: str, *, as_json: bool) -> None:
    if as_json:
        _context.print_json(plain)
    else:
        click.echo(said)
