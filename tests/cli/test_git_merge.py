"""The merge driver under real Git: merge, rebase and cherry-pick between clones, with a bare remote between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from clones import INC, Clone, clones, run
from incidentbook import source
from kb import Inc

PATH = "incidents/2025/INC-2025-001.yml"
PROSE = "postmortems/2025/INC-2025-001.md"
RECORD = """\
id: INC-2025-001
title: Checkout fails
status: investigating
severity: sev2
services: [api]
milestones:
  started: 2025-01-15T02:30:00Z
timeline:
  - {id: t1, at: 2025-01-15T02:30:00Z, text: alert}
"""
POSTMORTEM = """\
---
incidents: [INC-2025-001]
status: draft
action_items:
  - {id: AI-2025-001-1, title: Add an alert, status: proposed}
---
## What went well
"""
FILES: dict[str, object] = {
    "policy/knowledge-base.yml": {"name": "Test", "time_zone": "UTC"},
    ".gitignore": ".incidentbook/\n",
    ".gitattributes": "incidents/**/*.yml merge=incidentbook\npostmortems/**/*.md merge=incidentbook\n",
    PATH: RECORD,
    PROSE: POSTMORTEM,
}


@pytest.fixture
def three(tmp_path: Path) -> list[Clone]:
    made = clones(tmp_path, FILES)
    for clone in made:
        clone.inc("install")
    return made


def commit(clone: Clone, *changes: tuple[str, str], path: str = PATH) -> None:
    """Commit a change of one file."""
    text = clone.text(path)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (clone.root / path).write_text(text, encoding="utf-8")
    clone.git("commit", "--quiet", "--all", "--message", "Change")


def entry(ident: str, minute: int) -> tuple[str, str]:
    """Return the change that adds an entry at the end of the timeline, where all three add theirs."""
    last = "text: alert}\n"
    return last, f"{last}  - {{id: {ident}, at: 2025-01-15T02:{minute}:00Z, text: by {ident}}}\n"


def ids(clone: Clone) -> list[str]:
    return [item["id"] for item in source.load(clone.text(PATH)).value["timeline"]]


def test_three_clones_merge_and_rebase_to_the_same_record(three: list[Clone]) -> None:
    a, b, c = three
    commit(a, entry("ta", 50), ("[api]", "[api, db]"))
    commit(b, entry("tb", 40), ("title: Checkout fails", "title: Checkout is down"))
    commit(c, entry("tc", 45), ("[api]", "[api, web]  # and the shop"))
    a.git("push", "--quiet")
    b.git("pull", "--quiet", "--no-rebase", "--no-edit")
    b.git("push", "--quiet")
    c.git("pull", "--quiet", "--rebase")
    c.git("push", "--quiet")
    for clone in (a, b):
        clone.git("pull", "--quiet", "--rebase")
    assert a.text(PATH) == b.text(PATH) == c.text(PATH)
    assert ids(a) == ["t1", "tb", "tc", "ta"]
    assert "title: Checkout is down\n" in a.text(PATH)
    assert "services: [api, db, web]  # and the shop\n" in a.text(PATH)


def test_a_commit_is_picked_into_another_branch(three: list[Clone]) -> None:
    a = three[0]
    commit(a, entry("ta", 50))
    a.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    commit(a, entry("tb", 40))
    a.git("cherry-pick", "main")
    assert ids(a) == ["t1", "tb", "ta"]


def test_a_record_that_one_branch_moved_is_merged_where_it_is_now(three: list[Clone]) -> None:
    a = three[0]
    a.git("checkout", "--quiet", "-b", "side")
    (a.root / "incidents/2024").mkdir()
    a.git("mv", PATH, "incidents/2024/INC-2025-001.yml")
    commit(a, ("status: investigating", "status: identified"), path="incidents/2024/INC-2025-001.yml")
    a.git("checkout", "--quiet", "main")
    commit(a, entry("ta", 50))
    a.git("merge", "--quiet", "--no-edit", "side")
    text = a.text("incidents/2024/INC-2025-001.yml")
    assert "status: identified" in text
    assert "id: ta" in text


def test_postmortems_are_merged_by_action_item(three: list[Clone]) -> None:
    a, b, _ = three
    commit(a, ("status: proposed", "status: not-started, owner: sre, due: 2025-02-01"), path=PROSE)
    commit(b, ("Add an alert", "Add an alert for the queue"), ("went well\n", "went well\n\nThe alert.\n"), path=PROSE)
    a.git("push", "--quiet")
    b.git("pull", "--quiet", "--rebase")
    text = b.text(PROSE)
    assert "title: Add an alert for the queue, status: not-started, owner: sre, due: 2025-02-01}" in text
    assert text.endswith("went well\n\nThe alert.\n")


def test_a_true_conflict_is_reported_by_git_and_stands_on_its_field_alone(three: list[Clone]) -> None:
    a, b, _ = three
    commit(a, ("Checkout fails", "Checkout is slow"), entry("ta", 50))
    commit(b, ("Checkout fails", "Checkout is down"), entry("tb", 40))
    a.git("push", "--quiet")
    done = run(b.root, "git", "pull", "--no-rebase", "--no-edit")
    assert done.returncode == 1
    assert f"CONFLICT (content): Merge conflict in {PATH}" in done.stdout
    assert f"{PATH}: both sides changed title" in done.stderr
    assert b.git("diff", "--name-only", "--diff-filter=U") == f"{PATH}\n"
    text = b.text(PATH)
    assert "<<<<<<< ours\ntitle: Checkout is down\n=======\ntitle: Checkout is slow\n>>>>>>> theirs\n" in text
    assert text.index("id: tb") < text.index("id: ta")


def test_where_inc_is_gone_git_merges_lines_and_loses_nothing(three: list[Clone]) -> None:
    a, b, _ = three
    command = b.git("config", "merge.incidentbook.driver").strip()
    b.git("config", "merge.incidentbook.driver", command.replace(INC, "/nowhere/inc").replace(" inc; do", " ; do"))
    commit(a, entry("ta", 50))
    commit(b, entry("tb", 40))
    a.git("push", "--quiet")
    done = run(b.root, "git", "pull", "--no-rebase", "--no-edit")
    assert "incidentbook does not answer: merged by lines" in done.stderr
    text = b.text(PATH)
    assert "id: ta" in text
    assert "id: tb" in text
    assert "<<<<<<< ours\n" in text


def test_a_side_that_cannot_be_read_is_merged_by_lines_and_said(three: list[Clone]) -> None:
    a, b, _ = three
    commit(a, entry("ta", 50))
    commit(b, ("title: Checkout fails", "title: [Checkout"))
    a.git("push", "--quiet")
    done = run(b.root, "git", "pull", "--no-rebase", "--no-edit")
    assert f"{PATH}: merged by lines and not by fields: ours, line 3" in done.stderr
    assert "title: [Checkout\n" in b.text(PATH)
    assert "id: ta" in b.text(PATH)


def test_the_driver_by_hand(inc: Inc, tmp_path: Path) -> None:
    sides = [RECORD, RECORD.replace("sev2", "sev1"), RECORD.replace("fails", "is down")]
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    for file, text in zip(files, sides, strict=True):
        file.write_text(text, encoding="utf-8")
    result = inc("git-merge", *map(str, files), "7", PATH)
    assert (result.status, result.out, result.err) == (0, "", "")
    assert files[1].read_text(encoding="utf-8") == sides[2].replace("sev2", "sev1")
