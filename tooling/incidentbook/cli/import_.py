"""``inc import``: incidents of other sources into the knowledge base; one subcommand an importer, found by its name."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from incidentbook import errors, importers
from incidentbook.cli import _context

EPILOG = """\b
Examples:
  inc import statuspage incidents.json
  inc import statuspage snapshots/*.json --dry-run
  inc import gcp incidents.json --report import.md
  gh issue view 12 --json number,title,body,url,createdAt,updatedAt |
    inc import github-issue -
"""
SUB_EPILOG = """\b
Examples:
  inc import {name} incidents.json
  inc import {name} incidents.json --service public-api
  inc import {name} monday.json tuesday.json --dry-run
  inc import {name} incidents.json --report import.md
  curl -s ADDRESS | inc import {name} -

Every record ends as imported, updated, unchanged or not imported with a reason, and the four add up to the file's count.
What the source has wrong is reported and kept as it was. Importing the same file again changes nothing.

Exit status: 0, or 1 when a record could not be imported (not when it was set aside on purpose), 2 for an unreadable file.
"""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_ENDINGS = (".json", ".md", ".txt")


class Sources(click.Group):
    """One subcommand for every importer, own or third-party."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - signature of the base class
        """Return the names of all importers, sorted."""
        return importers.names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """Return the command of one importer; None where there is none of that name."""
        if cmd_name not in importers.names():
            return None
        importer = importers.load(cmd_name)
        run = _runner(cmd_name, importer)
        return click.command(cmd_name, help=_help(importer), epilog=SUB_EPILOG.format(name=cmd_name))(run)


@click.group(cls=Sources, epilog=EPILOG)
def command() -> None:
    """Import incidents from another source. Nothing is lost: what is not understood is kept or reported."""


def _help(importer: importers.Importer) -> str:
    return (inspect.getdoc(importer) or "An importer of a third party.").split("\n\n", maxsplit=1)[0]


def _runner(name: str, importer: importers.Importer) -> Callable[..., Any]:
    @click.argument(
        "files",
        metavar="FILE...",
        nargs=-1,
        required=True,
        type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    )
    @click.option(
        "--service",
        "services",
        multiple=True,
        metavar="SLUG",
        callback=_slugs,
        help="Give the records this service instead of those that the source names. Repeat for several.",
    )
    @click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
    @click.option(
        "--report",
        type=click.Path(dir_okay=False, path_type=Path),
        callback=_ending,
        metavar="FILE",
        help="Write every record's fate to FILE (.json, .md or .txt).",
    )
    @_context.json_option
    @click.pass_context
    def run(
        ctx: click.Context,
        files: tuple[Path, ...],
        services: tuple[str, ...],
        *,
        dry_run: bool,
        report: Path | None,
        as_json: bool,
    ) -> None:
        from incidentbook.importers import _apply  # noqa: PLC0415 - --help does not need it

        root = _context.root_of(ctx)
        read = _apply.read_files(importer, list(_context.progress(files, len(files), "Parsing")))
        done = _apply.run(root, name, read, services, _context.progress, dry_run=dry_run)
        _print(done, as_json=as_json)
        if report is not None:
            _context.write_output(report, _written(done, report.suffix))
        if done.faults:
            ctx.exit(errors.FINDINGS)

    return run


def _slugs(ctx: click.Context, parameter: click.Parameter, slugs: Sequence[str]) -> Sequence[str]:  # noqa: ARG001 - click's
    for slug in slugs:
        if not _SLUG.match(slug):
            raise click.BadParameter(
                f"{slug!r} is no slug: small letters a to z, digits and single hyphens, such as public-api."
            )
    return slugs


def _ending(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:  # noqa: ARG001 - click's
    if path is not None and path.suffix not in _ENDINGS:
        raise click.BadParameter(f"The ending of {path} names no format ({', '.join(_ENDINGS)}).")
    if path is not None and not path.parent.is_dir():
        raise click.BadParameter(f"There is no folder {path.parent} to write {path.name} into.")
    return path


def _written(done: Any, ending: str) -> str:
    from incidentbook.importers import _report  # noqa: PLC0415

    match ending:
        case ".json":
            return json.dumps(_report.to_plain(done), indent=2, ensure_ascii=False) + "\n"
        case ".md":
            return _report.to_markdown(done)
        case _:
            return _report.to_text(done)


def _print(done: Any, *, as_json: bool) -> None:
    from incidentbook.importers import _report  # noqa: PLC0415

    if as_json:
        _context.print_json(_report.to_plain(done))
        return
    console = _context.console()
    for style, line in _report.summary(done):
        console.print(line, style=style or None, markup=False, soft_wrap=True)
