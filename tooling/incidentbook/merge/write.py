"""The tree that loses nothing back to text, with Git's conflict markers around what the sides do not agree on. No I/O."""

from __future__ import annotations

from incidentbook.merge.tree import Block, Clash, Flow, Leaf, Line, Member, Side

OURS, BETWEEN, THEIRS = "<", "=", ">"
MARKER_SIZE = 7


class Writer:
    """Writes a tree: as one side would have it, or with both between markers of ``size`` characters."""

    def __init__(self, side: Side | None = None, size: int = MARKER_SIZE) -> None:
        self.side, self.size = side, size

    def text(self, root: Block) -> str:
        """Return the text of a whole file."""
        return self.block(root, root.column)

    def block(self, block: Block, column: int) -> str:
        """Return the lines of ``block`` with its keys or dashes at ``column``."""
        written = "".join(self.member(member, column) for member in block.members)
        return _lines(block.head, column) + written + _lines(block.foot, column)

    def member(self, member: Member | Clash, column: int) -> str:
        """Return the lines of a member."""
        if not isinstance(member, Clash):
            return f"{_lines(member.lead, column)}{' ' * column}{member.mark}{self.behind(member, column)}"
        sides = ["" if found is None else self.member(found, column) for found in (member.ours, member.theirs)]
        lead = _lines(member.lead, column)
        if self.side is not None:
            return lead + sides[self.side == "theirs"]
        ours, between, theirs = (sign * self.size for sign in (OURS, BETWEEN, THEIRS))
        return f"{lead}{ours} ours\n{sides[0]}{between}\n{sides[1]}{theirs} theirs\n"

    def behind(self, member: Member, column: int) -> str:
        """Return what stands behind a mark, to the end of the member's last line."""
        value, tail = member.value, _lines(member.tail, column)
        if not isinstance(value, Block):
            return f"{self.inline(value, column)}{member.note}\n{tail}"
        inner = value.column + column - value.origin
        if not value.members:
            empty = " {}" if value.is_mapping else " []"
            return f"{empty}{member.note}\n{_lines(value.head, inner)}{_lines(value.foot, inner)}{tail}"
        first = value.members[0]
        if value.gap is not None:
            inner = column + len(member.mark) + len(value.gap)
            if isinstance(first, Member) and not (first.lead or value.head or member.note):
                rest = "".join(self.member(other, inner) for other in value.members[1:])
                return f"{value.gap}{first.mark}{self.behind(first, inner)}{rest}{_lines(value.foot, inner)}{tail}"
        return f"{member.note}\n{self.block(value, inner)}{tail}"

    def inline(self, value: Leaf | Flow, column: int) -> str:
        """Return a value that begins on the line of its mark."""
        if isinstance(value, Leaf):
            return shifted(value.raw, column - value.origin)
        text = ""
        for index, member in enumerate(value.members):
            sep = member.sep.replace(",", "") if index == 0 else member.sep if "," in member.sep else ", "
            inner = "" if isinstance(member.value, Block) else self.inline(member.value, column)
            text += f"{shifted(sep, column - value.origin)}{member.mark}{inner}"
        return f"{value.opened}{text}{shifted(value.closed, column - value.origin)}"


def shifted(text: str, by: int) -> str:
    """Return ``text`` with all its lines but the first moved ``by`` columns."""
    if not by or "\n" not in text:
        return text
    first, *rest = text.split("\n")
    return "\n".join([first, *(_moved(line, by) if line.strip() else line for line in rest)])


def _moved(line: str, by: int) -> str:
    if by > 0:
        return " " * by + line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]


def _lines(lines: tuple[Line, ...], column: int) -> str:
    return "".join(f"{' ' * (column + line.shift) if line.shift is not None else ''}{line.text}\n" for line in lines)
