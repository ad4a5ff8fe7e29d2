"""Which parts of a sentence state something, and which only wish, ask, deny, suppose, or tell what others say.

A word of doubt governs its clause, not the sentence: "We should write a runbook, but MTTR improved" states the second half.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from incidentbook.frozen import frozen

_SUBJECT = (
    r"(?:we|our|it|its|they|this|that|these|those|the|there|he|she|i|nobody|everybody|incidents?|mean|median|average|"
    r"overall|time|times|"
    r"MTT\w|MTBF|on-call|availability|uptime|downtime|outages?|detection|recovery|resolution|mitigation|post-?mortem|change|incident|action)\b"
)
# where something else begins: what was wished before is wished no more
_TURN = r"[;]|,? (?:but(?! yet)|while|whereas|even though|although|though|nevertheless|nonetheless)\b|,? (?:and|but) yet\b|, (?:yet|however)\b"
# where the next clause begins, which a goal or a condition may still govern
_NEXT = (
    rf":(?!\d| ?(?:down|up|\d+ ?%))| [–—-] |—|[()]|,? (?:and|so|or)(?= {_SUBJECT})|,? because\b|,? (?:as|since|after|"
    rf"before|once)(?= (?:we|they|it|i|nobody)\b)|"
    rf",(?= {_SUBJECT})|,(?= (?:which|who|whose|where|how|what|why)\b)"
)
_BOUNDARY = re.compile(rf"(?P<turn>{_TURN})|(?P<next>{_NEXT})", re.IGNORECASE)
_MONTH = r"(?-i:May)(?=$|[ ,.;:)’'–-])|may(?= 20\d\d)"
_MODAL = rf"will|would|should|could|can|(?!{_MONTH})may|might|must|shall"
_DENIAL = r"not|no|never|nor|neither|without|cannot|hardly|barely|scarcely|nobody|nothing|none"
_ASKED = (
    r"whether|if|how|why|how much|unclear|unknown|ask(?:s|ed|ing)?|check(?:s|ed)?|until|unless|in order|so that|let|"
    r"lets|make sure|ensure|"
    r"need(?:s|ed)?|tr(?:y|ies|ied|ying)|help(?:s|ed)?|look at|too (?:few|little|early|short|small)"
)
_TO = r"(?<!managed )(?<!able )to (?:\w+ly )?(?:improve|reduce|cut|lower|shorten|decrease|halve|bring|raise|increase|double)"
_OTHERS = (
    r"(?<!we )(?:says|said|claims|claimed|stated|announced|promise[sd]?|according to|told us)|"
    r"(?<!by )(?<!chang)their|vendors?|providers?|"
    r"suppliers?|competitors?|industry|consultants?"
)
_WRONG = r"wrongly|falsely|mistakenly|complain(?:s|ed)|or more"
_WITHIN = re.compile(rf"\b(?:{_MODAL}|{_DENIAL}|{_ASKED}|{_TO}|{_OTHERS}|{_WRONG})\b|n['’]t\b", re.IGNORECASE)
# of goals and hopes: the next clauses in the present tense too ("the goal is that MTTD falls, and MTTR halves")
_GOAL = re.compile(
    r"(?<!\bas )(?<!\bthan )(?<!\bthan we )(?<!\bas we )\b(?:goals?|targets?|aim(?:s|ed|ing)?|objectives?|expect(?:s|"
    r"ed|ation\w*|ing)?|plan(?:s|ned|ning)?|"
    r"hop(?:e|es|ed|ing)|want(?:s|ed)?|wish(?:es|ed)?|intend(?:s|ed)?|propos(?:e|es|ed|al|als)|forecasts?|"
    r"predict(?:s|ed|ion)?|budget(?:s|ed)?)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided|assum(?:e|es|ing)|suppos(?:e|es|ing)|imagine|had we)\b(?! (?:any|nothing))", re.IGNORECASE
)
# of one incident: a fact, not a trend
_SINGLE = re.compile(
    r"(?<!after the )(?<!since the )(?:\b(?:previous|last|first|same|earlier) (?:incident|outage)\b|\b(?:this|last) time\b|"
    r"\bthis (?:incident|outage)\b|\bin the (?:previous|last|first) one\b|\bthan in (?:the|a) (?:drill|exercise|game day|rehearsal)\b|\bby one\b|"
    r"\bduring (?:the|an) (?:\w+ )?(?:incident|outage)\b|\bthan usual\b|\bINC-\d+|\bat \d\d:\d\d|\bbetween \d\d:\d\d)",
    re.IGNORECASE,
)
# a heading in front: "Goal: MTTR fell by 20 %"
_LABEL = re.compile(
    r"[\s(\"“]*(?:[\w-]+ ){0,3}(?:goals?|okrs?|kpis?|targets?|aims?|objectives?|plans?|hypothes[ie]s|criteri(?:on|a)|outcomes?)(?: [\w-]+){0,3}:",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:in|for|during|at) (?:this|the|that) (?:incident|outage)\b", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:when|whenever|as soon as|every time|where|with (?:the number|each|every|more))\b", re.IGNORECASE
)
_PRESENT = re.compile(
    r"\b(?:is|are|gets?|becomes?|falls|drops|decreases|declines|shrinks|rises|grows|climbs|increases|improves|"
    r"worsens|halves|doubles|down|up|lower|higher)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|has|have|had)\b|(?<!is )(?<!are )\b\w+ed\b|\b(?:fell|rose|grew|shrank|went|got|became|took)\b",
    re.IGNORECASE,
)
_LIST = 40  # characters between two figures of one list
REACH = 400  # characters: a clause is no longer, or the words no longer belong together
_ASIDE = re.compile(r"\([^()]{0,120}\)|, (?:which|who|whose) [^,;:()]{0,80},(?! (?:and|but|so|or|yet)\b)")
_QUOTED = re.compile(r"“[^”]{0,300}”|\"[^\"]{0,300}\"|«[^»]{0,300}»|„[^“”]{0,300}[“”]|(?<!\w)‘[^’]{0,300}’(?!\w)")


@frozen
class Clauses:
    """A sentence in its clauses.

    Attributes:
        text: its words; asides of no interest are blank, so that every place stays.
        figures: of what it speaks, in their order.
        starts: where each clause begins (the first at 0).
        turns: where clauses begin that say something else ("but …"); the first at 0.
        asked: from where on the sentence is a question; its end where it is none.
        quoted: from where to where somebody is quoted.

    """

    text: str
    figures: tuple[re.Match[str], ...]
    starts: tuple[int, ...]
    turns: tuple[int, ...]
    asked: int
    quoted: tuple[tuple[int, int], ...]

    def bounds(self, place: int) -> tuple[int, int]:
        """Return where the clause of a place begins and ends."""
        number = bisect_right(self.starts, place)
        return self.starts[number - 1], self.starts[number] if number < len(self.starts) else len(self.text)

    def each(self, figures: Iterable[re.Match[str]]) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
        """Yield where each clause that holds some of ``figures`` begins and ends, with these."""
        for _, group in itertools.groupby(figures, key=lambda match: bisect_right(self.starts, match.start())):
            found = list(group)
            yield *self.bounds(found[0].start()), found

    def near(self, start: int, end: int) -> tuple[int, int]:
        """Return where the clauses of the words from ``start`` to ``end`` begin and end, as far as they can belong to these."""
        return max(self.bounds(start)[0], start - REACH), min(self.bounds(end - 1)[1], end + REACH)

    def stated(self, start: int, end: int, *, noun: bool = False) -> bool:
        """Whether the words from ``start`` to ``end`` are stated by the author, and of more than one incident.

        A word of doubt behind a verb is about something else; behind a noun of change ("a fall of 20 % is planned") it is not.
        """
        begin, stop = self.near(start, end)
        if start >= self.asked or any(left <= start and end <= right for left, right in self.quoted):
            return False
        doubted = stop if noun else end
        if _WITHIN.search(self.text, begin, doubted) or _GOAL.search(self.text, begin, doubted):
            return False
        if _SINGLE.search(self.text, begin, stop) or _CONDITION.search(self.text, begin, stop):
            return False
        return not self._governed(begin, start, end, stop)

    def _governed(self, begin: int, start: int, end: int, stop: int) -> bool:
        """Whether a clause before governs these words: a condition, a goal, or "in this incident"; or a condition just behind."""
        turn = max(self.turns[bisect_right(self.turns, start) - 1], start - REACH)
        present = _PRESENT.search(self.text, start, end) is not None and _PAST.search(self.text, start, end) is None
        return (
            _CONDITION.search(self.text, turn, begin) is not None
            or ((label := _LABEL.match(self.text, turn)) is not None and label.end() <= start)
            or _ONE.search(self.text, turn, begin) is not None
            or (stop not in self.turns and _CONDITION.match(self.text, stop + 1) is not None)
            or (present and _GOAL.search(self.text, turn, begin) is not None)
            or (present and _GENERAL.search(self.text, turn, stop) is not None)
        )


def clauses(text: str, figure: re.Pattern[str], joined: Callable[[str], bool]) -> Clauses:
    """Return a sentence in its clauses.

    Args:
        text: the sentence.
        figure: finds the figures; an aside stays only where it says something of one.
        joined: whether two figures with this between them are one list, which is not taken apart.

    """
    masked = _ASIDE.sub(lambda aside: aside[0] if _tells(aside[0], figure) else " " * len(aside[0]), text)
    figures = tuple(figure.finditer(masked))
    gaps = [(left.end(), right.start()) for left, right in itertools.pairwise(figures)]
    lists = {place for gap in gaps if gap[1] - gap[0] <= _LIST and joined(masked[slice(*gap)]) for place in range(*gap)}
    starts, turns, asked = [0], [0], 0
    for boundary in _BOUNDARY.finditer(masked):
        if boundary.end() > starts[-1] and boundary.start() not in lists:
            starts.append(boundary.end())
            if boundary["turn"]:
                turns.append(boundary.end())
            if boundary["turn"] or boundary[0].strip() in ("–", "—", "-"):
                asked = boundary.end()
    if not text[-20:].rstrip(' "”’)*_').endswith("?"):
        asked = len(text)
    quoted = tuple(match.span() for match in _QUOTED.finditer(text))
    return Clauses(masked, figures, tuple(starts), tuple(turns), asked, quoted)


def _tells(aside: str, figure: re.Pattern[str]) -> bool:
    found = figure.search(aside)
    return found is not None and len(aside) - len(found[0]) > len("(our mean )")
