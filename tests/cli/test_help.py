"""`--help` of every command: it fits a terminal of 80 columns, examples and choices included."""

from __future__ import annotations

import re

import click
import pytest

from commands import every_command
from kb import Inc

COMMANDS = dict(every_command())


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "inc")
def test_it_fits_a_terminal(inc: Inc, monkeypatch: pytest.MonkeyPatch, path: tuple[str, ...]) -> None:
    for columns in ("80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        said = inc(*path, "--help")
        assert said.status == 0
        assert [line for line in said.out.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "inc")
def test_it_names_every_value_that_an_option_takes(inc: Inc, path: tuple[str, ...]) -> None:
    said = re.sub(r"-\n +", "-", inc(*path, "--help").out)
    for option in COMMANDS[path].params:
        if isinstance(option.type, click.Choice) and not getattr(option, "hidden", False):
            assert [value for value in option.type.choices if value not in said] == [], option.name


def test_the_whole_tree_is_walked() -> None:
    assert {(), ("metrics", "chart"), ("actions", "list"), ("comms", "draft"), ("import",)} <= COMMANDS.keys()
