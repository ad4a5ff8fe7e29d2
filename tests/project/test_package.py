"""The wheel holds what the tool reads at run time, and one version is told everywhere."""

from __future__ import annotations

import email
import importlib.metadata
import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import incidentbook
from kb import ROOT

PACKAGE = ROOT / "tooling" / "incidentbook"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Return the wheel of this tree, built in this process and without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return zipfile.ZipFile(built)


def test_the_wheel_holds_the_schemas_byte_for_byte(wheel: zipfile.ZipFile) -> None:
    schemas = sorted((ROOT / "schemas").glob("*.schema.json"))
    assert schemas
    for path in schemas:
        assert wheel.read(f"incidentbook/schemas/{path.name}") == path.read_bytes()


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    package = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    shipped = {name for name in wheel.namelist() if not name.startswith(("incidentbook/schemas/", "incidentbook-"))}
    assert shipped == package
    assert "incidentbook/py.typed" in shipped


def test_an_installed_wheel_reads_its_own_schemas(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from incidentbook import resources as r; print(r.schemas_dir())"
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert Path(shown.strip()) == tmp_path / "incidentbook" / "schemas"


def test_both_commands_and_the_plugin_are_declared(wheel: zipfile.ZipFile) -> None:
    declared = wheel.read(f"incidentbook-{incidentbook.__version__}.dist-info/entry_points.txt").decode()
    assert "inc = incidentbook.__main__:main" in declared
    assert "incidentbook = incidentbook.__main__:main" in declared
    assert "[mkdocs.plugins]" in declared


def test_one_version_everywhere(wheel: zipfile.ZipFile) -> None:
    metadata = email.message_from_bytes(wheel.read(f"incidentbook-{incidentbook.__version__}.dist-info/METADATA"))
    assert metadata["Version"] == incidentbook.__version__ == importlib.metadata.version("incidentbook")
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "Apache-2.0"


def test_every_floor_of_python_says_the_same() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert tool["ruff"]["target-version"] == "py311"
    assert tool["mypy"]["python_version"] == "3.11"


def test_the_editor_finds_a_schema_for_every_yaml_file() -> None:
    mapped = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    patterns = [pattern for schema, globs in mapped.items() if (ROOT / schema).is_file() for pattern in globs]
    assert len(patterns) == sum(map(len, mapped.values())), "a schema in .vscode/settings.json does not exist"
    files = [*(ROOT / "incidents").rglob("*.yml"), *(ROOT / "policy").glob("*.yml")]
    assert files
    for path in files:
        matching = [pattern for pattern in patterns if path.relative_to(ROOT).match(pattern)]
        assert len(matching) == 1, path
