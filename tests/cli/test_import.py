"""`inc import`: what it prints, what it refuses, and its exit status."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from incidentbook import initialise
from kb import ROOT, Inc

DATA = ROOT / "tests" / "importers" / "data"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A new knowledge base, as `inc init` makes it."""
    root = tmp_path / "base"
    files = initialise.plan(initialise.templates(), name="Test", time_zone="UTC", today=dt.date(2024, 7, 1))
    initialise.make(root, files)
    return root


def test_the_summary_fits_80_columns_and_its_counts_add_up(inc: Inc, base: Path) -> None:
    result = inc("import", "statuspage", str(DATA / "odd.json"), str(DATA / "page.json"), root=base)
    assert result.status == 1
    assert max(map(len, result.out.splitlines())) <= 80
    assert "   7  imported  INC-2023-001 to INC-2024-005" in result.out
    assert "   5  not imported" in result.out
    assert "  12  of 12 records in the files" in result.out
    assert "1  no-id: has no id, so it could not be known again" in result.out


@pytest.mark.parametrize("ending", ["json", "md", "txt"])
def test_the_report_has_a_line_for_every_record(inc: Inc, base: Path, tmp_path: Path, ending: str) -> None:
    report = tmp_path / f"report.{ending}"
    inc("import", "statuspage", str(DATA / "odd.json"), "--report", str(report), root=base)
    text = report.read_text(encoding="utf-8")
    for label in ("o1", "o2", "o3", "o4", "o5", "o8"):
        assert label in text
    assert "duplicate-in-file" in text
    if ending == "json":
        assert len(json.loads(text)["results"]) == 9


def test_a_report_of_markdown_does_not_let_a_title_break_its_table(inc: Inc, base: Path, tmp_path: Path) -> None:
    data = json.loads((DATA / "page.json").read_text(encoding="utf-8"))
    data["incidents"][0]["name"] = "a | b <script> `c`"
    (tmp_path / "in.json").write_text(json.dumps(data), encoding="utf-8")
    inc("import", "statuspage", str(tmp_path / "in.json"), "--report", str(tmp_path / "out.md"), root=base)
    assert r"a \| b &lt;script> \`c\`" in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_a_name_with_control_characters_does_not_steer_the_terminal(inc: Inc, base: Path, tmp_path: Path) -> None:
    data = json.loads((DATA / "page.json").read_text(encoding="utf-8"))
    data["page"]["name"] = "\x1b[31mred\u202e"
    (tmp_path / "in.json").write_text(json.dumps(data), encoding="utf-8")
    out = inc("import", "statuspage", str(tmp_path / "in.json"), root=base).out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_broken_file_stops_it_before_anything_is_written(inc: Inc, base: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text('{"incidents": [\n', encoding="utf-8")
    result = inc("import", "statuspage", str(DATA / "page.json"), str(tmp_path / "broken.json"), root=base)
    assert result.status == 2
    assert f"{tmp_path / 'broken.json'}:2:1: this is not JSON" in result.err
    assert not list((base / "incidents").glob("*/*"))


def test_another_format_is_refused_with_what_was_expected(inc: Inc, base: Path) -> None:
    result = inc("import", "gcp", str(DATA / "page.json"), root=base)
    assert result.status == 2
    assert "page.json: expected a list of incidents" in result.err
    assert "found an object with `page`, `incidents`" in result.err


def test_a_folder_that_is_no_knowledge_base_is_refused(inc: Inc, tmp_path: Path) -> None:
    result = inc("import", "statuspage", str(DATA / "page.json"), root=tmp_path)
    assert result.status == 2
    assert "There is no knowledge base" in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nosuch.json"], "nosuch.json"),
        ([str(DATA / "page.json"), "--service", "Not A Slug"], "is no slug"),
        ([str(DATA / "page.json"), "--report", "out.pdf"], "names no format"),
        ([str(DATA / "page.json"), "--report", "nowhere/out.md"], "There is no folder"),
        ([], "FILE"),
    ],
)
def test_wrong_use_is_said_before_anything_happens(inc: Inc, base: Path, arguments: list[str], says: str) -> None:
    result = inc("import", "statuspage", *arguments, root=base)
    assert result.status == 2
    assert says in result.err


def test_an_unknown_source_is_refused_and_help_lists_the_known_ones(inc: Inc, base: Path) -> None:
    assert inc("import", "nosuch", "x.json", root=base).status == 2
    shown = inc("import", "--help", root=base).out
    assert "statuspage" in shown
    assert "gcp" in shown
    assert "Examples:" in inc("import", "statuspage", "--help", root=base).out


def test_what_was_edited_here_is_named_on_the_screen_and_in_the_report(inc: Inc, base: Path, tmp_path: Path) -> None:
    inc("import", "statuspage", str(DATA / "summary_monday.json"), root=base)
    path = base / "incidents" / "2024" / "INC-2024-001.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("unclassified", "sev2"), encoding="utf-8")
    report = tmp_path / "report.txt"
    shown = inc("import", "statuspage", str(DATA / "summary_later.json"), "--report", str(report), root=base).out
    assert (
        "Edited here, and kept where the source says something else\n  INC-2024-001: status, severity, milestones\n"
        in shown
    )
    assert "2 entries added to a record that was edited here; kept as edited here: status" in report.read_text(
        encoding="utf-8"
    )


def test_many_files_are_not_all_listed_on_the_screen(inc: Inc, base: Path) -> None:
    shown = inc("import", "statuspage", *[str(DATA / "page.json")] * 20, root=base).out
    assert shown.count("page.json: 3 records of Lanternpost") == 14
    assert "and 6 more files" in shown
    assert "  60  of 60 records in the files" in shown
