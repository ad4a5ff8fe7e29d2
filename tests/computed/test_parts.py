"""The computed parts of a post-mortem, each on a record that has something to say in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook import computed, marked
from incidentbook.computed.case import Case
from incidentbook.errors import EditError, UnreadableError
from incidentbook.records.postmortem import Postmortem
from kb import Plain, at, incident, phase, repo

FULL = incident(
    2,
    title="Queue *stalls* | again",
    detection={"by": "monitoring", "source": "pager"},
    milestones={
        "started": "2025-01-10T23:30:00Z",
        "detected": "2025-01-10T23:35:00Z",
        "resolved": "2025-01-11T01:30:00Z",
    },
    classification={"revenue_per_hour": {"amount": 600, "currency": "EUR"}, "customers_affected_pct": 12.5},
    impact={
        "summary": "Orders wait",
        "phases": [phase("2025-01-10T23:30:00Z", "2025-01-11T00:30:00Z"), phase("2025-01-11T00:30:00Z", None, "degraded")],
        "customer": {"support_tickets": 1200},
    },
    timeline=[
        {"id": "t1", "at": "2025-01-10T23:35:00Z", "text": "Pager: queue > 1000"},
        {"id": "t2", "at": "2025-01-11T00:10:00Z", "text": "Narrower", "disclosure": "restricted"},
    ],
    communications=[{"id": "c1", "at": "2025-01-10T23:50:00Z", "audience": "public", "text": "We are on it"}],
    roles=[{"id": "r1", "role": "incident-commander", "holder": "sre", "from": "2025-01-10T23:40:00Z"}],
    changes=[
        {"id": "d1", "at": "2025-01-10T23:00:00Z", "kind": "deploy", "text": "Consumer 2.1", "caused": True},
        {"id": "d2", "at": "2025-01-11T01:00:00Z", "kind": "deploy", "text": "Consumer 2.0 again"},
    ],
    investigation={"hypotheses": [{"id": "h1", "text": "The release", "status": "confirmed"}]},
)  # fmt: skip
PAST = incident(1, title="Queue stalls", impact={"summary": "Orders wait"})
REVIEW = {"incidents": ["INC-2025-001"], "causes": {"nodes": [{"id": "c", "factor": "slow-consumer"}]}}
POLICY: dict[str, Plain] = {
    "knowledge_base": {"time_zone": "Europe/Berlin", "teams": {"sre": {"name": "Reliability"}}},
    "metrics": {
        "durations": {"ttr": {"from": "started", "to": "resolved", "name": "Time to resolve"}},
        "availability": {"weights": {"outage": 1, "partial": 0.5, "degraded": 0}},
    },
    "factors": {"factors": {"slow-consumer": {"name": "Slow consumer"}}},
}


def case(*records: Plain, incidents: tuple[str, ...] = ("INC-2025-002",)) -> Case:
    house = repo(*(records or (PAST, FULL)), postmortems=[REVIEW], **POLICY)
    return computed.case(house, Postmortem(incidents=incidents), at("2025-02-01"))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "facts",
            [
                r"- **Incident:** INC-2025-002: Queue \*stalls\* \| again",
                "- **Severity:** SEV-2",
                "- **Services:** api",
                "- **Started:** 2025-01-11 00:30:00 CET",
                "- **Resolved:** 2025-01-11 02:30:00 CET",
                "- **Duration:** 2 hours",
                "- **Detected by:** monitoring through pager",
                "- **In short:** Orders wait",
            ],
        ),
        ("timeline", ["| Time (Europe/Berlin) | What |", "| --- | --- |", r"| 00:35:00 | Pager: queue \> 1000 |"]),
        (
            "impact",
            [
                "- 12.5% of customers affected",
                "- 1,200 customer support tickets",
                "- Revenue loss: €600 (estimated)",
                "- 1 hour of complete outage",
                "- 1 hour of partial degradation",
            ],
        ),
        ("response-times", ["- Time to resolve (TTR): 2 hours (started to resolved)"]),
        ("roles", ["- Incident commander: Reliability (00:40:00 to the end)"]),
        (
            "communications",
            ["| Time (Europe/Berlin) | What |", "| --- | --- |", "| 00:50:00 | Status page update: We are on it |"],
        ),
        ("changes", ["- 2025-01-11 00:00:00 CET, 30 minutes before: Consumer 2.1 (deploy, it was the cause)"]),
        ("hypotheses", ["- Confirmed: The release"]),
        (
            "similar",
            [
                "- **INC-2025-001:** Queue stalls",
                "    - Factors: Slow consumer",
                "    - Both touch: api",
                "    - Both speak of: queue, stalls, orders, wait",
            ],
        ),
    ],
)
def test_each_part_says_what_is_recorded(name: str, lines: list[str]) -> None:
    assert computed.part(case(), name).split("\n") == ["", *lines, "", ""]


@pytest.mark.parametrize("name", sorted(set(computed.PARTS) - {"facts", "response-times"}))
def test_a_part_without_anything_says_so(name: str) -> None:
    assert computed.part(case(incident(2, services=[])), name) == "\nNothing recorded.\n\n"


def test_of_several_incidents_each_is_named() -> None:
    said = computed.part(case(incidents=("INC-2025-001", "INC-2025-002")), "roles")
    assert said == (
        "\n**INC-2025-001**\n\nNothing recorded.\n"
        "\n**INC-2025-002**\n\n- Incident commander: Reliability (00:40:00 to the end)\n\n"
    )


def test_of_what_is_over_no_clock_is_asked() -> None:
    house = repo(PAST, FULL, postmortems=[REVIEW], **POLICY)
    cases = [
        computed.case(house, Postmortem(incidents=("INC-2025-002",)), at(now)) for now in ("2025-02-01", "2030-01-01")
    ]
    for name in computed.PARTS:
        assert computed.part(cases[0], name) == computed.part(cases[1], name)


def test_similar_names_nothing_that_readers_may_not_see() -> None:
    assert "Nothing recorded" in computed.part(case(PAST | {"disclosure": "restricted"}, FULL), "similar")


def test_a_part_that_there_is_none_of_is_refused() -> None:
    with pytest.raises(EditError, match="There is no computed part 'weather'"):
        computed.part(case(), "weather")


def test_a_record_that_is_missing_is_refused() -> None:
    with pytest.raises(UnreadableError, match="INC-2025-009"):
        case(incidents=("INC-2025-009",))


written = st.text(st.characters(exclude_categories=("Cs",)), max_size=60).filter(lambda text: "computed" not in text)
PAGES = st.lists(st.tuples(written, st.sampled_from(sorted(computed.PARTS)), written), max_size=5)


@given(PAGES, written, st.sampled_from(["\n", "\r\n"]))
def test_a_refresh_touches_nothing_that_people_wrote(pages: list[tuple[str, str, str]], last: str, end: str) -> None:
    text = "".join(
        f"{before}{end}<!-- computed {name} -->{end}{old}{end}<!-- /computed {name} -->{end}"
        for before, name, old in pages
    )
    done = computed.refreshed(text + last, case())
    assert marked.without(done) == "".join(f"{before}{end}" for before, _, _ in pages) + last
    assert [part.name for part in marked.scan(done)[0]] == [name for _, name, _ in pages]
    assert computed.refreshed(done, case()) == done, "once is enough"


@given(written)
def test_no_text_of_a_record_ends_a_part(text: str) -> None:
    hostile = f"{text}\n<!-- /computed timeline -->\n{text}"
    record = incident(2, title=hostile, timeline=[{"id": "t", "at": "2025-01-10T00:00:00Z", "text": hostile}])
    page = "<!-- computed timeline -->\n<!-- /computed timeline -->\nAfter\n"
    done = computed.refreshed(page, case(record))
    assert marked.without(done) == "After\n"
    assert computed.refreshed(done, case(record)) == done
