"""The periods that a claim names: that in which something is so, and that which it is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = "week|month|quarter|year"
MONTHS = "january february march april may june july august september october november december".split()
_PART_OF = rf"(?:{_UNITS}|period|time|half)"
_SHORT = {"y": "year", "q": "quarter", "m": "month", "w": "week"}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_MONTH_NAMES = "|".join(name.title() for name in MONTHS)
_YEAR = r"(?:,? (?:of )?(?P<{}>20\d\d))?"
_PERIOD = re.compile(
    rf"\b(?:(?P<y1>20\d\d)[ -]?Q(?P<q1>[1-4])|Q(?P<q2>[1-4])(?:[ /-]?(?:of )?(?P<y2>20\d\d))?|"
    rf"(?P<ordinal>first|second|third|fourth) (?P<part>quarter|half)(?: of (?:the|this) year)?{_YEAR.format('y6')}|"
    rf"(?P<y7>20\d\d)[ -]?H(?P<h1>[12])|H(?P<h2>[12])(?:[ /-]?(?P<y8>20\d\d))?|"
    rf"(?P<month>(?-i:{_MONTH_NAMES})|(?:{'|'.join(MONTHS)})(?=,? 20\d\d)){_YEAR.format('y3')}(?!\d)(?! \d?\d\b)|"
    rf"(?P<y4>20\d\d)-(?P<m4>0[1-9]|1[0-2])(?!-)|"
    rf"(?:last|past|previous) (?P<many>[1-9]\d{{0,2}}|two|three|four|six|twelve) (?P<units>day|{_UNITS})s|"
    rf"(?P<which>this|last|previous|past|prior|preceding) (?P<unit>{_UNITS})|(?P<one>{_UNITS}) (?:before|earlier|"
    rf"ago)|the (?P<rel>one) before|"
    rf"(?P<same>same {_PART_OF} (?:of |the )*(?:last|previous) year)|(?P<short>[yqmw]o[yqmw])|"
    rf"(?P<over>{_UNITS})[ -](?:over|on|after)[ -](?P=over)|over the (?P<whole>{_UNITS})|(?P<y5>20\d\d)(?![-/]\d))\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:than|with|to|since(?: the(?: [\w-]+){1,2}(?= in))?|from|against|over|on|versus|vs|as|(?:from|than|with|"
    r"against) \d+(?:[.,]\d+)?(?: ?%| \w+)?)\.?(?: in| that (?:of|in)| the| a| it was| we (?:did|were)| they (?:did|"
    r"were)(?: in)?)*\s*$",
    re.IGNORECASE,
)
_NEAR = 60  # characters before a period that say what it is
_TO = re.compile(r"\b(?:to|and)(?: in| the)*\s*$", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:from|between)(?: the)*\s*$", re.IGNORECASE)
_JOINS = re.compile(r",? and (?:in )?|, | ?& ?")
_OVER_THE_LAST = re.compile(r"\bover(?: the)?\s*$", re.IGNORECASE)
_WHICH = {"this": "this", "last": "last", "past": "last"} | dict.fromkeys(
    ("previous", "prior", "preceding"), "previous"
)
_COUNTS = {"two": "2", "three": "3", "four": "4", "six": "6", "twelve": "12"}


def periods(text: str) -> tuple[str, str]:
    """Return the period in which the change is said to be, and that which it is held against, as far as they are named.

    In the grammar of periods; or without its year (``Q4``, ``H1``, ``March``), or two of these (``May..June``); or ``this`` or ``last`` and a unit (``last
    quarter``, ``last 6 months``); or, to be held against, ``before`` (the one before) or ``year before`` (the same, a year
    earlier).
    """
    after = before = ""
    spans = False
    for match, named in _told_together(text):
        lead = text[: match.start()]
        lasting = bool(match["many"] or match["whole"] or match["unit"]) and _OVER_THE_LAST.search(lead[-_NEAR:])
        if match["over"]:
            after = after or f"this {match['over'].lower()}"
        elif match["short"]:
            after = after or f"this {_SHORT[match['short'][0].lower()]}"
        elif match["same"]:
            before = before or "year before"
        elif match["one"] or match["rel"]:
            before = before or ("year before" if (match["one"] or "").lower() == "year" else "before")
        elif spans and _TO.search(lead[-_NEAR:]):
            after = after or named
        elif _SPAN.search(lead[-_NEAR:]) or (
            _AGAINST.search(lead[-_NEAR:]) and not (match["many"] or (lasting and match["whole"]))
        ):
            spans = _SPAN.search(lead[-_NEAR:]) is not None
            before = before or named
        elif not after:
            after = named
    if before.startswith("previous "):  # beside Q3 that is Q2, whatever today is
        before = "before" if after else before.replace("previous", "last")
    return after.replace("previous", "last"), before


def _told_together(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the periods, the months or quarters of one list ("in May and June") as one: with its first match and its name."""
    runs: list[list[re.Match[str]]] = []
    for match in _PERIOD.finditer(text):
        last = runs[-1][-1] if runs else None
        if (
            last
            and _JOINS.fullmatch(text, last.end(), match.start())
            and _part_of_year(last) == _part_of_year(match) != ""
        ):
            runs[-1].append(match)
        else:
            runs.append([match])
    for run in runs:
        if len(run) > 1 and not _SPAN.search(text[: run[0].start()][-_NEAR:]):
            yield run[0], f"{_named(run[0])}..{_named(run[-1])}"
        else:
            yield from ((match, _named(match)) for match in run)


def _part_of_year(match: re.Match[str]) -> str:
    return "month" if match["month"] or match["m4"] else "quarter" if match["q1"] or match["q2"] else ""


def _named(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups["many"]:
        return f"last {_COUNTS.get(groups['many'].lower(), groups['many'])} {groups['units'].lower()}s"
    if groups["whole"]:
        return f"this {groups['whole'].lower()}"
    if groups["unit"]:
        return f"{_WHICH[groups['which'].lower()]} {groups['unit'].lower()}"
    year = next((groups[name] for name in ("y1", "y2", "y3", "y4", "y6", "y7", "y8", "y5") if groups[name]), "")
    if groups["month"]:
        month = MONTHS.index(groups["month"].lower()) + 1
        return f"{year}-{month:02}" if year else groups["month"].title()
    if groups["m4"]:
        return f"{year}-{groups['m4']}"
    ordinal = _ORDINALS.get((groups["ordinal"] or "").lower(), 0)
    half = (groups["part"] or "").lower() == "half"
    quarter = groups["q1"] or groups["q2"] or (ordinal and not half and str(ordinal))
    halves = groups["h1"] or groups["h2"] or (half and str(ordinal))
    return _part(year, f"Q{quarter}" if quarter else f"H{halves}" if halves else "")


def _part(year: str, part: str) -> str:
    return f"{year}-{part}" if year and part else year or part
