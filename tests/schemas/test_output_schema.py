"""The schema of what `inc metrics --json` prints: published, versioned, and kept by every output."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from incidentbook import metrics, periods, resources, schema, slices
from incidentbook.reports import measurements as written
from kb import Inc, at, incident, repo

NAME = "metrics-output"
PERIODS = ("30d", "48h", "monthly", "quarterly", "2023", "2024-12-01..2024-12-24", "2010-01-01..2010-12-31")


def problems(value: Any) -> list[str]:
    loaded = resources.schema(NAME)
    exact = Draft202012Validator(loaded, format_checker=Draft202012Validator.FORMAT_CHECKER)
    found = [f"{error.json_path}: {error.message}" for error in exact.iter_errors(value)]
    assert jsonschema_rs.Draft202012Validator(loaded, validate_formats=True).is_valid(value) == (not found)
    return found


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("audience", ["public", "restricted"])
def test_every_output_keeps_to_it(inc: Inc, period: str, audience: str) -> None:
    value = json.loads(inc("metrics", "--period", period, "--audience", audience, "--json").out)
    assert problems(value) == []
    assert value["schema"] == resources.schema(NAME)["$id"] == "urn:incidentbook:schema:metrics-output:v1"


@pytest.mark.parametrize("dimension", slices.DIMENSIONS)
@pytest.mark.parametrize("period", ["2010", "2024"])
def test_slices_keep_to_it(inc: Inc, dimension: str, period: str) -> None:
    value = json.loads(inc("metrics", "--period", period, "--by", dimension, "--json").out)
    assert problems(value) == []
    assert bool(value["measurements"]) is (period == "2024")


def test_nothing_measured_keeps_to_it_too() -> None:
    for base in (repo(), repo(incident()), repo(incident(milestones={}))):
        windows = periods.parse("monthly", at("2025-01-15"), base.zone)
        value = json.loads(written.to_json(list(metrics.series(base, windows, at("2025-01-15"))), "Empty"))
        assert problems(value) == []
        figures = [figure for item in value["measurements"] for figure in item["figures"]]
        assert [figure for figure in figures if figure["value"] is None]


def test_it_refuses_what_is_not_one(inc: Inc) -> None:
    good = json.loads(inc("metrics", "--json").out)
    changes: list[tuple[str, Any]] = [
        ("value", "8100"), ("unit", "minutes"), ("n", -1), ("interval_95", [1]), ("text", None), ("parts", {"SEV-1": "1"}),
    ]  # fmt: skip
    for key, value in changes:
        bad = copy.deepcopy(good)
        bad["measurements"][0]["figures"][0][key] = value
        assert problems(bad), key
    for name in ("definition", "missing", "excluded", "window"):
        bad = copy.deepcopy(good)
        del bad["measurements"][0]["figures"][0][name]
        assert problems(bad), name
    assert problems(good | {"schema": "urn:incidentbook:schema:metrics-output:v0"})


def test_it_is_no_kind_of_file() -> None:
    assert NAME in resources.output_schema_names()
    assert NAME not in resources.schema_names()
    assert not schema.exists(NAME)


def test_its_file_is_written_in_the_style_of_the_others() -> None:
    path = resources.schemas_dir() / f"{NAME}.schema.json"
    assert path.read_text(encoding="utf-8") == json.dumps(resources.schema(NAME), indent=2, ensure_ascii=False) + "\n"
