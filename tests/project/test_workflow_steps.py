"""The commands of the workflows, run as they stand in their files, in a clone of a small knowledge base; `gh` is stood in for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

import workflows
from issues import ANSWERS, body, event
from kb import change
from workflows import OVERDUE, POSTMORTEM, RECORD, Runner, files, statuses

pytestmark = workflows.RUNNABLE

TRACKED = "Keep one issue about it"
DONE = "status: done\n    completed: 2025-01-30\n    evidence: [{kind: document, ref: https://docs.example/alerts}]"


@pytest.fixture
def january(tmp_path: Path) -> Runner:
    """A clone of it while nothing is late."""
    return workflows.runner(tmp_path, files("2025-01-20"))


@pytest.fixture
def february(tmp_path: Path) -> Runner:
    """A clone of it once the promise is late."""
    return workflows.runner(tmp_path, files("2025-02-10"))


def propose(runner: Runner, path: str, old: str, new: str) -> None:
    """Commit a change to a branch of its own."""
    runner.clone.git("switch", "--quiet", "--create", "change")
    change(runner.clone.root, path, old, new)
    runner.clone.git("commit", "--quiet", "--all", "--message", "Change it")


def test_a_pull_request_is_checked_summed_up_and_built(january: Runner) -> None:
    propose(january, POSTMORTEM, "due: 2025-02-01", "due: 2025-02-08")
    done = january.run("check", "knowledge-base")
    assert {*statuses(done).values()} == {0}, {name: one.stdout + one.stderr for name, one in done.items()}
    assert "**AI-2025-001-1** changed: Alert on the queue (due 2025-02-01 → 2025-02-08)" in january.summary
    assert (january.clone.root / "site/index.html").is_file()


def test_the_action_for_other_repositories_sums_a_pull_request_up_as_well(january: Runner) -> None:
    propose(january, POSTMORTEM, "due: 2025-02-01", "due: 2025-02-08")
    (january.folder / "incidentbook").symlink_to(january.clone.root / ".venv")
    january.context |= {"runner.temp": str(january.folder), "inputs.path": "."}
    action = yaml.safe_load((workflows.ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"][2:]  # the first two install
    assert [january.step(step).returncode for step in steps] == [0, 0, 0]
    assert "**AI-2025-001-1** changed: Alert on the queue (due 2025-02-01 → 2025-02-08)" in january.summary
    assert action["inputs"]["summary"]["default"] == "false", "a clone of one commit has no BASE"


def test_a_changed_policy_is_held_against_the_past_in_the_summary(january: Runner) -> None:
    propose(january, "policy/severities.yml", "at_least: 50}", "at_least: 40}")
    assert {*statuses(january.run("check", "knowledge-base")).values()} == {0}
    assert "### Policies" in january.summary
    assert january.summary.count("policy/severities.yml") == 2, (
        "once in what changes, once in what it makes of the past"
    )


def test_an_overdue_item_stops_it_with_its_line_marked_until_there_is_a_waiver(february: Runner) -> None:
    propose(february, POSTMORTEM, "title: Alert on the queue", "title: Alert on a queue that stands still")
    done = february.run("check", "knowledge-base")
    assert {name for name, status in statuses(done).items() if status} == {OVERDUE}
    lines = february.clone.text(POSTMORTEM).splitlines()
    line = lines.index("    due: 2025-02-01") + 1
    assert done[OVERDUE].stdout.startswith(
        f"::error file={POSTMORTEM},line={line},endLine={line},col=10,endColumn=20,title=IB601 overdue::AI-2025-001-1 was due on"
    )
    assert "Alert on a queue that stands still" in february.summary, "the summary is written all the same"
    waiver = "waiver: {owner: responders, reason: The part comes in March, until: 2025-02-28}"
    change(february.clone.root, POSTMORTEM, "status: in-progress", f"status: in-progress\n    {waiver}")
    february.clone.git("commit", "--quiet", "--all", "--message", "Ask for a waiver")
    assert {*statuses(february.run("check", "knowledge-base")).values()} == {0}


def test_a_broken_record_is_marked(january: Runner) -> None:
    propose(january, RECORD, "status: resolved", "status: resolvd")
    done = january.run("check", "knowledge-base")
    check = done["Check every record, post-mortem, playbook and policy"]
    assert (check.returncode, f"::error file={RECORD},line=3," in check.stdout) == (1, True)


def test_each_night_one_issue_is_kept_and_closed_when_nothing_is_late(february: Runner) -> None:
    first = february.run("nightly", "overdue")
    assert {name for name, status in statuses(first).items() if status} == {
        OVERDUE,
        "Write down all that is overdue, stale playbooks as well",
    }
    (issue,) = february.github["issue"]
    assert (issue["state"], issue["label"], issue["edits"]) == ("open", "overdue", 0)
    assert "**AI-2025-001-1** Alert on the queue: due 2025-02-01" in issue["body"]

    change(february.clone.root, POSTMORTEM, "title: Alert on the queue", "title: Alert on it")
    assert statuses(february.run("nightly", "overdue"))[TRACKED] == 0
    (issue,) = february.github["issue"]
    assert (issue["state"], issue["edits"], "Alert on it" in issue["body"]) == ("open", 1, True)

    change(february.clone.root, POSTMORTEM, "status: in-progress", DONE)
    for _ in range(2):
        assert {*statuses(february.run("nightly", "overdue")).values()} == {0}
    (issue,) = february.github["issue"]
    assert (issue["state"], issue["comments"]) == ("closed", ["Nothing is overdue any more."])


def test_the_issue_of_somebody_else_with_that_label_is_left_alone(february: Runner) -> None:
    theirs = {
        "number": 1,
        "state": "open",
        "label": "overdue",
        "body": "My parcel is overdue",
        "edits": 0,
        "comments": [],
    }
    february.set({"issue": [theirs], "label": ["overdue"]})
    february.run("nightly", "overdue")
    first, second = february.github["issue"]
    assert (first, second["state"]) == (theirs, "open")


@pytest.mark.parametrize("asked", [["issue", "list"], ["issue", "view"]])
def test_where_github_does_not_answer_no_second_issue_is_opened(february: Runner, asked: list[str]) -> None:
    february.run("nightly", "overdue")
    before = february.github
    february.set(before | {"down": asked})
    done = february.run("nightly", "overdue")
    assert (done[TRACKED].returncode, "HTTP 502" in done[TRACKED].stderr) == (1, True)
    assert february.github == before | {"down": asked}


def test_a_post_mortem_that_is_late_and_a_stale_playbook_are_told_of(february: Runner) -> None:
    root = february.clone.root
    (root / POSTMORTEM).unlink()
    (root / "playbooks/availability").mkdir()
    book = (
        "---\nid: availability/queue\ntitle: Empty the queue\ntype: availability\nowner: responders\nstatus: active\n"
    )
    more = "last_reviewed: 2024-12-01\nreview_every: 30d\ntriggers: [The queue grows]\nsteps: []\n---\n\nEmpty it.\n"
    (root / "playbooks/availability/queue.md").write_text(book + more, encoding="utf-8")
    done = february.run("nightly", "overdue")
    assert statuses(done)["Fail on post-mortems that were not held in time"] == 1
    (issue,) = february.github["issue"]
    assert "**INC-2025-001** Incident 1: missing, to be held by 2025-01-12T01:00:00Z" in issue["body"]
    assert "**availability/queue** Empty the queue: to be reviewed by 2024-12-31" in issue["body"]


def test_without_what_is_overdue_no_issue_is_touched(february: Runner) -> None:
    (february.clone.root / "policy/knowledge-base.yml").unlink()
    done = february.run("nightly", "overdue")
    assert statuses(done)[TRACKED] == 2
    assert "is not what `inc overdue --output` writes" in done[TRACKED].stderr
    assert february.github == {}


def report(runner: Runner, answers: dict[str, str] | None = None, **more: Any) -> dict[str, int]:
    """Let the event of a label on issue 12 start the workflow, on the main branch."""
    told = event(text=body(ANSWERS | {"Services": "website"} | (answers or {})), **more)
    (runner.folder / "event.json").write_text(json.dumps(told), encoding="utf-8")
    runner.context["github.event.issue.number"] = "12"
    runner.clone.git("switch", "--quiet", "--detach", "origin/main")
    return statuses(runner.run("report", "record"))


def proposed(runner: Runner, path: str) -> str:
    """Return a file as it is on the branch of the report, at the remote."""
    runner.clone.git("fetch", "--quiet")
    return runner.clone.git("show", f"origin/report-12:{path}")


NEW = "incidents/2025/INC-2025-002.yml"


def test_a_report_becomes_a_pull_request_and_an_edited_one_goes_on_with_it(january: Runner) -> None:
    assert {*report(january).values()} == {0}
    (request,) = january.github["pr"]
    assert (request["head"], request["state"]) == ("report-12", "open")
    assert request["body"].startswith("From issue #12.\n\n# Import from github-issue\n")
    assert "title: Checkout fails" in proposed(january, NEW)
    assert january.clone.git("log", "--format=%an", "origin/report-12").splitlines()[0] == "github-actions[bot]"

    assert {*report(january).values()} == {0}
    assert january.github["pr"] == [request], "the same issue says nothing new"

    later = {"updated_at": "2025-01-10T10:00:00Z"}
    assert {*report(january, {"What happened": "Checkout takes a minute."}, **later).values()} == {0}
    (request,) = january.github["pr"]
    assert request["edits"] == 1
    assert "Checkout takes a minute." in proposed(january, NEW)
    assert len(january.clone.git("log", "--format=%h", "origin/main..origin/report-12").splitlines()) == 2


def test_whom_a_report_names_is_not_called_by_the_pull_request(january: Runner) -> None:
    assert {*report(january, {"Severity": "ask @acme/sre"}, title="@acme/sre asleep").values()} == {0}
    (request,) = january.github["pr"]
    assert "@acme" not in request["body"]
    assert request["body"].count("@\N{WORD JOINER}acme/sre") == 2


def test_no_text_of_an_issue_gets_into_a_command(january: Runner) -> None:
    mean = "$(touch pwned) `touch pwned` ; touch pwned #\n'\"\n::error::x\n${{ github.token }}"
    assert {*report(january, {"What happened": mean, "Severity": mean}, title=mean).values()} == {0}
    assert not [*january.folder.rglob("pwned")]
    assert "$(touch pwned)" in proposed(january, NEW)
    assert january.clone.git("log", "-1", "--format=%B", "origin/report-12").strip() == (
        "Record the incident that issue 12 reports"
    )


def test_a_branch_whose_pull_request_is_closed_begins_anew(january: Runner) -> None:
    report(january)
    state = january.github
    state["pr"][0]["state"] = "closed"
    january.set(state)
    assert {*report(january, {"Severity": "sev1"}).values()} == {0}
    assert [request["state"] for request in january.github["pr"]] == ["closed", "open"]
    assert "severity: sev1" in proposed(january, NEW)
    assert len(january.clone.git("log", "--format=%h", "origin/main..origin/report-12").splitlines()) == 1


def test_the_pull_request_of_a_fork_with_that_branch_is_left_alone(january: Runner) -> None:
    theirs = {"number": 1, "state": "open", "head": "report-12", "fork": True, "body": "Mine", "edits": 0}
    january.set({"pr": [theirs]})
    assert {*report(january).values()} == {0}
    first, second = january.github["pr"]
    assert (first, second["body"].startswith("From issue #12.")) == (theirs, True)


@pytest.mark.parametrize(
    ("script", "arguments", "said"),
    [
        ("tracking-issue.sh", [], "error: one file is wanted"),
        ("tracking-issue.sh", ["README.md"], "is not what `inc overdue --output` writes"),
        ("propose-report.sh", ["README.md"], "error: a file and the number of its issue are wanted"),
        ("propose-report.sh", ["README.md", "12; x"], "error: 12; x is no number of an issue"),
    ],
)
def test_wrong_use_of_the_scripts_is_told(january: Runner, script: str, arguments: list[str], said: str) -> None:
    done = january.call(f"scripts/{script}", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True)


def test_changes_that_nobody_committed_do_not_get_into_a_proposal(january: Runner) -> None:
    change(january.clone.root, RECORD, "severity: sev2", "severity: sev1")
    done = january.call("scripts/propose-report.sh", "README.md", "12")
    assert (done.returncode, "incidents or policy hold changes" in done.stderr) == (2, True)
