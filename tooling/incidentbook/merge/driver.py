"""What Git asks of a merge driver: three files by their bytes, and in any case a result that loses nothing."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from incidentbook.merge import UnweavableError, by_lines, conflicted, merge
from incidentbook.merge.write import MARKER_SIZE


class Outcome(NamedTuple):
    """What became of three files.

    Attributes:
        content: to stand in place of ours.
        conflicts: how many places somebody has to decide on.
        fields: those in question, where the merge knew fields.
        because: why only lines were merged; empty where fields were.

    """

    content: bytes
    conflicts: int
    fields: tuple[str, ...] = ()
    because: str = ""


def run(base: bytes, ours: bytes, theirs: bytes, *, markdown: bool, size: int = MARKER_SIZE) -> Outcome:
    """Merge three files: by what they say, and where one cannot be read, by lines. Raises IncidentbookError without Git."""
    if theirs in (ours, base):
        return Outcome(ours, 0)
    if ours == base:
        return Outcome(theirs, 0)
    if not base:
        return _by_lines(base, ours, theirs, size, "both sides added the file, and it has no common beginning")
    try:
        texts = [content.decode("utf-8") for content in (base, ours, theirs)]
        lines = partial(by_lines.merge_text, size=size)
        began = conflicted.first(texts[0])  # of a criss-cross merge that met a conflict itself
        text, fields = merge(began, texts[1], texts[2], lines, markdown=markdown, size=size)
        return Outcome(text.encode("utf-8"), len(fields), fields)
    except UnicodeDecodeError:
        because = "one of the sides is not UTF-8"
    except (UnweavableError, by_lines.NoTextError) as error:
        because = str(error)
    except RecursionError:
        because = "it is nested too deeply"
    return _by_lines(base, ours, theirs, size, because)


def _by_lines(base: bytes, ours: bytes, theirs: bytes, size: int, because: str) -> Outcome:
    try:
        content, conflicts = by_lines.merge_bytes(base, ours, theirs, size)
    except by_lines.NoTextError:
        return Outcome(ours, 1, (), f"{because}; Git does not take it for text either, so ours stays as it is")
    return Outcome(content, conflicts, (), because)
