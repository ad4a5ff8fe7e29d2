"""`inc postmortem`: a draft that is half written, the templates behind it, its clock, and keeping it up with its record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from incidentbook import marked, source
from incidentbook.drafts.postmortem import KINDS
from kb import ROOT, Inc, Plain, change, incident, write

OWN = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
SEVERITIES = (ROOT / "policy/severities.yml").read_text(encoding="utf-8")


def files(**more: object) -> dict[str, object]:
    record: Plain = incident(
        1,
        severity="sev1",
        impact={"summary": "No orders"},
        timeline=[{"id": "t1", "at": "2025-01-10T00:05:00Z", "text": "Errors"}],
    )
    knowledge = {"name": "Test", "as_of": "2025-01-16T00:00:00Z", "teams": {"sre": {"name": "SRE"}}}
    services = {"services": {"api": {"name": "API", "team": "sre"}}}
    return {
        "policy/knowledge-base.yml": knowledge,
        "policy/severities.yml": SEVERITIES,
        "policy/services.yml": services,
        RECORD: record | more,
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "kb", files())


def kind_of(root: Path) -> str:
    return str(source.load_front_matter((root / OWN).read_text(encoding="utf-8")).value.get("kind", "standard"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_every_kind_stands_without_an_error(inc: Inc, root: Path, kind: str) -> None:
    assert inc("postmortem", "new", "INC-2025-001", "--kind", kind, "--write", root=root).status == 0
    found = json.loads(inc("check", "--json", root=root).out)["findings"]
    assert [one["message"] for one in found if one["path"] == OWN and one["code"] != "IB506"] == []
    assert kind_of(root) == kind
    text = (root / OWN).read_text(encoding="utf-8")
    assert "- **Incident:** INC-2025-001: Incident 1\n" in text
    assert "| 00:05:00 | Errors |" in text
    assert "?\n" in marked.without(text), "it asks something"


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, "standard"),
        ({"severity": "sev3"}, "short"),
        ({"type": "security"}, "security"),
        ({"near_miss": True}, "near-miss"),
        ({"exercise": True}, "drill"),
    ],
)
def test_the_kind_is_what_the_incident_is(inc: Inc, tmp_path: Path, more: Plain, kind: str) -> None:
    root = write(tmp_path / "kb", files(**more))
    assert inc("postmortem", "new", "INC-2025-001", "--write", root=root).status == 0
    assert kind_of(root) == kind


def test_as_the_specification_shows(inc: Inc, root: Path, tmp_path: Path) -> None:
    out = tmp_path / "post-mortem.md"
    assert inc("postmortem", "new", "INC-2025-001", "--output", str(out), root=root).status == 0
    assert out.read_text(encoding="utf-8") == inc("draft", "post-mortem", "INC-2025-001", root=root).out


def test_the_templates_of_the_knowledge_base_come_first(inc: Inc, root: Path) -> None:
    assert "standard   ships with incidentbook\n" in inc("postmortem", "templates", root=root).out
    own = root / "policy/templates/postmortem/standard.md.tmpl"
    assert f"standard   {own.relative_to(root)}\n" in inc("postmortem", "templates", "--write", root=root).out
    own.write_text("# Ours\n\n<!-- computed roles -->\n<!-- /computed roles -->\n", encoding="utf-8")
    inc("postmortem", "templates", "--write", root=root)
    said = inc("postmortem", "new", "INC-2025-001", root=root).out
    assert said.endswith("# Ours\n\n<!-- computed roles -->\n\nNothing recorded.\n\n<!-- /computed roles -->\n")
    assert "policy/templates" not in inc("check", root=root).out
    own.write_text("<!-- computed weather -->\n<!-- /computed weather -->\n", encoding="utf-8")
    assert "There is no computed part 'weather'" in inc("postmortem", "new", "INC-2025-001", root=root).err


def test_what_readers_of_the_record_may_not_see_is_left_out(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path / "kb", files(summary="The secret way in", field_disclosure={"summary": "restricted"}))
    assert "secret" not in inc("postmortem", "new", "INC-2025-001", root=root).out


def test_a_record_that_can_be_taken_in_two_ways_is_not_drafted_from(inc: Inc, root: Path) -> None:
    change(root, RECORD, "severity: sev1\n", "severity: sev1\ndisclosre: restricted\n")
    done = inc("postmortem", "new", "INC-2025-001", root=root)
    assert (done.status, "does not say clearly what the readers" in done.err) == (1, True)


def test_the_clock_runs_and_runs_out(inc: Inc, root: Path) -> None:
    running = inc("postmortem", "due", "--fail", "--as-of", "2025-01-10T02:00:00Z", root=root)
    assert (running.status, "1 d 23 h left" in running.out, "1 due, 0 of them overdue" in running.out) == (
        0,
        True,
        True,
    )
    late = inc("postmortem", "due", "--fail", root=root)
    assert (late.status, "missing" in late.out, "1 due, 1 of them overdue" in late.out) == (1, True, True)
    assert inc("postmortem", "due", root=root).status == 0
    inc("postmortem", "new", "INC-2025-001", "--write", root=root)
    (found,) = json.loads(inc("postmortem", "due", "--json", root=root).out)["due"]
    assert (found["status"], found["path"], found["due"], found["overdue"]) == (
        "draft",
        OWN,
        "2025-01-12T01:00:00Z",
        True,
    )
    change(root, OWN, "status: draft", "status: in-review\nheld: 2025-01-12")
    assert inc("postmortem", "due", "--fail", root=root).out == "No post-mortem is due.\n"


def test_the_clock_of_a_hidden_incident_is_not_shown(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path / "kb", files(disclosure="restricted"))
    assert inc("postmortem", "due", "--audience", "internal", root=root).out == "No post-mortem is due.\n"


def test_a_refresh_follows_the_record_and_keeps_what_people_wrote(inc: Inc, root: Path) -> None:
    inc("postmortem", "new", "INC-2025-001", "--write", root=root)
    change(root, OWN, "- What surprised people?", "- It surprised us that\ttabs \u00a0 stay.  ")
    before = (root / OWN).read_bytes()
    assert (
        "all 9 computed parts are as the record has them" in inc("postmortem", "refresh", "INC-2025-001", root=root).err
    )
    assert (root / OWN).read_bytes() == before
    change(root, RECORD, "text: Errors", "text: Errors rise")
    assert inc("postmortem", "refresh", "inc-2025-001", root=root).status == 0
    assert (root / OWN).read_bytes() == before.replace(b"| Errors |", b"| Errors rise |")


def test_a_refresh_keeps_line_ends(inc: Inc, root: Path) -> None:
    inc("postmortem", "new", "INC-2025-001", "--write", root=root)
    text = (root / OWN).read_bytes().replace(b"\n", b"\r\n")
    (root / OWN).write_bytes(text)
    change(root, RECORD, "text: Errors", "text: Errors rise")
    inc("postmortem", "refresh", "INC-2025-001", root=root)
    assert (root / OWN).read_bytes() == text.replace(b"| Errors |", b"| Errors rise |")


def test_a_refresh_says_what_keeps_it(inc: Inc, root: Path) -> None:
    assert "INC-2025-001 has no post-mortem" in inc("postmortem", "refresh", "INC-2025-001", root=root).err
    inc("postmortem", "new", "INC-2025-001", "--write", root=root)
    change(root, OWN, "<!-- /computed roles -->\n", "")
    before = (root / OWN).read_bytes()
    done = inc("postmortem", "refresh", "INC-2025-001", root=root)
    assert (done.status, "the computed part 'roles' that begins here has no end" in done.err) == (2, True)
    assert (root / OWN).read_bytes() == before


@pytest.mark.parametrize(
    "call",
    [
        ("new",),
        ("new", "--write"),
        ("refresh",),
        ("facilitate",),
        ("causes",),
        ("schedule", "--at", "2025-01-12 10:00"),
    ],
)
def test_one_that_cannot_be_read_is_not_taken_for_missing(inc: Inc, root: Path, call: tuple[str, ...]) -> None:
    assert inc("postmortem", "new", "INC-2025-001", "--write", root=root).status == 0
    path = "postmortems/2025/INC-2025-001.md"
    change(root, path, "status: draft", "status: [draft")
    done = inc("postmortem", call[0], "INC-2025-001", *call[1:], root=root)
    assert (done.status, done.out) == (1, "")
    assert f"error: {path} is there and cannot be read" in done.err
    assert "--force" not in done.err
