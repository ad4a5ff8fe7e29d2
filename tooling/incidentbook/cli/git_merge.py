"""``inc git-merge``: the merge driver that Git calls for records and post-mortems."""

from __future__ import annotations

from pathlib import Path

import click

from incidentbook import errors

EPILOG = """\b
Examples:
  inc install                          tells Git to call it; nobody has to
  inc git-merge base ours theirs       merges three files by hand, into ours
  inc git-merge %O %A %B %L %P         the placeholders of Git's configuration

The result takes the place of OURS. Exit status 0: merged; 1: somebody has to decide between the conflict markers.
"""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(epilog=EPILOG)
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.argument("size", type=click.IntRange(1, 1000), default=7)
@click.argument("path", default="")
def command(base: Path, ours: Path, theirs: Path, size: int, path: str) -> int:
    """Merge BASE, OURS and THEIRS by what they say, into OURS."""
    from incidentbook.merge import driver  # noqa: PLC0415 - `--help` needs no YAML

    shown = path or str(ours)
    contents = [file.read_bytes() for file in (base, ours, theirs)]
    outcome = driver.run(contents[0], contents[1], contents[2], markdown=shown.endswith(".md"), size=size)
    if outcome.content != contents[1]:
        ours.write_bytes(outcome.content)
    if outcome.because:
        click.echo(f"{shown}: merged by lines and not by fields: {outcome.because}", err=True)
    for field in outcome.fields:
        click.echo(f"{shown}: both sides changed {field}", err=True)
    return errors.FINDINGS if outcome.conflicts else errors.CLEAN
