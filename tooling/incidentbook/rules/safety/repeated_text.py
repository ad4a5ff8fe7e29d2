"""A text that is narrower than its record, repeated where more people may read it.

What it checks
    Texts of entries and fields with a narrower `disclosure` (or `private: true`): none of them stands word for word in a wider
    text of the same incident or of its post-mortem. Texts of fewer than four words are left alone.

Why it matters
    Hiding an entry hides nothing while its words stand in the summary too.

Bad example
    # incidents/2025/INC-2025-001.yml
    summary: All was well until the audit keys of the vault were rotated early.
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, disclosure: restricted, text: the audit keys of the vault were rotated}

Good example
    # incidents/2025/INC-2025-001.yml
    summary: All was well until a planned change to a credential.
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, disclosure: restricted, text: the audit keys of the vault were rotated}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.vocabulary import Disclosure
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.rules.passages import Passage
from incidentbook.rules.safety import _levels

CODE = "IB908"
NAME = "repeated-text"
SUMMARY = "A narrower text is repeated where more people may read it"
GRADE = Grade.ERROR
KINDS = ("incident", "postmortem")
_FEWEST = 4  # words: shorter texts are alike by chance
_COMPARED = 12  # words by which texts are found that may be alike
_NARROWED = re.compile(
    r"field_disclosure|disclosure['\"]?[ \t]*:[ \t]*['\"]?(?:internal|restricted)|private['\"]?[ \t]*:[ \t]*true"
)
_WORD = re.compile(r"\w+")
_Narrow = dict[tuple[str, ...], list[tuple[Passage, Disclosure]]]
_KEYS = ("text", "summary", "notes", "description", "reason", "resolution", "because", "title")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every wider text of a file that repeats a narrower one of the same incident."""
    if entry.record is None:
        return
    files = {entry.path: entry}
    for incident in (entry.record.id,) if entry.kind == "incident" else entry.record.incidents:
        told = [*context.incidents(incident), *context.postmortems(incident)]
        files |= {file.path: file for file in told if file.record is not None}
    if any(_NARROWED.search(file.document.text) for file in files.values()):
        yield from _repeated(entry, list(files.values()), context)


def _repeated(entry: Entry[Any], files: list[Entry[Any]], context: Context) -> Iterator[Hit]:
    narrow = _narrow(files, context)
    lengths = {len(begin) for begin in narrow}
    for wide, level in _levels.texts(context, entry) if narrow else ():
        for text, held in _begun(narrow, lengths, wide.text).items():
            match = _pattern(text.text).search(wide.text) if level.rank < held.rank else None
            if match is not None:
                article = "an" if held is Disclosure.INTERNAL else "a"
                message = f"This repeats {article} {held} text where {level} readers see it"
                same = Place(text.entry, text.path, message=f"the {held} text")
                hint = "Put it in other words that everybody may read, or narrow this text too."
                yield Hit(wide.place(*match.span()), message, hint, related=(same,))


def _narrow(files: list[Entry[Any]], context: Context) -> _Narrow:
    """Return what some readers may not see, by the words that it begins with: few texts have these, and all else is let go."""
    narrow: _Narrow = {}
    for text, level in (pair for file in files for pair in _levels.texts(context, file)):
        words = _WORD.findall(text.text.lower())[:_COMPARED]
        long = len(words) >= _FEWEST and len(text.text.split()) >= _FEWEST
        if long and level is not Disclosure.PUBLIC and any(step in _KEYS for step in text.path):
            narrow.setdefault(tuple(words), []).append((text, level))
    return narrow


def _begun(narrow: _Narrow, lengths: set[int], text: str) -> dict[Passage, Disclosure]:
    """Return those of ``narrow`` whose first words, ``lengths`` of them, stand in ``text``."""
    words = _WORD.findall(text.lower())
    found: dict[Passage, Disclosure] = {}
    for length in lengths:
        stretches = set(zip(*(words[shift:] for shift in range(length)), strict=False))
        found |= {passage: level for begin in stretches & narrow.keys() for passage, level in narrow[begin]}
    return found


def _pattern(text: str) -> re.Pattern[str]:
    words = text.split()
    told = r"\s+".join(map(re.escape, [*words[:-1], words[-1].rstrip(".,;:!?")]))
    return re.compile(rf"(?<!\w){told}(?!\w)", re.IGNORECASE)
