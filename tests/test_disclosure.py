"""Disclosure: canaries planted in every field and entry of a record do not come out at a level that may not see them."""

from __future__ import annotations

import copy
import itertools
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kb
from incidentbook import disclosure, metrics, periods, reports, repository
from incidentbook.document import Problem
from incidentbook.records.policy.services import Services
from incidentbook.records.vocabulary import Disclosure
from incidentbook.reports import text
from incidentbook.repository import Repository
from incidentbook.span import Span
from kb import Plain, at, incident, phase, repo

PUBLIC, INTERNAL, RESTRICTED = Disclosure
NARROWER = [INTERNAL, RESTRICTED]
NOW = at("2025-02-01")


def everything() -> Plain:
    """Return a record with a canary of its own in every place that holds text, a time or a number."""
    count = itertools.count(1)

    def word() -> str:
        return f"canary-{next(count):04}"

    def time() -> str:
        return f"2025-01-15T02:30:00.{next(count):06}Z"

    def number() -> int:
        return 7_000_000 + next(count)

    def money() -> Plain:
        return {"amount": number(), "currency": "USD"}

    def remedy() -> Plain:
        return {"text": word(), "status": word()}

    return {
        "id": "INC-2025-001",
        "title": word(),
        "status": "resolved",
        "severity": "sev1",
        "type": "security",
        "summary": word(),
        "resolution": word(),
        "services": [word()],
        "systems": [word()],
        "detection": {"by": word(), "source": word()},
        "milestones": {
            name: {"at": time(), "earliest": time(), "latest": time(), "confidence": word(), "source": word()}
            for name in ("started", "detected", "resolved")
        },
        "transitions": [{"id": word(), "to": "declared", "at": time(), "reason": word()}],
        "severity_history": [{"id": word(), "to": "sev1", "at": time(), "reason": word()}],
        "roles": [{"id": word(), "role": word(), "holder": word(), "from": time(), "to": time(), "notes": word()}],
        "classification": {
            "customers_affected_pct": number(),
            "revenue_per_hour": money(),
            "data_loss": word(),
            "override": {"severity": "sev2", "reason": word(), "decided_by": word()},
        },
        "impact": {
            "summary": word(),
            "phases": [{"id": word(), "level": "outage", "services": [word()], "from": time(), "to": time()}],
            "customer": {"failed_transactions": number(), "support_tickets": number(), "notes": [word()]},
            "business": {"reputation": word(), "notes": [word()]},
            "technical": {"notes": [word()]},
            "risks": [{"risk": word(), "status": word(), "mitigated_by": word()}],
        },
        "timeline": [{"id": word(), "at": time(), "kind": word(), "text": word(), "source": word()}],
        "communications": [
            {"id": word(), "at": time(), "audience": word(), "channel": word(), "phase": word(), "text": word()}
        ],
        "investigation": {
            "primary_cause": word(),
            "hypotheses": [{"id": word(), "text": word(), "status": word(), "at": time()}],
            "evidence": [{"id": word(), "kind": word(), "text": word(), "ref": word()}],
        },
        "changes": [{"id": word(), "at": time(), "kind": word(), "text": word(), "ref": word(), "service": word()}],
        "remediation": {"immediate": [remedy()], "short_term": [remedy()], "long_term": [remedy()]},
        "links": {"external": [{"title": word(), "url": word()}]},
        "provenance": {
            "source": word(),
            "id": word(),
            "page": word(),
            "url": word(),
            "last_seen": time(),
            "digest": word(),
        },
    }


RECORD = everything()
Path = tuple[str | int, ...]


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every canary with where it stands."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    elif isinstance(value, int) or "canary" in str(value) or "T02:30:00." in str(value):
        yield path, str(value)


def fields(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield every path of keys, as `field_disclosure` writes them."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from fields(item, (*path, key))


CANARIES = list(leaves(RECORD))
FIELDS = [path for path in fields(RECORD) if path not in {("id",), ("status",)}]
ENTRIES = [
    ("transitions",), ("severity_history",), ("roles",), ("impact", "phases"), ("timeline",), ("communications",),
    ("investigation", "hypotheses"), ("investigation", "evidence"), ("changes",), ("remediation", "immediate"),
    ("remediation", "short_term"), ("remediation", "long_term"),
]  # fmt: skip


def seen(reader: Disclosure, *incidents: Plain, **more: Any) -> str:
    """Return everything that a view holds, as text; times as records write them."""
    view = disclosure.view(repo(*incidents, **more), reader)
    text = repr((view.incidents, view.postmortems, view.playbooks))
    return re.sub(
        r"datetime\(2025, 1, 15, 2, 30, 0, (\d+)", lambda time: f"2025-01-15T02:30:00.{int(time[1]):06}Z", text
    )


def with_entry_level(path: Path, **level: object) -> Plain:
    changed = copy.deepcopy(RECORD) | {"disclosure": "public"}
    place: Any = changed
    for key in path:
        place = place[key]
    place[0].update(level)
    return changed


def test_there_is_a_canary_everywhere() -> None:
    assert len(CANARIES) > 90
    assert len({canary for _, canary in CANARIES}) == len(CANARIES)
    everything_seen = seen(PUBLIC, RECORD | {"disclosure": "public"})
    assert [path for path, canary in CANARIES if canary not in everything_seen] == [], "the reading loses nothing"


@pytest.mark.parametrize("level", NARROWER)
def test_a_narrower_record_is_not_there(level: Disclosure) -> None:
    hidden = RECORD | {"disclosure": level.value}
    for reader in Disclosure:
        shown = seen(reader, hidden)
        assert ("canary" in shown) == reader.shows(level)
        assert ("INC-2025-001" in shown) == reader.shows(level)


@pytest.mark.parametrize("level", NARROWER)
@pytest.mark.parametrize("path", ENTRIES, ids=".".join)
def test_a_narrower_entry_is_not_there(path: tuple[str, ...], level: Disclosure) -> None:
    hidden = with_entry_level(path, disclosure=level.value)
    own = [canary for place, canary in CANARIES if place[: len(path) + 1] == (*path, 0)]
    assert own
    for reader in Disclosure:
        shown = seen(reader, hidden)
        assert [canary for canary in own if canary in shown] == (own if reader.shows(level) else [])
        assert RECORD["title"] in shown, "the rest of the record stays"


@pytest.mark.parametrize("private", [True, "yes", 1])
def test_a_private_entry_is_for_the_narrowest_readers(private: object) -> None:
    hidden = with_entry_level(("timeline",), private=private)
    note = RECORD["timeline"][0]["text"]
    assert [note in seen(reader, hidden) for reader in Disclosure] == [False, False, True]
    open_to_all = with_entry_level(("timeline",), private=private, disclosure="public")
    assert note not in seen(PUBLIC, open_to_all), "the narrower of the two holds"


@pytest.mark.parametrize("level", NARROWER)
@pytest.mark.parametrize("path", FIELDS, ids=".".join)
def test_a_narrower_field_is_not_there(path: tuple[str, ...], level: Disclosure) -> None:
    hidden = RECORD | {"disclosure": "public", "field_disclosure": {".".join(path): level.value}}
    own = [canary for place, canary in CANARIES if place[: len(path)] == path]
    other = [canary for place, canary in CANARIES if place[0] != path[0]]
    for reader in Disclosure:
        shown = seen(reader, hidden)
        if reader.shows(level):
            assert [canary for canary in own if canary not in shown] == []
        else:
            assert [canary for canary in own if canary in shown] == []
        assert [canary for canary in other if canary not in shown] == []


@settings(max_examples=150)
@given(
    record_level=st.sampled_from(Disclosure),
    field_levels=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(Disclosure), max_size=5),
    entry_levels=st.dictionaries(st.sampled_from(ENTRIES), st.sampled_from(Disclosure), max_size=5),
    reader=st.sampled_from(Disclosure),
)
def test_any_mixture_of_levels(
    record_level: Disclosure,
    field_levels: dict[tuple[str, ...], Disclosure],
    entry_levels: dict[tuple[str, ...], Disclosure],
    reader: Disclosure,
) -> None:
    mixed = copy.deepcopy(RECORD) | {"disclosure": record_level.value}
    mixed["field_disclosure"] = {".".join(path): level.value for path, level in field_levels.items()}
    for path, level in entry_levels.items():
        place: Any = mixed
        for key in path:
            place = place[key]
        place[0]["disclosure"] = level.value
    shown = seen(reader, mixed)
    for place, canary in CANARIES:
        levels = [level for path, level in (field_levels | entry_levels).items() if place[: len(path)] == path]
        if not all(reader.shows(level) for level in (record_level, *levels)):
            assert canary not in shown, place


@pytest.mark.parametrize("level", ["restrcited", "", 5, ["public"]])
def test_a_level_that_cannot_be_read_hides(level: object) -> None:
    assert "canary" not in seen(INTERNAL, RECORD | {"disclosure": level})
    assert RECORD["timeline"][0]["text"] not in seen(INTERNAL, with_entry_level(("timeline",), disclosure=level))
    field = RECORD | {"disclosure": "public", "field_disclosure": {"summary": level}}
    assert RECORD["summary"] not in seen(INTERNAL, field)


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        ("impact.busines", ("impact",)),  # misspelt: nobody knows what was meant, so all of it goes
        ("impact.business.reputation.text", ("impact", "business", "reputation")),
        ("timeline.t05", ("timeline",)),  # lists have no names
        ("timeline.0.text", ("timeline",)),
        (
            "classification.revenue_per_hour.amount",
            ("classification", "revenue_per_hour"),
        ),  # no money without an amount
        ("milestones.resolved.at", ("milestones", "resolved")),
        ("milestones.resolved.colour", ("milestones", "resolved")),
        ("summary.first", ("summary",)),
    ],
)
def test_a_path_that_leads_nowhere_hides_the_smallest_whole(path: str, gone: tuple[str, ...]) -> None:
    shown = seen(PUBLIC, RECORD | {"disclosure": "public", "field_disclosure": {path: "internal"}})
    for place, canary in CANARIES:
        if place[: len(gone)] == gone:
            assert canary not in shown, place
        elif place[0] != gone[0]:
            assert canary in shown, place


def test_a_field_that_does_not_exist_hides_the_record() -> None:
    misspelt = RECORD | {"disclosure": "public", "field_disclosure": {"sumary": "internal"}}
    assert seen(PUBLIC, misspelt, postmortems=told()) == "([], [], [])"
    assert "canary" in seen(INTERNAL, misspelt)


@pytest.mark.parametrize("path", ["x-ticket", "x-ticket.url", "provenance.original.body", "links.duplicate_of"])
def test_a_path_to_what_is_not_there_hides_nothing_else(path: str) -> None:
    shown = seen(PUBLIC, RECORD | {"disclosure": "public", "field_disclosure": {path: "internal"}})
    assert [place for place, canary in CANARIES if canary not in shown] == []


def test_what_an_import_did_not_understand_is_never_public() -> None:
    odd = RECORD | {"disclosure": "public", "provenance": {"source": "page", "original": {"body": "canary-original"}}}
    assert [("canary-original" in seen(reader, odd)) for reader in Disclosure] == [False, True, True]


def test_the_default_of_the_knowledge_base_is_for_records_without_a_level() -> None:
    plain = {"title": "canary"}
    for level in Disclosure:
        base = {"default_disclosure": level.value}
        assert [("canary" in seen(reader, incident() | plain, knowledge_base=base)) for reader in Disclosure] == [
            reader.shows(level) for reader in Disclosure
        ]
    assert "canary" not in seen(PUBLIC, incident() | plain), "internal, unless policy says otherwise"
    assert "canary" not in seen(INTERNAL, incident() | plain, knowledge_base={"default_disclosure": "publik"})


@pytest.mark.parametrize("levels", [["summary"], "summary: internal", 5, True])
def test_field_levels_that_are_no_mapping_hide_the_record(levels: object) -> None:
    assert "canary" not in seen(INTERNAL, RECORD | {"disclosure": "public", "field_disclosure": levels})
    assert "canary" in seen(PUBLIC, RECORD | {"disclosure": "public", "field_disclosure": None}), "nothing is hidden"


def test_a_text_that_can_be_read_in_two_ways_is_shown_to_those_who_may_see_everything() -> None:
    base = repo(incident(disclosure="public", title="canary"), postmortems=told(), playbooks=[{"title": "canary"}])
    base.playbooks[0].document.problems.append(Problem("The key `disclosure` is given twice", Span()))
    base.incidents[0].document.problems.append(Problem("The key `disclosure` is given twice", Span()))
    views = {reader: disclosure.view(base, reader) for reader in Disclosure}
    found = {reader: (view.incidents, view.postmortems, view.playbooks) for reader, view in views.items()}
    assert found[PUBLIC] == found[INTERNAL] == ([], [], [])
    assert all(len(entries) == 1 for entries in found[RESTRICTED])


@pytest.mark.parametrize("slip", [{"disclosre": "restricted"}, {"privat": True}, {"x-note": "kept"}])
def test_a_key_that_nobody_knows_hides_the_record(tmp_path: pathlib.Path, slip: dict[str, Any]) -> None:
    """It may be a level misspelt. Only `x-` keys are free."""
    entry = {"id": "t1", "at": "2025-01-10T00:01:00Z", "kind": "note", "text": "canary"}
    kb.write(tmp_path, {"incidents/2025/INC-2025-001.yml": incident(disclosure="public", timeline=[entry | slip])})
    base = repository.load(tmp_path)
    shown = ["canary" in repr(disclosure.view(base, reader).incidents) for reader in Disclosure]
    assert shown == ([True, True, True] if "x-note" in slip else [False, False, True])


def test_a_hidden_postmortem_does_not_leave_the_ids_of_its_action_items_behind() -> None:
    """A post-mortem goes where one of its incidents does, here for a field that nobody can find."""
    step = {"text": "Fix it", "action": "AI-2025-001-1"}
    shown = incident(1, disclosure="public", remediation={"immediate": [step]})
    gone = incident(2, disclosure="public", field_disclosure={"sumary": "internal"})
    both = told(incidents=["INC-2025-001", "INC-2025-002"], action_items=[{"id": "AI-2025-001-1", "title": "Do it"}])
    assert "AI-2025-001-1" in seen(INTERNAL, shown, gone, postmortems=both)
    assert "AI-2025-001-1" not in seen(PUBLIC, shown, gone, postmortems=both)


SHOWN, HIDDEN = incident(1, disclosure="public"), incident(2, disclosure="restricted")


def told(**more: Any) -> list[Plain]:
    return [{"incidents": ["INC-2025-001"], "title": "canary"} | more]


def test_a_postmortem_is_never_wider_than_its_incidents() -> None:
    both = (SHOWN, HIDDEN)
    assert "canary" in seen(PUBLIC, *both, postmortems=told())
    for covered in (["INC-2025-002"], ["INC-2025-001", "INC-2025-002"], ["INC-2025-001", "INC-2025-999"], []):
        for level in ({}, {"disclosure": "public"}):
            assert "canary" not in seen(PUBLIC, *both, postmortems=told(incidents=covered, **level))
    assert "canary" not in seen(PUBLIC, *both, postmortems=told(disclosure="internal"))


def test_of_two_incidents_with_one_id_the_narrower_one_holds_for_their_postmortem() -> None:
    twins = (SHOWN, incident(1, disclosure="restricted", title="The twin"))
    shown = seen(PUBLIC, *twins, postmortems=told())
    assert "canary" not in shown
    assert "The twin" not in shown
    assert "Incident 1" in shown


@pytest.mark.parametrize("level", NARROWER)
def test_a_narrower_action_item_is_not_there_and_its_id_is_named_nowhere(level: Disclosure) -> None:
    item = {
        "id": "AI-2025-001-7",
        "title": "Replace the leaked key",
        "status": "in-progress",
        "disclosure": level.value,
    }
    step = {"text": "Replace a key", "status": "in-progress", "action": "AI-2025-001-7"}
    record = SHOWN | {"remediation": {"short_term": [step]}}
    for reader in Disclosure:
        shown = seen(reader, record, postmortems=told(action_items=[item]))
        assert ("Replace the leaked key" in shown) == reader.shows(level)
        assert ("AI-2025-001-7" in shown) == reader.shows(level)
        assert "Replace a key" in shown


def test_ids_of_hidden_evidence_are_named_nowhere() -> None:
    found = {
        "hypotheses": [{"id": "h1", "text": "Somebody tried", "evidence": ["ev-open", "ev-secret"]}],
        "evidence": [
            {"id": "ev-open", "text": "a log"},
            {"id": "ev-secret", "text": "a list", "disclosure": "restricted"},
        ],
    }
    nodes = [{"id": "n1", "factor": "f", "evidence": ["ev-open", "ev-secret"]}]
    for reader in Disclosure:
        shown = seen(reader, SHOWN | {"investigation": found}, postmortems=told(causes={"nodes": nodes}))
        assert shown.count("ev-open") == 3
        assert shown.count("ev-secret") == (3 if reader is RESTRICTED else 0)


def test_links_to_hidden_records_and_playbooks_go() -> None:
    links = {
        "related": ["INC-2025-002", "INC-2025-003", "INC-2025-404"],
        "duplicate_of": "INC-2025-002",
        "merged_into": "INC-2025-002",
    }
    record = SHOWN | {"links": links, "playbooks": ["security/secret", "availability/open"]}
    other = incident(3, disclosure="public")
    books = [
        {"id": "security/secret", "title": "canary", "disclosure": "restricted"},
        {"id": "availability/open", "title": "Open book", "disclosure": "public"},
    ]
    shown = seen(PUBLIC, record, HIDDEN, other, playbooks=books)
    for gone in ("INC-2025-002", "INC-2025-404", "security/secret", "canary"):
        assert gone not in shown
    for kept in ("INC-2025-003", "availability/open", "Open book"):
        assert kept in shown
    whole = seen(RESTRICTED, record, HIDDEN, other, playbooks=books)
    for kept in ("INC-2025-002", "INC-2025-003", "security/secret", "canary"):
        assert kept in whole


def test_aggregates_of_a_view_count_only_what_it_shows() -> None:
    down = {"impact": {"phases": [phase("2025-01-10T00:00:00Z", "2025-01-11T00:00:00Z")]}}
    base = repo(incident(1, disclosure="public"), incident(2, disclosure="restricted") | down)
    (window,) = periods.parse("30d", NOW, base.zone)

    def figure(key: str, reader: Disclosure) -> object:
        found = metrics.measure(disclosure.view(base, reader), window, NOW).figure(key)
        assert found is not None
        return found.value

    assert [figure("incidents", reader) for reader in Disclosure] == [1, 1, 2]
    assert [figure("downtime", reader) for reader in Disclosure] == [
        None,
        None,
        86_400,
    ]  # nobody recorded the first one's impact


def test_a_report_from_a_view_holds_no_canary_either() -> None:
    hidden = RECORD | {
        "disclosure": "public",
        "field_disclosure": {path[0]: "internal" for path in FIELDS if len(path) == 1},
    }
    view = disclosure.view(repo(hidden), PUBLIC)
    (subject,) = view.all_incidents()
    context = reports.context(reports.share(view, NOW), subject)
    report = text.render(reports.build(context)) + repr(reports.plain(context))
    assert [place for place, canary in CANARIES if canary in report] == []
    assert "7,000," not in report


def test_a_view_of_a_view_is_the_narrower_one() -> None:
    base = repo(RECORD | {"disclosure": "public", "field_disclosure": {"summary": "internal"}}, HIDDEN)

    def shown(view: Repository) -> str:
        return repr((view.incidents, view.postmortems))

    public = disclosure.view(base, PUBLIC)
    assert shown(disclosure.view(disclosure.view(base, INTERNAL), PUBLIC)) != "", "it can be made"
    assert shown(disclosure.view(public, RESTRICTED)) == shown(public), "what is gone does not come back"


def test_the_view_keeps_no_text_of_a_record(example: Any) -> None:
    from incidentbook import repository  # noqa: PLC0415

    loaded = repository.load(example)
    view = disclosure.view(loaded, PUBLIC)
    assert all(entry.document.text == "" and entry.document.value is None for entry in view.incidents)
    assert all(entry.document.text == "" for entry in (*view.postmortems, *view.playbooks))
    hidden = [item.id for item in loaded.all_incidents() if disclosure.level_of_incident(loaded, item) is not PUBLIC]
    assert hidden, "the example has some"
    assert [name for name in hidden if name in repr([entry.path for entry in view.incidents])] == []


def test_the_public_view_does_not_say_where_issues_are_kept() -> None:
    item = {"id": "AI-2025-001-1", "title": "Mend it", "status": "proposed", "issue": "acme/canary#12"}
    told = {"incidents": ["INC-2025-001"], "status": "draft", "disclosure": "public", "action_items": [item]}
    house = repo(incident(disclosure="public"), postmortems=[told])
    issues = {
        level: [shown.issue for _, _, shown in disclosure.view(house, level).action_items()] for level in Disclosure
    }
    assert issues == {PUBLIC: [""], INTERNAL: ["acme/canary#12"], RESTRICTED: ["acme/canary#12"]}


@pytest.mark.parametrize("default", list(Disclosure))
@pytest.mark.parametrize("reader", list(Disclosure))
def test_readers_outside_learn_of_services_no_more_than_their_names(reader: Disclosure, default: Disclosure) -> None:
    house = {"knowledge_base": {"default_disclosure": default.value}}
    services = {"services": {"api": {"name": "API", "description": "How", "depends_on": ["db"], "team": "sre"}}}
    made = repo(**house, services=services)
    found = disclosure.view(made, reader).policy(Services).services["api"]
    assert found.name == "API"
    told = (found.description, found.depends_on, found.team)
    assert told == (("How", ("db",), "sre") if reader.shows(default) else ("", (), ""))
    assert made.policy(Services).services["api"].team == "sre", "the knowledge base itself stays as it is"
