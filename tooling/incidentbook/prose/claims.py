"""Sentences that claim a change of a figure: that a mean time fell, that incidents became more. Whether it is so, data decide.

A claim names a figure, a direction and mostly by how much or since when. Wishes, goals, questions, conditions, denials and what
others say of theirs claim nothing, and a single duration held against another single one is a fact, not a trend.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from incidentbook.frozen import frozen
from incidentbook.prose.claimed_amounts import amounts, nearest
from incidentbook.prose.claimed_changes import falls as goes_down
from incidentbook.prose.claimed_figures import FIGURE, Measure, joined
from incidentbook.prose.claimed_periods import periods
from incidentbook.prose.clauses import REACH, Clauses, clauses
from incidentbook.prose.said import NEAR, Said, sayings
from incidentbook.prose.sentences import Sentence, sentences

__all__ = ["Claim", "Measure", "claims", "find", "may_claim"]


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


# Every claim holds one of these, once its words stand one blank apart: a look at them costs a tenth of a look at the patterns.
_SIGNS = (
    "mtt", "mtbf", " ttd", " tta", " tti", " ttm", " ttr", "time to ", "times to ", "ion time", "ery time", "ment time",
    "edging time", "edged time", "number of ", "count of ", "frequency of ", "rate of ", "share of ", "percentage of ",
    "proportion of ", "fraction of ", "incident count", "incident rate", "incident freq", "incident number",
    "incident volume", "incidents than", "fewer ", "less ", "% more ", "as many ", "availability", "uptime",
    "time between ", "times between ", "days between ", "failure ra", "failure pe", "mortem coverage", "mortems coverage",
    "coverage ", "on-time ", "incidents ", "as often", "more often", "mortem on", "mortem in", "more action items",
    "more post",
)  # fmt: skip
# and one of these, beside
_CHANGES = (
    "improv", "better", "reduc", "decreas", "drop", "fell", "fall", "shr", "halv", "declin", "plu", "sank", "sped",
    "speed", "down", " up", "low", "short", "fast", "quick", "small", "cut", "slash", "trim", "shav", "fewer", "less",
    "more", "worse", "regress", "degrad", "increas", "rise", "rising", "rose", "grew", "grow", "doubl", "tripl", "quadr",
    "length", "long", "climb", "jump", "soar", "high", "larg", "great", "went", "moved", "moving", "changed", "came",
    "gone", "going", "twice", "times as", "half as", "third as", "quarter as", "raise", "suffer", "deterior", "rarer",
    "soon", "earl", "late",
)  # fmt: skip
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


def claims(text: str, *, markdown: bool = True) -> Iterator[tuple[Sentence, Claim]]:
    """Yield each sentence that claims a change, with the claim; one for each figure that it speaks of."""
    if may_claim(text):
        for sentence in sentences(text, markdown=markdown, worth=may_claim):
            if may_claim(sentence.text):
                yield from ((sentence, claim) for claim in find(sentence.text))


def may_claim(text: str) -> bool:
    """Whether a text holds words with which a figure is named, and with which a change is: most do not, and need no closer look."""
    words = " " + " ".join(text.lower().replace("*", " ").replace("_", " ").split()).replace("timeout", "")
    return any(sign in words for sign in _SIGNS) and any(word in words for word in _CHANGES)


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
    elif said.bare:
        enough = certain or dated
    elif said.measure in _OF_ONE:
        enough = certain or dated or mean
    else:
        enough = True
    return claim if enough else None
