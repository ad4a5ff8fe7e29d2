"""What a sentence says of figures, stated or not: which, which way, and where the words stand."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from incidentbook.frozen import frozen
from incidentbook.prose import claimed_changes as changes
from incidentbook.prose import claimed_figures
from incidentbook.prose import claimed_processes as processes
from incidentbook.prose.claimed_amounts import amounts
from incidentbook.prose.claimed_figures import Measure
from incidentbook.prose.clauses import Clauses

NEAR = 100  # characters: what stands farther from a figure is not said of it
_UNNAMED = ("incidents", "outages", "failures", "problems", "downtime", "action items", "mortems")
_DONE = (
    "detect", "notic", "spot", "acknowledg", "respon", "react", "diagnos", "identif", "mitigat", "resol", "recover", "restor",
    "incident", "outage", "downtime",
)  # fmt: skip


@frozen
class Said:
    """What is said of one figure.

    Attributes:
        way: which way it went (`claimed_changes.SMALL` and the like).
        noun: whether a noun says it, which may as well be wished for.
        bare: whether only its amount or its period makes it a claim.
        sized: whether only its amount does.
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
    sized: bool = False


def sayings(parts: Clauses) -> Iterator[Said]:
    """Yield what is said of figures, stated or not."""
    lowered = parts.text.lower()
    yield from _of_named(parts)
    if any(word in lowered for word in _UNNAMED):
        yield from _of_forms(parts, *changes.WHOLE)
        yield from _of_forms(parts, changes.DATED, bare=True)
    if any(word in lowered for word in _DONE):
        yield from _of_processes(parts)
    if any(word in lowered for word in _UNNAMED):
        yield from _of_incidents(parts)


def _of_named(parts: Clauses) -> Iterator[Said]:
    """Yield what is said of figures by their names."""
    way, text = "", parts.text
    for begin, end, found in parts.each(parts.figures):
        for each in _of_figures(text, begin, end, found, way):
            way = each.way
            yield each


def _of_forms(parts: Clauses, *forms: re.Pattern[str], bare: bool = False) -> Iterator[Said]:
    """Yield what is said by words that name the figure and the change at once: "fewer incidents than"."""
    for form in forms:
        for match in form.finditer(parts.text):
            low, high = parts.bounds(match.start())[0], parts.bounds(match.end() - 1)[1]
            way, measure = changes.way_of(match), claimed_figures.measure_of(match)
            yield Said(*match.span(), measure, way, noun=True, bare=bare, low=low, high=high)


def _of_processes(parts: Clauses) -> Iterator[Said]:
    """Yield what is said of how fast something is done, and of how long incidents last, unless it is held against a plan."""
    text = parts.text
    found = [*_of_forms(parts, processes.ATTRIBUTE, processes.DOING, bare=True)]
    for begin, end, nouns in parts.each(processes.PROCESS.finditer(text)):
        places = {noun.start() for noun in nouns}
        for each in _of_figures(text, begin, end, nouns, bare=True):
            if each.start not in places:  # "we improved detection" tells of work, not of a figure
                found.append(dataclasses.replace(each, sized=True))
            elif processes.paced(text[each.start : each.end]):
                found.append(each)
    for begin, end, nouns in parts.each(processes.LENGTH.finditer(text)):
        found += _of_figures(text, begin, end, nouns, bare=True)
    yield from (each for each in found if not processes.timeless(text[each.start : each.high]))


def _of_incidents(parts: Clauses) -> Iterator[Said]:
    """Yield what is said of incidents themselves: that there were more, or that they were longer."""
    text = parts.text
    for begin, end, nouns in parts.each(claimed_figures.INCIDENTS.finditer(text)):
        places = {noun.start() for noun in nouns}
        for each in _of_figures(text, begin, end, nouns, bare=True):
            if each.start not in places:
                if each.way in (changes.SMALL, changes.LARGE):  # what is improved is how they are handled
                    yield dataclasses.replace(each, sized=True)
            elif not processes.lasted(text[each.start : each.end]):
                yield each
            elif not processes.timeless(text[each.start : each.high]):
                yield dataclasses.replace(each, measure=Measure.RESOLVED)


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
        told = _behind(text, run, high) or _ahead(text, run, low, high)
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
    made, faster = processes.MADE.search(before), processes.FASTER.match(text, run[-1].end(), high)
    if made is not None and faster is not None:
        return place + made.start(), faster.end(), changes.way_of(faster), False
    match = changes.AHEAD.search(before)
    if match is None:
        return None
    start = place + match.start() + (2 if match[0].startswith(",") else 0)
    if match[0].lower().startswith("cut") and not text[low:start].strip():
        return None  # an order: "Cut MTTR by half"
    noun = any(words for name, words in match.groupdict().items() if name.endswith("_noun"))
    return start, run[-1].end(), changes.way_of(match), noun
