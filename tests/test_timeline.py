"""The timeline of a record: what people wrote, and the changes that they did not write of."""

from __future__ import annotations

from incidentbook.timeline import rows
from kb import incident, record


def test_changes_stand_beside_entries_and_are_not_told_twice() -> None:
    plain = incident(
        timeline=[{"id": "t1", "at": "2025-01-10T00:10:00Z", "text": "The cause is found"}],
        transitions=[
            {"id": "x1", "to": "declared", "at": "2025-01-10T00:01:00Z"},
            {"id": "x2", "to": "investigating", "at": "2025-01-10T00:05:00Z"},
            {"id": "x3", "to": "identified", "at": "2025-01-10T00:10:00Z"},
            {"id": "x4", "to": "investigating", "at": "2025-01-10T00:20:00Z", "reason": "It was not that"},
        ],
        severity_history=[
            {"id": "s1", "to": "sev2", "at": "2025-01-10T00:01:00Z"},
            {"id": "s2", "to": "sev1", "at": "2025-01-10T00:07:00Z", "reason": "All customers"},
        ],
        roles=[
            {
                "id": "r1",
                "role": "scribe",
                "holder": "sre",
                "from": "2025-01-10T00:02:00Z",
                "to": "2025-01-10T00:30:00Z",
            },
            {
                "id": "r2",
                "role": "scribe",
                "holder": "devops",
                "from": "2025-01-10T00:30:00Z",
                "notes": "All is written",
            },
        ],
    )
    assert [(moment.written[11:16], text) for moment, text in rows(record(**plain))] == [
        ("00:05", "Status: investigating"),
        ("00:07", "Severity: SEV-1 (All customers)"),
        ("00:10", "The cause is found"),
        ("00:20", "Status: investigating (It was not that)"),
        ("00:30", "scribe: sre → devops (All is written)"),
    ]


def test_a_record_of_the_first_minute_has_none() -> None:
    assert rows(record(**incident())) == []
