"""The drawn timeline: what it shows of odd records, that no word lies over another, and that it is small and quick."""

from __future__ import annotations

import datetime as dt
import random
import re
import time
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise
from typing import Any

import pytest

import kb
from incidentbook import repository
from incidentbook.records.incident import Incident
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.site.drawing import scene
from incidentbook.site.drawing.layout import WIDTH, Layout, arranged, letters
from incidentbook.site.drawing.picture import timeline

NOW = kb.at("2025-01-15 06:00")
KNOWS = KnowledgeBase()


def record(**more: Any) -> Incident:
    """Return an incident with only what ``more`` gives."""
    return kb.record(**({"id": "INC-2025-001", "title": "T"} | more))


def entry(at: str, text: str = "x") -> dict[str, Any]:
    return {"id": f"e-{at}", "at": at, "text": text}


def laid(incident: Incident, now: dt.datetime = NOW) -> Layout:
    found = scene.of(incident, now)
    assert found is not None
    return arranged(found, KNOWS)


def drawn(incident: Incident, now: dt.datetime = NOW) -> ET.Element:
    """Return the picture, which has to be well-formed by itself."""
    return ET.fromstring(timeline(incident, KNOWS, now))  # noqa: S314 - it is ours


def words(incident: Incident, now: dt.datetime = NOW) -> list[str]:
    return [word.text for word in laid(incident, now).words]


def overlapping(made: Layout) -> list[tuple[str, str]]:
    """Return pairs of words of which one lies over the other; letters are about nine high."""
    found = letters(made.words)
    return [
        (one[3], other[3])
        for one, other in combinations(found, 2)
        if abs(one[2] - other[2]) < 8 and one[0] < other[1] - 0.5 and other[0] < one[1] - 0.5
    ]


MILESTONES = {
    "started": "2025-01-10T00:00:00Z", "detected": "2025-01-10T00:01:00Z", "declared": "2025-01-10T00:01:30Z",
    "acknowledged": "2025-01-10T00:02:00Z", "identified": "2025-01-10T00:02:30Z", "mitigated": "2025-01-10T05:58:00Z",
    "resolved": "2025-01-10T06:00:00Z", "closed": "2025-02-20T06:00:00Z",
}  # fmt: skip
ODD: dict[str, tuple[dict[str, Any], dt.datetime]] = {
    "one instant": ({"status": "resolved", "milestones": {"started": "2025-01-10T00:00:00Z"}}, NOW),
    "open": ({"status": "investigating", "milestones": {"started": "2025-01-15T03:00:00Z"}}, NOW),
    "all milestones": ({"status": "closed", "milestones": MILESTONES}, NOW),
    "all milestones at once": ({"status": "closed", "milestones": dict.fromkeys(MILESTONES, "2025-01-10T00:00:00Z")}, NOW),
    "years long": (
        {"status": "resolved", "milestones": {"started": "2019-01-10T00:00:00Z", "resolved": "2024-06-10T00:00:00Z"}},
        NOW,
    ),
    "from the first year to the last": (
        {"status": "resolved", "milestones": {"started": "0002-01-01T00:00:00Z", "resolved": "9998-12-31T00:00:00Z"}},
        NOW,
    ),
    "ends before it starts": (
        {"status": "resolved", "milestones": {"started": "2025-01-10T05:00:00Z", "resolved": "2025-01-10T00:00:00Z"}},
        NOW,
    ),
    "unresolved import": (
        {
            "status": "monitoring", "milestones": {"started": "2025-01-10T00:00:00Z"},
            "provenance": {"source": "statuspage", "last_seen": "2025-01-10T02:00:00Z"},
        },
        NOW,
    ),
    "no milestones": ({"timeline": [entry("2025-01-10T00:00:00Z"), entry("2025-01-10T04:00:00Z")]}, NOW),
    "before the start": (
        {
            "status": "resolved",
            "milestones": {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T01:00:00Z"},
            "timeline": [entry("2024-12-01T00:00:00Z"), entry("2025-01-09T23:50:00Z"), entry("2025-03-01T00:00:00Z")],
        },
        NOW,
    ),
    "phases over each other": (
        {
            "status": "resolved",
            "milestones": {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T06:00:00Z"},
            "impact": {
                "phases": [
                    kb.phase(f"2025-01-10T0{hour}:00:00Z", "2025-01-10T05:00:00Z", level)
                    for hour, level in enumerate(("outage", "partial", "degraded", "partial", "outage"))
                ]
            },
        },
        NOW,
    ),
    "hand-overs": (
        {
            "status": "resolved",
            "milestones": {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T06:00:00Z"},
            "roles": [
                {
                    "id": f"r{n}", "role": "incident-commander", "holder": f"a-team-with-a-long-name-{n}",
                    "from": f"2025-01-10T0{n}:00:00Z", "to": f"2025-01-10T0{n + 1}:00:00Z",
                }
                for n in range(6)
            ],
        },
        NOW,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_odd_records_are_drawn_within_the_picture_and_no_word_lies_over_another(case: str) -> None:
    plain, now = ODD[case]
    made = laid(record(**plain), now)
    assert overlapping(made) == []
    for left, right, y, text in letters(made.words):
        assert left >= -0.5, text
        assert right <= WIDTH + 4, text
        assert 0 < y <= made.height, text
    assert drawn(record(**plain), now).tag == "svg"


def test_chance_puts_no_word_over_another() -> None:
    dice = random.Random(7)  # noqa: S311 - the same records in every run
    start = kb.at("2025-01-10 00:00")

    def some(most: int) -> str:
        return kb.z(start + dt.timedelta(seconds=dice.choice((60, 3600, 86_400, 9_000_000)) * dice.random() * most))

    for _ in range(300):
        plain: dict[str, Any] = {
            "status": dice.choice(("resolved", "investigating", "closed")),
            "milestones": {name: some(3) for name in MILESTONES if dice.random() < 0.7},
            "timeline": [entry(some(4)) for _ in range(dice.randrange(40))],
            "communications": [
                {"id": f"c{n}", "at": some(4), "audience": dice.choice(("public", "executives"))}
                for n in range(dice.randrange(20))
            ],
            "impact": {
                "phases": [
                    kb.phase(some(2), some(4), dice.choice(("outage", "partial", "degraded")))
                    for _ in range(dice.randrange(5))
                ]
            },
        }
        incident = record(**plain)
        if scene.of(incident, NOW) is not None:
            assert overlapping(laid(incident)) == [], plain


def test_nothing_with_a_time_draws_nothing() -> None:
    assert timeline(record(status="resolved"), KNOWS, NOW) == ""


def test_a_record_without_phases_shows_how_long_it_lasted() -> None:
    shown = words(kb.record(**kb.incident()))
    assert "Duration" in shown
    assert "1 h" in shown


def test_of_a_record_that_ends_before_it_starts_no_length_is_told() -> None:
    assert "Duration" not in words(record(**ODD["ends before it starts"][0]))


def test_a_name_that_has_no_room_in_its_stretch_is_cut() -> None:
    said = words(record(**ODD["hand-overs"][0]))
    assert sum(text.startswith("a-team") and text.endswith("…") for text in said) == 6


def test_levels_of_impact_differ_in_height_and_are_named() -> None:
    made = laid(record(**ODD["phases over each other"][0]))
    heights = {shape.kind: shape.height for shape in made.shapes}
    assert heights["o"] > heights["p"] > heights["d"]
    said = [word.text for word in made.words]
    assert {"Outage 5 h", "Partial 4 h", "Degraded 3 h"} <= set(said)


def test_an_open_incident_ends_at_now_and_says_so() -> None:
    made = laid(record(**ODD["open"][0]))
    said = [word.text for word in made.words]
    assert "now" in said
    assert "3 h so far" in said
    assert made.until == pytest.approx(max(shape.x + shape.width for shape in made.shapes))


def test_of_an_unresolved_import_nothing_is_drawn_after_it_was_last_seen() -> None:
    assert "last seen" in words(record(**ODD["unresolved import"][0]))
    assert "2 h so far" in words(record(**ODD["unresolved import"][0]))


def test_paperwork_weeks_later_does_not_press_the_incident_together() -> None:
    said = words(record(**ODD["all milestones"][0]))
    assert "Closed" not in said
    assert "06:00" in said
    assert "closed" in timeline(record(**ODD["all milestones"][0]), KNOWS, NOW).partition("</desc>")[0]


def test_what_is_far_from_the_incident_is_counted_at_the_edge() -> None:
    said = words(record(**ODD["before the start"][0]))
    assert "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK} 1" in said
    assert "1 \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}" in said


def test_milestones_at_one_time_share_a_name() -> None:
    said = words(record(status="closed", milestones=dict.fromkeys(MILESTONES, "2025-01-10T00:00:00Z")))
    assert "Started, detected, declared, acknowledged, identified" in said
    assert "Mitigated, resolved, closed" in said


def test_uncertain_times_are_marked_and_their_range_is_drawn() -> None:
    uncertain = {"at": "2025-01-10T02:00:00Z", "earliest": "2025-01-10T01:30:00Z", "latest": "2025-01-10T02:30:00Z"}
    made = laid(record(status="resolved", milestones={
        "started": "2025-01-10T00:00:00Z", "detected": uncertain, "resolved": "2025-01-10T04:00:00Z",
    }))  # fmt: skip
    assert "~detected" in [word.text for word in made.words]
    ((left, right, _),) = made.ranges
    assert left < next(x for x, _, _ in made.guides if left < x < right) < right


def test_three_hundred_entries_are_bundled_and_none_is_lost() -> None:
    begin = kb.at("2025-01-10 00:00")
    entries = [entry(kb.z(begin + dt.timedelta(seconds=72 * n))) for n in range(300)]
    made = laid(record(status="resolved", timeline=entries, milestones={
        "started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T06:00:00Z",
    }))  # fmt: skip
    (row,) = made.rows
    assert sum(int(text) for _, text in row.marks.counts) + len(row.marks.single) == 300
    pills = sorted(row.marks.pills)
    assert all(left + width <= following for (left, width), (following, _) in pairwise(pills))


def test_it_has_a_text_alternative() -> None:
    picture = drawn(record(**ODD["all milestones"][0]))
    named = picture.attrib["aria-labelledby"].split()
    assert picture.attrib["role"] == "img"
    texts = {child.attrib["id"]: child.text or "" for child in picture if child.tag in ("title", "desc")}
    assert list(texts) == named
    assert "Started 00:00" in texts["tl-d"].replace("2025-01-10 ", "")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati"])
def test_ticks_stand_at_round_times_of_the_zone_also_when_clocks_change(zone: str) -> None:
    knows = KnowledgeBase(time_zone=zone)
    found = scene.of(
        record(status="resolved", milestones={"started": "2025-03-29T18:00:00Z", "resolved": "2025-03-30T06:00:00Z"}),
        NOW,
    )
    assert found is not None
    said = [word.text for word in arranged(found, knows).words]
    times = [text for text in said if re.search(r"\d\d:\d\d$", text)]
    assert len(times) >= 4
    assert all(text.endswith((":00", ":30")) for text in times)


def test_text_of_a_record_is_only_text() -> None:
    attack = "</text><script>alert(1)</script>{{ 7*7 }}\"'>"
    picture = timeline(
        record(id=attack, status="investigating", milestones={"started": "2025-01-15T03:00:00Z"},
               roles=[{"id": "r1", "role": attack, "holder": "h", "from": "2025-01-15T03:00:00Z"}]), KNOWS, NOW
    )  # fmt: skip
    assert "<script" not in picture
    assert "49" not in picture
    assert ET.fromstring(picture) is not None  # noqa: S314 - it is ours


def test_the_pictures_of_the_example_are_small_and_quick() -> None:
    repo = repository.load(kb.ROOT)
    incidents = [found.record for found in repo.incidents if found.record]
    pictures = [timeline(item, repo.knowledge_base, NOW) for item in incidents]
    assert sum(map(len, pictures)) / len(pictures) < 3000
    assert all("style=" not in picture and "\n" not in picture for picture in pictures)
    best = min(_seconds(incidents, repo.knowledge_base) for _ in range(5))
    assert best / len(incidents) < 0.01  # a guard against a template compiled anew; measured: under a millisecond


def _seconds(incidents: list[Incident], knows: KnowledgeBase) -> float:
    start = time.process_time()
    for item in incidents:
        timeline(item, knows, NOW)
    return time.process_time() - start
