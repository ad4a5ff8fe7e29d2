"""Charts: one a module under ``kinds``, found by name. Plain data in, a Vega-Lite chart out, drawn without a network.

A module has ``TITLE``, ``ORDER``, ``gather(scope)``, which makes `Data` of a knowledge base, and ``draw(data)``, a pure function
that makes an Altair chart of it. Altair and the renderer (120 MB, half a second) are imported when a chart is drawn, no sooner.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from incidentbook.charts import kinds
from incidentbook.charts.data import Data
from incidentbook.charts.scope import Scope


@functools.cache
def registry() -> dict[str, ModuleType]:
    """Return the modules of all charts by name, in the order in which they are shown (``ORDER``, then name)."""
    names = (module.name for module in pkgutil.iter_modules(kinds.__path__) if not module.name.startswith("_"))
    found = {name.replace("_", "-"): importlib.import_module(f"{kinds.__name__}.{name}") for name in sorted(names)}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].ORDER, pair[0])))


def gather(name: str, scope: Scope) -> Data:
    """Return what the chart called ``name`` shows of a knowledge base. Raises KeyError when there is no such chart."""
    data: Data = registry()[name].gather(scope)
    return data


def gather_all(scope: Scope) -> Iterator[Data]:
    """Yield what every chart shows, or why it is not drawn."""
    for name in registry():
        yield gather(name, scope)
