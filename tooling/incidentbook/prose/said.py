"""What a sentence says of figures, stated or not: which, which way, and where the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from incidentbook.frozen import frozen
from incidentbook.prose import claimed_changes as changes
from incidentbook.prose import claimed_figures
from incidentbook.prose.claimed_amounts import amounts
from incidentbook.prose.claimed_figures import Measure
from incidentbook.prose.clauses import Clauses

NEAR = 100  # characters: what stands farther from a figure is not said of it
_UNNAMED = ("incidents", "outages", "failures", "action items", "mortems")


@frozen
class Said:
    """What is said of one figure.

    Attributes:
        way: which way it went (`claimed_changes.SMALL` and the like).
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


def sayings(parts: Clauses) -> Iterator[Said]:
    """Yield what is said of figures, stated or not."""
    way, text = "", parts.text
    for begin, end, found in parts.each(parts.figures):
        for each in _of_figures(text, begin, end, found, way):
            way = each.way
            yield each
    if not any(word in text.lower() for word in _UNNAMED):
        return
    for form in (*changes.WHOLE, changes.DATED):
        for match in form.finditer(text):
            low, high = parts.bounds(match.start())[0], parts.bounds(match.end() - 1)[1]
            way = changes.way_of(match)
            yield Said(
                *match.span(),
                claimed_figures.measure_of(match),
                way,
                noun=True,
                bare=form is changes.DATED,
                low=low,
                high=high,
            )
    for begin, end, found in parts.each(claimed_figures.INCIDENTS.finditer(text)):
        yield from _of_figures(text, begin, end, found, bare=True)


def _of_figures(
    text: str, begin: int, end: int, found: list[re.Match[str]], way: str = "", *, bare: bool = False
) -> Iterator[Said]:
    """Yield what one clause says of its figures; where it says the same of several, of each.

    ``way`` is what was said before, as it stands for "and the number of incidents by 30 %", too.
    """
    runs: list[list[re.Match[str]]] = []
    for match in found:
        gap = text[runs[-1][-1].end() : match.start()][:NEAR] if runs else ""
        if runs and claimed_figures.joined(gap):
            runs[-1].append(match)
        else:
            runs.append([match])
    low = begin
    for number, run in enumerate(runs):
        high = runs[number + 1][0].start() if number + 1 < len(runs) else end
        told = _behind(text, run, high) or (None if bare else _ahead(text, run, low, high))
        shared = changes.SHARED.match(text, run[-1].end(), high) if way and told is None else None
        if shared is not None:
            told = run[0].start(), shared.end(), way, False
        if told is None:
            continue
        start, stop, way, noun = told
        for match in run:
            measure = claimed_figures.measure_of(match)
            yield Said(start, stop, measure, way, noun=noun, bare=bare, low=low, high=high)
        low = stop


_Found = tuple[int, int, str, bool]  # from where to where, which way, whether a noun says it


def _behind(text: str, run: list[re.Match[str]], high: int) -> _Found | None:
    """Return what is said behind figures: "MTTR fell", "MTTR reduction of 20 %"."""
    place = run[-1].end()
    for form, noun in ((changes.BEHIND, False), (changes.TURNED, True)):
        match = form.match(text, place, min(high, place + 2 * NEAR))
        if match is not None:
            return run[0].start(), match.end(), changes.way_of(match), noun
    went = changes.WENT.match(text, place, min(high, place + NEAR))
    levels = next(amounts(text, went.end(), min(high, went.end() + NEAR)), None) if went else None
    if went is None or levels is None or levels.rises is None:
        return None
    return run[0].start(), went.end(), changes.LARGE if levels.rises else changes.SMALL, False


def _ahead(text: str, run: list[re.Match[str]], low: int, high: int) -> _Found | None:
    """Return what is said before figures: "we reduced MTTR", "a drop in MTTR", "brought MTTR down"."""
    before = text[max(low, run[0].start() - NEAR) : run[0].start()]
    place = run[0].start() - len(before)
    if changes.SEEN.search(before) is not None:
        seen = changes.BARE.match(text, run[-1].end(), high)
        if seen is not None:
            return run[0].start(), seen.end(), changes.way_of(seen), False
    brought, away = changes.BROUGHT.search(before), changes.AWAY.match(text, run[-1].end(), high)
    if brought is not None and away is not None:
        return place + brought.start(), away.end(), changes.way_of(away), False
    match = changes.AHEAD.search(before)
    if match is None:
        return None
    start = place + match.start() + (2 if match[0].startswith(",") else 0)
    if match[0].lower().startswith("cut") and not text[low:start].strip():
        return None  # an order: "Cut MTTR by half"
    noun = any(words for name, words in match.groupdict().items() if name.endswith("_noun"))
    return start, run[-1].end(), changes.way_of(match), noun
