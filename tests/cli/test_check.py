"""`inc check`: what it prints, for which paths, and with which exit status."""

from __future__ import annotations

import json
import shutil
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from incidentbook import rules
from incidentbook.errors import BUG, CLEAN, FINDINGS, USAGE
from incidentbook.rules import discover
from kb import Inc, Result, change

CLEAN_LINE = "checked 1 record, 1 post-mortem, 1 playbook, 5 policy files: no findings\n"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"


def break_five_ways(root: Path) -> None:
    """The five failures that a newcomer has to understand."""
    change(root, POSTMORTEM, "    owner: database\n    due: 2025-04-30", "    due: 2030-02-30")
    change(root, RECORD, "services: [public-api]", "services: [pubic-api]")
    change(root, RECORD, "level: outage, from: 2025-01-15T02:30:00Z", "level: outage, from: 2025-01-15T06:30:00Z")
    shutil.copy(root / RECORD, root / "incidents" / "2025" / "INC-2025-002.yml")


def test_clean(kb: Path, inc: Inc) -> None:
    assert inc("check", root=kb) == Result(CLEAN, CLEAN_LINE, "")


def test_the_whole_report_of_five_failures(kb: Path, inc: Inc, golden: Callable[[str, str], None]) -> None:
    break_five_ways(kb)
    result = inc("check", root=kb)
    assert result.status == FINDINGS
    golden("check/five-failures.txt", result.out)


def test_five_failures_each_with_file_line_column_and_sentence(kb: Path, inc: Inc) -> None:
    break_five_ways(kb)
    lines = inc("check", "--format", "concise", root=kb).out.splitlines()
    for expected in (
        f"{POSTMORTEM}:10:13: IB101 `owner` is missing: an action item that is in-progress needs an owner",
        f"{POSTMORTEM}:11:10: IB201 `due` is 2030-02-30, and February 2030 has 28 days",
        f"{RECORD}:7:12: IB401 There is no service `pubic-api` in policy/services.yml; did you mean `public-api`?",
        f"{RECORD}:17:63: IB203 Phase `p1` ends at 2025-01-15T04:45:00Z, before it starts at 2025-01-15T06:30:00Z",
        f"incidents/2025/INC-2025-002.yml:1:5: IB303 The id `INC-2025-001` is taken by another incident: {RECORD}, line 1",
    ):
        assert expected in lines


def test_a_file_and_what_it_breaks_elsewhere(kb: Path, inc: Inc) -> None:
    change(
        kb, "policy/services.yml", "  public-api: {name: Public API, team: platform, depends_on: [primary-db]}\n", ""
    )
    result = inc("check", "--format", "concise", "policy/services.yml", root=kb)
    assert result.status == FINDINGS
    assert result.out.startswith(f"{RECORD}:7:12: IB401 ")
    assert inc("check", "playbooks", root=kb).out == "checked 1 playbook: no findings\n"


def test_folders_and_files_narrow_the_report(kb: Path, inc: Inc) -> None:
    break_five_ways(kb)
    assert "IB401" not in inc("check", "postmortems", root=kb).out
    assert "IB101" not in inc("check", "incidents", root=kb).out
    whole = json.loads(inc("check", "--json", root=kb).out)["findings"]
    assert json.loads(inc("check", "--json", ".", root=kb).out)["findings"] == whole


def test_a_path_that_does_not_exist(kb: Path, inc: Inc) -> None:
    result = inc("check", "incidents/2025/INC-2025-009.yml", root=kb)
    assert (result.status, result.out) == (USAGE, "")
    assert result.err.startswith("error: There is no file or folder incidents/2025/INC-2025-009.yml")


def test_a_path_outside_is_said_and_alone_it_is_wrong_use(kb: Path, inc: Inc, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.yml"
    other.write_text("a: 1\n", encoding="utf-8")
    result = inc("check", str(other), "playbooks", root=kb)
    assert result.status == CLEAN
    assert result.err == f"not checked, outside the knowledge base {kb}: {other}\n"
    assert inc("check", str(other), root=kb).status == USAGE


def test_a_file_that_is_no_record_is_said(kb: Path, inc: Inc) -> None:
    (kb / "README.md").write_text("x\n", encoding="utf-8")
    result = inc("check", "README.md", "playbooks", root=kb)
    assert (result.status, result.err) == (
        CLEAN,
        "not checked, no record, post-mortem, playbook or policy: README.md\n",
    )
    assert inc("check", "README.md", root=kb).status == USAGE


def test_pre_commit_may_hand_over_anything(kb: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch) -> None:
    (kb / "README.md").write_text("x\n", encoding="utf-8")
    monkeypatch.setenv("PRE_COMMIT", "1")
    result = inc("check", "README.md", root=kb)
    assert (result.status, result.out, result.err) == (CLEAN, "checked nothing: no findings\n", "")


def test_an_unread_file_is_a_finding_of_its_path(kb: Path, inc: Inc) -> None:
    (kb / "incidents" / "2025" / "INC-2025-002.yaml").write_text("id: x\n", encoding="utf-8")
    result = inc("check", "incidents/2025/INC-2025-002.yaml", root=kb)
    assert result.status == FINDINGS
    assert "IB002 unread-file" in result.out


def test_paths_lead_from_where_the_reader_is(kb: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch) -> None:
    break_five_ways(kb)
    monkeypatch.chdir(kb.parent)
    assert inc("check", "--format", "concise", root=kb).out.startswith(f"kb/{RECORD}:")
    monkeypatch.chdir(kb / "policy")
    assert inc("check", "--format", "concise", root=Path()).out.startswith(f"../{RECORD}:")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(kb.parent))
    assert inc("check", "--format", "github", root=kb).out.startswith(f"::error file=kb/{RECORD},")


def test_the_knowledge_base_around_a_path_is_found(
    kb: Path, inc: Inc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert inc("check", str(kb / RECORD), root=Path()).out == "checked 1 record: no findings\n"
    assert inc("check", str(kb), root=Path()).out == CLEAN_LINE
    assert inc("check", root=Path()).status == USAGE


def test_now_can_be_moved(kb: Path, inc: Inc) -> None:
    assert inc("check", "--as-of", "2025-07-30", root=kb).status == CLEAN
    late = inc("check", "--as-of", "2025-07-31", root=kb)
    assert late.status == FINDINGS, "a warning fails a run too"
    assert "IB701 playbook-review" in late.out
    assert inc("check", "--as-of", "soon", root=kb).status == USAGE


def test_rules_can_be_chosen(kb: Path, inc: Inc) -> None:
    break_five_ways(kb)
    assert {f["code"] for f in json.loads(inc("check", "--json", "--select", "IB2,IB401", root=kb).out)["findings"]} == {
        "IB201", "IB203", "IB401",
    }  # fmt: skip
    assert inc("check", "--ignore", "schema", "--ignore", "time,reference,identity", root=kb).out == (
        "checked 2 records, 1 post-mortem, 1 playbook, 5 policy files: no findings\n"
    )
    wrong = inc("check", "--select", "IB999", root=kb)
    assert (wrong.status, wrong.out) == (USAGE, "")


def test_exit_zero(kb: Path, inc: Inc) -> None:
    break_five_ways(kb)
    result = inc("check", "--exit-zero", root=kb)
    assert result.status == CLEAN
    assert "errors in" in result.out


@pytest.mark.parametrize(
    ("name", "start"), [("report.json", "{"), ("report.txt", "incidents/"), ("report.out", "incidents/")]
)
def test_output_takes_its_form_from_the_ending(kb: Path, inc: Inc, name: str, start: str) -> None:
    break_five_ways(kb)
    result = inc("check", "--output", name, root=kb)
    assert (result.status, result.out) == (FINDINGS, "")
    assert (kb / name).read_text(encoding="utf-8").startswith(start)
    assert inc("check", "--output", f"no/such/folder/{name}", root=kb).status == USAGE


def test_colour_follows_the_environment(kb: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch) -> None:
    break_five_ways(kb)
    assert "\x1b[" not in inc("check", root=kb).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in inc("check", root=kb).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in inc("check", root=kb).out


def test_a_rule_that_fails_leaves_the_other_findings_and_a_sentence(
    kb: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(entry: Any, context: Any) -> Iterator[Any]:
        del context
        yield entry.no_such_attribute

    broken = types.ModuleType("broken", "Broken.\n\n" + "\n".join(rules.HEADINGS))
    broken.__dict__.update({"CODE": "XY001", "NAME": "broken", "SUMMARY": "x", "GRADE": "error", "check": check})
    monkeypatch.setattr(rules, "_foreign", lambda: iter([("theirs", broken)]))
    break_five_ways(kb)
    discover.cache_clear()
    try:
        result = inc("check", root=kb)
        without = inc("check", "--ignore", "XY001", root=kb)
    finally:
        discover.cache_clear()
    assert result.status == BUG
    assert "IB401" in result.out
    assert result.err.startswith("error: Rule XY001 (broken) failed on policy/communications.yml: AttributeError: ")
    assert "Traceback" not in result.err
    assert without.status == FINDINGS


def test_a_broken_policy_and_a_broken_record_break_nothing_else(kb: Path, inc: Inc) -> None:
    (kb / "policy" / "knowledge-base.yml").write_text("name: [\n", encoding="utf-8")
    (kb / "incidents" / "2025" / "INC-2025-002.yml").write_bytes(b"\xff\x00")
    result = inc("check", "--format", "concise", "--as-of", "2025-03-01", root=kb)
    assert result.status == FINDINGS
    assert [line.split(": ")[1][:5] for line in result.out.splitlines()[:-1]] == ["IB001", "IB001"]


def test_help_has_examples(inc: Inc) -> None:
    result = inc("check", "--help")
    assert result.status == CLEAN
    assert "inc check --format github" in result.out


def test_this_repository_checks_clean(inc: Inc) -> None:
    result = inc("check")
    assert (result.status, result.err) == (CLEAN, "")
    assert result.out.endswith(": no findings\n")


def test_a_second_check_says_the_same_and_a_third_without_what_was_kept(kb: Path, inc: Inc) -> None:
    break_five_ways(kb)
    first = inc("check", root=kb)
    assert (kb / ".incidentbook" / "check").is_dir()
    assert inc("check", root=kb) == first
    assert inc("check", "--no-cache", root=kb) == first


def test_without_a_cache_nothing_is_kept(kb: Path, inc: Inc) -> None:
    assert inc("check", "--no-cache", root=kb).status == CLEAN
    assert not (kb / ".incidentbook").exists()


def test_chosen_rules_have_results_of_their_own(kb: Path, inc: Inc) -> None:
    break_five_ways(kb)
    every, chosen = inc("check", root=kb), inc("check", "--select", "IB401", root=kb)
    assert "IB401" in chosen.out
    assert "IB303" not in chosen.out
    assert inc("check", root=kb) == every
