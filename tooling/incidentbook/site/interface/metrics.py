"""The figures of the metrics page, in the form of ``inc metrics --json``."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.interface._resource import Resource

ORDER = 50
NAME, PATH, SAID = (
    "metrics",
    "metrics.json",
    "The figures of the window that policy names, in the form of `inc metrics --json`.",
)
SCHEMAS = ("metrics-output",)


def render(site: Site, addresses: Addresses) -> Iterator[Resource]:
    """Yield the one file."""
    del addresses
    yield Resource(PATH, SCHEMAS[0], functools.partial(_all, site))


def _all(site: Site) -> Mapping[str, object]:
    return {"knowledge_base": site.knowledge_base.name, "measurements": [site.shared.measurement.plain()]}
