"""Human error as the explanation: the point at which an analysis has to begin, not to end."""

from __future__ import annotations

from incidentbook.prose.model import Hit
from incidentbook.prose.patterns import Advice, Detector, Pattern
from incidentbook.prose.sentences import Sentence

_STOPS = Advice(
    "The analysis stops at human error.",
    "Ask once more: why did the action make sense, and why did nothing catch it? Write that answer as the cause.",
)
_PERSON = Advice(
    "A person's action stands as the cause.",
    "Describe the action by role, and name as causes what made it likely and what let its effect through.",
)

# Talk about human error in general, or of making it less likely, explains no incident by it.
_GENERAL = (
    r"\b(?:less likely|reduc\w+|prevent\w*|avoid\w*|minimi[sz]\w+|eliminat\w+|guard|risk of|prone|possib\w+|potential\w*|not|never|no|nor|rather than|"
    r"instead of|assum\w+|suspect\w+|toler\w+|protect\w*|room for|chances?|opportunit\w+|likelihood|in case of|allow for|tend to|"
    r"accept\w*|resilien\w+|mitigat\w+|against|if|may|might|could|can)\b|n['’]t\b"
)
_TITLE = r"(?-i:[A-Z]\w*[ ](?:and )?Human Error)"  # a book or a talk on the matter
_NEVER = r"\b(?:is|are) (?:never|not)\b|\bless likely\b|\bis a symptom\b"
_KINDS = r"(?:errors?|mistakes?|oversights?|slips?|blunders?|failures?)"
_CAUSE = r"(?:due to|because of|caused by|cause\w*:?|result(?:ed)? (?:of|from)|attributed to|owing to|blamed on|put down to|simply|just|classic|turned out to be|(?:come|came|boil(?:s|ed)?) down to|was|were|is)"

_PATTERNS = (
    Pattern(
        "human operator pilot administrator admin engineer developer technician staff personnel dba",
        rf"(?<![\w-])(?:human|operator|pilot|administrator|admin|engineer|developer|technician|staff|personnel|dba)[ ]{_KINDS}\b",
        _STOPS,
        unless=_GENERAL + r"|" + _TITLE,
        unless_after=_NEVER,
    ),
    Pattern(
        "manual user",
        r"\b(?:manual|user)[ ](?:error|mistake|oversight|slip)s?\b(?=.{0,80}\b(?:led|caused|took|broke|resulted|was the cause)\b)",
        _STOPS,
        unless=_GENERAL,
    ),
    Pattern(
        "manual user operating handling",
        rf"\b{_CAUSE}[ ](?:[\w-]+[ ]){{0,3}}?(?:manual|user|operating|handling)[ ](?:error|mistake|oversight|slip)s?\b(?![ ](?:\(|messages?|codes?|rates?))",
        _STOPS,
        unless=_GENERAL,
    ),
    Pattern("pebkac pebcak", r"\b(?:PEBKAC|PEBCAK)\b", _STOPS),
    Pattern("fat", r"\bfat.?finger\w*", _STOPS, unless=r"\b(?:prevent\w*|avoid\w*|risk of|against)\b"),
    Pattern(
        "mistake mistakes error errors oversight slip blunder typo misconfiguration omission",
        r"\b(?:mistakes?|errors?|oversight|slip|blunder|typo|misconfiguration|omission)[ ](?:(?:was|were)[ ])?(?:(?:made|committed|introduced|caused)[ ])?"
        r"(?:by|of|from|on the part of)[ ](?:(?:the|an?|our|one of (?:the|our))[ ])?(?:[\w-]+[ ]){0,2}?<people>",
        _PERSON,
        unless=r"\b(?:not|never|rather than|no)\b",
    ),
    Pattern(
        "mistake error slip oversight typo blunder",
        r"<whose>[ ](?:own )?(?:mistake|error|slip|oversight|typo|blunder)\b",
        _PERSON,
    ),
    Pattern(
        "made makes",
        r"(?:<anyone>|<others>)<tail><aux>[ ]made[ ](?:an?|another|the|several|some|two)[ ](?:[\w-]+[ ])?(?:mistakes?|errors?|typos?|slips?|blunders?)\b",
        _PERSON,
    ),
    Pattern(
        "cause causes reason",
        r"\bcauses?\b(?: of [^.;:]{1,60}?)?(?:[ ](?:is|was|being)(?: that)?|:)[ ](?:that )?(?:(?:the|an?|our|one of (?:the|our))[ ])?(?:[\w-]+[ ]){0,2}?"
        r"(?:<whose>[ ](?:own )?(?:\w+ )?(?:errors?|slips?|mistakes?|failures?|decision|actions?|lack|negligence|inattention|misunderstanding|oversight|typo|carelessness|choice)\b|<others>[ ](?:had |has |who )?(?:\w+ly )?(?:\w+ed|ran|made|did|broke|left|forgot|took|put|set|chose|wrote|sent|cut|misread|misunderstood|mistook)\b)",
        _PERSON,
        unless=r"\b(?:not|never)\b",
    ),
    Pattern(
        "wrong",
        r"\bwrong [\w-]+ (?:(?:was|were|being) )?(?:entered|typed|run|executed|issued|chosen|selected|used|deleted|pulled) by (?:(?:the|an?|our|one of (?:the|our)) )?"
        r"(?:[\w-]+ ){0,2}?(?:<people>|<operators>)",
        _PERSON,
    ),
    Pattern(
        "inattention carelessness negligence",
        r"\b(?:human|staff|operator|manual|engineer|developer)[ ](?:inattention|carelessness|negligence)\b|\binattention\b",
        _STOPS,
    ),
    Pattern("attention care", r"\bcause\b.{0,40}\black of (?:attention|care|diligence)\b", _STOPS),
    Pattern(
        "human",
        r"\bhuman factors?\b.{0,60}\b(?:reason|cause[ds]?)\b|\bcause.{0,30}\bhuman factors?\b",
        _STOPS,
        unless=r"\bnot\b",
    ),
)

_DETECTOR = Detector(_PATTERNS)
TRIGGERS = _DETECTOR.triggers


def find(sentence: Sentence) -> Hit | None:
    """Return the first place where the explanation stops at human error."""
    return _DETECTOR.find(sentence)
