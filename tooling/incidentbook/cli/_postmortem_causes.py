"""``inc postmortem causes``: what led to what, as a tree for the terminal, a picture, or for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook.causes import graph, notation, outline
from incidentbook.causes.graph import HAPPENED
from incidentbook.cli import _context, _named
from incidentbook.errors import NotFoundError

if TYPE_CHECKING:
    from incidentbook.causes.graph import Graph
    from incidentbook.outputs import postmortem_causes as printed
    from incidentbook.records.postmortem import Postmortem

_ENDINGS = (".svg", ".png", ".txt", ".json", ".dot", ".mmd")
_COLUMNS = 80
SCHEMA = "postmortem-causes-output"
EPILOG = """\b
Examples:
  inc postmortem causes INC-2025-001                      as a tree
  inc postmortem causes INC-2025-001 --output causes.svg  light and dark
  inc postmortem causes INC-2025-001 --output causes.png
  inc postmortem causes INC-2025-001 --output causes.mmd  Mermaid
  inc postmortem causes INC-2025-001 --output causes.dot  Graphviz
"""


@click.command("causes", epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help=f"Write to FILE: {', '.join(_ENDINGS[:-1])} or {_ENDINGS[-1]}.",
)
@click.option("--dark", is_flag=True, help="A PNG on a dark ground; an SVG suits itself to the reader.")
@_context.json_by(SCHEMA)
@_context.audience_option("Show only what a reader of this level may see.")
@click.pass_context
def causes(
    ctx: click.Context, incident_id: str, output: Path | None, audience: str, *, dark: bool, as_json: bool
) -> None:
    """Show what led to an incident: the causes of its post-mortem and the 5 whys, as one graph.

    In the tree, what stands below a cause led to it; in a picture, what stands above it. A cause that leads to no other led to
    the incident. One that comes round to itself is told as a loop.
    """
    ending = output.suffix.lower() if output else ""
    if output and ending not in _ENDINGS:
        raise click.BadParameter(
            f"The ending of {output} names no form of the causes ({', '.join(_ENDINGS)}).", param_hint="--output"
        )
    repo = _context.load(ctx)
    view, incident = _named.seen_by(repo, incident_id, audience, "nothing is told of it")
    _named.postmortem(repo, incident.id)  # one that cannot be read is not one that names no causes
    postmortem = view.postmortem_of(incident.id)
    if postmortem is None:
        raise NotFoundError(
            f"{incident.id} has no post-mortem that names causes", hint=f"inc postmortem new {incident.id} --write"
        )
    made = graph.of(view, postmortem)
    if not made:
        raise NotFoundError(
            f"The post-mortem of {incident.id} names no causes yet", hint="Write them into `causes` or `five_whys`."
        )
    if output:
        _context.write_output(output, _written(made, postmortem, ending, dark=dark))
    elif as_json:
        _context.print_output(SCHEMA, _plain(made, postmortem))
    else:
        for line in outline.lines(made, _COLUMNS):
            click.echo(line)


def _written(made: Graph, postmortem: Postmortem, ending: str, *, dark: bool) -> str | bytes:
    from incidentbook.charts import diagram  # noqa: PLC0415 - a tree needs no picture

    title = f"Causes of {', '.join(postmortem.incidents)}"
    match ending:
        case ".svg":
            return diagram.to_svg(made, title)
        case ".png":
            return diagram.to_png(made, title, dark=dark)
        case ".dot":
            return notation.dot(made)
        case ".mmd":
            return notation.mermaid(made)
        case ".json":
            return _context.output_text(SCHEMA, _plain(made, postmortem))
        case _:
            return "\n".join([*outline.lines(made, _COLUMNS), ""])


def _plain(made: Graph, postmortem: Postmortem) -> printed.Output:
    """Return the graph for a program; of a link to what happened, ``to`` is None."""
    return {
        "incidents": list(postmortem.incidents),
        "happened": made.by_id[HAPPENED].text,
        "causes": [
            {
                "id": cause.id,
                "text": cause.text,
                "factor": cause.factor or None,
                "primary": cause.primary,
                "whys": list(cause.whys),
            }
            for cause in made.causes
            if cause.id != HAPPENED
        ],
        "links": [
            {"from": link.from_, "to": link.to or None, "path_of_the_whys": link.spine, "closes_a_loop": link.returns}
            for link in made.links
        ],
        "loops": [list(loop) for loop in made.loops],
    }
