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

from incidentbook.finding import Grade
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Entry
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.rules.safety import _levels

CODE = "IB908"
NAME = "repeated-text"
SUMMARY = "A narrower text is repeated where more people may read it"
GRADE = Grade.ERROR
KINDS = ("incident", "postmortem")
_FEWEST = 4  # words: shorter texts are alike by chance
_NARROWED = re.compile(
    r"field_disclosure|disclosure['\"]?[ \t]*:[ \t]*['\"]?(?:internal|restricted)|private['\"]?[ \t]*:[ \t]*true"
)
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
    found = list(_levels.texts(context, entry))
    widest = min((level.rank for _, level in found), default=0)
    for narrow, level in (pair for file in files for pair in _levels.texts(context, file)):
        if level.rank <= widest:
            continue
        words = narrow.text.split()
        if len(words) < _FEWEST or not any(step in _KEYS for step in narrow.path):
            continue
        pattern = re.compile(rf"(?<!\w){_words(words)}(?!\w)", re.IGNORECASE)
        for wide, other in found:
            match = pattern.search(wide.text) if other.rank < level.rank else None
            if match is not None:
                article = "an" if level is Disclosure.INTERNAL else "a"
                message = f"This repeats {article} {level} text where {other} readers see it"
                same = Place(narrow.entry, narrow.path, message=f"the {level} text")
                hint = "Put it in other words that everybody may read, or narrow this text too."
                yield Hit(wide.place(*match.span()), message, hint, related=(same,))


def _words(words: list[str]) -> str:
    return r"\s+".join(map(re.escape, [*words[:-1], words[-1].rstrip(".,;:!?")]))
