"""The Node tools that `make node` installs beside this Python, and what becomes of a test that has to do without them."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from kb import ROOT

FOLDER = Path(sys.prefix) / "node"
LOCK = ROOT / "tests" / "node" / "package-lock.json"


def want(folder: Path = FOLDER) -> str:
    """Return why the tools in ``folder`` cannot be used, or an empty text where they can."""
    refused = folder / "unavailable"
    if refused.is_file():
        return refused.read_text(encoding="utf-8").strip()
    installed = folder / ".lock-installed"
    if not installed.is_file() or installed.read_bytes() != LOCK.read_bytes():
        return "the Node tools of tests/node/package-lock.json are not installed: make node"
    return ""


def go_without(what: str, need: str, reason: str) -> NoReturn:
    """Skip the test ``what`` by its name for want of ``need``, or fail it where INCIDENTBOOK_REQUIRE names that need."""
    if need in re.split(r"[\s,]+", os.environ.get("INCIDENTBOOK_REQUIRE", "")):
        pytest.fail(f"INCIDENTBOOK_REQUIRE asks for {need}, but {reason}", pytrace=False)
    pytest.skip(f"{what}: {reason}")


def command(script: str) -> list[str]:
    """Return the beginning of the command line that runs ``script``, a path below node_modules."""
    return [str(FOLDER / "bin" / "node"), str(FOLDER / "node_modules" / script)]
