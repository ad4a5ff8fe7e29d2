"""``policy/knowledge-base.yml``: what marks the root of a knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from incidentbook.frozen import frozen
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import Disclosure


@frozen
class Team:
    """A team: what records name instead of persons."""

    name: str = ""
    description: str = ""
    contact: str = ""


@frozen
class KnowledgeBase:
    """Name, zone and defaults of the knowledge base.

    Attributes:
        as_of: the instant at which the knowledge base stands still; None for a real one, which uses the clock.
        commit: whether a responder's command commits what it wrote.

    """

    name: str = "Incident knowledge base"
    description: str = ""
    organisation: str = ""
    time_zone: str = "UTC"
    as_of: Moment | None = None
    default_disclosure: Disclosure = Disclosure.INTERNAL
    repository_url: str = ""
    commit: bool = False
    teams: Mapping[str, Team] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; UTC where the name is unknown (the checker says so)."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    def team_name(self, slug: str) -> str:
        """Return a team's name for people; the slug itself where the policy does not know it."""
        team = self.teams.get(slug)
        return team.name if team and team.name else slug
