"""A text with conflict markers, as a merge without the driver leaves it: both sides again, and merged by what they say. No I/O.

Source of the markers: git-merge(1), "How conflicts are presented"; their styles `merge`, `diff3` and `zdiff3`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from incidentbook.merge import LineMerge, Merged, UnweavableError, merge

_OPEN = re.compile(r"(<{4,})(?: [^\r\n]*)?[\r\n]*\Z")
_USUAL = 7


class Sides(NamedTuple):
    """What a text with conflicts was before.

    Attributes:
        base: what both were made of; only what both have where the markers do not tell.
        knows_base: whether all of them tell.
        conflicts: how many there are; none nested in another is counted.

    """

    ours: str
    theirs: str
    base: str
    knows_base: bool
    conflicts: int


def sides(text: str) -> Sides:
    """Return both sides of ``text``; each is the text itself where it holds no conflict.

    Raises:
        UnweavableError: markers do not pair.

    """
    lines = (
        text.splitlines(keepends=True) if "\r" not in text else re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    )
    found: dict[str, list[str]] = {"ours": [], "base": [], "theirs": []}
    at, count, known = 0, 0, True
    while at < len(lines):
        opened = _OPEN.match(lines[at])
        parts, behind = _conflict(lines, at, len(opened[1])) if opened else (None, at)
        if parts is None:
            if opened and len(opened[1]) >= _USUAL:
                raise UnweavableError(f"the conflict on line {at + 1} has no end")
            for side in found.values():
                side.append(lines[at])
            at += 1
            continue
        for name, side in found.items():
            side.extend(parts[name] or [])
        known &= parts["base"] is not None
        at, count = behind, count + 1
    ours, base, theirs = ("".join(found[name]) for name in found)
    return Sides(ours, theirs, base, known and count > 0, count)


def _conflict(lines: list[str], start: int, size: int) -> tuple[dict[str, list[str] | None] | None, int]:
    """Return the parts of the conflict that opens at ``start``, and where it ends; None for the parts where it never does."""
    parts: dict[str, list[str] | None] = {"ours": [], "base": None, "theirs": None}
    name, depth = "ours", 0
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if _is(line, "<", size):
            depth += 1
        elif depth and _is(line, ">", size):
            depth -= 1
        elif not depth:
            if name == "ours" and _is(line, "|", size):
                name = "base"
                parts[name] = []
                continue
            if name in ("ours", "base") and _is(line, "=", size):
                name = "theirs"
                parts[name] = []
                continue
            if name == "theirs" and _is(line, ">", size):
                return parts, at + 1
        parts[name] = [*(parts[name] or []), line]
    return None, start


def _is(line: str, sign: str, size: int) -> bool:
    return line.startswith(sign * size) and line[size : size + 1] in ("", " ", "\r", "\n")


def mend(text: str, base: str | None, lines: LineMerge, *, markdown: bool = False) -> Merged:
    """Merge the two sides of ``text`` by what they say.

    Args:
        text: with conflict markers.
        base: what both were made of, where Git still knows it.
        lines: merges the text below a front matter.
        markdown: whether the YAML is the front matter of a Markdown file.

    Raises:
        UnweavableError: the markers do not pair, or a side cannot be read.

    """
    found = sides(text)
    if not found.conflicts:
        return Merged(text)
    ours, theirs = (_plain(side, lines, markdown=markdown) for side in (found.ours, found.theirs))
    begun = [first(found.base), base or ""]
    for began in begun if found.knows_base or base is None else reversed(begun):
        try:
            return merge(began, ours, theirs, lines, markdown=markdown)
        except UnweavableError as error:
            if error.side != "base":
                raise
    return merge("", ours, theirs, lines, markdown=markdown)


def _plain(side: str, lines: LineMerge, *, markdown: bool) -> str:
    """Return one side without the conflicts nested in it."""
    inner = mend(side, None, lines, markdown=markdown)
    if inner.conflicts:
        raise UnweavableError("a conflict stands within a conflict, and the inner one has to be settled first")
    return inner.text


def first(text: str) -> str:
    """Return what both sides were made of where that was a merge with conflicts itself: the first of its sides."""
    try:
        found = sides(text)
    except UnweavableError:
        return text
    return first(found.ours) if found.conflicts else text
