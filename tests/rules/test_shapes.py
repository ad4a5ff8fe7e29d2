"""Whatever shape a file's data has, each rule by itself copes: the schema rules say what is wrong, the others look past it."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path
from typing import Any

import pytest

from incidentbook import files, repository
from incidentbook.rules import discover, engine
from incidentbook.rules.context import Context
from incidentbook.yaml12 import dump
from kb import ROOT, at

MINIMAL = ROOT / "tests" / "kb_minimal"
RULES = {rule.code: rule for rule in discover()}
WRONG: tuple[Any, ...] = ("x", None, [3], {"x": {"x": "x"}})


def with_wrong(data: Any, depth: int, wrong: Any) -> Any:
    """Return ``data`` with every value at ``depth`` replaced."""
    if depth == 0:
        return wrong
    if isinstance(data, dict):
        return {key: with_wrong(value, depth - 1, wrong) for key, value in data.items()}
    return [with_wrong(value, depth - 1, wrong) for value in data] if isinstance(data, list) else data


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Copies of tests/kb_minimal, in each of which all data of one depth has one wrong shape; policy in the last ones only."""
    made = []
    for folders in (("incidents", "postmortems", "playbooks"), ("policy",)):
        for depth in range(5):
            for wrong in WRONG:
                root = tmp_path_factory.mktemp("shape") / "kb"
                shutil.copytree(MINIMAL, root)
                for name in (path for folder in folders for path in (root / folder).rglob("*.*")):
                    entry = repository.load_file(root, name)
                    text = dump(with_wrong(entry.document.value, depth, wrong))
                    name.write_text(f"---\n{text}---\nbody\n" if name.suffix == ".md" else text, encoding="utf-8")
                made.append(root)
    return made


@functools.cache
def loaded(root: Path) -> repository.Repository:
    return repository.load(root)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_alone_copes_with_any_shape(code: str, shapes: list[Path]) -> None:
    for root in shapes:
        outcome = engine.run(Context(loaded(root), at("2025-03-01 00:00"), files.listing(root)[1]), [RULES[code]])
        assert outcome.failures == ()
