"""What comes of a run in the end: the findings that are reported, and those that are kept back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from incidentbook.finding import Finding, narrow

COMMENT, POLICY, BASELINE = KEEPERS = ("comment", "policy", "baseline")


class Kept(NamedTuple):
    """A finding that is kept back, and by what: one of ``KEEPERS``."""

    finding: Finding
    by: str


class Settled(NamedTuple):
    """What comes of a run.

    Attributes:
        findings: what is reported, sorted.
        kept: what is kept back.
        mended: how many findings of the baseline there are no more.

    """

    findings: tuple[Finding, ...] = ()
    kept: tuple[Kept, ...] = ()
    mended: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings are kept back, by what."""
        return Counter(each.by for each in self.kept)

    def narrowed(self, wanted: Collection[str]) -> Settled:
        """Return what is in the files ``wanted``, or about one of them; nobody can say then what of the baseline is mended."""
        kept = tuple(each for each in self.kept if narrow([each.finding], wanted))
        return Settled(narrow(self.findings, wanted), kept)
