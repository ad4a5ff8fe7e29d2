"""Personal names in analysis: handles, titles, and names among words that only people go with. Rather too few than too many."""

from __future__ import annotations

import re

from incidentbook.prose.given_names import ALSO_WORDS, GIVEN_NAMES
from incidentbook.prose.model import Hit
from incidentbook.prose.sentences import Sentence

_MESSAGE = "This names a person."
_SUGGESTION = "Name the role or the team (“the on-call engineer”, “database engineering”): what matters is what anybody there would have seen."

# A handle, but no address, package scope (@org/name), version (name@1.2) or version control reference.
_HANDLE = re.compile(r"(?<![\w.@/\\-])@([A-Za-z][\w-]{1,38})(?![\w./@]*[/@])")
# Groups, and what a programming language or a chat system writes with an at sign.
_NO_PERSON = re.compile(
    r"(?:here|channel|everyone|everybody|all|group|team|support|ops|devops|sre|oncall|on-call|admins?|staff|.*[-_](?:team|oncall|on-call|ops|admins|maintainers|"
    r"reviewers|bot|support|leads|status)|.*(?:bot|status|io)|.*team|override|transactional|deprecated|test|param|media|import|bean|autowired|nullable|"
    r"property|staticmethod|classmethod|dataclass|types|latest|beta|next)\Z",
    re.IGNORECASE,
)
_WINDOW = 40  # characters before a name that are looked at
_ALL_NAMES = GIVEN_NAMES | ALSO_WORDS
_TITLES = frozenset(("mr", "mrs", "ms", "mx", "dr", "prof"))
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof)\.?[ ][A-ZÀ-Þ][\w'’-]+")
_ADDRESS = re.compile(
    r"\b[a-z]{2,}[._][a-z]{2,}@[\w-]+\.[\w.-]*\w(?=[ ](?:had[ ]|has[ ])?(?:\w+ed|ran|made|did|broke|left|took|put|wrote|sent)\b)"
)

_NAME = r"[A-ZÀ-Þ][\w-]*[a-zß-ÿ]"
_WORD = re.compile(rf"(?<![\w.@/-]){_NAME}(?![\w@/-])")
_LAST = re.compile(rf"[ ](?:(?:van|von|de|der|da|di|el|al)[ ])*{_NAME}(?![\w@/-])")
# What stands before and after a person; a given name without any of it is left alone.
_BEFORE = re.compile(
    r"(?:(?<!, )\bby|\b(?:according to|asked|told|paged|called|pinged|with|informed|when|because|after|promoted|gave|is|that))[ ]\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"['’]s[ ](?:PR\b|(?!law\b|algorithm|theorem|paper|article|book|talk|blog|post\b|number\b)[a-z]{2,})|"
    r"(?:[ ](?:also|then|first|again|\w+ly))*[ ](?:had|has|was|is|did|ran|made|found|saw|took|put|set|wrote|sent|broke|left|gave|got|told|said|"
    r"thought|knew|began|brought|came|went|[a-z]{2,}ed|[a-z]{2,}[^s]s)\b"
)
_SURNAME = re.compile(r"\S[ ][A-ZÀ-Þ][a-zß-ÿ]+[ ]\Z")  # "Lockheed Martin": what follows a name is no given name
_SPEAKS = re.compile(r"[^A-Za-zÀ-ÿ]*")  # nothing but a time before the name, a colon after it: who said something
_AND = re.compile(rf"[ ]and[ ]({_NAME})\b")
# An unusual name is one where a role is put beside it.
_ROLE = r"(?:engineer|developer|dba|sre|admin|administrator|manager|lead|operator|commander|on.?call|architect|colleague|contractor|intern|author)"
_APPOSITION = re.compile(
    rf"(?i:\b{_ROLE}s?(?:[ ]on[ ](?:call|duty|shift))?)(?:,[ ]|[ ]\()(?P<name>{_NAME}[ ]{_NAME})(?=[,)])|"
    rf"(?P<handled>{_NAME}[ ]{_NAME})[ ]\(@[\w-]+\)",
)
_BESIDE = re.compile(r"(?:,\s+|\()[A-ZÀ-Þ]|\(@")
_BY = re.compile(
    r"\b(?:[Cc]hanged|[Mm]ade|[Dd]eployed|[Mm]erged|[Aa]pproved|[Rr]eviewed|[Rr]olled back|[Dd]eleted|[Cc]ommitted|[Ww]ritten|[Rr]un|[Rr]estarted)[ ]by[ ]"
    rf"(?P<name>{_NAME}[ ]{_NAME})(?=[ ](?:at|on|in|from|of|and|who)\b|[,.;)]|$)"
)
_PRODUCT = re.compile(
    r"\b(?:Amazon|AWS|Google|Azure|Microsoft|GitHub|GitLab|Cloud|Kubernetes|Load|Service|Services|Team|Engineering|Platform|Red|Hat|Open|Controller|Manager|"
    r"Support|System|Systems|Server|Operations|Security|Network|Data|Database|Web|Auto|Scaling|Group|Groups|Cluster|Pipeline|Scheduler|Agent|Operator)\b"
)

# Under these headings, and in lines that begin so, names are credit, attendance or assignment, and no analysis.
_LISTS = re.compile(
    r"\b(?:authors?|attendees?|participants?|attendance|acknowledge?ments?|thanks|credits?|owners?|people|contacts?|contributors?|responders|reviewers?|"
    r"team|references|action items?|actions|next steps|follow[- ]?ups?|todos?|invitees|roles|distribution|sign[- ]?off)\b"
)
_LABEL = re.compile(
    r"\W*(?:\w+[ ])?(?:authors?|owners?|collaborators?|contributors?|attendees|participants|reviewers?|reviewed by|written by|prepared by|facilitators?|scribe|"
    r"by|cc|assigned to|assignees?|assign|incident (?:commander|lead|manager)|posted by|thanks|special thanks|credits?|contact)\b[ ]?\(?s?\)?[ ]*[:/]|^/(?:assign|cc|lgtm)\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:propos\w+ (?:from|by)|idea (?:from|of|by)|suggested by|thank(?:s|ed|ful)?|kudos|credits? (?:to|go)|acknowledge|grateful|gratitude|shout-?out)\b|\bfollow(?:ing)? @",
    re.IGNORECASE,
)
# Who told us, from outside: "was reported by Jane Doe of Example Research".
_TOLD = re.compile(r"\b(?:reported|disclosed|notified|flagged|discovered)\b[^.;]{0,60}? by\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"[ ](?:of|from|at)[ ](?:the[ ])?[A-ZÀ-Þ]")


TRIGGERS = _ALL_NAMES | _TITLES | {"by"}


def has_sign(text: str) -> bool:
    """Whether a text may hold a name beside those that `TRIGGERS` tell."""
    return "@" in text or _BESIDE.search(text) is not None


def find(sentence: Sentence) -> Hit | None:
    """Return the first personal name, unless it is there as credit, attendance or assignment."""
    text = sentence.text
    place = _handle(text) or _spelt(sentence) or _address(text)
    if place is None or _LISTS.search(sentence.section) or _LABEL.match(text) or _is_credit(text, place[1]):
        return None
    return Hit(*place, _MESSAGE, _SUGGESTION)


def _is_credit(text: str, end: int) -> bool:
    """Whether the name that ends at ``end`` is there to be thanked."""
    if _CREDIT.search(text[:end]):
        return True
    return _TOLD.search(text[:end]) is not None and _OUTSIDE.match(text, end) is not None


def _handle(text: str) -> tuple[int, int] | None:
    if "@" not in text:
        return None
    return next((match.span() for match in _HANDLE.finditer(text) if not _NO_PERSON.match(match[1])), None)


def _address(text: str) -> tuple[int, int] | None:
    match = _ADDRESS.search(text) if "@" in text else None
    return match.span() if match else None


def _spelt(sentence: Sentence) -> tuple[int, int] | None:
    """Return where a name stands that is spelt out."""
    text = sentence.text
    if not sentence.words.isdisjoint(_TITLES) and (titled := _TITLED.search(text)) is not None:
        return titled.span()
    for pattern in (_APPOSITION, _BY) if "by" in sentence.words or _BESIDE.search(text) else ():
        match = pattern.search(text)
        if match is not None and not _PRODUCT.search(match[0]):
            group = "name" if match["name"] else "handled"
            return match.span(group)
    return _given(text) if not sentence.words.isdisjoint(_ALL_NAMES) else None


def _given(text: str) -> tuple[int, int] | None:
    """Return where a given name stands among words that go with people."""
    for first in _WORD.finditer(text):
        last = _LAST.match(text, first.end())
        end = last.end() if last else first.end()
        word, before = first.group().lower(), text[max(0, first.start() - _WINDOW) : first.start()]
        if not (word in GIVEN_NAMES or (last and word in ALSO_WORDS)) or (last and _PRODUCT.search(last.group())):
            continue
        if _BEFORE.search(before) or (text[end : end + 2] == ": " and _SPEAKS.fullmatch(before)):
            return first.start(), end
        if not _SURNAME.search(before) and (_AFTER.match(text, end) or _with_another(text, end)):
            return first.start(), end
    return None


def _with_another(text: str, end: int) -> bool:
    other = _AND.match(text, end)
    return other is not None and other[1].lower() in GIVEN_NAMES
