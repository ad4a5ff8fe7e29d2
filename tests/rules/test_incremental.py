"""A check by way of what an earlier one kept says the same as a check of everything, and looks at no more than it has to."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentbook import files, repository
from incidentbook.entry import Entry
from incidentbook.finding import Finding, Grade
from incidentbook.results import fingerprint, standing
from incidentbook.results.store import FOLDER, Store
from incidentbook.rules import Hit, Place, Rule, discover, engine, incremental
from incidentbook.rules.context import Context
from kb import ROOT, at

MINIMAL = ROOT / "tests" / "kb_minimal"
NOW = at("2025-03-01 00:00")
FIRST, SECOND = "incidents/2025/INC-2025-001.yml", "incidents/2025/INC-2025-002.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
PLAYBOOK = "playbooks/availability/database-failover.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of tests/kb_minimal whose files were written long ago, so that their times prove something."""
    folder = tmp_path / "kb"
    shutil.copytree(MINIMAL, folder)
    return folder


@pytest.fixture(autouse=True)
def _old_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file be too new: tests write and check within the clock's grain, and never the same size twice."""
    monkeypatch.setattr(files, "newest", lambda: 2**62)


def whole(root: Path, now: dt.datetime = NOW, rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Check everything."""
    context = Context(repository.load(root), now, files.listing(root)[1])
    return engine.run(context, discover() if rules is None else rules).findings


def store(root: Path) -> Store:
    policies = fingerprint.policies(root, files.listing(root)[0])
    return Store(root, fingerprint.of(root, policies, ((), ()), lambda: ()), policies)


def again(
    root: Path, now: dt.datetime = NOW, rules: Sequence[Rule] | None = None
) -> tuple[tuple[Finding, ...], list[str]]:
    """Check by way of what was kept; return the findings and the files that were looked at."""
    read, unread = files.listing(root)
    looked: list[str] = []

    def progress(paths: Iterable[str], number: int, doing: str) -> Iterator[str]:
        some = [*paths]
        assert len(some) == number
        looked.extend(some if doing == "Checking" else ())
        yield from some

    context = Context(repository.lazily(root, read, digested=True), now, unread)
    outcome = incremental.run(context, lambda: discover() if rules is None else rules, store(root), progress)
    return outcome.findings, looked


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    write(root, path, text.replace(old, new))


def test_the_second_check_looks_at_nothing(root: Path) -> None:
    findings, looked = again(root)
    assert set(looked) == {*files.listing(root)[0], incremental.WHOLE}
    assert again(root) == (findings, [])
    assert standing.findings(root, *files.listing(root), store(root)) is not None


def test_no_rule_is_loaded_where_nothing_has_changed(root: Path) -> None:
    again(root)

    def rules() -> Sequence[Rule]:
        raise AssertionError("the rules are not needed")

    context = Context(repository.lazily(root, files.listing(root)[0], digested=True), NOW)
    incremental.run(context, rules, store(root))


def test_a_changed_file_is_looked_at_with_those_that_asked_about_it(root: Path) -> None:
    again(root)
    edit(root, FIRST, "title:", "title: New")
    assert set(again(root)[1]) == {FIRST, POSTMORTEM}


def test_a_file_that_was_only_written_anew_is_not(root: Path) -> None:
    again(root)
    os.utime(root / FIRST, (1, 1))
    assert again(root)[1] == []
    assert standing.findings(root, *files.listing(root), store(root)) is not None, "its new time has been noted"


def test_a_changed_policy_makes_every_result_another_one(root: Path) -> None:
    findings, looked = again(root)
    edit(root, "policy/services.yml", "services:", "# changed\nservices:")
    assert again(root) == (findings, looked)


def test_a_moment_that_passes_has_what_depends_on_it_looked_at(root: Path) -> None:
    edit(root, PLAYBOOK, "status:", "status:")
    again(root)
    later = at("2031-01-01 00:00")
    findings, looked = again(root, later)
    assert findings == whole(root, later)
    assert "IB701" in {found.code for found in findings}
    assert PLAYBOOK in looked
    assert FIRST not in looked, "nothing about a closed incident depends on the clock"


def test_a_duplicate_in_another_file_is_seen_and_seen_to_go(root: Path) -> None:
    before, _ = again(root)
    write(root, SECOND, (root / FIRST).read_text(encoding="utf-8"))
    assert "IB303" in {found.code for found in again(root)[0]}
    (root / SECOND).unlink()
    assert again(root)[0] == before


def test_a_file_that_a_link_leads_to_is_missed_as_soon_as_it_is_gone(root: Path) -> None:
    write(root, "docs/graph.svg", "<svg/>")
    edit(root, POSTMORTEM, "\n---\n", "\n---\n\nSee [the graph](../../docs/graph.svg).\n")
    assert "IB702" not in {found.code for found in again(root)[0]}
    (root / "docs/graph.svg").unlink()
    assert standing.findings(root, *files.listing(root), store(root)) is None
    findings, looked = again(root)
    assert "IB702" in {found.code for found in findings}
    assert looked == [POSTMORTEM]


@pytest.mark.parametrize(
    ("path", "old", "new", "arrives", "meant"),
    [
        (
            POSTMORTEM,
            "\n---\n",
            "\n---\n\n[x](../../playbooks/capacity/full-disc.md)\n",
            "playbooks/capacity/full-disk.md",
            "full-disk",
        ),
        (
            FIRST,
            "playbooks: [availability/",
            "playbooks: [capacity/full-disc, availability/",
            "playbooks/capacity/full-disk.md",
            "full-disk",
        ),
        (
            FIRST,
            "playbooks:",
            "links: {related: [INC-2025-0O7]}\nplaybooks:",
            "incidents/2025/INC-2025-007.yml",
            "INC-2025-007",
        ),
    ],
)
def test_what_a_name_may_have_meant_follows_what_there_is(
    root: Path, path: str, old: str, new: str, arrives: str, meant: str
) -> None:
    edit(root, path, old, new)
    again(root)
    kind = PLAYBOOK if arrives.endswith(".md") else FIRST
    text = (root / kind).read_text(encoding="utf-8").replace("availability/database-failover", "capacity/full-disk")
    write(root, arrives, text.replace("id: INC-2025-001", "id: INC-2025-007"))
    findings, _ = again(root)
    assert findings == whole(root)
    assert any(found.path == path and "did you mean" in found.message and meant in found.message for found in findings)


def test_what_other_incidents_did_to_a_service_counts_within_its_window(root: Path) -> None:
    edit(
        root,
        "policy/severities.yml",
        "[{measure: customers_affected_pct, at_least: 50}]",
        "[{measure: slo_breached, is: true}]",
    )
    slo = "slo: {availability: 99.5, window: 30d}, team: platform, depends_on"
    edit(root, "policy/services.yml", "team: platform, depends_on", slo)
    other = (
        (root / FIRST).read_text(encoding="utf-8").split("investigation:")[0].replace("INC-2025-001", "INC-2025-002")
    )
    other = other.replace("severity: sev1", "severity: sev3").replace("2025-01-15T", "2025-01-10T")
    write(root, SECOND, other)
    write(root, "incidents/2024/INC-2024-001.yml", other.replace("2025", "2024"))
    before, _ = again(root)
    write(root, SECOND, other.replace("T04:45:00Z", "T02:33:00Z"))
    findings, looked = again(root)
    assert findings == whole(root)
    assert [found.path for found in before if found.code == "IB503"] != [f.path for f in findings if f.code == "IB503"]
    assert set(looked) == {FIRST, SECOND}, "the incident of the year before lies outside"


def test_a_new_file_that_nothing_reads_is_reported(root: Path) -> None:
    again(root)
    write(root, "incidents/2025/INC-2025-009.yaml", "id: x\n")
    findings, looked = again(root)
    assert "IB002" in {found.code for found in findings}
    assert looked == [incremental.WHOLE]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("incidentbook-check-1", "incidentbook-check-0"),
        lambda text: text.replace("\t", " "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\t[[", "\t[{"),
        lambda text: text + "x\n",
        lambda text: text.replace('"policy/', '\\"policy/'),
    ],
)
def test_what_is_damaged_is_as_good_as_nothing(root: Path, damage: Callable[[str], str]) -> None:
    expected, _ = again(root)
    (kept,) = (root / FOLDER).glob("*.txt")
    kept.write_text(damage(kept.read_text(encoding="ascii")), encoding="ascii")
    assert standing.findings(root, *files.listing(root), store(root)) is None
    assert again(root)[0] == expected


def test_a_folder_that_has_become_a_link_is_looked_at(root: Path, tmp_path: Path) -> None:
    again(root)
    (root / "playbooks").rename(tmp_path / "elsewhere")
    (root / "playbooks").symlink_to(tmp_path / "elsewhere")
    assert standing.findings(root, *files.listing(root), store(root)) is None
    findings, _ = again(root)
    assert findings == whole(root)
    assert "IB001" in {found.code for found in findings}, "it leads out of the knowledge base"


def test_a_rule_that_asks_for_unread_files_is_asked_again_when_one_goes(root: Path) -> None:
    write(root, "incidents/2025/notes.json", "{}")

    def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
        if entry.kind == "playbook" and context.unread:
            yield Hit(Place(entry), "there is one")

    rules = (rule(check),)
    assert again(root, rules=rules)[0]
    (root / "incidents/2025/notes.json").unlink()
    assert again(root, rules=rules) == ((), [PLAYBOOK, incremental.WHOLE])


def test_what_is_kept_stays_out_of_git_and_is_bounded(root: Path) -> None:
    for number in range(12):
        edit(root, "policy/knowledge-base.yml", "name:", f"# {number}\nname:")
        again(root)
    assert (root / ".incidentbook" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert len([*(root / FOLDER).glob("*.txt")]) == 8


def rule(check: Any = None, finalize: Any = None) -> Rule:
    """A rule as somebody else would write it."""
    return Rule("XY001", "theirs", "theirs", "x", Grade.WARNING, "", None, check, finalize)


def test_a_rule_that_fails_is_asked_again(root: Path) -> None:
    calls: list[str] = []

    def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
        del context
        calls.append(entry.path)
        if entry.path == FIRST:
            raise ZeroDivisionError
        yield from ()

    for _ in range(2):
        again(root, rules=(rule(check),))
    assert calls.count(FIRST) == 2
    assert calls.count(POSTMORTEM) == 1


def test_a_rule_that_reads_everything_is_asked_again_whatever_changes(root: Path) -> None:
    def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
        if entry.kind == "playbook":
            said = ", ".join(incident.title for incident in context.repo.all_incidents())
            yield Hit(Place(entry), said)

    rules = (rule(check),)
    again(root, rules=rules)
    edit(root, FIRST, "title:", "title: New")
    findings, looked = again(root, rules=rules)
    assert findings == whole(root, rules=rules)
    assert "New" in findings[0].message
    assert set(looked) == {FIRST, PLAYBOOK}


def test_a_rule_about_the_whole_is_kept_like_any_other(root: Path) -> None:
    def finalize(context: Context) -> Iterator[Hit]:
        for entry in context.incidents("INC-2025-001"):
            yield Hit(Place(entry), entry.record.title)

    rules = (rule(finalize=finalize),)
    again(root, rules=rules)
    assert again(root, rules=rules)[1] == []
    edit(root, FIRST, "title:", "title: New")
    findings, looked = again(root, rules=rules)
    assert findings == whole(root, rules=rules)
    assert incremental.WHOLE in looked


# -- whatever happens to the files, the result is that of a check of everything ----------------------------------------------

PATHS = (FIRST, SECOND, "incidents/2025/INC-2025-003.yml", POSTMORTEM, "postmortems/2025/INC-2025-002.md", PLAYBOOK)
CHANGES = (
    ("INC-2025-001", "INC-2025-002"),
    ("INC-2025-002", "INC-2025-003"),
    ("INC-2025-003", "INC-2025-001"),
    ("AI-2025-001-1", "AI-2025-002-1"),
    ("status: resolved", "status: investigating"),
    ("status: published", "status: draft"),
    ("severity: sev2", "severity: sev1"),
    ("severity: sev1", "severity: sev2"),
    ("title:", "disclosure: restricted\ntitle:"),
    ("disclosure: restricted\n", ""),
    ("title:", "ttle:"),
    ("ttle:", "title:"),
    ("T04:45:00Z", "T09:45:00Z"),
    ("T02:30:00Z", "T01:30:00Z"),
    ("outage", "degraded"),
    ("services:", "services: {"),
    ("services: {", "services:"),
    ("last_reviewed: 2025", "last_reviewed: 2024"),
)
STEP = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(PATHS), st.sampled_from(CHANGES)),
    st.tuples(st.just("copy"), st.sampled_from(PATHS[:5]), st.sampled_from(PATHS[:5])),
    st.tuples(st.just("remove"), st.sampled_from(PATHS), st.none()),
    st.tuples(st.just("link"), st.sampled_from(PATHS), st.sampled_from(("see INC-2025-002", "[x](../../docs/x.md)"))),
    st.tuples(st.just("file"), st.just("docs/x.md"), st.booleans()),
    st.tuples(st.just("time"), st.integers(0, 2000), st.none()),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=8))
def test_whatever_changes_the_result_is_that_of_a_check_of_everything(steps: list[Any], tmp_path: Path) -> None:
    root, now = tmp_path / "kb", NOW
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(MINIMAL, root)
    again(root)
    for kind, first, second in steps:
        if kind == "time":
            now = NOW + dt.timedelta(days=first)
        else:
            happen(root, kind, first, second)
        assert again(root, now)[0] == whole(root, now), (kind, first, second)


def happen(root: Path, kind: str, first: str, second: Any) -> None:
    """Do to the files what a person, an editor or Git does."""
    path = root / first
    if kind == "file":
        write(root, first, "x") if second else path.unlink(missing_ok=True)
    elif kind == "remove":
        path.unlink(missing_ok=True)
    elif not path.exists():
        return
    elif kind == "copy" and Path(first).suffix == Path(second).suffix:
        write(root, second, path.read_text(encoding="utf-8"))
    elif kind == "edit":
        write(root, first, path.read_text(encoding="utf-8").replace(*second))
    elif kind == "link":
        mark = f"\n{second}\n" if path.suffix == ".md" else f"\n# {second}\nx-note: '{second}'\n"
        write(root, first, path.read_text(encoding="utf-8") + mark)


@pytest.mark.parametrize("gone", [False, True], ids=["written", "taken-away"])
def test_a_policy_that_changes_once_the_key_is_taken_is_kept_under_no_key(root: Path, gone: bool) -> None:  # noqa: FBT001 - a parameter
    policy = root / "policy" / "services.yml"
    before = policy.read_bytes()
    kept_under = store(root)
    if gone:
        policy.unlink()
    else:
        policy.write_bytes(before.replace(b"public-api", b"open-api"))
    context = Context(repository.lazily(root, [*kept_under.policies, FIRST], digested=True), NOW, [])
    incremental.run(context, discover, kept_under)
    assert kept_under.lines() == []
    policy.write_bytes(before)
    assert again(root)[0] == whole(root)
