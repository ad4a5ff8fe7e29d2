"""Whatever responders do, in whatever order: the record loads, its entries have ids of their own, and the schema holds."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook import schema
from incidentbook.errors import IncidentbookError
from incidentbook.records import lifecycle
from incidentbook.records.entries import Phase
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import PhaseLevel, Severity, Status
from incidentbook.response import hypotheses, impact, judging, links, moves, remedies
from incidentbook.response.completeness import lacking
from incidentbook.response.draft import Draft
from kb import at

PATH = "incidents/2025/INC-2025-001.yml"
START = at("2025-01-15 02:00")
Step = Callable[[Draft, dt.datetime], object]
WORDS = st.sampled_from(
    ["a: b", "no", "- x", "#1", "two\nlines", "https://a.example/x", "Fährausfall 🚢", "2025-01-15", "'q'", "1"]
)


def begin(level: PhaseLevel, services: tuple[str, ...], fraction: float | None) -> Step:
    return lambda draft, now: impact.begin(draft, Phase("", level, fraction, services, Moment.of(now)), now)


def judge(said: str, status: str, evidence: str) -> Step:
    return lambda draft, now: hypotheses.judge(draft, said, hypotheses.Found(status, [evidence]), now, now)


STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(
        begin,
        st.sampled_from(PhaseLevel),
        st.sampled_from([(), ("api",), ("api", "web")]),
        st.sampled_from([None, 0.3, 0.0, 1.0]),
    ),
    st.sampled_from([(), ("api",)]).map(lambda services: lambda draft, now: impact.end(draft, now, services)),
    st.builds(
        lambda text, when, status: lambda draft, now: remedies.add(draft, text, when, now, status=status),
        WORDS,
        st.sampled_from(remedies.HORIZONS),
        st.sampled_from(["", *remedies.STATUSES]),
    ),
    WORDS.map(lambda said: lambda draft, _: remedies.set_status(draft, said, "done")),
    WORDS.map(lambda text: lambda draft, now: hypotheses.add(draft, text, now, now)),
    st.builds(judge, WORDS, st.sampled_from(["confirmed", "rejected"]), WORDS),
    WORDS.map(lambda text: lambda draft, _: hypotheses.primary(draft, text)),
    WORDS.map(lambda text: lambda draft, _: links.external(draft, "https://a.example/x", text)),
    st.just(lambda draft, _: links.relate(draft, "INC-2025-002")),
    st.just(lambda draft, _: links.playbook(draft, "availability/failover")),
    st.sampled_from([status for status in Status if status is not Status.MERGED]).map(
        lambda to: lambda draft, now: moves.move(draft, to, now, now, "Because")
    ),
    WORDS.map(lambda text: lambda draft, now: moves.log(draft, text, now, now)),
    st.just(
        lambda draft, _: judging.state(
            draft, {"data_loss": "none", "revenue_per_hour": {"amount": 1, "currency": "EUR"}}
        )
    ),
)


def ids(value: Any) -> Iterator[str]:
    """Yield the id of every entry, wherever it stands."""
    if isinstance(value, dict):
        if "id" in value:
            yield value["id"]
        for inner in value.values():
            yield from ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids(inner)


@settings(max_examples=60)
@given(st.lists(STEPS, max_size=12))
def test_any_sequence_leaves_a_record_that_holds(steps: list[Step]) -> None:
    said = moves.Declaration("Checkout fails", Severity.SEV1, "", (), START, exercise=False)
    draft = Draft(PATH, moves.new_record("INC-2025-001", said, START))
    for minutes, step in enumerate(steps, 1):
        before, status = draft.text, draft.incident.status
        trial = Draft(PATH, before)
        try:
            step(trial, START + dt.timedelta(minutes=minutes))
        except IncidentbookError:
            continue  # refused, and nothing of it is written
        draft = trial
        after = draft.incident.status
        assert status is not None
        assert after is not None
        assert status is after or not lifecycle.judge(status, after).refused
    whole = Draft(PATH, draft.text)
    value = whole.document.value
    assert value == draft.document.value
    assert max(Counter(ids(value)).values()) == 1
    assert {name for error in schema.errors("incident", value) for name in _wrong(error)} == set(lacking(value))


def _wrong(error: schema.SchemaError) -> set[str]:
    """Return the keys that are missing; anything else that is wrong as it is."""
    return set(error.expected) - set(error.instance) if error.keyword == "required" else {str(error)}
