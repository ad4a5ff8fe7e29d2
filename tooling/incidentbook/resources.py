"""Files that ship with the package: schemas and the templates of a new knowledge base."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
_OUTPUT = "-output"


def package_dir() -> Path:
    """Return the folder of the package itself."""
    return _PACKAGE


def sources(folder: Path) -> Iterator[str]:
    """Yield path, size and time of every source file below ``folder``: who works on the tool wants to see it at work."""
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith((".py", ".json")):
                yield state(os.path.join(base, name))  # noqa: PTH118 - hundreds of files in every run


def state(path: str) -> str:
    """Return path, size and time of a file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return f"{path} gone"
    return f"{path} {found.st_size} {found.st_mtime_ns}"


@functools.cache
def schemas_dir() -> Path:
    """Return the folder of the JSON Schemas.

    An installed wheel carries them beside the package; an editable install reads the repository's own.
    """
    inside = _PACKAGE / "schemas"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "schemas"


def schema_names() -> list[str]:
    """Return the names of the schemas of all kinds of file, sorted (``incident``, ``severities``, …)."""
    return [name for name in _all_schemas() if not name.endswith(_OUTPUT)]


def output_schema_names() -> list[str]:
    """Return the names of the schemas of what commands print, which is no kind of file, sorted (``metrics-output``)."""
    return [name for name in _all_schemas() if name.endswith(_OUTPUT)]


def _all_schemas() -> list[str]:
    return sorted(path.name.removesuffix(".schema.json") for path in schemas_dir().glob("*.schema.json"))


@functools.cache
def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema called ``name``, parsed. Raises KeyError when there is none."""
    loaded: dict[str, Any] = json.loads(schema_text(name))
    return loaded


def schema_text(name: str) -> str:
    """Return the file of the JSON Schema called ``name``. Raises KeyError when there is none."""
    path = schemas_dir() / f"{name}.schema.json"
    if not path.is_file():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")


def templates_dir() -> Path:
    """Return the folder of templates that ``inc init`` copies."""
    return _PACKAGE / "templates"
