"""Members of a family (rules, metrics, importers, …) do not know one another: a new file needs no edit anywhere, nor here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kb import ROOT

PACKAGE = ROOT / "tooling" / "incidentbook"
# A module whose name begins with an underscore is what its family shares.
FAMILIES = (
    "backtest/concerns/*.py",
    "charts/kinds/*.py",
    "cli/*.py",
    "exporters/*.py",
    "importers/*.py",
    "metrics/*.py",
    "recommendations/*.py",
    "reporters/*.py",
    "reports/sections/*.py",
    "rules/*/*.py",
    "site/pages/*.py",
)


def module_name(path: Path) -> str:
    """Return the dotted name of a module file."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def imports(source: str, module: str) -> set[str]:
    """Return every dotted name that ``source`` imports, wherever it stands; a name taken from a package counts as its module."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*parents, *([node.module] if node.module else [])])
            names |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("family", FAMILIES)
def test_siblings_do_not_import_each_other(family: str) -> None:
    members = {module_name(path): path for path in sorted(PACKAGE.glob(family)) if not path.name.startswith("_")}
    known = {
        f"{name} imports {other}"
        for name, path in members.items()
        for other in imports(path.read_text(encoding="utf-8"), name) & (members.keys() - {name})
    }
    assert not known


@pytest.mark.parametrize(
    "line",
    [
        "import incidentbook.metrics.cost",
        "from incidentbook.metrics import cost",
        "from incidentbook.metrics.cost import compute",
        "from . import cost",
        "from .cost import compute",
        "def late():\n    from incidentbook.metrics import cost",
    ],
)
def test_every_way_to_import_a_sibling_is_seen(line: str) -> None:
    assert "incidentbook.metrics.cost" in imports(line, "incidentbook.metrics.counts")
