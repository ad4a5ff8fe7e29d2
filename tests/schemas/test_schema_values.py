"""Single values: which times, days, durations, names and ids the schemas take, by both validators alike."""

from __future__ import annotations

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from incidentbook import resources

TAKEN: dict[str, list[object]] = {
    "instant": [
        "2025-01-15T02:30:00Z", "2025-01-15T03:30:00+01:00", "2025-01-15T02:30:00.123456Z", "2016-12-31T23:59:60Z",
        "2024-02-29T00:00:00-11:30",
    ],
    "date": ["2025-01-16", "2024-02-29", "2000-02-29", "2025-12-31"],
    "duration": ["0m", "90s", "30m", "48h", "180d"],
    "slug": ["public-api", "a", "sev1", "s3"],
    "entryId": ["p1", "01JHK3", "sha256.9f2c", "a_b"],
    "incidentId": ["INC-2025-001", "INC-2025-1000"],
    "actionId": ["AI-2025-001-1", "AI-2025-001-12"],
    "url": ["https://status.harbourline.example/", "mailto:support-desk@harbourline.example"],
}  # fmt: skip
REFUSED: dict[str, list[object]] = {
    "instant": [
        "2025-01-15T02:30:00", "2025-01-15 02:30:00Z", "2025-01-15t02:30:00z", "2025-01-15T24:00:00Z", "2025-01-15T02:60:00Z",
        "2025-01-15T02:30:61Z", "2025-01-15T02:30Z", "2025-02-29T00:00:00Z", "2025-01-15T02:30:00+24:00", "2025-01-15",
        "2025-01-15T02:30:00Z\n", 1736908200,
    ],
    "date": ["2030-02-30", "2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-1-6", "16.01.2025", "2025-01-16\n"],
    "duration": ["30", "30 m", "1.5h", "-5m", "1w", "PT30M", 30],
    "slug": ["Public-API", "public_api", "-a", "a-", "a--b", "", "a" * 65],
    "entryId": ["a", "a b", "ü1", "x" * 65],
    "incidentId": ["INC-2025-1", "INC-25-001", "inc-2025-001", "INC-2025-001\n"],
    "actionId": ["AI-2025-001", "AI-2025-1-1"],
    "url": ["status.harbourline.example", "https://a b"],
}  # fmt: skip
TIMES = [
    ("2025-01-15T02:30:00Z", True),
    ({"at": "2025-01-15T02:30:00Z"}, True),
    ({"at": "2025-01-15T02:30:00Z", "earliest": "2025-01-15T02:28:00Z", "confidence": "low", "source": "chat"}, True),
    ({"at": "2025-01-15T02:30:00Z", "x-note": 1}, True),
    ({"earliest": "2025-01-15T02:28:00Z"}, False),
    ({"at": "about half past two"}, False),
    ({"at": "2025-01-15T02:30:00Z", "confidence": "sure"}, False),
    ({"at": "2025-01-15T02:30:00Z", "until": "later"}, False),
    ("02:30", False),
    (None, False),
]


def definition(key: str) -> dict[str, object]:
    """Return the first definition called ``key``; a test elsewhere holds that they are all the same."""
    for name in resources.schema_names():
        definitions = resources.schema(name)["$defs"]
        if key in definitions:
            return {**definitions[key], "$defs": definitions}
    raise KeyError(key)


def verdicts(key: str, value: object) -> set[bool]:
    """Return what the two validators say, formats switched off: patterns alone must decide."""
    schema = definition(key)
    return {Draft202012Validator(schema).is_valid(value), jsonschema_rs.Draft202012Validator(schema).is_valid(value)}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in TAKEN.items() for value in values])
def test_value_is_taken(key: str, value: object) -> None:
    assert verdicts(key, value) == {True}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in REFUSED.items() for value in values])
def test_value_is_refused(key: str, value: object) -> None:
    assert verdicts(key, value) == {False}


@pytest.mark.parametrize(("value", "expected"), TIMES)
def test_time_is_a_string_or_an_object_with_at(value: object, *, expected: bool) -> None:
    assert verdicts("time", value) == {expected}


def test_every_pattern_that_people_meet_has_a_sentence_for_them() -> None:
    for name in resources.schema_names():
        for key, node in resources.schema(name)["$defs"].items():
            assert ("pattern" in node) <= ("patternErrorMessage" in node), f"{name}: $defs/{key}"
