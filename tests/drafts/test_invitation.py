"""The invitation to a post-mortem: iCalendar that keeps its name, says no more than its readers may know, and folds its lines."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from incidentbook.drafts import invitation
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.postmortem import Meeting, Postmortem
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import Disclosure
from kb import at, incident, record

HOUSE = KnowledgeBase(name="Test", time_zone="Europe/Berlin")
STAMP = at("2025-01-15 06:00")


def made(sequence: int = 0, level: Disclosure = Disclosure.INTERNAL, title: str = "Nobody could log in") -> Event:
    meeting = Meeting(Moment.of(at("2025-01-16T11:00:00+01:00")), "90m", sequence)
    review = Postmortem(incidents=("INC-2025-001",), meeting=meeting)
    covered = [record(**incident(1, title=title))]
    text = invitation.text(invitation.event(HOUSE, review, covered, level, STAMP, "https://meet.example/x"))
    calendar = Calendar.from_ical(text)
    assert calendar["method"] == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, Event)
    return event


def test_it_says_when_where_and_what() -> None:
    event = made()
    assert event.decoded("dtstart") == at("2025-01-16 10:00")
    assert event.decoded("dtend") - event.decoded("dtstart") == dt.timedelta(minutes=90)
    assert event.decoded("dtstamp") == STAMP
    assert (event["summary"], event["location"]) == (
        "Post-mortem INC-2025-001: Nobody could log in",
        "https://meet.example/x",
    )
    assert (event["status"], event["transp"], event["class"]) == ("CONFIRMED", "OPAQUE", "PRIVATE")


def test_one_that_is_moved_keeps_its_name() -> None:
    first, second = made(), made(1)
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)


def test_of_a_restricted_one_the_title_is_kept_back() -> None:
    event = made(level=Disclosure.RESTRICTED)
    assert (event["summary"], event["class"]) == ("Post-mortem INC-2025-001", "CONFIDENTIAL")
    assert "log in" not in event.to_ical().decode()


def test_long_and_awkward_titles_are_folded_and_escaped() -> None:
    title = "Wörter, die; lang\\ sind \r\nBEGIN:VALARM " * 8
    assert made(title=title)["summary"].startswith("Post-mortem INC-2025-001: Wörter, die; lang\\ sind")
    review = Postmortem(incidents=("INC-2025-001",), title=title)
    text = invitation.text(invitation.event(HOUSE, review, [], Disclosure.PUBLIC, STAMP))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\nBEGIN:VALARM" not in text.replace("\r\n ", "")
