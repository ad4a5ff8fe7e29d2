"""``policy/factors.yml``: the vocabulary of contributing factors, so that they can be counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen


@frozen
class Factor:
    """One contributing factor."""

    name: str = ""
    category: str = ""
    description: str = ""


@frozen
class Factors:
    """All factors by slug."""

    effective_from: dt.date | None = None
    factors: Mapping[str, Factor] = field(default_factory=dict)

    def name(self, slug: str) -> str:
        """Return a factor's name for people; the slug itself where the vocabulary does not hold it."""
        factor = self.factors.get(slug)
        return factor.name if factor and factor.name else slug
