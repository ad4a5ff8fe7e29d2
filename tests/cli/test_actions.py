"""`inc actions`: what was promised, what of it is late, and what CI says to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import Inc, Plain, change, incident, write

CHECK = Callable[[str, str], None]
POSTMORTEM = """\
---
incidents: [INC-2025-001]
status: published
action_items:
  - id: AI-2025-001-1
    title: Mend it
    priority: high
    owner: sre
    due: 2025-01-31
    status: in-progress
  - id: AI-2025-001-2
    title: Accept it
    owner: sre
    due: 2024-12-31
    status: accepted-risk
    reason: costs more than it saves
    accepted_until: 2025-02-28
---
"""


@pytest.fixture
def promises(tmp_path: Path) -> Path:
    return write(tmp_path, {
        "policy/knowledge-base.yml": {"name": "T", "time_zone": "Europe/Berlin", "teams": {"sre": {"name": "SRE team"}}},
        "incidents/2025/INC-2025-001.yml": incident(1),
        "postmortems/2025/INC-2025-001.md": POSTMORTEM,
    })  # fmt: skip


def items(*plain: Plain) -> dict[str, object]:
    return {
        "postmortems/2025/INC-2025-001.md": {
            "incidents": ["INC-2025-001"],
            "status": "published",
            "action_items": list(plain),
        }
    }


def test_the_open_items(inc: Inc, example: Path, golden: CHECK) -> None:
    done = inc("actions", root=example)
    assert (done.status, done.err) == (0, "")
    assert "\x1b" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    golden("actions.txt", done.out)
    assert inc("actions", "list", root=example).out == done.out


def test_what_will_be_overdue(inc: Inc, example: Path, golden: CHECK) -> None:
    golden("actions-overdue.txt", inc("actions", "overdue", "--as-of", "2025-02-01", root=example).out)


def test_all_of_them_are_the_open_ones_and_more(inc: Inc) -> None:
    everything = json.loads(inc("actions", "list", "--all", "--json").out)
    still = json.loads(inc("actions", "list", "--json").out)
    assert {item["id"] for item in still} < {item["id"] for item in everything}
    assert {item["status"] for item in everything} - {item["status"] for item in still} >= {
        "done",
        "verified",
        "cancelled",
    }
    assert {item["id"] for item in still if item["id"].startswith("AI-2025-001")} == {
        f"AI-2025-001-{n}" for n in range(1, 6)
    }


def test_by_team_and_status(inc: Inc) -> None:
    sre = json.loads(inc("actions", "list", "--owner", "sre", "--json").out)
    assert {item["owner"] for item in sre} == {"sre"}
    done = json.loads(inc("actions", "list", "--status", "done", "--status", "verified", "--json").out)
    assert {item["status"] for item in done} == {"done", "verified"}


def test_the_example_is_green_today(inc: Inc) -> None:
    done = inc("actions", "overdue", "--fail")
    assert (done.status, done.err) == (0, "")
    assert "1 item, 0 overdue, 1 late with a waiver" in done.out


def test_ci_goes_red_with_the_line_marked(inc: Inc, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(example))
    done = inc("actions", "overdue", "--fail", "--as-of", "2025-02-01", "--format", "github", root=example)
    assert done.status == 1
    lines = done.out.splitlines()
    assert len(lines) == 5
    assert all(line.startswith("::error file=postmortems/") for line in lines)
    for line in lines:
        name, _, rest = line.removeprefix("::error file=").partition(",line=")
        marked = (example / name).read_text(encoding="utf-8").splitlines()[int(rest.split(",", 1)[0]) - 1]
        assert marked.strip().startswith("due:")
    assert "AI-2025-001-2 was due on 2025-01-30" in done.out
    assert done.err == "5 overdue: finish, move the due date with the owner, or add a waiver with a reason.\n"


def test_the_paths_of_annotations_start_at_the_workspace(
    inc: Inc, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(example.parent))
    out = inc("actions", "overdue", "--as-of", "2025-02-01", "--format", "github", root=example).out
    assert out.startswith("::error file=example/postmortems/")


def test_without_fail_it_only_says_so(inc: Inc) -> None:
    done = inc("actions", "overdue", "--as-of", "2025-02-01")
    assert (done.status, done.err) == (0, "")
    assert "OVERDUE (postmortems/2025/INC-2025-001.md:" in done.out


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2025-01-30", 0),
        ("2025-01-31T22:59:59Z", 0),  # the last second of the due day in Berlin
        ("2025-01-31T23:00:00Z", 1),
        ("2025-01-31", 1),  # a date is the end of that day
    ],
)
def test_a_due_day_ends_in_the_zone_of_the_knowledge_base(inc: Inc, promises: Path, as_of: str, status: int) -> None:
    assert inc("actions", "overdue", "--fail", "--as-of", as_of, root=promises).status == status


def test_an_accepted_risk_that_has_run_out(inc: Inc, promises: Path) -> None:
    before = json.loads(inc("actions", "overdue", "--as-of", "2025-02-28T22:59:59Z", "--json", root=promises).out)
    assert [item["id"] for item in before] == ["AI-2025-001-1"]
    out = inc("actions", "overdue", "--as-of", "2025-02-28", "--format", "github", root=promises).out
    assert "line=17," in out, "its own last day is marked, not the due day that it no longer has"
    assert "AI-2025-001-2 was due on 2025-02-28: Accept it (sre)" in out
    assert "accepted until 2025-02-28" in inc("actions", "overdue", "--as-of", "2025-02-28", root=promises).out


def test_a_waiver_keeps_ci_green_until_it_ends(inc: Inc, tmp_path: Path) -> None:
    item = {"id": "AI-2025-001-1", "title": "T", "status": "in-progress", "owner": "sre", "due": "2025-01-10"}
    root = write(tmp_path, items(item | {"waiver": {"owner": "sre", "reason": "freeze", "until": "2025-01-20"}}))
    held = inc("actions", "overdue", "--fail", "--as-of", "2025-01-19", root=root)
    assert (held.status, "late, waived until 2025-01-20: freeze" in held.out) == (0, True)
    (told,) = json.loads(inc("actions", "overdue", "--as-of", "2025-01-19", "--json", root=root).out)
    assert (told["late"], told["overdue"], told["waived_until"]) == (True, False, "2025-01-20")
    assert inc("actions", "overdue", "--as-of", "2025-01-19", "--format", "github", root=root).out == ""
    assert inc("actions", "overdue", "--fail", "--as-of", "2025-01-20", root=root).status == 1


@pytest.mark.parametrize("due", [{"due": "2024-12-33"}, {}])
def test_an_item_without_a_readable_day_cannot_hide(inc: Inc, tmp_path: Path, due: dict[str, str]) -> None:
    root = write(tmp_path, items({"id": "AI-2025-001-1", "title": "T", "status": "in-progress", "owner": "sre"} | due))
    done = inc("actions", "overdue", "--fail", "--as-of", "2025-01-19", root=root)
    assert (done.status, done.out) == (1, "No action item is overdue.\n")
    assert "AI-2025-001-1 has no due day that can be read" in done.err
    assert inc("actions", "overdue", "--as-of", "2025-01-19", root=root).status == 0


@pytest.mark.parametrize("status", ["proposed", "cancelled", "done", "verified"])
def test_what_binds_nobody_or_is_finished_is_never_overdue(inc: Inc, tmp_path: Path, status: str) -> None:
    root = write(tmp_path, items({"id": "AI-2025-001-1", "title": "T", "status": status, "due": "2020-01-01"}))
    done = inc("actions", "overdue", "--fail", "--as-of", "2025-01-19", root=root)
    assert (done.status, done.out) == (0, "No action item is overdue.\n")
    assert inc("actions", root=root).out == "No open action item.\n"


def test_days_at_the_ends_of_the_calendar(inc: Inc, tmp_path: Path) -> None:
    ends = (
        {"id": f"AI-2025-001-{n}", "title": "T", "status": "scheduled", "due": due}
        for n, due in enumerate(("9999-12-31", "0001-01-01"), 1)
    )
    root = write(
        tmp_path, {**items(*ends), "policy/knowledge-base.yml": {"name": "T", "time_zone": "Pacific/Auckland"}}
    )
    done = inc("actions", "overdue", "--as-of", "2025-01-19", "--json", root=root)
    assert [item["id"] for item in json.loads(done.out)] == ["AI-2025-001-2"]
    assert inc("actions", root=root).status == 0


def test_json_of_one(inc: Inc, promises: Path) -> None:
    first, _ = json.loads(inc("actions", "list", "--as-of", "2025-02-01", "--json", root=promises).out)
    assert first == {
        "id": "AI-2025-001-1", "title": "Mend it", "incidents": ["INC-2025-001"], "priority": "high", "owner": "sre",
        "severity": "sev2", "factors": [],
            "due": "2025-01-31", "status": "in-progress", "late": True, "waived_until": None, "overdue": True,
        "path": "postmortems/2025/INC-2025-001.md", "line": 5,
    }  # fmt: skip


def test_the_most_urgent_come_first(inc: Inc, promises: Path) -> None:
    found = json.loads(inc("actions", "list", "--as-of", "2025-02-01", "--json", root=promises).out)
    assert [item["id"] for item in found] == ["AI-2025-001-1", "AI-2025-001-2"]
    assert "SRE team: Mend it" in inc("actions", root=promises).out


MANY = [
    {"id": "AI-2025-001-1", "title": "a", "owner": "sre", "due": "2025-03-01", "status": "in-progress", "priority": "low",
     "factors": ["dns", "capacity"]},
    {"id": "AI-2025-001-2", "title": "b", "owner": "web", "due": "2025-02-01", "status": "in-progress", "priority": "high"},
]  # fmt: skip
OTHER = {
    "id": "AI-2025-002-1",
    "title": "c",
    "owner": "sre",
    "due": "2025-02-15",
    "status": "not-started",
    "factors": ["dns"],
}


@pytest.fixture
def several(tmp_path: Path) -> Path:
    return write(tmp_path, {
        "incidents/2025/INC-2025-001.yml": incident(1, severity="sev3"),
        "incidents/2025/INC-2025-002.yml": incident(2, severity="sev1"),
        "policy/factors.yml": {"factors": {"dns": {"name": "Name resolution"}, "capacity": {"name": "Capacity"}}},
        **items(*MANY),
        "postmortems/2025/INC-2025-002.md": {"incidents": ["INC-2025-002"], "status": "published", "action_items": [OTHER]},
    })  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ("", ["001-2", "002-1", "001-1"]),
        ("--sort priority", ["001-2", "001-1", "002-1"]),
        ("--sort severity", ["002-1", "001-2", "001-1"]),
        ("--sort owner", ["002-1", "001-1", "001-2"]),
        ("--sort id", ["001-1", "001-2", "002-1"]),
        ("--priority high --priority low", ["001-2", "001-1"]),
        ("--severity sev1", ["002-1"]),
        ("--factor dns", ["002-1", "001-1"]),
        ("--due-before 2025-02-15", ["001-2"]),
        ("--owner sre --factor capacity", ["001-1"]),
    ],
)
def test_chosen_and_sorted(inc: Inc, several: Path, arguments: str, numbers: list[str]) -> None:
    done = inc("actions", "list", "--as-of", "2025-01-15", "--json", *arguments.split(), root=several)
    assert [item["id"].removeprefix("AI-2025-") for item in json.loads(done.out)] == numbers


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("owner", {"sre": 2, "web": 1}),
        ("priority", {"priority high": 1, "priority low": 1, "no priority": 1}),
        ("severity", {"SEV-1": 1, "SEV-3": 2}),
        ("factor", {"Capacity": 1, "Name resolution": 2, "no factor": 1}),
    ],
)
def test_grouped(inc: Inc, several: Path, by: str, groups: dict[str, int]) -> None:
    said = json.loads(inc("actions", "list", "--group-by", by, "--json", root=several).out)
    assert {group["group"]: len(group["items"]) for group in said} == groups
    text = inc("actions", "list", "--group-by", by, root=several).out
    assert [line for line in text.splitlines() if line in {f"{name} ({n})" for name, n in groups.items()}] == [
        f"{group['group']} ({len(group['items'])})" for group in said
    ]
    assert "3 items, " in text


def test_a_slip_of_the_pen_is_no_empty_list(inc: Inc, several: Path) -> None:
    assert "Did you mean 'dns'?" in inc("actions", "list", "--factor", "dnss", root=several).err
    assert "is no day such as 2025-01-31" in inc("actions", "list", "--due-before", "soon", root=several).err


@pytest.mark.parametrize(("due", "line"), [("due: 2024-12-33", 9), ("priority: high", 5)])
def test_an_item_whose_day_nobody_can_read_is_marked_where_it_turns_ci_red(
    inc: Inc, promises: Path, due: str, line: int
) -> None:
    change(promises, "postmortems/2025/INC-2025-001.md", "due: 2025-01-31", due)
    done = inc("actions", "overdue", "--fail", "--as-of", "2025-02-01", "--format", "github", root=promises)
    assert done.status == 1
    assert f"postmortems/2025/INC-2025-001.md,line={line}," in done.out
    assert "AI-2025-001-1 has no due day that can be read" in done.out


def test_overdue_for_code_scanning(inc: Inc, several: Path, tmp_path: Path) -> None:
    file = tmp_path / "overdue.sarif"
    done = inc("actions", "overdue", "--fail", "--as-of", "2025-02-20", "--output", str(file), root=several)
    assert done.status == 1
    (run,) = json.loads(file.read_text())["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert [place["artifactLocation"]["uri"] for place in places] == [
        "postmortems/2025/INC-2025-001.md", "postmortems/2025/INC-2025-002.md",
    ]  # fmt: skip
    for place in places:
        text = (several / place["artifactLocation"]["uri"]).read_text().splitlines()
        assert "due:" in text[place["region"]["startLine"] - 1]
    assert {result["ruleId"] for result in run["results"]} == {"IB601"}
    assert "Say the format of overdue.txt" in inc("actions", "overdue", "--output", "overdue.txt", root=several).err


def learnt(number: int, *items: Plain) -> Plain:
    nodes = [{"id": "gap", "factor": "monitoring-gap"}]
    return {
        "incidents": [f"INC-2025-{number:03}"],
        "status": "published",
        "causes": {"nodes": nodes},
        "action_items": list(items),
    }


@pytest.fixture
def again(tmp_path: Path) -> Path:
    """Two incidents of one factor, the second after one of three items of the first was done against it."""
    done = {
        "owner": "sre",
        "due": "2025-01-31",
        "evidence": [{"kind": "test", "ref": "watch"}],
        "factors": ["monitoring-gap"],
    }
    return write(tmp_path, {
        "policy/knowledge-base.yml": {
            "name": "T", "time_zone": "UTC", "as_of": "2025-03-01T06:00:00Z", "teams": {"sre": {}, "web": {}},
        },
        "policy/factors.yml": {"factors": {"monitoring-gap": {"name": "Monitoring gap"}}},
        "incidents/2025/INC-2025-001.yml": incident(1, "2025-01-10T00:00:00Z"),
        "incidents/2025/INC-2025-002.yml": incident(2, "2025-02-10T00:00:00Z"),
        "postmortems/2025/INC-2025-001.md": learnt(
            1,
            {"id": "AI-2025-001-1", "title": "Watch it", "status": "verified", "completed": "2025-01-20", **done},
            {"id": "AI-2025-001-2", "title": "Watch more", "status": "done", "completed": "2025-02-20", **done},
            {"id": "AI-2025-001-3", "title": "Watch all", "status": "in-progress", **done},
        ),
        "postmortems/2025/INC-2025-002.md": learnt(2),
    })  # fmt: skip


def test_a_finished_item_whose_factor_came_back_is_open_to_question(inc: Inc, again: Path) -> None:
    shown = inc("actions", root=again).out
    assert "AI-2025-001-1" not in shown
    assert shown.splitlines()[-1] == ("What 1 finished item was against came back: inc actions list --came-back")
    named = inc("actions", "list", "--came-back", root=again).out
    assert "came back since 2025-01-20: Monitoring gap in INC-2025-002" in named
    assert ("AI-2025-001-2" in named, named.splitlines()[-1]) == (False, "1 item, 0 overdue, 0 late with a waiver")
    (item,) = json.loads(inc("actions", "list", "--came-back", "--json", root=again).out)
    assert (item["id"], item["came_back"]) == ("AI-2025-001-1", ["INC-2025-002"])
    still = json.loads(inc("actions", "list", "--json", root=again).out)
    assert [(one["id"], "came_back" in one) for one in still] == [("AI-2025-001-3", False)]


def test_before_it_came_back_nothing_is_open_to_question(inc: Inc, again: Path) -> None:
    assert "came back" not in inc("actions", "--as-of", "2025-02-01", root=again).out
    assert inc("actions", "list", "--came-back", "--as-of", "2025-02-01", root=again).out == "No such action item.\n"


def test_what_other_teams_have_to_ask_themselves_is_not_counted(inc: Inc, again: Path) -> None:
    assert "came back" not in inc("actions", "list", "--owner", "web", root=again).out
    assert "came back" in inc("actions", "list", "--owner", "sre", root=again).out
