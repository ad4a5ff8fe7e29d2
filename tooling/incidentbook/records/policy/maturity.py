"""``policy/maturity.yml``: the five-level assessment, its rubric and the answers given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen


@frozen
class LevelName:
    """A level's name: Initial, Repeatable, Defined, Managed, Optimising."""

    name: str = ""


@frozen
class MaturityCriterion:
    """What has to hold for a level; ``attested`` is the day on which a team said that it does."""

    id: str = ""
    level: int = 5
    text: str = ""
    attested: dt.date | None = None
    by: str = ""


@frozen
class Dimension:
    """One dimension: its criteria, and a sentence for each level that describes it."""

    criteria: tuple[MaturityCriterion, ...] = ()
    statements: Mapping[str, str] = field(default_factory=dict)


@frozen
class MaturityPolicy:
    """Target level, level names and dimensions."""

    effective_from: dt.date | None = None
    target: int = 5
    levels: Mapping[str, LevelName] = field(default_factory=dict)
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
