"""What is done in an incident, and incidents themselves, as figures of which a claim may speak without naming one.

"Recovery is 30 % faster" speaks of the time to recover, "outages are shorter" of the same, "fewer outages" of their number. Such words
stand in many a sentence that claims nothing, so that only by how much, or since when, makes a claim of them.
"""

from __future__ import annotations

import re

from incidentbook.prose.claimed_changes import DEGREE, PACE, ways
from incidentbook.prose.claimed_figures import Measure

_OBJECTS = r"(?:[\w-]+ )?(?:incidents|outages|failures|problems)"
_NOUNS = {
    Measure.DETECTED: rf"detection|(?:detecting|noticing|spotting) {_OBJECTS}",
    Measure.ACKNOWLEDGED: rf"acknowledge?ment|incident response|response to {_OBJECTS}|(?:responding|reacting) to {_OBJECTS}",
    Measure.IDENTIFIED: rf"diagnosis|identification|diagnosing {_OBJECTS}",
    Measure.MITIGATED: rf"mitigation|mitigating {_OBJECTS}",
    Measure.RESOLVED: rf"resolution|recover(?:y|ies)|restoration|(?:resolving|recovering from) {_OBJECTS}",
}
_PROCESS = "|".join(rf"(?P<{measure.name}>{noun})" for measure, noun in _NOUNS.items())
# before a process of incidents; other nouns make another thing of it ("password recovery", "screen resolution", "leak detection")
_LEADS = (
    "our mean average median overall typical incident outage and that so but while made makes making of in to up saw seen improved "
    "shows showed means meant now"
).split()
_LED = "|".join([r"(?<![\w%)] )(?<![\w-])", *(rf"(?<=\b{lead} )" for lead in _LEADS)])
_STEMS = "detect|notic|spot|acknow|incident resp|respon|react|diagn|ident|mitig|resol|recover|restor"  # before what is led by what
# of what else it may be: "recovery of the replica", "detection by customers"
_OF_INCIDENTS = (
    r"(?! (?:of|for|from|on|by|with|to) (?!(?:(?:the|our|all) )?(?:[\w-]+ ){0,2}(?:incidents?|outages?|failures|services?)\b)"
    r"(?!\d|an? |half|about |almost |nearly |over |more ))"
)
_NOT_A_NOUN = r"(?! (?:times?|rates?|points?|plans?|teams?|process\w*|tools?|rules?|logic|systems?|scripts?|steps?|jobs?|codes?|windows?)\b)(?!-)"
PROCESS = re.compile(
    rf"\b(?=[adimnrs])(?={_STEMS})(?:{_LED})(?:{_PROCESS})\b{_NOT_A_NOUN}{_OF_INCIDENTS}", re.IGNORECASE
)
# incidents by their length, and the time lost in them
LENGTH = re.compile(
    r"\b(?=[adhilmot])(?:(?P<RESOLVED>(?:incident|outage) (?:duration|length)s?|"
    r"(?:duration|length)s? of (?:[\w-]+ ){0,2}(?:incidents|outages)|"
    r"(?:average|mean|median|typical) (?:incident|outage)(?! \w+ (?:time|rate|count)))|"
    r"(?P<DOWNTIME>downtime|(?:time|hours|minutes) (?:spent|lost) in (?:incidents|outages)))\b(?!-)",
    re.IGNORECASE,
)
# words before a noun, and those behind it: "made recovery 25 % faster"
MADE = re.compile(r"\b(?:made|makes|making|got)(?: (?:our|the|incident))* ?$", re.IGNORECASE)
FASTER = re.compile(rf" {DEGREE}{{0,7}}(?:{ways(PACE, 'made')})\b", re.IGNORECASE)
_PART = r"(?:\d+(?:[.,]\d+)? ?(?:%|per ?cent|percent)|a third|a quarter|a fifth|a tenth|half)"
# as an attribute: "30 % faster recovery"
ATTRIBUTE = re.compile(
    rf"\b{_PART} (?:{ways(PACE, 'pace')}) (?:incident )?(?:{_PROCESS})\b{_NOT_A_NOUN}{_OF_INCIDENTS}", re.IGNORECASE
)
# what is done without its object: "we recover a third faster"
_INTRANSITIVE = r"(?P<RESOLVED>recover)|(?P<ACKNOWLEDGED>respond|react)"
_MUCH = rf"(?:(?:{_PART}|now|also|much|far|about|almost|nearly|on average|\w+ly) )*"
DOING = re.compile(
    rf"\b(?:we|teams?|responders|on-call)(?: (?:now|also|all|today|\w+ly))* "
    rf"(?:{_INTRANSITIVE}) {_MUCH}(?:{ways(PACE, 'doing')})\b",
    re.IGNORECASE,
)
# not held against an earlier time
_NO_TIME = re.compile(
    r"\bthan (?:(?:was|had|we|they|been|originally|first|is) )*(?:expected|planned|hoped|thought|feared|promised|told|needed|necessary|"
    r"usual|estimated|wanted|allowed|agreed|required|with|without|before the fix)\b|"
    r"\bthan (?:an? |the )(?!year|month|quarter|week|same|one before|previous|last|first|second|third|fourth)",
    re.IGNORECASE,
)
_PACED = re.compile(
    r"(?:faster|quick(?:er|ly)|short(?:er|ened)|slow(?:er|ly|ed)(?: down)?|long(?:er)?|fast|sooner|earlier|later|time|less|better|worse|"
    r"improv(?:ed|es|ing|ement)|wors(?:e|ened|ens|ening)|sped up|speeded up|halved|doubled)$",
    re.IGNORECASE,
)
_LASTED = re.compile(r"(?:faster|quicker|shorter|slower|longer|as long|less|time)$", re.IGNORECASE)


def lasted(words: str) -> bool:
    """Whether what is said of incidents is how long they last."""
    return _LASTED.search(words) is not None


def paced(words: str) -> bool:
    """Whether what is said of a process is how fast it was."""
    return _PACED.search(words) is not None


def timeless(text: str) -> bool:
    """Whether something is held against a plan or another thing, not against an earlier time."""
    return _NO_TIME.search(text) is not None
