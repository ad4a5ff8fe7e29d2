"""Counterfactuals: what people should, could or would have done. They describe a world that never was, and explain nothing."""

from __future__ import annotations

from incidentbook.prose.model import Hit
from incidentbook.prose.patterns import Advice, Detector, Pattern
from incidentbook.prose.sentences import Kind, Sentence

_DONE = Advice(
    "This says what people should or could have done, not why they did what they did.",
    "Say what was done and what made it the sensible thing then; put the wish into an action item (“the pipeline tests …”).",
)
_AVOIDED = Advice(
    "This argues with what did not happen.",
    "Say what is missing today (“nothing tests the failover”) and make it an action item.",
)
_HINDSIGHT = Advice(
    "Hindsight knows more than anybody did at the time.",
    "Say what was known at that moment, and what would show it earlier next time.",
)

# Past participles without -ed that follow "should have". After "have", any other word is a thing to have: "should have an owner".
_IRREGULAR = (
    "begun|bought|brought|built|caught|chosen|come|cut|done|drawn|fallen|felt|found|given|gone|got|gotten|had|held|kept|known|learnt|"
    "led|left|let|made|meant|met|paid|put|read|run|said|seen|sent|set|shown|shut|split|spoken|spent|stuck|taken|taught|told|thought|"
    "understood|undone|withdrawn|written|rerun|reset|rolled|been more|been aware|been (?:\\w+ly )?(?:faster|quicker|clearer|better|able|careful)"
)
# "should have automated tests" is a wish for the future, "should have automated the tests" is not.
_ADJECTIVE = (
    r"(?:automated|dedicated|detailed|improved|limited|shared|standardi[sz]ed|documented|updated|defined|tested|managed|increased|reduced|"
    r"restricted|required|centrali[sz]ed|configured|isolated|separated?|named|encrypted|signed|pinned|associated|controlled|agreed|trained|"
    r"planned|scheduled|unified|distributed|simplified|integrated|advanced|structured|related|desired|combined|redundant)"
    r"(?= (?!the\b|this\b|that\b|these\b|those\b|it\b|them\b|our\b|a\b|an\b|all\b|both\b|to\b|for\b|in\b|on\b|at\b|by\b|before\b|after\b|"
    r"earlier\b|sooner\b|more\b|with\b|and\b|when\b|from\b|properly\b|first\b))"
)
_PARTICIPLE = rf"(?:\w+ly |just |also |already |only |at least |never |then |probably |maybe )*(?:(?!{_ADJECTIVE}|need|speed|feed|seed|shed)[a-z-]+ed|{_IRREGULAR})\b"
_HAVE = r"(?:['’]ve|[ ](?:\w+ly |also |just |never |not |at least )*(?:have|of))"
# Human work in the passive: nobody is named, but somebody is meant. Left out are what machines do too (restarted, scaled, deleted).
_WORK = (
    r"(?:tested|reviewed|caught|noticed|communicated|documented|escalated|checked|double-checked|verified|addressed|fixed|done|reverted|"
    r"approved|rushed|told|informed|notified|raised|declared|identified|spotted|considered|discussed|planned|picked up|followed|validated|"
    r"anticipated|foreseen|handled|prevented|avoided|realised|realized|prioriti[sz]ed|coordinated|announced|investigated|consulted|shared|"
    r"assessed|thought|questioned|reported|acted|taken|made|used|asked|set|paged|involved|written|clarified|researched|audited|"
    r"more (?:careful|thorough|cautious|proactive|diligent)|rolled back)"
)
_BETTER = (
    r"(?:avoided|prevented|averted|caught|spotted|noticed|mitigated|faster|quicker|sooner|earlier|better|shorter|smoother|"
    r"(?:detected|found|identified|resolved|fixed|discovered|diagnosed|addressed|recovered)(?: \w+)? (?:earlier|sooner|faster|quicker|quickly|before)|"
    r"handled|picked up|done (?:without|better|differently|earlier|sooner|faster|by)|limited|reduced|minimi[sz]ed)"
)
_KNOWN = (
    r"(?:known|noticed|caught|seen|spotted|detected|found|avoided|prevented|identified|isolated|recovered|been able|double-checked|"
    r"realised|realized|reali[sz]ed|responded|been wiser|discovered|fixed|reacted|acted|saved|helped|mitigated|reduced|escalated|checked|declared)"
)
_NOTHING = r"\b(?:no|none|nothing|not any|neither|nobody|no one|only thing|little)\b|\bcould(?: not|n['’]t) have been (?:avoided|prevented)"

_PATTERNS = (
    Pattern(
        "should ought shouldn",
        rf"<anyone><tail>[ ](?:\w+ly )?(?:should|ought to)<not>?{_HAVE}[ ]{_PARTICIPLE}",
        _DONE,
        unless=r"\b(?:not what|rather than|instead of)\b",
    ),
    Pattern(
        "should ought could shouldn couldn",
        rf"<operators><tail>[ ](?:should|ought to|could)<not>?{_HAVE}[ ](?:\w+ly )*(?:{_WORK}|{_KNOWN}|read|asked|waited)\b",
        _DONE,
    ),
    Pattern(
        "could couldn",
        rf"<anyone>(?:[ ](?:\w+ly|all|both|also|perhaps|maybe))*[ ]could{_HAVE}[ ]{_PARTICIPLE}",
        _DONE,
        unless=rf"{_NOTHING}|\bassum",
        unless_after=r"\A.{0,60}\b(?:worse|later|longer)\b",
    ),
    Pattern(
        "would might wouldn",
        rf"<anyone><tail>[ ](?:\w+ly )?(?:would|might)<not>?{_HAVE}[ ](?:\w+ly )*{_KNOWN}\b",
        _AVOIDED,
    ),
    Pattern(
        "should could ought shouldn couldn",
        rf"^\W*(?:should|could|ought to)<not>?{_HAVE}[ ](?!been\b)(?:{_PARTICIPLE})",
        _DONE,
    ),
    Pattern(
        "should ought shouldn",
        rf"\b(?:should|ought to)<not>?{_HAVE}[ ](?:\w+ly )?been[ ](?:\w+ly |better |already )*{_WORK}\b",
        _DONE,
    ),
    Pattern(
        "should shouldn",
        rf"\b(?:rollback|roll-back|deployment|deploy|release|migration|failover|escalation|decision|announcement|communication|review|handover|change|upgrade|call|"
        rf"maintenance|notice|message|test|check)s?[ ]should<not>?{_HAVE}[ ](?:\w+ly )?(?:happened|gone|come|started|begun|taken place|occurred|followed|waited)\b",
        _DONE,
    ),
    Pattern(
        "obvious clear evident apparent",
        rf"\bshould{_HAVE}[ ]been[ ](?:\w+ )?(?:obvious|clear|evident|apparent)\b",
        _HINDSIGHT,
    ),
    Pattern(
        "look review glance check call question dry eyes test rehearsal",
        r"\b(?:an?|one) (?:[\w-]+ ){0,2}(?:look|review|glance|check|call|question|dry.run|pair of eyes|test|rehearsal|double-check)\b[^.;]{0,60}?\bwould have \w+",
        _AVOIDED,
    ),
    Pattern(
        "patience care attention diligence foresight discipline planning preparation thought communication",
        r"\bwith (?:an? (?:little|bit) )?(?:(?:more|better|proper|due|some|greater|enough) )?(?:patience|care|attention|diligence|foresight|discipline|planning|preparation|"
        r"thought|communication)\b.{0,120}\b(?:would|could|might)(?: not)? have\b",
        _AVOIDED,
    ),
    Pattern("never", r"\bshould never have (?:been )?(?:\w+ed|\w+en|run|made|done)\b", _DONE),
    Pattern(
        "should shouldn ought could",
        r"\b(?:should|ought to|could)<not>?[ ]have be(?:en)?[ ]\w+[ ]by[ ](?:(?:the|our|an?)[ ])?(?:[\w-]+[ ]){0,2}?<people>",
        _DONE,
    ),
    Pattern(
        "could would might couldn",
        rf"\b(?:could|would|might)[ ](?:\w+ly )?have(?: \w+ly)?[ ]been[ ](?:\w+ly )?{_BETTER}\b",
        _AVOIDED,
        unless=_NOTHING + r"|\b(?:ways?|how|whether|identify)\b",
    ),
    Pattern(
        "could would might",
        r"^\W*(?:\w+[ ]){0,2}?\w+ing\b[^.;]{0,80}?\b(?:could|would|might) have (?:\w+ly )?(?:helped|prevented|avoided|saved|reduced|shortened|caught|mitigated)\b",
        _AVOIDED,
        unless=_NOTHING,
    ),
    Pattern(
        "could would might",
        r"\b(?:could|would|might)(?:['’]ve|[ ]have)[ ](?:\w+ly )?(?:lead|led|resulted|contributed)[ ](?:to|in)[ ](?:an? )?(?:\w+ )?(?:quicker|faster|shorter|earlier|better|smaller)\b",
        _AVOIDED,
        unless=_NOTHING,
    ),
    Pattern("only", r"\bif only\b(?=.{0,150}\b(?:had|would|could|were|was)\b)", _AVOIDED),
    Pattern(
        "had hadn",
        r"\bif[ ](?:only[ ])?(?:(?:the|our|an?|any|one of)[ ])?(?:[\w-]+[ ]){0,3}?(?:<anyone>|<operators>)<tail>[ ](?:had|hadn['’]t)[ ](?!to\b|an?\b|the\b|no\b)"
        r"(?=.{0,200}\b(?:would|could|might)(?:n['’]t|[ ]not)?[ ](?:\w+[ ])?(?:have|of)\b)|"
        r"\b(?:would|could|might)(?:n['’]t|[ ]not)?[ ](?:\w+ly )?have\b.{0,150}?\bif[ ](?:(?:the|our|an?|any)[ ])?(?:[\w-]+[ ]){0,3}?(?:<anyone>|<operators>)<tail>[ ]had\b",
        _AVOIDED,
    ),
    Pattern(
        "had",
        r"^\W*had[ ](?:(?:the|our|an?|any|one of|the)[ ])?(?:[\w-]+[ ]){0,3}?(?:<anyone>|<operators>)[ ].{3,150}?\b(?:would|could|might)\b|"
        r"\b(?:would|could|might)\b.{0,120}?\bhad[ ](?:(?:the|our|an?)[ ])?(?:[\w-]+[ ]){0,2}?(?:<anyone>|<operators>)[ ](?:not )?\w+(?:ed|n|t|un)\b|"
        r"\b(?:preventable|avoidable) had\b",
        _AVOIDED,
    ),
    Pattern(
        "occurred happened necessary needed",
        r"\bwould(?:[ ]not|n['’]t)[ ]have[ ](?:occurred|happened|been (?:necessary|needed))\b",
        _AVOIDED,
    ),
    Pattern(
        "better wiser prudent safer",
        r"\bit (?:would|might) have been (?:\w+ )?(?:better|wiser|prudent|safer|best|wise)\b",
        _DONE,
    ),
    Pattern(
        "hindsight retrospect",
        r"\b(?:in|with) (?:hindsight|retrospect)\b(?=.{0,150}\b(?:should|could|would|ought)\b)",
        _HINDSIGHT,
    ),
    Pattern("needed supposed", rf"<anyone><tail><aux>[ ](?:needed|supposed) to have[ ]{_PARTICIPLE}", _DONE),
    Pattern("supposed", r"<people><aux>[ ]supposed to\b", _DONE),
    Pattern(
        "avoidable preventable",
        r"\b(?:is|was|were|been)[ ](?:\w+ly )?(?:avoidable|preventable)\b",
        _AVOIDED,
        unless=r"\bnot\b|n['’]t\b",
    ),
)
# "What could we have known earlier?" asks; post-mortem templates ask it on purpose.
_ASKS = ("what ", "how ", "where ", "which ", "when ")

_DETECTOR = Detector(_PATTERNS)
TRIGGERS = _DETECTOR.triggers


def find(sentence: Sentence) -> Hit | None:
    """Return the first counterfactual; headings and open questions are prompts, not arguments."""
    if sentence.kind is Kind.HEADING or (
        sentence.text.lower().startswith(_ASKS) and sentence.text.endswith(("?", ":"))
    ):
        return None
    return _DETECTOR.find(sentence)
