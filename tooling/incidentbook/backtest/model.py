"""What a backtest says: one answer for each thing judged, and of each concern which answers differ."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from incidentbook.differences import Difference
from incidentbook.frozen import frozen
from incidentbook.records.money import Money

if TYPE_CHECKING:
    from incidentbook.outputs import policy_diff as printed


@frozen
class Judged:
    """One thing, judged by the policies of both ends.

    Attributes:
        incidents: the ids of the past incidents that it is about; none where it is a figure of all.
        before: what the policies of BASE say of it.
        after: what those of HEAD say.
        because: the fact and the thresholds that decide, in words.
        differs: whether the two are told apart; texts may differ where the answer does not.
        about: what of the incident is judged: a target, an action item, a service and its month. Empty for the whole.
        group: what it is counted with in a sentence.
        day: the day that a policy has to cover by its ``effective_from``; None where no day matters.
        recorded: the severity that the record gives.
        sure: whether the record says enough for the answer to be certain.
        amounts: the money owed under each.

    """

    incidents: tuple[str, ...]
    before: str
    after: str
    because: str
    differs: bool
    about: str = ""
    group: str = ""
    day: dt.date | None = None
    recorded: str = ""
    sure: bool = True
    amounts: tuple[Money | None, Money | None] = (None, None)


@frozen
class Reclassified:
    """What a changed policy makes of something past: ``concern`` names the module that judged, the rest is as in `Judged`."""

    incident: str
    concern: str
    before: str
    after: str
    because: str
    about: str = ""
    recorded: str = ""
    sure: bool = True

    @classmethod
    def of(cls, concern: str, judged: Judged) -> Reclassified:
        """Return what is said of an answer that differs."""
        named = ", ".join(judged.incidents)
        return cls(
            named, concern, judged.before, judged.after, judged.because, judged.about, judged.recorded, judged.sure
        )

    def plain(self) -> printed.Reclassified:
        """Return it for JSON."""
        return {
            "incident": self.incident or None,
            "concern": self.concern,
            "about": self.about or None,
            "recorded": self.recorded or None,
            "before": self.before,
            "after": self.after,
            "because": self.because,
            "certain": self.sure,
        }


@frozen
class Outcome:
    """What one concern found.

    Attributes:
        key: the name of its module.
        title: its name for people.
        policy: the file whose ``effective_from`` it keeps to; empty where it keeps to none.
        since: the first day that both ends cover; None where any is.
        judged: how many answers both ends cover.
        left_out: how many things were not judged, by reason.
        sentences: what differs, in plain words.
        reclassified: the answers that differ, of what both ends cover.
        supposed: what would differ of what they do not cover, had they held then.
        supposed_sentences: that, in plain words.
        notes: what a reader should know besides.

    """

    key: str
    title: str
    policy: str
    since: dt.date | None
    judged: int
    left_out: Mapping[str, int]
    sentences: tuple[str, ...]
    reclassified: tuple[Reclassified, ...]
    supposed: tuple[Reclassified, ...]
    supposed_sentences: tuple[str, ...]
    notes: tuple[str, ...]

    def plain(self) -> printed.Concern:
        """Return it for JSON."""
        return {
            "concern": self.key,
            "title": self.title,
            "policy": f"policy/{self.policy}.yml" if self.policy else None,
            "judges_since": self.since.isoformat() if self.since else None,
            "judged": self.judged,
            "left_out": dict(self.left_out),
            "sentences": list(self.sentences),
            "reclassified": [item.plain() for item in self.reclassified],
            "had_it_held_before": {
                "sentences": list(self.supposed_sentences),
                "reclassified": [item.plain() for item in self.supposed],
            },
            "notes": list(self.notes),
        }


@frozen
class Change:
    """A policy file that is not the same at both ends, and whether any concern judges the past by what changed in it."""

    policy: str
    facts: tuple[Difference, ...]
    tested: bool

    @property
    def path(self) -> str:
        """Where the file lies."""
        return f"policy/{self.policy}.yml"

    def plain(self) -> printed.Changed:
        """Return it for JSON."""
        return {"path": self.path, "backtested": self.tested, "facts": [fact.plain() for fact in self.facts]}


@frozen
class Backtest:
    """The whole: the policies that changed, and what each concern that they touch makes of the past."""

    changes: tuple[Change, ...]
    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...] = ()

    @property
    def reclassified(self) -> list[Reclassified]:
        """Everything that is judged otherwise for certain."""
        return [item for outcome in self.outcomes for item in outcome.reclassified if item.sure]

    def without_facts(self) -> Backtest:
        """Return it without what policies say: they have no level, so only who may read everything is told."""
        changes = tuple(Change(change.policy, (), change.tested) for change in self.changes if change.tested)
        return Backtest(
            changes, self.outcomes, (*self.notes, "What the policies say is told to who may read everything.")
        )

    def plain(self) -> printed.Backtest:
        """Return it for JSON."""
        return {
            "changed_policies": [change.plain() for change in self.changes],
            "reclassified": len(self.reclassified),
            "concerns": [outcome.plain() for outcome in self.outcomes],
            "notes": list(self.notes),
        }


def tally(judged: Sequence[Judged], things: str) -> Iterator[str]:
    """Yield how many of ``things`` would be what instead of what, a sentence for each group and pair of answers."""
    totals = Counter(item.group for item in judged)
    pairs = Counter((item.group, item.before, item.after) for item in judged if item.differs)
    for (group, before, after), count in sorted(pairs.items()):
        start = f"{group}: " if group else ""
        yield f"{start}{count} of {totals[group]} {things} would be {after} instead of {before}"
