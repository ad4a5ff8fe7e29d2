"""What a rule yields: advice with its reasons, each with the figure and the records that show it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.repository import id_key

if TYPE_CHECKING:
    from incidentbook.outputs import recommend as printed

_MODERATE, _STRONG = 2, 4


class Kind(enum.StrEnum):
    """What is to change: how incidents are handled, or what they happen to."""

    PROCESS = "process"
    SYSTEM = "system"

    @property
    def heading(self) -> str:
        """The heading of the specification's report."""
        return "Process improvements" if self is Kind.PROCESS else "Recommendations"


class Strength(enum.StrEnum):
    """How many incidents call for it: one is an anecdote, four are a pattern."""

    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


@frozen
class Reason:
    """A figure in a sentence, and what shows it.

    Attributes:
        incidents: the ids of those that call for it.
        of: how many were looked at; None where the figure is no share of incidents.
        also: ids of action items, playbooks or drills that belong to it.

    """

    text: str
    incidents: tuple[str, ...]
    of: int | None = None
    also: tuple[str, ...] = ()

    @classmethod
    def share(cls, hits: Sequence[Incident], of: int, said: str, noun: str = "incidents") -> Reason:
        """Return ``3 of 12 incidents changed severity`` with the ids of the three."""
        return cls(f"{len(hits)} of {of} {noun} {said}", ids(hits), of)

    def plain(self) -> printed.Reason:
        """Return it for JSON."""
        return {
            "text": self.text,
            "n": len(self.incidents),
            "of": self.of,
            "incidents": list(self.incidents),
            "also": list(self.also),
        }


@frozen
class Advice:
    """What a rule asks for.

    Attributes:
        what: what to do, where the rule's own words do not say it well.
        about: what tells it from other advice of the same rule: a factor, a team, a type.

    """

    reasons: tuple[Reason, ...]
    what: str = ""
    about: str = ""


@frozen
class Recommendation:
    """Advice under the name of its rule.

    Attributes:
        incidents: those that call for it, each once, in the order of their ids.

    """

    slug: str
    kind: Kind
    what: str
    reasons: tuple[Reason, ...]
    incidents: tuple[str, ...]
    about: str = ""

    @classmethod
    def of(cls, slug: str, kind: Kind, what: str, advice: Advice) -> Recommendation:
        """Return it for the advice of a rule, whose own words are ``what``."""
        names = {name for reason in advice.reasons for name in reason.incidents}
        return cls(slug, kind, advice.what or what, advice.reasons, tuple(sorted(names, key=id_key)), advice.about)

    @property
    def key(self) -> str:
        """A name of its own: ``repeated-factor``, or ``repeated-factor.capacity-exhaustion``."""
        return f"{self.slug}.{self.about}" if self.about else self.slug

    @property
    def strength(self) -> Strength:
        """How strong it is, by the number of incidents."""
        count = len(self.incidents)
        return Strength.STRONG if count >= _STRONG else Strength.MODERATE if count >= _MODERATE else Strength.WEAK

    def plain(self) -> printed.Recommendation:
        """Return it for JSON."""
        return {
            "key": self.key,
            "rule": self.slug,
            "kind": self.kind.value,
            "what": self.what,
            "strength": self.strength.value,
            "incidents": list(self.incidents),
            "reasons": [reason.plain() for reason in self.reasons],
        }


def ids(incidents: Iterable[Incident]) -> tuple[str, ...]:
    """Return the ids of incidents, in the order of ids."""
    return tuple(sorted((incident.id for incident in incidents), key=id_key))
