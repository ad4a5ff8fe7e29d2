"""A report as Markdown that any reader of CommonMark shows as it was meant: nothing in a record is taken for markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incidentbook.markdown import escape
from incidentbook.report_model import Block, Bullets, Cards, Fields, Group, Log, Numbered, Paragraph, Picture, Section


def render(sections: Sequence[Section]) -> str:
    """Return the report: the first section's title as its heading, the others below it."""
    return "\n\n".join(piece for index, item in enumerate(sections) for piece in _section(item, index)) + "\n"


def _section(item: Section, index: int) -> Iterator[str]:
    yield f"{'#' if index == 0 else '##'} {escape(item.title)}"
    for part in item.parts:
        if isinstance(part, Group):
            yield f"### {escape(part.title)}"
            yield from map(_block, part.blocks)
        else:
            yield _block(part)


def _block(block: Block) -> str:
    match block:
        case Fields(pairs=pairs):
            return "\n".join(f"- **{escape(label)}:** {escape(value)}" for label, value in pairs)
        case Bullets(items=items):
            return "\n".join(f"- {escape(said)}" for said in items)
        case Numbered(items=items):
            return "\n".join(f"{number}. {escape(said)}" for number, said in enumerate(items, 1))
        case Log(rows=rows):
            lines = (f"| {escape(time)} | {escape(said)} |" for time, said in rows)
            return "\n".join(["| Time | Entry |", "| --- | --- |", *lines])
        case Cards(items=cards):
            return "\n".join(_cards(cards))
        case Paragraph(text=text):
            return escape(text)
        case Picture(title=title, text=text):
            return f"**{escape(title)}:** {escape(text)}"


def _cards(cards: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Iterator[str]:
    for number, (headline, pairs) in enumerate(cards, 1):
        begin = f"{number}. "
        yield f"{begin}**{escape(headline)}**"
        yield from (f"{' ' * len(begin)}- {escape(label)}: {escape(value)}" for label, value in pairs)
