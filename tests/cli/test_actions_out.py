"""`inc actions digest` and `calendar`: what a team is reminded of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from icalendar import Calendar

from kb import Inc, Plain, incident, write

NOW = "2025-02-03T09:00:00Z"


def item(number: int, status: str = "in-progress", due: str = "2025-02-10", **more: object) -> Plain:
    plain = {"id": f"AI-2025-001-{number}", "title": f"Mend {number}", "owner": "sre", "due": due, "status": status}
    return plain | {"priority": "high"} | more


MARCH = {"due": "2025-03-05", "completed": "2025-02-01"}
ITEMS = [
    item(1, due="2025-01-31"),
    item(2, due="2025-01-20", waiver={"owner": "platform", "reason": "The part comes", "until": "2025-02-14"}),
    item(3, title="Watch *the* [queue], which is told at such a length that no line of an e-mail holds it as a whole"),
    item(4, due="2025-06-30"),
    item(5, "done", completed="2025-01-15", evidence=[{"kind": "test", "ref": "t"}]),
    item(6, "proposed", due="2025-02-01"),
    item(7, "verified"), item(8, "cancelled", reason="x"),
    item(9, owner="platform"),
    item(10, "scheduled", due="2025-02-05", recurrence="FREQ=MONTHLY", occurrences=[MARCH]),
    item(11, "accepted-risk", accepted_until="2025-12-31", reason="Switched off", disclosure="restricted"),
]  # fmt: skip


@pytest.fixture
def team(tmp_path: Path) -> Path:
    teams = {"sre": {"name": "SRE team"}, "platform": {"name": "Platform"}}
    return write(tmp_path, {
        "policy/knowledge-base.yml": {"name": "T", "time_zone": "Europe/Berlin", "as_of": NOW, "teams": teams},
        "incidents/2025/INC-2025-001.yml": incident(1, disclosure="internal"),
        "postmortems/2025/INC-2025-001.md": {"incidents": ["INC-2025-001"], "status": "published", "action_items": ITEMS},
    })  # fmt: skip


def test_a_digest_as_markdown(inc: Inc, team: Path) -> None:
    out = inc("actions", "digest", "--owner", "sre", root=team).out
    assert out.startswith("# Action items of SRE team on 2025-02-03: 1 overdue, 2 due by 2025-02-17\n")
    assert [line for line in out.splitlines() if line.startswith("## ")] == [
        "## Overdue (1)", "## Late with a waiver (1)", "## Due by 2025-02-17 (2)", "## Open, due later (2)",
        "## Done, to be verified (1)", "## Proposed (1)",
    ]  # fmt: skip
    assert "- **AI-2025-001-1** Mend 1 (due 2025-01-31, high, in progress, SRE team, INC-2025-001)" in out
    assert "due 2025-01-20, waived until 2025-02-14, high" in out
    assert r"Watch \*the\* \[queue\]" in out, "what people wrote in a title is no markup"
    assert "AI-2025-001-9" not in out
    assert "AI-2025-001-11" not in inc("actions", "digest", "--audience", "internal", root=team).out


def test_a_digest_as_an_email(inc: Inc, team: Path) -> None:
    out = inc("actions", "digest", "--owner", "sre", "--format", "email", root=team).out
    head, _, body = out.partition("\n\n")
    assert head == "Subject: Action items of SRE team on 2025-02-03: 1 overdue, 2 due by 2025-02-17"
    assert max(map(len, body.splitlines())) <= 72
    assert "Overdue (1)\n-----------\n" in body


def test_a_digest_of_nothing_and_of_nobody(inc: Inc, team: Path) -> None:
    out = inc("actions", "digest", "--owner", "platform", "--as-of", "2025-01-01", root=team).out
    assert out.startswith("# Action items of Platform on 2025-01-02: nothing is pressing\n")
    assert "Did you mean 'sre'?" in inc("actions", "digest", "--owner", "srr", root=team).err


def test_a_calendar_holds_what_is_owed(inc: Inc, team: Path) -> None:
    out = inc("actions", "calendar", "--owner", "sre", "--weeks", "10", root=team).out
    events = Calendar.from_ical(out).walk("VEVENT")
    assert [(str(one["summary"]).split(":")[0], str(one.decoded("dtstart"))) for one in events] == [
        ("AI-2025-001-2 due", "2025-01-20"),
        ("AI-2025-001-1 due", "2025-01-31"),
        ("AI-2025-001-10 due", "2025-02-05"),
        ("AI-2025-001-10 due", "2025-04-05"),
        ("AI-2025-001-3 due", "2025-02-10"),
        ("AI-2025-001-4 due", "2025-06-30"),
        ("AI-2025-001-11 accepted until", "2025-12-31"),
    ]
    assert all(one.decoded("dtend") - one.decoded("dtstart") == dt.timedelta(days=1) for one in events)
    assert "Waived until 2025-02-14: The part comes" in str(events[0]["description"])


def test_the_names_of_events_are_stable_and_their_lines_short(inc: Inc, team: Path) -> None:
    def names(**_: object) -> list[str]:
        return [str(one["uid"]) for one in Calendar.from_ical(inc("actions", "calendar", root=team).out).walk("VEVENT")]

    before = names()
    assert len(set(before)) == len(before)
    path = team / "postmortems/2025/INC-2025-001.md"
    path.write_text(path.read_text().replace("2025-06-30", "2025-07-31"))
    assert sorted(names()) == sorted(before), "an item whose day moves is the same event"
    raw = inc("actions", "calendar", "--output", str(team / "a.ics"), root=team)
    assert raw.status == 0
    assert max(map(len, (team / "a.ics").read_bytes().split(b"\r\n"))) <= 75
