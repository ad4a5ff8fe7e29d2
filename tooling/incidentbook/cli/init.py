"""``inc init``: a new, empty knowledge base."""

from __future__ import annotations

import datetime as dt
import difflib
import shlex
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import click

from incidentbook import initialise
from incidentbook.cli import _context

EPILOG = """\b
Examples:
  inc init ops
  inc init ops --name "Harbourline incidents" --time-zone Europe/Lisbon
  cd ops && inc init

Nothing that exists is overwritten: if a file is in the way, it is named and nothing is written. Only a README.md, a
.gitignore and a .gitattributes may be there already; they stay as they are.
"""


def _zone(ctx: click.Context, parameter: click.Parameter, name: str) -> ZoneInfo:  # noqa: ARG001 - click's signature
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        close = difflib.get_close_matches(name, available_timezones(), 1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise click.BadParameter(f"{name!r} is no IANA time zone, such as UTC or Europe/Lisbon.{meant}") from error


@click.command(epilog=EPILOG)
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--name", metavar="NAME", default="Incident knowledge base", show_default=True, help="What it is called.")
@click.option(
    "--time-zone",
    "zone",
    metavar="ZONE",
    default="UTC",
    show_default=True,
    callback=_zone,
    help="The IANA zone in which days begin and end.",
)
@_context.json_option
@click.pass_context
def command(ctx: click.Context, directory: Path, name: str, zone: ZoneInfo, *, as_json: bool) -> None:
    """Make an empty knowledge base in DIRECTORY (default: here), with policies that explain themselves."""
    title = " ".join(name.split())
    if not title:
        raise click.BadParameter("Give it a name.", param_hint="--name")
    base: Path = ctx.find_root().obj / directory
    today = dt.datetime.now(zone).date()
    files = initialise.plan(initialise.templates(), name=title, time_zone=zone.key, today=today)
    made = initialise.make(base, files)
    if as_json:
        _context.print_json({"directory": str(base), "written": list(made.written), "kept": list(made.kept)})
        return
    for style, line in _said(base, made):
        _context.console().print(line, style=style or None, markup=False, soft_wrap=True)


def _said(base: Path, made: initialise.Made) -> list[tuple[str, str]]:
    """Return what to tell: what is there now, and what to do next."""
    count = {top: sum(path.startswith(f"{top}/") for path in made.written) for top in ("policy", "schemas")}
    lines = [
        ("bold", f"A new knowledge base in {base.resolve()}"),
        ("", f"  policy/      {count['policy']} files: the rules of your organisation, each line explained"),
        ("", f"  schemas/     {count['schemas']} files: what editors complete and explain with, offline"),
        ("", "  incidents/   postmortems/   playbooks/   empty, for your records"),
        ("", "  mkdocs.yml   docs/how-we-respond.md: the site, and its first page"),
        ("", "  .pre-commit-config.yaml: the checks before each commit"),
    ]
    lines += [("", f"  {path} was there and stays as it is") for path in made.kept]
    if ".gitignore" in made.kept:
        lines.append(("", "    add these lines to it: .incidentbook/ site/ build/"))
    if ".gitattributes" in made.kept:
        lines.append(("", "    `inc install` adds what merges need to it"))
    here = base.resolve() == Path.cwd()
    steps = ["git init"] if here else [f"cd {shlex.quote(str(base))} && git init"]
    steps += [
        "inc install, in each clone: Git merges records by what they say",
        "teams go into policy/knowledge-base.yml, services into policy/services.yml",
        "inc check",
        "inc import statuspage FILE, or write incidents/YYYY/INC-YYYY-001.yml",
    ]
    if (base / ".git").exists():
        steps[0] = steps[0].removesuffix("git init").removesuffix(" && ")
    numbered = [step for step in steps if step]
    return [*lines, ("", ""), ("bold", "Next"), *(("", f"  {n}. {step}") for n, step in enumerate(numbered, 1))]
