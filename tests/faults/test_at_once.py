"""Many responders at once on one knowledge base: each is a process of its own, and all are let go at the same moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from incidentbook import repository
from incidentbook.records.incident import Incident
from incidentbook.writer import lock
from kb import Inc, write

MANY = 16
ID, PATH = "INC-2025-001", "incidents/2025/INC-2025-001.yml"
AT_THE_GATE = "import sys; from incidentbook.__main__ import main; print(flush=True); sys.stdin.read(); main()"
HOUSE = {
    "name": "Test",
    "organisation": "Example",
    "time_zone": "UTC",
    "as_of": "2025-01-15T03:00:00Z",
    "default_disclosure": "internal",
    "teams": {"sre": {"name": "SRE"}},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    services = {"effective_from": "2020-01-01", "services": {"api": {"name": "API", "team": "sre"}}}
    return write(tmp_path, {"policy/knowledge-base.yml": HOUSE, "policy/services.yml": services})


def start(inc: Inc, root: Path) -> None:
    more = ("--severity", "sev1", "--type", "availability", "--service", "api", "--at", "-1h")
    made = inc("start", "Checkout answers with errors", *more, root=root)
    assert (made.status, made.err) == (0, "")


def at_once(root: Path, commands: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Run all commands, each in its own process; none begins before every process stands at the gate."""
    pipe = subprocess.PIPE
    started = [
        subprocess.Popen(
            [sys.executable, "-c", AT_THE_GATE, "-C", str(root), *command],
            stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=os.environ | {"INC_CURRENT": ""},
        )
        for command in commands
    ]  # fmt: skip
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
        process.stdin = None
    said = [process.communicate() for process in started]
    return [(process.returncode, out, err) for process, (out, err) in zip(started, said, strict=True)]


def record(root: Path) -> Incident:
    found = repository.load(root).incident(ID)
    assert found is not None
    return found


def is_sound(root: Path, inc: Inc) -> None:
    """The record is one that `inc check` passes, entries are unique and in order, and nothing is left behind."""
    entries = record(root).timeline
    assert max(Counter(entry.id for entry in entries).values()) == 1
    times = [entry.at.at for entry in entries if entry.at]
    assert times == sorted(times)
    found = json.loads(inc("check", "--json", root=root).out)["findings"]
    assert [one["message"] for one in found if one["grade"] == "error"] == []
    assert [path for path in root.rglob("*.tmp") if path.is_file()] == []


def test_no_entry_of_sixteen_is_lost(root: Path, inc: Inc) -> None:
    start(inc, root)
    said = [f"What responder {number} saw" for number in range(MANY)]
    done = at_once(root, [("log", text, "--at", f"-{number}m") for number, text in enumerate(said)])
    assert [(status, err) for status, _, err in done] == [(0, "")] * MANY
    assert Counter(entry.text for entry in record(root).timeline) == Counter(
        [*said, "Declared SEV-1: Checkout answers with errors"]
    )
    is_sound(root, inc)


def test_different_commands_at_once(root: Path, inc: Inc) -> None:
    start(inc, root)
    roles = ("incident-commander", "scribe", "communications-lead", "operations-lead")
    logs = [("log", f"Seen {number}") for number in range(9)]
    others = [("ack",), ("severity", "sev2", "--reason", "Half is served again"), ("identify",)]
    done = at_once(root, [*logs, *others, *(("assign", role, "sre") for role in roles)])
    assert [(status, err) for status, _, err in done] == [(0, "")] * MANY
    found = record(root)
    texts = Counter(entry.text for entry in found.timeline)
    assert all(texts[f"Seen {number}"] == 1 for number in range(9))
    assert (found.severity, found.status) == ("sev2", "identified")
    assert found.milestone("acknowledged") is not None
    assert Counter(role.role for role in found.roles) == Counter(roles)
    is_sound(root, inc)


def test_sixteen_incidents_get_sixteen_numbers(root: Path) -> None:
    """The first of all in a fresh clone: the folder for this checkout's own files is not there yet, either."""
    done = at_once(root, [("start", f"Service {number} is down", "--severity", "sev1") for number in range(MANY)])
    assert [(status, err) for status, _, err in done] == [(0, "")] * MANY
    found = repository.load(root).all_incidents()
    assert [one.id for one in found] == [f"INC-2025-{number:03}" for number in range(1, MANY + 1)]
    assert Counter(one.title for one in found) == Counter(f"Service {number} is down" for number in range(MANY))


def test_committed_at_once(root: Path, inc: Inc) -> None:
    write(root, {"policy/knowledge-base.yml": HOUSE | {"commit": True}})
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("config", "user.email", "test@example.org"),
        ("config", "user.name", "Test"),
        ("add", "."),
        ("commit", "-qm", "Begin"),
    ):
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)
    start(inc, root)
    done = at_once(root, [("log", f"Seen {number}") for number in range(MANY)])
    assert [(status, err) for status, _, err in done] == [(0, "")] * MANY
    log = subprocess.run(["git", "-C", str(root), "log", "--format=%s"], check=True, capture_output=True, text=True)
    assert Counter(log.stdout.splitlines()) == Counter(
        ["Begin", f"{ID}: start 'Checkout answers with errors'", *(f"{ID}: log 'Seen {n}'" for n in range(MANY))]
    )
    left = subprocess.run(["git", "-C", str(root), "status", "--porcelain"], check=True, capture_output=True, text=True)
    assert left.stdout == ""


def test_who_waits_too_long_is_told_so_and_writes_nothing(
    root: Path, inc: Inc, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(inc, root)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    monkeypatch.setattr("incidentbook.writer.PATIENCE", 0.05)
    with lock(root):
        refused = inc("log", "Too late", root=root)
    assert refused.status == 2
    assert "Another process has been writing to" in refused.err
    assert "Nothing was written: try again when it is done." in refused.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
