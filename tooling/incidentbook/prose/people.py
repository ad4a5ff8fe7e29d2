"""Words for people and teams, and what only people do. Machines fail to start; people fail to check."""

from __future__ import annotations

import functools
import re

# Nouns that mean somebody at work. `operator`, `manager` and `admin` also mean software (a Kubernetes operator, a package
# manager), `agent`, `client`, `master`, `owner`, `user`, `worker` mostly do: the former need a human verb, the latter stay out.
_PEOPLE = (
    "engineers? developers? devs? responders? reviewers? approvers? dbas? sres? sysadmins? administrators? contractors? "
    "employees? colleagues? co-?workers? staff personnel technicians? person (?:ops|sales|it|our|team|support)[ ]people interns? testers? architects? analysts? "
    "consultants? programmers? maintainers? juniors? committers? vendors? suppliers? individuals? teams? squads? crew "
    "department management on-?call on[ ]call somebody someone anyone everyone nobody none[ ]of[ ]us "
    "(?:incident|release|engineering|project|product|change|shift|line|duty|it|our|the)[ ]managers? "
    "(?:incident|shift|duty)[ ]commanders? (?:team|tech|technical|shift|release|squad|ops|communications)[ ]leads? (?:team|staff|crew)[ ]members? "
    "(?:support|help|service)[ ]?desk no[ ]one network[ ]operators? (?:human|plant|shift|duty)[ ]operators? "
    "(?-i:Ops|QA|DevOps|Engineering|Management|Marketing|Sales|Operations|Support)"
)
# Before these a noun for people only says whose a thing is: "the team's script", "the developer portal".
_NOT_PEOPLE = r"(?![\w-]|['’]s?\b|[ ](?:portal|console|tools?|tooling|api|account|role|group|environment|docs|quota|channel|page)\b)"

_NOUN = rf"(?<![\w-])(?:{'|'.join(_PEOPLE.replace('[ ]', '~').split()).replace('~', '[ ]')})"
_SOFTWARE_TOO = r"(?<![\w-])(?:operator|admin|manager|author|lead)s?"
_MARKS = re.compile(
    rf"(?P<whose>(?:{_NOUN}|{_SOFTWARE_TOO})['’]s?(?![\w-]))|(?P<people>{_NOUN}{_NOT_PEOPLE})|(?P<operators>{_SOFTWARE_TOO}{_NOT_PEOPLE})",
    re.IGNORECASE,
)
# Letters that no post-mortem holds, and that count as letters in a pattern.
_LETTER = {"whose": "\ua4ea", "people": "\ua4d1", "operators": "\ua4f3"}

PEOPLE = f"{_LETTER['people']}+"
"""A noun for people, in a marked text."""

OPERATORS = f"{_LETTER['operators']}+"
"""A noun that means people only where the verb does."""

WHOSE = f"{_LETTER['whose']}+"
"""Either as a possessive: "the engineer's", "the engineers'"."""

ANYONE = rf"(?:{PEOPLE}|(?<![\w-])(?:I|we|he|she|they|you)(?![\w-]|['’](?:ll|re|m)\b))"
"""People or a personal pronoun; `they` may be machines, so the verb has to be human."""

OTHERS = rf"(?:{PEOPLE}|{OPERATORS}|(?<![\w-])(?:he|she)(?![\w-]))"
"""Somebody else than the author."""

TAIL = (
    r"(?:,?[ ](?:on|in|of|from|at|for|who|which|that|doing|performing|creating|handling|running|working|deploying|involved|"
    r"responsible|\()[^.;:]{1,60}?)?,?"
)
"""What may stand between people and what they did: "the engineer on call that night", "the team in charge of it"."""

AUXILIARIES = r"(?:[ ](?:had|has|have|was|were|is|are|also|then|again|simply|just|still|apparently|initially|even|all|both|once|probably|clearly|obviously))*"
"""Small words between the subject and its verb."""

DUTIES = (
    r"(?:follow|check|double-check|verify|test|read|review|validate|confirm|monitor|pay|escalate|communicate|tell|inform|notify|"
    r"hand over|update|think|consider|bother|ask|consult|coordinate|respond|acknowledge|react|act|take|anticipate|plan|document|"
    r"explicitly|properly|adequately|sufficiently|correctly|fully|realise|realize|appreciate|understand|notice|spot|catch|request|"
    r"report|raise|announce|warn|investigate|look|recogni[sz]e|prepare|prioriti[sz]e|ensure|make sure|remember|learn|listen|"
    r"disable|revert|roll back|renew|communicate|involve|page|call|declare|provide|complete|identify|see)"
)
"""Verbs of what people are expected to do."""


@functools.lru_cache(maxsize=8)
def marked(text: str) -> str:
    """Return ``text``, as long as it was, with every noun for people replaced by a run of one letter.

    The list of nouns is long and stands in most patterns: written out in each of them it would take longer to compile
    them than to check a post-mortem.
    """
    return _MARKS.sub(lambda match: _LETTER[match.lastgroup or "people"] * len(match.group()), text)
