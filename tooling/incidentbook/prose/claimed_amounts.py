"""By how much a figure is said to have changed: per cent, points, parts ("by a third"), and from what to what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from incidentbook.frozen import frozen

_NUMBER = r"\d{1,6}(?:[.,]\d{1,6})?"
_PER_CENT = r"(?:%|per ?cent\b|percent\b)"
_PARTS = {
    "half": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fifth": 20.0,
    "tenth": 10.0,
    "two thirds": 200 / 3,
    "three quarters": 75.0,
}
_PART = r"(?:(?:a|an|one) )?(?P<{}>two[ -]thirds|three[ -]quarters|half|third|quarter|fifth|tenth)"
_WORDS = {
    "halved": 50.0, "halves": 50.0, "halving": 50.0, "in half": 50.0, "doubled": 100.0, "doubles": 100.0, "doubling": 100.0, "tripled": 200.0,
    "quadrupled": 300.0, "twice as fast": 50.0, "twice as quickly": 50.0, "half as fast": 100.0, "half as long": 50.0, "half as many": 50.0,
    "half as often": 50.0, "twice as long": 100.0, "twice as many": 100.0, "two times as many": 100.0, "twice as high": 100.0,
    "twice as often": 100.0, "three times as many": 200.0, "three times as fast": 200 / 3,
}  # fmt: skip
_SECONDS = {
    "s": 1,
    "sec": 1,
    "second": 1,
    "m": 60,
    "min": 60,
    "minute": 60,
    "h": 3600,
    "hr": 3600,
    "hour": 3600,
    "d": 86400,
    "day": 86400,
    "week": 604800,
}
_UNIT = rf"(?:%|per ?cent|percent|{'|'.join(sorted(_SECONDS, key=len, reverse=True))})s?(?![a-z])"
_LEAD = r"(?: (?:a|the))?(?: (?:mean|median|average|typical|value))?(?: of)?(?: (?:about|around|almost|nearly|roughly|over))?"
_AMOUNT = re.compile(
    rf"\bfrom{_LEAD} (?P<a1>{_NUMBER})[ -]?(?P<au>{_UNIT})?(?: [\w-]+)?(?: [\w-]+)? to{_LEAD} (?P<b1>{_NUMBER})(?:[ -]?(?P<bu>{_UNIT}))?|"
    rf"\bto (?P<b2>{_NUMBER})[ -]?(?P<bu2>{_UNIT})?(?:,| [\w-]+)?(?: [\w-]+)?,? (?:down |up )?"
    rf"from{_LEAD} (?P<a2>{_NUMBER})(?:[ -]?(?P<au2>{_UNIT}))?|"
    rf"(?<![\w.,])(?P<percent>{_NUMBER}) ?(?:{_PER_CENT}|(?:percentage )?points?\b)(?! (?:of|confidence|to)\b)|"
    rf"\b(?P<number>ten|five|twenty) (?:{_PER_CENT}|(?:percentage )?points?\b)|"
    rf"\b(?:by|in) (?:(?:about|almost|nearly|over|more than|less than|roughly|around) )?"
    rf"{_PART.format('by')}\b(?! (?:over|on|after)\b)|"
    rf"\b(?:a|an|one) (?P<than>third|quarter|half|fifth|tenth) (?:lower|higher|shorter|longer|fewer|more|less|faster|slower)\b|"
    rf"\b(?P<words>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
# a level, not a change of one
_LEVEL = re.compile(
    r"\b(?:to|at|below|above|under|reach(?:es|ed)|exceeds?|(?:target|goal) of)(?: (?:about|almost|nearly|over|more than|just|around))?\s*$",
    re.IGNORECASE,
)
_NEAR = 30  # characters before a number that say so
_NUMBERS = {"five": 5.0, "ten": 10.0, "twenty": 20.0}


@frozen
class Amount:
    """By how much, in per cent, and where it says so.

    Attributes:
        start: where its words begin in the sentence.
        end: where they end.
        percent: of what it was; of two shares their difference in points.
        rises: whether the later of two levels is the higher one; None where no levels are given.

    """

    start: int
    end: int
    percent: float
    rises: bool | None = None

    def distance(self, start: int, end: int) -> int:
        """Return how many characters lie between it and the words from ``start`` to ``end``."""
        return max(self.start - end, start - self.end, 0)


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """Yield what is said of amounts between two places of a sentence."""
    for match in _AMOUNT.finditer(text, start, end):
        if match["a1"] or match["a2"]:
            yield from _between(match)
        elif match["words"]:
            yield Amount(*match.span(), _WORDS[match["words"].lower()])
        elif match["by"] or match["than"]:
            yield Amount(*match.span(), _PARTS[(match["by"] or match["than"]).lower().replace("-", " ")])
        elif match["number"]:
            yield Amount(*match.span(), _NUMBERS[match["number"].lower()])
        elif not _LEVEL.search(text[max(match.start() - _NEAR, 0) : match.start()]):
            yield Amount(*match.span(), _number(match["percent"]))


def nearest(found: list[Amount], start: int, end: int) -> Amount | None:
    """Return the amount that stands nearest to the words from ``start`` to ``end``."""
    return min(found, key=lambda amount: amount.distance(start, end), default=None)


def _between(match: re.Match[str]) -> Iterator[Amount]:
    first, last = _number(match["a1"] or match["a2"]), _number(match["b1"] or match["b2"])
    units = [_unit(match["au"] or match["au2"]), _unit(match["bu"] or match["bu2"])]
    known = next((unit for unit in units if unit), 1)
    if "%" in units:
        yield Amount(*match.span(), abs(last - first), last > first)
        return
    before, after = (value * float(unit or known) for value, unit in zip((first, last), units, strict=True))
    if before:
        yield Amount(*match.span(), abs(after / before - 1) * 100, after > before)


def _unit(text: str | None) -> int | str:
    if not text:
        return 0
    word = text.lower()
    return "%" if word[0] in "%p" else _SECONDS.get(word) or _SECONDS[word.removesuffix("s")]


def _number(text: str) -> float:
    return float(text.replace(",", "."))
