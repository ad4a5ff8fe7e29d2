"""One yaml-language-server for all tests of this folder, on this repository and with its own editor settings."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import node_tools
from editor.lsp import LanguageServer
from incidentbook import resources
from kb import ROOT

Show = Callable[[str, str], str]
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
RECORD = """\
id: INC-2025-001
title: No bookings
status: declared
severity: sev1
milestones:
  started: 2025-01-15T02:30:00Z
"""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Function) -> None:
    """Let a test that needs the server go without it, by its own name, where Node tools are not to be had."""
    if "server" in item.fixturenames and (reason := node_tools.want()):
        node_tools.go_without(item.name, "node", reason)


@pytest.fixture(scope="session")
def server() -> Iterator[LanguageServer]:
    """Start the server that VS Code, Neovim, Emacs and others run."""
    command = [*node_tools.command("yaml-language-server/bin/yaml-language-server"), "--stdio"]
    with LanguageServer(command, ROOT, SETTINGS) as running:
        yield running


@pytest.fixture(scope="session")
def show(server: LanguageServer) -> Show:
    """Open a text as a new file of its kind, with the modeline that such files begin with; return its URI.

    Each gets a name that no file has, beside the files of its kind: the server keeps what it knows of a file by its name.
    """
    numbers = itertools.count(1)

    def call(kind: str, text: str) -> str:
        folder, name = home(kind), f"as-an-editor-has-it-{next(numbers)}.yml"
        return server.open(folder / name, modeline(kind) + text)

    return call


def home(kind: str) -> Path:
    """Return a folder where files of this kind are."""
    records = {"incident": "incidents/2025", "postmortem": "postmortems/2025", "playbook": "playbooks/availability"}
    return ROOT / records.get(kind, "policy")


def modeline(kind: str) -> str:
    """Return the first line of a file of this kind, as the repository's own files have it."""
    assert kind in resources.schema_names()
    up = "../" * len(home(kind).relative_to(ROOT).parts)
    return f"# yaml-language-server: $schema={up}schemas/{kind}.schema.json\n"


def front(text: str) -> str:
    """Return the front matter of a Markdown text, or the whole of any other."""
    return text.split("---\n")[1] if text.startswith("---\n") else text
