"""The figures of the metrics page, in the form of ``inc metrics --json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site

ORDER = 50
NAME, PATH, SAID = (
    "metrics",
    "metrics.json",
    "The figures of the window that policy names, in the form of `inc metrics --json`.",
)
SCHEMAS = ("metrics-output",)


def render(site: Site, addresses: Addresses) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield the one file."""
    del addresses
    measured = [site.shared.measurement.plain()]
    yield PATH, SCHEMAS[0], {"knowledge_base": site.knowledge_base.name, "measurements": measured}
