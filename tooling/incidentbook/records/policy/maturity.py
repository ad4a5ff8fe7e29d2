"""``policy/maturity.yml``: the five-level assessment, its rubric and the answers given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.time import parse_duration

YEAR = dt.timedelta(days=365)


@frozen
class LevelName:
    """A level's name: Initial, Repeatable, Defined, Managed, Optimising."""

    name: str = ""


@frozen
class Computed:
    """Evidence that is computed from the knowledge base.

    Attributes:
        check: what is looked at: a module of ``incidentbook.maturity.evidence`` by its name with hyphens.
        figure: the key of a figure of `inc metrics`, for a check of that name.
        policy: the name of a policy file, for checks that look at one.
        at_least: met when what was found is so much or more.
        at_most: met when it is so much or less.
        over: how far back from "now" it is looked at.

    """

    check: str = ""
    figure: str = ""
    policy: str = ""
    at_least: float | None = None
    at_most: float | None = None
    over: str = "365d"

    @property
    def length(self) -> dt.timedelta:
        """How far back it looks; a year where the text is unreadable."""
        return parse_duration(self.over) or YEAR


@frozen
class MaturityCriterion:
    """What has to hold for a level: computed from evidence, or attested by a team on a day.

    Attributes:
        attested: the day on which a team said that it holds.
        valid_for: for how long the attestation counts (``365d``); for ever when empty.
        evidence: where it can be seen: a path of the repository, without which the attestation does not count.

    """

    id: str = ""
    level: int = 5
    text: str = ""
    computed: Computed | None = None
    attested: dt.date | None = None
    by: str = ""
    valid_for: str = ""
    evidence: str = ""


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

    def label(self, level: int) -> str:
        """Return ``3 (Defined)``."""
        named = self.levels.get(str(level))
        return f"{level} ({named.name})" if named and named.name else str(level)
