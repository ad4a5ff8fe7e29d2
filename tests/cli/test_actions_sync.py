"""`inc actions sync`: promises as issues, what became of them as a change of the post-mortem, and nothing narrower on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clones import INC
from github_fake import Fake, serving
from incidentbook import resources
from kb import ROOT, Inc, Result, incident, write

PATH = "postmortems/2025/INC-2025-001.md"
TOKEN = "ghp_CANARYtoken"  # noqa: S105 - it opens nothing
PULL = "https://github.com/acme/ops/pull/88"
POSTMORTEM = """\
---
# what we promised
incidents: [INC-2025-001]
status: "published"
disclosure: public
action_items:
  - id: AI-2025-001-1   # the script
    title: Mend it
    owner: sre
    due: 2025-01-31     # as agreed
    status: in-progress
  - {id: AI-2025-001-2, title: Watch it, owner: sre, due: 2025-01-31, status: not-started}
  - id: AI-2025-001-3
    title: CANARY-internal
    description: CANARY-words
    owner: sre
    due: 2025-01-31
    status: in-progress
    disclosure: internal
  - {id: AI-2025-001-4, title: An idea, status: proposed}
---

The body.
"""
NARROW = """\
---
incidents: [INC-2025-002]
status: draft
action_items:
  - {id: AI-2025-002-1, title: CANARY-restricted, owner: sre, due: 2025-01-31, status: in-progress}
---
"""


class Board:
    """A knowledge base with promises of all levels, and its repository on GitHub."""

    def __init__(self, inc: Inc, root: Path, fake: Fake) -> None:
        self._inc, self.fake = inc, fake
        self.root = write(root, {
            "policy/knowledge-base.yml": {
                "name": "T", "time_zone": "Europe/Berlin", "as_of": "2025-01-15T06:00:00Z",
                "teams": {name: {"name": name.title()} for name in ("sre", "platform")},
            },
            "policy/actions.yml": {
                "effective_from": "2024-01-01", "deadlines": {}, "evidence_required": True, "waiver_max": "60d",
                "github": {"repository": "acme/ops", "teams": {"hubot": "platform"}},
            },
            "incidents/2025/INC-2025-001.yml": incident(1, disclosure="public"),
            "incidents/2025/INC-2025-002.yml": incident(2, disclosure="restricted"),
            PATH: POSTMORTEM,
            PATH.replace("001", "002"): NARROW,
        })  # fmt: skip

    def call(self, *arguments: str) -> Result:
        """Run `inc actions sync ARGUMENTS`; the token is never said."""
        done = self._inc("actions", "sync", *arguments, root=self.root)
        assert TOKEN not in done.out + done.err
        return done

    def run(self, *arguments: str) -> str:
        """Run a sync that comes to its end, and return what it says."""
        done = self.call(*arguments)
        assert done.status == 0, done
        return done.out

    def told(self, *arguments: str) -> Any:
        """Return what a sync says to a program."""
        said = json.loads(self.call(*arguments, "--json").out)
        jsonschema_rs.validate(resources.schema("actions-sync-output"), said)
        return said

    @property
    def text(self) -> str:
        """What the post-mortem says."""
        return (self.root / PATH).read_text(encoding="utf-8")

    @property
    def sent(self) -> str:
        """Everything that ever left for GitHub."""
        return json.dumps(self.fake.requests)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with serving(Fake(private=False)) as running:
        yield running


@pytest.fixture
def board(inc: Inc, tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> Board:
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    monkeypatch.delenv("GH_TOKEN", raising=False)
    monkeypatch.setenv("GITHUB_API_URL", fake.address)
    return Board(inc, tmp_path / "kb", fake)


def test_each_promise_that_may_be_known_gets_an_issue_and_the_record_its_name(board: Board) -> None:
    assert "acme/ops: 2 sent, 2 recorded, 0 to be settled" in board.run()
    assert [issue["title"] for issue in board.fake.issues.values()] == [
        "Mend it (AI-2025-001-1)",
        "Watch it (AI-2025-001-2)",
    ]
    assert [label["name"] for label in board.fake.issues[1]["labels"]] == ["incidentbook"]
    assert board.text == POSTMORTEM.replace(
        "    status: in-progress\n  - {id", "    status: in-progress\n    issue: acme/ops#1\n  - {id"
    ).replace("status: not-started}", "status: not-started, issue: acme/ops#2}")


def test_a_second_sync_sends_and_writes_nothing(board: Board) -> None:
    board.run()
    before, sent = board.text, len(board.fake.writes)
    assert board.run() == "acme/ops and the records say the same, as far as public readers may know them.\n"
    assert (board.text, len(board.fake.writes)) == (before, sent)


def test_nothing_narrower_than_a_public_repository_leaves(board: Board) -> None:
    board.run()
    board.run()
    assert "CANARY" not in board.sent
    assert "AI-2025-001-3" not in board.sent
    assert "AI-2025-002-1" not in board.sent


def test_a_private_repository_may_know_what_is_internal_and_not_what_is_restricted(board: Board) -> None:
    board.fake.private = True
    board.run()
    assert "CANARY-internal" in board.sent
    assert "CANARY-restricted" not in board.sent
    board.run("--audience", "restricted")
    assert "CANARY-restricted" in board.sent


def test_a_wider_audience_than_a_public_repository_has_takes_a_word_and_is_warned_of(board: Board) -> None:
    done = board.call("--audience", "internal")
    assert "warning: acme/ops is public, and what is internal is sent there, as you said" in done.err
    assert "CANARY-internal" in board.sent


def test_an_audience_that_nobody_can_read_sends_nothing(board: Board) -> None:
    path = board.root / "policy" / "actions.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  repository: acme/ops\n", "  repository: acme/ops\n  audience: pubic\n"), encoding="utf-8"
    )
    done = board.call()
    assert (
        done.status,
        "the audience pubic is none; nothing was sent" in " ".join(done.err.replace("'", "").split()),
    ) == (2, True)
    assert not board.fake.requests


def test_an_item_that_became_narrower_is_left_alone_and_told(board: Board) -> None:
    board.run()
    (board.root / PATH).write_text(
        board.text.replace("title: Mend it\n", "title: CANARY-late\n    disclosure: internal\n")
    )
    board.fake.close(1, by=PULL)
    done = board.call()
    assert done.status == 1
    assert "it is narrower than its issue acme/ops#1 may be: nothing was sent or taken" in done.out
    assert "CANARY" not in board.sent + done.out
    assert "status: done" not in board.text


def test_what_a_pull_request_closed_is_done_and_comments_stay(board: Board) -> None:
    board.run()
    board.fake.close(1, by=PULL)
    dry = board.run("--dry-run")
    assert "+    status: done" in dry
    assert "status: done" not in board.text
    out = board.run()
    assert "recorded: status: in-progress → done" in out
    assert f"recorded: evidence: pull-request {PULL}" in out
    assert "    due: 2025-01-31     # as agreed\n    status: done\n" in board.text
    assert "completed: 2025-01-21" in board.text  # the day in Berlin
    assert board.run().startswith("AI-2025-001-1")  # both agree: noted in the issue
    assert "say the same" in board.run()


def test_what_a_person_closed_lacks_evidence(board: Board) -> None:
    board.run()
    board.fake.close(1)
    done = board.call()
    assert done.status == 1
    assert "to be settled: closed there, evidence missing: give it with --status done --evidence KIND:REF" in done.out
    assert "status: done" not in board.text


def test_a_milestone_and_the_team_of_a_login_come_back_and_no_login_does(board: Board) -> None:
    board.run()
    board.fake.due(1, "2025-02-14")
    board.fake.issues[1]["assignees"] = [{"login": "Hubot"}]
    board.fake.issues[2]["assignees"] = [{"login": "octocat-canary"}]
    out = board.run()
    assert "recorded: owner: sre → platform" in out
    assert "recorded: due: 2025-01-31 → 2025-02-14" in out
    assert "    due: 2025-02-14     # as agreed" in board.text
    assert "hubot" not in board.text.casefold()
    assert "octocat" not in board.text + out


def test_a_dry_run_shows_everything_and_changes_nothing(board: Board) -> None:
    out = board.run("--dry-run")
    assert "would be sent: a new issue" in out
    assert (board.text, board.fake.writes) == (POSTMORTEM, [])
    said = board.told("--dry-run")
    assert (said["dry_run"], said["left"]) == (True, ["AI-2025-001-1", "AI-2025-001-2"])


def test_programs_are_told_the_same(board: Board) -> None:
    said = board.told()
    assert (said["repository"], said["audience"], said["stopped"], said["left"]) == ("acme/ops", "public", "", [])
    assert [(item["id"], item["issue"], item["sent"]) for item in said["items"]] == [
        ("AI-2025-001-1", "acme/ops#1", ["a new issue"]), ("AI-2025-001-2", "acme/ops#2", ["a new issue"])
    ]  # fmt: skip


def test_a_stop_in_the_middle_says_what_was_done_and_what_was_not(board: Board) -> None:
    board.fake.faults, board.fake.clock.at = {4: "primary"}, time.time()
    done = board.call("--wait", "1s")
    assert done.status == 1
    assert "error: GitHub asks to wait until" in done.err
    assert (
        "1 of 2 were sent and are noted; left: AI-2025-001-2. Running it again goes on, and makes no issue twice."
        in done.err
    )
    assert "issue: acme/ops#1" in board.text
    board.run()
    assert len(board.fake.issues) == 2


def test_who_interrupts_it_finds_noted_what_was_done(board: Board) -> None:
    answer, made = board.fake.answer, threading.Event()

    def slow(method: str, *asked: Any) -> Any:
        if method == "POST" and len(board.fake.issues) == 1:
            made.set()
            time.sleep(2)
        return answer(method, *asked)

    board.fake.answer = slow  # type: ignore[method-assign]
    program = [INC, "-C", str(board.root), "actions", "sync"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert made.wait(30)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, "AI-2025-001-1" in out) == (130, True), (out, err)
    said = "1 of 2 were sent and are noted; left: AI-2025-001-2. Running it again goes on, and makes no issue twice."
    assert err == f"error: Interrupted\n  {said}\n"
    assert "issue: acme/ops#1" in board.text
    time.sleep(2)  # GitHub has not noticed
    board.run()
    assert [len(numbers) for numbers in board.fake.bodies.values()] == [1, 1]


def test_what_was_refused_leaves_the_name_of_the_issue_and_says_so(board: Board) -> None:
    board.run()
    text = board.text.replace("    issue: acme/ops#1\n", "").replace(
        "    owner: sre\n    due: 2025-01-31     # as agreed\n", "", 1
    )
    (board.root / PATH).write_text(text, encoding="utf-8")
    board.fake.close(1, by=PULL)
    (item,) = (one for one in board.told()["items"] if one["id"] == "AI-2025-001-1")
    assert item["recorded"] == ["issue: acme/ops#1"]
    assert "lacks an owner" in item["failed"]
    assert "issue: acme/ops#1" in board.text


def test_an_answer_that_is_lost_makes_no_second_issue(board: Board) -> None:
    board.fake.faults = {3: "cut after"}
    board.run()
    assert len(board.fake.issues) == 2
    assert "issue: acme/ops#1" in board.text


def test_a_github_that_cannot_be_reached_is_a_sentence(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("incidentbook.github.patience.TRIES", 1)
    done = board.call()
    said = "error: GitHub does not answer: it cannot be reached, 1 times in a row\n  Run it again later: nothing is made twice.\n"
    assert (done.status, done.err) == (1, said)


@pytest.mark.parametrize(
    ("status", "message", "said"),
    [
        (401, "Bad credentials", "GitHub does not know the token"),
        (403, "Resource not accessible by integration", "The token needs to write issues of acme/ops"),
        (404, "Not Found", "There is no acme/ops, its issues are off, or the token may not see it"),
    ],
)
def test_a_token_that_may_not_is_a_sentence(
    board: Board, monkeypatch: pytest.MonkeyPatch, status: int, message: str, said: str
) -> None:
    monkeypatch.setattr(board.fake, "answer", lambda *_: (status, {"message": message}, {}))
    done = board.call()
    assert (done.status, said in done.err) == (1, True), done


def test_something_else_than_github_is_a_sentence(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board.fake, "answer", lambda *_: (200, ["a portal"], {}))
    done = board.call()
    assert (done.status, done.err) == (1, "error: What answers at 127.0.0.1 is not GitHub\n")


def test_no_token_no_repository_no_team_are_wrong_use(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    assert board.call("--repository", "acme").status == 2
    assert board.call("--wait", "soon").status == 2
    monkeypatch.setenv("GITHUB_TOKEN", "")
    done = board.call()
    assert (done.status, "GITHUB_TOKEN, or GH_TOKEN, is not set" in done.err) == (2, True)
    monkeypatch.setenv("GH_TOKEN", TOKEN)
    board.run("--dry-run")
    path = board.root / "policy" / "actions.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("hubot: platform", "hubot: platfrom"), encoding="utf-8")
    assert "Did you mean 'platform'?" in board.call().err


def test_a_token_goes_nowhere_unencrypted(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_API_URL", "http://github.example/api/v3")
    assert "is no address that a token may be sent to" in board.call().err


def test_an_item_that_changed_meanwhile_is_told_and_the_rest_is_written(board: Board) -> None:
    board.run()
    board.fake.close(1, by=PULL)
    board.fake.due(2, "2025-02-14")
    original = board.fake.answer

    def answer(method: str, path: str, query: Any, sent: Any) -> Any:
        text = board.text.replace("id: AI-2025-001-1 ", "id: AI-2025-001-9 ")
        (board.root / PATH).write_text(text, encoding="utf-8")
        return original(method, path, query, sent)

    board.fake.answer = answer  # type: ignore[method-assign]
    done = board.call()
    assert done.status == 1
    assert "failed: postmortems/2025/INC-2025-001.md has no action item AI-2025-001-1" in " ".join(done.out.split())
    assert "2025-02-14" in board.text


def test_without_pygithub_it_says_what_to_install(board: Board) -> None:
    code = (
        "import sys; sys.modules['github'] = None; from incidentbook.__main__ import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(board.root), "actions", "sync"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "pip install 'incidentbook[github]'" in done.stderr) == (2, True), done


def test_no_other_command_imports_pygithub() -> None:
    code = "import sys; from incidentbook.__main__ import run; run(['actions', '--help']); sys.exit('github' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False).returncode == 0
