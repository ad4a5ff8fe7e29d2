"""The two ends of a policy comparison: records and policies of HEAD, and the policies of BASE, both held against the schemas."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from incidentbook.cli import _context, _figures
from incidentbook.entry import POLICY_TYPES
from incidentbook.errors import UnreadableError
from incidentbook.finding import Grade
from incidentbook.records.time import utc_text
from incidentbook.snapshot import base, revision

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from incidentbook.outputs import policy_diff as printed
    from incidentbook.repository import Repository

_RULES = ("files", "schema", "time")  # what makes of a policy something other than what was meant
_SHOWN = 3


@dataclass(slots=True)
class Pair:
    """Both ends, ready to be compared.

    Attributes:
        head: what is judged, as the reader sees it, under its own policies.
        base: the policies of BASE, without any record.
        origin: what both are, for programs.
        words: the same in a line for people.
        as_of: whose records are judged, and at which "now", in a line for people.

    """

    head: _figures.State
    base: Repository
    origin: printed.Origin
    words: str
    as_of: str


@contextlib.contextmanager
def pair(ctx: click.Context, ends: str, as_of: str | None, audience: str) -> Iterator[Pair]:
    """Give both ends that ``ends`` (``BASE..HEAD``) names.

    Raises:
        NotFoundError: there is no such commit, or no knowledge base in it.
        UnreadableError: a policy that changed says, at one end, what no policy may say.

    """
    root = _context.root_of(ctx)
    asked = base.ends(root, ends)
    with _figures.state(ctx, asked.head or None, as_of, audience) as head:
        yield against(root, asked, head)


def against(root: Path, asked: base.Ends, head: _figures.State) -> Pair:
    """Return both ends where HEAD has been read. Raises as `pair` does."""
    found = revision.find(root, asked.base, head.repo.zone)
    old = revision.load(root, found, None, folders=("policy",))
    kinds = _changed(old, head.repo)
    _sound(old, kinds, f"BASE ({found.short})", head.now)
    _sound(head.repo, kinds, f"HEAD ({head.commit})" if asked.head else "the working tree", head.now)
    origin: printed.Origin = {
        "base": {"commit": found.short, "how": asked.how, "at": utc_text(found.at)},
        "head": {"commit": head.commit, "working_tree": not asked.head},
        "as_of": utc_text(head.now),
    }
    how = "" if asked.how == found.short else f" ({asked.how})"
    last = head.commit if asked.head else "the working tree"
    return Pair(
        head, old, origin,
        f"policies of {found.short}{how} against those of {last}",
        f"both held against the records of {last}, {head.as_of}",
    )  # fmt: skip


def _changed(old: Repository, new: Repository) -> list[str]:
    """Return the policies about the past that are not the same; name and zone of the knowledge base are none."""
    kinds = sorted({*old.policies, *new.policies} & set(POLICY_TYPES) - {"knowledge-base"})
    return [kind for kind in kinds if _facts(old, kind) != _facts(new, kind)]


def _facts(repo: Repository, kind: str) -> Any:
    return repo.policies[kind].facts if kind in repo.policies else None


def _sound(repo: Repository, kinds: Collection[str], where: str, now: dt.datetime) -> None:
    """Refuse a policy that the checker finds wrong: what a backtest read from it would be something else than it says."""
    from incidentbook import rules  # noqa: PLC0415 - only a policy that changed is checked
    from incidentbook.rules import engine  # noqa: PLC0415 - likewise
    from incidentbook.rules.context import Context  # noqa: PLC0415 - likewise

    context = Context(repo, now)
    chosen = rules.choose(rules.discover(), _RULES)
    found = [
        finding
        for kind in kinds
        if kind in repo.policies
        for finding in engine.look(repo.policies[kind], context, chosen).findings
        if finding.grade is Grade.ERROR
    ]
    if found:
        found.sort(key=lambda finding: finding.sort_key)
        said = "; ".join(f"{item.path}:{item.span.line}: {item.message}" for item in found[:_SHOWN])
        more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UnreadableError(
            f"A policy of {where} is not valid, so nothing can be judged by it: {said}{more}",
            hint="`inc check` in that state says all that is wrong; mend it, or compare with another commit.",
        )
