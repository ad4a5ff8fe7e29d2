"""Sentences that claim a change of a figure: that a mean time fell, that incidents became more. Whether it is so, data decide.

A claim names a figure, a direction and mostly by how much or since when. Wishes, goals, questions, conditions, denials and what
others say of theirs claim nothing, and a single duration held against another single one is a fact, not a trend.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from incidentbook.frozen import frozen
from incidentbook.prose import claimed_figures as figures
from incidentbook.prose.claimed_amounts import amounts, nearest
from incidentbook.prose.claimed_figures import Measure
from incidentbook.prose.claimed_periods import periods
from incidentbook.prose.clauses import REACH, Clauses, clauses
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
_UNNAMED = ("incidents", "outages", "failures", "action items", "mortems")
_MOST = 60  # a sentence that says more of figures is none
_NEAR = 100  # characters: what stands farther from a figure is not said of it
_MEAN = re.compile(r"\bMT(?:T[A-Z]|BF)\b|\b(?:mean|average|median|typical|usual|overall|our|times)\b", re.IGNORECASE)
_OF_ONE = tuple(Measure)[:5]  # one incident has such a figure too
_AT_THE_TIME = re.compile(
    r"\b(?:until|rolled back|fail(?:ed )?over|after the (?:fix|restart|rollback)|for \d+ (?:minutes|hours))\b",
    re.IGNORECASE,
)


def claims(text: str, *, markdown: bool = True) -> Iterator[tuple[Sentence, Claim]]:
    """Yield each sentence that claims a change, with the claim; one for each figure that it speaks of."""
    if may_claim(text):
        for sentence in sentences(text, markdown=markdown, worth=may_claim):
            if may_claim(sentence.text):
                yield from ((sentence, claim) for claim in find(sentence.text))


def may_claim(text: str) -> bool:
    """Whether a text holds words with which a figure is named: most do not, and need no closer look."""
    words = " " + " ".join(text.lower().replace("*", " ").replace("_", " ").split()).replace("timeout", "")
    return any(sign in words for sign in _SIGNS) and any(word in words for word in _CHANGES)


def find(text: str) -> list[Claim]:
    """Return the claims of one sentence."""
    parts = clauses(text, figures.FIGURE, figures.joined)
    found: dict[Measure, Claim] = {}
    for said in itertools.islice(_said(parts), _MOST):
        if said.measure not in found and parts.stated(said.start, said.end, noun=said.noun):
            claim = _claim(text, parts, said)
            if claim is not None:
                found[said.measure] = claim
    return sorted(found.values(), key=lambda claim: claim.start)


@frozen
class _Said:
    """What is said of one figure.

    Attributes:
        way: which way it went (`claimed_figures.SMALL` and the like).
        noun: whether a noun says it, which may as well be wished for.
        bare: whether only its amount or its period makes it a claim.
        low: where the words before it that belong to something else end.
        high: where those behind it begin.

    """

    start: int
    end: int
    measure: Measure
    way: str
    noun: bool
    bare: bool
    low: int
    high: int


def _said(parts: Clauses) -> Iterator[_Said]:
    """Yield what is said of figures, stated or not."""
    way, text = "", parts.text
    for begin, end, found in parts.each(parts.figures):
        for said in _of_figures(text, begin, end, found, way):
            way = said.way
            yield said
    if not any(word in text.lower() for word in _UNNAMED):
        return
    for form in figures.WHOLE:
        for match in form.finditer(text):
            low, high = parts.bounds(match.start())[0], parts.bounds(match.end() - 1)[1]
            way = figures.way_of(match)
            yield _Said(*match.span(), figures.measure_of(match), way, noun=True, bare=False, low=low, high=high)
    for begin, end, found in parts.each(figures.INCIDENTS.finditer(text)):
        yield from _of_figures(text, begin, end, found, bare=True)


def _of_figures(
    text: str, begin: int, end: int, found: list[re.Match[str]], way: str = "", *, bare: bool = False
) -> Iterator[_Said]:
    """Yield what one clause says of its figures; where it says the same of several, of each.

    ``way`` is what was said before, as it stands for "and the number of incidents by 30 %", too.
    """
    runs: list[list[re.Match[str]]] = []
    for match in found:
        gap = text[runs[-1][-1].end() : match.start()][:_NEAR] if runs else ""
        if runs and figures.joined(gap):
            runs[-1].append(match)
        else:
            runs.append([match])
    low = begin
    for number, run in enumerate(runs):
        high = runs[number + 1][0].start() if number + 1 < len(runs) else end
        told = _behind(text, run, high) or (None if bare else _ahead(text, run, low, high))
        shared = figures.SHARED.match(text, run[-1].end(), high) if way and told is None else None
        if shared is not None:
            told = run[0].start(), shared.end(), way, False
        if told is None:
            continue
        start, stop, way, noun = told
        for match in run:
            measure = figures.measure_of(match)
            yield _Said(start, stop, measure, way, noun=noun, bare=bare, low=low, high=high)
        low = stop


_Found = tuple[int, int, str, bool]  # from where to where, which way, whether a noun says it


def _behind(text: str, run: list[re.Match[str]], high: int) -> _Found | None:
    """Return what is said behind figures: "MTTR fell", "MTTR reduction of 20 %"."""
    place = run[-1].end()
    for form, noun in ((figures.BEHIND, False), (figures.TURNED, True)):
        match = form.match(text, place, min(high, place + 2 * _NEAR))
        if match is not None:
            return run[0].start(), match.end(), figures.way_of(match), noun
    went = figures.WENT.match(text, place, min(high, place + _NEAR))
    levels = next(amounts(text, went.end(), min(high, went.end() + _NEAR)), None) if went else None
    if went is None or levels is None or levels.rises is None:
        return None
    return run[0].start(), went.end(), figures.LARGE if levels.rises else figures.SMALL, False


def _ahead(text: str, run: list[re.Match[str]], low: int, high: int) -> _Found | None:
    """Return what is said before figures: "we reduced MTTR", "a drop in MTTR", "brought MTTR down"."""
    before = text[max(low, run[0].start() - _NEAR) : run[0].start()]
    place = run[0].start() - len(before)
    if figures.SEEN.search(before) is not None:
        seen = figures.BARE.match(text, run[-1].end(), high)
        if seen is not None:
            return run[0].start(), seen.end(), figures.way_of(seen), False
    brought, away = figures.BROUGHT.search(before), figures.AWAY.match(text, run[-1].end(), high)
    if brought is not None and away is not None:
        return place + brought.start(), away.end(), figures.way_of(away), False
    match = figures.AHEAD.search(before)
    if match is None:
        return None
    start = place + match.start() + (2 if match[0].startswith(",") else 0)
    if match[0].lower().startswith("cut") and not text[low:start].strip():
        return None  # an order: "Cut MTTR by half"
    return (
        start,
        run[-1].end(),
        figures.way_of(match),
        any(match.groupdict()[name] for name in match.groupdict() if name.endswith("_noun")),
    )


def _claim(text: str, parts: Clauses, said: _Said) -> Claim | None:
    """Return what is said as a claim; None where it is a fact of one incident, or says too little."""
    begin, end = parts.near(said.start, said.end)
    around = text[max(said.start - REACH, 0) : said.end + REACH]
    named = periods(text[begin:end])
    after, before = named if any(named) else periods(around)
    falls = figures.falls(said.way, said.measure)
    found = [
        amount
        for amount in amounts(text, max(said.low, said.start - _NEAR), min(said.high, said.end + _NEAR))
        if amount.rises is not falls  # "fell from 5 to 7" says two things
    ]
    amount = nearest(found, said.start, said.end)
    claim = Claim(said.start, said.end, said.measure, falls, amount.percent if amount else None, after, before)
    certain = amount is not None and amount.rises is None
    dated = bool(after or before)
    mean = _MEAN.search(around) is not None
    if said.measure is Measure.AVAILABILITY:  # it falls in every outage, and comes back
        enough = (dated or (mean and not falls)) and not _AT_THE_TIME.search(text, begin, end)
    elif said.bare:
        enough = certain or dated
    elif said.measure in _OF_ONE:
        enough = certain or dated or mean
    else:
        enough = True
    return claim if enough else None
