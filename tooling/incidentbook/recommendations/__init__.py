"""Recommendations: one rule a module, found by its name, each from evidence in the records. No evidence, no recommendation.

A module has ``KIND``, ``WHAT`` (what to do, as an order) and ``look(asked)``, which yields an `Advice` for each thing that the
records call for. Its docstring says what that is and when the rule is silent. Nothing here reads a clock, a file or Git.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from importlib.metadata import entry_points
from types import ModuleType

from incidentbook.metrics import Scope
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason, Recommendation, Strength

__all__ = ["Advice", "Asked", "Kind", "Reason", "Recommendation", "Strength", "recommend", "registry"]
GROUP = "incidentbook.recommendations"


def recommend(scope: Scope) -> list[Recommendation]:
    """Return what the incidents of a window call for: process first, and of each kind what most incidents call for.

    Args:
        scope: the knowledge base (or a view of it: only the records that it shows are evidence), the window and "now".

    """
    asked = Asked(scope)
    found = (
        Recommendation.of(slug, module.KIND, module.WHAT, advice)
        for slug, module in registry().items()
        for advice in module.look(asked)
    )
    kinds = list(Kind)
    return sorted(
        (one for one in found if one.incidents),
        key=lambda one: (kinds.index(one.kind), -len(one.incidents), one.slug, one.about),
    )


@functools.cache
def registry() -> dict[str, ModuleType]:
    """Return every rule by its slug, sorted."""
    names = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    found = {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}
    found |= {point.name: point.load() for point in entry_points(group=GROUP)}
    return dict(sorted(found.items()))
