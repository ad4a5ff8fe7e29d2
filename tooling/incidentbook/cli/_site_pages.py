"""``inc site pages``: the pages as Markdown in a folder, for another engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import files, site
from incidentbook.cli import _context
from incidentbook.errors import CLEAN, FINDINGS
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import edition, export, folder
from incidentbook.site.addresses import Addresses

if TYPE_CHECKING:
    from incidentbook.outputs import pages as printed

EPILOG = """\b
Examples:
  inc site pages --to build/pages   then there: mkdocs build
  inc site pages --to build/pages --audience internal
  inc site pages --to build/pages --remove   takes them away again
"""
SCHEMA = "pages-output"
_LEVELS = click.Choice([level.value for level in Disclosure])


@click.command("pages", epilog=EPILOG)
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, help="Into this folder of their own.")
@click.option(
    "--audience", type=_LEVELS, default="public", show_default=True, help="For whom: nothing narrower gets into them."
)
@click.option("--site-url", default="", metavar="URL", help="Where the site will be; feeds then hold whole addresses.")
@click.option("--remove", is_flag=True, help="Take away what this command wrote there.")
@_context.json_by(SCHEMA)
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
        gone: printed.Output = {
            "folder": str(target),
            "pages": 0,
            "files": 0,
            "removed": count,
            "audience": None,
            "as_of": None,
            "left_out": [],
        }
        _say(gone, f"Took {count:,} files away from {target}.", as_json=as_json)
        return CLEAN
    root = _context.root_of(ctx)
    _check(root.resolve(), target)
    made = edition.make(
        root, Disclosure(audience), lambda repo: _context.asked(repo, as_of), progress=_context.progress
    )
    _context.told_unreadable(ctx, made.repo)
    data = site.data_of(made.shown, Addresses(site_url))
    own = _own(root / export.DOCS)
    written = export.files(made.repo.knowledge_base, made.pages, data, site.THEME / "assets", own, site_url)
    folder.write(target, written)
    now, doubtful = utc_text(made.shown.now), [entry.path for entry in made.left_out if entry.record]
    said = f"Pages: {target} ({len(made.pages):,} pages in {len(written):,} files, {audience} view, as of {now})"
    plain: printed.Output = {
        "folder": str(target),
        "pages": len(made.pages),
        "files": len(written),
        "removed": 0,
        "audience": audience,
        "as_of": now,
        "left_out": doubtful,
    }
    _say(plain, said, as_json=as_json)
    for path in doubtful:
        click.echo(f"warning: {path} cannot be relied on, so it is left out; `inc check` says why", err=True)
    return FINDINGS if doubtful else CLEAN


def _own(docs: Path) -> dict[str, bytes]:
    """Return what the knowledge base keeps in its docs folder, by path; hidden files are nobody's pages."""
    found = (path for path in sorted(docs.rglob("*")) if path.is_file())
    named = ((path.relative_to(docs), path) for path in found)
    return {
        name.as_posix(): path.read_bytes()
        for name, path in named
        if not any(part.startswith(".") for part in name.parts)
    }


def _check(root: Path, target: Path) -> None:
    """Refuse a folder in which the knowledge base lies, or that lies in one of its own. Raises FolderError."""
    own = [root / name for name in (*files.FOLDERS, export.DOCS)]
    if root.is_relative_to(target) or any(target.is_relative_to(place) for place in own):
        hint = "Choose a folder of its own, such as build/pages."
        raise folder.FolderError(f"{target} holds the knowledge base", hint=hint)


def _say(plain: printed.Output, said: str, *, as_json: bool) -> None:
    if as_json:
        _context.print_output(SCHEMA, plain)
    else:
        click.echo(said)
