"""What the fields of an issue form take: an answer becomes part of the record, or is kept with a sentence that says why. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from incidentbook.importers import _issue_form as forms
from incidentbook.importers import _values as values
from incidentbook.importers._model import Oddity, ServiceRef
from incidentbook.records.time import parse_time

Take = Callable[["Answered", str, str], None]
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt]| +)(\d\d:\d\d)(:\d\d(?:\.\d+)?)? *(Z|z|UTC|[+-]\d\d:\d\d)\Z", re.ASCII)
_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,6})?) *%?\Z", re.ASCII)
_BULLET = re.compile(r"[-*+] +")
_LINK = re.compile(
    r"\[(?P<named>[^\]]+)\]\((?P<to>https?://[^\s)]+)\)\Z|(?:(?P<title>.*\S):? +)?(?P<url>https?://\S+)\Z"
)
_SHOWN = 60


@dataclass(slots=True)
class Answered:
    """What the answers of one issue come to.

    Attributes:
        record: parts of the incident record.
        kept: what of which answer has no place in the record, by label.
        notes: a sentence for each answer that its field does not take.

    """

    record: dict[str, Any] = field(default_factory=dict)
    services: list[ServiceRef] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    odd: set[Oddity] = field(default_factory=set)

    def put(self, path: Sequence[str], value: Any) -> None:
        """Set a part of the record."""
        *above, last = path
        at = self.record
        for step in above:
            at = at.setdefault(step, {})
        at[last] = value

    def refuse(self, label: str, answer: str, wanted: str, oddity: Oddity = Oddity.ANSWER_UNREADABLE) -> None:
        """Keep an answer that the field does not take, and say what it would have taken."""
        self.odd.add(oddity)
        self.kept[label] = "\n".join(filter(None, (self.kept.get(label), answer)))
        shown = values.one_line(answer)
        shown = f"{shown[:_SHOWN]}…" if len(shown) > _SHOWN else shown
        self.notes.append(f"`{label}` says “{shown}”, which is not {wanted}; it is kept in provenance.original")


def _one_line(take: Take) -> Take:
    """Return what takes the first line of an answer; what somebody wrote below it is kept."""

    def taken(made: Answered, label: str, answer: str) -> None:
        line, rest = forms.first_line(answer)
        take(made, label, line)
        if rest:
            made.refuse(label, rest, "part of an answer of one line", Oddity.TEXT_OUTSIDE_SECTIONS)

    return taken


def choice(options: Sequence[str], *path: str) -> Take:
    """Return what takes one of ``options``, in whatever capitals."""

    def take(made: Answered, label: str, answer: str) -> None:
        if answer.lower() in options:
            made.put(path, str(options[[*options].index(answer.lower())]))
        else:
            made.refuse(label, answer, f"one of {', '.join(options)}")

    return _one_line(take)


def time(milestone: str) -> Take:
    """Return what takes a time of a day with its offset, to the minute at least. No offset is guessed."""

    def take(made: Answered, label: str, answer: str) -> None:
        parts = _TIME.match(answer)
        text = f"{parts[1]}T{parts[2]}{parts[3] or ':00'}{parts[4].upper().replace('UTC', 'Z')}" if parts else ""
        if text and values.time_of({"time": text}, "time", set()) and parse_time(text):
            made.put(("milestones", milestone), text)
        else:
            wanted = "a time with its offset such as 2025-01-15 02:30 Z or 2025-01-15 03:30 +01:00"
            made.refuse(label, answer, wanted, Oddity.UNREADABLE_TIME)

    return _one_line(take)


def per_cent(*path: str) -> Take:
    """Return what takes a share of 0 to 100, with or without its sign."""

    def take(made: Answered, label: str, answer: str) -> None:
        number = _NUMBER.match(answer)
        share = float(number[1]) if number else -1.0
        if 0 <= share <= 100:  # noqa: PLR2004 - per cent
            made.put(path, int(share) if share == int(share) else share)
        else:
            made.refuse(label, answer, "a number from 0 to 100")

    return _one_line(take)


def ticked(options: Mapping[str, str]) -> Take:
    """Return what takes boxes, each of which sets a field of the record when it is ticked."""

    def take(made: Answered, label: str, answer: str) -> None:
        found, rest = forms.boxes(answer, options)
        for text, is_ticked in found.items():
            if is_ticked:
                made.put((options[text],), is_ticked)
        if rest:
            made.refuse(label, rest, f"one of the boxes {', '.join(options)}")

    return take


def text(*path: str) -> Take:
    """Return what takes any text, as it is."""
    return lambda made, _, answer: made.put(path, answer)


def services(made: Answered, label: str, answer: str) -> None:
    """Take the names of services, with commas between them or one a line."""
    del label
    names = (values.one_line(_BULLET.sub("", name.strip(), count=1)) for name in re.split(r"[,\n]", answer))
    made.services += [ServiceRef(name) for name in dict.fromkeys(names) if name]


def links(made: Answered, label: str, answer: str) -> None:
    """Take addresses, one a line, each perhaps behind a title or as a Markdown link; only those of the web."""
    found, rest = [], []
    for line in filter(None, map(str.strip, answer.split("\n"))):
        link = _LINK.match(_BULLET.sub("", line, count=1))
        if link:
            url = link["to"] or link["url"]
            title = values.one_line(link["named"] or (link["title"] or "").rstrip(": ")) or url
            found.append({"title": title, "url": url})
        else:
            rest.append(line)
    if found:
        made.put(("links", "external"), found)
    if rest:
        made.refuse(label, "\n".join(rest), "an address of the web, alone or behind a title")
