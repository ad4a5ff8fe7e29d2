"""`inc check` in a repository that is older than the check: comments, policy, baseline and counts, as somebody adopts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentbook.errors import CLEAN, FINDINGS, USAGE
from incidentbook.files import BASELINE
from incidentbook.reporters import names
from kb import ROOT, Inc, Result

CLEAN_LINE = "checked 1 record, 1 post-mortem, 1 playbook, 5 policy files: no findings\n"
POSTMORTEM, RECORD, POLICY = "postmortems/2025/INC-2025-001.md", "incidents/2025/INC-2025-001.yml", "policy/checks.yml"
PROSE = "\nNobody should have deployed.\n\nIt was human error.\n\nIt was human error.\n"


@pytest.fixture
def kb(kb: Path) -> Path:
    """The same with a post-mortem that has one counterfactual and stops twice at human error."""
    write(kb, POSTMORTEM, (kb / POSTMORTEM).read_text(encoding="utf-8") + PROSE)
    return kb


def write(root: Path, path: str, text: str) -> None:
    (root / path).write_text(text, encoding="utf-8", newline="")


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    write(root, path, text.replace(old, new, 1))


def codes(result: Result) -> list[str]:
    return [found["code"] for found in json.loads(result.out)["findings"]]


def tail(result: Result) -> list[str]:
    """Return the summary and what follows it."""
    lines = result.out.splitlines()
    return lines[next(n for n, line in enumerate(lines) if line.startswith("checked")) :]


def test_the_findings_to_begin_with(kb: Path, inc: Inc) -> None:
    result = inc("check", "--json", root=kb)
    assert (result.status, codes(result)) == (FINDINGS, ["IB802", "IB803", "IB803"])


# -- comments ------------------------------------------------------------------------------------------------------------------


def test_the_report_shows_the_comment_and_it_works(kb: Path, inc: Inc) -> None:
    assert "  More: `inc rule IB802`. Let it stand: `<!-- inc: ignore[IB802] reason -->`\n" in inc("check", root=kb).out
    change(kb, POSTMORTEM, "Nobody should", "<!-- inc: ignore[IB802] as the minutes have it -->\nNobody should")
    result = inc("check", root=kb)
    assert "IB802" not in result.out
    assert tail(result)[-1] == "kept back: 1 by comments"


def test_what_is_about_a_whole_file_is_let_stand_for_the_whole_file(kb: Path, inc: Inc) -> None:
    other = "incidents/2025/INC-2025-002.yaml"
    write(kb, other, "id: INC-2025-002\n")
    assert "Let it stand: `# inc: ignore-file[IB002] reason`" in inc("check", other, root=kb).out
    write(kb, other, "# inc: ignore-file[IB002] another program reads it\nid: INC-2025-002\n")
    assert inc("check", other, root=kb) == Result(CLEAN, "checked nothing: no findings\nkept back: 1 by comments\n", "")


def test_an_unused_comment_is_told_unless_its_rule_did_not_run(kb: Path, inc: Inc) -> None:
    change(kb, POSTMORTEM, "---\n", "---\n# inc: ignore-file[IB901] why\n")
    assert "IB012" in codes(inc("check", "--json", root=kb))
    assert codes(inc("check", "--json", "--select", "IB802,IB012", root=kb)) == ["IB802"]
    assert codes(inc("check", "--json", "--ignore", "IB901,IB803", root=kb)) == ["IB802"]


def test_the_kept_results_of_a_run_change_nothing(kb: Path, inc: Inc) -> None:
    change(kb, POSTMORTEM, "Nobody should", "<!-- inc: ignore[IB802,IB901] why -->\nNobody should")
    first = inc("check", root=kb)
    assert "IB012" in first.out
    assert inc("check", root=kb) == first == inc("check", "--no-cache", root=kb)


def test_prose_knows_comments_too(kb: Path, inc: Inc) -> None:
    write(kb, "draft.md", "Nobody should have deployed. <!-- inc: ignore[IB802] quoted -->\n")
    result = inc("check", "--prose", "draft.md", root=kb)
    assert result == Result(CLEAN, "checked 1 text: no findings\nkept back: 1 by comments\n", "")


# -- policy --------------------------------------------------------------------------------------------------------------------


def test_policy_by_path(kb: Path, inc: Inc) -> None:
    write(kb, POLICY, "paths:\n  - {match: [postmortems/2025], ignore: [IB803], grades: {IB802: info}, reason: old}\n")
    result = inc("check", root=kb)
    assert result.status == CLEAN, "information fails no run"
    assert ": info IB802 counterfactual" in result.out
    assert tail(result) == [
        "checked 1 record, 1 post-mortem, 1 playbook, 6 policy files: 1 info in 1 file",
        "kept back: 2 by policy/checks.yml",
    ]


def test_select_of_one_rule_shows_what_policy_ignores(kb: Path, inc: Inc) -> None:
    write(kb, POLICY, "ignore: [language]\n")
    assert codes(inc("check", "--json", root=kb)) == []
    assert codes(inc("check", "--json", "--select", "language", root=kb)) == []
    assert codes(inc("check", "--json", "--select", "IB803", root=kb)) == ["IB803", "IB803"]


def test_addresses_that_policy_allows(kb: Path, inc: Inc) -> None:
    write(
        kb,
        POSTMORTEM,
        (kb / POSTMORTEM).read_text(encoding="utf-8") + "From 81.2.69.142, 81.2.70.1 and 2a00:1450::5.\n",
    )
    assert codes(inc("check", "--json", "--select", "IB905", root=kb)) == ["IB905"] * 3
    write(kb, POLICY, "addresses: {allowed: [81.2.69.0/24, '2a00:1450::/32', 300.1.1.1]}\n")
    (found,) = json.loads(inc("check", "--json", "--select", "IB905", root=kb).out)["findings"]
    assert found["message"].endswith(": 81.2.70.1")
    assert codes(inc("check", "--json", "--select", "IB105", root=kb)) == ["IB105"]


# -- baseline ------------------------------------------------------------------------------------------------------------------


def test_a_baseline_from_the_first_day_to_the_last(kb: Path, inc: Inc) -> None:
    assert inc("check", "--update-baseline", root=kb) == Result(CLEAN, f"wrote {BASELINE}: 3 known findings\n", "")
    known = f"in the baseline, {BASELINE}"
    assert inc("check", root=kb) == Result(CLEAN, f"{CLEAN_LINE}3 known findings are {known}\n", "")
    change(
        kb,
        POSTMORTEM,
        "It was human error.\n",
        "It was human error.\n\nIt was human error.\n\nThey should have tested it.\n",
    )
    result = inc("check", "--json", root=kb)
    assert (result.status, sorted(codes(result))) == (FINDINGS, ["IB802", "IB803"]), (
        "the third of its kind, and a new one"
    )
    change(kb, POSTMORTEM, PROSE[1:30], "")
    write(kb, POSTMORTEM, (kb / POSTMORTEM).read_text(encoding="utf-8").split("It was human")[0])
    result = inc("check", root=kb)
    assert result.status == CLEAN, "what is mended fails nothing"
    assert tail(result)[1:] == ["3 of the baseline are mended: `inc check --update-baseline` takes them out"]
    assert inc("check", "--update-baseline", root=kb).out == f"wrote {BASELINE}: 0 known findings (0 new, 3 gone)\n"
    assert inc("check", root=kb).out == CLEAN_LINE


def test_a_baseline_can_be_left_alone_or_be_another(kb: Path, inc: Inc) -> None:
    inc("check", "--update-baseline", "--baseline", "known.txt", root=kb)
    assert not (kb / BASELINE).exists()
    assert inc("check", root=kb).status == FINDINGS
    assert inc("check", "--baseline", "known.txt", root=kb).out.endswith("in the baseline, known.txt\n")
    (kb / "known.txt").rename(kb / BASELINE)
    assert inc("check", root=kb).status == CLEAN
    assert len(codes(inc("check", "--no-baseline", "--json", root=kb))) == 3


def test_a_file_list_is_held_against_it_too(kb: Path, inc: Inc) -> None:
    inc("check", "--update-baseline", root=kb)
    change(kb, POSTMORTEM, "Nobody should", "Somebody should")
    assert codes(inc("check", "--json", POSTMORTEM, root=kb)) == ["IB802"]
    assert inc("check", "playbooks", root=kb).out == "checked 1 playbook: no findings\n", (
        "nor can it say what is mended"
    )
    assert "mended" not in inc("check", "--select", "IB803", root=kb).out


@pytest.mark.parametrize(
    "arguments", [[POSTMORTEM], ["--select", "IB8"], ["--ignore", "IB8"], ["--no-baseline"], ["--prose", "x"]]
)
def test_a_baseline_is_written_of_everything_or_not_at_all(kb: Path, inc: Inc, arguments: list[str]) -> None:
    result = inc("check", "--update-baseline", *arguments, root=kb)
    assert (result.status, (kb / BASELINE).exists()) == (USAGE, False)


def test_a_broken_baseline_is_told_with_its_place_and_can_be_written_anew(kb: Path, inc: Inc) -> None:
    inc("check", "--update-baseline", root=kb)
    write(kb, BASELINE, (kb / BASELINE).read_text(encoding="utf-8") + "=======\n")
    result = inc("check", root=kb)
    assert (result.status, result.out) == (USAGE, "")
    assert result.err.startswith(f"error: {BASELINE}:7: this line is no entry of a baseline: '======='")
    assert inc("check", "--update-baseline", root=kb).status == CLEAN
    assert inc("check", root=kb).status == CLEAN


def test_a_file_of_somebody_s_own_is_never_written_over(kb: Path, inc: Inc) -> None:
    before = (kb / RECORD).read_bytes()
    result = inc("check", "--update-baseline", "--baseline", RECORD, root=kb)
    assert (result.status, (kb / RECORD).read_bytes()) == (USAGE, before)
    assert inc("check", "--baseline", "none.txt", root=kb).status == USAGE


def test_what_is_about_suppressions_is_in_no_baseline(kb: Path, inc: Inc) -> None:
    change(kb, POSTMORTEM, "Nobody should", "<!-- inc: ignore[IB802] -->\nNobody should")
    out = inc("check", "--update-baseline", root=kb).out
    assert out.endswith("not in it, since they are about suppressions: 1 (`inc check` shows them)\n")
    assert codes(inc("check", "--json", root=kb)) == ["IB011"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_blank_lines_change_nothing_of_what_it_keeps_back(kb: Path, inc: Inc, data: st.DataObject) -> None:
    for path in (RECORD, POSTMORTEM):
        write(kb, path, (ROOT / "tests" / "kb_minimal" / path).read_text(encoding="utf-8"))
    change(kb, RECORD, "services: [public-api]", "services: [pubic-api]")
    write(kb, POSTMORTEM, (kb / POSTMORTEM).read_text(encoding="utf-8") + PROSE)
    inc("check", "--update-baseline", root=kb)
    for path, first in ((RECORD, 0), (POSTMORTEM, 1)):
        lines = (kb / path).read_text(encoding="utf-8").split("\n")
        for place in data.draw(st.lists(st.integers(first, len(lines)), max_size=4), label=path):
            lines.insert(place, "")
        write(kb, path, "\n".join(lines))
    assert inc("check", "--json", "--no-cache", root=kb).status == CLEAN


# -- reports -------------------------------------------------------------------------------------------------------------------


def test_statistics(kb: Path, inc: Inc) -> None:
    change(kb, POSTMORTEM, "---\n", "---\n# inc: ignore-file[IB901] why\n")
    result = inc("check", "--statistics", root=kb)
    assert result.status == FINDINGS
    assert result.out == (
        "      2  IB803  human-error\n"
        "      1  IB012  unused-suppression  fixable\n"
        "      1  IB802  counterfactual\n"
        "checked 1 record, 1 post-mortem, 1 playbook, 5 policy files: 4 warnings in 1\nfile\n"
    )
    value = json.loads(inc("check", "--statistics", "--json", root=kb).out)
    assert "findings" not in value
    assert value["summary"]["rules"][:2] == [
        {"code": "IB803", "rule": "human-error", "count": 2, "fixable": 0},
        {"code": "IB012", "rule": "unused-suppression", "count": 1, "fixable": 1},
    ]
    assert inc("check", "--statistics", "--format", "sarif", root=kb).status == USAGE
    assert inc("check", "--statistics", "--exit-zero", root=kb).status == CLEAN


@pytest.mark.parametrize("name", names())
def test_no_form_of_the_report_shows_what_is_kept_back(kb: Path, inc: Inc, name: str) -> None:
    inc("check", "--update-baseline", root=kb)
    change(kb, RECORD, "services: [public-api]", "services: [pubic-api]")
    result = inc("check", "--format", name, root=kb)
    assert result.status == FINDINGS
    assert "IB401" in result.out
    assert "“" not in result.out, "every finding about language quotes"


def test_json_counts_what_is_kept_back(kb: Path, inc: Inc) -> None:
    inc("check", "--update-baseline", root=kb)
    change(kb, POSTMORTEM, "Nobody should", "<!-- inc: ignore[IB802] why -->\nNobody should")
    summary = json.loads(inc("check", "--json", root=kb).out)["summary"]
    assert (summary["kept_back"], summary["mended"]) == ({"comment": 1, "policy": 0, "baseline": 2}, 1)
