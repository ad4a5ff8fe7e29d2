"""The settings that this repository gives VS Code: every file finds its schema by its folder, and `inc check` fills Problems."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from editor.conftest import RECORD, SETTINGS
from editor.lsp import LanguageServer
from incidentbook import resources
from kb import ROOT, Inc, write

SCHEMAS: dict[str, list[str]] = SETTINGS["yaml.schemas"]
IN_MARKDOWN = {"postmortem", "playbook"}  # their YAML is front matter, which editors do not hand to the language server


def test_every_schema_of_a_yaml_file_is_mapped_and_no_other() -> None:
    expected = {f"./schemas/{name}.schema.json" for name in resources.schema_names() if name not in IN_MARKDOWN}
    assert set(SCHEMAS) == expected
    assert all((ROOT / path).is_file() for path in SCHEMAS)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_each_pattern_matches_files_that_name_the_same_schema(schema: str) -> None:
    for pattern in SCHEMAS[schema]:
        files = sorted(ROOT.glob(pattern))
        assert files, pattern
        for path in files:
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            named = first.removeprefix("# yaml-language-server: $schema=")
            assert (path.parent / named).resolve() == (ROOT / schema).resolve(), path


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_file_without_a_modeline_gets_its_schema_from_its_folder(schema: str, server: LanguageServer) -> None:
    (pattern,) = SCHEMAS[schema]
    path = ROOT / "tests" / "kb_settings" / pattern.replace("*/*", "2031/INC-2031-001")
    wanted = resources.schema(schema.removeprefix("./schemas/").removesuffix(".schema.json")).get("required", ())
    shown = [problem.message for problem in server.diagnostics(server.open(path, "x-own: 1\n"))]
    assert shown == [f'Missing property "{key}".' for key in sorted(wanted)]


def test_other_yaml_is_left_alone(server: LanguageServer) -> None:
    for path in [ROOT / "mkdocs-own.yml", ROOT / "incidents" / "notes.yml", ROOT / "policy" / "own.yml"]:
        assert server.diagnostics(server.open(path, RECORD.replace("sev1", "sev9"))) == []


def test_the_task_reads_what_the_check_prints(inc: Inc, tmp_path: Path) -> None:
    (task,) = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    root = write(tmp_path, {"incidents/2025/INC-2025-001.yml": RECORD.replace("sev1", "sev9")})
    lines = inc(*task["args"], root=root).out.splitlines()
    pattern = task["problemMatcher"]["pattern"]
    read = [match for line in lines if (match := re.match(pattern["regexp"], line))]
    assert len(read) == len(lines) - 1  # the last line sums up
    wrong = next(match for match in read if "sev9" in match[pattern["message"]])
    assert wrong[pattern["file"]].endswith("incidents/2025/INC-2025-001.yml")
    assert (wrong[pattern["line"]], wrong[pattern["column"]]) == ("4", "11")
    assert re.fullmatch(r"IB\d{3}", wrong[pattern["code"]])
