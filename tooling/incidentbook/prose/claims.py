"""Sentences that claim a change of a figure: that a mean time fell, that incidents became more. Whether it is so, data decide.

A claim names a figure, a direction and mostly by how much or since when. Wishes, goals, questions and denials claim nothing, and a
single duration held against another single one is a fact, not a trend.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

from incidentbook.frozen import frozen
from incidentbook.prose.sentences import Sentence, sentences


class Measure(enum.StrEnum):
    """What a claim is about; durations by the milestone at which they end."""

    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    COUNT = "count"


@frozen
class Claim:
    """One claim.

    Attributes:
        start: where its words begin in the sentence (0-based).
        end: where they end.
        measure: of which figure it speaks.
        falls: whether it says that the figure became smaller.
        percent: by how much, where it says so.
        after: the period in which it is so, in the grammar of periods, or ``this`` or ``last`` and a unit (``last quarter``).
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
    "mtt", "time to ", "times to ", "ion time", "ery time", "ment time", "edging time", "edged time", "number of ", "count of ",
    "frequency of ", "rate of ", "incident count", "incident rate", "incident freq", "incident number", "incident volume",
    "incidents than",
)  # fmt: skip
_STEMS = {
    Measure.DETECTED: r"MTTD|(?:time|times) to (?:detect|detection)|detection times?",
    Measure.ACKNOWLEDGED: r"MTTA|(?:time|times) to (?:acknowledge|acknowledg\w+)|acknowledg\w+ times?",
    Measure.IDENTIFIED: r"MTTI|(?:time|times) to (?:identify|identification|diagnose|diagnosis)",
    Measure.MITIGATED: r"MTTM|(?:time|times) to (?:mitigate|mitigation)|mitigation times?",
    Measure.RESOLVED: r"MTTR|(?:time|times) to (?:resolve|resolution|recover|recovery|restore|repair)|(?:resolution|recovery) times?",
    Measure.COUNT: r"(?:number|count|frequency|rate) of (?:[\w-]+ ){0,2}incidents|incident (?:count|rate|frequency|numbers?|volume)",
}
_FIGURE = "|".join(rf"(?P<{measure.name}>\b(?:{stem})\b)" for measure, stem in _STEMS.items())
_FALLS = (
    r"improv(?:ed|es|ing)|decreased|decreases|decreasing|dropped|drops|dropping|fell|fallen|falling|shrank|shrunk|halved|"
    r"(?:is|was|are|were|went|came|gone|come) (?:\w+ )?(?:down|faster|quicker|shorter|lower|better|smaller)|lowered|shortened|"
    r"(?:got|become|became|getting) (?:\w+ )?(?:faster|quicker|shorter|lower|better|smaller)|sped up|declined|has been (?:cut|reduced)"
)
_RISES = (
    r"worsened|worsens|worsening|regressed|degraded|increased|increases|increasing|rose|risen|rises|rising|grew|grown|growing|doubled|"
    r"tripled|lengthened|climbed|(?:is|was|are|were|went|gone) (?:\w+ )?(?:up|slower|longer|higher|worse|larger)|"
    r"(?:got|become|became|getting) (?:\w+ )?(?:slower|longer|higher|worse|larger)"
)
_MADE_SMALLER = r"improved|reduced|cut|halved|lowered|shortened|decreased|brought down|sped up|speeded up"
_MADE_LARGER = r"worsened|increased|doubled|raised|lengthened"
_SMALLER = r"improvement|reduction|decrease|drop|decline|fall|fewer"
_LARGER = r"increase|rise|growth|regression|worsening|deterioration"
_GAP = r"(?:(?! (?:if|when|because|unless) )[^.;:!?]){0,60}?"
_ADVERB = r"(?:\w+ly |also |further |again |now |already |even )?"
# the figure and what became of it; what was done to the figure; a noun of change and the figure
_FORMS = (
    re.compile(rf"(?:{_FIGURE}){_GAP}[ ]{_ADVERB}\b(?:(?P<falls>{_FALLS})|(?P<rises>{_RISES}))\b", re.IGNORECASE),
    re.compile(rf"\b(?:(?P<falls>{_MADE_SMALLER})|(?P<rises>{_MADE_LARGER}))\b{_GAP}(?:{_FIGURE})", re.IGNORECASE),
    re.compile(rf"\b(?:(?P<falls>{_SMALLER})|(?P<rises>{_LARGER})) (?:in|of) {_GAP}(?:{_FIGURE})", re.IGNORECASE),
    re.compile(r"\b(?:(?P<falls>fewer)|(?P<rises>more)) (?P<COUNT>(?:[\w-]+ ){0,2}incidents) than\b", re.IGNORECASE),
)
_NO_CLAIM = re.compile(
    r"\b(?:not|no|never|nor|neither|without|cannot|hardly|whether|if|unless|until|will|would|should|could|can|may|might|must|shall|aims?|"
    r"goals?|targets?|expect\w*|plan(?:s|ned|ning)?|want\w*|hop(?:e|es|ed|ing)|need(?:s|ed)?|try|tries|trying|objective|in order|help(?:s|ed)?|"
    r"to (?:improve|reduce|cut|lower|shorten|decrease|halve)|so that|let|lets|previous incident|last incident|INC-\d+)\b|n['’]t\b|\?",
    re.IGNORECASE,
)
_MEAN = re.compile(r"\bMTT[A-Z]\b|\b(?:mean|average|median|typical|usual|overall|our|times)\b", re.IGNORECASE)
_PERCENT = re.compile(r"(?<![\w.])(\d{1,3}(?:[.,]\d+)?) ?(?:%|per ?cent\b|percent\b)", re.IGNORECASE)
_UNITS = "week|month|quarter|year"
_MONTHS = "january february march april may june july august september october november december".split()
_PERIOD = re.compile(
    rf"\b(?:(?P<y1>20\d\d)[ -]?Q(?P<q1>[1-4])|Q(?P<q2>[1-4])[ /-]?(?:of )?(?P<y2>20\d\d)|(?P<month>{'|'.join(_MONTHS)}),? (?P<y3>20\d\d)|"
    rf"(?P<y4>20\d\d)-(?P<m4>0[1-9]|1[0-2])(?!-)|(?P<which>this|last|previous|past) (?P<unit>{_UNITS})|"
    rf"(?P<over>{_UNITS})[ -](?:over|on)[ -](?P=over)|(?P<y5>20\d\d))\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:than|with|to|since|from|against|over|versus|vs)\.?(?: in| that (?:of|in)| the)*\s*$", re.IGNORECASE
)


def claims(text: str, *, markdown: bool = True) -> Iterator[tuple[Sentence, Claim]]:
    """Yield each sentence that claims a change, with the claim; one for each figure that it speaks of."""
    if may_claim(text):
        for sentence in sentences(text, markdown=markdown, worth=may_claim):
            yield from ((sentence, claim) for claim in find(sentence.text))


def may_claim(text: str) -> bool:
    """Whether a text holds words with which a figure is named: most do not, and need no closer look."""
    words = " ".join(text.lower().replace("*", " ").replace("_", " ").split()).replace("timeout", "")
    return any(sign in words for sign in _SIGNS)


def find(text: str) -> list[Claim]:
    """Return the claims of one sentence."""
    found: dict[Measure, Claim] = {}
    for form in _FORMS:
        for match in form.finditer(text):
            measure = next(measure for measure in Measure if match.groupdict().get(measure.name))
            if measure not in found and not _NO_CLAIM.search(text):
                found[measure] = _claim(text, match, measure)
    return [claim for claim in found.values() if _is_about_many(text, claim)]


def _claim(text: str, match: re.Match[str], measure: Measure) -> Claim:
    percent = _PERCENT.search(text)
    after, before = _periods(text)
    amount = float(percent[1].replace(",", ".")) if percent else None
    return Claim(match.start(), match.end(), measure, match["falls"] is not None, amount, after, before)


def _is_about_many(text: str, claim: Claim) -> bool:
    """Whether it speaks of a set: the time of one incident held against that of another is a fact."""
    if claim.measure is Measure.COUNT or claim.percent is not None or claim.after or claim.before:
        return True
    return _MEAN.search(text) is not None


def _periods(text: str) -> tuple[str, str]:
    """Return the period in which the change is said to be, and that which it is held against, as far as they are named."""
    after = before = ""
    for match in _PERIOD.finditer(text):
        named = _named(match)
        if _AGAINST.search(text[: match.start()]):
            before = before or named
        elif match["over"]:
            after = after or f"this {match['over'].lower()}"
        elif not after:
            after = named
    return after, before


def _named(match: re.Match[str]) -> str:
    if match["unit"]:
        return f"{'this' if match['which'].lower() == 'this' else 'last'} {match['unit'].lower()}"
    if match["month"]:
        return f"{match['y3']}-{_MONTHS.index(match['month'].lower()) + 1:02}"
    if match["m4"]:
        return f"{match['y4']}-{match['m4']}"
    year, quarter = match["y1"] or match["y2"], match["q1"] or match["q2"]
    return f"{year}-Q{quarter}" if quarter else match["y5"] or ""
