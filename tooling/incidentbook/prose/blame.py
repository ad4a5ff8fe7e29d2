"""Blame of persons and teams: what they forgot, ignored or failed to do, and words of fault that point at somebody."""

from __future__ import annotations

from incidentbook.prose.model import Hit
from incidentbook.prose.patterns import Advice, Detector, Pattern
from incidentbook.prose.sentences import Sentence

_FAILED = Advice(
    "This says what somebody failed to do, which explains nothing.",
    "Say what made it likely: what they could see, what the step relied on, what else needed attention.",
)
_FORGOT = Advice(
    "Forgetting is not a cause, it is what a process without a reminder leads to.",
    "Say what the step relied on: “nothing prompts for it”, “the checklist does not list it”.",
)
_JUDGED = Advice(
    "This judges a person's care or skill.",
    "Describe the conditions instead: the workload, the tools, what the interface showed, what had always worked before.",
)
_IGNORED = Advice(
    "This takes for granted that what matters in hindsight was plain at the time.",
    "Say how it looked then: how many such signals there were, where they went, what they usually meant.",
)
_SLIP = Advice(
    "This ends with somebody's slip; anybody could have made it.",
    "Say what made the slip possible and what let it through: similar names, no confirmation, no dry run.",
)
_FAULT = Advice(
    "This puts the fault on somebody.",
    "Name what allowed it to happen: the missing check, the unclear ownership, the default that surprised everybody.",
)
_PUNISHED = Advice(
    "Consequences for people do not belong in a post-mortem; they make the next one less honest.",
    "Leave it out, and say what changes in the system.",
)
_DESPITE = Advice(
    "This says that somebody knew better.",
    "Say what they weighed it against, and what would have made the risk easier to act on.",
)

_DENIED = r"\b(?:no one|nobody|none|not|never|without|rather than|instead of|avoid\w*|blameless\w*)\b|n['’]t\b"
# What machines fail to do; "the operator failed to reconcile" is about software.
_MACHINE = (
    r"(?!(?:start|boot|restart|reconcile|sync|load|resolve|connect|join|schedule|mount|initiali[sz]e|come|launch|scale|deploy|render|"
    r"parse|compile|build|bind|allocate|provision|pull|log ?in)\b)"
)

_PATTERNS = (
    Pattern(
        "forgot forgotten",
        r"\bforgot\b(?![ -]+passw|[ -]+(?:no|nothing)\b)|\bforgotten (?:to|about|that)\b|\b(?:have|has|had|was|were|been) (?:\w+ly )?forgotten\b",
        _FORGOT,
        unless=r"\bnot (?:be(?:en)? )?forgotten",
    ),
    Pattern("forget", r"\bdid (?:[\w'’-]+ ){1,6}forget\b", _FORGOT),
    Pattern(
        "failed failing fails",
        r"<people><tail><aux>[ ](?:\w+ly )?(?:failed|failing|fails)[ ]to[ ]" + _MACHINE + r"\w+",
        _FAILED,
    ),
    Pattern("overlooked", r"(?<![\w-])(?:I|we)<aux>[ ](?:\w+ly )?overlooked\b", _IGNORED),
    Pattern("failed", r"(?<![\w-])(?:I|we|he|she|<operators>)<aux>[ ](?:\w+ly )?failed[ ]to[ ]<duty>\b", _FAILED),
    Pattern(
        "neglected neglects neglect neglecting",
        r"\bneglect(?:ed|s|ing)? to\b|(?:<others>|\bwe|\bthey)<tail><aux>[ ]neglected\b",
        _FAILED,
    ),
    Pattern("negligent negligence negligently", r"\bnegligen(?:t|ce|tly)\b", _JUDGED, unless=_DENIED),
    Pattern(
        "bother bothered bothering",
        r"(?:<not>|\bwithout|\bnobody|\bno one|\bnone)\b.{0,40}?\bbother(?:ed|ing)?\b",
        _JUDGED,
    ),
    Pattern("careless carelessness", r"\bcareless(?:ness)?\b", _JUDGED, unless=_DENIED),
    Pattern("carelessly", r"\bcarelessly\b(?! (?:named|worded|written))", _JUDGED),
    Pattern("reckless recklessly recklessness", r"\breckless(?:ly|ness)?\b", _JUDGED),
    Pattern("sloppy sloppily sloppiness", r"\bslopp(?:y|ily|iness)\b(?! (?:quorum|hint))", _JUDGED),
    Pattern("lazy laziness", r"<others><tail><aux>[ ](?:\w+ )?lazy\b|\blaziness\b", _JUDGED),
    Pattern(
        "inexperienced unqualified overconfident incompetent incompetence competent ineptitude unprofessional irresponsible irresponsibly clueless stupid stupidly stupidity idiot idiotic",
        r"\b(?:inexperienced|unqualified|overconfident|incompeten(?:t|ce)|not (?:\w+ )?competent|ineptitude|unprofessional|irresponsibl[ey]|clueless|stupid(?:ly|ity)?|idiot(?:ic)?)\b",
        _JUDGED,
    ),
    Pattern(
        "ball corners rubber wheel blind attention slept idea",
        r"\bdropp(?:ed|ing) the ball\b|\bcut(?:ting)? corners\b|\brubber.?stamp\w*|\basleep at the wheel\b|\bturn(?:ed|ing) a blind eye\b"
        r"|\b(?:not|n['’]t|without) pay(?:ing)? (?:\w+ )?attention\b|<anyone>.{0,40}\bslept through\b|\bno idea what (?:\w+ ){1,3}doing\b",
        _JUDGED,
    ),
    Pattern(
        "screwed messed botched bungled slip let",
        r"<anyone><tail><aux>[ ](?:screwed up|messed up|botched|bungled|let .{1,60}? slip)\b",
        _JUDGED,
    ),
    Pattern("mess", r"\bleft .{1,60}? in a mess\b|\bmade (?:such )?a mess\b", _JUDGED),
    Pattern(
        "poor bad judgement judgment workmanship",
        r"\b(?:poor|bad|shoddy) (?:judge?ment|workmanship|craftsmanship|discipline|work ethic)\b",
        _JUDGED,
    ),
    Pattern("care", r"(?:<others>|\bthey)[ ](?:\w+ly )?(?:did|do|does)(?:[ ]not|n['’]t)[ ](?:\w+ly )?care\b", _JUDGED),
    Pattern(
        "courage guts nerve sense",
        r"\b(?:nobody|no one|not|n['’]t) (?:\w+ ){0,2}?(?:had|have) the (?:courage|guts|nerve|sense)\b",
        _JUDGED,
    ),
    Pattern("nothing", r"<people><tail>.{0,50}\bdid nothing\b", _FAILED, unless=r"\bdid nothing (?:wrong|unusual)"),
    Pattern(
        "ownership responsibility accountability",
        r"\black of (?:\w+ )?(?:ownership|responsibility|accountability)\b.{0,20}<people>",
        _JUDGED,
    ),
    Pattern(
        "lack lacked lacking",
        r"\black(?:ed|ing)? (?:of )?(?:\w+ )?(?:discipline|care|diligence|attention|professionalism|common sense)\b",
        _JUDGED,
    ),
    Pattern(
        "ignored ignoring disregarded overlooked misjudged mishandled violated rushed skipped panicked refused "
        "misread misunderstood misinterpreted mistyped misconfigured misused misdiagnosed downplayed underestimated",
        r"<others><tail><aux>[ ](?:\w+ly )?(?:ignored|disregarded|overlooked|misjudged|mishandled|violated|rushed|skipped|panicked|refused|"
        r"mis(?:read|understood|interpreted|typed|configured|used|diagnosed)|downplayed|underestimated)\b",
        _IGNORED,
    ),
    Pattern(
        "broke", r"\b(?:he|she)[ ]broke\b|<others><tail><aux>[ ]broke (?:the (?:build|site)|everything|prod)", _JUDGED
    ),
    Pattern(
        "missed",
        r"\b(?:signs?|signals?|warnings?|clues?|red flags?)[ ](?:that[ ]|which[ ])?(?:<anyone>|<operators>)<aux>[ ](?:missed|ignored|overlooked)\b",
        _IGNORED,
    ),
    Pattern(
        "nobody one",  # "no one escalated"
        r"\b(?:nobody|no one)\b(?: (?:on|in|from|of)(?: \w+){1,3}| else)?<aux>[ ](?:bothered|escalated|checked|verified|tested|questioned|objected|"
        r"followed up|spoke up|took (?:ownership|responsibility)|cared|thought to)\b|"
        r"\bdid (?:nobody|no one) (?:think|check|verify|test|escalate|ask|follow up|speak up)\b|\b(?:but|and) (?:nobody|no one|none of us) did\b",
        _FAILED,
    ),
    Pattern(
        "whoever",
        r"\bwhoever (?:wrote|did|configured|deployed|made|set|approved|merged|built|designed|reviewed|left|changed|added|removed)\b",
        _FAULT,
    ),
    Pattern(
        "without",
        r"\b\w+ed\b[^.;:]{0,80}\bwithout (?:even )?(?:telling|informing|asking|consulting|notifying) (?:any|us\b|them\b|the |our |operations|ops|support)",
        _FAILED,
    ),
    Pattern("long", r"\btook[ ](?:the |our |an? )?(?:[\w-]+ )?<people>[ ](?:\w+ )?too long\b", _JUDGED),
    Pattern("sat", r"<people>[^.;]{0,30}\bsat on (?:the|this|it)\b", _JUDGED),
    Pattern(
        "this",
        r"\bthis (?:one )?(?:is|was) on (?:us|me|him|her|them|(?:the|our) (?:[\w-]+ ){0,3}?team)(?=[.,;!]|$| and\b| not\b)",
        _FAULT,
        unless=_DENIED,
    ),
    Pattern(
        "warned reminded",
        r"<people><tail><aux>[ ](?:been )?(?:warned|reminded)\b(?=.{0,80}\b(?:but|yet|still|and did)\b)",
        _DESPITE,
    ),
    Pattern(
        "enough insufficient little",
        r"\b(?:not enough|insufficient|too little|little) (?:thought|care|diligence) (?:was|were|had been|has been|went|by|from)\b",
        _JUDGED,
    ),
    Pattern(
        "without",
        r"(?:<anyone>|<operators>)<tail><aux>[ ](?:\w+ly )?(?:\w+ed|ran|made|did|put|took|went|sent|began)\b[^.;:]{0,100}?\bwithout (?:first )?"
        r"(?:checking|testing|verifying|reading|reviewing|telling|informing|asking|notifying|consulting|thinking|permission|warning)\b",
        _FAILED,
    ),
    Pattern("rushed", r"\b(?:they|he|she) (?:had )?rushed\b", _JUDGED),
    Pattern("did didn never had hadn", r"<others><tail>[ ](?:did|had)(?:[ ]not|n['’]t)[ ](?:\w+ly )?<duty>\b", _FAILED),
    Pattern(
        "never did didn",
        r"<others>(?:<tail>|[^.;]{0,80}?\b(?:and|but))[ ](?:never[ ](?!received|saw|got|had|noticed|heard)(?:\w+ed|told|read|ran|made|did|thought|wrote|took|gave|sent)|"
        r"(?:did[ ]not|didn['’]t)[ ](?:\w+ly )?<duty>)\b",
        _FAILED,
    ),
    Pattern("explicitly", r"\bthey[ ](?:did[ ]not|didn['’]t)[ ]explicitly\b", _FAILED),
    Pattern(
        "mistakenly accidentally erroneously wrongly inadvertently incorrectly unintentionally unwittingly",
        r"<others><tail><aux>[ ](?:mistakenly|accidentally|erroneously|wrongly|inadvertently|incorrectly|unintentionally|unwittingly)\b",
        _SLIP,
    ),
    Pattern(
        "wrong",
        r"<others><tail><aux>[ ](?!noticed|found|discovered|fixed|corrected|identified|detected|reported|reverted|replaced|rolled|reali[sz]ed|removed the wrong\w|cleaned|"
        r"suspected|assumed|received|observed|investigated|responded|informed|reported)(?:\w+ed|ran|took|put|set|chose|sent|wrote)\b[^.;,]{0,60}?\b(?:the )wrong \w+",
        _SLIP,
    ),
    Pattern("mistake accident error", r"<others>[^.;]{0,140}?\bby (?:mistake|accident|error)\b", _SLIP),
    Pattern(
        "blame blamed guilty fault responsible",
        r"<anyone><aux>[ ](?:\w+ ){0,2}?(?:to blame|guilty|at fault|responsible for (?:the|this|that|causing)(?: \w+){0,2}? "
        r"(?:outage|incident|bug|failure|mistake|error|breakage|downtime|problem)s?)\b(?! (?:response|management|channel|command|review|process|report|budget))",
        _FAULT,
        unless=_DENIED,
    ),
    Pattern(
        "blame blamed blames",
        r"\bblame[sd]?[ ](?:on[ ])?(?:(?:the|our|a)[ ])?(?:[\w-]+[ ]){0,2}?<anyone>",
        _FAULT,
        unless=_DENIED,
    ),
    Pattern("fault", r"\bfaults? of (?:the|our|an?|one) (?:[\w-]+ ){0,3}?<people>", _FAULT, unless=_DENIED),
    Pattern(
        "fault", r"<whose> (?:own )?fault\b(?=[.,;)]|$| (?:that|for|and|but|because|as|in))", _FAULT, unless=_DENIED
    ),
    Pattern(
        "fault mistake mistakes",
        r"\b(?:my|our|your|his|her|their) (?:own )?(?:fault\b(?=[.,;)]|$| (?:that|for|and|but|because|as|in))|mistakes?\b)",
        _FAULT,
        unless=_DENIED + r"|\b(?:from|learn)\b",
    ),
    Pattern("culprit", r"<people><aux>[ ](?:the )?(?:\w+ )?culprit\b", _FAULT, unless=_DENIED),
    Pattern(
        "disciplinary reprimanded disciplined punished reprimand",
        r"\b(?:disciplinary|reprimand(?:ed)?|(?:be|been|was|were) (?:disciplined|punished))\b",
        _PUNISHED,
        unless=_DENIED,
    ),
    Pattern(
        "spoken sacked dismissed fired",
        r"<others><tail><aux>[ ](?:been )?(?:spoken to|sacked|dismissed|let go)\b",
        _PUNISHED,
    ),
    Pattern(
        "despite",
        r"\bdespite (?:being|having been|knowing|repeated|several)(?: (?:aware|warned|told|reminded|warnings|reminders)\b|\b(?= (?:of|that|about)))",
        _DESPITE,
    ),
)

_DETECTOR = Detector(_PATTERNS)
TRIGGERS = _DETECTOR.triggers


def find(sentence: Sentence) -> Hit | None:
    """Return the first place where somebody is blamed."""
    return _DETECTOR.find(sentence)
