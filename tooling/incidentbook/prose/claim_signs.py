"""Words without which a text claims no change of a figure: a look at them is quick, and most texts need no closer one."""

from __future__ import annotations

import re

# Every sentence that claims something holds one of these words.
SUBJECTS = frozenset(
    "mttd mtta mtti mttm mttr ttd tta tti ttm ttr mtbf time times days availability uptime downtime rate ratio percentage share "
    "proportion fraction number numbers count frequency volume coverage completion closure incident incidents outage outages failures "
    "problems action mortem mortems postmortem postmortems detection acknowledgement acknowledgment response diagnosis "
    "identification mitigation resolution recovery recoveries restoration recover respond react duration durations length lengths "
    "hours minutes".split()
)
# Every claim holds one of these, once its words stand one blank apart: a look at them costs a tenth of a look at the patterns.
_SIGNS = (
    "mtt", "mtbf", " tt", "time to ", "times to ", "ion time", "ery time", "ment time",
    "edging time", "edged time", "number of ", "count of ", "frequency of ", "rate of ", "share of ", "percentage of ",
    "proportion of ", "fraction of ", "incident count", "incident rate", "incident freq", "incident number",
    "incident volume", "fewer ", " less ", "% more ", "as many ", "availability", "uptime",
    "time between ", "s between ", "failure ra", "failure pe", "mortem coverage", "coverage ", "on-time ", "incidents ", " often", "mortem on", "mortem in", "more action items",
    "more post", "response time",
)  # fmt: skip
# and one of these, beside
_CHANGES = (
    "improv", "better", "reduc", "decreas", "drop", "fell", "fall", "shr", "halv", "declin", "plu", "sank", "sped",
    "speed", "down", " up", "low", "short", "fast", "quick", "small", "cut", "slash", "trim", "shav", "fewer", "less",
    "more", "worse", "regress", "degrad", "increas", "rise", "rising", "rose", "grew", "grow", "doubl", "tripl", "quadr",
    "length", "long", "climb", "jump", "soar", "high", "larg", "great", "went", "moved", "moving", "changed", "came",
    "gone", "going", "twice", "times as", "half as", "third as", "quarter as", "raise", "suffer", "deterior", "rarer",
    "soon", "earl", "late",
)  # fmt: skip
# Or one of each of these, which are frequent (the rarer first: most texts hold none of them), and by how much or when.
_FREQUENT = (
    # how fast something is done
    (
        ("faster", "quicker", "slower", "shorter", " longer", "sooner", "more quickly", "more slowly", "less time", "more time",
         "as long", "as fast", "as quick", "sped up", "speeded up", "slowed"),
        ("detect", "notic", "spot", "acknowledg", "respon", "react", "diagnos", "identif", "mitigat", "resol", "recover", "restor",
         "incident", "outage"),
    ),
    (
        ("improved", "improves", "worsened", "halved"),
        ("detection", "acknowledg", "diagnosis", "identification", "mitigation", "resolution", "recover", "restoration", "response"),
    ),
    # how long it lasted
    (
        ("downtime", "outages ", "outage ", "incident duration", "incident length", "duration of ", "durations of ", "length of "),
        ("improv", "reduc", "decreas", "drop", "fell ", "fallen", "halv", "declin", "down by", "down from", "s down ", "re down ",
         "lower", "cut ", "slash", "fewer", " less ", "worse", "increas", "rose ", "risen", "rising", "grew", "grow", "doubl", "tripl",
         "went from", "up by", "up from", "s up ", "re up ", "better", "shr", "more outages", "more downtime", "as many", "as much"),
    ),
)  # fmt: skip
_MEASURED = re.compile(
    r"\d|half|third|quarter|fifth|tenth|twice|times|ten |twenty |year|month|week|since|january|february|march|april|may|june|july|"
    r"august|september|october|november|december"
)


def may_claim(text: str) -> bool:
    """Whether a text holds words with which a figure is named, and with which a change is: most do not, and need no closer look."""
    apart = text.lower().replace("*", " ").replace("_", " ").split()
    if not apart[1:]:  # a figure and its change are two words; most cells of a table hold one
        return False
    words = " " + " ".join(apart).replace("timeout", "").replace("no longer", "")
    if any(sign in words for sign in _SIGNS) and any(word in words for word in _CHANGES):
        return True
    both = any(any(word in words for word in rare) and any(word in words for word in more) for rare, more in _FREQUENT)
    return both and _MEASURED.search(words) is not None
