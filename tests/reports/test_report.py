"""The report on one incident: which sections it has, and what each says of the facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from incidentbook import reports
from incidentbook.reports.text import render
from incidentbook.told import covered
from kb import Plain, at, incident, phase, repo

NOW = at("2025-02-01")
BASE = {"time_zone": "Europe/Berlin", "teams": {"sre": {"name": "Site Reliability"}}}


def told(plain: Plain, *postmortems: Plain, now: dt.datetime = NOW, **policy: Any) -> str:
    """Return the report on an incident as text."""
    made = repo(plain, postmortems=postmortems, **{"knowledge_base": BASE} | policy)
    (subject,) = made.all_incidents()
    return render(reports.build(reports.context(reports.share(made, now), subject)), 200)


def test_a_report_of_the_five_fields_of_the_first_minute() -> None:
    first = {"id": "INC-2025-001", "title": "API down", "severity": "sev1", "status": "declared"}
    text = told(first | {"milestones": {"started": "2025-01-31T23:50:00Z"}})
    assert "Incident ID: INC-2025-001\nSeverity: SEV-1\nStatus: declared\nStart Time: 2025-01-31T23:50:00Z\n" in text
    assert "Title: API down" in text
    assert "Duration" not in text.split("INCIDENT METRICS", maxsplit=1)[0]
    assert "POST-MORTEM" not in text


def test_sections_stand_in_the_order_of_the_specification() -> None:
    titles = [module.__name__.rsplit(".", 1)[1] for module in reports.registry()]
    assert titles == [
        "header", "summary", "severity", "timeline", "investigation", "impact", "communications", "roles", "remediation",
        "postmortem", "action_items", "incident_metrics", "improvements", "recommendations", "maturity_assessment", "source_note",
    ]  # fmt: skip


def test_drills_and_near_misses_say_so() -> None:
    assert "Type: Availability Incident (drill)" in told(incident(exercise=True))
    assert "Type: Availability Incident (near miss)" in told(incident(near_miss=True))


def test_an_imported_record_is_unresolved_when_last_seen() -> None:
    seen = {"source": "statuspage", "id": "abc", "last_seen": "2025-01-20T00:00:00Z"}
    text = told(incident(status="investigating", provenance=seen))
    assert "Status: investigating (unresolved when last seen, 2025-01-20T00:00:00Z)" in text
    assert "Imported from: statuspage\nID there: abc" in text


def test_the_log_is_in_the_order_of_time_and_the_zone_of_the_knowledge_base() -> None:
    entries = [
        {"at": "2025-01-10T00:05:00Z", "text": "second"},
        {"at": {"at": "2025-01-10T00:01:00Z", "confidence": "low"}, "text": "first"},
        {"at": "2025-01-09T22:00:00Z", "text": "the day before"},
        {"at": "nonsense", "text": "no time"},
    ]
    text = told(incident(timeline=entries))
    assert "2025-01-09 23:00:00 - the day before\nabout 01:01:00 - first\n01:05:00 - second\n" in text
    assert "no time" not in text


def test_a_record_without_a_timeline_shows_its_changes_of_status() -> None:
    changes = [
        {"to": "declared", "at": "2025-01-10T00:05:00Z", "reason": "alert"},
        {"to": "resolved", "at": "2025-01-10T01:00:00Z"},
    ]
    assert "01:05:00 - Status: declared (alert)\n02:00:00 - Status: resolved\n" in told(incident(transitions=changes))


def test_impact_counts_overlapping_phases_of_a_level_once() -> None:
    phases = [
        phase("2025-01-10T00:00:00Z", "2025-01-10T01:00:00Z"),
        phase("2025-01-10T00:30:00Z", "2025-01-10T01:30:00Z"),
        phase("2025-01-10T01:30:00Z", "2025-01-10T02:00:00Z", "partial"),
        phase("2025-01-10T02:00:00Z", "2025-01-10T02:10:00Z", "degraded"),
    ]
    text = told(incident(impact={"phases": phases, "customer": {"failed_transactions": 15842, "support_tickets": 0}}))
    assert (
        "• 1 hour 30 minutes of complete outage\n• 30 minutes of partial outage\n• 10 minutes of partial degradation"
        in text
    )
    assert "• 15,842 failed transactions\n• 0 customer support tickets" in text


def test_a_remedy_takes_its_status_from_its_action_item() -> None:
    steps = [
        {"text": "Mend it", "status": "proposed", "action": "AI-2025-001-1"},
        {"text": "Watch it", "status": "done"},
    ]
    item = {"id": "AI-2025-001-1", "title": "Mend it", "status": "verified", "owner": "sre"}
    text = told(incident(remediation={"short_term": steps}), {"incidents": ["INC-2025-001"], "action_items": [item]})
    assert "1. Mend it (completed, verified, AI-2025-001-1)\n2. Watch it (completed)" in text


def test_action_items_say_when_they_are_late() -> None:
    items = [
        {
            "id": "AI-1",
            "title": "Late",
            "priority": "high",
            "status": "in-progress",
            "owner": "sre",
            "due": "2025-01-30",
        },
        {
            "id": "AI-2",
            "title": "Waived",
            "status": "scheduled",
            "due": "2025-01-30",
            "waiver": {"until": "2025-03-01"},
        },
        {"id": "AI-3", "title": "Again", "status": "scheduled", "due": "2025-04-01", "recurrence": "FREQ=MONTHLY"},
    ]
    text = told(incident(), {"incidents": ["INC-2025-001"], "status": "in-review", "action_items": items})
    assert (
        "1. HIGH PRIORITY: Late\n   Owner: Site Reliability\n   Due: 2025-01-30 (OVERDUE)\n   Status: In progress\n   ID: AI-1"
        in text
    )
    assert "Due: 2025-01-30 (late, waived)" in text
    assert "Due: 2025-04-01 (recurring)" in text


def test_the_postmortem_gives_causes_whys_and_lessons() -> None:
    story = {
        "incidents": ["INC-2025-001", "INC-2025-002"],
        "status": "published",
        "held": "2025-01-12",
        "causes": {
            "nodes": [{"id": "a", "factor": "f", "primary": True, "text": "Line 245"}, {"id": "b", "factor": "gap"}]
        },
        "five_whys": [{"why": "Why?", "because": "Because."}],
        "process_improvements": ["Practise"],
        "recommendations": ["Test more"],
    }
    made = repo(incident(), postmortems=[story], factors={"factors": {"gap": {"name": "Monitoring gap"}}})
    postmortem = made.postmortems[0].record
    assert postmortem is not None
    object.__setattr__(postmortem, "body", "## What went well\n\n- Fast\n\n## Lessons learned\n\n- Practise\n")
    (subject,) = made.all_incidents()
    text = render(reports.build(reports.context(reports.share(made, NOW), subject)))
    assert "Primary Cause: Line 245" in text
    assert "Contributing Factors:\n1. Monitoring gap" in text
    assert "Root Cause Analysis (5 Whys):\n1. Why? Because." in text
    assert "Status: published\nHeld: 2025-01-12\nAlso covers: INC-2025-002" in text
    assert "What Went Well:\n• Fast\n\nLessons Learned:\n1. Practise" in text
    assert "PROCESS IMPROVEMENTS:\n─────────────────────\n1. Practise" in text


def test_targets_say_whether_they_were_held() -> None:
    targets = {"acknowledge": "5m", "mitigate": "30m", "resolve": "4h", "update": "30m"}
    times = {
        "started": "2025-01-10T00:00:00Z", "acknowledged": "2025-01-10T00:05:00Z", "mitigated": "2025-01-10T00:30:01Z",
    }  # fmt: skip
    text = told(
        incident(status="mitigated", milestones=times), severities={"severities": {"sev2": {"targets": targets}}}
    )
    assert "• Acknowledge within 5 minutes: met (5 minutes)" in text
    assert "• Mitigate within 30 minutes: missed (30 minutes 1 second)" in text
    assert "• Resolve within 4 hours: missed (not yet)" in text, "it is still open, three weeks later"
    assert "• Update every 30 minutes" in text


def test_a_target_that_nobody_can_judge() -> None:
    policy = {"severities": {"severities": {"sev2": {"targets": {"acknowledge": "5m", "resolve": "4h"}}}}}
    still = incident(status="declared", milestones={"started": "2025-01-31T22:00:00Z"})
    assert "• Resolve within 4 hours: not yet" in told(still, **policy)
    seen = {"source": "statuspage", "last_seen": "2025-01-31T22:10:00Z"}
    assert "• Resolve within 4 hours: no time recorded" in told(still | {"provenance": seen}, **policy)
    assert "• Acknowledge within 5 minutes: no time recorded" in told(incident(), **policy)


def test_a_zero_that_policy_calls_unmeasured_is_told_as_such() -> None:
    durations = {"ttr": {"name": "Time to resolve", "abbreviation": "TTR", "zero": "unmeasured"}}
    times = {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T00:00:00Z"}
    text = told(incident(milestones=times), metrics={"durations": durations})
    assert "• Time to resolve (TTR): not measured (both times are the same) (started to resolved)" in text


def test_an_unclassified_incident_is_not_judged() -> None:
    text = told(incident(severity="unclassified"), severities={"severities": {"sev1": {"any": []}}})
    assert "SEVERITY CLASSIFICATION" not in text


@pytest.mark.parametrize(
    ("stretches", "seconds"),
    [
        ([], 0),
        ([(0, 10)], 10),
        ([(0, 10), (5, 20)], 20),
        ([(0, 10), (20, 30)], 20),
        ([(0, 30), (5, 10)], 30),
        ([(5, 5), (9, 3)], 0),
    ],
)
def test_the_length_of_a_union(stretches: list[tuple[int, int]], seconds: int) -> None:
    zero = at("2025-01-10")
    moments = [(zero + dt.timedelta(seconds=start), zero + dt.timedelta(seconds=end)) for start, end in stretches]
    assert covered(moments) == seconds
