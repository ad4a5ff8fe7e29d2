"""Feeds and calendars: valid, named for ever, stamped by what records say, and narrowed as the pages are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

import kb
from incidentbook import site
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import feeds
from incidentbook.site.addresses import Addresses
from incidentbook.site.feeds import _atom

NOW = kb.at("2025-02-01 12:00")
ATOM = "{http://www.w3.org/2005/Atom}"
URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def update(name: str, at: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "at": at, "audience": "public", "channel": "status-page", "text": f"Text {name}"} | more


def made(
    *incidents: dict[str, Any], level: str = "public", addresses: Addresses | None = None, **more: Any
) -> dict[str, str]:
    """Return all feeds of a knowledge base in memory by their names."""
    house = {"name": "Base & <co>", "default_disclosure": "public", "time_zone": "UTC"}
    shown = site.prepare(kb.repo(*incidents, knowledge_base=house, **more), NOW, Disclosure(level))
    return {item.path.split("/")[1]: item.text for item in feeds.render(shown, addresses or Addresses())}


def entries(text: str) -> list[Any]:
    return ET.fromstring(text).findall(f"{ATOM}entry")  # noqa: S314 - our own


def said(node: Any, name: str) -> str:
    return str(node.findtext(f"{ATOM}{name}"))


def valid(text: str) -> None:
    """Hold a feed against RFC 4287, sections 4.1.1 and 4.1.2: what has to be there, once, and unambiguous."""
    feed = ET.fromstring(text)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    found = feed.findall(f"{ATOM}entry")
    for node in (feed, *found):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{name}")) == 1
        assert URN.fullmatch(said(node, "id"))
        assert dt.datetime.fromisoformat(said(node, "updated")).tzinfo
        assert sum(link.get("rel") == "alternate" for link in node.findall(f"{ATOM}link")) == 1
    assert said(feed, f"author/{ATOM}name")
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    keys = [(said(node, "id")) for node in found]
    assert len(set(keys)) == len(keys)
    times = [said(node, "updated") for node in found]
    assert times == sorted(times, reverse=True)
    assert not times or said(feed, "updated") == times[0]


def test_every_feed_is_valid(pages: Callable[[str], Any]) -> None:
    del pages
    several = [kb.incident(number, f"2025-01-{number:02}T00:00:00Z") for number in range(1, 5)]
    several[0] |= {"communications": [update("c1", "2025-01-01T00:10:00Z"), update("c2", "2025-01-01T00:20:00Z")]}
    several[1]["title"] = 'A "<script>" & \x00 \x0b \ufffe title'
    review = {"incidents": ["INC-2025-001"], "status": "published", "held": "2025-01-03", "summary": "<b>x</b> & y"}
    for name, text in made(*several, postmortems=[review]).items():
        if name.endswith(".xml"):
            valid(text)
            assert entries(text)
    for name, text in made().items():
        if name.endswith(".xml"):
            valid(text)
        else:
            assert Calendar.from_ical(text).walk("VEVENT") == []


def test_an_entry_changes_with_the_incident_and_keeps_its_name() -> None:
    before = entries(made(kb.incident(1))["incidents.xml"])[0]
    later = kb.incident(1, title="Another title", summary="Said anew")
    later["timeline"] = [{"id": "t1", "at": "2025-01-20T08:00:00Z", "text": "A finding"}]
    after = entries(made(later)["incidents.xml"])[0]
    assert said(before, "id") == said(after, "id")
    assert (said(before, "updated"), said(after, "updated")) == ("2025-01-10T01:00:00Z", "2025-01-20T08:00:00Z")
    assert said(after, "published") == "2025-01-10T00:00:00Z"


def test_what_is_hidden_or_still_to_come_moves_no_stamp() -> None:
    timeline = [
        {"id": "t1", "at": "2025-01-20T08:00:00Z", "text": "x", "disclosure": "internal"},
        {"id": "t2", "at": "2025-03-20T08:00:00Z", "text": "a plan"},
    ]
    stamps = {
        level: said(entries(made(kb.incident(1, timeline=timeline), level=level)["incidents.xml"])[0], "updated")
        for level in ("public", "internal")
    }
    assert stamps == {"public": "2025-01-10T01:00:00Z", "internal": "2025-01-20T08:00:00Z"}


def test_content_runs_nothing() -> None:
    hostile = kb.incident(1, title="<img src=x onerror=alert(1)>", summary="<p>one</p><script>alert(1)</script> two")
    entry = entries(made(hostile)["incidents.xml"])[0]
    content = said(entry, "content")
    assert "<script" not in content
    assert "alert" not in content
    assert "one" in content
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert said(entry, "title") == "INC-2025-001 <img src=x onerror=alert(1)>", (
        "plain text, which a reader shows as it is"
    )


def test_addresses_are_whole_where_the_sites_is_known() -> None:
    def links(addresses: Addresses) -> list[str]:
        feed = ET.fromstring(made(kb.incident(1), addresses=addresses)["incidents.xml"])  # noqa: S314 - our own
        return [str(link.get("href")) for link in feed.iter(f"{ATOM}link")]

    assert links(Addresses()) == ["incidents.xml", "../incidents/", "../incidents/INC-2025-001/"]
    assert links(Addresses(folders=False))[1:] == ["../incidents/index.html", "../incidents/INC-2025-001.html"]
    assert links(Addresses("https://kb.example/sub/"))[2] == "https://kb.example/sub/incidents/INC-2025-001/"


def test_only_the_newest_are_in_it_and_it_says_so() -> None:
    many = [kb.incident(number, f"2025-01-{number % 28 + 1:02}T{number % 24:02}:00:00Z") for number in range(1, 61)]
    text = made(*many)["incidents.xml"]
    assert len(entries(text)) == _atom.MOST == 50
    assert "<subtitle>The 50 incidents that changed last, of 60.</subtitle>" in text
    valid(text)


@pytest.mark.parametrize(
    ("level", "expected"),
    [("public", ["Text c3", "Text c1"]), ("internal", ["Text c4", "Text c3", "Text c2", "Text c1"])],
)
def test_status_holds_what_the_audience_was_told(level: str, expected: list[str]) -> None:
    communications = [
        update("c1", "2025-01-10T00:10:00Z"),
        update("c2", "2025-01-10T00:20:00Z", audience="responders"),
        update("c3", "2025-01-10T00:30:00Z", audience="customers"),
        update("c4", "2025-01-10T00:40:00Z", disclosure="internal"),
        update("c5", "2025-03-10T00:40:00Z"),
    ]
    drill = kb.incident(2, exercise=True, communications=[update("c6", "2025-01-10T00:10:00Z")])
    found = entries(made(kb.incident(1, communications=communications), drill, level=level)["status.xml"])
    assert [re.sub("<.*?>", "", said(entry, "content")) for entry in found] == expected


def test_skipped_post_mortems_teach_nobody() -> None:
    skipped = {"incidents": ["INC-2025-001"], "status": "skipped", "skip_reason": "a typo"}
    assert entries(made(kb.incident(1), postmortems=[skipped])["postmortems.xml"]) == []


def test_calendars_hold_what_is_to_come() -> None:
    item = {
        "id": "AI-2025-001-1",
        "title": "Mend, it; now",
        "owner": "sre",
        "due": "2025-03-01",
        "status": "in-progress",
    }
    review = {"incidents": ["INC-2025-001"], "status": "draft", "scheduled": "2025-02-05", "action_items": [item]}
    playbook = {
        "id": "availability/x", "title": "Fail over", "status": "active", "last_reviewed": "2025-01-01", "review_every": "90d"
    }  # fmt: skip
    drill = kb.incident(2, "2025-02-20T09:00:00Z", exercise=True, title="Rehearse")
    found = made(
        kb.incident(1), drill, postmortems=[review], playbooks=[playbook], addresses=Addresses("https://kb.example/")
    )

    def events(name: str) -> list[tuple[str, str]]:
        walked = Calendar.from_ical(found[name]).walk("VEVENT")
        return [(str(event["summary"]), str(event.decoded("dtstart"))) for event in walked]

    assert events("actions.ics") == [("AI-2025-001-1 due: Mend, it; now", "2025-03-01")]
    assert events("reviews.ics") == [
        ("Post-mortem INC-2025-001", "2025-02-05"), ("Review the playbook: Fail over", "2025-04-01")
    ]  # fmt: skip
    assert events("drills.ics") == [("Drill INC-2025-002: Rehearse", "2025-02-20 09:00:00+00:00")]
    assert "https://kb.example/incidents/INC-2025-002/" in found["drills.ics"].replace("\r\n ", "")


def test_calendars_are_stamped_by_the_records() -> None:
    item = {"id": "AI-2025-001-1", "title": "Mend", "owner": "sre", "due": "2025-03-01", "status": "in-progress"}
    review = {"incidents": ["INC-2025-001"], "status": "published", "held": "2025-01-15", "action_items": [item]}
    assert "DTSTAMP:20250115T000000Z" in made(kb.incident(1), postmortems=[review])["actions.ics"]
