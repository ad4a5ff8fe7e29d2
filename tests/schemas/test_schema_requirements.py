"""What a file must hold, and how that grows with its status."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from incidentbook import resources

START = "2025-01-15T02:30:00Z"
FIRST_MINUTE: dict[str, Any] = {
    "id": "INC-2025-001", "title": "No bookings", "severity": "sev1", "status": "declared", "milestones": {"started": START},
}  # fmt: skip
WHOLE: dict[str, Any] = {
    **FIRST_MINUTE,
    "type": "availability",
    "services": ["public-api"],
    "impact": {"phases": [{"id": "p1", "level": "outage", "from": START}]},
    "timeline": [{"id": "e1", "at": START, "text": "Alert"}],
    "summary": "Nobody could book.",
    "resolution": "Failover by hand.",
    "links": {"merged_into": "INC-2025-002"},
}
FIVE = ["id", "title", "severity", "status", "milestones", "milestones.started"]
KIND = ["type", "services"]
OVER = [*KIND, "impact", "timeline"]
NEEDS = {
    "declared": FIVE,
    "investigating": FIVE,
    "cancelled": FIVE,
    "identified": [*FIVE, *KIND],
    "mitigated": [*FIVE, *KIND],
    "monitoring": [*FIVE, *KIND],
    "resolved": [*FIVE, *OVER],
    "closed": [*FIVE, *OVER, "summary", "resolution"],
    "merged": [*FIVE, "links", "links.merged_into"],
}
ITEM: dict[str, Any] = {
    "id": "AI-2025-001-1", "title": "Fix it", "status": "proposed", "owner": "sre", "due": "2025-02-01", "reason": "Because",
    "accepted_until": "2025-06-30", "evidence": [{"kind": "commit", "ref": "4f2a"}],
}  # fmt: skip
ITEM_NEEDS = {
    "proposed": [],
    "not-started": ["owner", "due"],
    "in-progress": ["owner", "due"],
    "scheduled": ["owner", "due"],
    "done": ["owner", "due", "evidence"],
    "verified": ["owner", "due", "evidence"],
    "accepted-risk": ["owner", "due", "accepted_until", "reason"],
    "cancelled": ["reason"],
}
CRITERIA = [
    ({"measure": "customers_affected_pct", "at_least": 50}, True),
    ({"measure": "duration", "more_than": "5m"}, True),
    ({"measure": "slo_breached", "is": True}, True),
    ({"measure": "data_loss", "is": "permanent"}, True),
    ({"measure": "customers_affected_pct"}, False),
    ({"measure": "customers_affected_pct", "at_least": 50, "is": True}, False),
    ({"measure": "duration", "at_least": 5}, False),
    ({"measure": "data_exposed", "is": "permanent"}, False),
    ({"measure": "data_loss", "is": True}, False),
    ({"measure": "mood", "at_least": 1}, False),
]


def valid(name: str, value: object) -> bool:
    """Return the verdict of both validators, which must agree."""
    schema = resources.schema(name)
    exact, fast = Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)
    assert exact.is_valid(value) == fast.is_valid(value)
    return exact.is_valid(value)


def without(value: dict[str, Any], path: str) -> dict[str, Any]:
    """Return a copy of ``value`` without the key at ``path``."""
    changed = copy.deepcopy(value)
    *parents, last = path.split(".")
    target = changed
    for parent in parents:
        target = target[parent]
    del target[last]
    return changed


def review(item: dict[str, Any]) -> dict[str, Any]:
    return {"incidents": ["INC-2025-001"], "status": "draft", "action_items": [item]}


@pytest.mark.parametrize("severity", ["sev1", "sev2", "sev3", "sev4"])
@pytest.mark.parametrize("status", NEEDS)
def test_a_record_needs_just_what_its_status_asks_for(status: str, severity: str) -> None:
    optional = set(WHOLE) - {path.split(".")[0] for path in NEEDS[status]}
    least = {key: value for key, value in WHOLE.items() if key not in optional} | {
        "status": status,
        "severity": severity,
    }
    assert valid("incident", least)


@pytest.mark.parametrize(("status", "path"), [(status, path) for status, paths in NEEDS.items() for path in paths])
def test_a_record_without_what_its_status_asks_for_is_refused(status: str, path: str) -> None:
    assert not valid("incident", without({**WHOLE, "status": status}, path))


@pytest.mark.parametrize("status", NEEDS)
def test_an_unclassified_record_never_needs_more_than_five_fields(status: str) -> None:
    assert valid("incident", {**FIRST_MINUTE, "severity": "unclassified", "status": status})


@pytest.mark.parametrize("status", ITEM_NEEDS)
def test_an_action_item_needs_just_what_its_status_asks_for(status: str) -> None:
    keys = ["id", "title", *ITEM_NEEDS[status]]
    assert valid("postmortem", review({key: ITEM[key] for key in keys} | {"status": status}))


@pytest.mark.parametrize(("status", "key"), [(status, key) for status, keys in ITEM_NEEDS.items() for key in keys])
def test_an_action_item_without_what_its_status_asks_for_is_refused(status: str, key: str) -> None:
    assert not valid("postmortem", review(without({**ITEM, "status": status}, key)))


def test_done_with_an_empty_list_of_evidence_is_refused() -> None:
    assert not valid("postmortem", review({**ITEM, "status": "done", "evidence": []}))


@pytest.mark.parametrize("key", ["owner", "reason", "until"])
def test_a_waiver_says_who_why_and_until_when(key: str) -> None:
    waiver = {"owner": "executive-team", "reason": "Part arrives late", "until": "2025-02-28"}
    assert valid("postmortem", review({**ITEM, "waiver": waiver}))
    assert not valid("postmortem", review({**ITEM, "waiver": without(waiver, key)}))


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ({"at": "2025-01-16T10:00:00Z"}, True),
        ({"at": "2025-01-16T10:00:00+01:00", "duration": "90m", "sequence": 2}, True),
        ({"duration": "90m"}, False),
        ({"at": "2025-01-16"}, False),
        ({"at": "2025-01-16T10:00:00Z", "duration": "an hour"}, False),
        ({"at": "2025-01-16T10:00:00Z", "sequence": -1}, False),
    ],
)
def test_a_meeting_has_a_time(meeting: dict[str, object], *, expected: bool) -> None:
    plain = {"incidents": ["INC-2025-001"], "status": "draft", "meeting": meeting}
    assert bool(valid("postmortem", plain)) is expected


def test_a_skipped_postmortem_says_why() -> None:
    skipped = {"incidents": ["INC-2025-001"], "status": "skipped"}
    assert not valid("postmortem", skipped)
    assert valid("postmortem", {**skipped, "skip_reason": "Reviewed with INC-2024-014"})


@pytest.mark.parametrize(("criterion", "expected"), CRITERIA)
def test_a_criterion_carries_the_comparison_that_its_measure_takes(
    criterion: dict[str, object], *, expected: bool
) -> None:
    policy = {
        "effective_from": "2022-07-01",
        "severities": {"sev1": {"name": "Critical", "any": [criterion], "postmortem": "required"}},
    }
    assert valid("severities", policy) is expected


def test_unknown_keys_are_refused_and_x_keys_are_free() -> None:
    assert not valid("incident", {**FIRST_MINUTE, "sevrity": "sev1"})
    assert valid("incident", {**FIRST_MINUTE, "x-ticket": {"any": ["thing"]}})
