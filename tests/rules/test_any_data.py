"""Whatever stands in a file, no rule fails, every finding has a place in it, and gate and exact path agree."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentbook import repository, schema
from incidentbook.edit import _with
from incidentbook.entry import Entry
from incidentbook.repository import Repository
from incidentbook.rules import discover, engine
from incidentbook.rules.context import Context
from incidentbook.yaml12 import dump
from kb import ROOT, at
from yaml_data import DATA

MINIMAL = ROOT / "tests" / "kb_minimal"
FILES = [path.relative_to(MINIMAL).as_posix() for path in repository.record_paths(MINIMAL)]


@functools.cache
def plain(name: str) -> Any:
    return repository.load_file(MINIMAL, MINIMAL / name).document.value


def places(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for step, inner in pairs for place in places(inner, (*path, step)))]


def with_file(folder: Path, name: str, text: str) -> Repository:
    """Return tests/kb_minimal with one file replaced."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8", newline="")
    changed = repository.load_file(folder, folder / name)
    repo = repository.load(MINIMAL)

    def swap(entries: list[Entry[Any]]) -> list[Entry[Any]]:
        return [changed if entry.path == name else entry for entry in entries]

    repo.incidents, repo.postmortems, repo.playbooks = (
        swap(repo.incidents),
        swap(repo.postmortems),
        swap(repo.playbooks),
    )
    repo.policies = {kind: changed if entry.path == name else entry for kind, entry in repo.policies.items()}
    return repo


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_value_at_any_place(name: str, data: st.DataObject, tmp_path: Path) -> None:
    before = plain(name)
    changed = _with(before, data.draw(st.sampled_from(places(before))), data.draw(DATA))
    text = dump(changed)
    repo = with_file(tmp_path, name, f"---\n{text}---\nbody\n" if name.endswith(".md") else text)
    outcome = engine.run(Context(repo, at("2025-03-01 00:00")), discover())
    assert outcome.failures == ()
    lines = text.count("\n") + 5
    assert all(1 <= found.span.line <= lines for found in outcome.findings if found.path == name)
    kind = next(entry.kind for entry in repo.entries if entry.path == name)
    assert schema.valid(kind, changed) == (not list(schema.errors(kind, changed)))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(FILES), at_=st.integers(0, 900), gone=st.integers(0, 40), new=st.text(max_size=12))
def test_any_damage_to_the_text(name: str, at_: int, gone: int, new: str, tmp_path: Path) -> None:
    text = (MINIMAL / name).read_text(encoding="utf-8")
    repo = with_file(tmp_path, name, text[:at_] + new + text[at_ + gone :])
    outcome = engine.run(Context(repo, at("2025-03-01 00:00")), discover())
    assert outcome.failures == ()
