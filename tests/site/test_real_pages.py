"""A site of real incidents: a sample of each source, with what is longest and largest in it, built strictly.

The data is not part of this repository. It is looked for where INCIDENTBOOK_TEST_DATA says, else beside the repository in
``shared/data``; without it these tests are skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incidentbook import repository
from kb import ROOT, Inc

DATA = Path(os.environ.get("INCIDENTBOOK_TEST_DATA") or ROOT.parent / "shared" / "data") / "1_status"
SOURCES = {
    "statuspage": ("statuspage_union/*.incidents.json", "github_full_incidents/incidents_*.json"),
    "gcp": ("gcp/*.json",),
    "slack": ("slack/slack_incidents_union.json",),
}
EACH = 50  # one in so many is taken
LARGEST: tuple[Callable[[Any], int], ...] = (
    lambda raw: len(json.dumps(raw)),
    lambda raw: len(raw.get("name") or raw.get("title") or raw.get("external_desc") or ""),
    lambda raw: len(raw.get("components") or raw.get("services") or ()),
    lambda raw: len(raw.get("incident_updates") or raw.get("updates") or raw.get("notes") or ()),
    lambda raw: json.dumps(raw).count("<"),
)

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the real data is absent: no 1_status under INCIDENTBOOK_TEST_DATA"
)


def sample(path: Path) -> Any:
    """Return the content of a file with one incident in `EACH`, and those with most of something."""
    data = json.loads(path.read_text(encoding="utf-8"))
    whole = data["incidents"] if isinstance(data, dict) else data
    kept = whole[::EACH] + [raw for of in LARGEST if (raw := max(whole, key=of)) not in whole[::EACH]]
    unique = list({id(raw): raw for raw in kept}.values())
    return {**data, "incidents": unique} if isinstance(data, dict) else unique


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, inc: Inc) -> Path:
    """A new knowledge base with the sample, made by the commands that a newcomer uses."""
    folder = tmp_path_factory.mktemp("real")
    assert inc("init", str(folder / "kb")).status == 0
    for source, patterns in SOURCES.items():
        files = []
        for path in sorted(path for pattern in patterns for path in DATA.glob(pattern)):
            files.append(folder / path.name)
            files[-1].write_text(json.dumps(sample(path)), encoding="utf-8")
        assert len(files) >= len(patterns)
        done = inc("import", source, *map(str, files), root=folder / "kb")
        assert done.status == 0, done.err
    return folder / "kb"


@pytest.fixture(scope="module")
def site(base: Path, inc: Inc) -> Path:
    """The folder of its site; a build is strict, so that every warning fails it."""
    done = inc("site", "build", root=base)
    assert done.status == 0, done.err
    assert done.err == ""
    return base / "site"


def test_every_incident_has_its_page(base: Path, site: Path) -> None:
    records = repository.load(base).all_incidents()
    assert len(records) > 100
    assert {path.name for path in (site / "incidents").iterdir() if path.is_dir()} == {item.id for item in records}


def test_nothing_that_came_as_html_acts_in_a_page(site: Path) -> None:
    for page in (site / "incidents").glob("INC-*/index.html"):
        article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        assert "<script" not in article
        assert "<iframe" not in article
        assert "&lt;br" not in article, "a tag that means something is shown as text"


def test_services_of_one_name_can_be_told_apart(base: Path) -> None:
    named = [
        service["name"] for service in repository.load(base).policies["services"].document.value["services"].values()
    ]
    assert len(named) > 50
    assert len(set(named)) == len(named)
