"""A group of commands that lists, and imports what stands elsewhere only when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import click


class Listing(click.Group):
    """A group of commands that lists when it is asked for nothing else, and imports those of other modules when they are called.

    ``elsewhere`` says where these are: ``{"sync": "_actions_sync:sync"}``.
    """

    def __init__(self, *arguments: Any, elsewhere: Mapping[str, str] = MappingProxyType({}), **more: Any) -> None:
        """Begin."""
        super().__init__(*arguments, **more)
        self._elsewhere = elsewhere

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *self._elsewhere})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command; None where there is none of that name."""
        if cmd_name not in self._elsewhere:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._elsewhere[cmd_name].partition(":")
        found: click.Command = getattr(importlib.import_module(f"incidentbook.cli.{module}"), name)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take nothing for `list`."""
        return super().parse_args(ctx, args or ["list"])
