"""What programs read: complete, narrowed, valid against the schemas beside it, and as it was where the record is as it was."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import kb
from incidentbook import repository, resources, site
from incidentbook.records.build import build
from incidentbook.records.incident import Incident
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import interface
from incidentbook.site.addresses import Addresses

LEVELS = ("public", "internal", "restricted")


def files(root: Path, level: str, now: str = "") -> dict[str, str]:
    repo = repository.load(root)
    shown = site.prepare(repo, kb.at(now) if now else repo.now(), Disclosure(level))
    return {item.path: item.text for item in interface.render(shown, Addresses())}


@pytest.fixture(scope="module")
def example() -> dict[str, dict[str, str]]:
    return {level: files(kb.ROOT, level) for level in LEVELS}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("which", ["example", "small"])
def test_every_file_keeps_to_the_schema_that_is_published_beside_it(
    example: dict[str, dict[str, str]], harbour: Path, level: str, which: str
) -> None:
    found = example[level] if which == "example" else files(harbour, level)
    schemas = {path: json.loads(text) for path, text in found.items() if "/schemas/" in path}
    by_id = {
        schema["$id"]: jsonschema_rs.Draft202012Validator(schema, validate_formats=True) for schema in schemas.values()
    }
    values = {path: json.loads(text) for path, text in found.items() if path not in schemas}
    for path, value in values.items():
        assert [
            f"{error.instance_path}: {error.message}" for error in by_id[value["schema"]].iter_errors(value)
        ] == [], path
    assert len(by_id) == len(interface.schema_names())
    for path, schema in schemas.items():
        assert schema == resources.schema(Path(path).name.removesuffix(".schema.json"))


def test_the_index_leads_to_everything(example: dict[str, dict[str, str]]) -> None:
    found = example["public"]
    index = json.loads(found[interface.INDEX])
    for resource in index["resources"]:
        assert f"{interface.ROOT}/{resource['path']}" in found
        schema = json.loads(found[f"{interface.ROOT}/{resource['schema']}"])
        assert json.loads(found[f"{interface.ROOT}/{resource['path']}"])["schema"] == schema["$id"]
    listed = json.loads(found[f"{interface.ROOT}/incidents.json"])["incidents"]
    assert listed
    for line in listed:
        whole = json.loads(found[f"{interface.ROOT}/{line['path']}"])
        assert whole["incident"]["id"] == line["id"]
        assert interface.of_page(f"incidents/{line['id']}.md") == f"{interface.ROOT}/{line['path']}"
        assert line["postmortem"] is None or f"{interface.ROOT}/{line['postmortem']}" in found
        assert whole["postmortem"] == (f"../{line['postmortem']}" if line["postmortem"] else None)


def test_an_incident_is_told_whole(example: dict[str, dict[str, str]]) -> None:
    told = json.loads(example["restricted"][interface.of_page("incidents/INC-2025-001.md")])
    record = repository.load(kb.ROOT).incident("INC-2025-001")
    assert build(Incident, told["incident"]) == record
    assert told["durations"]["ttr"] == 8100


def test_a_narrower_reader_gets_less(harbour: Path) -> None:
    sizes = [len("".join(files(harbour, level).values())) for level in LEVELS]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == 3
    assert interface.of_page("incidents/INC-2025-002.md") not in files(harbour, "internal")


def test_of_two_records_with_one_id_each_page_leads_to_its_own_file(harbour: Path, tmp_path: Path) -> None:
    root = shutil.copytree(harbour, tmp_path / "harbour")
    first = next(path for path in (root / "incidents").rglob("*.yml") if "INC-2025-001" in path.read_text("utf-8"))
    first.with_name("twice.yml").write_bytes(first.read_bytes())
    repo = repository.load(root)
    shown = site.prepare(repo, repo.now(), Disclosure.RESTRICTED)
    pages = {page.path: page.content for page in site.pages_of(shown) if page.path.startswith("incidents/INC-2025-001")}
    assert len(pages) == 2
    for path, content in pages.items():
        assert f'api/v1/{path.removesuffix(".md")}.json">JSON</a>' in content


def test_a_record_that_is_as_it_was_leaves_its_file_as_it_was(harbour: Path) -> None:
    before, after = (files(harbour, "restricted", now) for now in ("2025-01-15 06:00", "2025-01-20 06:00"))
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {
        f"{interface.ROOT}/{name}.json" for name in ("index", "incidents", "postmortems", "actions", "metrics")
    }


def test_a_narrative_is_on_its_page_only(example: dict[str, dict[str, str]]) -> None:
    told: dict[str, Any] = json.loads(example["public"][f"{interface.ROOT}/postmortems/INC-2025-001.json"])
    assert "body" not in told["postmortem"]
    assert told["page"] == "postmortems/INC-2025-001/"


def test_a_thousand_incidents_take_no_time() -> None:
    entries = [{"id": f"t{n}", "at": f"2025-01-10T00:{n:02}:00Z", "text": "Something happened here"} for n in range(20)]
    many = [kb.incident(number, timeline=entries, disclosure="public") for number in range(1, 1001)]
    shown = site.prepare(kb.repo(*many), kb.at("2025-02-01"), Disclosure.PUBLIC)
    best = min(_seconds(shown) for _ in range(3))
    assert best < 1.5, f"{best:.2f} s of CPU; the aim is 0.3"


def _seconds(shown: site.Site) -> float:
    begun = time.process_time()
    assert sum(1 for _ in interface.render(shown, Addresses())) > 1000
    return time.process_time() - begun
