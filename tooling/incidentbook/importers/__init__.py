"""Importers: one module a source, found by its name, each with ``parse(data)`` from the source's data to drafts.

A hyphen of a name is an underscore in that of the module: ``github-issue`` is github_issue.py. A third party adds one as an
entry point of the group ``incidentbook.importers`` that names such a module or an object of that shape. The first line of its
docstring is what ``inc import --help`` says about it.
"""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import Protocol, cast, runtime_checkable

from incidentbook.importers._model import Draft, Oddity, Parsed, Reason, Rejected, ServiceRef

__all__ = ["GROUP", "Draft", "Importer", "Oddity", "Parsed", "Reason", "Rejected", "ServiceRef", "load", "names"]

GROUP = "incidentbook.importers"


@runtime_checkable
class Importer(Protocol):
    """What a source's module offers."""

    def parse(self, data: object) -> Parsed:
        """Return what ``data`` (parsed JSON) holds. Raises ImportFileError when it is not of the source's format."""
        ...


def names() -> list[str]:
    """Return the names of all importers, sorted; our own win over an entry point of the same name."""
    return sorted({*_own(), *(point.name for point in entry_points(group=GROUP))})


def load(name: str) -> Importer:
    """Return the importer called ``name``. Raises KeyError when there is none."""
    module = _own().get(name)
    if module is not None:
        return cast("Importer", importlib.import_module(f"{__name__}.{module}"))
    point = next(iter(entry_points(group=GROUP, name=name)), None)
    if point is None:
        raise KeyError(name)
    return cast("Importer", point.load())


def _own() -> dict[str, str]:
    """Return the modules of our own by the names of their importers."""
    modules = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name.replace("_", "-"): name for name in modules}
