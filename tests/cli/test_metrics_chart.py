"""`inc metrics chart`: in a terminal, in files, for readers of any level, and what is said when nothing is drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from commits import Repo
from incidentbook.charts import registry
from kb import Inc, incident, phase, write

CHECK = Callable[[str, str], None]
CANARY = "INC-2024-013"


@pytest.mark.parametrize("name", [name for name in registry() if name != "action-items"])
def test_in_a_terminal(inc: Inc, example: Path, golden: CHECK, name: str) -> None:
    done = inc("metrics", "chart", name, root=example)
    assert (done.status, done.err) == (0, "")
    golden(f"charts/{name}.txt", done.out)
    assert max(map(len, done.out.splitlines())) <= 80
    assert "\x1b" not in done.out


def test_the_list(inc: Inc, example: Path, golden: CHECK) -> None:
    listed = inc("metrics", "chart", root=example)
    golden("charts/list.txt", listed.out)
    assert inc("metrics", "chart", "--list", root=example).out == listed.out
    found = json.loads(inc("metrics", "chart", "--list", "--json", root=example).out)
    assert [item["name"] for item in found] == list(registry())
    assert all(item["needs"] for item in found)


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("svg", b'<svg xmlns="http://www.w3.org/2000/svg" class="ib-chart"'),
        ("png", b"\x89PNG"),
        ("txt", b"Harbourline"),
        ("json", b"{"),
    ],
)
def test_a_file_has_the_form_of_its_ending(inc: Inc, example: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    path = tmp_path / f"rate.{ending}"
    done = inc("metrics", "chart", "rate", "--output", str(path), root=example)
    assert (done.status, done.out, done.err) == (0, "", f"wrote {path}\n")
    assert path.read_bytes().startswith(begins)
    if ending == "json":
        assert json.loads(path.read_text(encoding="utf-8"))["$schema"].endswith(".json")
    if ending == "png":
        dark = tmp_path / "dark.png"
        assert inc("metrics", "chart", "rate", "--dark", "--output", str(dark), root=example).status == 0
        assert dark.read_bytes() != path.read_bytes()


def test_json_has_the_data_with_what_it_rests_on(inc: Inc, example: Path) -> None:
    value = json.loads(inc("metrics", "chart", "durations", "--json", root=example).out)
    assert (value["n"], value["window"]["label"]) == (17, "24 months to 2025-01")
    assert value["lines"]["median"] == 11400
    assert [row["id"] for row in value["rows"] if row["signals"]] == ["INC-2023-002"]


def test_another_period_another_duration_and_an_incident_to_point_at(inc: Inc, example: Path, tmp_path: Path) -> None:
    arguments = ("metrics", "chart", "durations", "--period", "2024", "--of", "tta", "--mark", "inc-2024-006")
    path = tmp_path / "tta.svg"
    assert inc(*arguments, "--output", str(path), root=example).status == 0
    text = path.read_text(encoding="utf-8")
    assert "Time to acknowledge over time</text>" in text
    assert ">INC-2024-006</text>" in text
    assert "2024-01-01 to 2025-01-01 (UTC)" in text
    monthly = json.loads(inc("metrics", "chart", "rate", "--period", "monthly", "--json", root=example).out)
    assert monthly["window"]["label"] == "2024-02 to 2025-01"


@pytest.mark.parametrize("name", registry())
def test_each_shows_something_or_says_what_to_do(inc: Inc, tmp_path: Path, name: str) -> None:
    """Of a knowledge base without an incident, outside Git: nothing is drawn, and every chart says why, and what helps."""
    said = inc("metrics", "chart", name, root=write(tmp_path / "empty", {})).out
    reason, advice = said.split("\n\n")[0].split("Not drawn: ")[1].split(".\n", 1)
    assert reason
    assert re.search(r"--period|`git init`|policy/services.yml", " ".join(advice.split())), advice


def test_the_burn_down_of_a_base_that_stands_still_can_be_moved_on(inc: Inc, tmp_path: Path) -> None:
    repo = Repo.new(tmp_path / "still")
    policy = {"policy/knowledge-base.yml": {"name": "T", "time_zone": "UTC", "as_of": "2025-01-15T06:00:00Z"}}
    item = {"id": "AI-2025-001-1", "title": "One", "owner": "sre", "due": "2025-02-20", "status": "in-progress"}
    review = {"incidents": ["INC-2025-001"], "status": "published", "action_items": [item]}
    files = {**policy, "incidents/2025/INC-2025-001.yml": incident(1), "postmortems/2025/INC-2025-001.md": review}
    repo.commit("2025-01-12T08:00:00Z", files)
    standing = " ".join(inc("metrics", "chart", "action-items", root=repo.base).out.split())
    assert "stands still at 2025-01-15T06:00:00Z" in standing
    assert "`--as-of DATE` sets that aside" in standing
    assert "`--as-of DATE` sets that aside" in " ".join(inc("actions", "burndown", root=repo.base).out.split())
    moved = inc("metrics", "chart", "action-items", "--as-of", "2025-03-31", root=repo.base).out
    assert "1 action item open at the end of 2025-03, 1 of them overdue; 1 open at the end of 2025-01." in " ".join(
        moved.split()
    )


def test_too_little_is_told_and_not_written(inc: Inc, example: Path, tmp_path: Path) -> None:
    shown = inc("metrics", "chart", "durations", "--period", "30d", root=example)
    assert shown.status == 0
    assert "Not drawn: n = 3: a control chart needs 8 points.\n" in shown.out
    path = tmp_path / "x.svg"
    done = inc("metrics", "chart", "durations", "--period", "30d", "--output", str(path), root=example)
    assert done.status == 2
    assert "The chart durations is not drawn: n = 3: a control chart needs 8 points" in done.err
    assert not path.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("duration",), "There is no 'duration' here. Did you mean 'durations'?"),
        (("rate", "--output", "x.pdf"), "names no form of a chart (.svg, .png, .json, .txt)"),
        (("durations", "--of", "ttz"), "There is no 'ttz' here. Did you mean 'tt"),
        (("durations", "--mark", "INC-2024-0111"), "There is no incident INC-2024-0111"),
        (("rate", "--period", "never"), "'never' is not a period"),
    ],
)
def test_wrong_use_is_told(inc: Inc, example: Path, arguments: tuple[str, ...], said: str) -> None:
    done = inc("metrics", "chart", *arguments, root=example)
    assert done.status == 2
    assert said in done.err


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A year of incidents, one of them restricted and much the longest, on a service that nothing else hit."""
    files: dict[str, object] = {
        "policy/metrics.yml": {
            "durations": {"ttr": {"name": "Time to resolve", "from": "started", "to": "resolved"}},
            "mtbf": {"severities": ["sev1", "sev2"], "exposure": "360d"},
        },
        "policy/services.yml": {
            "services": {
                "api": {"name": "API", "slo": {"availability": 99.9, "window": "30d"}},
                "vault": {"name": "Vault canary-7", "slo": {"availability": 99.9, "window": "30d"}},
            }
        },
        "policy/knowledge-base.yml": {
            "name": "Test", "time_zone": "UTC", "default_disclosure": "public", "as_of": "2025-01-15T06:00:00Z",
        },
    }  # fmt: skip
    for number in range(1, 14):
        month = min(number, 12)
        begin = f"2024-{month:02}-{10 + number // 13:02}T00:00:00Z"
        hidden = number == 13
        end = f"2024-{month:02}-{28 if hidden else 10:02}T0{number % 6 + 1}:00:00Z"
        files[f"incidents/2024/INC-2024-{number:03}.yml"] = incident(
            number, begin, milestones={"started": begin, "resolved": end}, impact={"phases": [phase(begin, end)]},
            services=["vault" if hidden else "api"], disclosure="restricted" if hidden else "public",
        ) | {"id": f"INC-2024-{number:03}"}  # fmt: skip
    return write(tmp_path / "secret", files)


@pytest.mark.parametrize("name", [name for name in registry() if name != "action-items"])
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_a_chart_holds_no_incident_that_its_reader_may_not_see(
    inc: Inc, secret: Path, tmp_path: Path, name: str, audience: str
) -> None:
    def written(reader: str) -> str:
        found = ""
        for ending in ("svg", "json", "txt"):
            path = tmp_path / f"{reader}.{ending}"
            done = inc("metrics", "chart", name, "--audience", reader, "--output", str(path), root=secret)
            assert done.status == 0, done.err
            found += path.read_text(encoding="utf-8")
        return found + inc("metrics", "chart", name, "--audience", reader, "--json", root=secret).out

    shown, whole = written(audience), written("restricted")
    for canary in (CANARY, "canary-7", '"n": 13'):
        assert canary not in shown
    assert whole != shown
    if name in ("durations", "distribution", "days-between"):
        assert CANARY in whole
    if name == "error-budget":
        assert "canary-7" in whole


def test_action_items_are_told_by_git_alone(inc: Inc, example: Path, tmp_path: Path) -> None:
    assert "Not drawn: " in inc("metrics", "chart", "action-items", root=example).out
    repo = Repo.new(tmp_path / "book")

    def postmortem(first: str, second: str) -> dict[str, object]:
        items = [
            {"id": "AI-2025-001-1", "title": "One", "owner": "sre", "due": "2025-02-20", "status": first},
            {
                "id": "AI-2025-001-2",
                "title": "Two",
                "owner": "sre",
                "due": "2025-06-30",
                "status": second,
                "disclosure": "restricted",
            },
        ]
        front = {"incidents": ["INC-2025-001"], "status": "published", "title": "T", "action_items": items}
        return {
            "postmortems/2025/INC-2025-001.md": front,
            "policy/knowledge-base.yml": {"name": "T", "time_zone": "UTC", "default_disclosure": "public"},
        }

    repo.commit(
        "2025-01-12T08:00:00Z",
        {"incidents/2025/INC-2025-001.yml": incident(1), **postmortem("not-started", "not-started")},
    )
    repo.commit("2025-03-05T08:00:00Z", postmortem("done", "not-started"))
    arguments = (
        "metrics",
        "chart",
        "action-items",
        "--rev",
        "HEAD",
        "--as-of",
        "2025-03-31",
        "--period",
        "2025-01-01..2025-03-31",
    )
    value = json.loads(inc(*arguments, "--json", root=repo.base).out)
    assert [(row["month"], row["open"], row["overdue"]) for row in value["rows"]] == [
        ("2025-01", 2, 0), ("2025-02", 2, 1), ("2025-03", 1, 0),
    ]  # fmt: skip
    public = json.loads(inc(*arguments, "--json", "--audience", "public", root=repo.base).out)
    assert [row["open"] for row in public["rows"]] == [1, 1, 0]
    assert public["n"] == 1


def test_a_cache_that_is_gone_changes_nothing(inc: Inc, example: Path, tmp_path: Path) -> None:
    import shutil  # noqa: PLC0415

    def drawn() -> bytes:
        assert inc("metrics", "chart", "durations", "--output", str(tmp_path / "x.svg"), root=example).status == 0
        return (tmp_path / "x.svg").read_bytes()

    first, kept = drawn(), drawn()
    shutil.rmtree(example / ".incidentbook")
    assert first == kept == drawn()
