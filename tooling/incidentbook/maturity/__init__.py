"""The five-level maturity assessment: each criterion computed from evidence or attested with a date, and shown as such.

A level is reached when every criterion of it and of the levels below is met. The lowest dimension decides, since a process
without people is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from incidentbook import files
from incidentbook.frozen import frozen
from incidentbook.maturity import evidence
from incidentbook.memo import FORGETFUL, Memo
from incidentbook.records.policy.maturity import MaturityCriterion, MaturityPolicy
from incidentbook.records.time import end_of_day, parse_duration
from incidentbook.repository import Repository

if TYPE_CHECKING:
    from incidentbook.outputs import maturity as printed

LOWEST, HIGHEST = 1, 5


@frozen
class Verdict:
    """Whether a criterion is met, and what shows it.

    Attributes:
        means: ``computed``, ``attested`` or ``open``, where nobody has said anything yet.
        said: what was found, in words.
        cites: ids of records, or paths, that show it.

    """

    criterion: MaturityCriterion
    met: bool
    means: str
    said: str
    cites: tuple[str, ...] = ()

    def plain(self) -> printed.Criterion:
        """Return it for JSON."""
        return {
            "id": self.criterion.id,
            "level": self.criterion.level,
            "text": self.criterion.text,
            "met": self.met,
            "means": self.means,
            "found": self.said,
            "cites": list(self.cites),
        }


@frozen
class DimensionLevel:
    """Where one dimension stands."""

    name: str
    level: int
    verdicts: tuple[Verdict, ...]

    def missing(self, target: int) -> tuple[Verdict, ...]:
        """Return what stands between it and a level, the nearest first."""
        found = [verdict for verdict in self.verdicts if not verdict.met and verdict.criterion.level <= target]
        return tuple(sorted(found, key=lambda verdict: verdict.criterion.level))


@frozen
class Assessment:
    """The whole."""

    level: int
    target: int
    dimensions: tuple[DimensionLevel, ...]


def assess(
    repo: Repository, now: dt.datetime, exists: Callable[[str], bool] | None = None, memo: Memo = FORGETFUL
) -> Assessment | None:
    """Assess a knowledge base by its rubric as it stood at ``now``; None where there is no rubric.

    ``exists`` says whether a path of evidence was there; without it the folder of the knowledge base is asked.
    ``memo`` keeps what takes long to compute.
    """
    there = exists or (lambda path: _is_there(repo, path))
    policy = repo.policy(MaturityPolicy)
    if not policy.dimensions:
        return None
    looked = evidence.Looked(repo, now, memo)
    found = []
    for name, dimension in policy.dimensions.items():
        verdicts = tuple(_verdict(item, looked, there) for item in dimension.criteria)
        asked = max((item.level for item in dimension.criteria), default=LOWEST)
        unmet = [verdict.criterion.level for verdict in verdicts if not verdict.met]
        found.append(DimensionLevel(name, max(min(unmet, default=asked + 1) - 1, LOWEST), verdicts))
    return Assessment(min(item.level for item in found), policy.target, tuple(found))


def _verdict(criterion: MaturityCriterion, looked: evidence.Looked, there: Callable[[str], bool]) -> Verdict:
    if criterion.computed is not None:
        found = looked.at(criterion.computed)
        return Verdict(criterion, found.met, "computed", found.said, found.cites)
    if criterion.attested is None:
        return Verdict(criterion, met=False, means="open", said="nobody has attested it")
    said, met = _attested(criterion, looked.repo, looked.now, there)
    cites = (criterion.evidence,) if criterion.evidence and met and _is_shown(looked.repo, criterion.evidence) else ()
    return Verdict(criterion, met, "attested", said, cites)


def _attested(
    criterion: MaturityCriterion, repo: Repository, now: dt.datetime, there: Callable[[str], bool]
) -> tuple[str, bool]:
    """Say what an attestation is worth: from its day on, for as long as it is valid, and while its evidence is there."""
    assert criterion.attested is not None  # noqa: S101 - asked of attested criteria only
    day = criterion.attested
    said = f"attested {day.isoformat()}{f' by {repo.knowledge_base.team_name(criterion.by)}' if criterion.by else ''}"
    if dt.datetime.combine(day, dt.time(), tzinfo=repo.zone) >= now:
        return f"{said}, a day that has not come", False
    valid = parse_duration(criterion.valid_for)
    if valid is not None and now >= end_of_day(day + valid, repo.zone):
        return f"{said}, valid until {(day + valid).isoformat()}", False
    if criterion.evidence and not _is_elsewhere(criterion.evidence) and not there(criterion.evidence):
        return f"{said}, but {criterion.evidence} is not there", False
    return said, True


def _is_there(repo: Repository, path: str) -> bool:
    """Whether evidence is there; of a knowledge base without files nobody can say, so it is taken at its word."""
    return not files.exists(repo.root, files.MARKER) or files.exists(repo.root, path)


def _is_shown(repo: Repository, path: str) -> bool:
    """Whether evidence may be named: a view shows no record that is not in it, and what is no record has no level."""
    return not files.is_read(path) or any(entry.path == path for entry in repo.entries)


def _is_elsewhere(evidence_: str) -> bool:
    """Whether evidence is an address or a description, which is taken at its word."""
    return "://" in evidence_ or " " in evidence_
