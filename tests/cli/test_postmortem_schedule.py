"""`inc postmortem schedule`: one command for the day, the communication log and the invitation, and its way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from incidentbook import source
from kb import ROOT, Inc, Plain, incident, write

REVIEW, RECORD = "postmortems/2025/INC-2025-001.md", "incidents/2025/INC-2025-001.yml"
SEVERITIES = (ROOT / "policy/severities.yml").read_text(encoding="utf-8")
CHANNELS = {"channels": {"email": {"name": "E-mail", "audience": ["executives"]}}}
BY = "2025-01-12 01:00:00 UTC (2 d after INC-2025-001 was resolved)"
TEXT = "---\nincidents: [INC-2025-001]\nstatus: draft  # soon\nscheduled: 2025-01-11\n---\n\nWritten by people.\n"


def files(**more: object) -> dict[str, object]:
    house = {"name": "Test", "as_of": "2025-01-10T12:00:00Z", "default_disclosure": "internal"}
    return {
        "policy/knowledge-base.yml": house,
        "policy/severities.yml": SEVERITIES,
        "policy/communications.yml": CHANNELS,
        RECORD: incident(1, **more),
        REVIEW: TEXT,
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "kb", files())


def log(root: Path, path: str = RECORD) -> list[Plain]:
    found: list[Plain] = source.load((root / path).read_text(encoding="utf-8")).value.get("communications", [])
    return found


def event(path: Path) -> Plain:
    (found,) = Calendar.from_ical(path.read_text(encoding="utf-8")).walk("VEVENT")
    return {"uid": str(found["uid"]), "sequence": found["sequence"], "start": found.decoded("dtstart").isoformat()}


def call(inc: Inc, root: Path, when: str = "2025-01-11 10:00", *more: str) -> str:
    said = inc("postmortem", "schedule", "inc-2025-001", "--at", when, *more, root=root)
    assert said.status == 0, said.err
    return said.out + said.err


def found(inc: Inc, root: Path) -> set[tuple[str, str]]:
    """What the check finds, by rule and file."""
    return {(one["code"], one["path"]) for one in json.loads(inc("check", "--json", root=root).out)["findings"]}


def test_it_is_written_where_it_belongs_and_the_rest_stays(inc: Inc, root: Path) -> None:
    before = found(inc, root)
    assert call(inc, root) == (
        "INC-2025-001 (postmortems/2025/INC-2025-001.md)\n"
        "  meeting: 2025-01-11T10:00:00Z, 60m\n"
        "  told responders: Post-mortem of INC-2025-001 scheduled for 2025-01-11, 10:00 to 11:00 UTC\n"
    )
    text = (root / REVIEW).read_text(encoding="utf-8")
    meeting = "meeting:\n  at: 2025-01-11T10:00:00Z\n  duration: 60m\n  sequence: 0\n"
    assert text == TEXT.replace("2025-01-11\n", f"2025-01-11\n{meeting}")
    (entry,) = log(root)
    assert (entry["at"], entry["audience"], entry["phase"]) == ("2025-01-10T12:00:00Z", "responders", "update")
    assert entry["disclosure"] == "restricted", "responders may know more than readers of the record"
    assert found(inc, root) == before


def test_an_invitation_that_is_moved_is_the_same_event_in_its_next_form(inc: Inc, root: Path, tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.ics" for name in ("first", "second", "third"))
    call(inc, root, "2025-01-11 10:00", "--output", str(first))
    assert "moved to 2025-01-11, 14:00 to 15:30 UTC" in call(
        inc, root, "2025-01-11 14:00", "--duration", "90m", "--output", str(second)
    )
    said = inc("postmortem", "schedule", "INC-2025-001", "--output", str(third), root=root)
    assert "it is scheduled so already; nothing was written" in said.out
    assert event(first) | {"sequence": 1, "start": "2025-01-11T14:00:00+00:00"} == event(second) == event(third)
    assert len(log(root)) == 2


def test_who_was_told_and_how(inc: Inc, root: Path) -> None:
    call(inc, root, "2025-01-11 10:00", "--tell", "stakeholders", "--tell", "executives", "--channel", "email")
    (entry,) = log(root)
    assert (entry["audience"], entry["channel"]) == ("executives", "email")
    said = inc("postmortem", "schedule", "INC-2025-001", "--at", "+3h", "--channel", "email", root=root)
    assert (said.status, len(log(root))) == (2, 1)
    assert "email reaches executives, and not responders" in said.err


def test_of_a_restricted_incident_only_those_who_may_know_are_told(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path / "kb", files(disclosure="restricted"))
    said = inc("postmortem", "schedule", "INC-2025-001", "--at", "+3h", "--tell", "executives", root=root)
    assert said.status != 0
    assert "restricted" in said.err
    assert (root / REVIEW).read_text(encoding="utf-8") == TEXT
    call(inc, root, "+3h")


def test_undo_takes_both_files_back(inc: Inc, root: Path) -> None:
    before = [(root / path).read_bytes() for path in (REVIEW, RECORD)]
    call(inc, root)
    assert inc("undo", root=root).status == 0
    assert [(root / path).read_bytes() for path in (REVIEW, RECORD)] == before


def test_a_dry_run_shows_the_change_and_writes_nothing(inc: Inc, root: Path, tmp_path: Path) -> None:
    before = [(root / path).read_bytes() for path in (REVIEW, RECORD)]
    said = call(inc, root, "2025-01-11 10:00", "--dry-run", "--output", str(tmp_path / "invite.ics"))
    assert "+  at: 2025-01-11T10:00:00Z\n" in said
    assert "+++ b/incidents/2025/INC-2025-001.yml\n" in said
    assert [(root / path).read_bytes() for path in (REVIEW, RECORD)] == before
    assert not (tmp_path / "invite.ics").exists()


@pytest.mark.parametrize(
    ("when", "warning"),
    [
        ("2025-01-12 01:00", ""),
        ("2025-01-12 02:00", f"policy wants it by {BY}; that is 1 h later"),
        ("2025-01-10 10:00", "10:00:00 UTC lies in the past"),
    ],
)
def test_too_late_and_over_are_warned_of(inc: Inc, root: Path, when: str, warning: str) -> None:
    said = inc("postmortem", "schedule", "INC-2025-001", "--at", when, root=root)
    assert said.status == 0
    assert said.err == (f"warning: {warning}\n" if warning else "")


def test_an_incident_that_goes_on_is_warned_of(inc: Inc, tmp_path: Path) -> None:
    root = write(
        tmp_path / "kb",
        files(status="mitigated", milestones={"started": "2025-01-10T00:00:00Z"}, disclosure="internal"),
    )
    assert "INC-2025-001 is not resolved yet" in call(inc, root)


def test_for_a_program(inc: Inc, root: Path) -> None:
    said = json.loads(call(inc, root, "2025-01-12 02:00", "--json").partition("\nwarning")[0])
    assert (said["at"], said["until"], said["due"], said["late"]) == (
        "2025-01-12T02:00:00Z", "2025-01-12T03:00:00Z", "2025-01-12T01:00:00Z", True,
    )  # fmt: skip
    assert [entry["audience"] for entry in said["told"]] == ["responders"]


def test_one_post_mortem_for_two_incidents_is_told_in_both_logs(inc: Inc, root: Path) -> None:
    other = "incidents/2025/INC-2025-002.yml"
    write(root, files() | {other: incident(2), REVIEW: TEXT.replace("001]", "001, INC-2025-002]")})
    call(inc, root)
    assert [log(root, path)[0]["text"].partition(" scheduled")[0] for path in (RECORD, other)] == [
        "Post-mortem of INC-2025-001",
        "Post-mortem of INC-2025-002",
    ]


def test_without_a_post_mortem_it_says_how_to_begin_one(inc: Inc, root: Path) -> None:
    (root / REVIEW).unlink()
    said = inc("postmortem", "schedule", "INC-2025-001", "--at", "+3h", root=root)
    assert (said.status, log(root)) == (2, [])
    assert "inc postmortem new INC-2025-001 --write" in said.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "Say when it begins: --at TIME."),
        (("--at", "soon"), "'soon' is no time"),
        (("--at", "+3h", "--duration", "9h"), "at most 8h"),
        (("--at", "+3h", "--output", "invite.txt"), "its name ends in .ics"),
    ],
)
def test_what_makes_no_sense_is_refused(inc: Inc, root: Path, options: tuple[str, ...], told: str) -> None:
    said = inc("postmortem", "schedule", "INC-2025-001", *options, root=root)
    assert (said.status, log(root)) == (2, [])
    assert told in said.err


def test_where_the_invitation_cannot_be_written_nothing_is(inc: Inc, root: Path, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone" / "invite.ics")
    assert inc("postmortem", "schedule", "INC-2025-001", "--at", "+3h", "--output", gone, root=root).status == 2
    assert (root / REVIEW).read_text(encoding="utf-8") == TEXT


def test_the_time_stands_on_the_page_of_the_post_mortem(inc: Inc, root: Path, tmp_path: Path) -> None:
    call(inc, root)
    out = tmp_path / "site"
    assert inc("site", "build", "--audience", "internal", "--output", str(out), root=root).status == 0
    pages = "".join(path.read_text(encoding="utf-8") for path in (out / "postmortems").rglob("*.html"))
    assert "2025-01-11 10:00 UTC" in pages
