"""The engine: discovery, choice of rules, a fixed order, results of a file list, and rules that fail."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from incidentbook import files, repository, rules
from incidentbook.entry import Entry
from incidentbook.errors import BUG, IncidentbookError
from incidentbook.finding import Finding, narrow
from incidentbook.rules import Hit, Place, choose, discover, engine
from incidentbook.rules.context import Context
from kb import ROOT, at

MINIMAL = ROOT / "tests" / "kb_minimal"
SECOND = "incidents/2025/INC-2025-002.yml"


def minimal() -> Context:
    return Context(repository.load(MINIMAL), at("2025-03-01 00:00"))


def module(**more: Any) -> types.ModuleType:
    """A rule as a third party would write it."""
    made = types.ModuleType("their_rule", "Theirs.\n\n" + "\n".join(rules.HEADINGS))
    made.__dict__.update(
        {"CODE": "XY001", "NAME": "theirs", "SUMMARY": "x", "GRADE": "warning", "check": nothing} | more
    )
    return made


def nothing(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    del entry, context
    yield from ()


def test_every_module_of_a_family_is_a_rule() -> None:
    folder = Path(rules.__file__).parent
    modules = [path for path in folder.glob("*/*.py") if not path.name.startswith("_")]
    assert len(discover()) == len(modules)
    assert {rule.name for rule in discover()} == {path.stem.replace("_", "-") for path in modules}


def test_codes_are_unique_sorted_and_of_their_family() -> None:
    codes = [rule.code for rule in discover()]
    assert codes == sorted(set(codes))
    families: dict[str, str] = {}
    for rule in discover():
        assert families.setdefault(rule.code[:4], rule.family) == rule.family, f"{rule.code} lies in {rule.family}"


def test_the_code_of_overdue_items_is_kept_free() -> None:
    assert "IB601" not in {rule.code for rule in discover()}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["IB203"], {"IB203"}),
        (["ib203"], {"IB203"}),
        (["end-before-start"], {"IB203"}),
        (["files"], {"IB001", "IB002", "IB003"}),
        (["IB00"], {"IB001", "IB002", "IB003"}),
    ],
)
def test_rules_are_chosen_by_code_name_or_family(words: list[str], expected: set[str]) -> None:
    assert {rule.code for rule in choose(discover(), select=words)} == expected
    left = {rule.code for rule in choose(discover(), ignore=words)}
    assert left == {rule.code for rule in discover()} - expected


@pytest.mark.parametrize("word", ["IB999", "unknwon-service", "x"])
def test_a_word_that_names_no_rule_is_refused(word: str) -> None:
    with pytest.raises(IncidentbookError, match=f"There is no rule '{word}'"):
        choose(discover(), select=[word])


def test_a_misspelt_rule_is_met_with_the_one_that_was_meant() -> None:
    with pytest.raises(IncidentbookError, match="did you mean `unknown-service`"):
        choose(discover(), ignore=["unknwon-service"])


def test_a_rule_of_a_third_party_runs_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
        assert context.zone.key == "Europe/Lisbon"
        yield Hit(Place(entry, ("services", 0)), "A service is named here")

    monkeypatch.setattr(rules, "_foreign", lambda: iter([("theirs", module(check=check, KINDS=("incident",)))]))
    discover.cache_clear()
    try:
        (found,) = engine.run(minimal(), discover()).findings
    finally:
        monkeypatch.undo()
        discover.cache_clear()
    assert (found.code, found.path, found.span.line, found.span.column) == (
        "XY001",
        "incidents/2025/INC-2025-001.yml",
        7,
        12,
    )


@pytest.mark.parametrize(
    ("foreign", "message"),
    [
        (module(CODE="IB203"), "Two rules have the code IB203"),
        (module(NAME="syntax"), "Two rules have the name syntax"),
        (module(CODE="7"), "a code looks like IB101"),
        (module(__doc__="No headings."), "has no heading 'What it checks'"),
        (module(check=None), "has no check or finalize"),
    ],
)
def test_what_is_no_rule_is_refused(monkeypatch: pytest.MonkeyPatch, foreign: types.ModuleType, message: str) -> None:
    monkeypatch.setattr(rules, "_foreign", lambda: iter([("theirs", foreign)]))
    discover.cache_clear()
    try:
        with pytest.raises(IncidentbookError, match=message):
            discover()
    finally:
        discover.cache_clear()


def test_a_rule_that_fails_is_a_bug_and_stops_no_other() -> None:
    def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
        del context
        yield Hit(Place(entry), "found before the failure")
        raise ZeroDivisionError("oops")

    context = minimal()
    broken = rules._rule(module(check=check, KINDS=("playbook",)), "theirs")
    outcome = engine.run(context, (broken, *discover()))
    (failure,) = outcome.failures
    assert failure.exit_status == BUG
    assert str(failure) == (
        "Rule XY001 (theirs) failed on playbooks/availability/database-failover.md: ZeroDivisionError: oops"
    )
    assert isinstance(failure.__cause__, ZeroDivisionError)
    assert "--ignore XY001" in failure.hint
    assert [found.message for found in outcome.findings] == ["found before the failure"]


START = "title: x\nstatus: declared\nmilestones: {started: 2025-01-15T02:30:00Z}\n"
ITEM = "action_items:\n  - {id: AI-2025-001-1, title: x, status: done}\n"
BROKEN = {
    "incidents/2025/INC-2025-001.yml": f"id: INC-2025-001\nseverity: sev9\nservices: [a, b]\n{START}",
    SECOND: f"id: INC-2025-001\nseverity: sev1\nservices: [a, b]\n{START}",
    "postmortems/2025/INC-2025-003.md": f"---\nincidents: [INC-2025-003]\nstatus: draft\n{ITEM}---\n",
    "policy/unknown.yml": "a: 1\n",
}


def test_order_is_by_file_and_place(check: Callable[..., list[Finding]]) -> None:
    found = check(BROKEN)
    assert len(found) > 8
    assert found == sorted(found, key=lambda finding: finding.sort_key)
    assert found == check(BROKEN), "the same every time"


def test_a_file_list_gives_what_the_whole_run_says_of_these_files(check: Callable[..., list[Finding]]) -> None:
    found = check(BROKEN)
    for path in {finding.path for finding in found}:
        narrowed = narrow(found, [path])
        assert set(narrowed) >= {finding for finding in found if finding.path == path}
        assert all(f.path == path or path in {near.path for near in f.related} for f in narrowed)
    assert narrow(found, {finding.path for finding in found}) == tuple(found)
    assert narrow(found, []) == ()


def test_a_duplicate_is_reported_for_either_file(check: Callable[..., list[Finding]], base: Callable[..., str]) -> None:
    first = "incidents/2025/INC-2025-001.yml"
    found = check({SECOND: base(first)})
    assert [f.code for f in narrow(found, [first])] == ["IB303"]
    assert [f.code for f in narrow(found, [SECOND])] == ["IB303"]


def test_this_repository_s_own_knowledge_base_is_clean() -> None:
    repo = repository.load(ROOT)
    outcome = engine.run(Context(repo, repo.now(), files.listing(ROOT)[1]), discover())
    assert not outcome.failures
    assert [f"{f.path}:{f.span.line}: {f.code} {f.message}" for f in outcome.findings] == []
