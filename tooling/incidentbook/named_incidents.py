"""Of which incidents a sentence speaks: those of a severity, a type, a service or a team that the knowledge base knows by name.

Only what stands right beside a figure names them ("SEV-1 incidents fell", "MTTR of the web service", "for SEV-2, MTTR rose"):
"after the SEV-1 in March, MTTR fell" speaks of all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from incidentbook.frozen import frozen
from incidentbook.records.policy.services import Services
from incidentbook.records.vocabulary import IncidentType
from incidentbook.repository import Repository
from incidentbook.slices import EVERYTHING, Subset

_THINGS = r"(?:incident|outage|failure|issue|problem)s?"
_SEVERITY = r"sev(?:erity)?[- ]?(?P<severity>[1-4])s?"
_OF_TYPE = rf"(?=(?:(?:,| and| or|/)+ ?[\w-]+)* {_THINGS}\b)"  # "security" alone may be a team, or a virtue
_OF = r"(?:of|for|in|on|at|across|among|with|by) (?:(?:the|our|all) )*"
_PERIODS = (
    "week|month|quarter|year|january|february|march|april|may|june|july|august|september|october|november|december"
)
# what may stand between a figure's change and "of the web service": by how much, how, and when
_AMOUNT = (
    r"(?:[ ,]+(?:by|from|to|about|almost|nearly|more|less|than|over|a|an|\d+(?:[.,]\d+)?|%|per|cent|percent|percentage|"
    rf"points?|half|third|quarter|fifth|tenth|minutes?|hours?|days?|\w+ly|in|since|this|last|the|{_PERIODS}|[qh]\d|20\d\d)| ?%)*?"
)
_OURS = r"(?:(?:we|the|our|have|has|now|also|mean|median|average|typical|overall|total) )*"
_NEAR = 160  # characters beside a figure: what stands farther away does not say of what it is


class Names:
    """The names by which a knowledge base's incidents are told apart."""

    def __init__(self, repo: Repository) -> None:
        """Look all names up, once."""
        policy, house = repo.policy(Services), repo.knowledge_base
        slugs = {*policy.services, *(slug for incident in repo.all_incidents() for slug in incident.services)}
        self._labels = {
            "type": _spoken((kind.value, kind.label) for kind in IncidentType if kind is not IncidentType.OTHER),
            "service": _spoken((slug, policy.name(slug)) for slug in slugs),
            "team": _spoken((slug, house.team_name(slug)) for slug in house.teams),
        }

    def subset(self, text: str, start: int, end: int) -> Subset:
        """Return the incidents of which the words from ``start`` to ``end`` of a sentence speak; all where it names none."""
        plain = _plain(text)
        # the longest first, as "Public API" is not "Public"
        there = [
            tuple(sorted((name for name in labels if name in plain), key=lambda name: (-len(name), name)))
            for labels in self._labels.values()
        ]
        if not any(there) and "sev" not in plain:
            return EVERYTHING
        found: dict[str, set[str]] = {}
        for match in _forms(*there).names(text, start, end):
            dimension = match.lastgroup or ""
            word = match[dimension]
            label = f"sev{word}" if dimension == "severity" else self._labels[dimension].get(_plain(word))
            if label is not None:
                found.setdefault(dimension, set()).add(label)
        return Subset(tuple((dimension, tuple(sorted(labels))) for dimension, labels in sorted(found.items())))


@frozen
class _Forms:
    """Where names stand that say of which incidents a figure is: right before it, within its words, or behind them."""

    item: re.Pattern[str]
    ahead: tuple[re.Pattern[str], ...]
    within: tuple[re.Pattern[str], ...]
    behind: re.Pattern[str]

    def names(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield each name; the last of its groups says of which dimension it is."""
        first, last = max(start - _NEAR, 0), end + _NEAR
        found = [form.search(text, first, start) for form in self.ahead]
        found += [match for form in self.within for match in form.finditer(text, start, end)]
        for match in (*found, self.behind.match(text, end, last)):
            if match is not None:
                # looked for in the whole text, as the noun behind a type belongs to it
                for item in self.item.finditer(text, match.start("names")):
                    if item.end() > match.end("names"):
                        break
                    yield item


@functools.lru_cache(maxsize=64)
def _forms(types: tuple[str, ...], services: tuple[str, ...], teams: tuple[str, ...]) -> _Forms:
    """Return the patterns for the names that a sentence holds: few, where a knowledge base may have thousands."""
    service = rf"(?P<service>{_any(services)})(?! teams?\b)(?: services?)?"
    team = rf"(?:team )?(?P<team>{_any(teams)})(?: teams?)?"
    alone, with_noun = (
        rf"(?<![\w-])(?:{_SEVERITY}|(?P<type>{_any(types)}){noun}|{service}|{team})(?![\w-])" for noun in ("", _OF_TYPE)
    )
    one = re.sub(r"\(\?P<\w+>", "(?:", alone)  # a group may be named once only
    some = rf"(?P<names>{one}(?:(?:, ?|,? and |,? or | ?[/&] ?| )(?:the )?{one})*)"
    ahead = (
        rf"{some}(?:['\u2019]s?)?(?: {_THINGS}| mean| median| average| typical| overall| total)*\s*$",
        rf"(?:^|[,;:(\u2013\u2014] ?|\b(?:and|but) ){_OF}{some}(?: {_THINGS})?,? {_OURS}$",
    )
    within = rf"\b{_OF}{some}", rf"{some} {_THINGS}\b"
    return _Forms(
        re.compile(with_noun, re.IGNORECASE),
        tuple(re.compile(form, re.IGNORECASE) for form in ahead),
        tuple(re.compile(form, re.IGNORECASE) for form in within),
        re.compile(rf"{_AMOUNT}(?:, | )(?:in |of )?{_OF}{some}", re.IGNORECASE),
    )


def _spoken(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return labels by their names as people say them, in lower case."""
    return {plain: label for label, name in names for said in (label, name) if (plain := _plain(said))}


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").split())


def _any(names: tuple[str, ...]) -> str:
    """Return a pattern of any of some names; of none, one that nothing matches."""
    return "|".join(re.escape(name).replace(r"\ ", "[- ]") for name in names) or "(?!)"
