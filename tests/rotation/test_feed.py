"""The feed, as calendars read it."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar

from incidentbook.records.build import build
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.policy.rotation import Holiday
from incidentbook.rotation.feed import Posted, feed
from kb import at
from rotation.rota import LISBON, found, override, policy

STAMP = at("2025-01-01 00:00")
NOTE = "Fährausfall; open, “late”\nand a line that is much longer than the seventy-five octets which RFC 5545 allows"
TEAMS = {"red": {"name": "Red, Inc.", "contact": "#red"}}
HOUSE = build(KnowledgeBase, {"name": "Test", "teams": TEAMS}) or KnowledgeBase()


def text(start: str = "2025-03-25 00:00", end: str = "2025-04-08 00:00") -> str:
    made = policy(
        [override("black", "2025-03-27T00:00", "2025-03-28T00:00", "Move")], handover=NOTE, start="2025-03-17T09:00:00Z"
    )
    posted = [Posted(made.rotations[0], shift) for shift in found(made, start, end, LISBON)]
    return feed(HOUSE, posted, [Holiday(dt.date(2025, 4, 1), "Day", "US")], STAMP)


def test_it_reads_back_as_it_was() -> None:
    events = Calendar.from_ical(text()).walk("VEVENT")
    assert [(str(one["summary"]), one.decoded("dtstart"), one.decoded("dtend")) for one in events] == [
        ("incident-commander: green", at("2025-03-24 09:00"), at("2025-03-27 00:00")),
        ("incident-commander: black", at("2025-03-27 00:00"), at("2025-03-28 00:00")),
        ("incident-commander: green", at("2025-03-28 00:00"), at("2025-03-31 08:00")),
        ("incident-commander: blue", at("2025-03-31 08:00"), at("2025-04-07 08:00")),
        ("incident-commander: Red, Inc.", at("2025-04-07 08:00"), at("2025-04-14 08:00")),
        ("Day (US)", dt.date(2025, 4, 1), dt.date(2025, 4, 2)),
    ]
    assert str(events[1]["description"]) == f"Override: Move\nHand-over: {NOTE}"
    assert str(events[4]["description"]) == f"Contact: #red\nHand-over: {NOTE}"
    assert {one.decoded("dtstamp") for one in events} == {STAMP}


def test_the_same_shift_has_the_same_name_whenever_it_is_asked_for() -> None:
    def names(start: str) -> dict[dt.datetime, str]:
        events = Calendar.from_ical(text(start)).walk("VEVENT")
        return {one.decoded("dtstart"): str(one["uid"]) for one in events}

    first, later = names("2025-03-25 00:00"), names("2025-04-02 12:34")
    assert len(set(first.values())) == len(first)
    assert later.items() <= first.items()
    assert text() == text()


def test_lines_are_folded_and_end_as_the_format_asks() -> None:
    lines = text().encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_nobody_is_no_event() -> None:
    made = policy(teams=[])
    posted = [Posted(made.rotations[0], shift) for shift in found(made, "2025-03-25 00:00", "2025-04-08 00:00")]
    assert "VEVENT" not in feed(HOUSE, posted, [], STAMP)
