"""What was known of a record when: commit by commit, fact by fact, whatever its file was called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commits import Repo
from incidentbook import yaml12
from incidentbook.chronicle import numbers, trail
from incidentbook.chronicle.steps import Step
from incidentbook.history import reading

KB: dict[str, object] = {"policy/knowledge-base.yml": {"name": "Small"}}
RECORD, OTHER = "incidents/2025/INC-2025-001.yml", "incidents/2025/INC-2025-002.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"


def record(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": f"INC-2025-{number:03}", "title": "Checkout fails", "severity": "sev3", "status": "declared"} | more


def postmortem(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"incidents": ["INC-2025-001"], "status": "published", "action_items": list(items)} | more


ENTRY = {"id": "t1", "at": "2025-01-01T10:40:00Z", "kind": "alert", "text": "Errors rise"}


@pytest.fixture(params=["", "ops/book"], ids=["at the top", "in a folder"])
def repo(request: pytest.FixtureRequest, tmp_path: Path) -> Repo:
    made = Repo.new(tmp_path / "repo", request.param)
    made.commit("2025-01-01T10:00:00Z", KB)
    made.commit("2025-01-01T11:00:00Z", {RECORD: record()}, "Declare INC-2025-001")
    return made


def steps(repo: Repo, name: str = "INC-2025-001") -> list[Step]:
    follow = trail.of_action if name.startswith("AI") else trail.of_incident
    return follow(repo.base, reading.past(repo.base), name)


def told(step: Step) -> list[str]:
    """Return what a commit did, in a line for each file and each fact."""
    found = []
    for touch in step.touches:
        found.append(f"{touch.what} {touch.path}" + (f" from {touch.moved_from}" if touch.moved_from else ""))
        found += map(str, touch.differences)
    return found


def test_the_first_version_is_told_in_short(repo: Repo) -> None:
    (step,) = steps(repo)
    assert told(step) == [
        f"added {RECORD}", "id: INC-2025-001 (new)", "title: Checkout fails (new)", "severity: sev3 (new)",
        "status: declared (new)",
    ]  # fmt: skip
    assert (step.subject, step.merge, step.commit[:7]) == ("Declare INC-2025-001", False, step.short)
    assert step.at.isoformat() == "2025-01-01T11:00:00+00:00"


def test_changes_are_told_fact_by_fact(repo: Repo) -> None:
    milestones = {"started": "2025-01-01T10:30:00Z", "resolved": "2025-01-01T11:45:00Z"}
    repo.commit("2025-01-01T12:00:00Z", {RECORD: record(severity="sev1", milestones=milestones, timeline=[ENTRY])})
    later = milestones | {"resolved": "2025-01-01T12:10:00Z"}
    repo.commit(
        "2025-01-03T12:00:00Z", {RECORD: record(severity="sev1", milestones=later, timeline=[ENTRY | {"kind": "note"}])}
    )
    repo.commit("2025-01-04T12:00:00Z", {RECORD: record(severity="sev1", milestones=later)})
    _, second, third, fourth = steps(repo)
    assert told(second)[1:] == [
        "severity: sev3 → sev1",
        "milestones.started: 2025-01-01T10:30:00Z (new)",
        "milestones.resolved: 2025-01-01T11:45:00Z (new)",
        "timeline[t1]: 2025-01-01T10:40:00Z Errors rise (new)",
    ]
    assert told(third)[1:] == [
        "milestones.resolved: 2025-01-01T11:45:00Z → 12:10:00Z",
        "timeline[t1].kind: alert → note",
    ]
    assert told(fourth)[1:] == ["timeline[t1]: 2025-01-01T10:40:00Z Errors rise (gone)"]


def test_the_post_mortem_belongs_to_it(repo: Repo) -> None:
    item = {"id": "AI-2025-001-1", "title": "Watch it", "status": "proposed"}
    repo.commit("2025-01-05T12:00:00Z", {POSTMORTEM: postmortem(item)})
    front = yaml12.dump(postmortem(item | {"status": "done"}))
    repo.commit("2025-01-06T12:00:00Z", {POSTMORTEM: f"---\n{front}---\nA\nB\n"})
    _, written, changed = steps(repo)
    assert told(written) == [
        f"added {POSTMORTEM}",
        "incidents: INC-2025-001 (new)",
        "status: published (new)",
        "action_items: 1 entry (new)",
    ]
    assert told(changed) == [f"changed {POSTMORTEM}", "action_items[AI-2025-001-1].status: proposed → done"]
    assert changed.touches[0].added_lines == 2


def test_layout_is_no_fact(repo: Repo) -> None:
    repo.commit(
        "2025-01-02T12:00:00Z", {RECORD: "# a note\n" + "".join(f"{key}: {value}\n" for key, value in record().items())}
    )
    assert told(steps(repo)[1]) == [f"changed {RECORD}"]


def test_a_file_that_moves_goes_and_comes_back(repo: Repo) -> None:
    moved = "incidents/old/INC-2025-001.yml"
    repo.commit("2025-01-02T12:00:00Z", {RECORD: None, moved: record(severity="sev2")})
    repo.commit("2025-01-03T12:00:00Z", {moved: None})
    repo.commit("2025-01-04T12:00:00Z", {RECORD: record(severity="sev2")})
    found = steps(repo)[1:]
    assert [told(step)[0] for step in found] == [f"moved {moved} from {RECORD}", f"removed {moved}", f"added {RECORD}"]
    assert told(found[0])[1:] == ["severity: sev3 → sev2"]


def test_what_cannot_be_read_is_named_and_the_next_version_compared_with_what_was_known(repo: Repo) -> None:
    repo.commit("2025-01-02T12:00:00Z", {RECORD: "id: INC-2025-001\ntitle: [\n"})
    repo.commit("2025-01-03T12:00:00Z", {RECORD: record(status="closed")})
    _, broken, mended = steps(repo)
    assert told(broken) == [f"unreadable {RECORD}"]
    assert broken.touches[0].reason.startswith("line 3: ")
    assert told(mended)[1:] == ["status: declared → closed"]


def test_a_link_cannot_be_read(repo: Repo) -> None:
    (repo.base / RECORD).unlink()
    (repo.base / RECORD).symlink_to("INC-2025-002.yml")
    repo.commit("2025-01-02T12:00:00Z", {})
    assert steps(repo)[1].touches[0].reason == "Git does not have its content here"


def test_a_merge_is_told_at_the_time_at_which_it_came(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit("2025-01-02T12:00:00Z", {RECORD: record(severity="sev2")})
    repo.commit("2025-01-02T13:00:00Z", {RECORD: record(severity="sev1")})
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge side", "side", at="2025-01-05T12:00:00Z")
    merge = steps(repo)[1]
    assert told(merge)[1:] == ["severity: sev3 → sev1"]
    assert (merge.merge, merge.at.day, merge.subject) == (True, 5, "Merge side")
    assert [(commit.at.hour, commit.subject) for commit in merge.brought] == [
        (12, "Change records"),
        (13, "Change records"),
    ]
    assert merge.written_at.day == 2
    assert len(merge.plain()["brought"]) == 2


def test_another_number_is_the_same_record(repo: Repo) -> None:
    repo.commit("2025-01-02T12:00:00Z", {RECORD: record(timeline=[ENTRY])})
    repo.commit(
        "2025-01-03T12:00:00Z", {RECORD: record(9, title="Another one"), OTHER: record(2, timeline=[ENTRY])}, "Renumber"
    )
    repo.commit("2025-01-04T12:00:00Z", {OTHER: record(2, timeline=[ENTRY], status="closed")})
    found = steps(repo, "INC-2025-002")
    assert [told(step)[0] for step in found] == [
        f"added {RECORD}", f"changed {RECORD}", f"moved {OTHER} from {RECORD}", f"changed {OTHER}",
    ]  # fmt: skip
    assert told(found[2])[1:] == ["id: INC-2025-001 → INC-2025-002"]
    assert len(steps(repo, "INC-2025-009")) == 1, "what took its place is another record"


def test_another_number_in_the_same_file(repo: Repo) -> None:
    repo.commit("2025-01-03T12:00:00Z", {RECORD: record(3)})
    assert told(steps(repo, "INC-2025-003")[1]) == [f"changed {RECORD}", "id: INC-2025-001 → INC-2025-003"]


def test_a_new_record_beside_one_that_goes_is_not_the_same(repo: Repo) -> None:
    repo.commit("2025-01-02T12:00:00Z", {RECORD: record(timeline=[ENTRY])})
    repo.commit("2025-01-03T12:00:00Z", {RECORD: None, OTHER: record(2, timeline=[ENTRY | {"id": "t9"}])})
    assert len(steps(repo, "INC-2025-002")) == 1


def test_a_record_that_moved_before_it_got_another_number_is_followed_to_its_first_commit(repo: Repo) -> None:
    moved, named = "incidents/old/INC-2025-001.yml", "incidents/old/checkout.yml"
    repo.commit("2025-01-02T12:00:00Z", {RECORD: None, moved: record(severity="sev2")})
    repo.commit("2025-01-03T12:00:00Z", {moved: None, named: record(severity="sev2")})
    repo.commit("2025-01-04T12:00:00Z", {named: None, OTHER: record(2, severity="sev2")})
    found = steps(repo, "INC-2025-002")
    assert [told(step)[0] for step in found] == [
        f"added {RECORD}", f"moved {moved} from {RECORD}", f"moved {named} from {moved}", f"moved {OTHER} from {named}",
    ]  # fmt: skip


def test_moves_and_numbers_in_any_order(repo: Repo) -> None:
    files = ["incidents/a/x.yml", "incidents/a/y.yml", "incidents/b/y.yml", RECORD]
    at, given = RECORD, [2, 2, 3, 1]  # the last takes its first number and file back
    for day, (file, number) in enumerate(zip(files, given, strict=True), 2):
        repo.commit(f"2025-01-{day:02}T12:00:00Z", {at: None, file: record(number)})
        at = file
    repo.commit("2025-01-08T12:00:00Z", {OTHER: record(2, title="Another one")})
    assert [told(step)[0] for step in steps(repo)] == [
        f"added {RECORD}",
        *(f"moved {to} from {at}" for at, to in zip([RECORD, *files], files, strict=False)),
    ]
    assert len(steps(repo, "INC-2025-002")) == 1


def test_a_number_that_another_record_has_now_tells_of_that_one(repo: Repo) -> None:
    repo.commit("2025-01-02T12:00:00Z", {RECORD: None, OTHER: record(2)})
    repo.commit("2025-01-03T12:00:00Z", {RECORD: record(1, title="Search fails")})
    assert [told(step)[0] for step in steps(repo)] == [f"added {RECORD}"]
    assert len(steps(repo, "INC-2025-002")) == 2


def test_two_records_change_numbers_with_each_other(repo: Repo) -> None:
    repo.commit("2025-01-02T12:00:00Z", {RECORD: record(1, timeline=[ENTRY]), OTHER: record(2, title="Search fails")})
    repo.commit("2025-01-03T12:00:00Z", {RECORD: record(1, title="Search fails"), OTHER: record(2, timeline=[ENTRY])})
    assert [told(step)[0] for step in steps(repo, "INC-2025-002")][-1] == f"moved {OTHER} from {RECORD}"
    assert len(steps(repo)) == 2


def test_a_merge_that_brings_a_record_of_the_same_number_and_gives_ours_another(repo: Repo) -> None:
    repo.commit("2025-01-02T12:00:00Z", {RECORD: record(1, timeline=[ENTRY])})
    theirs = record(1, title="Search fails", timeline=[ENTRY | {"id": "t9"}])
    merged: dict[str, object] = {RECORD: theirs, OTHER: record(2, timeline=[ENTRY])}
    repo.commit("2025-01-05T12:00:00Z", merged, "Merge what others wrote")
    assert [told(step)[0] for step in steps(repo, "INC-2025-002")] == [
        f"added {RECORD}", f"changed {RECORD}", f"moved {OTHER} from {RECORD}",
    ]  # fmt: skip
    assert [told(step)[0] for step in steps(repo)] == [f"added {RECORD}"], "theirs came with the merge"


def test_what_a_number_is_now(repo: Repo) -> None:
    third = "incidents/2025/INC-2025-003.yml"
    repo.commit("2025-01-02T12:00:00Z", {RECORD: None, OTHER: record(2)})
    repo.commit("2025-01-03T12:00:00Z", {OTHER: None, third: record(3)})
    past = reading.past(repo.base)
    found = [numbers.now(repo.base, past, f"INC-2025-00{number}") for number in (1, 2, 3)]
    assert found == ["INC-2025-003", "INC-2025-003", ""]
    repo.commit("2025-01-04T12:00:00Z", {third: None})
    past = reading.past(repo.base)
    assert [numbers.now(repo.base, past, f"INC-2025-00{number}") for number in (1, 3)] == ["INC-2025-003", ""]


def test_an_action_item_is_followed_by_its_id(repo: Repo) -> None:
    item = {"id": "AI-2025-001-1", "title": "Watch it", "status": "proposed"}
    other = {"id": "AI-2025-001-2", "title": "Rest", "status": "proposed"}
    moved = "postmortems/2025/INC-2025-002.md"
    repo.commit("2025-01-05T12:00:00Z", {POSTMORTEM: postmortem(item, other)})
    repo.commit("2025-01-06T12:00:00Z", {POSTMORTEM: postmortem(item, other | {"status": "done"})}, "Another item")
    repo.commit("2025-01-07T12:00:00Z", {POSTMORTEM: None, moved: postmortem(item | {"status": "done"}, other)})
    repo.commit("2025-01-08T12:00:00Z", {moved: postmortem(other)})
    found = steps(repo, "AI-2025-001-1")
    assert [told(step)[0] for step in found] == [
        f"added {POSTMORTEM}",
        f"moved {moved} from {POSTMORTEM}",
        f"removed {moved}",
    ]
    assert told(found[1])[1:] == ["status: proposed → done"]


def test_what_never_was(repo: Repo) -> None:
    assert steps(repo, "INC-2025-777") == []
    assert steps(repo, "AI-2025-777-1") == []


def test_a_step_for_programs(repo: Repo) -> None:
    (step,) = steps(repo)
    plain = step.plain()
    assert plain["at"] == plain["known_at"] == "2025-01-01T11:00:00Z"
    assert plain["files"][0]["changes"][0] == {"path": "id", "before": None, "after": "INC-2025-001"}
    assert plain["files"][0]["text_lines"] == {"added": 0, "removed": 0}
    assert "author" not in str(plain)
    assert "Responders" not in str(plain)
