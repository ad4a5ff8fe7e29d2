"""`inc maturity`: where incident response stands, what shows it, and what is next."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from commits import Repo
from kb import Inc, write


def test_in_words(inc: Inc, golden: Callable[[str, str], None]) -> None:
    result = inc("maturity")
    assert result.status == 0, result.err
    golden("maturity.txt", "\n".join(line.split(", commit")[0] for line in result.out.splitlines()))


def test_for_programs(inc: Inc) -> None:
    told = json.loads(inc("maturity", "--json").out)
    assert (told["level"], told["target"], told["levels"]["3"]) == (3, 4, "Defined")
    assert [item["name"] for item in told["dimensions"]] == ["process", "people", "technology", "culture", "metrics"]
    means = {criterion["means"] for item in told["dimensions"] for criterion in item["criteria"]}
    assert means == {"computed", "attested", "open"}


def test_a_year_earlier_there_was_less(inc: Inc) -> None:
    assert json.loads(inc("maturity", "--json", "--as-of", "2024-01-31").out)["level"] < 3


def test_a_public_reader_sees_evidence_of_public_records_only(inc: Inc) -> None:
    everything = inc("maturity", "--all").out
    public = inc("maturity", "--all", "--audience", "public").out
    assert "INC-2024-007" not in public or "INC-2024-007" in everything
    assert "n = " in public


def test_checks_are_explained(inc: Inc) -> None:
    out = inc("maturity", "--checks").out
    assert "playbooks-current\n  Playbooks whose next review has not passed.\n" in out


def test_without_a_rubric(tmp_path: Path, inc: Inc) -> None:
    result = inc("maturity", root=write(tmp_path, {}))
    assert result.status == 2
    assert "There is no rubric" in result.err


def test_a_new_knowledge_base_has_one_and_stands_at_the_beginning(tmp_path: Path, inc: Inc) -> None:
    assert inc("init", str(tmp_path / "new"), root=tmp_path).status == 0
    out = inc("maturity", root=tmp_path / "new").out
    assert "level 1 (Initial)" in out
    assert "Next steps to level 3 (Defined)" in out


def test_a_misspelt_check_is_found_by_the_checker(example: Path, inc: Inc) -> None:
    path = example / "policy/maturity.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("playbooks-current", "playbooks-curent"), encoding="utf-8")
    result = inc("check", root=example)
    assert "playbooks-curent" in result.out
    assert result.status == 1


def test_evidence_of_an_earlier_commit_is_looked_for_there(tmp_path: Path, inc: Inc) -> None:
    criterion = {
        "id": "a",
        "level": 2,
        "text": "Written down",
        "attested": "2025-01-01",
        "by": "sre",
        "evidence": "docs/how.md",
    }
    rubric = {"target": 2, "dimensions": {"process": {"criteria": [criterion], "statements": {"2": "x"}}}}
    repo = Repo.new(tmp_path / "book")
    repo.commit("2025-01-10T10:00:00Z", {"policy/maturity.yml": rubric, "docs/how.md": "So.\n"})
    repo.commit("2025-01-11T10:00:00Z", {"docs/how.md": None})
    levels = [
        json.loads(inc("maturity", "--json", "--rev", rev, root=repo.base).out)["level"] for rev in ("HEAD~1", "HEAD")
    ]
    assert levels == [2, 1]
