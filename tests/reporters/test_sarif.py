"""SARIF: valid by the official schema and by what its consumers ask for beyond it; fingerprints that stay; fixes that fit.

The official schema is not part of this repository. It is looked for where INCIDENTBOOK_TEST_DATA says, else beside the repository
in ``shared/data``.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from incidentbook import reporters
from incidentbook.finding import Finding, Fix, Grade, Related
from incidentbook.reporters import Report
from incidentbook.rules import discover
from incidentbook.span import Edit, Span
from kb import ROOT, Inc

DATA = Path(os.environ.get("INCIDENTBOOK_TEST_DATA") or ROOT.parent / "shared" / "data")
SCHEMA = DATA / "7_format_schemas" / "sarif-schema-2.1.0.json"
RECORD = "incidents/2025/INC-2025-001.yml"
TEXT = "id: INC-2025-001\nservices: [漢字, pubic-api, 🚢]\ntimeline: []\n"
UNKNOWN = Finding(
    "IB401",
    "unknown-service",
    RECORD,
    Span(2, 16, 2, 25),
    "There is no service `pubic-api`",
    "Correct the name.",
    fix=Fix("Write `public-api`", (Edit(32, 41, "public-api"),)),
    related=(Related("policy/services.yml", Span(2, 1, 2, 9), "the services of this knowledge base"),),
)
UNREAD = Finding("IB002", "unread-file", "incidents/a b#ü.yaml", Span(), "No command reads it", grade=Grade.WARNING)
REMARK = Finding("XY900", "theirs", "p.md", Span(3, 2, 3, 2), "A rule that is not installed here", grade=Grade.INFO)
REPORT = Report([UNKNOWN, UNREAD, REMARK], {"records": 1}, {RECORD: TEXT}, rules=discover())


def run_of(report: Report) -> dict[str, Any]:
    """Return the one run of a report in SARIF."""
    log = json.loads(reporters.render("sarif", report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def fingerprint(report: Report, number: int = 0) -> str:
    value = run_of(report)["results"][number]["partialFingerprints"]["incidentbook/v1"]
    assert isinstance(value, str)
    return value


@pytest.mark.skipif(not SCHEMA.exists(), reason=f"the official schema is absent: no {SCHEMA.name} in the test data")
@pytest.mark.parametrize("report", [REPORT, replace(REPORT, rules=()), Report([])], ids=["full", "no rules", "empty"])
def test_it_is_valid_by_the_official_schema(report: Report) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    errors = [error.message for error in validator.iter_errors(json.loads(reporters.render("sarif", report)))]
    assert errors == []


def test_every_rule_that_ran_is_described() -> None:
    described = run_of(REPORT)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == sorted({rule.code for rule in discover()} | {"XY900"})
    for rule, known in zip(described, discover(), strict=False):
        assert rule["shortDescription"]["text"] == f"{known.summary}."
        assert rule["fullDescription"]["text"]
        level = {"error": "error", "warning": "warning", "info": "note"}[known.grade.value]
        assert rule["defaultConfiguration"]["level"] == level
        assert urlsplit(rule["helpUri"]).scheme, "a help URI is absolute"
        assert "How to ignore it" in rule["help"]["text"]
        assert "## Bad example" in rule["help"]["markdown"]
    assert described[-1] == {"id": "XY900", "name": "theirs"}


def test_every_result_names_its_rule_level_and_place() -> None:
    run = run_of(REPORT)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["IB401", "IB002", "XY900"]
    assert [result["ruleId"] for result in run["results"]] == ["IB401", "IB002", "XY900"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert run["results"][0]["message"]["text"] == "There is no service `pubic-api`. Correct the name."
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": RECORD, "uriBaseId": "SRCROOT"},
                "region": {"startLine": 2, "startColumn": 16, "endLine": 2, "endColumn": 25},
            }
        }
    ]
    assert list(run["originalUriBaseIds"]) == ["SRCROOT"]


def test_columns_are_counted_in_code_points() -> None:
    run = run_of(REPORT)
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert TEXT.splitlines()[1][region["startColumn"] - 1 : region["endColumn"] - 1] == "pubic-api"


def test_a_finding_about_a_whole_file_stands_at_its_first_line() -> None:
    assert run_of(REPORT)["results"][1]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_paths_are_relative_uris_below_the_prefix() -> None:
    run = run_of(replace(REPORT, prefix="our kb/"))
    uri = run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "our%20kb/incidents/a%20b%23%C3%BC.yaml"
    assert unquote(uri) == f"our kb/{UNREAD.path}"
    strange = Finding("IB002", "unread-file", "incidents/\udcff.yaml", Span(), "x")
    uri = run_of(Report([strange]))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "incidents/%FF.yaml", "a name that is no UTF-8 keeps its bytes"


def test_related_places_are_numbered() -> None:
    (near,) = run_of(REPORT)["results"][0]["relatedLocations"]
    assert near["id"] == 1
    assert near["physicalLocation"]["artifactLocation"]["uri"] == "policy/services.yml"
    assert near["message"]["text"] == "the services of this knowledge base"


@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT, TEXT.replace("\n", "\r\n")], ids=["LF", "BOM", "CRLF"])
def test_a_fix_replaces_what_its_edit_replaces(text: str) -> None:
    start = text.index("pubic-api")
    fix = Fix("Write `public-api`", (Edit(start, start + 9, "public-api"), Edit(len(text), len(text), "x: 1\n")))
    report = Report([replace(UNKNOWN, fix=fix)], sources={RECORD: text})
    (change,) = run_of(report)["results"][0]["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == RECORD
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 16, "endLine": 2, "endColumn": 25},
            "insertedContent": {"text": "public-api"},
        },
        {
            "deletedRegion": {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 1},
            "insertedContent": {"text": "x: 1\n"},
        },
    ]


def test_a_fix_at_the_very_start_and_one_inside_a_line_end_delete_nothing_else() -> None:
    fix = Fix("Begin", (Edit(0, 0, "# begin\n"), Edit(2, 3, "")))
    report = Report([replace(UNKNOWN, fix=fix)], sources={RECORD: "a\r\nb\n"})
    (change,) = run_of(report)["results"][0]["fixes"][0]["artifactChanges"]
    assert [replacement["deletedRegion"] for replacement in change["replacements"]] == [
        {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
        {"startLine": 1, "startColumn": 3, "endLine": 2, "endColumn": 1},
    ]


def test_a_fix_of_a_file_that_nobody_has_read_is_left_out() -> None:
    assert "fixes" not in run_of(Report([UNKNOWN]))["results"][0]


def test_a_fingerprint_stays_when_lines_above_come_and_go() -> None:
    below = replace(UNKNOWN, span=Span(4, 16, 4, 25), message="There is no service `pubic-api` (seen 3 days ago)")
    moved = Report([below, *REPORT.findings[1:]], sources={RECORD: f"# two\n# more\n{TEXT}"})
    assert fingerprint(moved) == fingerprint(REPORT)


def test_a_fingerprint_changes_with_the_rule_the_file_and_the_line() -> None:
    others = [
        Report([replace(UNKNOWN, code="IB402")], sources=REPORT.sources),
        Report([replace(UNKNOWN, path="incidents/2025/INC-2025-002.yml")], sources=REPORT.sources),
        Report([UNKNOWN], sources={RECORD: TEXT.replace("pubic", "pubik")}),
        replace(REPORT, prefix="kb/"),
    ]
    assert len({fingerprint(REPORT), *map(fingerprint, others)}) == 5


def test_no_two_results_have_one_fingerprint() -> None:
    twins = Report([UNKNOWN, replace(UNKNOWN, message="Another message"), UNREAD, UNREAD], sources=REPORT.sources)
    assert len({fingerprint(twins, number) for number in range(4)}) == 4


def test_a_message_cannot_smuggle_a_link_or_steer_a_terminal() -> None:
    evil = Finding("IB104", "x", RECORD, Span(1, 1, 1, 2), "`[click](https://evil.example)` \x1b[2J\u202e")
    text = run_of(Report([evil]))["results"][0]["message"]["text"]
    assert "](" not in text
    assert not set("\x1b\u202e") & set(text)


def test_the_same_findings_are_the_same_bytes() -> None:
    assert reporters.render("sarif", REPORT) == reporters.render("sarif", replace(REPORT, colour=True, width=120))


def test_the_command_line_writes_it_from_the_repository_s_root(tmp_path: Path, inc: Inc) -> None:
    (tmp_path / ".git").mkdir()
    root = tmp_path / "kb"
    (root / "policy").mkdir(parents=True)
    (root / "policy" / "knowledge-base.yml").write_text("name: Ours\ntime_zone: Nowhere/At_All\n", encoding="utf-8")
    result = inc("check", "--output", str(tmp_path / "found.sarif"), root=root)
    assert result.status == 1
    run = json.loads((tmp_path / "found.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert len(run["tool"]["driver"]["rules"]) == len(discover())
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert uris == {"kb/policy/knowledge-base.yml"}


@pytest.mark.skipif(not SCHEMA.exists(), reason=f"the official schema is absent: no {SCHEMA.name} in the test data")
def test_what_rules_offer_is_valid_too_and_fits_the_text(example: Path, inc: Inc) -> None:
    record = next(path for path in sorted(example.glob("incidents/*/*.yml")))
    text = record.read_text(encoding="utf-8").replace("status: ", "Status: ", 1)
    record.write_text(text, encoding="utf-8")
    log = json.loads(inc("check", "--format", "sarif", root=example).out)
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(log)] == []
    (fix,) = (fix for result in log["runs"][0]["results"] for fix in result.get("fixes", ()))
    (replacement,) = fix["artifactChanges"][0]["replacements"]
    line = text.splitlines()[replacement["deletedRegion"]["startLine"] - 1]
    assert (line[:6], replacement["insertedContent"]["text"]) == ("Status", "status")


@pytest.mark.skipif(not SCHEMA.exists(), reason=f"the official schema is absent: no {SCHEMA.name} in the test data")
@pytest.mark.parametrize(("as_of", "overdue"), [("2025-01-15", 0), ("2025-02-01", 5)])
def test_overdue_action_items_are_valid_too(inc: Inc, as_of: str, overdue: int) -> None:
    log = json.loads(inc("actions", "overdue", "--as-of", as_of, "--format", "sarif").out)
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(log)] == []
    assert len(log["runs"][0]["results"]) == overdue
