"""One incident, played by three clones at once with a bare remote between them, from the first minute to the close."""

from __future__ import annotations

import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from clones import INC, Clone, clones, run
from incidentbook import repository
from incidentbook.merge import install
from kb import ROOT

ROUNDS = 4


def files() -> dict[str, Any]:
    """Return the policies of this repository's own knowledge base, with a clock that runs."""
    found = {f"policy/{path.name}": path.read_text(encoding="utf-8") for path in (ROOT / "policy").glob("*.yml")}
    house = re.sub(r"^as_of:.*\n", "", found["policy/knowledge-base.yml"], flags=re.MULTILINE)
    attributes = install.with_lines("")
    return found | {"policy/knowledge-base.yml": house, ".gitattributes": attributes, ".gitignore": ".incidentbook/\n"}


def play(clone: Clone, name: str, together: Barrier) -> None:
    """Log, and make the same, several times; a network that is cut is no matter."""
    for number in range(ROUNDS):
        together.wait(60)
        clone.inc("log", f"{name} saw step {number}", "--kind", "investigation")
        done = run(clone.root, INC, "sync")
        assert done.returncode in (0, 1), done.stderr
        if done.returncode:
            assert "cannot be reached" in done.stderr or "does not take it" in done.stderr or "faster" in done.stderr
            assert "Nothing is lost" in done.stderr


def at_once(three: list[Clone], cut: Path) -> None:
    """Let all three play at once; in the second round the remote is gone, in the third it is back."""
    together = Barrier(len(three) + 1)
    away = cut.with_name("away.git")
    with ThreadPoolExecutor(len(three)) as pool:
        names = ("Commander", "Operations", "Support")
        games = [pool.submit(play, clone, name, together) for clone, name in zip(three, names, strict=True)]
        for number in range(ROUNDS):
            if number == 1:
                cut.rename(away)
            if number == 2:
                away.rename(cut)
            together.wait(60)
        for game in games:
            game.result()


def settle(three: list[Clone]) -> None:
    """Let each give what it has, and those that came too early take what the others gave."""
    for clone in [*three, *three[:-1]]:
        clone.inc("sync")


def test_an_incident_from_the_first_minute_to_the_close(tmp_path: Path) -> None:
    commander, operations, support = three = clones(tmp_path, files())
    commander.inc(
        "start", "Checkout answers with errors", "--severity", "sev2", "--service", "public-api", "--at", "-4m"
    )
    settle(three)

    operations.inc("ack")
    commander.inc("assign", "incident-commander", "sre")
    support.inc("comms", "sent", "public", "We are looking into failing payments", "--channel", "status-page")
    commander.inc("classify", "--customers-pct", "60", "--revenue-per-hour", "90000 USD", "--type", "availability")
    at_once(three, tmp_path / "remote.git")
    settle(three)

    commander.inc("severity", "sev1", "--reason", "Three in five customers cannot pay")
    operations.inc("impact", "outage", "--at", "-4m")
    operations.inc("hypothesis", "add", "The connection pool is used up")
    support.inc("comms", "sent", "executives", "Three in five customers cannot pay", "--channel", "phone")
    settle(three)

    commander.inc("handoff", "incident-commander", "devops", "--notes", "Failover runs; next update in half an hour")
    operations.inc("hypothesis", "confirm", "1", "--evidence", "pool at 100 of 100 connections", "--primary")
    operations.inc("remedy", "add", "Restart the connection pool", "--status", "done")
    operations.inc("identify")
    support.inc("log", "Forty tickets in ten minutes", "--private")
    settle(three)

    operations.inc("mitigate")
    commander.inc("resolve")
    support.inc("comms", "sent", "public", "Payments work again", "--channel", "status-page")
    settle(three)
    close = [
        "close",
        "--summary",
        "Payments failed for three in five customers",
        "--resolution",
        "The pool was restarted",
    ]
    commander.inc(*close, "--incident", the_record(commander).stem)
    settle(three)

    everybody_has_it_all(three)
    assert commander.inc("check").splitlines()[-1].endswith("no findings")
    it_tells_its_story(commander)


def the_record(clone: Clone) -> Path:
    (path,) = (clone.root / "incidents").rglob("*.yml")
    return path


def everybody_has_it_all(three: list[Clone]) -> None:
    """One record, the same in each clone, with every entry exactly once."""
    texts = {the_record(clone).read_text(encoding="utf-8") for clone in three}
    assert len(texts) == 1
    (text,) = texts
    (incident,) = repository.load(three[0].root).all_incidents()
    said = Counter(entry.text for entry in incident.timeline)
    expected = {
        f"{name} saw step {number}" for name in ("Commander", "Operations", "Support") for number in range(ROUNDS)
    }
    assert expected | {"Forty tickets in ten minutes", "Declared SEV-2: Checkout answers with errors"} <= set(said)
    assert set(said.values()) == {1}
    ids = re.findall(r"\bid: ([0-9A-HJKMNP-TV-Z]{26})\b", text)
    assert len(ids) == len(set(ids))
    assert [change.to for change in incident.severity_history] == ["sev2", "sev1"]
    assert [change.to for change in incident.transitions] == [
        "declared", "investigating", "identified", "mitigated", "resolved", "closed",
    ]  # fmt: skip
    assert [(role.holder, role.to is None) for role in incident.roles] == [("sre", False), ("devops", True)]
    assert [message.audience for message in incident.communications] == ["public", "executives", "public"]
    times = [entry.at.at for entry in incident.timeline if entry.at]
    assert times == sorted(times)
    assert all(not clone.git("status", "--porcelain") for clone in three)


def it_tells_its_story(clone: Clone) -> None:
    """The timeline and the figures come out of the record alone."""
    shown = clone.inc("show", the_record(clone).stem)
    assert "TIMELINE RECONSTRUCTION:" in shown
    assert "Operations saw step 0" in shown
    (measured,) = json.loads(clone.inc("metrics", "--json", "--period", "30d"))["measurements"]
    values = {figure["key"]: figure["value"] for figure in measured["figures"]}
    (incident,) = repository.load(clone.root).all_incidents()
    assert (values["incidents"], values["mttr"]) == (1, incident.seconds_between("started", "resolved"))
    assert values["mtta"] == incident.seconds_between("started", "acknowledged")
    assert values["downtime"] > 0
