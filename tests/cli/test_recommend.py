"""`inc recommend`: what incidents call for, in words and for programs, and as whose eyes see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from kb import Inc, incident, write


def test_in_words(inc: Inc, example: Path, golden: Callable[[str, str], None]) -> None:
    done = inc("recommend", root=example)
    assert (done.status, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 80
    golden("recommend.txt", done.out)


def test_for_programs(inc: Inc) -> None:
    told = json.loads(inc("recommend", "--json").out)
    assert (told["incidents"], told["window"]["from"], told["as_of"]) == (
        12,
        "2024-01-21T06:00:00Z",
        "2025-01-15T06:00:00Z",
    )
    found = {one["key"]: one for one in told["recommendations"]}
    assert found["slo-error-budgets"]["reasons"][1] == {
        "text": "Primary database spent 625 % of its error budget of 30d, through 1 incident",
        "n": 1,
        "of": None,
        "incidents": ["INC-2025-001"],
        "also": [],
    }
    assert (found["risky-changes"]["kind"], found["risky-changes"]["strength"]) == ("system", "strong")


def test_a_shorter_time_calls_for_less(inc: Inc) -> None:
    def keys(*arguments: str) -> set[str]:
        return {one["key"] for one in json.loads(inc("recommend", "--json", *arguments).out)["recommendations"]}

    assert "repeated-factor.dependency-failure" in keys()
    assert "repeated-factor.dependency-failure" not in keys("--period", "30d")
    strong = keys("--strong")
    assert strong < keys()
    assert "commander-rotation" not in strong, "one incident calls for it"
    assert "playbook-missing.third-party" in keys("--period", "2023-01-01..2025-01-15")


def test_all_incidents_are_named_where_one_asks(inc: Inc) -> None:
    assert "and 3 more" in inc("recommend").out
    assert " more" not in inc("recommend", "--all").out


def test_many_reasons_are_cut_short(tmp_path: Path, inc: Inc) -> None:
    hit = {f"incidents/2025/INC-2025-{n:03}.yml": incident(n, services=[f"service-{n}"]) for n in range(1, 10)}
    root = write(tmp_path, hit)
    out = inc("recommend", "--as-of", "2025-02-01", root=root).out
    assert out.count(", which has no objective") == 6
    assert "- and 3 more reasons; --all has them\n" in out
    whole = inc("recommend", "--as-of", "2025-02-01", "--all", root=root).out
    assert whole.count("which has no objective") == 9
    assert "more reasons" not in whole


def test_a_public_reader_sees_no_incident_that_is_not_public(inc: Inc, example: Path) -> None:
    path = example / "incidents/2024/INC-2024-009.yml"
    path.write_text(path.read_text("utf-8").replace("disclosure: public", "disclosure: restricted"), encoding="utf-8")
    assert "INC-2024-009" in inc("recommend", "--all", root=example).out
    public = json.loads(inc("recommend", "--json", "--audience", "public", root=example).out)
    assert "INC-2024-009" not in json.dumps(public)
    assert public["recommendations"]


def test_without_an_incident(tmp_path: Path, inc: Inc) -> None:
    root = write(tmp_path, {})
    assert inc("recommend", root=root).out.endswith("No incident, so nothing calls for a change.\n")
    assert json.loads(inc("recommend", "--json", root=root).out)["recommendations"] == []


def test_nothing_to_say_is_said(tmp_path: Path, inc: Inc) -> None:
    root = write(tmp_path, {"incidents/2025/INC-2025-001.yml": incident(1)})
    out = inc("recommend", "--period", "2025-01", "--as-of", "2025-02-01", "--strong", root=root).out
    assert "0 recommendations from 1 incident\n" in out
    assert out.endswith("Nothing that four incidents or more show calls for a change.\n")


def test_a_series_of_periods_is_refused(inc: Inc) -> None:
    done = inc("recommend", "--period", "quarterly")
    assert done.status == 2
    assert "quarterly means 8 periods; name one, such as 2025-Q1." in done.err


def test_rules_are_explained(inc: Inc) -> None:
    out = inc("recommend", "--rules").out
    assert "risky-changes: Roll changes out in steps, with a check after each and a tried way back\n" in out
    assert "  Silent when: nothing came back after something had been done against it.\n" in out
