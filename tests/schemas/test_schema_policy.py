"""The example organisation's policy: valid by both validators, whole, and with the facts that its figures rest on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from incidentbook import resources
from incidentbook.source import load

POLICY = Path(__file__).resolve().parents[2] / "policy"
RECORDS = {"incident", "postmortem", "playbook"}
NAMES = [name for name in resources.schema_names() if name not in RECORDS]
REGIMES = {
    "GDPR", "NIS2", "DORA", "CRA", "SEC", "HIPAA", "US bank regulators", "NYDFS", "PCI DSS and Visa rules", "CIRCIA", "UK GDPR",
    "PECR", "Australia SOCI", "Australia CPS 234", "Singapore PDPA", "Singapore MAS", "India CERT-In",
}  # fmt: skip


def policy(name: str) -> Any:
    """Return the data of ``policy/<name>.yml``."""
    document = load((POLICY / f"{name}.yml").read_text(encoding="utf-8"))
    assert document.problems == []
    return document.value


def test_every_policy_file_has_a_schema_and_every_schema_a_file() -> None:
    assert sorted(path.stem for path in POLICY.glob("*.yml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_policy_file_is_valid_and_tells_the_editor_its_schema(name: str) -> None:
    schema, value = resources.schema(name), policy(name)
    exact = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in exact.iter_errors(value)] == []
    assert jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(value)
    first = (POLICY / f"{name}.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schemas/{name}.schema.json"


def test_the_sample_rests_on_these_facts() -> None:
    base, metrics = policy("knowledge-base"), policy("metrics")
    assert (base["as_of"], base["time_zone"]) == ("2025-01-15T06:00:00Z", "UTC")
    assert metrics["availability"]["weights"] == {"outage": 1, "partial": 0.5, "degraded": 0}
    assert metrics["mtbf"] == {"severities": ["sev1", "sev2"], "exposure": "360d"}
    assert {key for key, value in metrics["durations"].items() if value.get("zero") == "unmeasured"} == {"ttr", "ttm"}
    api = policy("services")["services"]["public-api"]
    assert api["slo"] == {"availability": 99.95, "window": "30d"}
    assert api["sla"]["credits"][0] == {"from": 99.0, "below": 99.95, "percent": 10}
    assert api["sla"]["fee"] == {"amount": 425000, "currency": "USD"}
    assert policy("communications")["cadence"]["sev1"]["every"] == "30m"
    assert policy("severities")["severities"]["sev1"]["targets"]["duration"] == "5m"


def test_slugs_name_things_that_exist() -> None:
    teams = set(policy("knowledge-base")["teams"])
    services = policy("services")["services"]
    channels = set(policy("communications")["channels"])
    rotations = policy("rotation")
    responders = teams | {rotation["role"] for rotation in rotations["rotations"]}
    for service in services.values():
        assert service["team"] in teams
        assert set(service.get("depends_on", [])) <= set(services)
    for rung in (rung for ladder in policy("escalation")["escalation"].values() for rung in ladder):
        assert rung["notify"] in responders
        assert rung["by"] in channels
    for rotation in rotations["rotations"]:
        assert set(rotation["teams"]) <= teams
    for override in rotations["overrides"]:
        assert override["team"] in teams
        assert override["rotation"] in {rotation["id"] for rotation in rotations["rotations"]}
    for dimension in policy("maturity")["dimensions"].values():
        assert {criterion["by"] for criterion in dimension["criteria"] if "attested" in criterion} <= teams


def test_credit_bands_of_an_agreement_meet_without_overlap() -> None:
    for service in policy("services")["services"].values():
        agreement = service.get("sla")
        if agreement:
            bands = sorted((band["from"], band["below"]) for band in agreement["credits"])
            assert [below for _, below in bands[:-1]] == [start for start, _ in bands[1:]]
            assert bands[-1][1] == agreement["availability"]


def test_obligations_cover_every_regime_and_their_chains_end_at_an_event() -> None:
    obligations = policy("obligations")["obligations"]
    assert {obligation["regime"] for obligation in obligations} == REGIMES
    node = resources.schema("obligations")["$defs"]["obligation"]["properties"]["starts_at"]
    ids = [obligation["id"] for obligation in obligations]
    assert len(ids) == len(set(ids))
    for obligation in obligations:
        known = set(node["enum"])
        for due in obligation["due"]:
            assert due["id"] not in known
            assert due.get("after", "aware") in known, (
                f"{obligation['id']}/{due['id']} starts at something not named before"
            )
            assert due.get("at_most", {}).get("after", "aware") in known
            assert ("place" in due) == (due["calendar"] == "business-days")
            known.add(due["id"])


def test_every_criterion_of_maturity_is_computed_or_attested_or_open_above_the_level_reached() -> None:
    maturity, as_of = policy("maturity"), policy("knowledge-base")["as_of"][:10]
    for dimension in maturity["dimensions"].values():
        open_ = [c["level"] for c in dimension["criteria"] if "computed" not in c and c.get("attested", "9") > as_of]
        assert min(open_, default=6) > 3
        assert {"3", "4"} <= dimension["statements"].keys()
    assert maturity["target"] == 4
