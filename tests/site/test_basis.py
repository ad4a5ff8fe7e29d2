"""A page says the same as long as its basis is the same, whatever is changed in a knowledge base; one change moves few."""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kb
from commits import Repo
from incidentbook import hindsight, source
from incidentbook.history import reading
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import interface, prepare
from incidentbook.site.addresses import Addresses
from incidentbook.site.data_file import DataFile
from incidentbook.site.page import Page
from incidentbook.site.pages import incident, postmortem
from incidentbook.snapshot import loading, tree
from incidentbook.snapshot.store import Store

NOW = kb.at("2025-01-15 06:00")
FOLDERS = ("incidents", "postmortems", "playbooks", "policy")
STEPS = 25
IMPORTED = "incidents/2024/INC-2024-901.yml"
UNRESOLVED = kb.incident(901, "2024-11-02T10:00:00Z") | {
    "id": "INC-2024-901",
    "status": "monitoring",
    "severity": "sev2",
    "services": ["public-api"],
    "disclosure": "public",
    "milestones": {"started": "2024-11-02T10:00:00Z", "declared": "2024-11-02T10:05:00Z"},
    "impact": {
        "phases": [{"id": "p1", "level": "outage", "from": "2024-11-02T10:00:00Z", "to": "2024-11-02T11:00:00Z"}]
    },
    "communications": [
        {
            "id": "c1",
            "at": "2024-11-02T10:10:00Z",
            "audience": "public",
            "channel": "status-page",
            "text": "We look into it.",
        }
    ],
    "provenance": {"source": "statuspage", "id": "x", "last_seen": "2024-12-01T00:00:00Z"},
}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SHIFTS = [dt.timedelta(hours=hours) for hours in (-9000, -700, -24, -1, 1, 24, 700, 9000)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of this repository's own records, with the clock going on."""
    base = Repo.new(tmp_path / "kb").base
    for name in FOLDERS:
        shutil.copytree(kb.ROOT / name, base / name)
    policy = base / "policy" / "knowledge-base.yml"
    kept = [line for line in policy.read_text(encoding="utf-8").splitlines() if not line.startswith("as_of:")]
    kb.write(base, {IMPORTED: UNRESOLVED, "policy/knowledge-base.yml": "\n".join(kept) + "\n"})
    return base


def made(
    root: Path, reader: Disclosure, now: dt.datetime, *, hindsight_of: bool = False, told: bool = False
) -> list[Page | DataFile]:
    """Return the pages of incidents and post-mortems as the site of ``root`` has them, and the files for programs."""
    with Store.of(root) as store:
        repo = tree.load(root, store, None, loading.WHOLE)
        repo = hindsight.until(repo, now) if hindsight_of else repo
        site = prepare(repo, now, reader, "", store, reading.past(root) if told else None)
        return [*incident.render(site), *postmortem.render(site), *interface.render(site, Addresses())]


def pages(root: Path, reader: Disclosure, now: dt.datetime, *, told: bool = False) -> list[Page]:
    """Return the pages alone."""
    return [item for item in made(root, reader, now, told=told) if isinstance(item, Page)]


class Editor:
    """Changes files at random, to what other places of the same name hold or what is near."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.random = root, random.Random(seed)  # noqa: S311 - the same edits in every run
        self.files = sorted(
            path for name in FOLDERS for path in (root / name).rglob("*") if path.suffix in (".yml", ".md")
        )
        self.pool: dict[str, list[Any]] = defaultdict(list)
        for path in self.files:
            for _, key, value in places(self.read(path)[0]):
                self.pool[str(key)].append(value)

    def read(self, path: Path) -> tuple[Any, str]:
        """Return the data and the body of a file."""
        document = source.load_as(path.relative_to(self.root).as_posix(), path.read_bytes().decode())
        return document.value, document.body

    def step(self) -> str:
        """Change one file; return which, and how."""
        path = self.random.choice([path for path in self.files if path.exists()])
        value, body = self.read(path)
        if self.random.random() < 0.05 and path.parent.parent.name in ("incidents", "postmortems"):
            path.unlink()
            return f"without {path.name}"
        said = self.change(value) if isinstance(value, dict) else "left alone"
        if body:
            body += self.random.choice(["", "", "\nSee INC-2024-003.\n"])
        kb.write(self.root, {path.relative_to(self.root).as_posix(): value if not body else document(value, body)})
        return f"{path.name}: {said}"

    def change(self, value: dict[str, Any]) -> str:
        """Change one place in some data."""
        home, key, old = self.random.choice(list(places(value)))
        if self.random.random() < 0.15:
            del home[key]
            return f"no {key}"
        home[key] = new = self.other(str(key), old)
        return f"{key}: {old} -> {new}"

    def other(self, key: str, old: Any) -> Any:
        """Return another value for a place."""
        if isinstance(old, str) and _TIME.fullmatch(old) and self.random.random() < 0.8:
            return kb.z(kb.at(old) + self.random.choice(_SHIFTS))
        if isinstance(old, str) and self.random.random() < 0.2:
            return f"{old} INC-2024-002"
        return copy.deepcopy(self.random.choice(self.pool[key])) if self.pool[key] else old


def places(value: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield every place in some data: what holds it, its key, its value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield value, key, inner
        yield from places(inner)


def document(value: Any, body: str) -> str:
    """Return front matter and body."""
    from incidentbook import yaml12  # noqa: PLC0415

    return f"---\n{yaml12.dump(value)}---\n{body}"


@pytest.mark.no_cover  # every page of the example, again and again
@pytest.mark.parametrize("seed", range(4))
def test_one_basis_has_one_page(root: Path, seed: int) -> None:
    editor, seen = Editor(root, seed), {}
    edits: list[str] = []
    for _ in range(STEPS):
        edits.append(editor.step())
        reader = editor.random.choice(list(Disclosure))
        now = NOW + editor.random.choice([dt.timedelta(0), *_SHIFTS])
        for item in made(root, reader, now, hindsight_of=editor.random.random() < 0.2):
            if item.basis:
                says = (item.title, item.content) if isinstance(item, Page) else item.text
                assert seen.setdefault((item.path, item.basis), says) == says, edits
    assert len({basis for _, basis in seen}) > STEPS


def test_the_clock_moves_no_page_of_what_nobody_has_seen_since(root: Path) -> None:
    name, later = "incidents/INC-2024-901.md", NOW + dt.timedelta(hours=5)
    before, after = ({page.path: page for page in pages(root, Disclosure.INTERNAL, now)} for now in (NOW, later))
    assert before[name].basis == after[name].basis != ""
    assert before[name].content == after[name].content
    assert "unresolved when last seen" in before[name].content
    phase = {"id": "p1", "level": "outage", "from": "2024-11-02T10:00:00Z"}
    policy = (root / "policy/knowledge-base.yml").read_text(encoding="utf-8")
    kb.write(root, {IMPORTED: UNRESOLVED | {"impact": {"phases": [phase]}}, "policy/knowledge-base.yml": policy})
    before, after = ({page.path: page for page in pages(root, Disclosure.INTERNAL, now)} for now in (NOW, later))
    assert before[name].basis != after[name].basis, "a phase without an end goes on with the clock"


def test_a_changed_title_touches_what_names_it(root: Path) -> None:
    before = {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, NOW)}
    assert all(before.values())
    kb.change(root, "incidents/2024/INC-2024-002.yml", "\ntitle: ", "\ntitle: Again, ")
    after = {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, NOW)}
    touched = {path for path, basis in after.items() if basis != before[path]}
    assert {"incidents/INC-2024-002.md", "postmortems/INC-2024-002.md"} <= touched
    assert len(touched) < len(before) / 3


def test_a_record_that_is_named_and_goes_takes_the_link_with_it(root: Path) -> None:
    editor, path = Editor(root, 0), root / "incidents/2024/INC-2024-005.yml"
    kb.write(root, {path.relative_to(root).as_posix(): editor.read(path)[0] | {"summary": "As in INC-2024-008."}})
    before = {page.path: page for page in pages(root, Disclosure.INTERNAL, NOW)}
    content = before["incidents/INC-2024-005.md"].content
    (root / "incidents/2024/INC-2024-008.yml").unlink()
    after = {page.path: page for page in pages(root, Disclosure.INTERNAL, NOW)}
    assert after["incidents/INC-2024-005.md"].content != content
    assert after["incidents/INC-2024-005.md"].basis != before["incidents/INC-2024-005.md"].basis


def test_a_step_tells_how_an_item_of_another_post_mortem_stands(root: Path) -> None:
    editor, path = Editor(root, 0), root / "incidents/2024/INC-2024-002.yml"
    value = editor.read(path)[0] | {"remediation": {"long_term": [{"text": "Mend it.", "action": "AI-2024-004-1"}]}}
    kb.write(root, {path.relative_to(root).as_posix(): value})
    before = {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, NOW)}
    other = root / "postmortems/2024/INC-2024-004.md"
    front, body = editor.read(other)
    front["action_items"][0]["status"] = "in-progress"
    kb.write(root, {other.relative_to(root).as_posix(): document(front, body)})
    after = {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, NOW)}
    assert after["incidents/INC-2024-002.md"] != before["incidents/INC-2024-002.md"]


def test_the_clock_moves_only_what_has_no_end(root: Path) -> None:
    before, after = (
        {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, now)}
        for now in (NOW, NOW + dt.timedelta(minutes=1))
    )
    moved = {path for path, basis in after.items() if basis != before[path]}
    endless = {f"incidents/INC-2024-{number}.md" for number in ("003", "008", "013")} | {"postmortems/INC-2024-013.md"}
    assert moved == endless | {"incidents/INC-2024-016.md"}, (
        "013 still hits a service of 016, whose severity it may decide"
    )
    later = {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, NOW + dt.timedelta(days=400))}
    assert "postmortems/INC-2025-001.md" in {path for path, basis in later.items() if basis != before[path]}, (
        "items fall due"
    )


def test_what_git_tells_is_part_of_it(root: Path) -> None:
    repo = Repo(root)
    repo.commit("2025-01-10T00:00:00Z", {})
    before = {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, NOW, told=True)}
    repo.commit("2025-01-11T00:00:00Z", {"incidents/2024/INC-2024-002.yml": None})
    shutil.copy(kb.ROOT / "incidents/2024/INC-2024-002.yml", root / "incidents/2024")
    repo.commit("2025-01-12T00:00:00Z", {})
    after = {page.path: page.basis for page in pages(root, Disclosure.INTERNAL, NOW, told=True)}
    assert {path for path in after if after[path] != before[path]} == {"incidents/INC-2024-002.md"}
