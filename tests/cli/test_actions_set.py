"""`inc actions set`, `commit` and `waive`: an action item changed where it stands, and nothing else with it."""

from __future__ import annotations

import difflib
import json
import subprocess
from pathlib import Path

import pytest

from incidentbook import repository
from incidentbook.records.action_item import ActionItem
from kb import Inc, Result, change, incident, write

PATH = "postmortems/2025/INC-2025-001.md"
POSTMORTEM = """\
---
# what we promised
incidents: [INC-2025-001]
status: "published"
action_items:
  - id: AI-2025-001-1   # the script
    title: Mend it
    status: proposed    # for now
    priority: high

  - id: AI-2025-001-2
    title: Watch it
    owner: sre
    due: 2025-01-31     # as agreed
    status: in-progress
    # the end
  - {id: AI-2025-001-3, title: Write it down, owner: sre, due: 2025-01-10, status: done, completed: 2025-01-09,
     evidence: [{kind: document, ref: "https://docs.example/a"}]}
---

## Body

status: proposed
"""
DEADLINES = {
    "effective_from": "2024-01-01",
    "deadlines": {"sev2": {"high": "21d", "medium": "45d", "low": "90d"}},
    "evidence_required": True,
    "waiver_max": "60d",
}
PULL = "pull-request:https://git.example/app/pull/88"


class Board:
    """A knowledge base with three promises on 15 January 2025, and the commands that change them."""

    def __init__(self, inc: Inc, root: Path, text: str = POSTMORTEM) -> None:
        self._inc = inc
        teams = {name: {"name": name} for name in ("sre", "platform")}
        self.root = write(root, {
            "policy/knowledge-base.yml": {
                "name": "T", "time_zone": "Europe/Berlin", "as_of": "2025-01-15T06:00:00Z", "teams": teams
            },
            "policy/actions.yml": DEADLINES,
            "incidents/2025/INC-2025-001.yml": incident(1),
        })  # fmt: skip
        self.file = self.root / PATH
        self.file.parent.mkdir(parents=True)
        self.file.write_bytes(text.encode())

    def call(self, *arguments: str) -> Result:
        """Run `inc actions ARGUMENTS`."""
        return self._inc("actions", *arguments, root=self.root)

    def run(self, *arguments: str) -> list[str]:
        """Run a command that is to succeed, and return the lines that it prints."""
        done = self.call(*arguments)
        assert (done.status, done.err) == (0, ""), done
        return [line.strip() for line in done.out.splitlines()]

    def refused(self, *arguments: str) -> str:
        """Run a command that is to be refused; nothing may be written. Returns what it says."""
        before = self.file.read_bytes()
        done = self.call(*arguments)
        assert done.status == 2, done
        assert self.file.read_bytes() == before
        return " ".join(done.err.split())

    def undo(self) -> None:
        """Take the last change back."""
        assert self._inc("undo", root=self.root).status == 0

    def changed(self) -> list[tuple[str, str]]:
        """Return the lines of the file that are other than at first, before and after; one that is new stands alone."""
        before, after = POSTMORTEM.splitlines(), self.file.read_bytes().decode().splitlines()
        return [(line[0], line[2:]) for line in difflib.ndiff(before, after) if line[0] in "+-"]

    def item(self, number: int) -> ActionItem:
        """Return an item."""
        return {item.id: item for _, _, item in repository.load(self.root).action_items()}[f"AI-2025-001-{number}"]


@pytest.fixture
def board(inc: Inc, tmp_path: Path) -> Board:
    return Board(inc, tmp_path / "kb")


def test_done_with_evidence_writes_the_day_and_says_who_comes_next(board: Board) -> None:
    done = board.call("set", "ai-2025-001-2", "--status", "done", "--evidence", PULL)
    assert done.err == "note: pull-request https://git.example/app/pull/88 is not verified: nobody was asked\n"
    assert [line.strip() for line in done.out.splitlines()] == [
        "AI-2025-001-2 Watch it",
        "status: in-progress → done",
        "completed: 2025-01-15",
        "evidence: pull-request https://git.example/app/pull/88",
        "next: somebody other than its owner looks: inc actions set AI-2025-001-2 --status verified",
    ]
    assert board.changed() == [
        ("-", "    status: in-progress"),
        ("+", "    status: done"),
        ("+", "    completed: 2025-01-15"),
        ("+", "    evidence:"),
        ("+", "      - {kind: pull-request, ref: 'https://git.example/app/pull/88'}"),
    ]
    board.undo()
    assert board.file.read_bytes() == POSTMORTEM.encode()


def test_every_other_byte_stays_with_other_line_ends_and_a_mark(inc: Inc, tmp_path: Path) -> None:
    text = "\ufeff" + POSTMORTEM.replace("\n", "\r\n")
    board = Board(inc, tmp_path / "kb", text)
    board.run("set", "AI-2025-001-2", "--due", "2025-01-30", "--owner", "platform")
    wanted = text.replace("due: 2025-01-31     # as agreed", "due: 2025-01-30     # as agreed")
    assert board.file.read_bytes().decode() == wanted.replace(
        "Watch it\r\n    owner: sre", "Watch it\r\n    owner: platform"
    )


def test_a_promise_needs_an_owner_and_a_day_which_policy_proposes(board: Board) -> None:
    said = board.refused("set", "AI-2025-001-1", "--status", "not-started")
    assert "AI-2025-001-1 lacks an owner and a due day to be not-started" in said
    assert "--owner TEAM --due DATE (policy allows until 2025-01-31)" in said
    assert "lacks an owner" in board.refused("commit", "AI-2025-001-1")
    assert board.run("commit", "AI-2025-001-1", "--owner", "platform")[1:] == [
        "status: proposed → not-started",
        "owner: platform",
        "due: 2025-01-31",
        "next: overdue once 2025-01-31 is over, in 16 d 17 h",
    ]
    assert "is not-started, which is a promise already" in board.refused("commit", "AI-2025-001-1")


def test_a_day_that_policy_does_not_allow_is_written_with_a_warning(board: Board) -> None:
    done = board.call("commit", "AI-2025-001-1", "--owner", "sre", "--due", "2025-02-15")
    assert done.status == 0
    assert "is due on 2025-02-15; policy gives high priority after a sev2 until 2025-01-31" in done.err
    assert str(board.item(1).due) == "2025-02-15"


def test_a_day_of_policy_that_has_passed_is_not_promised(board: Board) -> None:
    write(board.root, {"policy/knowledge-base.yml": {"name": "T", "time_zone": "UTC", "as_of": "2025-03-01T00:00:00Z"}})
    said = board.refused("commit", "AI-2025-001-1", "--owner", "sre")
    assert "should have been due on 2025-01-31 by policy, and that day has passed" in said


def test_several_at_once_are_changed_all_or_none(board: Board) -> None:
    said = board.refused("set", "AI-2025-001-2", "AI-2025-001-1", "--status", "in-progress", "--due", "2025-01-20")
    assert "AI-2025-001-1 lacks an owner" in said
    board.run(
        "set", "AI-2025-001-2", "AI-2025-001-1", "--status", "in-progress", "--due", "2025-01-20", "--owner", "sre"
    )
    assert {str(board.item(number).due) for number in (1, 2)} == {"2025-01-20"}


def test_a_dry_run_tells_a_program_what_it_would_write(board: Board) -> None:
    (told,) = json.loads(board.call("set", "AI-2025-001-2", "--due", "2025-01-30", "--dry-run", "--json").out)
    assert (told["due"], told["wrote"]) == ("2025-01-30", ["due: 2025-01-31 → 2025-01-30"])
    assert board.changed() == []


def test_a_dry_run_is_a_diff_and_writes_nothing(board: Board) -> None:
    out = board.call("set", "AI-2025-001-2", "--due", "2025-01-30", "--dry-run").out
    assert out.startswith(f"--- a/{PATH}\n+++ b/{PATH}\n@@ ")
    assert "\n-    due: 2025-01-31     # as agreed\n+    due: 2025-01-30     # as agreed\n" in out
    assert board.file.read_bytes() == POSTMORTEM.encode()


def test_what_only_the_earlier_status_had_is_taken_out(board: Board) -> None:
    said = board.run(
        "set", "AI-2025-001-3", "--status", "in-progress", "--due", "2025-01-31", "--reason", "It came back"
    )
    assert "completed: 2025-01-09 taken out" in said
    assert (board.item(3).completed, board.item(3).reason) == (None, "It came back")
    board.run("set", "AI-2025-001-2", "--status", "accepted-risk", "--until", "2025-06-30", "--reason", "Off in June")
    assert str(board.item(2).last_day) == "2025-06-30"
    board.run("set", "AI-2025-001-2", "--status", "in-progress")
    assert (board.item(2).accepted_until, board.item(2).reason) == (None, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("AI-2025-001-2 --status done", "lacks evidence to be done Say so with --evidence KIND:REF"),
        ("AI-2025-001-2 --status cancelled", "lacks a reason to be cancelled"),
        ("AI-2025-001-2 --status accepted-risk --reason x", "lacks a last day of the accepted risk"),
        ("AI-2025-001-2 --status verified", "It is in-progress, and only what is done can be verified"),
        ("AI-2025-001-2 --status in-progress", "says all that already; nothing was written"),
        ("AI-2025-001-2 --completed 2025-01-10", "is in-progress, so it has no day on which it was done"),
        ("AI-2025-001-2 --until 2025-06-30", "only an accepted risk is accepted until a day"),
        ("AI-2025-001-3 --status cancelled --reason x", "It is done, so there is nothing left to cancel"),
        ("AI-2025-001-2", "Say what is to change"),
        ("AI-2025-001-2 --evidence pull-request:Monday", "'Monday' is not the address of a pull request"),
        ("AI-2025-001-2 --evidence commit:Monday", "'Monday' names no commit"),
        ("AI-2025-001-2 --evidence document:playbooks/gone.md", "There is no file playbooks/gone.md"),
        ("AI-2025-001-2 --due tomorrow", "'tomorrow' is no day such as 2025-01-31"),
        ("AI-2025-001-2 --evidence proof:x", "is no KIND:REF; kinds are commit, pull-request, test, drill, document"),
        ("AI-2025-001-2 --owner srr", "Did you mean 'sre'?"),
        ("AI-2025-001-9 --due 2025-01-31", "There is no 'AI-2025-001-9' here"),
    ],
)
def test_what_is_refused(board: Board, arguments: str, said: str) -> None:
    assert said in board.refused("set", *arguments.split())


def test_a_waiver_keeps_it_late_and_not_overdue(board: Board) -> None:
    reason = ("--owner", "platform", "--reason", "The part comes in February")
    assert board.run("waive", "AI-2025-001-2", "--until", "2025-02-14", *reason)[1:] == [
        "waiver: until 2025-02-14, by platform: The part comes in February",
        "next: overdue once 2025-02-14 is over, in 30 d 17 h",
    ]
    board.run("waive", "AI-2025-001-2", "--until", "2025-02-28", *reason)
    assert board.call("overdue", "--fail", "--as-of", "2025-02-27").status == 0
    assert board.call("overdue", "--fail", "--as-of", "2025-02-28").status == 1
    assert "is not late before 2025-01-31 is over" in board.refused(
        "waive", "AI-2025-001-2", "--until", "2025-01-31", *reason
    )
    assert "is done, so it cannot be late" in board.refused("waive", "AI-2025-001-3", "--until", "2025-03-31", *reason)


def test_for_programs(board: Board) -> None:
    (said,) = json.loads(board.call("set", "AI-2025-001-2", "--due", "2025-01-30", "--json").out)
    assert said == {
        "id": "AI-2025-001-2", "path": PATH, "status": "in-progress", "due": "2025-01-30",
        "wrote": ["due: 2025-01-31 → 2025-01-30"], "next": "overdue once 2025-01-30 is over, in 15 d 17 h",
    }  # fmt: skip


RECURRING = POSTMORTEM.replace("status: in-progress\n", "status: scheduled\n    recurrence: FREQ=WEEKLY\n").replace(
    "due: 2025-01-31 ", "due: 2025-01-01 "
)


@pytest.fixture
def weekly(inc: Inc, tmp_path: Path) -> Board:
    return Board(inc, tmp_path / "weekly", RECURRING)


def test_an_occurrence_is_settled_with_its_evidence_or_a_reason(weekly: Board) -> None:
    (row,) = json.loads(weekly.call("overdue", "--json").out)
    assert (row["occurrence"], row["occurrences_late"]) == ("2025-01-01", 2)
    assert "OVERDUE, 2 occurrences" in weekly.call("overdue").out
    out = weekly.call("set", "AI-2025-001-2", "--occurrence", "2025-01-01", "--evidence", "drill:INC-2025-001").out
    assert "  occurrence 2025-01-01: done 2025-01-15\n" in out
    assert "it is overdue since 2025-01-08 was over" in out
    weekly.run("set", "AI-2025-001-2", "--occurrence", "2025-01-08", "--reason", "The cluster was being replaced")
    assert weekly.call("overdue", "--fail").status == 0
    (row, *_) = json.loads(weekly.call("list", "--json").out)
    assert (row["occurrence"], row["occurrences_late"], row["due"]) == ("2025-01-15", 0, "2025-01-01")
    assert str(weekly.item(2).occurrences[0].completed) == "2025-01-15"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            "AI-2025-001-2 --occurrence 2025-01-02 --reason x",
            "no occurrence on 2025-01-02: it recurs by FREQ=WEEKLY The next one is 2025-01-08",
        ),
        ("AI-2025-001-2 --occurrence 2025-01-08", "that it was done, or why it was left out"),
        ("AI-2025-001-1 --occurrence 2025-01-08 --reason x", "does not come round again"),
        ("AI-2025-001-2 --occurrence 2025-01-08 --status done", "--occurrence goes with --completed and --evidence"),
    ],
)
def test_an_occurrence_that_is_refused(weekly: Board, arguments: str, said: str) -> None:
    assert said in weekly.refused("set", *arguments.split())


def test_an_occurrence_is_settled_once(weekly: Board) -> None:
    again = ("set", "AI-2025-001-2", "--occurrence", "2025-01-01", "--reason", "Freeze")
    weekly.run(*again)
    assert "is settled already" in weekly.refused(*again)


def test_it_is_committed_where_the_house_asks_for_it_and_undone_there(board: Board) -> None:
    def git(*arguments: str) -> str:
        who = ("-c", "user.name=T", "-c", "user.email=t@example.org")
        done = subprocess.run(
            ["git", "-C", str(board.root), *who, *arguments], check=True, capture_output=True, text=True
        )
        return done.stdout

    change(board.root, "policy/knowledge-base.yml", "name: T\n", "name: T\ncommit: true\n")
    git("init", "-q")
    git("config", "user.name", "T")
    git("config", "user.email", "t@example.org")
    git("add", ".")
    git("commit", "-qm", "Begin")
    assert board.run("set", "AI-2025-001-2", "--status", "scheduled", "--due", "2025-01-30")[-1].startswith(
        "committed "
    )
    assert git("log", "-1", "--format=%s", "--name-only").split("\n\n") == [
        "INC-2025-001: actions set AI-2025-001-2 --status scheduled", f"{PATH}\n",
    ]  # fmt: skip
    board.undo()
    assert git("status", "--porcelain", "--", "postmortems") == ""
    assert board.file.read_bytes() == POSTMORTEM.encode()


def test_nothing_was_done_on_a_day_to_come(board: Board, weekly: Board) -> None:
    said = board.refused("set", "AI-2025-001-2", "--status", "done", "--evidence", PULL, "--completed", "2025-01-16")
    assert "Invalid value for --completed: 2025-01-16 is still to come" in said
    once = ("--occurrence", "2025-01-01", "--evidence", "test:failover-suite", "--completed", "2025-01-16")
    assert "2025-01-16 is still to come" in weekly.refused("set", "AI-2025-001-2", *once)


def test_a_waiver_that_policy_finds_too_long_is_written_with_a_warning(board: Board) -> None:
    longest = ("waive", "AI-2025-001-2", "--until", "2025-04-01", "--owner", "platform", "--reason", "The part is late")
    assert board.call(*longest).err == ""
    done = board.call(*longest[:3], "2025-04-02", *longest[4:])
    assert (done.status, "warning: policy lets AI-2025-001-2 be waived until 2025-04-01 (60 d after" in done.err) == (
        0,
        True,
    )


def test_a_series_without_an_occurrence_left_says_how_it_ends(inc: Inc, tmp_path: Path) -> None:
    board = Board(inc, tmp_path / "once", RECURRING.replace("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=1"))
    out = board.call(
        "set", "AI-2025-001-2", "--occurrence", "2025-01-01", "--reason", "The cluster was being replaced"
    ).out
    assert "next: no occurrence is left: inc actions set AI-2025-001-2 --status done" in out
