"""Real incidents, read through the importers. The data lies outside this repository; without it these tests are skipped."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from incidentbook.importers import load
from incidentbook.records.time import parse_time
from kb import ROOT

DATA = Path(os.environ.get("INCIDENTBOOK_TEST_DATA") or ROOT.parent / "shared" / "data") / "1_status"
GCP = DATA / "gcp" / "gcp_incidents_2020-12-23_83c30194.json"
GITHUB = DATA / "github_full_incidents" / "incidents_2010-2018_dev.json"


def milestones(source: str, path: Path) -> list[dict[str, Any]]:
    """Return the milestones of every incident in a file, as its importer reads them."""
    if not path.exists():
        pytest.skip(f"the real data is absent: no {path.name} under INCIDENTBOOK_TEST_DATA")
    drafts = load(source).parse(json.loads(path.read_text(encoding="utf-8"))).drafts
    return [draft.record["milestones"] for draft in drafts]


def moment(milestone: Any) -> float:
    """Return a milestone, a time or a mapping with one, as seconds since 1970."""
    found = parse_time(milestone["at"] if isinstance(milestone, dict) else milestone)
    assert found is not None
    return found.timestamp()


def durations(found: list[dict[str, Any]]) -> list[float]:
    """Return the times to resolve, in seconds."""
    return [moment(times["resolved"]) - moment(times["started"]) for times in found]


@pytest.fixture(scope="session")
def google() -> list[float]:
    """The times to resolve of Google Cloud's incidents, in seconds."""
    return durations(milestones("gcp", GCP))


@pytest.fixture(scope="session")
def github_durations() -> list[float]:
    """The times to resolve of GitHub's incidents, in seconds."""
    return durations(milestones("statuspage", GITHUB))


@pytest.fixture(scope="session")
def github() -> list[int]:
    """GitHub's incidents in each month from the first to the last with one, in the order of time."""
    starts = [times["started"] for times in milestones("statuspage", GITHUB)]
    months = Counter((start["at"] if isinstance(start, dict) else start)[:7] for start in starts)
    years = range(int(min(months)[:4]), int(max(months)[:4]) + 1)
    all_months = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    return [months[month] for month in all_months if min(months) <= month <= max(months)]
