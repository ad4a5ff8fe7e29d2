"""What makes two incidents alike, said in examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import disclosure, similar
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.similar import vectors
from incidentbook.similar.terms import terms
from kb import Plain, incident, repo


def house(**more: Plain) -> Repository:
    """Return four incidents: two about certificates, one about a queue, and the youngest about a certificate once more."""
    said = [
        ("2025-01-01T00:00:00Z", "Certificate of the gateway expired", ["gateway"]),
        ("2025-01-02T00:00:00Z", "Queue backlog slows invoices", ["billing"]),
        ("2025-01-03T00:00:00Z", "Expired certificates stop partner logins", ["gateway"]),
        ("2025-01-04T00:00:00Z", "Gateway certificate expiring: renewal never ran", ["gateway"]),
    ]
    records = [
        incident(number, at, title=title, services=services) | more.get(f"n{number}", {})
        for number, (at, title, services) in enumerate(said, 1)
    ]
    causes = [{"id": "c", "factor": "expired-certificate", "text": "Renewal was manual"}]
    reviews = [{"incidents": [f"INC-2025-00{number}"], "causes": {"nodes": causes}} for number in (1, 4)]
    return repo(*records, postmortems=reviews)


def found(house: Repository, number: int = 4, **more: bool) -> list[str]:
    asked = house.incident(f"INC-2025-00{number}")
    assert asked is not None
    return [one.incident.id for one in similar.alike(house, asked, **more)]


def test_the_closest_come_first_with_their_reasons() -> None:
    asked = house().incident("INC-2025-004")
    assert asked is not None
    first, second = similar.alike(house(), asked)
    assert (first.incident.id, second.incident.id) == ("INC-2025-001", "INC-2025-003")
    assert (first.factors, first.services) == (("expired-certificate",), ("gateway",))
    assert set(first.terms) == {"certificate", "expiring", "gateway", "manual", "renewal"}
    assert 1 > first.score > second.score > 0
    assert (second.factors, second.lessons) == ((), ())


def test_only_what_came_before_unless_asked() -> None:
    assert found(house(), 1) == []
    assert found(house(), 1, later=True) == ["INC-2025-004", "INC-2025-003"]


@pytest.mark.parametrize("status", ["cancelled", "merged"])
def test_what_was_none_is_not_named(status: str) -> None:
    assert found(house(n1={"status": status})) == ["INC-2025-003"]


def test_incidents_of_one_post_mortem_are_one_event() -> None:
    records = [incident(1, title="Expired certificate"), incident(2, title="Expired certificate")]
    assert found(repo(*records, postmortems=[{"incidents": ["INC-2025-001", "INC-2025-002"]}]), 2, later=True) == []


def test_a_view_names_nothing_hidden() -> None:
    seen = disclosure.view(house(n1={"disclosure": "restricted"}), Disclosure.INTERNAL)
    assert found(seen) == ["INC-2025-003"]


def test_a_computed_part_makes_nothing_alike() -> None:
    records = [incident(1, title="Leap second"), incident(2, "2025-01-11T00:00:00Z", title="Backlog", services=["x"])]
    told = "<!-- computed similar -->\nLeap second\n<!-- /computed similar -->\n"
    assert found(repo(*records, postmortems=[{"incidents": ["INC-2025-002"], "body": told}]), 2) == []
    assert found(repo(*records, postmortems=[{"incidents": ["INC-2025-002"], "body": "Leap second"}]), 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("retries", "retried"),
        ("restarts", "restarting"),
        ("stopped", "stops"),
        ("failed", "failing"),
        ("certificates", "Certificate"),
        ("databases", "database"),
        ("passes", "passed"),
    ],
)
def test_forms_of_one_word_are_one_term(one: str, other: str) -> None:
    assert [term for term, _ in terms(one)] == [term for term, _ in terms(other)]


def test_stop_words_links_comments_and_numbers_are_no_terms() -> None:
    text = "The incident was caused by this: https://example.org/queue <!-- inc: ignore --> 12345 v2 &amp; disks"
    assert [word for _, word in terms(text)] == ["disks"]


COUNTS = st.dictionaries(
    st.sampled_from("abcd"), st.dictionaries(st.sampled_from("uvwxyz"), st.integers(1, 9).map(float)), min_size=1
)


@given(COUNTS)
def test_the_cosine_is_symmetric_and_between_0_and_1(counts: dict[str, dict[str, float]]) -> None:
    made = vectors.weigh(counts)
    for one in made.values():
        for other in made.values():
            score = sum(vectors.shared(one, other).values())
            assert -1e-9 <= score <= 1 + 1e-9
            assert score == pytest.approx(sum(vectors.shared(other, one).values()))
        assert sum(vectors.shared(one, one).values()) == pytest.approx(1 if one else 0)
