"""Three-way merge of records and post-mortems by what they say, and with every comment of both sides. No I/O.

A merge of lines meets a conflict wherever two people add at one place, which in a timeline is every time. Here entries are known
by their ids. The text of ours stays as it is, theirs is written into it, and the result is read again before it is handed out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from incidentbook import source
from incidentbook.merge import shape, three_way
from incidentbook.merge.read import UnweavableError, read
from incidentbook.merge.tree import SIDES, Block, Item, Path, canonical, clashes, data, disputed
from incidentbook.merge.write import MARKER_SIZE, Writer

__all__ = ["LineMerge", "Merged", "UnweavableError", "merge"]

T = TypeVar("T")
LineMerge = Callable[[str, str, str], tuple[str, int]]
"""Merges base, ours and theirs line by line; returns the text, with conflict markers, and how many conflicts there are."""
BODY = "the text below the front matter"


class Merged(NamedTuple):
    """What became of two texts.

    Attributes:
        text: with conflict markers around what the two do not agree on.
        conflicts: the fields in question, with dots.

    """

    text: str
    conflicts: tuple[str, ...] = ()


def merge(
    base: str, ours: str, theirs: str, lines: LineMerge, *, markdown: bool = False, size: int = MARKER_SIZE
) -> Merged:
    """Merge the texts of a record, or of a post-mortem.

    Args:
        base: what both were made of; empty where they began with nothing in common.
        ours: whose layout stays.
        theirs: what is brought in.
        lines: merges the text below a front matter.
        markdown: whether the YAML is the front matter of a Markdown file.
        size: how many characters a conflict marker has.

    Raises:
        UnweavableError: one of the texts cannot be merged by what it says; the message says which, and why.

    """
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    shapes, parts = [], []
    for side, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        found, part = _told(side, lambda text: _taken(text, markdown=markdown), text)
        shapes.append(found)
        parts.append(part)
    text, conflicts = _yaml([part.yaml for part in parts], size)
    agreed, decided = shape.agreed(*shapes), not conflicts
    if markdown:
        body, count = _body([part.body for part in parts], lines)
        opening, fence = (pick(*column) for column in zip(*((p.opening, p.fence) for p in parts), strict=True))
        text, decided = f"{opening}{text}{fence}{body}", not count
        conflicts += (BODY,) * bool(count)
    if not agreed.ended and not (decided and (markdown or shape.is_final(text))):
        agreed = agreed._replace(ended=True)  # a marker, or a text that it belongs to
    return Merged(shape.give(text, agreed), conflicts)


def _taken(text: str, *, markdown: bool) -> tuple[shape.Shape, shape.Parts]:
    found, plain = shape.take(text)
    if not plain:
        return found, shape.Parts("", "", "", "")
    if not (found.ended or markdown or shape.is_final(plain)):
        raise UnweavableError("its last line has no end")
    return found, shape.split(plain, markdown=markdown)


def pick(base: T, ours: T, theirs: T) -> T:
    """Return ours, unless only theirs has changed."""
    return theirs if ours == base else ours


def _body(parts: list[str], lines: LineMerge) -> tuple[str, int]:
    base, ours, theirs = parts
    if ours == theirs or base in (ours, theirs):
        return pick(base, ours, theirs), 0
    return lines(base, ours, theirs)


def _yaml(texts: list[str], size: int) -> tuple[str, tuple[str, ...]]:
    base, ours, theirs = texts
    if ours == theirs or base in (ours, theirs):
        return pick(base, ours, theirs), ()
    trees = [_told(side, _read, text) for side, text in zip(("base", *SIDES), texts, strict=True)]
    merged = three_way.merge(*trees)
    for side in SIDES:
        after = source.load(Writer(side).text(merged))
        if after.problems or canonical(after.value) != canonical(data(merged, side)):
            raise UnweavableError("what came out did not read as what was meant")
    return Writer(size=size).text(merged), tuple(_dotted(path) for clash in clashes(merged) for path in disputed(clash))


def _read(text: str) -> Block:
    if not text:
        return Block(is_mapping=True, column=0, members=())  # there was nothing that both began with
    tree = read(text)
    if Writer().text(tree) != text:
        raise UnweavableError("its layout is unusual")
    return tree


def _told(side: str, step: Callable[[str], T], text: str) -> T:
    """Do one step for one side, and say which it was where that is impossible."""
    try:
        return step(text)
    except UnweavableError as error:
        raise UnweavableError(f"{side}, {error}", side) from error


def _dotted(path: Path) -> str:
    text = ""
    for step in path:
        text += f"[{step.shown}]" if isinstance(step, Item) else f".{step}"
    return text.removeprefix(".")
