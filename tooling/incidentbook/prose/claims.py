"""Sentences that claim a change of a figure: that a mean time fell, that incidents became more. Whether it is so, data decide.

A claim names a figure, a direction and mostly by how much or since when. Wishes, goals, questions, conditions, denials and what
others say of theirs claim nothing, and a single duration held against another single one is a fact, not a trend.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from incidentbook.frozen import frozen
from incidentbook.prose.claim_signs import SUBJECTS, may_claim
from incidentbook.prose.claimed_amounts import amounts, nearest
from incidentbook.prose.claimed_changes import falls as goes_down
from incidentbook.prose.claimed_figures import FIGURE, Measure, joined
from incidentbook.prose.claimed_periods import periods
from incidentbook.prose.clauses import REACH, Clauses, clauses
from incidentbook.prose.said import NEAR, Said, sayings
from incidentbook.prose.sentences import Sentence, sentences

__all__ = ["Claim", "Measure", "claims", "find"]


@frozen
class Claim:
    """One claim.

    Attributes:
        start: where its words begin in the sentence (0-based).
        end: where they end.
        measure: of which figure it speaks.
        falls: whether it says that the figure became smaller.
        percent: by how much, where it says so, in per cent of what it was (a third is 33.3, "from 42 to 30 minutes" 28.6); of a
            share perhaps in points.
        after: the period in which it is so, as `claimed_periods.periods` gives it.
        before: the period that it is held against, likewise.

    """

    start: int
    end: int
    measure: Measure
    falls: bool
    percent: float | None = None
    after: str = ""
    before: str = ""


_MOST = 60  # a sentence that says more of figures is none
_MEAN = re.compile(r"\bMT(?:T[A-Z]|BF)\b|\b(?:mean|average|median|typical|usual|overall|our|times)\b", re.IGNORECASE)
_OF_ONE = tuple(Measure)[:5]  # one incident has such a figure too
_AT_THE_TIME = re.compile(
    r"\b(?:until|rolled back|fail(?:ed )?over|after the (?:fix|restart|rollback)|for \d+ (?:minutes|hours))\b",
    re.IGNORECASE,
)
# of a machine
_OF_A_PART = re.compile(
    r"\b(?:the|a|each|every) (?:host|node|server|machine|instance|pod|database|db|primary|replica|backup|cluster|pager|upstream)\b",
    re.IGNORECASE,
)
# of one incident, where no period says otherwise
_THE_ONE = re.compile(r"\b(?:the|this|that|its) $", re.IGNORECASE)
# "response times" of what is not people
_OF_MACHINES = re.compile(
    r"\d ?m?s\b|\b(?:milliseconds?|latency|requests?|quer(?:y|ies)|api|endpoints?|pages?|cach\w+|index\w*|servers?|load|percentile|p\d\d|"
    r"timeouts?|database|cpu|memory|users?|customers?|site|website|apps?|nodes?|replicas?)\b",
    re.IGNORECASE,
)


def claims(text: str, *, markdown: bool = True) -> Iterator[tuple[Sentence, Claim]]:
    """Yield each sentence that claims a change, with the claim; one for each figure that it speaks of."""
    for sentence in sentences(text, markdown=markdown, worth=may_claim):
        if not SUBJECTS.isdisjoint(sentence.words) and may_claim(sentence.text):
            yield from ((sentence, claim) for claim in find(sentence.text))


def find(text: str) -> list[Claim]:
    """Return the claims of one sentence."""
    parts = clauses(text, FIGURE, joined)
    found: dict[Measure, Claim] = {}
    for each in itertools.islice(sayings(parts), _MOST):
        inside = each.bare and any(
            claim.start < each.start < claim.end for claim in found.values()
        )  # "time to resolve incidents fell"
        if each.measure not in found and not inside and parts.stated(each.start, each.end, noun=each.noun):
            claim = _claim(text, parts, each)
            if claim is not None:
                found[each.measure] = claim
    return sorted(found.values(), key=lambda claim: claim.start)


def _claim(text: str, parts: Clauses, said: Said) -> Claim | None:
    """Return what is said as a claim; None where it is a fact of one incident, or says too little."""
    begin, end = parts.near(said.start, said.end)
    around = text[max(said.start - REACH, 0) : said.end + REACH]
    named = periods(text[begin:end])
    after, before = named if any(named) else periods(around)
    falls = goes_down(said.way, said.measure)
    found = [
        amount
        for amount in amounts(text, max(said.low, said.start - NEAR), min(said.high, said.end + NEAR))
        if amount.rises is not falls  # "fell from 5 to 7" says two things
    ]
    amount = nearest(found, said.start, said.end)
    claim = Claim(said.start, said.end, said.measure, falls, amount.percent if amount else None, after, before)
    certain = amount is not None and amount.rises is None
    dated = bool(after or before)
    mean = _MEAN.search(around) is not None
    if said.measure is Measure.AVAILABILITY:  # it falls in every outage, and comes back
        enough = (dated or (mean and not falls)) and not (
            _AT_THE_TIME.search(text, begin, end) or _OF_A_PART.search(text, begin, end)
        )
    elif said.sized:
        enough = certain
    elif said.bare:
        one = _THE_ONE.search(text, begin, said.start) is not None and not _MEAN.search(text, said.start, said.end)
        enough = dated or (not one and (certain or (said.measure is Measure.DOWNTIME and amount is not None)))
    elif "response time" in text[said.start : said.end].lower() and _OF_MACHINES.search(text, begin, end):
        enough = False
    elif said.measure in _OF_ONE:
        enough = certain or dated or mean
    else:
        enough = True
    return claim if enough else None
