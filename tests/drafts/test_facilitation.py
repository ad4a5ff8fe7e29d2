"""The guide to a post-mortem meeting: who comes, what to ask, what to prepare, in words that blame nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from incidentbook import repository
from incidentbook.drafts import facilitation, interviews
from incidentbook.prose import check
from incidentbook.records.postmortem import Postmortem
from incidentbook.repository import Repository
from kb import ROOT, Plain, at, incident, record, repo

NOW = at("2025-01-10 12:00")
HOUR = dt.timedelta(hours=1)
TEAMS = {name: {"name": name.upper()} for name in ("sre", "dba", "web", "qa")}
POLICY: dict[str, Plain] = {
    "knowledge_base": {"name": "Test", "default_disclosure": "internal", "teams": TEAMS},
    "services": {"services": {"api": {"name": "API", "team": "web"}}},
    "factors": {"factors": {"gap": {"name": "Monitoring gap"}}},
}


def entry(time: str, text: str, **more: object) -> Plain:
    return {"id": f"t{time}", "at": f"2025-01-10T{time}:00Z", "kind": "note", "text": text} | more


def role(name: str, holder: str, start: str, end: str) -> Plain:
    times = {"from": f"2025-01-10T{start}:00Z", "to": f"2025-01-10T{end}:00Z"}
    return {"id": f"r{start}{holder}", "role": name, "holder": holder, **times}


def eventful(**more: object) -> Plain:
    """An incident from 00:00 to 01:00 with a late detection, a handoff, a change of severity, a quiet time and a wrong guess."""
    begun = incident(1)
    times = begun["milestones"] | {"detected": "2025-01-10T00:04:00Z"}
    return begun | {
        "milestones": times,
        "roles": [
            role("incident-commander", "sre", "00:05", "00:30"),
            role("incident-commander", "dba", "00:30", "01:00"),
        ],
        "severity_history": [
            {"id": "s1", "to": "sev3", "at": "2025-01-10T00:05:00Z"},
            {"id": "s2", "to": "sev2", "at": "2025-01-10T00:07:00Z", "reason": "All logins fail"},
        ],
        "timeline": [entry(f"00:{minute:02}", f"Step {minute}") for minute in (5, 8, 10, 12, 40, 45, 50, 55)],
        "investigation": {"hypotheses": [{"id": "h1", "text": "It is the new release", "status": "rejected"}]},
        **more,
    }


def house(*incidents: Plain, postmortems: list[Plain] | None = None) -> Repository:
    return repo(*(incidents or (eventful(),)), postmortems=postmortems or [], **POLICY)


def guide(base: Repository, item: Postmortem | None = None, path: str = "") -> str:
    return facilitation.guide(base, item or Postmortem(incidents=("INC-2025-001",)), path, HOUR, NOW)


def test_who_held_a_role_comes_and_so_does_who_owns_what_was_hit() -> None:
    said = guide(house())
    assert "- **SRE:** incident commander (00:05:00 to 00:30:00)\n" in said
    assert "- **DBA:** incident commander (00:30:00 to 01:00:00)\n" in said
    assert "- **WEB:** owns what was hit and held no role: API\n" in said


def test_no_commander_facilitates() -> None:
    named = "- **Facilitator to be found:** not DBA, SRE, which commanded the incident. Held no role in it: WEB, QA\n"
    assert named in guide(house())
    assert named in guide(house(), Postmortem(incidents=("INC-2025-001",), facilitator="sre"))
    assert "- **QA:** facilitates\n" in guide(house(), Postmortem(incidents=("INC-2025-001",), facilitator="qa"))


@pytest.mark.parametrize(
    "question",
    [
        "- It went on for 4 minutes before it was noticed. What could be seen in that time",
        "- Between 00:12:00 and 00:30:00 nothing is recorded (18 minutes; before it: Step 12). What was going on",
        "- At 00:30:00 the incident commander passed from SRE to DBA. What was handed over",
        "- At 00:07:00 SEV-3 became SEV-2 (All logins fail). What made SEV-3 the sensible level until then",
        "- “It is the new release” was thought of, and turned out not to be so. What pointed to it at the time",
        "- Monitoring gap: Nobody looked. How did it show on that day?",
    ],
)
def test_what_the_record_leaves_open_or_where_it_turned_is_asked(question: str) -> None:
    review = {
        "incidents": ["INC-2025-001"],
        "causes": {"nodes": [{"id": "a", "factor": "gap", "text": "Nobody looked."}]},
    }
    base = house(postmortems=[review])
    assert question in guide(base, base.postmortem_of("INC-2025-001"), "postmortems/2025/INC-2025-001.md")


def test_an_even_rhythm_is_no_gap() -> None:
    steady = [entry(f"00:{minute:02}", "Update") for minute in (15, 30, 45)]
    assert interviews.gaps(record(**incident(1, timeline=steady))) == []
    quiet = [entry(f"00:{minute:02}", "Update") for minute in (2, 4, 6, 8, 50)]
    assert [gap.seconds for gap in interviews.gaps(record(**incident(1, timeline=quiet)))] == [42 * 60]


def test_nothing_in_it_blames_anybody() -> None:
    whole = repository.load(ROOT)
    for kept in whole.postmortems[-6:]:
        assert kept.record is not None
        said = facilitation.guide(whole, kept.record, kept.path, HOUR, NOW)
        answered = said.replace('"They should have …"', "")  # what a facilitator answers to
        assert [flag.text for flag in check.flags(answered)] == []
        assert "why did you" not in said.lower()


def test_what_its_readers_may_not_see_is_not_in_it() -> None:
    secret = {"timeline": [entry("00:20", "zq seen", disclosure="restricted")], "summary": "zq", "title": "A zq"}
    base = house(eventful(**secret, field_disclosure={"title": "restricted", "summary": "restricted"}))
    assert "zq" not in guide(base)


def test_text_of_a_record_is_no_markup() -> None:
    hostile = eventful(title="<script> [x](y) {{ 7*7 }} *b*")
    said = guide(house(hostile))
    assert "\\<script\\>" in said
    assert "\\[x\\](y)" in said


def test_several_incidents_are_told_apart() -> None:
    said = guide(house(eventful(), incident(2)), Postmortem(incidents=("INC-2025-001", "INC-2025-002")))
    assert "- **Incident:** INC-2025-002: Incident 2\n" in said
    assert "**INC-2025-001**\n\n- It went on" in said


def test_the_time_of_the_meeting_is_that_of_the_agenda_unless_the_day_was_changed_by_hand() -> None:
    review = {
        "incidents": ["INC-2025-001"],
        "scheduled": "2025-01-11",
        "meeting": {"at": "2025-01-11T10:00:00Z", "duration": "60m"},
    }
    base = house(postmortems=[review])
    said = guide(base, base.postmortem_of("INC-2025-001"), "p")
    assert "- **When:** 2025-01-11 10:00 UTC, 60 minutes\n" in said
    assert "| 10:00 to 10:05 (5 min) | **Open.**" in said
    base = house(postmortems=[review | {"scheduled": "2025-01-12"}])
    said = guide(base, base.postmortem_of("INC-2025-001"), "p")
    assert "- **When:** 2025-01-12, at a time still to be agreed, 60 minutes\n" in said
