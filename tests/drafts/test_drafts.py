"""First drafts: they stand in their place without an error, say what the record knows, and take no record's place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from incidentbook import source
from incidentbook.drafts import playbook, postmortem
from kb import Inc, at, change, incident, repo, write

FILES: dict[str, Any] = {
    "policy/knowledge-base.yml": {
        "name": "Test", "as_of": "2025-01-16T00:00:00Z", "teams": {"sre": {"name": "SRE"}, "payments": {"name": "Payments"}},
    },
    "policy/services.yml": {"effective_from": "2024-01-01", "services": {"checkout": {"name": "Checkout", "team": "payments"}}},
    "policy/severities.yml": {
        "severities": {"sev1": {"name": "Critical", "postmortem": "required", "postmortem_within": "48h"}},
    },
    "incidents/2025/INC-2025-001.yml": {
        "id": "INC-2025-001",
        "title": "Checkout fails: no payments",
        "status": "resolved",
        "severity": "sev1",
        "type": "availability",
        "services": ["checkout"],
        "milestones": {"started": "2025-01-15T02:30:00Z", "resolved": "2025-01-15T04:45:00Z"},
        "impact": {"summary": "No payments"},
        "timeline": [{"id": "t1", "at": "2025-01-15T02:30:00Z", "text": "Errors"}],
        "investigation": {
            "primary_cause": "The pool is used up",
            "hypotheses": [
                {"id": "h1", "text": "The pool is used up", "status": "confirmed", "evidence": ["e1"]},
                {"id": "h2", "text": "The release", "status": "rejected"},
                {"id": "h3", "text": "A secret thought", "status": "open", "disclosure": "restricted"},
            ],
            "evidence": [{"id": "e1", "kind": "metric", "text": "100 of 100"}],
        },
        "remediation": {
            "immediate": [{"text": "Restart", "status": "done"}],
            "short_term": [{"text": "Enlarge the pool", "status": "in-progress"}, {"text": "Tell support", "status": "done"}],
            "long_term": [{"text": "Alert on the pool", "status": "proposed"}],
        },
    },
}  # fmt: skip
OWN = "postmortems/2025/INC-2025-001.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "kb", FILES)


def errors(inc: Inc, root: Path, folder: str) -> list[str]:
    found = json.loads(inc("check", "--json", root=root).out)["findings"]
    return [one["message"] for one in found if one["path"].startswith(folder) and one["grade"] == "error"]


@pytest.mark.parametrize("kind", playbook.kinds())
def test_a_drafted_playbook_is_one(inc: Inc, root: Path, kind: str) -> None:
    done = inc("draft", "playbook", "--type", kind, "--service", "checkout", "--write", root=root)
    assert done.status == 0, done.err
    assert errors(inc, root, "playbooks") == []
    (path,) = (root / "playbooks" / kind).glob("*.md")
    plain = source.load_front_matter(path.read_text(encoding="utf-8")).value
    assert (plain["status"], plain["type"], plain["owner"], plain["services"]) == (
        "draft",
        kind,
        "payments",
        ["checkout"],
    )
    assert len(plain["steps"]) >= 8
    for step in plain["steps"]:
        assert {"id", "actor", "action", "expect", "on_failure"} <= set(step), step
    assert {step["actor"] for step in plain["steps"]} <= {role["role"] for role in plain["roles"]}
    assert "SERVICE" not in path.read_text(encoding="utf-8")


def test_the_four_types_of_the_specification_are_there() -> None:
    assert playbook.kinds() == ["availability", "data-loss", "performance", "security"]


def test_without_a_place_it_goes_to_the_screen(inc: Inc, root: Path) -> None:
    done = inc("draft", "playbook", "--type", "security", "--title", "Clé volée!", root=root)
    assert "\nid: security/cle-volee\n" in done.out
    assert "\nowner: sre\n" in done.out
    assert done.err == "its place: playbooks/security/cle-volee.md (--write puts it there)\n"
    assert not (root / "playbooks").exists()


def test_a_drafted_post_mortem_says_what_the_record_knows(inc: Inc, root: Path) -> None:
    assert inc("draft", "post-mortem", "inc-2025-001", "--write", root=root).status == 0
    assert errors(inc, root, "postmortems") == []
    text = (root / OWN).read_text(encoding="utf-8")
    plain = source.load_front_matter(text).value
    assert plain["scheduled"] == "2025-01-17"
    assert plain["root_cause"] == "The pool is used up"
    assert [(item["id"], item["title"], item["priority"], item["status"]) for item in plain["action_items"]] == [
        ("AI-2025-001-1", "Enlarge the pool", "high", "proposed"),
        ("AI-2025-001-2", "Alert on the pool", "medium", "proposed"),
    ]
    assert "- Confirmed: The pool is used up\n- Rejected: The release\n" in text
    assert "secret thought" not in text


def test_a_drafted_item_takes_no_id_that_another_line_names() -> None:
    steps = [{"text": "Enlarge it", "action": "AI-2025-001-2"}, {"text": "Alert on it"}, {"text": "Write it down"}]
    record = incident(1, remediation={"long_term": steps})

    def drafted(*postmortems: dict[str, Any]) -> list[tuple[str, str]]:
        house = repo(record, postmortems=postmortems)
        (one,) = house.all_incidents()
        items = source.load_front_matter(postmortem.draft(house, one, at("2025-01-11 00:00"))[1]).value["action_items"]
        return [(item["id"].removeprefix("AI-2025-001-"), item["title"]) for item in items]

    assert drafted() == [("2", "Enlarge it"), ("1", "Alert on it"), ("3", "Write it down")]
    promised = {"id": "AI-2025-001-2", "title": "Enlarge it", "status": "proposed"}
    elsewhere = {"incidents": ["INC-2024-001"], "status": "draft", "action_items": [promised]}
    assert drafted(elsewhere) == [("1", "Alert on it"), ("3", "Write it down")]


def test_a_post_mortem_that_is_there_is_handed_out_and_not_lost(inc: Inc, root: Path, tmp_path: Path) -> None:
    inc("draft", "post-mortem", "INC-2025-001", "--write", root=root)
    change(root, OWN, "status: draft", "status: in-review")
    kept = (root / OWN).read_text(encoding="utf-8")
    done = inc("draft", "post-mortem", "INC-2025-001", "--output", str(tmp_path / "out.md"), root=root)
    assert done.err.startswith(f"INC-2025-001 has a post-mortem, which this is: {OWN}\n")
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == kept
    again = inc("draft", "post-mortem", "INC-2025-001", "--write", root=root)
    assert (again.status, "is there already; nothing was written" in again.err) == (2, True)
    assert (root / OWN).read_text(encoding="utf-8") == kept
    assert inc("draft", "post-mortem", "INC-2025-001", "--write", "--force", root=root).status == 0
    assert (root / OWN).read_text(encoding="utf-8") != kept


def test_a_file_that_is_there_is_kept_unless_it_says_the_same(inc: Inc, root: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.md"
    arguments = ("draft", "playbook", "--type", "security", "--output", str(target))
    assert [inc(*arguments, root=root).status for _ in range(2)] == [0, 0]
    target.write_text("mine\n", encoding="utf-8")
    assert "is there already; nothing was written" in inc(*arguments, root=root).err
    assert target.read_text(encoding="utf-8") == "mine\n"
    assert inc(*arguments, "--force", root=root).status == 0


def test_written_by_name_into_its_folder_it_is_called_so(inc: Inc, root: Path) -> None:
    (root / "playbooks/security").mkdir(parents=True)
    target = root / "playbooks/security/stolen-key.md"
    inc("draft", "playbook", "--type", "security", "--output", str(target), root=root)
    assert "\nid: security/stolen-key\n" in target.read_text(encoding="utf-8")
    assert errors(inc, root, "playbooks") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["post-mortem", "INC-2025-002"], "There is no incident INC-2025-002"),
        (["playbook", "--type", "capacity"], "is not one of"),
        (["playbook", "--type", "security", "--service", "chekout"], "Did you mean 'checkout'?"),
        (["playbook", "--type", "security", "--owner", "nobody"], "There is no 'nobody' here"),
        (["playbook", "--type", "security", "--write", "--output", "x.md"], "leave out --output"),
    ],
)
def test_what_cannot_be_drafted_is_told(inc: Inc, root: Path, arguments: list[str], said: str) -> None:
    done = inc("draft", *arguments, root=root)
    assert (done.status, said in done.err) == (2, True), done.err
