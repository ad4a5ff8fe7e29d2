"""What each rule offers to write, and what it leaves to a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.edit import apply
from incidentbook.finding import Finding

RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
Check = Callable[..., list[Finding]]
Base = Callable[..., str]


def offered(check: Check, text: str, code: str, path: str = RECORD) -> str | None:
    """Return the file with the first fix by the rule ``code`` made; None where it offers none."""
    found = next(found for found in check({path: text}) if found.code == code)
    return apply(text, found.fix.edits) if found.fix else None


@pytest.mark.parametrize(
    ("code", "old", "spoilt", "mended"),
    [
        ("IB101", "{id: t1, at", "{at", "{id: h9fe0ee0c9fb7ec9d, at"),
        ("IB102", "summary: x", "Summary: x", "summary: x"),
        ("IB102", "merged_into: x", "merged-into: x", "merged_into: x"),
        ("IB103", "title: No booking could be made", "title: 404", "title: '404'"),
        ("IB103", "fraction: 0.5", "fraction: '0.5'", "fraction: 0.5"),
        ("IB103", "exercise: true", "exercise: Yes", "exercise: true"),
        ("IB103", "services: [public-api]", "services: public-api", "services: [public-api]"),
        ("IB104", "severity: sev1", "severity: Sev_1", "severity: sev1"),
        ("IB104", "type: third-party", "type: 'Third Party'", "type: 'third-party'"),
        ("IB105", "id: INC-2025-001", "id: ' INC-2025-001 '", "id: 'INC-2025-001'"),
        ("IB105", "id: INC-2025-001", "id: inc-2025-001", "id: INC-2025-001"),
        (
            "IB202",
            "detected: 2025-01-15T02:32:00Z",
            "detected: 2025-01-15 02:32",
            "detected: 2025-01-15T02:32:00+00:00",
        ),
        ("IB401", "services: [public-api]", "services: [Public_API]", "services: [public-api]"),
        ("IB402", "holder: database", "holder: Database", "holder: database"),
    ],
)
def test_a_record(check: Check, base: Base, code: str, old: str, spoilt: str, mended: str) -> None:
    added = {
        "summary: x": "title: No booking could be made",
        "exercise: true": "type: availability",
        "type: third-party": "type: availability",
        "fraction: 0.5": "{id: p1",
        "merged_into: x": "playbooks: [availability/database-failover]",
    }
    place = added.get(old, old)
    lead = {"fraction: 0.5": "{id: p1, ", "merged_into: x": "links: {"}.get(old, "")
    tail = {"summary: x": f"\n{place}", "exercise: true": f"\n{place}", "merged_into: x": "}"}.get(old, "")
    text = base(RECORD, place, f"{lead}{spoilt}{tail}")
    assert offered(check, text, code) == base(RECORD, place, f"{lead}{mended}{tail}")


@pytest.mark.parametrize(
    ("old", "new"), [("due: 2025-04-30", "due: 2025-4-30"), ("due: 2025-04-30", "due: ' 2025-04-30'")]
)
def test_a_day(check: Check, base: Base, old: str, new: str) -> None:
    mended = new.replace("2025-4-30", "2025-04-30").replace(" 2025", "2025") if "'" in new else old
    assert offered(check, base(POSTMORTEM, old, new), "IB201", POSTMORTEM) == base(POSTMORTEM, old, mended)


@pytest.mark.parametrize(
    ("code", "old", "spoilt"),
    [
        ("IB101", "severity: sev1\n", ""),
        ("IB102", "title: No", "tilte: No"),
        ("IB102", "severity: sev1", "severity: sev1\nSeverity: sev2"),
        ("IB103", "title: No booking could be made", "title: [a]"),
        ("IB103", "services: [public-api]", "services: public-api and others"),
        ("IB103", "type: availability", "type: availability\nexercise: y"),
        ("IB104", "severity: sev1", "severity: P1"),
        ("IB104", "severity: sev1", "severity: critical"),
        ("IB104", "severity: sev1", "severity: sev11"),
        ("IB104", "disclosure: public", "disclosure: PUBLIC"),
        ("IB102", "disclosure: public", "Disclosure: public"),
        ("IB105", "services: [public-api]", "services: [public--api]"),
        ("IB202", "detected: 2025-01-15T02:32:00Z", "detected: 2025-01-15"),
        ("IB202", "resolved: 2025-01-15T04:45:00Z", "resolved: 2025-03-30T01:30:00"),
        ("IB202", "resolved: 2025-01-15T04:45:00Z", "resolved: 2024-10-27T01:30:00"),
        ("IB210", "{id: t2, at: 2025-01-15T04:45:00Z", "{id: t2, at: {at: 2025-01-15T02:00:00Z, latest: 2025-01-15T02:10:00Z}"),
        ("IB401", "services: [public-api]", "services: [pubic-api]"),
    ],
)  # fmt: skip
def test_what_only_a_person_can_say(check: Check, base: Base, code: str, old: str, spoilt: str) -> None:
    assert offered(check, base(RECORD, old, spoilt), code) is None


def test_an_id_is_made_of_what_the_entry_says_and_two_that_say_the_same_get_none(check: Check, base: Base) -> None:
    entry = "{at: 2025-01-15T02:30:00Z, kind: alert, text: Every request ends in an error}"
    turned = "{text: Every request ends in an error, at: 2025-01-15T02:30:00Z, kind: alert}"
    first = "{id: t1, at: 2025-01-15T02:30:00Z, kind: alert, text: Every request ends in an error}"
    one, other = (offered(check, base(RECORD, first, text), "IB101") for text in (entry, turned))
    assert "{id: h9fe0ee0c9fb7ec9d, at" in (one or "")
    assert "{id: h9fe0ee0c9fb7ec9d, text" in (other or "")
    assert offered(check, base(RECORD, first, f"{entry}\n  - {turned}"), "IB101") is None


def test_an_hour_that_was_twice_or_never_is_explained(check: Check, base: Base) -> None:
    text = base(RECORD, "resolved: 2025-01-15T04:45:00Z", "resolved: 2024-10-27T01:30:00")
    (found,) = (found for found in check({RECORD: text}) if found.code == "IB202")
    assert found.hint.endswith(
        "The clocks of Europe/Lisbon were changed then: nothing but the offset says which hour is meant."
    )


def test_without_a_zone_in_policy_no_offset_is_offered(check: Check, base: Base) -> None:
    text = base(RECORD, "detected: 2025-01-15T02:32:00Z", "detected: 2025-01-15T02:32:00")
    policy = base("policy/knowledge-base.yml", "time_zone: Europe/Lisbon\n", "")
    found = check({RECORD: text, "policy/knowledge-base.yml": policy})
    assert [each.fix for each in found if each.code == "IB202"] == [None]
