"""Services that an import meets: known, new, or of another page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from incidentbook import repository, source
from kb import Inc

DATA = Path(__file__).parent / "data"
Bring = Callable[..., dict[str, Any]]


def policy(base: Path, name: str = "services") -> Any:
    return source.load((base / "policy" / f"{name}.yml").read_text(encoding="utf-8")).value


def services_of(base: Path) -> dict[str, list[str]]:
    return {record.id: list(record.services) for record in repository.load(base).all_incidents()}


def test_new_services_are_added_with_where_they_came_from_and_every_other_byte_stays(bring: Bring, base: Path) -> None:
    path = base / "policy" / "services.yml"
    before = path.read_text(encoding="utf-8")
    report = bring("statuspage", "page.json")
    assert report["services_added"] == ["tracking", "label-printing"]
    assert path.read_text(encoding="utf-8").startswith(before.removesuffix(" {}\n"))
    assert policy(base)["services"]["tracking"] == {
        "name": "Tracking",
        "team": "unassigned",
        "provenance": {
            "source": "statuspage",
            "id": "c-track",
            "page": "Lanternpost",
            "original": {"page_id": "pg0lanternpost"},
        },
    }
    assert policy(base, "knowledge-base")["teams"].keys() == {"responders", "unassigned"}
    assert services_of(base) == {
        "INC-2023-001": [],
        "INC-2023-002": ["tracking", "label-printing"],
        "INC-2024-001": ["label-printing"],
    }


def test_a_service_of_our_own_is_meant_by_its_name(bring: Bring, base: Path) -> None:
    path = base / "policy" / "services.yml"
    own = "services:\n  tracking: {name: Tracking, team: responders}  # ours\n"
    path.write_text(path.read_text(encoding="utf-8").replace("services: {}\n", own), encoding="utf-8")
    assert bring("statuspage", "page.json")["services_added"] == ["label-printing"]
    assert "  tracking: {name: Tracking, team: responders}  # ours\n" in path.read_text(encoding="utf-8")


def test_a_service_of_that_name_on_another_page_is_another_service(bring: Bring, base: Path, tmp_path: Path) -> None:
    bring("statuspage", "page.json")
    data = json.loads((DATA / "summary_monday.json").read_text(encoding="utf-8"))
    data["incidents"][0]["components"] = [{"id": "b-track", "name": "Tracking"}]
    (tmp_path / "other.json").write_text(json.dumps(data), encoding="utf-8")
    assert bring("statuspage", str(tmp_path / "other.json"))["services_added"] == ["brightquay-tracking"]
    assert services_of(base)["INC-2024-002"] == ["brightquay-tracking"]
    assert policy(base)["services"]["brightquay-tracking"]["name"] == "Tracking (Brightquay)"


def test_a_component_that_was_renamed_is_known_by_its_id(bring: Bring, base: Path, tmp_path: Path) -> None:
    bring("statuspage", "summary_monday.json")
    data = json.loads((DATA / "summary_later.json").read_text(encoding="utf-8"))
    data["incidents"][0]["components"][0]["name"] = "Public API"
    data["page"]["name"] = "Brightquay Cloud"
    (tmp_path / "renamed.json").write_text(json.dumps(data), encoding="utf-8")
    report = bring("statuspage", str(tmp_path / "renamed.json"))
    assert (report["services_added"], report["counts"]["updated"]) == ([], 1)
    assert services_of(base)["INC-2024-001"] == ["api"]


def test_service_gives_the_records_that_one_instead_and_adds_it_where_policy_lacks_it(bring: Bring, base: Path) -> None:
    report = bring("statuspage", "page.json", "--service", "parcels", "--service", "parcels")
    assert report["services_added"] == ["parcels"]
    assert set(map(tuple, services_of(base).values())) == {("parcels",)}
    assert policy(base)["services"]["parcels"] == {"name": "parcels", "team": "unassigned"}


def test_records_that_are_not_imported_bring_no_service(bring: Bring, base: Path) -> None:
    bring("statuspage", "odd.json", status=1)
    assert policy(base)["services"] == {}
    assert "unassigned" not in policy(base, "knowledge-base")["teams"]


def test_a_missing_services_policy_is_made(bring: Bring, base: Path) -> None:
    (base / "policy" / "services.yml").unlink()
    bring("statuspage", "page.json")
    assert policy(base)["effective_from"] == "2023-01-01"
    assert list(policy(base)["services"]) == ["tracking", "label-printing"]


def test_a_services_policy_of_another_shape_stops_the_import(inc: Inc, base: Path) -> None:
    (base / "policy" / "services.yml").write_text("- a\n- list\n", encoding="utf-8")
    result = inc("import", "statuspage", str(DATA / "page.json"), root=base)
    assert result.status == 2
    assert "policy/services.yml cannot take the services" in result.err
    assert not list((base / "incidents").glob("*/*.yml"))


def test_a_name_without_a_letter_of_the_alphabet_still_gives_a_slug(bring: Bring, tmp_path: Path) -> None:
    data = json.loads((DATA / "summary_monday.json").read_text(encoding="utf-8"))
    data["incidents"][0]["components"] = [{"id": "x", "name": "検索"}, {"id": "y", "name": "Café " + "long " * 30}]
    (tmp_path / "names.json").write_text(json.dumps(data), encoding="utf-8")
    first, second = bring("statuspage", str(tmp_path / "names.json"))["services_added"]
    assert first.startswith("service-")
    assert second.startswith("cafe-long")
    assert len(second) <= 64
