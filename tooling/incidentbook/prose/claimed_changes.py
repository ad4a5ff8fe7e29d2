"""The words for what became of a figure, and where in a sentence they stand."""

from __future__ import annotations

import re

from incidentbook.prose.claimed_figures import Measure

SMALL, LARGE, BETTER, WORSE = "small", "large", "better", "worse"
_ADJECTIVES = {
    SMALL: (
        "down|lower|shorter|faster|quicker|smaller|less frequent|rarer|fewer|twice as (?:fast|quick|short)|"
        "half as (?:long|high|many|slow)"
    ),
    LARGE: "up|higher|longer|slower|larger|greater|more frequent|(?:twice|three times) as (?:long|high|many|slow|large)",
    BETTER: "better",
    WORSE: "worse",
}
# how fast something is, or how long it takes
PACE = {
    SMALL: (
        "faster|quicker|shorter|sooner|more quickly|less time|(?:twice|three times) as (?:fast|quick|quickly)|"
        "(?:half|a third|a quarter) as long"
    ),
    LARGE: "slower|longer|more slowly|more time(?! than)|half as (?:fast|quick|quickly)|(?:twice|three times) as long",
}
_FINITE = {
    SMALL: (
        "decreased|decreases|decreasing|dropped|drops|dropping|fell|falls|fallen|falling|shrank|shrunk|shrinks|"
        "shrinking|halved|halves|"
        "declined|declines|declining|plunged|plummeted|sank|sped up|speeded up"
    ),
    LARGE: (
        "increased|increases|increasing|rose|risen|rises|rising|grew|grown|grows|growing|doubled|doubles|tripled|"
        "quadrupled|lengthened|climbed|"
        "climbs|climbing|jumped|soared|slowed"
    ),
    BETTER: "improved|improves|improving",
    WORSE: "worsened|worsens|worsening|regressed|degraded|deteriorated|suffered",
}
_MADE = {
    SMALL: (
        "reduced|cut|halved|lowered|shortened|decreased|brought down|driven down|sped up|speeded up|slashed|trimmed|shaved"
    ),
    LARGE: "increased|doubled|tripled|raised|lengthened",
    BETTER: "improved",
    WORSE: "worsened",
}
_MAKE = {
    SMALL: "reduce|cut|halve|lower|shorten|decrease",
    LARGE: "increase|double|raise|lengthen",
    BETTER: "improve",
    WORSE: "worsen",
}
_MAKING = {
    SMALL: "reducing|cutting|halving|lowering|shortening|slashing",
    LARGE: "increasing|doubling|raising",
    BETTER: "improving",
    WORSE: "worsening",
}
_BASE = {
    SMALL: "fall|drop|decrease|decline|shrink|halve",
    LARGE: "rise|increase|grow|climb|double",
    BETTER: "improve",
    WORSE: "worsen|deteriorate|degrade",
}
_NOUNS = {
    SMALL: "reduction|decrease|drop|decline|fall",
    LARGE: "increase|rise|growth|jump",
    BETTER: "improvement",
    WORSE: "regression|worsening|deterioration",
}


def ways(words: dict[str, str], mark: str) -> str:
    """Return a pattern of words by the way of which they tell, in groups from which `way_of` reads it."""
    return "|".join(rf"(?P<{way}_{mark}>{choice})" for way, choice in words.items())


AMOUNT = (
    r"(?:\d+(?:[.,]\d+)?|%|percent|per cent|percentage|points?|minutes?|hours?|days?|seconds?|min|h|a|an|one|two|"
    r"half|third|quarter|fifth|tenth)"
)
DEGREE = (
    rf"(?:(?:{AMOUNT}|\w+ly|now|also|still|again|well|way|even|much|far|about|around|over|more|than|almost|nearly|"
    rf"going|trending|further|already|some|"
    r"to|be|been|got|gotten|become|gone|come|has|have|had|that|just|quite|no) ?)"
)
_BE = (
    r"(?:is|was|are|were|be|been|went|came|gone|come|goes|got|gotten|gets|getting|became|become|becomes|becoming|"
    r"trending|keeps|stayed|remains)"
)
_NOT_AFTER = r"(?<! with)(?<! of)(?<! for)(?<! by)(?<! an)(?<! the)(?<! a)(?<! under)(?<! from)(?<! into)(?<! in)"
_BETWEEN = r",?(?:(?! (?:if|when|because|unless|and|that|which|who|where) )(?:[^.;:!?,]|[.,](?=\d))){0,80}?"
_HOW = r"(?:,? and)?(?:,? (?:\w+ly|also|further|again|now|already|even|more than|less than|almost|nearly))*"
# behind a figure: what became of it
BEHIND = re.compile(
    rf"{_BETWEEN}{_NOT_AFTER}{_HOW} (?:{_BE} {DEGREE}{{0,7}}(?:{ways(_ADJECTIVES, 'is')})|"
    rf"(?:is|was|are|were|been|got|be) (?:\w+ly |also |even |more than |almost )?(?:{ways(_MADE, 'been')})|"
    rf"(?:takes?|took|taken|lasts?|lasted)(?: us)? {DEGREE}{{0,7}}(?:{ways(PACE, 'take')}|(?P<small_less>less)(?! than \d))|"
    rf"{ways(_FINITE, 'did')})\b"
    rf"| did (?:\w+ )?(?:{ways(_BASE, 'base')})\b|: (?:{AMOUNT} ?)+(?:{ways(_ADJECTIVES, 'list')})\b"
    rf"|{_BETWEEN} (?:is|was|are|were) (?:{AMOUNT} ?)+ (?:(?P<small_under>below)|(?P<large_over>above))\b"
    rf"|(?:{_BETWEEN},|:)? (?:(?P<small_bare>down)|(?P<large_bare>up))(?= (?:by |from )?(?:almost |about |over |"
    rf"more than )?{AMOUNT})",
    re.IGNORECASE,
)
WENT = re.compile(rf"{_BETWEEN} (?:went|moved|changed|came|gone|moving|going)(?= from)", re.IGNORECASE)
_WORDS_BETWEEN = (
    r"(?: (?!(?:for|in|on|to|about|with|by|and|or|of|from|into|that|which|when|how|their|because|since|than|as|is|"
    r"was)\b)[\w%’'.-]+){0,5}?"
)
# before a figure: what was done to it, or a noun of change
AHEAD = re.compile(
    rf"(?:\b(?:{ways(_MADE, 'made')})|\b(?:managed|able) to (?:\w+ly )?(?:{ways(_MAKE, 'make')})|, (?:\w+ly )?(?:{ways(_MAKING, 'making')})|"
    rf"\b(?:{ways(_NOUNS, 'noun')})(?: by [\w.,]+ ?%?)? (?:in|of|for)){_WORDS_BETWEEN} ?$",
    re.IGNORECASE,
)
BROUGHT = re.compile(rf"\b(?:brought|drove|driven|pushed|got|took|kept){_WORDS_BETWEEN} ?$", re.IGNORECASE)
SEEN = re.compile(rf"\b(?:saw|seen|watched|made){_WORDS_BETWEEN} ?$", re.IGNORECASE)
BARE = re.compile(rf" (?:{ways(_BASE, 'seen')})\b", re.IGNORECASE)
AWAY = re.compile(r"(?: [\w-]+){0,2}? (?:(?P<small_away>down)|(?P<large_away>up))\b", re.IGNORECASE)
TURNED = re.compile(
    r" (?:(?P<small_turn>reduction|decrease|drop|decline)|(?P<large_turn>increase|rise)|"
    r"(?P<better_turn>improvement)) (?:of|by) (?=\d)",
    re.IGNORECASE,
)
SHARED = re.compile(r" by (?=\d)", re.IGNORECASE)
_ADJECTIVE = r"(?:[\w-]+ ){0,2}"
_PART = r"(?:\d+(?:[.,]\d+)? ?(?:%|per ?cent|percent)|a third|a quarter|a fifth|a tenth|half)"
_VERBS = {
    Measure.DETECTED: r"detect(?:ed|ing)?|notic(?:e|ed|ing)|spot(?:ted|ting)?",
    Measure.ACKNOWLEDGED: r"acknowledg(?:e|ed|ing)|(?:respond|react)(?:ed|ing)? to",
    Measure.IDENTIFIED: r"identif(?:y|ied|ying)|diagnos(?:e|ed|ing)",
    Measure.MITIGATED: r"mitigat(?:e|ed|ing)",
    Measure.RESOLVED: r"resolv(?:e|ed|ing)|recover(?:ed|ing)? from",
}
_THINGS = "incidents|outages|failures|problems"
_COUNTED = rf"(?P<COUNT>{_ADJECTIVE}(?:incidents|outages))|(?P<DOWNTIME>(?:total )?downtime)"
_DONE = "|".join(rf"(?P<{measure.name}>{verb})" for measure, verb in _VERBS.items())
_SPEED = (
    r"(?:(?P<small_speed>faster|quicker|sooner|more quickly|earlier|(?:twice|three times) as (?:fast|quickly))|"
    r"(?P<large_speed>slower|later|more slowly|half as fast|twice as slowly))"
)
_HOW_MUCH = rf"(?:(?:{AMOUNT}|now|also|much|far|about|almost|nearly|on average|\w+ly|more than) )*"
_MUCH = rf"(?:(?:{_PART}|now|also|much|far|about|almost|nearly|on average|\w+ly) )*"
# where the figure is not named: "fewer incidents than", "resolve incidents twice as fast"
_THAN = r"(?:in|last|this|the|before|ever|during|any|it|there|a (?:year|month|quarter|week)|we (?:had|saw|did)|20\d\d|[QH]\d|(?-i:[A-Z]\w+))"
WHOLE = (
    re.compile(
        rf"\b(?:(?P<small_than>fewer|less)|(?P<large_than>more)) (?:(?:{_COUNTED})(?: \w+)? than(?= (?:{_THAN})\b)|"
        rf"(?P<ON_TIME>action items (?:\w+ ){{0,2}}(?:in|on) time)|"
        rf"(?P<IN_TIME>post-?mortems (?:\w+ ){{1,2}}(?:in|on) time))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_PART} (?:(?P<small_part>fewer|less)|(?P<large_part>more)) (?:{_COUNTED})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:(?P<small_many>half|a third|a quarter) as|(?P<large_many>twice|(?:two|three|"
        rf"four) times) as) (?:many|much) (?:{_COUNTED})\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:{_DONE}) (?:[\w-]+ )?(?:{_THINGS}) {_MUCH}{_SPEED}\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:{_THINGS}) (?:are|were|have been|get|got) {_MUCH}(?:{_DONE}) {_MUCH}{_SPEED}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_SPEED} (?:at|in) (?:{_DONE}) (?:{_THINGS})\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:incidents|outages) (?:now )?(?:have taken|take|took|are taking) {_HOW_MUCH}(?:(?P<large_take>longer)|"
        rf"(?P<small_take>less time|shorter)) to (?:{_DONE})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:takes|took)(?: us| the team)? {_HOW_MUCH}(?:(?P<large_takes>longer|twice as long)|"
        rf"(?P<small_takes>less time|shorter|half as long)) to (?:{_DONE}) (?:[\w-]+ )?(?:{_THINGS})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<BETWEEN>failures|outages) (?:now )?(?:occur|occurred|happen|"
        rf"happened) (?:now )?(?:only )?(?:(?P<large_occur>(?:{_PART} )?less often|half as often)|"
        rf"(?P<small_occur>(?:{_PART} )?more often|twice as often))\b",
        re.IGNORECASE,
    ),
)
# only with a period: "fewer incidents since March"
DATED = re.compile(
    rf"\b(?:(?P<small_since>fewer|less)|(?P<large_since>more)) (?:{_COUNTED})"
    r"(?: (?:occurred|happened|were (?:seen|recorded|declared)))?(?= (?:in|since|this|last|over)\b)",
    re.IGNORECASE,
)


def way_of(match: re.Match[str]) -> str:
    """Return which way a match says that it went: `SMALL`, `LARGE`, `BETTER` or `WORSE`."""
    ways = (name.partition("_")[0] for name, words in match.groupdict().items() if words and "_" in name)
    return next(way for way in ways if way in (SMALL, LARGE, BETTER, WORSE))


def falls(way: str, measure: Measure) -> bool:
    """Return whether a figure that went this way became smaller."""
    return way in (SMALL, WORSE if measure.more_is_better else BETTER)
