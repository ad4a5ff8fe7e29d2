"""Trials: what the rules would say of other texts, beside files that are as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from incidentbook import repository
from incidentbook.entry import Entry
from incidentbook.finding import Finding, Grade
from incidentbook.rules import Hit, Place, Rule, discover, keys
from incidentbook.rules.context import Context
from incidentbook.rules.trial import looker
from incidentbook.span import Span
from kb import ROOT, at

MINIMAL = ROOT / "tests" / "kb_minimal"
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
PLAYBOOK = "playbooks/availability/database-failover.md"
TEAMS = "policy/knowledge-base.yml"
SERVICES = "policy/services.yml"


@pytest.fixture
def context() -> Context:
    return Context(repository.load(MINIMAL), at("2025-01-15 04:00"), ("incidents/notes.txt",))


def text(path: str, old: str = "", new: str = "") -> str:
    before = (MINIMAL / path).read_text(encoding="utf-8")
    assert old in before
    return before.replace(old, new)


def said(context: Context, **files: str) -> dict[str, list[str]]:
    names = {"record": RECORD, "services": SERVICES}
    found = looker(context, discover())({names[name]: content for name, content in files.items()})
    return {
        path: [f"{each.span.line}:{each.span.column} {each.code}" for each in members]
        for path, members in found.items()
    }


def test_nothing_but_the_texts_is_looked_at_and_now_is_what_it_was(context: Context) -> None:
    assert said(context, record=text(RECORD)) == {RECORD: ["12:13 IB205", "14:90 IB205", "17:63 IB205", "20:18 IB205"]}


def test_texts_answer_for_each_other(context: Context) -> None:
    record = text(RECORD, "[public-api]", "[public-web]").replace("T04:45", "T03:45")
    services = text(SERVICES, "public-api", "public-web")
    assert said(context, record=record) == {RECORD: ["7:12 IB401"]}
    assert said(context, record=record, services=services) == {RECORD: [], SERVICES: []}
    assert said(context, record=text(RECORD, "T04:45", "T03:45"), services=services)[RECORD] == ["7:12 IB401"]


def test_a_record_is_known_by_the_id_of_the_trial(context: Context) -> None:
    renamed = text(RECORD, "id: INC-2025-001", "id: INC-2025-002").replace("T04:45", "T03:45")
    assert said(context, record=renamed)[RECORD] == ["1:5 IB301"]


def test_what_is_kept_of_a_file_does_not_hold_for_its_other_text(context: Context) -> None:
    kept = {path: keys.of(entry, context.house) for path, entry in context.entries.items()}
    context.keys_of = lambda entry: kept[entry.path]
    renamed = {
        RECORD: text(RECORD, "INC-2025-001", "INC-2025-007").replace("T04:45", "T03:45"),
        POSTMORTEM: text(POSTMORTEM, "INC-2025-001", "INC-2025-007"),
    }
    found = looker(context, discover())(renamed)
    assert {path: [each.code for each in members] for path, members in found.items()} == {
        RECORD: ["IB301"],
        POSTMORTEM: ["IB301", "IB308"],
    }


def test_the_files_around_it_are_those_of_the_knowledge_base(context: Context) -> None:
    steps = "steps: [{id: one, action: x, command: sh policy/services.yml}, {id: two, action: x, command: sh policy/gone.sh}]"
    found = looker(context, discover())({PLAYBOOK: text(PLAYBOOK, "---\nRead", f"{steps}\n---\nRead")})[PLAYBOOK]
    assert [each.message for each in found] == [
        "There is no `policy/gone.sh` in the repository, which this command names"
    ]


def test_a_policy_of_the_trial_decides_who_may_read_the_files_beside_it(tmp_path: Path) -> None:
    shutil.copytree(MINIMAL, tmp_path, dirs_exist_ok=True)
    (tmp_path / RECORD).write_text(text(RECORD, "disclosure: public\n"), encoding="utf-8")
    look = looker(Context(repository.load(tmp_path), at("2025-03-01 00:00")), discover())
    told = text(PLAYBOOK, "---\nRead", "disclosure: internal\n---\nAs in INC-2025-001, read")
    narrower = text(TEAMS, "default_disclosure: internal", "default_disclosure: restricted")
    assert look({PLAYBOOK: told})[PLAYBOOK] == ()
    assert [found.code for found in look({PLAYBOOK: told, TEAMS: narrower})[PLAYBOOK]] == ["IB909"]


def test_nothing_is_kept_of_a_trial(context: Context) -> None:
    before = said(context, record=text(RECORD))
    said(
        context,
        record=text(RECORD, "[public-api]", "[public-web]"),
        services=text(SERVICES, "public-api", "public-web"),
    )
    assert said(context, record=text(RECORD)) == before


def test_findings_come_in_order_and_a_rule_that_fails_is_one() -> None:
    def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
        yield Hit(Place(entry, ("title",)), f"second, beside {context.unread[0]}")
        yield Hit(Place(entry, ("id",)), "first")
        if "broken" in entry.document.text:
            raise ValueError("no such thing")

    rule = Rule("XY001", "theirs", "theirs", "x", Grade.WARNING, "", check=check)
    look = looker(Context(repository.load(MINIMAL), at("2025-03-01 00:00"), ("a.txt",)), [rule])
    assert [found.message for found in look({RECORD: text(RECORD)})[RECORD]] == ["first", "second, beside a.txt"]
    *_, failed = look({RECORD: text(RECORD, "No booking", "broken")})[RECORD]
    message = f"Rule XY001 (theirs) failed on {RECORD}: ValueError: no such thing"
    assert failed == Finding("XY001", "XY001", RECORD, Span(), message)
