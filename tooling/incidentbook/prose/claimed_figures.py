"""The figures of which claims speak."""

from __future__ import annotations

import enum
import re


class Measure(enum.StrEnum):
    """What a claim is about; durations by the milestone at which they end."""

    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    COUNT = "count"
    BETWEEN = "between failures"
    AVAILABILITY = "availability"
    DOWNTIME = "downtime"
    CHANGES = "change failures"
    WRITTEN = "post-mortem coverage"
    IN_TIME = "post-mortems in time"
    ON_TIME = "action items on time"

    @property
    def more_is_better(self) -> bool:
        """Whether an improvement makes the figure larger."""
        return self in (Measure.BETWEEN, Measure.AVAILABILITY, Measure.WRITTEN, Measure.IN_TIME, Measure.ON_TIME)


_TIME = r"(?:time|times) to"
_SHARE = r"(?:share|rate|percentage|proportion|fraction|number) of"
STEMS = {
    Measure.DETECTED: rf"M?TTD|{_TIME} (?:detect|detection)|detection times?",
    Measure.ACKNOWLEDGED: rf"M?TTA|{_TIME} (?:acknowledge|acknowledg\w+)|acknowledg\w+ times?|"
    r"(?:incident|on-call|our(?: mean| average| median| typical)?) response times?|"
    r"response times? (?:to incidents|(?:of|by|in) (?:the |our )?(?:[\w-]+ )?(?:on-call|responders|teams?))",
    Measure.IDENTIFIED: rf"M?TTI|{_TIME} (?:identify|identification|diagnose|diagnosis)",
    Measure.MITIGATED: rf"M?TTM|{_TIME} (?:mitigate|mitigation)|mitigation times?",
    Measure.RESOLVED: (
        rf"M?TTR|{_TIME} (?:resolve|resolution|recover|recovery|restore|restoration|repair)|(?:resolution|recovery) times?"
    ),
    Measure.BETWEEN: r"MTBF|(?:time|times|days) between (?:failures|incidents|outages)",
    Measure.AVAILABILITY: r"availability|uptime",
    Measure.CHANGES: rf"change[- ]failure (?:rate|ratio|percentage)|{_SHARE} (?:failed changes|changes that (?:fail|failed))",
    Measure.WRITTEN: r"post-?mortem coverage|coverage (?:of|with|by) post-?mortems",
    Measure.IN_TIME: rf"{_SHARE} post-?mortems (?:\w+ )?(?:in|on) time|post-?mortems? (?:in|on)[ -]time rate",
    Measure.ON_TIME: (
        rf"on-time (?:rate|share|completion|closure)(?: rate)? (?:of|for) action items|"
        rf"{_SHARE} action items (?:\w+ )?(?:in|on) time|"
        r"action[- ]items?['’]? on-time (?:rate|share|completion|closure)"
    ),
    Measure.COUNT: r"(?:number|count|frequency|rate) of (?:[\w-]+ ){0,2}(?:and (?:[\w-]+ ){1,2})?(?:incidents|outages)|(?:incident|outage) (?:count|rate|frequency|numbers?|volume)",
}
# what is measured of a figure, or set for it, is not the figure; nor is the time to restore one thing
_OTHER = (
    r"(?! (?:dashboards?|reporting|reports?|metrics?|tracking|calculations?|definitions?|targets?|goals?|objectives?|"
    r"alerts?|charts?|data|zones?|sets?|"
    r"groups?|sl[aos]s?|improvements? (?:plan|project)|reviews?|panels?|probes?|checks?|monitor\w*)\b)(?!-)"
)
_ONE_THING = r"(?<!restore)(?<!resolve)(?<!recover)(?<!repair)|(?! (?:the|a|an|this|that|its) (?!service|incident\b))"
_NOT_ANY = (
    r"(?<!\ba )(?<!\bany )(?<!\ban )(?<!\blower )(?<!\bhigher )(?<!\bbetter )(?<!\bhigh )(?<!\bgood )(?<!\bgood mean )"
)
_ANY_FIGURE = "|".join(rf"(?P<{measure.name}>\b(?:{stem})\b)" for measure, stem in STEMS.items())
FIGURE = re.compile(rf"\b(?=[acdfimnoprstu]){_NOT_ANY}(?:{_ANY_FIGURE}){_OTHER}(?:{_ONE_THING})", re.IGNORECASE)
# one figure, or several of which the same is said: "MTTD and MTTR"
_JOINED = re.compile(r"(?:,|,? and|,? or| as well as|[/&])?(?: (?:the|our|mean|median|average|both))* ?", re.IGNORECASE)
# incidents themselves: only by how much, or since when
INCIDENTS = re.compile(
    r"(?<!of )(?<!more )(?<!fewer )(?<!less )(?<!these )(?<!two )(?<!three )\b(?P<COUNT>incidents|outages)\b",
    re.IGNORECASE,
)


def measure_of(match: re.Match[str]) -> Measure:
    """Return of which figure a match speaks."""
    return next(measure for measure in Measure if match.groupdict().get(measure.name))


def joined(text: str) -> bool:
    """Whether two figures with this between them are one list."""
    return _JOINED.fullmatch(text) is not None
