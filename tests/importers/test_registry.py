"""Importers are found by their names; siblings do not know one another; every vocabulary explains itself."""

from __future__ import annotations

import ast
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from incidentbook import importers
from incidentbook.importers import Importer, Oddity, Parsed, Reason


def test_importers_are_found_sorted() -> None:
    assert importers.names() == sorted(importers.names())
    assert {"gcp", "github-issue", "slack", "statuspage"} <= set(importers.names())


@pytest.mark.parametrize("name", importers.names())
def test_every_importer_parses_and_says_in_one_line_what_it_reads(name: str) -> None:
    importer = importers.load(name)
    assert isinstance(importer, Importer)
    assert (importer.__doc__ or "").splitlines()[0].endswith(".")


def test_an_unknown_name_and_a_private_module_are_no_importers() -> None:
    for name in ("nosuch", "_model", "-model", "github_issue"):
        with pytest.raises(KeyError):
            importers.load(name)


def test_a_third_party_adds_one_as_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    class Theirs:
        """Pages of a third party."""

        def parse(self, data: object) -> Parsed:
            return Parsed(page=str(data))

    point = EntryPoint("theirs", "nowhere", importers.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: Theirs() if self.name == "theirs" else None)
    monkeypatch.setattr(
        importers, "entry_points", lambda **wanted: [point] if wanted.get("name", "theirs") == "theirs" else []
    )
    assert "theirs" in importers.names()
    assert importers.load("theirs").parse("x").page == "x"


def test_siblings_import_only_what_is_shared() -> None:
    folder = Path(importers.__file__).parent
    own = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    for name in own:
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        others = own - {name}
        assert not {module.rsplit(".", 1)[-1] for module in modules} & others
        assert not names & others


def test_every_oddity_and_reason_is_explained_and_there_is_no_other() -> None:
    for kind in (*Oddity, *Reason):
        assert kind.says
        assert "other" not in kind.value.split("-")
