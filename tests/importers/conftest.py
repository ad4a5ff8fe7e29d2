"""Fixtures of the importer tests: an empty knowledge base as `inc init` makes it, and an import into it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import initialise
from kb import Inc

DATA = Path(__file__).parent / "data"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A new knowledge base, as `inc init` makes it."""
    root = tmp_path / "base"
    files = initialise.plan(initialise.templates(), name="Test", time_zone="UTC", today=dt.date(2024, 7, 1))
    initialise.make(root, files)
    return root


@pytest.fixture
def bring(inc: Inc, base: Path) -> Callable[..., dict[str, Any]]:
    """Import files into ``base`` and return the report as data; a file without a folder is one of tests/importers/data."""

    def call(source: str, *arguments: str, status: int = 0) -> dict[str, Any]:
        named = [str(DATA / item) if (DATA / item).is_file() else item for item in arguments]
        result = inc("import", source, *named, "--json", root=base)
        assert result.status == status, result.err
        report: dict[str, Any] = json.loads(result.out)
        assert sum(report["counts"].values()) == report["records"] == len(report["results"])
        return report

    return call
