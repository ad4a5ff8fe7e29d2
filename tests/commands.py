"""Every command of `inc`, found by walking the tree that the command line is."""

from __future__ import annotations

from collections.abc import Iterator

import click

from incidentbook.cli import root


def every_command(
    group: click.Command = root, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield each command, groups included, with the words that call it; none for `inc` itself."""
    yield path, group
    if isinstance(group, click.Group):
        with click.Context(group) as context:
            for name in group.list_commands(context):
                found = group.get_command(context, name)
                assert found is not None, name
                yield from every_command(found, (*path, name))
