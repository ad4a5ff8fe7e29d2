"""``inc report``: the whole analysis of one incident, to hand on."""

from __future__ import annotations

from pathlib import Path

import click

from incidentbook import reports
from incidentbook.cli import _context, _named
from incidentbook.history import commit_label
from incidentbook.reports import rendering
from incidentbook.snapshot.store import Store

EPILOG = """\b
Examples:
  inc report INC-2025-001
  inc report INC-2025-001 --format pdf              writes INC-2025-001.pdf
  inc report INC-2025-001 --output report.html
  inc report INC-2025-001 --format markdown --audience public
"""


@click.command(epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@click.option(
    "--format", "form", type=click.Choice(list(rendering.FORMS)), help="Default: by the ending of --output, else text."
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE. Default: the screen.")
@_context.audience_option("For whom: nothing narrower gets into the report.")
@_context.as_of_option
@click.pass_context
def command(
    ctx: click.Context, incident_id: str, form: str | None, output: Path | None, audience: str, as_of: str | None
) -> None:
    """Write the report on one incident: every section, with the figures that follow from the record."""
    chosen = form or (rendering.by_ending(output) if output else None) or "text"
    if output is not None and form is None and rendering.by_ending(output) is None and output.suffix:
        raise click.UsageError(
            f"{output.suffix} is no ending of a report: say --format, or end the name in .pdf, .html, .md, .txt or .json."
        )
    repo, now = _context.then(_context.load(ctx), as_of)
    view, incident = _named.seen_by(repo, incident_id, audience, "there is no report on it")
    with Store.of(repo.root) as store:
        context = reports.context(reports.share(view, now, commit_label(repo.root), store), incident)
        made = rendering.FORMS[chosen](context, lambda said: click.echo(f"warning: {said}", err=True))
    if output is None and isinstance(made, bytes):
        output = Path(f"{incident.id}.{chosen}")
    if output is None:
        click.echo(made, nl=False)
    else:
        _context.write_output(output, made)
