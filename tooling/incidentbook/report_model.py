"""What a report is made of: sections of simple blocks that every renderer knows. No layout and no computation."""

from __future__ import annotations

from incidentbook.frozen import frozen


@frozen
class Fields:
    """Labels with their values."""

    pairs: tuple[tuple[str, str], ...]


@frozen
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@frozen
class Numbered:
    """A list with an order."""

    items: tuple[str, ...]


@frozen
class Log:
    """Things with a time: (time, text)."""

    rows: tuple[tuple[str, str], ...]


@frozen
class Cards:
    """Numbered things, each with a headline and fields."""

    items: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@frozen
class Paragraph:
    """Running text."""

    text: str


@frozen
class Picture:
    """A chart, for the forms that can show one.

    Attributes:
        text: what it shows, for whoever does not see it; or why it is not drawn.
        foot: what it rests on.
        svg: the picture; empty where it is not drawn.

    """

    title: str
    text: str
    foot: tuple[str, ...] = ()
    svg: str = ""


Block = Fields | Bullets | Numbered | Log | Cards | Paragraph | Picture


@frozen
class Group:
    """Blocks under a smaller heading."""

    title: str
    blocks: tuple[Block, ...]


@frozen
class Section:
    """One section of a report."""

    title: str
    parts: tuple[Block | Group, ...]


def section(title: str, *parts: Block | Group | None) -> Section | None:
    """Return a section of the parts that hold something; None when none does."""
    kept = tuple(part for part in parts if part is not None and not _empty(part))
    return Section(title, kept) if kept else None


def group(title: str, *blocks: Block | None) -> Group | None:
    """Return a group of the blocks that hold something; None when none does."""
    kept = tuple(block for block in blocks if block is not None and not _empty(block))
    return Group(title, kept) if kept else None


def fields(*pairs: tuple[str, str | None]) -> Fields:
    """Return fields without those that have no value."""
    return Fields(tuple((label, value) for label, value in pairs if value))


def _empty(part: Block | Group) -> bool:
    match part:
        case (
            Fields(pairs=content)
            | Log(rows=content)
            | Bullets(items=content)
            | Numbered(items=content)
            | Cards(items=content)
        ):
            return not content
        case Paragraph(text=text) | Picture(text=text):
            return not text
        case Group(blocks=blocks):
            return not blocks
