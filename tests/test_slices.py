"""Slices of a set: by what a record, its post-mortem and its services say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import slices
from incidentbook.repository import Repository
from kb import Plain, incident, repo

SERVICES: Plain = {
    "services": {"api": {"name": "Public API", "team": "platform"}, "db": {"name": "Database", "team": "data"}}
}
HOUSE: Plain = {"name": "Test", "teams": {"platform": {"name": "Platform"}}}


def sliced(base: Repository, dimension: str) -> dict[str, list[str]]:
    return {
        part.name: [item.id[-3:] for item in part.incidents]
        for part in slices.slices(base, base.all_incidents(), dimension)
    }


@pytest.fixture
def base() -> Repository:
    causes = {"nodes": [{"id": "a", "factor": "dns"}, {"id": "b", "factor": "load"}, {"id": "c", "factor": "dns"}]}
    return repo(
        incident(1, severity="sev2", services=["api", "db"]),
        incident(2, severity="sev1", services=["db"], type="security"),
        incident(3, severity="sev2", services=["db", "db"], type=None),
        incident(4, severity=None, services=[], roles=[{"role": "scribe", "holder": "platform"}]),
        postmortems=[{"incidents": ["INC-2025-001", "INC-2025-002"], "causes": causes}],
        services=SERVICES, knowledge_base=HOUSE, factors={"factors": {"dns": {"name": "Name resolution"}}},
    )  # fmt: skip


def test_severities_from_the_worst_on(base: Repository) -> None:
    assert list(sliced(base, "severity").items()) == [
        ("SEV-1", ["002"]),
        ("SEV-2", ["001", "003"]),
        ("none named", ["004"]),
    ]


def test_types(base: Repository) -> None:
    assert sliced(base, "type") == {"Availability": ["001", "004"], "Security": ["002"], "none named": ["003"]}


def test_an_incident_of_two_services_is_in_both_and_in_each_once(base: Repository) -> None:
    assert sliced(base, "service") == {"Database": ["001", "002", "003"], "Public API": ["001"], "none named": ["004"]}


def test_factors_come_from_post_mortems(base: Repository) -> None:
    assert sliced(base, "factor") == {
        "Name resolution": ["001", "002"],
        "load": ["001", "002"],
        "none named": ["003", "004"],
    }


def test_teams_own_services_and_stand_in_where_no_service_is_named(base: Repository) -> None:
    assert sliced(base, "team") == {"data": ["001", "002", "003"], "Platform": ["001", "004"]}


@pytest.mark.parametrize("dimension", slices.DIMENSIONS)
@given(numbers=st.sets(st.integers(1, 6)))
def test_every_incident_is_somewhere(dimension: str, numbers: set[int]) -> None:
    made = [incident(n, severity=f"sev{n % 3 + 1}", services=["api", "db"][: n % 3]) for n in numbers]
    base = repo(*made, services=SERVICES)
    found = slices.slices(base, base.all_incidents(), dimension)
    assert {item.id for part in found for item in part.incidents} == {item["id"] for item in made}
    if not slices.overlap(dimension):
        assert sum(len(part.incidents) for part in found) == len(made)


@pytest.mark.parametrize(
    ("labels", "numbers", "name"),
    [
        ((), ["001", "002", "003", "004"], "all incidents"),
        ((("severity", ("sev1", "sev2")),), ["001", "002", "003"], "SEV-1 and SEV-2 incidents"),
        ((("service", ("api",)), ("severity", ("sev2",))), ["001"], "SEV-2 incidents of Public API"),
        ((("type", ("security",)),), ["002"], "security incidents"),
        ((("team", ("platform",)),), ["001", "004"], "incidents of team Platform"),
    ],
)
def test_a_subset(
    base: Repository, labels: tuple[tuple[str, tuple[str, ...]], ...], numbers: list[str], name: str
) -> None:
    subset = slices.Subset(labels)
    assert [item.id[-3:] for item in base.all_incidents() if subset.holds(base, item)] == numbers
    assert subset.name(base) == name
